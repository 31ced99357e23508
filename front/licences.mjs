// Fails when a package in the lock has a licence that the project does not accept.
import { readFile } from "node:fs/promises";

const ACCEPTED = new Set(["MIT", "BSD-2-Clause", "BSD-3-Clause", "ISC", "Apache-2.0", "MPL-2.0", "EUPL-1.2", "OFL-1.1", "0BSD"]);

const lock = JSON.parse(await readFile(new URL("../package-lock.json", import.meta.url), "utf8"));
const packages = Object.entries(lock.packages).filter(([name]) => name !== "");
const refused = packages.filter(([, info]) => !ACCEPTED.has(info.license));
for (const [name, info] of refused) {
  console.error(`${name.replace("node_modules/", "")}: licentie ${info.license ?? "onbekend"} is niet toegestaan`);
}
if (packages.length === 0 || refused.length > 0) {
  process.exit(1);
}
console.log(`${packages.length} pakketten, alle met een toegestane licentie`);
