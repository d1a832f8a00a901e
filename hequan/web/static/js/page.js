/* Small comforts of every page. Everything here may be missing: the page works without it.
   Plain ES2017, no modules: an old WeChat engine runs it. */
(function () {
  "use strict";

  // A select or a radio that asks again at once, where the form says so.
  document.addEventListener("change", function (event) {
    var form = event.target.form;
    if (form && form.hasAttribute("data-ask-at-once") && !event.target.hasAttribute("data-wait")) {
      if (form.requestSubmit) {
        form.requestSubmit();
      } else {
        form.submit();
      }
    }
  });

  // Fields that belong to one choice only appear with it: data-only-with="name=value".
  function showFields(root) {
    root.querySelectorAll("[data-only-with]").forEach(function (part) {
      var wanted = part.getAttribute("data-only-with").split("=");
      var form = part.closest("form");
      var chosen = form && form.elements[wanted[0]];
      part.hidden = !!chosen && chosen.value !== wanted[1];
    });
  }
  document.addEventListener("change", function () {
    showFields(document);
  });
  showFields(document);

  // What only works with scripts is hidden until they run; parts of pages fetched later too.
  function showScripted(root) {
    root.querySelectorAll("[data-needs-script]").forEach(function (part) {
      part.hidden = false;
    });
  }
  showScripted(document);
  document.addEventListener("htmx:load", function (event) {
    showScripted(event.target);
  });

  // Drafts (draft.js) stay a day at most, and go when somebody signs out on this device.
  function dropDrafts(everyOne) {
    try {
      Object.keys(window.localStorage).forEach(function (name) {
        var draft = /^hequan\.draft\./.test(name) && window.localStorage.getItem(name);
        if (draft && (everyOne || !(Date.now() - JSON.parse(draft).at < 24 * 60 * 60 * 1000))) {
          window.localStorage.removeItem(name);
        }
      });
    } catch (error) {
      return; // nothing may be kept here, so nothing is
    }
  }
  dropDrafts(false);
  document.addEventListener("submit", function (event) {
    if (event.target.hasAttribute("data-sign-out")) {
      dropDrafts(true);
    }
  });

  // In a line that moves sideways, the place where one is stands in sight.
  document.querySelectorAll(".board-group ul, .my-nav ul, nav.sections").forEach(function (line) {
    var here = line.querySelector("[aria-current]");
    if (here) {
      var left = here.getBoundingClientRect().left - line.getBoundingClientRect().left;
      line.scrollLeft += left - (line.clientWidth - here.offsetWidth) / 2;
    }
  });

  document.addEventListener("click", function (event) {
    if (event.target.closest && event.target.closest("[data-print]")) {
      window.print();
    }
  });
  // Paper has no folds to open.
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details").forEach(function (fold) {
      fold.open = true;
    });
  });
})();
