// Builds static/build/ from front/: a stylesheet (and one for beheer), a script (and one for charts), the fonts and the icon sprite.
// `npm run build` once, `npm run watch` on every change. Same input, same bytes.
import { mkdir, readFile, readdir, rm, writeFile as write } from "node:fs/promises";
import { watch } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const OUT = path.join(ROOT, "static", "build");
const TOKENS = path.join(ROOT, "node_modules/@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css");

const SHARED = { bundle: true, minify: true, legalComments: "none", logLevel: "warning", absWorkingDir: ROOT, outdir: OUT };

const written = new Set();

async function writeFile(file, contents) {
  written.add(file);
  await mkdir(path.dirname(file), { recursive: true });
  await write(file, contents);
}

/** The Voorbeeld tokens that `css` uses, directly or through another token, as one :root rule. 1,900 others stay behind. */
export function usedTokens(theme, css) {
  const all = new Map([...theme.matchAll(/^\s*(--[\w-]+):\s*([^;]+);/gm)].map(([, name, value]) => [name, value]));
  const used = new Set();
  const queue = [css];
  while (queue.length > 0) {
    for (const [, name] of queue.pop().matchAll(/var\(\s*(--[\w-]+)/g)) {
      if (all.has(name) && !used.has(name)) {
        used.add(name);
        queue.push(all.get(name));
      }
    }
  }
  return `:root{${[...used].sort().map((name) => `${name}:${all.get(name)}`).join(";")}}`;
}

async function buildCss() {
  const result = await esbuild.build({
    ...SHARED,
    entryPoints: ["front/css/portal.css", "front/css/beheer.css"],
    loader: { ".woff2": "file", ".svg": "file" },
    assetNames: "assets/[name]",
    target: ["chrome109", "firefox115", "safari16"],
    write: false,
  });
  for (const file of result.outputFiles) {
    if (!file.path.endsWith("portal.css")) {
      await writeFile(file.path, file.contents);
      continue;
    }
    // The tokens go first, so that our own theme (also on :root) overrides them.
    const tokens = usedTokens(await readFile(TOKENS, "utf8"), file.text);
    const minified = await esbuild.transform(tokens, { loader: "css", minify: true });
    await writeFile(file.path, minified.code + file.text);
  }
}

async function buildJs() {
  const entry = { entryPoints: ["front/js/portal.js", "front/js/grafiek.js"], format: "iife", target: "es2021", write: false };
  const result = await esbuild.build({ ...SHARED, ...entry });
  await Promise.all(result.outputFiles.map((file) => writeFile(file.path, file.contents)));
}

/** icons/bel.svg becomes <symbol id="bel">, to be used as <use href="…/icons.svg#bel">. */
async function buildIcons() {
  const folder = path.join(ROOT, "front", "icons");
  const names = (await readdir(folder)).filter((name) => name.endsWith(".svg")).sort();
  const symbols = await Promise.all(
    names.map(async (name) => {
      const svg = (await readFile(path.join(folder, name), "utf8")).trim();
      return svg.replace(/<svg[^>]*>/, `<symbol id="${name.slice(0, -4)}" viewBox="0 0 24 24">`).replace("</svg>", "</symbol>");
    }),
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("").replace(/>\s+</g, "><")}</svg>\n`;
  await writeFile(path.join(OUT, "icons.svg"), svg);
}

/** What an earlier build left and this one did not write; never the whole folder, since a server may be reading it. */
async function removeStale() {
  for (const entry of await readdir(OUT, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    const inUse = [...written].some((name) => name === file || name.startsWith(file + path.sep));
    if (!inUse) await rm(file, { recursive: true, force: true });
  }
}

async function build() {
  const start = performance.now();
  written.clear();
  await Promise.all([buildCss(), buildJs(), buildIcons()]);
  await removeStale();
  console.log(`static/build is klaar (${Math.round(performance.now() - start)} ms)`);
}

await build();
if (process.argv.includes("--watch")) {
  let timer;
  watch(path.join(ROOT, "front"), { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(() => build().catch((error) => console.error(error.message)), 80);
  });
}
