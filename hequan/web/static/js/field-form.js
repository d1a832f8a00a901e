/* The form of a patrol report: what is typed and photographed stays on the phone while it is being
   written, goes into the queue when it is sent, and comes back from there to be mended. Without this
   the form goes straight to the town. Plain ES2017. */
(function () {
  "use strict";

  var field = window.hequanField;
  var form = document.querySelector("[data-field-form]");
  if (!field || !field.sendSoon || !form) {
    return;
  }
  var WAIT = 400;
  var NAMES = ["words", "matter", "place_words", "committee", "here"];
  var DRAFT = "draft";
  var said = document.querySelector("[data-field-said]");
  var photos = form.elements.photos;
  var key = field.newKey();
  var timer = 0;
  var busy = false;

  function say(name) {
    said.textContent = name ? said.dataset[name] : "";
  }

  function entered() {
    var fields = {};
    NAMES.forEach(function (name) {
      if (form.elements[name].value) {
        fields[name] = form.elements[name].value;
      }
    });
    return fields;
  }

  function chosen() {
    return Promise.resolve(photos.hequanReady).then(function () {
      return Array.prototype.slice.call(photos.files);
    });
  }

  function day(at) {
    return at.getFullYear() + "-" + ("0" + (at.getMonth() + 1)).slice(-2) + "-" + ("0" + at.getDate()).slice(-2);
  }

  /* The one draft has a place of its own beside the queue; it carries the key it will be sent with. */
  function keepDraft() {
    window.clearTimeout(timer);
    if (busy) {
      return Promise.resolve();
    }
    return chosen().then(function (files) {
      var fields = entered();
      if (busy) {
        return null;
      }
      if (!fields.words && !fields.place_words && !files.length) {
        return field.drop(DRAFT);
      }
      return field.keep({ key: DRAFT, sent_as: key, at: Date.now(), state: "draft", fields: fields, photos: files });
    }).catch(function () { return null; });
  }

  /* Others show where the point lies: say that it changed. */
  function tellPlace() {
    form.elements.here.dispatchEvent(new Event("change"));
  }

  function fill(report, itsKey) {
    form.reset();
    key = itsKey;
    NAMES.forEach(function (name) {
      form.elements[name].value = report.fields[name] || "";
    });
    tellPlace();
    if (report.photos.length && window.DataTransfer) {
      var all = new DataTransfer();
      report.photos.forEach(function (one) { all.items.add(one); });
      photos.files = all.files;
      photos.dispatchEvent(new Event("change", { bubbles: true }));
    }
    say("taken");
  }

  function lacks(isLacking) {
    form.querySelector("[data-field-lacks]").hidden = !isLacking;
    if (isLacking) {
      form.elements.words.focus();
    }
  }

  function queue() {
    var same = field.same ? { follow: field.same } : {}; // chosen among what is open nearby
    var fields = Object.assign(entered(), { seen_on: day(new Date()) }, same);
    busy = true;
    window.clearTimeout(timer);
    return chosen().then(function (files) {
      return field.keep({ key: key, at: Date.now(), state: "waiting", fields: fields, photos: files, reasons: [] });
    }).then(function () {
      return field.drop(DRAFT);
    }).then(function () {
      form.reset();
      form.elements.here.value = ""; // hidden entries stay as they are
      tellPlace();
      key = field.newKey();
      document.getElementById("report-here-said").textContent = "";
      say("kept");
      field.show();
      field.sendSoon();
      document.getElementById("queue").scrollIntoView({ block: "nearest" });
    }, function () {
      if (field.page.dataset.account && navigator.onLine) {
        form.submit(); // no room on this phone: straight to the town
      } else {
        say("noRoom");
      }
    }).then(function () {
      busy = false;
    });
  }

  field.mend = function (report) {
    fill(report, report.key);
    field.drop(report.key).then(keepDraft).then(function () { return field.show(); });
    form.elements.words.focus();
  };

  form.addEventListener("submit", function (event) {
    if (!field.account || !window.indexedDB) {
      return; // nothing is kept on this device: straight to the town
    }
    event.preventDefault();
    lacks(!form.elements.words.value.trim());
    if (!busy && form.elements.words.value.trim()) {
      queue();
    }
  });
  form.addEventListener("input", function () {
    window.clearTimeout(timer);
    timer = window.setTimeout(keepDraft, WAIT);
  });
  form.addEventListener("change", keepDraft);
  window.addEventListener("pagehide", keepDraft);

  var nobody = document.querySelector("[data-field-nobody]");
  if (nobody && !field.account) {
    nobody.hidden = false;
    form.hidden = true;
    document.querySelector("[data-field-offline]").hidden = true;
  }
  field.kept().then(function (found) {
    var draft = found.find(function (one) { return one.state === "draft"; });
    // a form that the town shows again holds what was written already
    if (draft && !form.elements.words.value) {
      fill(draft, draft.sent_as);
    }
  }).catch(function () { return null; });
})();
