// On a phone a table is laid out as cards; browsers then forget that it is a table, so the roles are said aloud.
const ROLES = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TFOOT: "rowgroup", TR: "row", TD: "cell" };

export function nameRoles(root) {
  for (const table of root.querySelectorAll("table.ap-tabel--kaarten")) {
    for (const element of [table, ...table.querySelectorAll("thead, tbody, tfoot, tr, td, th")]) {
      const header = element.closest("thead") ? "columnheader" : "rowheader";
      element.setAttribute("role", element.tagName === "TH" ? header : ROLES[element.tagName]);
    }
  }
}

nameRoles(document);
document.addEventListener("htmx:afterSwap", (event) => nameRoles(event.detail.target));
