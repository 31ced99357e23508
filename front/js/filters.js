// A filter that changes is applied at once; the button stays for who works without this.
for (const form of document.querySelectorAll("form[data-direct]")) {
  form.addEventListener("change", () => form.requestSubmit());
}
