// Charts. Each [data-grafiek] box is drawn from the JSON that stands beside it (portal/grafiek.py says what is in it). Its own
// bundle, fetched only by a page that has a chart; without it the table under the chart is open and says the same.
import { BarChart, HeatmapChart, LineChart, MapChart } from "echarts/charts";
import { AriaComponent, GeoComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { VisualMapComponent } from "echarts/components";
import { init, registerMap, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { MIN_HEIGHT, above, options } from "./grafiek-opties.js";

use([BarChart, HeatmapChart, LineChart, MapChart, AriaComponent, GeoComponent, GridComponent, LegendComponent]);
use([MarkLineComponent, TooltipComponent, VisualMapComponent, SVGRenderer]);

const drawn = new Map();

/** The areas of a map, fetched once per address; `null` when they are not there. */
async function areas(url) {
  const answer = await fetch(url, { credentials: "same-origin", headers: { Accept: "application/json" } });
  return answer.ok ? answer.json() : null;
}

async function draw(box) {
  if (drawn.has(box)) return;
  drawn.set(box, null);
  const data = JSON.parse(document.getElementById(box.dataset.grafiek).textContent);
  if (data.soort === "kaart") {
    const shapes = await areas(data.kaart);
    if (!shapes) {
      box.remove();
      return;
    }
    registerMap(data.kaart, shapes);
  }
  box.hidden = false;
  const narrow = box.clientWidth < 560;
  box.style.height = `${heightOf(data, narrow)}px`;
  const chart = init(box, null, { renderer: "svg", locale: "EN" });
  chart.setOption(options(data, { narrow, still: matchMedia("(prefers-reduced-motion: reduce)").matches }));
  const table = box.closest("figure")?.querySelector("details[data-grafiek-tabel]");
  if (table) table.open = false;
  drawn.set(box, { chart, data, narrow });
  box.dataset.getekend = "ja";
  new ResizeObserver(() => refit(box)).observe(box);
}

function heightOf(data, narrow) {
  if (data.soort === "kaart") return narrow ? 380 : 560;
  if (data.soort === "warmte") return Math.max(MIN_HEIGHT, 110 + 34 * data.y.length);
  if (!data.liggend) return (narrow ? 270 : 310) + above(data, narrow);
  const bars = data.soort === "gestapeld" ? 1 : data.reeksen.length;
  return Math.max(220, 60 + above(data, narrow) + data.x.length * (bars * 20 + 16));
}

/** A box that became narrow or wide is drawn anew, since labels stand elsewhere then; otherwise only stretched. */
function refit(box) {
  const own = drawn.get(box);
  if (!own || box.clientWidth === 0) return;
  const narrow = box.clientWidth < 560;
  if (narrow !== own.narrow) {
    own.narrow = narrow;
    box.style.height = `${heightOf(own.data, narrow)}px`;
    own.chart.setOption(options(own.data, { narrow, still: true }), true);
  }
  own.chart.resize();
}

function drawAll(root) {
  for (const box of root.querySelectorAll("[data-grafiek]")) draw(box);
}

// On paper the table stands under its chart; on screen it goes back to how it was.
addEventListener("beforeprint", () => {
  for (const table of document.querySelectorAll("details[data-grafiek-tabel]:not([open])")) {
    table.open = true;
    table.dataset.voorPapier = "ja";
  }
  for (const box of drawn.keys()) refit(box);
});
addEventListener("afterprint", () => {
  for (const table of document.querySelectorAll("details[data-voor-papier]")) {
    table.open = false;
    delete table.dataset.voorPapier;
  }
});

document.fonts.ready.then(() => drawAll(document));
document.addEventListener("htmx:afterSwap", (event) => drawAll(event.detail.target));
