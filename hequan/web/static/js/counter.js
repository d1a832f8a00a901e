/* The counter by keyboard: Ctrl+Enter takes the matter in, with Shift the next one follows, Alt and
   a digit choose what is suggested. Without this the buttons do. Plain ES2017. */
(function () {
  "use strict";

  // where the next key belongs, once scripts have shown it
  var first = document.querySelector("[data-focus-first]");
  if (first) {
    first.focus();
  }

  var form = document.querySelector("form[data-counter]");
  if (!form) {
    return;
  }
  var near = form.querySelector(".near");
  if (near) {
    near.tabIndex = -1;
    near.focus();
  }

  form.addEventListener("keydown", function (event) {
    var digit = event.altKey && /^Digit([1-3])$/.exec(event.code);
    var hint = digit && form.querySelectorAll("[data-hint]")[digit[1] - 1];
    if (hint) {
      event.preventDefault();
      hint.click();
      return;
    }
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) {
      return;
    }
    var next = event.shiftKey && form.querySelector("[data-send-next]");
    event.preventDefault();
    (next || form.querySelector("[data-send]")).click();
  });
})();
