/* Photos before they are sent: shown small, taken one after another, made as small as we keep them,
   so that six of them go over a slow line. Without this the plain input does. Plain ES2017. */
(function () {
  "use strict";

  var LONGEST = 1600;
  var SMALL = 240;
  var QUALITY = 0.85;
  if (!window.createImageBitmap || !window.DataTransfer || !HTMLCanvasElement.prototype.toBlob) {
    return;
  }

  function drawn(bitmap, longest) {
    var scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
    var canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    var brush = canvas.getContext("2d");
    brush.fillStyle = "#fff"; // what is seen through turns white, not black
    brush.fillRect(0, 0, canvas.width, canvas.height);
    brush.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    return canvas;
  }

  /* The file as it is sent: painted smaller where that saves something. */
  function smaller(canvas, file) {
    return new Promise(function (done) {
      canvas.toBlob(
        function (blob) {
          if (!blob || blob.size >= file.size) {
            done(file);
            return;
          }
          var name = file.name.replace(/\.[^.]*$/, "") + ".jpg";
          done(new File([blob], name, { type: "image/jpeg" }));
        },
        "image/jpeg",
        QUALITY
      );
    });
  }

  function start(input) {
    var field = input.closest(".photos-field");
    var list = field.querySelector("[data-photos-list]");
    var said = field.querySelector("[data-photos-said]");
    var camera = field.querySelector("[data-photos-camera]");
    var most = Number(input.getAttribute("data-photos"));
    var chosen = [];
    var refused = [];

    function keepInForm() {
      var all = new DataTransfer();
      chosen.forEach(function (one) {
        all.items.add(one.file);
      });
      input.files = all.files;
    }

    function say() {
      said.textContent = refused
        .map(function (one) {
          return said.getAttribute("data-" + one.why) + " " + one.name;
        })
        .join(" ");
      said.hidden = !refused.length;
    }

    function leaveOut(one) {
      chosen = chosen.filter(function (other) {
        return other !== one;
      });
      show();
    }

    function item(one) {
      var row = document.createElement("li");
      var button = document.createElement("button");
      if (one.canvas) {
        row.appendChild(one.canvas);
      }
      button.type = "button";
      button.className = "btn btn-quiet";
      button.textContent = list.getAttribute("data-remove");
      button.setAttribute("aria-label", button.textContent + " " + one.file.name);
      button.addEventListener("click", function () {
        leaveOut(one);
        input.focus();
      });
      row.appendChild(button);
      return row;
    }

    function show() {
      keepInForm();
      list.textContent = "";
      chosen.forEach(function (one) {
        list.appendChild(item(one));
      });
    }

    function look(one) {
      return createImageBitmap(one.file)
        .then(function (bitmap) {
          one.canvas = drawn(bitmap, SMALL);
          one.canvas.setAttribute("role", "img");
          one.canvas.setAttribute("aria-label", one.file.name);
          return smaller(drawn(bitmap, LONGEST), one.file);
        })
        .then(
          function (file) {
            one.file = file;
            show();
          },
          function () {
            refused.push({ why: "foreign", name: one.file.name });
            leaveOut(one);
            say();
          }
        );
    }

    function take(files) {
      var all = Array.prototype.slice.call(files);
      var fresh = all.slice(0, Math.max(0, most - chosen.length)).map(function (file) {
        return { file: file, canvas: null };
      });
      refused = all.slice(fresh.length).map(function (file) {
        return { why: "many", name: file.name };
      });
      chosen = chosen.concat(fresh);
      show();
      say();
      // one after another: a phone has little room for large pictures
      input.hequanReady = fresh.reduce(function (before, one) {
        return before.then(function () {
          return look(one);
        });
      }, Promise.resolve(input.hequanReady));
    }

    if (input.form) {
      input.form.addEventListener("reset", function () {
        chosen = [];
        refused = [];
        list.textContent = "";
        say();
      });
    }

    input.addEventListener("change", function () {
      take(input.files);
    });
    if (camera && window.matchMedia("(pointer: coarse)").matches) {
      var shot = document.createElement("input");
      shot.type = "file";
      shot.accept = "image/*";
      shot.setAttribute("capture", "environment");
      shot.addEventListener("change", function () {
        take(shot.files);
        shot.value = "";
      });
      camera.addEventListener("click", function () {
        shot.click();
      });
      camera.hidden = false;
    }
    if (input.files.length) {
      take(input.files);
    }
  }

  document.querySelectorAll("input[data-photos]").forEach(start);
})();
