/* What somebody writes stays on her own device until it is sent: a lost network or a closed page
   loses nothing. Only words, kind and place, never name, number or photos; a day at most; page.js
   drops it at signing out. Without this the form works as it is. Plain ES2017. */
(function () {
  "use strict";

  var LASTS = 24 * 60 * 60 * 1000;
  var KEPT = ["words", "matter", "committee", "place_words"];
  var WAIT = 400;

  function nameOf(kind) {
    return "hequan.draft." + kind;
  }

  /* The draft of a form, null where there is none, none of today's, or nothing in it. */
  function read(store, kind, now) {
    var draft = null;
    try {
      draft = JSON.parse(store.getItem(nameOf(kind)));
    } catch (error) {
      draft = null;
    }
    var fresh = draft && draft.fields && now - draft.at >= 0 && now - draft.at < LASTS;
    if (!fresh) {
      drop(store, kind);
      return null;
    }
    return draft;
  }

  function drop(store, kind) {
    store.removeItem(nameOf(kind));
  }

  /* Keep what was entered; the key of the form only once it was sent, for the same case to come
     back where the answer got lost on the way. */
  function keep(store, kind, form, now, sent) {
    var fields = {};
    KEPT.forEach(function (name) {
      var field = form.elements[name];
      if (field && field.value) {
        fields[name] = field.value;
      }
    });
    if (form.elements.is_confidential && form.elements.is_confidential.checked) {
      fields.is_confidential = true;
    }
    if (!fields.words && !fields.place_words) {
      drop(store, kind);
      return;
    }
    if (sent && form.elements.form_key) {
      fields.form_key = form.elements.form_key.value;
    }
    store.setItem(nameOf(kind), JSON.stringify({ at: now, fields: fields }));
  }

  /* Put back what was kept. The key it was sent with gives the same case back; once a word is
     changed it is another report, and takes the key of this page. */
  function fill(form, fields) {
    var key = form.elements.form_key;
    var fresh = key ? key.value : "";
    var secret = form.elements.is_confidential;
    if (secret) {
      secret.checked = Boolean(fields.is_confidential);
    }
    KEPT.concat("form_key").forEach(function (name) {
      var field = form.elements[name];
      if (field && fields[name]) {
        field.value = fields[name];
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }
    });
    if (key) {
      form.addEventListener("input", function () {
        key.value = fresh;
      });
    }
  }

  function two(number) {
    return ("0" + number).slice(-2);
  }

  /* 10:42, with its day where that was yesterday. */
  function clockOf(at) {
    var when = new Date(at);
    var day = two(when.getMonth() + 1) + "-" + two(when.getDate()) + " ";
    var isToday = when.toDateString() === new Date().toDateString();
    return (isToday ? "" : day) + two(when.getHours()) + ":" + two(when.getMinutes());
  }

  function offer(store, form, draft, kind) {
    var box = document.getElementById("draft");
    if (!box) {
      return;
    }
    box.querySelector("[data-draft-at]").textContent = clockOf(draft.at);
    box.hidden = false;
    box.querySelector("[data-draft-take]").addEventListener("click", function () {
      fill(form, draft.fields);
      box.hidden = true;
      form.elements.words.focus();
    });
    box.querySelector("[data-draft-drop]").addEventListener("click", function () {
      drop(store, kind);
      box.hidden = true;
      form.elements.words.focus();
    });
  }

  function watch(store, form, kind) {
    var timer = 0;
    var isSent = false;
    function save() {
      window.clearTimeout(timer);
      timer = 0;
      try {
        keep(store, kind, form, Date.now(), isSent);
      } catch (error) {
        return; // no room, or none allowed: the form works without
      }
    }
    form.addEventListener("input", function () {
      window.clearTimeout(timer);
      timer = window.setTimeout(save, WAIT);
    });
    form.addEventListener("change", save);
    form.addEventListener("submit", function () {
      isSent = true;
      save();
    });
    window.addEventListener("pagehide", function () {
      if (timer) {
        save();
      }
    });
  }

  var store = null;
  try {
    store = window.localStorage;
  } catch (error) {
    return;
  }
  if (!store) {
    return;
  }
  var arrived = document.querySelector("[data-draft-sent]");
  if (arrived) {
    drop(store, arrived.getAttribute("data-draft-sent"));
  }
  var form = document.querySelector("form[data-draft]");
  if (form) {
    var kind = form.getAttribute("data-draft");
    var draft = read(store, kind, Date.now());
    // a form that the town shows again holds what was written already
    if (draft && !form.elements.words.value) {
      offer(store, form, draft, kind);
    }
    watch(store, form, kind);
  }
})();
