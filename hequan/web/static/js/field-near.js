/* "Nearest first": the phone sorts today's list by the distance from where it is. The place is asked
   for by the button alone, told to nobody and not kept. Plain ES2017. */
(function () {
  "use strict";

  var button = document.querySelector("[data-field-near]");
  var said = document.querySelector("[data-field-near-said]");
  if (!button || !said) {
    return;
  }
  var METRES_OF_A_DEGREE = 111195;
  var byDue = button.textContent;
  var lists = Array.prototype.slice.call(document.querySelectorAll("[data-field-list]"));
  var rows = lists.map(function (list) { return Array.prototype.slice.call(list.children); });

  function metres(row, here) {
    if (!row.dataset.lon) {
      return Infinity;
    }
    var east = (row.dataset.lon - here.longitude) * Math.cos(here.latitude * Math.PI / 180);
    return Math.hypot(east, row.dataset.lat - here.latitude) * METRES_OF_A_DEGREE;
  }

  function inWords(distance) {
    if (distance === Infinity) {
      return "";
    }
    return distance < 1000 ? Math.round(distance / 10) * 10 + " m" : (distance / 1000).toFixed(1) + " km";
  }

  function put(list, sorted, here) {
    sorted.forEach(function (row) {
      var told = row.querySelector("[data-metres]");
      if (told) {
        told.textContent = here ? inWords(metres(row, here)) : "";
      }
      list.appendChild(row);
    });
  }

  function sort(here) {
    lists.forEach(function (list, i) {
      var sorted = rows[i].slice();
      if (here) {
        sorted.sort(function (one, other) {
          var a = metres(one, here);
          var b = metres(other, here);
          return a === b ? 0 : a - b;
        });
      }
      put(list, sorted, here);
    });
    button.setAttribute("aria-pressed", String(Boolean(here)));
    button.textContent = here ? button.dataset.due : byDue;
  }

  button.addEventListener("click", function () {
    if (button.getAttribute("aria-pressed") === "true") {
      sort(null);
      said.textContent = "";
      return;
    }
    if (!navigator.geolocation) {
      said.textContent = said.dataset.refused;
      return;
    }
    said.textContent = said.dataset.away;
    navigator.geolocation.getCurrentPosition(function (found) {
      sort(found.coords);
      said.textContent = said.dataset.found;
    }, function () {
      said.textContent = said.dataset.refused;
    }, { enableHighAccuracy: true, timeout: 10000, maximumAge: 60000 });
  });
})();
