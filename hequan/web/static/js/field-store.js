/* What a grid worker's phone keeps until it is sent: reports with their photos, one database for
   each account, so that nobody finds another's. The shell that opens without a network knows no
   account; the last one that opened a field page here is remembered, until somebody else's page is
   seen (sign-out.js). Plain ES2017.

   hequanField = {account, kept() -> Promise of reports in order, keep(report), drop(key)}; a report
   is {key, at, state: draft|waiting|sent|refused, fields, photos, reasons, number, address}. */
(function () {
  "use strict";

  var page = document.querySelector("[data-field]");
  if (!page) {
    return;
  }
  var ACCOUNT = "hequan.field.account";
  var SENT_FOR = 24 * 60 * 60 * 1000;
  var KEPT_FOR = Number(page.dataset.keptDays) * 24 * 60 * 60 * 1000;
  var account = page.dataset.account || remembered();
  var opened = null;

  function remembered() {
    try {
      return window.localStorage.getItem(ACCOUNT) || "";
    } catch (error) {
      return "";
    }
  }

  function remember(name, value) {
    try {
      window.localStorage.setItem(name, value);
    } catch (error) {
      return; // nothing may be kept here; the form goes straight to the town
    }
  }

  function open() {
    opened = opened || new Promise(function (done, failed) {
      if (!account || !window.indexedDB) {
        failed(new Error("nowhere to keep it"));
        return;
      }
      var asked = window.indexedDB.open("hequan.field." + account, 1);
      asked.onupgradeneeded = function () {
        asked.result.createObjectStore("reports", { keyPath: "key" });
      };
      asked.onerror = function () { failed(asked.error); };
      asked.onsuccess = function () {
        // signing out in another window takes it away
        asked.result.onversionchange = function () { asked.result.close(); };
        done(asked.result);
      };
    });
    return opened;
  }

  /* Do one thing in one transaction; what it gave once that stands. */
  function within(mode, act) {
    return open().then(function (base) {
      return new Promise(function (done, failed) {
        var step = base.transaction("reports", mode);
        var asked = act(step.objectStore("reports"));
        step.oncomplete = function () { done(asked.result); };
        step.onabort = step.onerror = function () { failed(step.error); };
      });
    });
  }

  function isOver(report, now) {
    return now - report.at > (report.state === "sent" ? SENT_FOR : KEPT_FOR);
  }

  function read() {
    return within("readonly", function (reports) { return reports.getAll(); });
  }

  function kept() {
    return read().then(function (found) {
      var now = Date.now();
      found.sort(function (one, other) { return one.at - other.at; });
      found.filter(function (one) { return isOver(one, now); }).forEach(function (one) { drop(one.key); });
      return found.filter(function (one) { return !isOver(one, now); });
    });
  }

  /* How many are not sent yet, where signing out finds it at once. */
  function count() {
    return read().then(function (found) {
      var unsent = found.filter(function (one) { return one.state !== "sent"; }).length;
      remember("hequan.field.waiting." + account, String(unsent));
    });
  }

  function keep(report) {
    return within("readwrite", function (reports) { return reports.put(report); }).then(count);
  }

  function drop(key) {
    return within("readwrite", function (reports) { return reports.delete(key); }).then(count);
  }

  function newKey() {
    var drawn = window.crypto.getRandomValues(new Uint8Array(16));
    return Array.prototype.map.call(drawn, function (one) {
      return ("0" + one.toString(16)).slice(-2);
    }).join("");
  }

  if (page.dataset.account) {
    remember(ACCOUNT, account);
  }
  if (navigator.serviceWorker) {
    navigator.serviceWorker.register(page.dataset.worker, { scope: page.dataset.scope }).then(function () {
      // the words and choices of the shell as they are today
      return page.dataset.account ? fetch(page.dataset.shell) : null;
    }).catch(function () {
      return null; // without it the pages need a network, and nothing else changes
    });
  }

  window.hequanField = {
    account: account, page: page, kept: kept, keep: keep, drop: drop, newKey: newKey
  };
})();
