// From our own description of a chart to the options of ECharts. Pure: no document, no clock.
// A value is a number, null (there is none) or "verborgen" (too small to show): that is a hatched gap, never a zero.
export const MIN_HEIGHT = 240;
const HIDDEN = "verborgen";
const INK = "#182225";
const GREY = "#586469";
const LINE = "#c3cbcd";
const RED = "#a1232a";
// Apart from each other in light as well as in hue, and each at least 3:1 on white.
const COLOURS = ["#115761", "#c95c10", "#4f98a1", "#774700", "#8a4f9e", "#1d4e89", "#7b878c", "#a1232a", "#1b683a"];
const HEAT = ["#dfeeef", "#8fbfc5", "#4f98a1", "#166b76", "#0a343b"];
const FONT = '"Atkinson Hyperlegible Next", "Segoe UI", system-ui, sans-serif';
const WHITE = "rgba(255,255,255,0.4)";
const PATTERNS = [
  { symbol: "none" },
  { color: WHITE, dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: -Math.PI / 4 },
  { color: WHITE, symbol: "circle", dashArrayX: [[8, 8], [0, 8, 8, 0]], dashArrayY: [6, 0], symbolSize: 0.7 },
  { color: WHITE, dashArrayX: [1, 0], dashArrayY: [4, 3], rotation: Math.PI / 4 },
  { color: WHITE, dashArrayX: [1, 0], dashArrayY: [2, 6] },
  { color: WHITE, dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: Math.PI / 2 },
];
const HATCH = { color: "rgba(88,100,105,0.55)", dashArrayX: [1, 0], dashArrayY: [1.5, 5], rotation: -Math.PI / 4 };
const GAP = { color: "#fff", borderColor: GREY, borderWidth: 1, borderType: "dashed", decal: HATCH };
const TEXT = { fontFamily: FONT, fontSize: 15, lineHeight: 19, color: INK };

/** How this chart writes a value: 1.250, 2,5 of –. */
function writer(data) {
  const digits = data.decimalen ?? 0;
  const format = new Intl.NumberFormat("nl-NL", { maximumFractionDigits: digits });
  return (value) => {
    if (value === HIDDEN) return "–";
    if (value === null || value === undefined) return "geen cijfer";
    return `${format.format(value)}${data.eenheid === "%" ? "%" : ""}`;
  };
}

function spell(data, value) {
  if (value === HIDDEN) return "niet getoond (minder dan 10, of anders te berekenen)";
  const text = writer(data)(value);
  return value === null || !data.eenheid || data.eenheid === "%" ? text : `${text} ${data.eenheid}`;
}

const highest = (data) =>
  Math.max(data.norm?.waarde ?? 0, 1, ...data.reeksen.flatMap((reeks) => reeks.waarden).filter((v) => typeof v === "number"));

function common(data, { still }) {
  return {
    animation: !still,
    animationDuration: 250,
    textStyle: TEXT,
    color: COLOURS,
    aria: {
      enabled: true,
      label: { enabled: true, description: `Grafiek. ${data.titel} ${data.telt} De cijfers staan in de tabel eronder.` },
      decal: { show: data.reeksen.length > 1 && data.soort !== "lijnen", decals: PATTERNS },
    },
    tooltip: {
      renderMode: "richText",
      confine: true,
      backgroundColor: "#fff",
      borderColor: LINE,
      padding: [10, 14],
      textStyle: TEXT,
    },
  };
}

function legend(data, narrow) {
  if (data.reeksen.length < 2) return undefined;
  return { type: "plain", top: 0, left: 0, width: "100%", itemGap: narrow ? 10 : 18, itemWidth: 22, textStyle: TEXT };
}

/** Room on top for the legend, which wraps. */
export function above(data, narrow) {
  if (data.reeksen.length < 2) return 20;
  const letters = data.reeksen.reduce((sum, reeks) => sum + reeks.naam.length + 6, 0);
  return 20 + 26 * Math.ceil(letters / (narrow ? 38 : 110));
}

function categories(data, narrow) {
  const wide = data.liggend ? (narrow ? 118 : 240) : undefined;
  return {
    type: "category",
    data: data.x,
    inverse: Boolean(data.liggend),
    axisLabel: { ...TEXT, fontSize: narrow ? 13 : 15, interval: data.liggend ? 0 : "auto", width: wide, overflow: wide ? "break" : "none", lineHeight: narrow ? 16 : 18 },
    axisLine: { lineStyle: { color: GREY } },
    axisTick: { show: false },
  };
}

function values(data, narrow) {
  const write = writer(data);
  const short = new Intl.NumberFormat("nl-NL", { maximumFractionDigits: 1 });
  return {
    type: "value",
    min: 0,
    minInterval: data.decimalen ? undefined : 1,
    splitNumber: data.liggend && narrow ? 3 : 5,
    axisLabel: { ...TEXT, color: GREY, formatter: (v) => (data.decimalen ? short.format(v) : write(v)) },
    splitLine: { lineStyle: { color: "#dfe4e5" } },
  };
}

function normLine(data) {
  if (!data.norm) return undefined;
  const axis = data.liggend ? "xAxis" : "yAxis";
  return {
    silent: true,
    symbol: "none",
    lineStyle: { color: RED, type: "dashed", width: 2 },
    label: { ...TEXT, color: RED, fontWeight: 600, formatter: data.norm.naam, position: data.liggend ? "end" : "insideStartTop", backgroundColor: "#ffffffd9", padding: [1, 4] },
    data: [{ [axis]: data.norm.waarde }],
  };
}

/** What is hidden gets a hatched stub, the same height whatever it is. */
function bar(data, value) {
  if (value !== HIDDEN) return { value };
  const label = { show: data.soort !== "gestapeld", formatter: "–" };
  return { value: highest(data) * 0.035, verborgen: true, itemStyle: GAP, label };
}

function line(value) {
  return value === HIDDEN ? { value: null, verborgen: true } : { value };
}

function onAxes(data, { narrow }) {
  const write = writer(data);
  const lines = data.soort === "lijnen";
  const few = data.reeksen.length * data.x.length <= (narrow ? 8 : 24);
  const axis = [categories(data, narrow), values(data, narrow)];
  const series = data.reeksen.map((reeks, n) => ({
    name: reeks.naam,
    type: lines ? "line" : "bar",
    stack: data.soort === "gestapeld" ? "alles" : undefined,
    data: reeks.waarden.map((value) => (lines ? line(value) : bar(data, value))),
    connectNulls: false,
    symbol: ["circle", "rect", "triangle", "diamond"][n % 4],
    symbolSize: 9,
    lineStyle: lines ? { width: 3, type: ["solid", "dashed", "dotted"][n % 3] } : undefined,
    barMaxWidth: 44,
    barCategoryGap: "32%",
    label: {
      ...TEXT,
      fontSize: 14,
      show: few && data.soort !== "gestapeld" && (!lines || data.reeksen.length === 1),
      position: data.liggend ? "right" : "top",
      formatter: ({ dataIndex }) => (reeks.waarden[dataIndex] === null ? "" : write(reeks.waarden[dataIndex])),
    },
    markLine: n === 0 ? normLine(data) : undefined,
    emphasis: { focus: data.reeksen.length > 1 ? "series" : "none" },
  }));
  return {
    legend: legend(data, narrow),
    grid: { top: above(data, narrow) + (data.norm && data.liggend ? 22 : 0), left: 4, right: data.liggend ? 44 : 20, bottom: 16 },
    xAxis: data.liggend ? axis[1] : axis[0],
    yAxis: data.liggend ? axis[0] : axis[1],
    series,
    tooltip: {
      trigger: "axis",
      axisPointer: { type: lines ? "line" : "shadow" },
      formatter: (points) => {
        const at = points[0].dataIndex;
        const rows = data.reeksen.map((reeks) => `${data.reeksen.length > 1 ? `${reeks.naam}: ` : ""}${spell(data, reeks.waarden[at])}`);
        return [data.x[at], ...rows, ...(data.norm ? [`Norm: ${data.norm.naam}`] : [])].join("\n");
      },
    },
  };
}

/** Every column of a heat table has its name under it, over more lines when it must; on a phone at a slant. */
function columns(data, narrow) {
  const axis = categories({ ...data, liggend: false }, narrow);
  const slant = narrow && Math.max(...data.x.map((name) => name.length)) > 6;
  const broken = (name) => (name.length > 16 ? name.replace("-", "-\n") : name);
  const room = slant ? { rotate: 50, overflow: "truncate", width: 120 } : { overflow: "break", width: 128, formatter: broken };
  return { ...axis, axisLabel: { ...axis.axisLabel, interval: 0, ...room } };
}

/** Rows of y against columns of x: the darker, the more; a number in every cell, so that colour is never alone. */
function heat(data, { narrow }) {
  const write = writer(data);
  const top = highest(data);
  const cells = data.reeksen.flatMap((reeks, row) =>
    reeks.waarden.map((value, column) => {
      const shown = typeof value === "number";
      const dark = shown && value / top > 0.45;
      return {
        value: [column, row, shown ? value : 0],
        itemStyle: shown ? { borderColor: "#fff", borderWidth: 2 } : value === HIDDEN ? GAP : { color: "#fff", borderColor: LINE },
        label: { show: !narrow || data.x.length <= 6, formatter: value === null ? "" : write(value), color: dark ? "#fff" : INK },
      };
    }),
  );
  return {
    legend: undefined,
    grid: { top: 12, left: 4, right: 8, bottom: 16 },
    xAxis: columns(data, narrow),
    yAxis: { ...categories({ ...data, x: data.y, liggend: true }, narrow) },
    visualMap: { show: false, min: 0, max: top, inRange: { color: HEAT } },
    series: [{ type: "heatmap", data: cells, label: { ...TEXT, fontSize: 14 }, emphasis: { itemStyle: { borderColor: INK, borderWidth: 2 } } }],
    tooltip: {
      formatter: ({ value: [column, row] }) => `${data.y[row]}, ${data.x[column]}\n${spell(data, data.reeksen[row].waarden[column])}`,
    },
  };
}

/**
 * Areas by code (`codes`), named `x`; of a number, or of one of the `categorieen` (then the value is its place in that list). A
 * category written as 'A – name' puts its letter on the area: there are more teams than colours that people can tell apart.
 */
function map(data, { narrow }) {
  const kinds = data.categorieen;
  const own = data.reeksen[0].waarden;
  const values = data.codes.map((code, n) => {
    const shown = typeof own[n] === "number";
    return { name: code, value: shown ? own[n] : undefined, itemStyle: shown ? undefined : { areaColor: "#fff", decal: HATCH } };
  });
  const shades = kinds
    ? { type: "piecewise", categories: undefined, pieces: kinds.map((naam, n) => ({ value: n, label: naam, color: naam.startsWith("! ") ? INK : COLOURS[n % COLOURS.length] })) }
    : { type: "continuous", min: 0, max: highest(data), inRange: { color: HEAT }, text: ["meer", "minder"], calculable: false };
  const at = new Map(data.codes.map((code, n) => [code, n]));
  const letterOf = (name) => {
    const kind = kinds?.[own[at.get(name)]] ?? "";
    return kind.includes(" – ") ? kind.split(" – ")[0] : "";
  };
  const label = { show: Boolean(kinds), ...TEXT, color: "#fff", fontWeight: 700, formatter: ({ name }) => letterOf(name) };
  return {
    visualMap: { ...shades, show: !(kinds && narrow), left: 0, top: "middle", itemGap: 5, textStyle: TEXT },
    series: [
      {
        type: "map",
        map: data.kaart,
        nameProperty: "code",
        roam: false,
        ...(kinds && !narrow ? { left: 300, right: 8, top: 8, bottom: 8 } : {}),
        labelLayout: { hideOverlap: true },
        data: values,
        label,
        itemStyle: { borderColor: "#fff", borderWidth: 1, areaColor: "#eef1f1" },
        emphasis: { label: { show: false }, itemStyle: { areaColor: "#fbe6d3", borderColor: INK } },
        select: { disabled: true },
      },
    ],
    tooltip: {
      formatter: ({ name }) => {
        const n = at.get(name);
        if (n === undefined) return name;
        return `${data.x[n]}\n${kinds && typeof own[n] === "number" ? kinds[own[n]] : spell(data, own[n])}`;
      },
    },
  };
}

export function options(data, size) {
  const base = common(data, size);
  const own = data.soort === "kaart" ? map(data, size) : data.soort === "warmte" ? heat(data, size) : onAxes(data, size);
  return { ...base, ...own, tooltip: { ...base.tooltip, ...own.tooltip } };
}
