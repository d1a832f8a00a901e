/* What is open nearby while a patrol is reported: the phone asks the town for what is open in its part,
   once, and chooses the nearest of the class by itself. Plain ES2017. */
(function () {
  "use strict";

  var field = window.hequanField;
  var form = document.querySelector("[data-field-form]");
  var box = document.querySelector("[data-field-around]");
  if (!field || !form || !box || !window.fetch) {
    return;
  }
  var MOST = 5;
  var METRES_OF_A_DEGREE = 111195;
  var asked = null;

  function here() {
    var parts = form.elements.here.value.split(",").map(parseFloat);
    return parts.length === 2 && parts.every(isFinite) ? parts : null;
  }

  /* The matters that are listed together with the chosen one: its class. Null for any. */
  function kin() {
    var chosen = form.elements.matter.selectedOptions[0];
    var group = chosen && chosen.value && chosen.closest("optgroup");
    return group ? Array.prototype.map.call(group.children, function (one) { return one.value; }) : null;
  }

  function metres(one, at) {
    var east = (one.lon - at[0]) * Math.cos(at[1] * Math.PI / 180);
    return Math.hypot(east, one.lat - at[1]) * METRES_OF_A_DEGREE;
  }

  function load() {
    asked = asked || fetch(box.dataset.fieldAround, { credentials: "same-origin", redirect: "manual" }).then(function (answer) {
      if (!answer.ok) {
        throw new Error(String(answer.status));
      }
      return answer.json();
    }).catch(function (fault) {
      asked = null; // asked again with the next place
      throw fault;
    });
    return asked;
  }

  function row(one, at) {
    var part = document.importNode(box.querySelector("template").content, true).firstElementChild;
    ["matter", "place", "words", "number", "told"].forEach(function (name) {
      part.querySelector("[data-" + name + "]").textContent = one[name];
    });
    part.querySelector("[data-metres]").textContent = Math.round(metres(one, at) / 10) * 10 + " m";
    part.querySelector("[data-follow]").dataset.follow = one.number;
    part.querySelector("[data-follow]").setAttribute("aria-describedby", "around-" + one.number);
    part.querySelector("[data-number]").id = "around-" + one.number;
    return part;
  }

  function choose() {
    var at = here();
    if (!at) {
      box.hidden = true;
      return;
    }
    load().then(function (found) {
      var codes = kin();
      var near = found.open.filter(function (one) {
        return (!codes || codes.indexOf(one.code) !== -1) && metres(one, at) <= found.metres;
      }).sort(function (one, other) { return metres(one, at) - metres(other, at); }).slice(0, MOST);
      var list = box.querySelector("[data-open]");
      list.textContent = "";
      near.forEach(function (one) { list.appendChild(row(one, at)); });
      box.hidden = !near.length;
    }).catch(function () {
      box.hidden = true;
    });
  }

  form.elements.here.addEventListener("change", choose);
  form.elements.matter.addEventListener("change", choose);
  box.addEventListener("click", function (event) {
    var button = event.target.closest("[data-follow]");
    if (!button) {
      return;
    }
    field.same = button.dataset.follow;
    form.querySelector(".field-send button").click();
    field.same = ""; // it went with that report, or words are lacking
  });
})();
