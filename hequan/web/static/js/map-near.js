/* The open cases nearby on a map beside their list, by the numbers they have in it. On a wide screen
   it is drawn at once, on a narrow one when asked for; the list says the same. Plain ES2017. */
(function () {
  "use strict";

  var WIDE = "(min-width: 60rem)";
  var AROUND = 0.002; // degrees; a map of one corner still shows its streets
  var frame = document.querySelector("[data-near-map]");
  var button = document.querySelector("[data-near-show]");
  var rows = Array.prototype.slice.call(document.querySelectorAll(".near-list > li[data-lon]"));
  if (!frame || !button || !rows.length) {
    return;
  }

  function here() {
    var entry = frame.closest("form").elements.here;
    var parts = entry && entry.value ? entry.value.split(",").map(parseFloat) : [];
    return parts.length === 2 && parts.every(isFinite) ? parts : null;
  }

  function point(row) {
    return [parseFloat(row.dataset.lon), parseFloat(row.dataset.lat)];
  }

  /* Cases at one corner share a pin: points are rounded to about 100 m. */
  function corners() {
    var found = {};
    rows.forEach(function (row) {
      var key = point(row).join(",");
      found[key] = found[key] || { point: point(row), rows: [] };
      found[key].rows.push(row);
    });
    return Object.keys(found).map(function (key) { return found[key]; });
  }

  function boxAround(points) {
    var lons = points.map(function (one) { return one[0]; });
    var lats = points.map(function (one) { return one[1]; });
    return [Math.min.apply(null, lons) - AROUND, Math.min.apply(null, lats) - AROUND, Math.max.apply(null, lons) + AROUND, Math.max.apply(null, lats) + AROUND];
  }

  /* A little larger and on a grid of 0.01 degrees, so that neighbours share one answer. */
  function asked(box) {
    function down(x) { return (Math.floor(x * 100 - 0.2) / 100).toFixed(2); }
    function up(x) { return (Math.ceil(x * 100 + 0.2) / 100).toFixed(2); }
    return [down(box[0]), down(box[1]), up(box[2]), up(box[3])].join(",");
  }

  function pinOf(corner) {
    var pin = document.createElement("button");
    var label = document.createElement("span");
    pin.type = "button";
    pin.className = "near-pin";
    label.textContent = corner.rows.map(function (row) { return row.dataset.mark; }).join("·");
    pin.appendChild(label);
    pin.addEventListener("click", function () {
      rows.forEach(function (row) { row.classList.toggle("is-picked", corner.rows.indexOf(row) !== -1); });
      corner.rows[0].scrollIntoView({ block: "nearest" });
    });
    return pin;
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

  function nameOf(row) {
    return row.querySelector("strong").textContent;
  }

  function put(map, part, where) {
    new window.maplibregl.Marker({ element: part }).setLngLat(where).addTo(map);
  }

  function draw() {
    var mine = here();
    var places = corners();
    var box = boxAround(places.map(function (one) { return one.point; }).concat(mine ? [mine] : []));
    frame.dataset.box = asked(box);
    return window.hequanMap.open(frame, { bounds: [[box[0], box[1]], [box[2], box[3]]], fitBoundsOptions: { padding: 30 } }).then(function (map) {
      if (mine) {
        var dot = document.createElement("div");
        dot.className = "near-here";
        dot.title = frame.dataset.here;
        put(map, dot, mine);
      }
      places.forEach(function (corner) {
        var pin = pinOf(corner);
        put(map, pin, corner.point);
        pin.setAttribute("aria-label", pin.textContent + " " + corner.rows.map(nameOf).join(", "));
      });
      frame.setAttribute("data-drawn", "");
    });
  }

  function show() {
    button.hidden = true;
    frame.hidden = false;
    frame.closest(".near").classList.add("near-mapped");
    load(frame.dataset.base).then(draw).catch(function () {
      frame.className = "notice";
      frame.textContent = frame.dataset.failed;
    });
  }

  button.addEventListener("click", function () {
    show();
    frame.focus({ preventScroll: true });
  });
  if (window.matchMedia(WIDE).matches) {
    show();
  } else {
    button.hidden = false;
  }
})();
