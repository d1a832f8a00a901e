/* Maps from our own geometry: no tiles, fonts or pictures from outside. Loaded only when a map is
   opened. Plain ES2017. `hequanMap.open(frame)` makes an empty map in our looks and resolves with
   it; `hequanMap.drawReaches(frame)` draws the answer of "my fifteen minutes". */
(function () {
  "use strict";

  function load(address, kind) {
    return new Promise(function (done, failed) {
      var part = document.createElement(kind);
      if (kind === "link") {
        part.rel = "stylesheet";
        part.href = address;
      } else {
        part.src = address;
      }
      part.onload = done;
      part.onerror = failed;
      document.head.appendChild(part);
    });
  }

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  function isDark() {
    var theme = document.documentElement.getAttribute("data-theme");
    if (theme !== "auto") {
      return theme === "dark";
    }
    return !!(window.matchMedia && window.matchMedia("(prefers-color-scheme: dark)").matches);
  }

  function colours() {
    var dark = isDark();
    return {
      ground: colour("--paper"),
      street: dark ? "#46565a" : "#cfc6b4",
      line: colour("--line-strong"),
      water: dark ? "#1d3c49" : "#c5dde6",
      green: dark ? "#20342a" : "#d9e8cf",
      estate: colour("--sunken"),
      way: colour("--vermilion")
    };
  }

  function style(frame) {
    var look = { version: 8, sources: {}, layers: [] };
    look.layers.push({ id: "ground", type: "background", paint: { "background-color": colours().ground } });
    var tiles = frame.getAttribute("data-tiles");
    if (tiles) {
      look.sources.tiles = { type: "raster", tiles: [tiles], tileSize: 256, attribution: frame.getAttribute("data-tiles-text") || "" };
      look.layers.push({ id: "tiles", type: "raster", source: "tiles" });
    }
    return look;
  }

  /* Load the engine and make a map; the frame's data-* name the files. */
  function open(frame, options) {
    var data = frame.dataset;
    var first = window.maplibregl
      ? Promise.resolve()
      : Promise.all([load(data.look, "link"), load(data.start, "script").then(function () { return load(data.engine, "script"); })]);
    return first.then(function () {
      var engine = window.maplibregl;
      engine.setWorkerUrl(data.start + "?engine=" + encodeURIComponent(new URL(data.worker, location.href).href));
      var map = new engine.Map(Object.assign({
        container: frame,
        style: style(frame),
        attributionControl: data.tiles ? { compact: false } : false,
        dragRotate: false,
        pitchWithRotate: false,
        cooperativeGestures: false,
        locale: {
          "NavigationControl.ZoomIn": data.zoomIn || "Zoom in",
          "NavigationControl.ZoomOut": data.zoomOut || "Zoom out"
        }
      }, options));
      map.addControl(new engine.NavigationControl({ showCompass: false }), "top-right");
      map.touchZoomRotate.disableRotation();
      return new Promise(function (done, failed) {
        map.once("load", function () { done(map); });
        map.once("error", function (event) { failed(event.error); });
      });
    });
  }

  function fetchJson(address) {
    return fetch(address, { credentials: "same-origin" }).then(function (answer) {
      if (!answer.ok) {
        throw new Error(String(answer.status));
      }
      return answer.json();
    });
  }

  /* Draw streets, landmarks and committees under everything else. */
  function background(map, found) {
    var paint = colours();
    map.addSource("landmarks", { type: "geojson", data: found.landmarks });
    map.addSource("units", { type: "geojson", data: found.units });
    map.addSource("streets", { type: "geojson", data: found.streets });
    function fill(id, kinds, tint) {
      map.addLayer({ id: id, type: "fill", source: "landmarks", filter: ["all", ["in", ["get", "kind"], ["literal", kinds]], ["==", ["geometry-type"], "Polygon"]], paint: { "fill-color": tint } });
    }
    fill("estates", ["estate", "campus", "mall"], paint.estate);
    fill("greens", ["park", "square"], paint.green);
    fill("waters", ["river", "lake"], paint.water);
    map.addLayer({ id: "rivers", type: "line", source: "landmarks", filter: ["all", ["==", ["get", "kind"], "river"], ["==", ["geometry-type"], "LineString"]], paint: { "line-color": paint.water, "line-width": 6 } });
    map.addLayer({ id: "streets", type: "line", source: "streets", layout: { "line-cap": "round", "line-join": "round" }, paint: { "line-color": paint.street, "line-width": ["interpolate", ["linear"], ["zoom"], 12, 0.8, 15, 2.5, 17, 6] } });
    map.addLayer({ id: "rails", type: "line", source: "landmarks", filter: ["==", ["get", "kind"], "railway"], paint: { "line-color": paint.line, "line-width": 2, "line-dasharray": [4, 2] } });
    map.addLayer({ id: "units", type: "line", source: "units", paint: { "line-color": paint.line, "line-width": 1.2, "line-dasharray": [3, 2], "line-opacity": 0.7 } });
  }

  function boxAround(points) {
    var lons = points.map(function (p) { return p[0]; });
    var lats = points.map(function (p) { return p[1]; });
    return [Math.min.apply(null, lons), Math.min.apply(null, lats), Math.max.apply(null, lons), Math.max.apply(null, lats)];
  }

  /* A box a little larger, on a grid of 0.01 degrees, so that neighbours share one answer. */
  function asked(box) {
    function down(x) { return (Math.floor(x * 100 - 0.2) / 100).toFixed(2); }
    function up(x) { return (Math.ceil(x * 100 + 0.2) / 100).toFixed(2); }
    return [down(box[0]), down(box[1]), up(box[2]), up(box[3])].join(",");
  }

  function readReaches() {
    return Array.prototype.map.call(document.querySelectorAll(".reach"), function (row) {
      return {
        row: row,
        pk: row.dataset.pk,
        point: [parseFloat(row.dataset.lon), parseFloat(row.dataset.lat)],
        name: row.dataset.name,
        minutes: row.querySelector(".reach-number").textContent,
        shut: row.classList.contains("reach-shut")
      };
    });
  }

  function drawWay(map, found) {
    if (map.getSource("way")) {
      map.getSource("way").setData(found);
      return;
    }
    map.addSource("way", { type: "geojson", data: found });
    map.addLayer({ id: "way-edge", type: "line", source: "way", layout: { "line-cap": "round", "line-join": "round" }, paint: { "line-color": colour("--surface"), "line-width": 9 } });
    map.addLayer({ id: "way", type: "line", source: "way", layout: { "line-cap": "round", "line-join": "round" }, paint: { "line-color": colours().way, "line-width": 5 } });
  }

  function drawReaches(frame) {
    var here = frame.dataset.place.split(",").map(parseFloat);
    var reaches = readReaches();
    var box = boxAround([here].concat(reaches.map(function (r) { return r.point; })));
    var least = 0.004;
    var bounds = [[Math.min(box[0], here[0] - least), Math.min(box[1], here[1] - least)], [Math.max(box[2], here[0] + least), Math.max(box[3], here[1] + least)]];
    return Promise.all([
      open(frame, { bounds: bounds, fitBoundsOptions: { padding: 40 } }),
      fetchJson(frame.dataset.background + "?box=" + asked([bounds[0][0], bounds[0][1], bounds[1][0], bounds[1][1]]))
    ]).then(function (both) {
      var map = both[0];
      background(map, both[1]);
      var engine = window.maplibregl;
      var dot = document.createElement("div");
      dot.className = "pin-here";
      dot.title = frame.dataset.here;
      new engine.Marker({ element: dot }).setLngLat(here).addTo(map);
      reaches.forEach(function (reach) { addPin(map, frame, reach); });
      return map;
    });
  }

  function addPin(map, frame, reach) {
    var pin = document.createElement("button");
    var number = document.createElement("span");
    pin.type = "button";
    pin.className = "pin" + (reach.shut ? " pin-shut" : "");
    number.textContent = reach.minutes;
    pin.appendChild(number);
    pin.setAttribute("aria-label", reach.name + ", " + reach.minutes);
    pin.title = reach.name;
    pin.addEventListener("click", function () { pick(map, frame, reach, pin); });
    new window.maplibregl.Marker({ element: pin }).setLngLat(reach.point).addTo(map);
  }

  function pick(map, frame, reach, pin) {
    Array.prototype.forEach.call(document.querySelectorAll(".is-picked"), function (part) { part.classList.remove("is-picked"); });
    pin.classList.add("is-picked");
    reach.row.classList.add("is-picked");
    reach.row.scrollIntoView({ block: "nearest", behavior: "smooth" });
    fetchJson(frame.dataset.route + "&station=" + reach.pk).then(function (found) { drawWay(map, found); });
  }

  window.hequanMap = { open: open, background: background, fetchJson: fetchJson, colours: colours, boxAround: boxAround, asked: asked, drawReaches: drawReaches };
})();
