/* "Use my location", and the map only once somebody asks for it. Plain ES2017, no modules. */
(function () {
  "use strict";

  function say(text) {
    var place = document.getElementById("here-said");
    if (place) {
      place.textContent = text || "";
    }
  }

  function ask(form) {
    if (form.requestSubmit) {
      form.requestSubmit();
    } else {
      form.submit();
    }
  }

  function useHere(button) {
    var form = button.closest("form");
    function refused() {
      say(button.getAttribute("data-refused"));
    }
    if (!navigator.geolocation) {
      refused();
      return;
    }
    say(button.getAttribute("data-away"));
    navigator.geolocation.getCurrentPosition(
      function (found) {
        // four decimals, about ten metres: as near as a walk needs
        var lon = found.coords.longitude.toFixed(4);
        var lat = found.coords.latitude.toFixed(4);
        form.elements.place.value = lon + "," + lat;
        form.elements.label.value = button.getAttribute("data-label");
        form.elements.words.value = "";
        if (form.elements.committee) {
          form.elements.committee.value = "";
        }
        say("");
        ask(form);
      },
      refused,
      { enableHighAccuracy: true, timeout: 10000, maximumAge: 60000 }
    );
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

  function showMap(button) {
    var frame = document.getElementById("map");
    var opened = frame.hidden;
    frame.hidden = !opened;
    button.setAttribute("aria-expanded", String(opened));
    if (!opened || frame.hasAttribute("data-drawn")) {
      return;
    }
    frame.setAttribute("data-drawn", "");
    var said = document.createElement("p");
    said.className = "map-said";
    said.setAttribute("role", "status");
    said.textContent = frame.getAttribute("data-wait");
    frame.appendChild(said);
    function sorry() {
      said.textContent = frame.getAttribute("data-sorry");
      frame.classList.add("map-sorry");
    }
    load(frame.getAttribute("data-base"))
      .then(function () {
        return load(frame.getAttribute("data-reaches"));
      })
      .then(function () {
        return window.hequanReaches.draw(frame);
      })
      .then(function () {
        said.remove();
        frame.setAttribute("data-ready", "");
      }, sorry);
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest ? event.target.closest("#here, #show-map") : null;
    if (!button) {
      return;
    }
    if (button.id === "here") {
      useHere(button);
    } else {
      showMap(button);
    }
  });
})();
