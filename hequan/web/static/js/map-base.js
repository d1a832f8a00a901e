/* Maps from our own geometry: no tiles, fonts or pictures from outside unless a tile source is set.
   Plain ES2017, loaded only where a map may be opened.

   hequanMap.open(element, options) -> Promise of the map, its background drawn. The element says
   what to load: data-script, data-style, data-worker, data-background, and if wanted data-shim
   (worker with built-ins old engines lack), data-box, data-tiles, data-tiles-text, data-zoom-in,
   data-zoom-out. hequanMap.colour("--teal") reads a colour of the style sheet. */
(function () {
  "use strict";

  // An engine of 2020 lacks these two; the map engine's worker gets them from map-worker.js.
  if (!Array.prototype.at) {
    [Array, String, Float32Array, Float64Array, Uint8Array, Uint16Array, Uint32Array, Int32Array].forEach(function (kind) {
      Object.defineProperty(kind.prototype, "at", {
        configurable: true,
        writable: true,
        value: function (index) {
          var whole = Math.trunc(index) || 0;
          return this[whole < 0 ? this.length + whole : whole];
        }
      });
    });
  }
  if (!Object.hasOwn) {
    Object.hasOwn = function (thing, name) {
      return Object.prototype.hasOwnProperty.call(thing, name);
    };
  }

  var loaded = {};

  function load(address, kind) {
    loaded[address] = loaded[address] || new Promise(function (done, failed) {
      var part = document.createElement(kind);
      if (kind === "link") {
        part.rel = "stylesheet";
        part.href = address;
      } else {
        part.src = address;
      }
      part.onload = done;
      part.onerror = function () { failed(new Error(address)); };
      document.head.appendChild(part);
    });
    return loaded[address];
  }

  function fetchJson(address) {
    return fetch(address, { credentials: "same-origin" }).then(function (answer) {
      if (!answer.ok) {
        throw new Error(String(answer.status));
      }
      return answer.json();
    });
  }

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  function style(data) {
    var look = { version: 8, sources: {}, layers: [] };
    look.layers.push({ id: "base-ground", type: "background", paint: { "background-color": colour("--paper") } });
    if (data.tiles) {
      look.sources.tiles = { type: "raster", tiles: [data.tiles], tileSize: 256, attribution: data.tilesText || "" };
      look.layers.push({ id: "base-tiles", type: "raster", source: "tiles" });
    }
    return look;
  }

  function workerOf(data) {
    var worker = new URL(data.worker, location.href).href;
    return data.shim ? data.shim + "?engine=" + encodeURIComponent(worker) : worker;
  }

  function make(element, options) {
    var data = element.dataset;
    var engine = window.maplibregl;
    engine.setWorkerUrl(workerOf(data));
    var map = new engine.Map(Object.assign({
      container: element,
      style: style(data),
      attributionControl: data.tiles ? { compact: false } : false,
      dragRotate: false,
      pitchWithRotate: false,
      locale: {
        "Map.Title": element.getAttribute("aria-label") || "",
        "NavigationControl.ZoomIn": data.zoomIn || "+",
        "NavigationControl.ZoomOut": data.zoomOut || "−"
      }
    }, options));
    map.addControl(new engine.NavigationControl({ showCompass: false }), "top-right");
    map.touchZoomRotate.disableRotation();
    return new Promise(function (done, failed) {
      map.once("load", function () { done(map); });
      map.once("error", function (event) { failed(event.error); });
    });
  }

  function open(element, options) {
    var data = element.dataset;
    element.hidden = false;
    var address = data.background && data.background + (data.box ? "?box=" + data.box : "");
    return Promise.all([
      load(data.script, "script"),
      load(data.style, "link"),
      address ? fetchJson(address) : null
    ]).then(function (parts) {
      return make(element, options).then(function (map) {
        if (parts[2]) {
          drawBackground(map, parts[2]);
        }
        return map;
      });
    });
  }

  var GREEN = ["park", "square"];
  var WATER = ["river", "lake"];

  /* Streets, water, green and the outlines of units, under everything else. */
  function drawBackground(map, found) {
    map.addSource("base-landmarks", { type: "geojson", data: found.landmarks });
    map.addSource("base-units", { type: "geojson", data: found.units });
    map.addSource("base-streets", { type: "geojson", data: found.streets });
    function fill(id, kinds, tint) {
      map.addLayer({ id: id, type: "fill", source: "base-landmarks", filter: ["all", ["in", ["get", "kind"], ["literal", kinds]], ["==", ["geometry-type"], "Polygon"]], paint: { "fill-color": colour(tint) } });
    }
    fill("base-estates", ["estate", "campus", "mall"], "--map-estate");
    fill("base-greens", GREEN, "--map-green");
    fill("base-waters", WATER, "--map-water");
    fill("base-rails", ["railway"], "--map-rail");
    map.addLayer({ id: "base-lines", type: "line", source: "base-landmarks", filter: ["==", ["geometry-type"], "LineString"], paint: { "line-color": ["case", ["in", ["get", "kind"], ["literal", WATER]], colour("--map-water"), colour("--map-rail")], "line-width": 3 } });
    map.addLayer({ id: "base-streets", type: "line", source: "base-streets", layout: { "line-cap": "round", "line-join": "round" }, paint: { "line-color": colour("--map-street"), "line-width": ["interpolate", ["linear"], ["zoom"], 12, 0.6, 15, 2.2, 17, 6] } });
    map.addLayer({ id: "base-units", type: "line", source: "base-units", paint: { "line-color": colour("--line-strong"), "line-width": 1.2, "line-dasharray": [3, 2], "line-opacity": 0.7 } });
  }

  window.hequanMap = { open: open, load: load, fetchJson: fetchJson, colour: colour };
})();
