// A page with a chart fetches what draws it; all other pages do without that script.
let asked = false;

function fetchCharts(root) {
  const box = root.querySelector("[data-grafiek]");
  if (!box || asked) return;
  asked = true;
  const script = document.createElement("script");
  script.src = box.dataset.script;
  document.head.append(script);
}

fetchCharts(document);
document.addEventListener("htmx:afterSwap", (event) => fetchCharts(event.detail.target));
