/* The queue of a phone as it is looked at: what waits, what is being sent, what was sent under which
   number, what was refused and why. Sends when a page opens, when the network comes back, and then
   again in longer and longer breaths while something waits. Plain ES2017. */
(function () {
  "use strict";

  var field = window.hequanField;
  if (!field || !field.send) {
    return;
  }
  var FIRST_BREATH = 15 * 1000;
  var LONGEST_BREATH = 10 * 60 * 1000;
  var box = field.page.querySelector("[data-field-queue]");
  var breath = FIRST_BREATH;
  var timer = 0;

  function two(number) {
    return ("0" + number).slice(-2);
  }

  function stamp(at) {
    var when = new Date(at);
    return two(when.getMonth() + 1) + "-" + two(when.getDate()) + " " + two(when.getHours()) + ":" + two(when.getMinutes());
  }

  function reveal(part, words) {
    part.textContent = words;
    part.hidden = !words;
  }

  function item(report) {
    var row = document.importNode(document.getElementById("field-item").content, true).firstElementChild;
    var state = field.sending === report.key ? "sending" : report.state;
    var number = row.querySelector("[data-number]");
    var photos = row.querySelector("[data-photos]");
    var reasons = row.querySelector("[data-reasons]");
    row.dataset.state = state;
    row.querySelector("[data-state]").textContent = box.dataset[state];
    row.querySelector("[data-at]").textContent = stamp(report.at);
    row.querySelector("[data-words]").textContent = report.fields.words;
    reveal(number, report.number || "");
    if (report.address) {
      number.href = report.address;
    }
    reveal(photos, report.photos.length ? photos.dataset.count + " " + report.photos.length : "");
    (report.reasons || []).forEach(function (one) {
      reasons.appendChild(document.createElement("li")).textContent = one;
      reasons.hidden = false;
    });
    button(row, "[data-mend]", state === "refused" && field.mend, function () { field.mend(report); });
    button(row, "[data-drop]", state === "waiting" || state === "refused", function () {
      if (window.confirm(box.dataset.dropAsks)) {
        field.drop(report.key).then(show);
      }
    });
    return row;
  }

  function button(row, selector, shown, act) {
    var part = row.querySelector(selector);
    part.hidden = !shown;
    part.addEventListener("click", act);
  }

  /* A number beside the tab on every field page, the list on that of reports. */
  function show(why) {
    return field.kept().then(function (found) {
      var listed = found.filter(function (one) { return one.state !== "draft"; });
      var unsent = listed.filter(function (one) { return one.state !== "sent"; });
      var badge = document.querySelector("[data-field-count]");
      if (badge) {
        reveal(badge, unsent.length ? String(unsent.length) : "");
      }
      if (box) {
        var items = box.querySelector("[data-field-items]");
        items.textContent = "";
        listed.forEach(function (one) { items.appendChild(item(one)); });
        box.hidden = !listed.length;
        told(typeof why === "string" ? why : "");
      }
      return unsent;
    }, function () { return []; });
  }

  function told(why) {
    var paused = box.querySelector("[data-field-paused]");
    reveal(paused, why ? paused.dataset[why] : "");
    box.querySelector("[data-field-sign-in]").hidden = why !== "signedOut";
  }

  function rest(why) {
    var offline = document.querySelector("[data-field-offline]");
    if (offline) {
      offline.hidden = navigator.onLine && why !== "offline";
    }
    window.clearTimeout(timer);
    if (why === "offline" || why === "busy") {
      timer = window.setTimeout(send, breath);
      breath = Math.min(breath * 2, LONGEST_BREATH);
    } else {
      breath = FIRST_BREATH;
    }
  }

  function send() {
    window.clearTimeout(timer);
    return field.send().then(function (why) {
      rest(why);
      return why;
    });
  }

  field.changed = show;
  field.show = show;
  field.sendSoon = send;
  show();
  send();
  window.addEventListener("online", function () {
    breath = FIRST_BREATH;
    send();
  });
  document.addEventListener("visibilitychange", function () {
    if (!document.hidden) {
      send();
    }
  });
})();
