// Draws the OpenAPI document with the Swagger UI that the page has loaded.
window.SwaggerUIBundle({ url: "openapi.json", dom_id: "#swagger", deepLinking: true, validatorUrl: null });
