// Every table of figures can be sorted, narrowed and copied. Without this script it is whole.
const FEW = 6; // rows; fewer need no filter
const LEAST = 2; // rows; fewer have no order
let made = 0;

function element(name, text = "", properties = {}) {
  const node = Object.assign(document.createElement(name), properties);
  node.append(text);
  return node;
}

/** The words of a cell, without drawings and buttons; what stands in small print comes in brackets. */
function words(cell) {
  const copy = cell.cloneNode(true);
  for (const extra of copy.querySelectorAll(".range, .stack, button.sort:empty")) extra.remove();
  for (const summary of copy.querySelectorAll("details.long > summary")) {
    if (summary.nextElementSibling) summary.remove();
  }
  const notes = [...copy.querySelectorAll("small")].map((small) => {
    small.remove();
    return small.textContent.trim();
  });
  const text = copy.textContent.replace(/\s+/g, " ").trim();
  const said = notes.filter(Boolean).join("; ").replace(/\s+/g, " ");
  if (!said || cell.matches("tbody th:first-child")) return text;
  return text ? `${text} (${said})` : said;
}

/** Rows as lists of texts; a cell that spans several stands in each. */
function grid(rows) {
  const lines = rows.map(() => []);
  rows.forEach((row, y) => {
    let x = 0;
    for (const cell of row.cells) {
      while (lines[y][x] !== undefined) x += 1;
      const text = words(cell);
      for (let down = 0; down < cell.rowSpan && y + down < rows.length; down += 1) {
        for (let right = 0; right < cell.colSpan; right += 1) lines[y + down][x + right] = text;
      }
      x += cell.colSpan;
    }
  });
  return lines;
}

/** One heading a column: "Knows: as taught" where two rows of headings stand over it. */
function headings(table) {
  const lines = grid([...table.tHead.rows]);
  return lines[lines.length - 1].map((_, x) => lines.map((line) => line[x]).filter(Boolean).join(": "));
}

/** As a spreadsheet reads it; what it would take for a formula begins with an apostrophe. */
function quoted(text) {
  const safe = /^[=+\-@\t\r]/.test(text) ? "'" + text : text;
  return /[",\n\r]/.test(safe) ? '"' + safe.replaceAll('"', '""') + '"' : safe;
}

function csv(table) {
  const rows = [...table.tBodies].flatMap((body) => [...body.rows]).filter((row) => !row.hidden && !row.matches(".side"));
  return [headings(table), ...grid(rows)].map((line) => line.map((text) => quoted(text || "")).join(",")).join("\r\n") + "\r\n";
}

async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Pages that were opened from a file may not use it everywhere: then the old way.
    const area = element("textarea", "", { value: text, className: "off-screen" });
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    button.focus();
    return done;
  }
}

// Sorting.

function value(row, at) {
  const cell = row.cells[at];
  const number = cell && cell.dataset.value;
  return number ? Number(number) : cell ? words(cell) : "";
}

function compared(one, other) {
  const [a, b] = [typeof one, typeof other];
  if (a === b && a === "number") return one - other;
  if (a === b) return one.localeCompare(other, "en", { numeric: true, sensitivity: "base" });
  return a === "number" ? -1 : 1;
}

/** What a column has no value for stands last in either direction. */
function empty(one) {
  return one === "" || one === "–";
}

function order(table, at, direction) {
  for (const body of table.tBodies) {
    if (body.matches(".bounds")) continue; // floors and ceilings stay below, in their order
    const rows = [...body.rows];
    rows.forEach((row, place) => { row.dataset.place ??= place; });
    const keyed = rows.map((row) => [row, direction ? value(row, at) : "", Number(row.dataset.place)]);
    keyed.sort(([, one, first], [, other, second]) => {
      if (!direction) return first - second;
      if (empty(one) !== empty(other)) return empty(one) ? 1 : -1;
      return direction * compared(one, other) || first - second;
    });
    body.append(...keyed.map(([row]) => row));
  }
}

/** First click: the column's own first direction; then the other; then the order of the report. */
function sortBy(table, head, at, tell) {
  const numbers = [...table.tBodies[0].rows].some((row) => row.cells[at] && row.cells[at].dataset.value);
  const first = numbers ? "descending" : "ascending";
  const second = numbers ? "ascending" : "descending";
  const next = { [first]: second, [second]: "" }[head.getAttribute("aria-sort") || ""] ?? first;
  for (const other of table.tHead.querySelectorAll("[aria-sort]")) other.removeAttribute("aria-sort");
  if (next) head.setAttribute("aria-sort", next);
  order(table, at, { ascending: 1, descending: -1, "": 0 }[next]);
  tell(next ? `Sorted by ${words(head)}, ${next}` : "In the order of the report");
}

function sortable(table, tell) {
  const heads = [...table.tHead.rows[table.tHead.rows.length - 1].cells];
  heads.forEach((head, at) => {
    const told = [...table.tBodies[0].rows].some((row) => row.cells[at] && row.cells[at].matches(".words"));
    if (!words(head) || told) return; // sentences have no order
    const button = element("button", "", { type: "button", className: "sort" });
    if (head.querySelector("a")) {
      button.setAttribute("aria-label", `Sort by ${words(head)}`);
      head.append(button);
    } else {
      button.append(...[...head.childNodes].filter((node) => node.nodeName !== "SMALL"));
      head.prepend(button);
    }
    button.addEventListener("click", () => sortBy(table, head, at, tell));
  });
  return heads;
}

// Narrowing.

function narrow(table, wanted, tell) {
  const parts = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  let kept = 0;
  let all = 0;
  for (const body of table.tBodies) {
    let shown = 0;
    for (const row of body.rows) {
      if (row.matches(".side")) continue;
      const text = row.textContent.toLowerCase();
      row.hidden = !parts.every((part) => text.includes(part));
      all += 1;
      shown += row.hidden ? 0 : 1;
    }
    for (const row of body.querySelectorAll(".side")) row.hidden = !shown;
    kept += shown;
  }
  tell(parts.length ? `${kept} of ${all} rows` : "");
}

// What stands over a table.

function sortMenu(table, heads, tell) {
  const menu = element("select", element("option", "as in the report", { value: "" }));
  heads.forEach((head, at) => {
    if (head.querySelector("button.sort")) menu.append(element("option", words(head), { value: String(at) }));
  });
  menu.addEventListener("input", () => {
    for (const other of heads) other.removeAttribute("aria-sort");
    if (menu.value) sortBy(table, heads[Number(menu.value)], Number(menu.value), tell);
    else order(table, 0, 0);
  });
  const label = element("label", "Sort by ", { className: "menu" });
  label.append(menu);
  return label;
}

function equip(table) {
  const name = table.caption.textContent.trim().split(/[.:]/)[0];
  const rows = [...table.tBodies].flatMap((body) => [...body.rows]).filter((row) => !row.matches(".side"));
  const spans = table.querySelector("tbody [rowspan]");
  const tools = element("div", "", { className: "over" });
  const said = element("span", "", { role: "status" });
  const tell = (text) => { said.textContent = text; };
  if (!spans && rows.length >= LEAST) {
    const heads = sortable(table, tell);
    if (table.matches(".cards")) tools.append(sortMenu(table, heads, tell));
  }
  if (!spans && rows.length >= FEW) {
    const field = element("input", "", { type: "search", autocomplete: "off", id: `narrow-${made += 1}` });
    field.setAttribute("aria-label", `Only rows with these words: ${name}`);
    field.placeholder = "only rows with …";
    field.addEventListener("input", () => narrow(table, field.value, tell));
    tools.append(field);
  }
  const button = element("button", "Copy as CSV", { type: "button" });
  button.setAttribute("aria-label", `Copy as CSV: ${name}`);
  button.addEventListener("click", async () => {
    tell((await copy(csv(table), button)) ? "Copied" : "This browser does not let a page copy");
  });
  tools.append(button, said);
  (table.closest(".wide") || table).before(tools);
}

/** On a phone the headings of cards are out of sight: the menu sorts, and the keyboard passes by. */
function reach() {
  for (const button of document.querySelectorAll("table.cards > thead button.sort")) {
    if (!button.closest("#browser")) button.tabIndex = narrowed.matches ? -1 : 0;
  }
}

const narrowed = matchMedia("(max-width: 44rem)");
for (const table of document.querySelectorAll("main table")) {
  if (table.tHead && !table.closest("#browser") && table.caption) equip(table);
}
reach();
narrowed.addEventListener("change", reach);
