// A filter that changes is applied at once; the button stays for who works without this, and for boxes of which people tick more.
for (const form of document.querySelectorAll("form[data-direct]")) {
  form.addEventListener("change", (event) => {
    if (!event.target.closest("[data-wacht]")) form.requestSubmit();
  });
}
