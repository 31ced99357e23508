// One key to 'Wie is het aanspreekpunt?', and one to finding a casus. A single character key must be possible to switch off (WCAG 2.1.4): people who
// steer by voice would trigger it by speaking. The switch is on the page about accessibility, the choice stays in this browser.
const STORE = "aanspreekpunt.sneltoets";
const links = [...document.querySelectorAll("[data-sneltoets]")];
// Where a key goes when its page is already open.
const FIELDS = { "/": "[data-zoeker] input[name=postcode]", z: "[data-zoeken] input[name=zoek]" };
const onOff = document.querySelector("[data-sneltoets-schakelaar]");

function isOn() {
  try {
    return localStorage.getItem(STORE) !== "uit";
  } catch {
    return true;
  }
}

function isTyping(target) {
  return target.isContentEditable || target.closest("input, textarea, select, [role=textbox]") !== null;
}

document.addEventListener("keydown", (event) => {
  const link = links.find((item) => item.dataset.sneltoets === event.key);
  if (!link || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.defaultPrevented || !isOn() || isTyping(event.target)) return;
  event.preventDefault();
  const field = document.querySelector(FIELDS[event.key]);
  if (field) {
    field.focus();
    field.select();
  } else {
    link.click();
  }
});

function show() {
  for (const key of document.querySelectorAll("[data-sneltoets] kbd")) {
    key.hidden = !isOn();
  }
  if (onOff) {
    onOff.closest("[hidden]")?.removeAttribute("hidden");
    onOff.setAttribute("aria-pressed", String(isOn()));
    onOff.textContent = isOn() ? "Sneltoetsen uitzetten" : "Sneltoetsen aanzetten";
  }
}

onOff?.addEventListener("click", () => {
  localStorage.setItem(STORE, isOn() ? "uit" : "aan");
  show();
});
show();
