"use strict";
(function () {
  const data = JSON.parse(document.getElementById("data").textContent);
  const browser = document.getElementById("browser");
  const form = browser.querySelector("form");
  const body = browser.querySelector("tbody");
  const found = document.getElementById("found");
  const more = document.getElementById("more");
  const PAGE = 50;
  const LONG = 400;
  const names = ["variant", "probe", "verdict", "question", "expected", "answer", "note"];
  const rows = data.rows.map(function (row) {
    const item = {};
    names.forEach(function (name, place) { item[name] = data.texts[row[place]]; });
    return item;
  });
  // What a figure counts: greedy answers in one form. Others carry a mark in their note.
  const OTHER = /(^|, )(draw|form) /;
  let counted = false;
  let limit = PAGE;

  ["variant", "probe", "verdict"].forEach(function (name) {
    const select = form.elements[name];
    new Set(rows.map(function (row) { return row[name]; })).forEach(function (value) {
      const option = document.createElement("option");
      option.value = option.textContent = value;
      select.appendChild(option);
    });
  });

  function bdi(text) {
    const element = document.createElement("bdi");
    element.textContent = text;
    return element;
  }

  function cell(tag, text) {
    const element = document.createElement(tag);
    if (text.length > LONG) {
      const details = document.createElement("details");
      const summary = document.createElement("summary");
      details.className = "long";
      summary.appendChild(bdi(text.slice(0, 300) + " … (" + (text.length - 300) + " more characters)"));
      details.append(summary, bdi(text));
      element.appendChild(details);
    } else {
      element.appendChild(bdi(text || "(nothing)"));
    }
    return element;
  }

  function line(row) {
    const tr = document.createElement("tr");
    const head = cell("th", row.variant);
    head.scope = "row";
    tr.appendChild(head);
    [["probe", "Kind"], ["question", "Question"], ["expected", "Expected"], ["answer", "Answer"]].forEach(function (pair) {
      const td = cell("td", row[pair[0]]);
      td.dataset.label = pair[1];
      tr.appendChild(td);
    });
    const last = document.createElement("td");
    last.dataset.label = "Verdict";
    const verdict = document.createElement("span");
    verdict.className = "verdict " + row.verdict;
    verdict.textContent = row.verdict;
    last.appendChild(verdict);
    if (row.note) {
      const note = document.createElement("small");
      note.textContent = " " + row.note;
      last.appendChild(note);
    }
    tr.appendChild(last);
    return tr;
  }

  function show() {
    const words = form.elements.words.value.toLowerCase();
    const chosen = counted ? rows.filter(function (row) { return !OTHER.test(row.note); }) : rows;
    const kept = (chosen.length ? chosen : rows).filter(function (row) {
      return ["variant", "probe", "verdict"].every(function (name) {
        return !form.elements[name].value || form.elements[name].value === row[name];
      }) && (!words || (row.question + "\n" + row.answer).toLowerCase().includes(words));
    });
    body.replaceChildren.apply(body, kept.slice(0, limit).map(line));
    found.textContent = kept.length + " of " + rows.length + " answers" +
      (kept.length > limit ? ", the first " + limit + " shown" : "");
    more.hidden = kept.length <= limit;
  }

  form.addEventListener("input", function () { counted = false; limit = PAGE; show(); });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  document.querySelectorAll("[data-variant]").forEach(function (figure) {
    const button = document.createElement("button");
    button.className = "trace";
    button.type = "button";
    button.textContent = figure.textContent;
    button.title = [figure.title, "show these answers"].filter(Boolean).join("; ");
    figure.removeAttribute("title");
    button.addEventListener("click", function () {
      ["variant", "probe", "verdict"].forEach(function (name) {
        form.elements[name].value = figure.dataset[name] || "";
      });
      form.elements.words.value = "";
      counted = true;
      limit = PAGE;
      show();
      document.getElementById("answers").scrollIntoView();
      form.elements.variant.focus({ preventScroll: true });
    });
    figure.replaceChildren(button);
  });
  more.addEventListener("click", function () { limit += 4 * PAGE; show(); });
  show();
  browser.hidden = false;
  document.getElementById("telling").style.display = "none";
})();
