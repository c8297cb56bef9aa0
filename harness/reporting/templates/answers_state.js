// What the answer browser shows, as words, as numbers, and as the address of the page.
const START = {
  variant: "", probe: "", verdict: "", form: "", draw: "", mark: "", against: "", question: "",
  words: "", disagree: false, counted: false, sort: "", size: "50", page: 1,
};
let answers = null; // Answers, once they are unpacked
let state = { ...START };
const PAUSE = 150; // milliseconds without a key after which what was typed is looked for
let typing = 0; // what waits for that; 0: nothing

// What a name in the address stands for, and its number in the columns.

function choices() {
  const same = (names) => names.map((name) => [name, name]);
  return {
    variant: same(answers.variants),
    probe: answers.probes,
    verdict: same(answers.verdicts),
    form: same(answers.forms),
    draw: answers.draws.map((draw) => [String(draw), draw ? String(draw) : "0, greedy"]),
    mark: same(answers.marks),
    against: same(answers.variants),
  };
}

function fillForm() {
  for (const [name, pairs] of Object.entries(choices())) {
    const select = form.elements[name];
    for (const [value, text] of pairs) select.append(element("option", text, { value }));
    select.closest("label").hidden = pairs.length < (name === "mark" ? 1 : 2);
  }
  form.elements.disagree.closest("label").hidden = answers.trained.filter(Boolean).length < 2;
}

/** Names of the state as numbers; null where anything goes, `missing` what is not in this file. */
function numbered() {
  const missing = {};
  const number = (name, value, values) => {
    if (!value) return null;
    const place = values.indexOf(value);
    if (place < 0) missing[name] = value;
    return place < 0 ? null : place;
  };
  const wanted = { disagree: state.disagree, counted: state.counted, draw: null };
  for (const name of ["variant", "verdict", "form", "mark", "probe", "against"]) {
    const values = choices()[name].map(([value]) => value);
    wanted[name] = number(name, state[name], values);
  }
  wanted.question = number("question", state.question, answers.questions.id);
  if (state.draw) wanted.draw = answers.draws[number("draw", state.draw, answers.draws.map(String))] ?? null;
  return { wanted, missing };
}

// The address.

function written() {
  const told = Object.entries(state).filter(([name, value]) => value !== START[name]);
  if (told.length === 1 && told[0][0] === "question") return "#question=" + encodeURIComponent(state.question);
  const words = new URLSearchParams(told.map(([name, value]) => [name, value === true ? "1" : String(value)]));
  return "#answers" + (told.length ? "?" + words : "");
}

function read(hash) {
  const own = /^#(variant|question)=(.*)$/s.exec(hash);
  if (own) {
    try {
      return { ...START, [own[1]]: decodeURIComponent(own[2]) };
    } catch {
      return { ...START, [own[1]]: own[2] };
    }
  }
  if (!hash.startsWith("#answers?")) return null;
  const made = { ...START };
  for (const [name, value] of new URLSearchParams(hash.slice("#answers?".length))) {
    if (typeof START[name] === "boolean") made[name] = value === "1";
    else if (name === "page") made.page = Math.max(1, Math.floor(Number(value)) || 1);
    else if (name in START) made[name] = value;
  }
  if (![...size.options].some((option) => option.value === made.size)) made.size = START.size;
  if (!table.querySelector(`th[data-column="${CSS.escape(made.sort.replace(/^-/, ""))}"]`)) made.sort = "";
  return made;
}

/** Keep the state with the entry of the history: `how` is "keep", "replace" or "push". */
function remember(how) {
  const address = how === "keep" ? undefined : written();
  try {
    history[how === "push" ? "pushState" : "replaceState"]({ answers: { ...state } }, "", address);
  } catch {
    // Some viewers forbid it in a file, or so often: the answers are shown all the same.
  }
}
