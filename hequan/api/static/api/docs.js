/* Draws the interactive description of the API; a file of its own because the site allows no inline script. */
"use strict";

(function () {
  var place = document.getElementById("swagger-ui");
  SwaggerUIBundle({
    url: place.dataset.openapiUrl,
    domNode: place,
    deepLinking: true,
    layout: "BaseLayout",
    presets: [SwaggerUIBundle.presets.apis],
    supportedSubmitMethods: ["get", "post"],
    // null: never asks the validator of swagger.io
    validatorUrl: null,
  });
})();
