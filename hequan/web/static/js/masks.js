/* Covering parts of a photo by hand: drawn with mouse or finger, moved and sized, or all of it by
   keyboard. Only the rectangles are sent, in fractions; the town takes the pixels away. Without this
   a photo is published as it is, or not. Plain ES2017. */
(function () {
  "use strict";

  var form = document.querySelector("form[data-masks]");
  if (!form || !window.PointerEvent) {
    return;
  }
  var STEP = 0.01;
  var CORNER = 22; // pixels around the lower right corner that size instead of moving
  var MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  var stage = form.querySelector("[data-masks-stage]");
  var remover = form.querySelector("[data-masks-remove]");
  var said = form.querySelector("[data-masks-said]");
  var most = Number(form.dataset.most);
  var smallest = Math.max(STEP, Number(form.dataset.smallest));
  var masks = [];
  var chosen = null;

  function between(value, least, largest) {
    return Math.min(Math.max(value, least), largest);
  }

  function write() {
    form.elements.masks.value = JSON.stringify(masks.map(function (mask) {
      return mask.box.map(function (one) { return Number(one.toFixed(5)); });
    }));
    masks.forEach(function (mask, i) {
      mask.part.setAttribute("aria-label", form.dataset.part + " " + (i + 1));
    });
  }

  function put(mask, box) {
    var width = between(box[2], smallest, 1);
    var height = between(box[3], smallest, 1);
    mask.box = [between(box[0], 0, 1 - width), between(box[1], 0, 1 - height), width, height];
    ["left", "top", "width", "height"].forEach(function (side, i) {
      mask.part.style[side] = mask.box[i] * 100 + "%";
    });
    write();
  }

  function choose(mask) {
    chosen = mask;
    masks.forEach(function (one) { one.part.classList.toggle("is-chosen", one === mask); });
    remover.disabled = !mask;
  }

  function add(box) {
    if (masks.length >= most) {
      said.textContent = form.dataset.many;
      return null;
    }
    var mask = { box: box, part: document.createElement("button") };
    mask.part.type = "button";
    mask.part.className = "mask";
    mask.part.setAttribute("aria-describedby", "masks-help");
    mask.part.addEventListener("focus", function () { choose(mask); });
    mask.part.addEventListener("keydown", function (event) { byKey(mask, event); });
    masks.push(mask);
    stage.appendChild(mask.part);
    put(mask, box);
    return mask;
  }

  function remove(mask) {
    var at = masks.indexOf(mask);
    masks.splice(at, 1);
    stage.removeChild(mask.part);
    said.textContent = "";
    choose(null);
    write();
    (masks[Math.min(at, masks.length - 1)] || { part: form.querySelector("[data-masks-add]") }).part.focus();
  }

  function byKey(mask, event) {
    var move = MOVES[event.key];
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      remove(mask);
    } else if (move) {
      event.preventDefault();
      var box = mask.box.slice();
      var first = event.shiftKey ? 2 : 0;
      box[first] += move[0] * STEP;
      box[first + 1] += move[1] * STEP;
      put(mask, box);
    }
  }

  function place(event) {
    var frame = stage.getBoundingClientRect();
    return [
      between((event.clientX - frame.left) / frame.width, 0, 1),
      between((event.clientY - frame.top) / frame.height, 0, 1)
    ];
  }

  function isCorner(mask, event) {
    var frame = mask.part.getBoundingClientRect();
    return frame.right - event.clientX < Math.min(CORNER, frame.width / 2) &&
      frame.bottom - event.clientY < Math.min(CORNER, frame.height / 2);
  }

  /* What a drag does from where it began: draw a new part, size one, or move one. */
  function begun(event) {
    var start = place(event);
    var mask = masks.find(function (one) { return one.part === event.target; });
    if (!mask) {
      return {
        start: start,
        act: function (to) {
          mask = mask || add([start[0], start[1], 0, 0]);
          if (mask) {
            put(mask, [Math.min(start[0], to[0]), Math.min(start[1], to[1]), Math.abs(to[0] - start[0]), Math.abs(to[1] - start[1])]);
            mask.part.focus({ preventScroll: true });
          }
        }
      };
    }
    mask.part.focus({ preventScroll: true }); // a finger leaves no focus of its own
    var box = mask.box.slice();
    var sizes = isCorner(mask, event);
    return {
      start: start,
      act: function (to) {
        var x = to[0] - start[0];
        var y = to[1] - start[1];
        put(mask, sizes ? [box[0], box[1], box[2] + x, box[3] + y] : [box[0] + x, box[1] + y, box[2], box[3]]);
      }
    };
  }

  var drag = null;
  stage.addEventListener("pointerdown", function (event) {
    if (!event.isPrimary || event.button) {
      return;
    }
    drag = begun(event);
    stage.setPointerCapture(event.pointerId);
    if (event.target.className !== "mask") {
      event.preventDefault(); // the browser would drag the picture
    }
  });
  stage.addEventListener("pointermove", function (event) {
    var to = drag && place(event);
    // a finger that only touched draws nothing
    if (to && (drag.moved || Math.hypot(to[0] - drag.start[0], to[1] - drag.start[1]) > STEP)) {
      drag.moved = true;
      drag.act(to);
    }
  });
  ["pointerup", "pointercancel"].forEach(function (name) {
    stage.addEventListener(name, function () { drag = null; });
  });
  form.querySelector("[data-masks-add]").addEventListener("click", function () {
    var mask = add([0.4, 0.4, 0.2, 0.2]);
    if (mask) {
      mask.part.focus();
    }
  });
  remover.addEventListener("click", function () {
    if (chosen) {
      remove(chosen);
    }
  });

  var before = [];
  try {
    before = JSON.parse(form.elements.masks.value);
  } catch (error) {
    before = []; // what cannot be read is marked anew
  }
  before.forEach(function (box) { add(box); });
  write();
})();
