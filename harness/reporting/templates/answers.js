// The answer browser: what a reader does, and what comes of it.
/** Show something else; `pushed`: the way back leads to what is shown now. */
function change(changes, pushed = false) {
  settle();
  if (pushed) remember("keep");
  state = { ...state, page: 1, ...changes };
  const shown = show();
  remember(pushed ? "push" : "replace");
  return shown;
}

function pageOf(name) {
  return { first: 1, previous: Math.max(1, state.page - 1), next: Math.min(lastPage(), state.page + 1), last: lastPage() }[name];
}

function turn(event) {
  const button = event.target.closest("button[data-page]");
  if (!button || pageOf(button.dataset.page) === state.page) return;
  change({ page: pageOf(button.dataset.page) });
  const below = table.compareDocumentPosition(button) & Node.DOCUMENT_POSITION_FOLLOWING;
  if (below) {
    const list = document.getElementById("listed");
    list.scrollIntoView();
    list.focus({ preventScroll: true });
  }
}

function reveal() {
  (panel.hidden ? document.getElementById("answers") : panel).scrollIntoView();
}

async function openQuestion(id) {
  if (!state.question) listed = state;
  await change({ ...START, size: state.size, question: id }, true);
  reveal();
  panel.querySelector("h3").focus({ preventScroll: true });
}

/** Back from one question to what was listed before, its link in focus where it is on the page. */
async function leaveQuestion() {
  const id = state.question;
  await change(listed, true);
  focusLink(id);
}

function focusLink(id) {
  const href = "#question=" + encodeURIComponent(id);
  const link = [...table.querySelectorAll("a.to-question")].find((each) => each.getAttribute("href") === href);
  (link || document.getElementById("listed")).focus({ preventScroll: true });
}

/** Back, forward, a link that is opened, an address that is typed. */
async function moved(event) {
  const opened = state.question;
  const kept = event && event.state && event.state.answers;
  const next = kept || read(location.hash);
  if (!next) return;
  settle();
  state = { ...START, ...next };
  await show();
  if (!kept) reveal();
  else if (opened && !state.question && browser.contains(document.activeElement)) focusLink(opened);
}

function typed(event) {
  const field = event.target;
  const words = form.elements.words.value;
  if (field.name !== "words") {
    change({ words, [field.name]: field.type === "checkbox" ? field.checked : field.value });
    return;
  }
  settle();
  typing = setTimeout(() => change({ words }), PAUSE);
}

/** What was typed is looked for already, or is no longer wanted. */
function settle() {
  clearTimeout(typing);
  typing = 0;
}

function sortBy(event) {
  const head = event.target.closest("th[data-column]");
  if (!head) return;
  const name = head.dataset.column;
  const after = { [name]: "-" + name, ["-" + name]: "" };
  change({ sort: after[state.sort] ?? name });
}

async function copy(text, what) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // No clipboard (a page that is not secure, or not allowed): the old way, by selecting it.
    const area = element("textarea", text, { className: "off-screen" });
    const focused = document.activeElement;
    document.body.append(area);
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    focused?.focus();
    if (!copied) what = "Not copied: this browser does not allow it";
  }
  done.textContent = what;
}

function csvSaid() {
  return `${kept.length.toLocaleString("en")} answers`;
}

function saveCsv() {
  const address = URL.createObjectURL(new Blob([answers.csv(kept)], { type: "text/csv;charset=utf-8" }));
  element("a", "", { href: address, download: "answers.csv" }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  done.textContent = `${csvSaid()} written to answers.csv`;
}

/** Numbers in tables lead to the answers that they count. */
function traceNumbers() {
  for (const figure of document.querySelectorAll(".figure[data-variant]")) {
    const button = element("button", figure.textContent, { type: "button", className: "trace" });
    const { variant, probe: name, verdict = "" } = figure.dataset;
    const probe = (answers.probes.find((pair) => pair.includes(name)) || [""])[0];
    button.title = [figure.title, "show these answers"].filter(Boolean).join("; ");
    figure.removeAttribute("title");
    button.addEventListener("click", () => {
      change({ ...START, size: state.size, variant, probe, verdict, counted: true }, true);
      reveal();
      form.elements.variant.focus({ preventScroll: true });
    });
    figure.replaceChildren(button);
  }
}

function wire() {
  form.addEventListener("input", typed);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    change({ ...START, size: state.size });
  });
  size.addEventListener("input", () => change({ size: size.value }));
  table.tHead.addEventListener("click", sortBy);
  browser.addEventListener("click", (event) => {
    const link = event.target.closest("a.to-question");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return turn(event);
    event.preventDefault();
    openQuestion(decodeURIComponent(link.getAttribute("href").slice("#question=".length)));
  });
  document.getElementById("leave").addEventListener("click", leaveQuestion);
  document.getElementById("copy-link").addEventListener("click", () => copy(new URL(written(), location.href).href, "Link copied"));
  document.getElementById("copy-csv").addEventListener("click", () => copy(answers.csv(kept), `${csvSaid()} copied`));
  document.getElementById("save-csv").addEventListener("click", saveCsv);
  window.addEventListener("popstate", moved);
}

async function start() {
  const telling = document.getElementById("telling");
  try {
    if (!("DecompressionStream" in window)) throw new Error("this browser cannot unpack them (it has no DecompressionStream)");
    answers = new Answers(await unpackAnswers(document.getElementById("answers-data").textContent));
  } catch (problem) {
    const message = document.getElementById("no-browser");
    message.textContent = `The answers in this file cannot be listed: ${problem.message}. The most telling ones stand below.`;
    message.hidden = false;
    return;
  }
  fillForm();
  wire();
  traceNumbers();
  const linked = read(location.hash);
  state = linked || state;
  await show();
  browser.hidden = false;
  telling.hidden = true;
  if (linked) reveal();
}

let listed = { ...START }; // what was shown before a question was opened
start();
