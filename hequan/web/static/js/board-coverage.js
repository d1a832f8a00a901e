/* The board's coverage page: the map and the chart, each fetched only when asked for.
   The tables of the page say the same without scripts. */
(function () {
  "use strict";

  var STEPS = [0.5, 0.75, 0.9, 0.97];

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  function fetchJson(address) {
    return fetch(address, { credentials: "same-origin" }).then(function (answer) {
      if (!answer.ok) {
        throw new Error(address + ": " + answer.status);
      }
      return answer.json();
    });
  }

  function stepped(value) {
    var ramp = ["step", value, colour("--reach-1")];
    STEPS.forEach(function (step, i) {
      ramp.push(step, colour("--reach-" + (i + 2)));
    });
    return ramp;
  }

  // Every outline carries its shares as share_<profile>_<minutes>.
  function drawOutlines(map, box, data) {
    var key = "share_" + box.dataset.profile + "_" + box.dataset.minutes;
    var value = ["coalesce", ["get", key], 0];
    map.addSource("units", { type: "geojson", data: data });
    map.addLayer({
      id: "units",
      type: "fill",
      source: "units",
      paint: { "fill-color": stepped(value), "fill-opacity": 0.72 }
    });
    map.addLayer({
      id: "unit-lines",
      type: "line",
      source: "units",
      paint: { "line-color": colour("--surface"), "line-width": 1.5 }
    });
    map.on("click", "units", function (event) {
      var unit = event.features[0].properties;
      note(map, event.lngLat, unit.name + " " + percent(unit[key]), number(unit.people) + " " + box.dataset.people);
    });
  }

  function drawGaps(map, box, data) {
    map.addSource("gaps", { type: "geojson", data: data });
    map.addLayer({
      id: "gaps",
      type: "circle",
      source: "gaps",
      paint: {
        "circle-radius": ["interpolate", ["linear"], ["sqrt", ["get", "people"]], 0, 4, 60, 24],
        "circle-color": "rgba(0,0,0,0)",
        "circle-stroke-color": colour("--vermilion"),
        "circle-stroke-width": 2.5
      }
    });
    map.on("click", "gaps", function (event) {
      var gap = event.features[0].properties;
      note(map, event.lngLat, box.dataset.gap, number(gap.people) + " " + box.dataset.people);
    });
  }

  function drawStations(map, data) {
    map.addSource("stations", { type: "geojson", data: data });
    map.addLayer({
      id: "stations",
      type: "circle",
      source: "stations",
      paint: {
        "circle-radius": 5,
        "circle-color": colour("--ink"),
        "circle-stroke-color": colour("--surface"),
        "circle-stroke-width": 2
      }
    });
    map.on("click", "stations", function (event) {
      note(map, event.lngLat, event.features[0].properties.name, "");
    });
  }

  function note(map, at, first, second) {
    var body = document.createElement("div");
    var strong = document.createElement("strong");
    strong.textContent = first;
    body.appendChild(strong);
    if (second) {
      body.appendChild(document.createElement("br"));
      body.appendChild(document.createTextNode(second));
    }
    new window.maplibregl.Popup({ closeButton: true }).setLngLat(at).setDOMContent(body).addTo(map);
  }

  function percent(value) {
    return value === undefined || value === null ? "–" : (value * 100).toFixed(1) + "%";
  }

  function number(value) {
    return Number(value || 0).toLocaleString("en");
  }

  function fit(map, data) {
    var bounds = new window.maplibregl.LngLatBounds();
    data.features.forEach(function (feature) {
      (function walk(part) {
        if (typeof part[0] === "number") {
          bounds.extend(part);
        } else {
          part.forEach(walk);
        }
      })(feature.geometry.coordinates);
    });
    if (!bounds.isEmpty()) {
      map.fitBounds(bounds, { padding: 24, animate: false });
    }
  }

  function showMap(box) {
    Promise.all([
      window.hequanMap.open(box),
      fetchJson(box.dataset.outlines),
      fetchJson(box.dataset.gaps),
      fetchJson(box.dataset.stations)
    ]).then(function (ready) {
      drawOutlines(ready[0], box, ready[1]);
      drawGaps(ready[0], box, ready[2]);
      drawStations(ready[0], ready[3]);
      fit(ready[0], ready[1]);
      box.setAttribute("data-drawn", "");
    }).catch(function (fault) {
      box.className = "notice";
      box.textContent = box.dataset.failed;
      throw fault;
    });
  }

  function loadScript(address) {
    return new Promise(function (done, failed) {
      var script = document.createElement("script");
      script.src = address;
      script.onload = done;
      script.onerror = failed;
      document.head.appendChild(script);
    });
  }

  function bars(names, series, minutes, unit) {
    var size = document.documentElement.getAttribute("data-text") === "large" ? 18 : 14;
    return {
      animation: false,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: colour("--ink") },
      color: [colour("--bar-1"), colour("--bar-2"), colour("--bar-3")],
      grid: { left: 24, right: 24, top: 40, bottom: 8, containLabel: true },
      legend: { top: 0, selectedMode: false, itemGap: 20, textStyle: { color: colour("--ink"), fontSize: size } },
      tooltip: { trigger: "axis", renderMode: "richText", valueFormatter: percent },
      xAxis: { type: "value", max: 1, axisLabel: { formatter: function (v) { return v * 100 + "%"; }, color: colour("--ink-soft"), fontSize: size }, splitLine: { lineStyle: { color: colour("--line") } } },
      yAxis: { type: "category", inverse: true, data: names, axisLabel: { color: colour("--ink"), fontSize: size }, axisTick: { show: false }, axisLine: { lineStyle: { color: colour("--line-strong") } } },
      series: minutes.map(function (m, i) {
        return { name: m + " " + unit, type: "bar", barGap: "10%", data: series.map(function (s) { return s[i]; }) };
      })
    };
  }

  function showChart(box) {
    Promise.all([loadScript(box.dataset.script), fetchJson(box.dataset.numbers)]).then(function (ready) {
      var numbers = ready[1];
      box.hidden = false;
      ["parts", "ages"].forEach(function (which) {
        var rows = numbers[which];
        if (!rows.length) {
          return;
        }
        var part = document.createElement("div");
        part.style.height = 60 + rows.length * 44 + "px";
        box.appendChild(part);
        var names = rows.map(function (r) { return r.name; });
        var shares = rows.map(function (r) { return r.shares; });
        var chart = window.echarts.init(part);
        chart.setOption(bars(names, shares, numbers.minutes, box.dataset.minute));
        window.addEventListener("resize", function () { chart.resize(); });
      });
      box.setAttribute("data-drawn", "");
    });
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("[data-show-map],[data-show-chart]");
    if (!button) {
      return;
    }
    var shown;
    button.hidden = true;
    if (button.hasAttribute("data-show-map")) {
      shown = document.getElementById(button.getAttribute("data-show-map"));
      showMap(shown);
    } else {
      shown = document.getElementById(button.getAttribute("data-show-chart"));
      showChart(shown);
    }
    shown.hidden = false;
    shown.focus({ preventScroll: true }); // the button is gone, so the keyboard goes on from here
  });
})();
