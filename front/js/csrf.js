// htmx with the CSRF token. The cookie is HttpOnly, so the token comes from the page.
import htmx from "htmx.org/dist/htmx.esm.js";

document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector('meta[name="csrf-token"]')?.content;
  if (token && event.detail.verb !== "get") {
    event.detail.headers["X-CSRFToken"] = token;
  }
});

export default htmx;
