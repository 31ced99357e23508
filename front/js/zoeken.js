// Finding a casus: arrows walk through what was found, and Back shows it again. What was typed stays in the history of this tab,
// as a browser keeps the fields of a form; it is in no address.
import htmx from "./csrf.js";

const form = document.querySelector("form[data-zoeken]");
const field = form?.querySelector("input[name=zoek]");

function hits() {
  return [...document.querySelectorAll("[data-treffer]")];
}

function walk(event) {
  const found = hits();
  const here = found.indexOf(document.activeElement);
  const inField = document.activeElement === field;
  if (!found.length || (!inField && here < 0) || event.altKey || event.ctrlKey || event.metaKey) return;
  const steps = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: found.length - 1 };
  if (event.key === "Escape" && !inField) {
    field.focus();
  } else if (event.key in steps && !(inField && event.key !== "ArrowDown")) {
    (found[Math.min(steps[event.key], found.length - 1)] ?? field).focus();
  } else {
    return;
  }
  event.preventDefault();
}

if (field) {
  document.addEventListener("keydown", walk);
  form.addEventListener("input", () => history.replaceState({ zoek: field.value }, ""));
  const typed = history.state?.zoek;
  if (typed && !field.value) field.value = typed;
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
  // Only then has htmx taken the form in hand.
  document.addEventListener("DOMContentLoaded", () => {
    if (field.value && !hits().length) htmx.trigger(form, "submit");
  });
}
