/* The map engine's worker, with the two built-ins an engine of 2020 lacks (Chromium 86 has neither). */
"use strict";
if (!Array.prototype.at) {
  [Array, String, Int8Array, Uint8Array, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array].forEach(function (kind) {
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
if (typeof importScripts === "function") {
  importScripts(new URLSearchParams(self.location.search).get("engine"));
}
