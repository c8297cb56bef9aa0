"""A run in a page or two of GitHub-flavoured Markdown, for a model card, a pull request, a wiki."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from harness.reporting import section_levels, section_method, section_use, section_variants
from harness.reporting.cells import Cell
from harness.reporting.data import RunData
from harness.reporting.headline import Sentence, sentences
from harness.reporting.public import about_without_text, told_without_text
from harness.reporting.public_results import without_text
from harness.reporting.section_corpus import about
from harness.reporting.wording import MISSING, plural, visible

_MARKUP = re.compile(r"[\\`*_\[\]<>|~&$]|^[#+=-]")
_NUMBERED = re.compile(r"^(\d+)([.)])(?=\s|$)")
_SPACE = "\u200b"
"""Zero width: what GitHub makes a link or a mention of does not survive one. A time, 08:15:30,
looks like an emoji and is none."""
_ADDRESSED = re.compile(
    r"@(?=\w)|:(?=//)|:(?!(?<=\d:)\d\d:\d\d)(?=\w+:)|www(?=\.)|#(?=\d)|\bgh-(?=\d)|\bmailto:|\bxmpp:",
    re.IGNORECASE,
)


def render(data: RunData, *, public: bool = False) -> str:
    """The first screen's sentences, the variants, levels, what did not run, and where it is from.

    `public` leaves out every question, answer and name of the corpus.
    """
    results = without_text(data.results) if public else data.results
    told = told_without_text(data) if public else sentences(data.results, data.judged, data.models)
    parts = [
        f"## {escaped(str(results.suite.get('name', 'A run')))}: what it knows, what it invents",
        _opening(data, public=public),
        *map(_paragraph, told),
        *_warned(data, told, public=public),
        "In brackets: the share in percent, and the range in which the true share lies 19 times "
        "out of 20.",
        "### Variants",
        _variants(data),
        *_by_memory(data),
        *_levels(data),
        *_absent(data, public=public),
        "### Where it comes from",
        _provenance(data, public=public),
    ]
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """Any text as text: no markup, table cell, HTML, link, mention, emoji or formula in it.

    Source: ASCII punctuation may be escaped anywhere (CommonMark 0.31, 2.4). What GitHub finds in
    plain text after that (addresses, mentions, numbers of issues) is broken by a zero-width space;
    those of the text itself are made visible first.
    """
    line = " ".join(visible(text).split())
    plain = _MARKUP.sub(r"\\\g<0>", _ADDRESSED.sub(rf"\g<0>{_SPACE}", line))
    return _NUMBERED.sub(r"\1\\\2", plain)


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of texts, each escaped."""
    lines = [headings, *rows]
    head, *body = ("| " + " | ".join(escaped(cell) for cell in line) + " |" for line in lines)
    return "\n".join([head, "|" + " --- |" * len(headings), *body])


def points(items: Iterable[tuple[str, str]]) -> str:
    """A list of "heading: text", both escaped."""
    return "\n".join(f"- {escaped(name)}: {escaped(text)}" for name, text in items)


def _opening(data: RunData, *, public: bool) -> str:
    found = about(data)
    if public:
        found = about_without_text(found, data.results)
    count = len(section_variants.rows(data))
    models = ", ".join(section_method.models_used(data)) or "a model"
    facts = f" with {found.facts:,} facts in it" if found.facts else ""
    title = f"“{found.title}”, a text" if found.named else found.title
    said = (
        f"{count} variants of {models}, asked {found.asked:,} questions each about {title} of "
        f"{found.words:,} words{facts}."
    )
    return " ".join(filter(None, (escaped(said), escaped(found.notice))))


def _paragraph(sentence: Sentence) -> str:
    return f"**{escaped(sentence.lead)}** {escaped(sentence.text)}"


def _warned(data: RunData, told: Sequence[Sentence], *, public: bool) -> list[str]:
    """That it contains text of the corpus, where it does."""
    if public or tuple(told) == told_without_text(data):
        return []
    return ["This file contains text of the corpus."]


def _variants(data: RunData) -> str:
    """The table of variants; what a variant was not taught is said to be so."""
    columns = section_variants.columns(data)
    return table(
        ["variant", *(f"{each.group}: {each.name}" for each in columns)],
        [[row.name, *map(_cell, row.cells)] for row in section_variants.rows(data)],
    )


def _cell(cell: Cell) -> str:
    note = f" ({cell.note})" if cell.note and cell.text != MISSING else ""
    return cell.text + note + (", not taught" if cell.muted else "")


def _by_memory(data: RunData) -> list[str]:
    """What to use in how much memory, where that makes a difference."""
    found = section_use.to_use(data)
    if found is None or not found.classes:
        return []
    rows = [(each.limit, each.most, each.careful) for each in found.classes]
    headings = ("memory", "use", "where a wrong answer is worse than none")
    return ["### In how much memory", table(headings, rows)]


def _levels(data: RunData) -> list[str]:
    rows = section_levels.level_rows(data)
    if not rows:
        return []
    headings = ("level", "variant", "as taught", "other words", "flips", "weights", "peak")
    lines = [
        (
            *(row.level, row.name, _cell(row.taught), _cell(row.reworded)),
            *(row.flips + (f"; {row.test}" if row.test else ""), row.weights, row.peak),
        )
        for row in rows
    ]
    return [
        "### Quantization levels",
        table(headings, lines),
        escaped(section_levels.luck_said(data)),
    ]


def _absent(data: RunData, *, public: bool) -> list[str]:
    found = section_method.absent(data)
    if not found:
        return []
    rows = [(each.name, each.status, "left out" if public else each.reason) for each in found]
    return ["### What did not run", table(("variant", "ended as", "why"), rows)]


def _provenance(data: RunData, *, public: bool) -> str:
    environment = data.results.environment
    corpus = data.results.corpus
    software: dict[str, Any] = dict(environment.get("software") or {})
    versions = ", ".join(f"{name} {version}" for name, version in sorted(software.items()))
    items = [
        ("run", str(environment.get("started", "at a time that was not recorded"))),
        ("command", "" if public else str(environment.get("command", ""))),
        ("machine", _machine(environment)),
        ("software", versions),
        ("corpus", f"{corpus.get('kind', '')} {corpus.get('size') or ''} {_seed(corpus)}".strip()),
        ("digest of the corpus", str(corpus.get("digest", ""))[:12]),
    ]
    return points((name, text) for name, text in items if text)


def _machine(environment: Any) -> str:
    hardware = environment.get("hardware") or {}
    parts = [
        hardware.get("gpu") if str(environment.get("device", "")).startswith("cuda") else None,
        hardware.get("cpu"),
        f"{hardware['cores']} cores" if hardware.get("cores") else None,
        f"{plural(environment['threads'], 'thread')} a worker"
        if environment.get("threads")
        else None,
    ]
    return ", ".join(str(part) for part in parts if part)


def _seed(corpus: Any) -> str:
    seed = corpus.get("seed")
    return "" if seed is None else f"seed {seed}"
