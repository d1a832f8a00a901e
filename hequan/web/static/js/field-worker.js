/* Opens the field pages without a network. It keeps the shell, the same for everybody, and the files
   that belong to it; no page with anybody's work, nothing that is answered to a form. What it keeps
   stands in self.hequanShell: {name, page, parts, named}. Plain ES2017. */
(function () {
  "use strict";

  var shell = self.hequanShell;
  var FAMILY = "hequan.field.";
  var PATIENCE = 8000;

  /* A sign-in page or a fault is never kept in the place of the shell. */
  function fresh(address) {
    return fetch(address, { credentials: "same-origin", redirect: "error" }).then(function (answer) {
      if (!answer.ok) {
        throw new Error(address);
      }
      return answer;
    });
  }

  function renew(address) {
    return Promise.all([caches.open(FAMILY + shell.name), fresh(address)]).then(function (both) {
      return both[0].put(address, both[1].clone()).then(function () { return both[1]; });
    });
  }

  function kept(address) {
    return caches.open(FAMILY + shell.name).then(function (cache) { return cache.match(address); });
  }

  /* The page of the network, or the shell where none comes, or none in time. */
  function page(request) {
    return new Promise(function (done) {
      var late = setTimeout(fallBack, PATIENCE);
      function fallBack() {
        clearTimeout(late);
        kept(shell.page).then(function (found) { done(found || Response.error()); });
      }
      fetch(request).then(function (answer) {
        clearTimeout(late);
        done(answer);
      }, fallBack);
    });
  }

  function part(address) {
    if (!shell.named) {
      return renew(address).catch(function () { return kept(address); });
    }
    return kept(address).then(function (found) { return found || renew(address); });
  }

  self.addEventListener("install", function (event) {
    event.waitUntil(Promise.all(shell.parts.concat(shell.page).map(renew)).then(function () {
      return self.skipWaiting();
    }));
  });

  self.addEventListener("activate", function (event) {
    event.waitUntil(caches.keys().then(function (names) {
      return Promise.all(names.filter(function (name) {
        return name.indexOf(FAMILY) === 0 && name !== FAMILY + shell.name;
      }).map(function (name) { return caches.delete(name); }));
    }).then(function () { return self.clients.claim(); }));
  });

  self.addEventListener("fetch", function (event) {
    var request = event.request;
    var address = new URL(request.url);
    if (request.method !== "GET" || address.origin !== self.location.origin) {
      return;
    }
    if (address.pathname === shell.page) {
      event.respondWith(renew(shell.page).catch(function () { return kept(shell.page); }));
    } else if (request.mode === "navigate") {
      event.respondWith(page(request));
    } else if (shell.parts.indexOf(address.pathname) !== -1) {
      event.respondWith(part(address.pathname));
    }
  });
})();
