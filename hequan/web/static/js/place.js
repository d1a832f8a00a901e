/* The place of a report: picked from what was found, tapped on a map, or left out again. It stands in
   the form's hidden entry alone; the town is asked where it lies. Plain ES2017. */
(function () {
  "use strict";

  var part = document.querySelector("[data-place]");
  var form = part && part.closest("form");
  var here = form && form.elements.here;
  if (!here || !part.querySelector("[data-place-find]")) {
    return; // without a network there is nothing to ask
  }
  var words = form.elements.place_words;
  var name = form.elements.named; // what the point was picked by
  var chosen = form.elements.committee || form.elements.place; // a list, or a name at the counter
  var frame = part.querySelector("[data-place-map]");
  var show = part.querySelector("[data-place-map-show]");
  var hint = part.querySelector("[data-place-map-hint]");
  var CORNER = 0.003; // degrees around a place: its streets can be told apart
  var STREETS = 0.1; // the town sends no streets for a wider part
  var map = null;
  var pin = null;
  var drawn = null; // the part whose streets are on the map
  var followed = ""; // the committee that came with a point

  function point() {
    var parts = here.value ? here.value.split(",").map(parseFloat) : [];
    return parts.length === 2 && parts.every(isFinite) ? parts : null;
  }

  function put(text) {
    here.value = text;
    here.dispatchEvent(new Event("change", { bubbles: true }));
    here.dispatchEvent(new Event("place-tell"));
  }

  function empty(id) {
    document.getElementById(id).textContent = "";
  }

  function pick(button) {
    var named = button.closest("[data-named]").dataset.named;
    var typed = words.value;
    words.value = typed.indexOf(named) === -1 ? typed : typed.replace(named, function () { return button.dataset.label; }).slice(0, words.maxLength > 0 ? words.maxLength : undefined);
    words.dispatchEvent(new Event("change", { bubbles: true }));
    empty("place-found");
    put(button.value);
    name.value = words.value.indexOf(button.dataset.label) === -1 ? "" : button.dataset.label;
  }

  /* Whoever writes another place does not mean the point picked before. */
  words.addEventListener("input", function () {
    if (!here.value || !name.value || words.value.indexOf(name.value) !== -1) {
      return;
    }
    if (followed && chosen.value === followed) {
      chosen.value = "";
    }
    put("");
  });

  part.addEventListener("click", function (event) {
    var button = event.target.closest("[data-place-pick], [data-place-drop]");
    if (!button) {
      return;
    }
    event.preventDefault();
    if (button.hasAttribute("data-place-pick")) {
      pick(button);
    } else {
      empty("report-here-said");
      put("");
    }
    words.focus({ preventScroll: true });
  });

  words.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && !event.isComposing) {
      event.preventDefault(); // it looks the place up; the report is sent by its own button
      part.querySelector("[data-place-find]").click();
    }
  });

  /* What was told last counts: the list shows where a point lies, and another choice takes it away. */
  function follow(committee) {
    if (chosen.tagName !== "SELECT") {
      chosen.value = "";
    } else if (chosen.querySelector('option[value="' + committee + '"]')) {
      chosen.value = followed = committee;
    }
  }
  chosen.addEventListener("change", function () {
    if (here.value) {
      empty("report-here-said");
      put("");
    }
  });

  here.addEventListener("change", function () {
    name.value = "";
    empty("place-told"); // until the town says where this one lies
    setPin(false);
  });

  document.addEventListener("htmx:beforeRequest", function (event) {
    if (part.contains(event.target) && !navigator.onLine) {
      event.preventDefault();
      document.getElementById("place-found").textContent = words.value ? part.dataset.offline : "";
    }
  });

  document.addEventListener("htmx:afterSwap", function (event) {
    if (event.target.id !== "place-told" || !here.value) {
      return;
    }
    var told = event.target.querySelector("[data-committee]");
    empty("report-here-said");
    if (told) {
      follow(told.dataset.committee);
      setPin(true);
    } else if (event.target.querySelector("[data-place-outside]")) {
      here.value = ""; // said just now; nothing is left to be sent along
      setPin(false);
    }
  });

  function setPin(moves) {
    var at = point();
    if (!map) {
      return;
    }
    if (!at) {
      pin = pin && pin.remove() && null;
      return;
    }
    if (!pin) {
      var dot = document.createElement("div");
      dot.className = "near-here";
      pin = new window.maplibregl.Marker({ element: dot }).setLngLat(at).addTo(map);
      dot.setAttribute("role", "img");
      dot.setAttribute("aria-label", frame.dataset.here);
    }
    pin.setLngLat(at);
    if (moves && !map.getBounds().contains(at)) {
      map.jumpTo({ center: at, zoom: Math.max(map.getZoom(), 15) });
    }
  }

  /* The outermost corners of what is drawn: where the town lies. */
  function around(units) {
    var box = [180, 90, -180, -90];
    (function walk(numbers) {
      if (typeof numbers[0] === "number") {
        box = [Math.min(box[0], numbers[0]), Math.min(box[1], numbers[1]), Math.max(box[2], numbers[0]), Math.max(box[3], numbers[1])];
      } else {
        numbers.forEach(walk);
      }
    })(units.features.map(function (one) { return one.geometry.coordinates; }));
    return box[0] < box[2] ? box : null;
  }

  function asked(box) {
    function down(x) { return (Math.floor(x * 100) / 100).toFixed(2); }
    function up(x) { return (Math.ceil(x * 100) / 100).toFixed(2); }
    return [down(box[0]), down(box[1]), up(box[2]), up(box[3])].join(",");
  }

  function bounds(box) {
    return [[box[0], box[1]], [box[2], box[3]]];
  }

  /* Where the whole was too wide for streets, they come with a closer look. */
  function fetchStreets() {
    var seen = map.getBounds();
    var box = [seen.getWest(), seen.getSouth(), seen.getEast(), seen.getNorth()];
    var held = drawn && drawn[0] <= box[0] && drawn[1] <= box[1] && drawn[2] >= box[2] && drawn[3] >= box[3];
    if (held || Math.max(box[2] - box[0], box[3] - box[1]) > STREETS) {
      return;
    }
    var address = asked(box);
    drawn = address.split(",").map(parseFloat);
    window.hequanMap.fetchJson(frame.dataset.background + "?box=" + address).then(function (found) {
      ["landmarks", "units", "streets"].forEach(function (name) { map.getSource("base-" + name).setData(found[name]); });
    }).catch(function () {
      drawn = null;
    });
  }

  function draw() {
    return window.hequanMap.fetchJson(frame.dataset.background).then(function (found) {
      var at = point();
      var whole = around(found.units);
      var box = at ? [at[0] - CORNER, at[1] - CORNER, at[0] + CORNER, at[1] + CORNER] : whole;
      if (!box) {
        throw new Error("no outlines");
      }
      drawn = whole && Math.max(whole[2] - whole[0], whole[3] - whole[1]) <= STREETS ? whole : null;
      return window.hequanMap.open(frame, { bounds: bounds(box), fitBoundsOptions: { padding: 20 } });
    }).then(function (opened) {
      map = opened;
      setPin(false);
      fetchStreets();
      map.on("moveend", fetchStreets);
      map.on("click", function (event) {
        put(event.lngLat.lng.toFixed(5) + "," + event.lngLat.lat.toFixed(5));
      });
      hint.hidden = false;
      frame.setAttribute("data-drawn", "");
    });
  }

  function load(address) {
    return new Promise(function (done, failed) {
      var script = document.createElement("script");
      script.src = address;
      script.onload = done;
      script.onerror = failed;
      document.head.appendChild(script);
    });
  }

  show.addEventListener("click", function () {
    var opens = frame.hidden;
    frame.hidden = !opens;
    hint.hidden = !(opens && map);
    show.setAttribute("aria-expanded", String(opens));
    if (!opens || frame.hasAttribute("data-begun")) {
      return;
    }
    frame.setAttribute("data-begun", "");
    (window.hequanMap ? Promise.resolve() : load(frame.dataset.base)).then(draw).catch(function () {
      frame.className = "notice";
      frame.textContent = frame.dataset.failed;
    });
  });
})();
