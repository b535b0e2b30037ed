"use strict";
SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  validatorUrl: null, // would send the document to a server elsewhere
  defaultModelsExpandDepth: 0,
  docExpansion: "list",
});
