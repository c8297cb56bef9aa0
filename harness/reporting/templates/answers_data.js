// Every answer in columns of small numbers: unpacked, filtered, searched, sorted, written as CSV.
// Nothing in here touches the page.

/** Base64 of compressed JSON to its object. Throws where it is damaged. */
async function unpackAnswers(letters) {
  const text = atob(letters);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}

class Answers {
  constructor(data) {
    Object.assign(this, data);
    this.rows = {};
    for (const name of Object.keys(data.rows)) this.rows[name] = Int32Array.from(data.rows[name]);
    this.count = this.rows.variant.length;
    this.draws = [...new Set(this.rows.draw)].sort((one, other) => one - other);
    this.lowered = {};
    this.ranks = {};
  }

  /** One answer as words. */
  answer(row) {
    const asked = this.rows.question[row];
    const [key, kind] = this.probes[this.questions.probe[asked]];
    const form = this.forms[this.rows.form[row]];
    const draw = this.rows.draw[row];
    const notes = [this.notes[this.rows.note[row]]];
    if (draw) notes.push("draw " + draw);
    if (form !== "plain") notes.push("form " + form);
    return {
      row, asked, key, kind, form, draw,
      variant: this.variants[this.rows.variant[row]],
      id: this.questions.id[asked],
      question: this.questions.text[asked],
      expected: this.questions.expected[asked],
      answer: this.replies[this.rows.reply[row]],
      verdict: this.verdicts[this.rows.verdict[row]],
      marks: notes[0],
      note: notes.filter(Boolean).join(", "),
    };
  }

  /** Rows in their own order that `wanted` (numbers, null: any) and `hits` (of `search`) let in. */
  filter(wanted, hits) {
    const { variant, question, verdict, form, draw, note, reply, counted } = this.rows;
    const probe = this.questions.probe;
    const marked = wanted.mark === null ? null : this.marked.map((own) => own.includes(wanted.mark));
    const before = wanted.against === null ? null : this.verdictsOf(wanted.against);
    const split = wanted.disagree ? this.disagreements() : null;
    const forms = this.forms.length;
    const kept = new Uint32Array(this.count);
    let found = 0;
    for (let row = 0; row < this.count; row++) {
      const asked = question[row];
      if (wanted.variant !== null && variant[row] !== wanted.variant) continue;
      if (wanted.question !== null && asked !== wanted.question) continue;
      if (wanted.probe !== null && probe[asked] !== wanted.probe) continue;
      if (wanted.verdict !== null && verdict[row] !== wanted.verdict) continue;
      if (wanted.form !== null && form[row] !== wanted.form) continue;
      if (wanted.draw !== null && draw[row] !== wanted.draw) continue;
      if (wanted.counted && !counted[row]) continue;
      if (marked && !marked[note[row]]) continue;
      if (before || split) {
        if (draw[row]) continue;
        const place = asked * forms + form[row];
        if (split && split[place] !== MIXED) continue;
        if (before && (before[place] === NONE || before[place] === verdict[row])) continue;
      }
      if (hits && !hits.reply[reply[row]] && !hits.question[asked]) continue;
      kept[found++] = row;
    }
    return kept.subarray(0, found);
  }

  /** Question and form to the verdict on the greedy answer of that variant. */
  verdictsOf(chosen) {
    const { variant, question, verdict, form, draw } = this.rows;
    const found = new Int16Array(this.questions.id.length * this.forms.length).fill(NONE);
    for (let row = 0; row < this.count; row++) {
      if (variant[row] !== chosen || draw[row]) continue;
      found[question[row] * this.forms.length + form[row]] = verdict[row];
    }
    return found;
  }

  /** Question and form to MIXED where greedy answers of trained variants got several verdicts. */
  disagreements() {
    const { variant, question, verdict, form, draw } = this.rows;
    const found = new Int16Array(this.questions.id.length * this.forms.length).fill(NONE);
    for (let row = 0; row < this.count; row++) {
      if (!this.trained[variant[row]] || draw[row]) continue;
      const place = question[row] * this.forms.length + form[row];
      if (found[place] === NONE) found[place] = verdict[row];
      else if (found[place] !== verdict[row]) found[place] = MIXED;
    }
    return found;
  }

  /**
   * Which questions (or what is expected of them) and replies hold these words, in any case. Works
   * in slices, so that typing stays fluid; null as soon as `stale()` says that nobody waits for it.
   */
  async search(words, stale) {
    const looked = words.normalize().toLowerCase();
    const question = await this.holding("text", this.questions.text, looked, stale);
    const expected = question && (await this.holding("expected", this.questions.expected, looked, stale));
    const reply = expected && (await this.holding("reply", this.replies, looked, stale));
    if (!reply) return null;
    for (let at = 0; at < question.length; at++) question[at] |= expected[at];
    return { question, reply };
  }

  async holding(name, texts, looked, stale) {
    const lowered = (this.lowered[name] ??= []);
    const found = new Uint8Array(texts.length);
    let since = performance.now();
    for (let at = 0; at < texts.length; at++) {
      lowered[at] ??= texts[at].normalize().toLowerCase();
      if (lowered[at].includes(looked)) found[at] = 1;
      if (at % 64 === 63 && performance.now() - since > SLICE) {
        await new Promise((resolve) => setTimeout(resolve));
        if (stale()) return null;
        since = performance.now();
      }
    }
    return found;
  }

  /** The same rows by a column; rows that are equal in it stay in their order. */
  sorted(kept, name, descending) {
    const { keys, places } = this.rankOf(name);
    // Rank and row in one number: numbers alone are sorted without a call per pair.
    const codes = Float64Array.from(kept, (row) => {
      const rank = places[keys(row)];
      return (descending ? this.count - rank : rank) * this.count + row;
    });
    return Uint32Array.from(codes.sort(), (code) => code % this.count);
  }

  rankOf(name) {
    const { variant, question, verdict, reply } = this.rows;
    const made = {
      variant: () => ({ keys: (row) => variant[row], places: this.variants.map((_, at) => at) }),
      probe: () => ({ keys: (row) => question[row], places: this.questions.probe }),
      question: () => ({ keys: (row) => question[row], places: ranked(this.questions.text) }),
      expected: () => ({ keys: (row) => question[row], places: ranked(this.questions.expected) }),
      answer: () => ({ keys: (row) => reply[row], places: ranked(this.replies) }),
      verdict: () => ({ keys: (row) => verdict[row], places: ranked(this.verdicts) }),
    };
    return (this.ranks[name] ??= made[name]());
  }

  /** RFC 4180: lines end in CRLF, a cell with a comma, a quote or a new line stands in quotes. */
  csv(kept) {
    const names = ["variant", "probe", "form", "draw", "id", "question", "expected", "answer", "verdict", "marks"];
    const lines = [names.join(",")];
    for (const row of kept) {
      const one = { ...this.answer(row) };
      one.probe = one.key;
      lines.push(names.map((name) => csvCell(String(one[name]))).join(","));
    }
    return lines.join("\r\n") + "\r\n";
  }
}

const NONE = -1;
const MIXED = -2;
const SLICE = 12; // milliseconds of work before the page gets its turn

/** Place in the alphabet of each text; equal texts share one. */
function ranked(texts) {
  const order = new Intl.Collator("en", { numeric: true });
  const places = texts.map((_, at) => at).sort((one, other) => order.compare(texts[one], texts[other]));
  const found = new Int32Array(texts.length);
  places.forEach((at, rank) => {
    const equal = rank > 0 && order.compare(texts[places[rank - 1]], texts[at]) === 0;
    found[at] = equal ? found[places[rank - 1]] : rank;
  });
  return found;
}

/** A cell that a spreadsheet would take for a formula gets an apostrophe before it. */
function csvCell(text) {
  const harmless = /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? "'" + text : text;
  return /[",\r\n]/.test(harmless) ? '"' + harmless.replaceAll('"', '""') + '"' : harmless;
}
