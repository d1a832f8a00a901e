/* Sending what a phone keeps, the oldest first, each with its key: however often it is sent, the
   town takes it in once. Before each round the town says who is signed in; whose reports these are
   not, nothing is sent for, and nothing is lost. Plain ES2017.

   hequanField.send() -> Promise of why it paused: "", "offline", "signedOut",
   "closed", "other", "busy". */
(function () {
  "use strict";

  var field = window.hequanField;
  if (!field || !window.fetch || !window.FormData) {
    return;
  }
  var page = field.page;
  var going = null;
  var again = false;

  function pause(why) {
    var fault = new Error(why);
    fault.why = why;
    return fault;
  }

  function ask(address, options) {
    var all = Object.assign({ credentials: "same-origin", redirect: "manual", cache: "no-store" }, options);
    return fetch(address, all).catch(function () { throw pause("offline"); });
  }

  /* The token of today, if the session is the writer's own. */
  function token() {
    return ask(page.dataset.token).then(function (answer) {
      if (answer.type === "opaqueredirect") {
        throw pause("signedOut"); // led to the sign-in page
      }
      if (answer.status === 404) {
        throw pause("closed");
      }
      if (!answer.ok) {
        throw pause("busy");
      }
      return answer.json();
    }).then(function (told) {
      if (told.account !== field.account) {
        throw pause("other");
      }
      return told.token;
    });
  }

  function parcel(report) {
    var form = new FormData();
    Object.keys(report.fields).forEach(function (name) { form.append(name, report.fields[name]); });
    report.photos.forEach(function (photo, i) {
      form.append("photos", photo, photo.name || "photo-" + (i + 1) + ".jpg");
    });
    form.append("form_key", report.key);
    form.append("account", field.account);
    return form;
  }

  function settle(report, answer) {
    if (answer.status === 201) {
      return answer.json().then(function (told) {
        return Object.assign({}, report, told, { state: "sent", at: Date.now(), photos: [], reasons: [], fields: { words: report.fields.words } });
      });
    }
    if (answer.status === 422) {
      return answer.json().then(function (told) {
        return Object.assign({}, report, { state: "refused", reasons: told.refused });
      });
    }
    if (answer.status === 413) {
      var reasons = [page.dataset.tooLarge];
      return Promise.resolve(Object.assign({}, report, { state: "refused", reasons: reasons }));
    }
    if (answer.status === 409) {
      throw pause("other");
    }
    if (answer.type === "opaqueredirect") {
      throw pause("signedOut");
    }
    throw pause("busy"); // a token that grew old among them: the next round asks for another
  }

  function sendOne(report, mark) {
    field.sending = report.key;
    field.changed();
    return ask(page.dataset.send, { method: "POST", headers: { "X-CSRFToken": mark }, body: parcel(report) })
      .then(function (answer) { return settle(report, answer); })
      .then(field.keep);
  }

  function next(mark) {
    return field.kept().then(function (found) {
      var report = found.find(function (one) { return one.state === "waiting"; });
      return report ? sendOne(report, mark).then(function () { return next(mark); }) : "";
    });
  }

  function round() {
    again = false;
    return field.kept().then(function (found) {
      var waits = found.some(function (one) { return one.state === "waiting"; });
      return waits ? token().then(next) : "";
    }).catch(function (fault) {
      return fault.why || ""; // nothing is kept here, or no room: nothing to wait for
    }).then(function (why) {
      field.sending = "";
      return again && !why ? round() : why;
    });
  }

  /* One round at a time; what is added meanwhile goes with the next. */
  field.send = function () {
    again = true;
    going = going || round().then(function (why) {
      going = null;
      field.changed(why);
      return why;
    });
    return going;
  };
  field.changed = function () {};
})();
