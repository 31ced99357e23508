// The finder: where to start typing.
const form = document.querySelector("[data-zoeker]");
const field = form?.querySelector("input[name=postcode]");

if (field && !field.value && !document.querySelector("[data-focus]")) {
  field.focus();
}
