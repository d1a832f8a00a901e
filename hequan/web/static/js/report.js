/* "It is here where I am": the place goes into the form only when asked for; on a grid worker's
   phone it stays there until the report is sent. Plain ES2017. */
(function () {
  "use strict";

  var button = document.getElementById("report-here");
  var said = document.getElementById("report-here-said");
  if (!button || !said) {
    return;
  }

  function say(name) {
    said.textContent = button.getAttribute(name);
  }

  button.addEventListener("click", function () {
    if (!navigator.geolocation) {
      say("data-refused");
      return;
    }
    say("data-away");
    navigator.geolocation.getCurrentPosition(
      function (found) {
        var lon = found.coords.longitude.toFixed(5);
        var lat = found.coords.latitude.toFixed(5);
        var here = button.closest("form").elements.here;
        here.value = lon + "," + lat;
        say("data-found");
        here.dispatchEvent(new Event("change", { bubbles: true }));
        if (!button.hasAttribute("data-stays")) {
          here.dispatchEvent(new Event("place-tell")); // the town says where it lies
        }
      },
      function () {
        say("data-refused");
      },
      { enableHighAccuracy: true, timeout: 10000, maximumAge: 60000 }
    );
  });
})();
