/* A suggested kind of matter goes into the form when it is clicked. Plain ES2017. */
(function () {
  "use strict";

  document.addEventListener("click", function (event) {
    var hint = event.target.closest && event.target.closest("[data-hint]");
    var form = hint && hint.closest("form");
    var field = form && form.elements.matter;
    if (!field) {
      return;
    }
    var named = field.tagName === "SELECT" ? "data-hint" : "data-hint-name";
    field.value = hint.getAttribute(named);
    field.dispatchEvent(new Event("change", { bubbles: true }));
    hint.closest(".hints").querySelectorAll("[data-hint]").forEach(function (one) {
      one.setAttribute("aria-pressed", String(one === hint));
    });
    field.focus();
  });
})();
