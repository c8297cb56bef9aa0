// From the state to the page: the form, the page of the table, and the question that is opened.
const LONG = 400;
const browser = document.getElementById("browser");
const form = browser.querySelector("form");
const table = browser.querySelector("table");
const size = browser.querySelector("select[name=size]");
const found = document.getElementById("found");
const done = document.getElementById("done");
const panel = document.getElementById("asked");
let kept = []; // rows that the filters leave, in the order shown
let asking = 0; // counts what was asked for, so that a slow search gives way to a newer one

function element(name, text = "", properties = {}) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(text);
  return made;
}

function bdi(text) {
  return element("bdi", text, { dir: "auto" });
}

async function show() {
  const mine = ++asking;
  let hits = null;
  if (state.words) {
    table.setAttribute("aria-busy", "true");
    hits = await answers.search(state.words, () => mine !== asking);
    if (mine !== asking) return;
  }
  table.removeAttribute("aria-busy");
  const { wanted, missing } = numbered();
  for (const name of Object.keys(missing)) state[name] = START[name];
  kept = answers.filter(wanted, hits);
  if (state.sort) kept = answers.sorted(kept, state.sort.replace(/^-/, ""), state.sort[0] === "-");
  state.page = Math.min(state.page, lastPage());
  tellForm();
  tellQuestion(wanted.question);
  tellPage(missing);
}

function lastPage() {
  return Math.max(1, Math.ceil(kept.length / Number(state.size)));
}

function tellForm() {
  for (const field of form.elements) {
    if (!field.name || (field.name === "words" && typing)) continue; // never over a reader's typing
    if (field.type === "checkbox") field.checked = state[field.name];
    else if (field.value !== state[field.name]) field.value = state[field.name];
  }
  size.value = state.size;
  for (const head of table.querySelectorAll("th[data-column]")) {
    const sorted = { [head.dataset.column]: "ascending", ["-" + head.dataset.column]: "descending" };
    head.removeAttribute("aria-sort");
    if (sorted[state.sort]) head.setAttribute("aria-sort", sorted[state.sort]);
  }
}

function tellPage(missing) {
  const first = (state.page - 1) * Number(state.size);
  const rows = kept.subarray(first, first + Number(state.size));
  table.tBodies[0].replaceChildren(...Array.from(rows, line));
  const say = (count) => count.toLocaleString("en");
  const part = lastPage() > 1
    ? `, ${say(first + 1)} to ${say(first + rows.length)} shown, page ${say(state.page)} of ${say(lastPage())}`
    : "";
  const names = Object.entries(missing).map(([name, value]) => `${name} “${value}”`);
  const lost = names.length ? `Not in this report: ${names.join(", ")}. ` : "";
  found.textContent = `${lost}${say(kept.length)} of ${say(answers.count)} answers${part}`;
  for (const pages of browser.querySelectorAll(".pages")) {
    pages.hidden = lastPage() === 1;
    pages.querySelector(".position").textContent = `${say(state.page)} of ${say(lastPage())}`;
    for (const button of pages.querySelectorAll("button")) {
      // A button that is disabled would lose the focus; one that says so keeps it.
      button.setAttribute("aria-disabled", String(pageOf(button.dataset.page) === state.page));
    }
  }
}

function tellQuestion(asked) {
  panel.hidden = asked === null;
  table.classList.toggle("one", asked !== null);
  if (asked === null) return;
  const { id, text, expected, stated, probe, twin } = answers.questions;
  panel.querySelector("h3 bdi").textContent = text[asked];
  const told = [["Expected", long(expected[asked])]];
  if (stated[asked]) told.push(["In the text", long(stated[asked])]);
  told.push(["Kind", answers.probes[probe[asked]][1]], ["Id", element("code", bdi(id[asked]))]);
  if (twin[asked] >= 0) told.push(["Same form, with an answer", questionLink(twin[asked])]);
  panel.querySelector("dl").replaceChildren(...told.map(([name, what]) => {
    const pair = element("div", element("dt", name));
    pair.append(element("dd", what));
    return pair;
  }));
}

// One line of the table.

function line(row) {
  const one = answers.answer(row);
  const made = element("tr", element("th", bdi(one.variant), { scope: "row" }));
  const question = element("td", questionLink(one.asked), { className: "question" });
  const expected = element("td", long(one.expected), { className: "expected" });
  const verdict = element("td", element("span", one.verdict, { className: "verdict " + one.verdict }));
  if (one.note) verdict.append(element("small", bdi(" " + one.note)));
  const kind = element("td", one.kind, { className: "probe" });
  const answer = element("td", long(one.answer));
  const cells = { Kind: kind, Question: question, Expected: expected, Answer: answer, Verdict: verdict };
  for (const [label, cell] of Object.entries(cells)) {
    cell.dataset.label = label;
    made.append(cell);
  }
  return made;
}

function questionLink(asked) {
  const { id, text } = answers.questions;
  const href = "#question=" + encodeURIComponent(id[asked]);
  return element("a", bdi(begun(text[asked], LONG)), { href, className: "to-question" });
}

/** The beginning of a text, cut between two characters, and how much more there is. */
function begun(text, most) {
  if (text.length <= most) return text || "(nothing)";
  const start = text.slice(0, most).replace(/[\ud800-\udbff]$/, "");
  return `${start} … (${(text.length - start.length).toLocaleString("en")} more characters)`;
}

function long(text) {
  if (text.length <= LONG) return bdi(text || "(nothing)");
  const details = element("details", element("summary", bdi(begun(text, 300))), { className: "long" });
  details.addEventListener("toggle", () => details.append(bdi(text)), { once: true });
  return details;
}
