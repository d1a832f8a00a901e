/* The map of "my fifteen minutes": the place, the stations of the list as numbered buttons, and the
   route to the one picked. Everything it shows stands in the list too. */
(function () {
  "use strict";

  function all(selector) {
    return Array.prototype.slice.call(document.querySelectorAll(selector));
  }

  function readReaches() {
    return all(".reach").map(function (row) {
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

  /* West, south, east, north around the place and the stations, never too small. */
  function boxAround(here, reaches) {
    var least = 0.004;
    var lons = reaches.map(function (r) { return r.point[0]; }).concat(here[0] - least, here[0] + least);
    var lats = reaches.map(function (r) { return r.point[1]; }).concat(here[1] - least, here[1] + least);
    return [Math.min.apply(null, lons), Math.min.apply(null, lats), Math.max.apply(null, lons), Math.max.apply(null, lats)];
  }

  /* A little larger and on a grid of 0.01 degrees, so that neighbours share one answer. */
  function asked(box) {
    function down(x) { return (Math.floor(x * 100 - 0.2) / 100).toFixed(2); }
    function up(x) { return (Math.ceil(x * 100 + 0.2) / 100).toFixed(2); }
    return [down(box[0]), down(box[1]), up(box[2]), up(box[3])].join(",");
  }

  function draw(frame) {
    var question = document.getElementById("map-question").dataset;
    var here = question.place.split(",").map(parseFloat);
    var reaches = readReaches();
    var box = boxAround(here, reaches);
    frame.dataset.box = asked(box);
    var bounds = [[box[0], box[1]], [box[2], box[3]]];
    return window.hequanMap.open(frame, { bounds: bounds, fitBoundsOptions: { padding: 40 } }).then(function (map) {
      var dot = document.createElement("div");
      dot.className = "pin-here";
      dot.title = question.here;
      new window.maplibregl.Marker({ element: dot }).setLngLat(here).addTo(map);
      reaches.forEach(function (reach, i) { addPin(map, frame, reach).style.zIndex = String(200 - i); });
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
    pin.title = reach.name;
    pin.addEventListener("click", function () { pick(map, frame, reach, pin); });
    new window.maplibregl.Marker({ element: pin }).setLngLat(reach.point).addTo(map);
    pin.setAttribute("aria-label", reach.name + ", " + reach.minutes + " " + frame.dataset.minutes);
    return pin;
  }

  function pick(map, frame, reach, pin) {
    all(".is-picked").forEach(function (part) { part.classList.remove("is-picked"); });
    pin.classList.add("is-picked");
    reach.row.classList.add("is-picked");
    window.hequanMap.fetchJson(frame.dataset.route + document.getElementById("map-question").dataset.question + "&station=" + reach.pk).then(function (found) {
      drawWay(map, found);
    });
  }

  function drawWay(map, found) {
    if (map.getSource("way")) {
      map.getSource("way").setData(found);
      return;
    }
    var round = { "line-cap": "round", "line-join": "round" };
    map.addSource("way", { type: "geojson", data: found });
    map.addLayer({ id: "way-edge", type: "line", source: "way", layout: round, paint: { "line-color": window.hequanMap.colour("--surface"), "line-width": 9 } });
    map.addLayer({ id: "way", type: "line", source: "way", layout: round, paint: { "line-color": window.hequanMap.colour("--vermilion"), "line-width": 5 } });
  }

  window.hequanReaches = { draw: draw };
})();
