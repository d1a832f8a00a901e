/* Signing out on a phone that keeps reports (field-store.js): they go with her, after a word where
   some are not sent. Another account that comes here hides what the last one kept. Plain ES2017. */
(function () {
  "use strict";

  var PATIENCE = 2000;
  var form = document.querySelector("form[data-sign-out]");
  var account = form && form.getAttribute("data-sign-out");
  if (!account) {
    return;
  }

  function waiting() {
    try {
      if (window.localStorage.getItem("hequan.field.account") !== account) {
        window.localStorage.removeItem("hequan.field.account");
      }
      return window.localStorage.getItem("hequan.field.waiting." + account);
    } catch (error) {
      return null;
    }
  }

  function leave() {
    var gone = window.indexedDB.deleteDatabase("hequan.field." + account);
    var late = window.setTimeout(go, PATIENCE);
    function go() {
      window.clearTimeout(late);
      form.submit();
    }
    window.localStorage.removeItem("hequan.field.waiting." + account);
    window.localStorage.removeItem("hequan.field.account");
    gone.onsuccess = gone.onerror = go;
  }

  waiting();
  // before everything else that happens at signing out: she may stay
  window.addEventListener("submit", function (event) {
    var count = event.target === form ? waiting() : null;
    if (count === null) {
      return;
    }
    event.preventDefault();
    if (Number(count) && !window.confirm(form.getAttribute("data-waiting"))) {
      event.stopImmediatePropagation();
      return;
    }
    leave();
  }, true);
})();
