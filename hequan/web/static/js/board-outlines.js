/* The territory browser's map: the outlines of the units in one, drawn when asked for. */
(function () {
  "use strict";

  function bounds(data) {
    var box = new window.maplibregl.LngLatBounds();
    data.features.forEach(function (feature) {
      (function walk(part) {
        if (typeof part[0] === "number") {
          box.extend(part);
        } else {
          part.forEach(walk);
        }
      })(feature.geometry.coordinates);
    });
    return box;
  }

  function draw(map, data) {
    var colour = window.hequanMap.colour;
    map.addSource("units", { type: "geojson", data: data });
    map.addLayer({ id: "units", type: "fill", source: "units", paint: { "fill-color": colour("--teal"), "fill-opacity": 0.12 } });
    map.addLayer({ id: "unit-lines", type: "line", source: "units", paint: { "line-color": colour("--teal"), "line-width": 1.5 } });
    map.on("click", "units", function (event) {
      new window.maplibregl.Popup().setLngLat(event.lngLat).setText(event.features[0].properties.name).addTo(map);
    });
    map.fitBounds(bounds(data), { padding: 24, animate: false });
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("[data-show-map]");
    if (!button) {
      return;
    }
    button.hidden = true;
    var box = document.getElementById(button.getAttribute("data-show-map"));
    Promise.all([
      window.hequanMap.open(box),
      fetch(box.dataset.outlines, { credentials: "same-origin" }).then(function (a) { return a.json(); })
    ]).then(function (ready) {
      draw(ready[0], ready[1]);
      box.setAttribute("data-drawn", "");
    }).catch(function (fault) {
      box.className = "notice";
      box.textContent = box.dataset.failed;
      throw fault;
    });
    box.hidden = false;
    box.focus({ preventScroll: true });
  });
})();
