"""What the text is: its name, what must be said about it, and how much of it there is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from harness.records import ANSWERABLE, UNANSWERABLE, Corpus
from harness.reporting.data import RunData
from harness.reporting.roles import counted
from harness.reporting.wording import PROBE_NAMES, plural
from harness.text import segments


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """A corpus in the words of a report."""

    title: str
    """What it is called; a description in small letters where it has no name."""
    named: bool
    notice: str
    words: int
    facts: int
    asked: int
    """Scored questions that one variant was asked, at most."""
    lines: tuple[tuple[str, str], ...]
    """What there is of it: heading and text."""


KINDS: Mapping[str, str] = {
    "fiction": "a made-up story",
    "surgery": "a text on surgery",
    "files": "a text of the user's own",
}


def about(data: RunData) -> About:
    """The corpus of a run."""
    corpus = data.corpus
    return About(
        title=corpus.title or KINDS.get(corpus.kind, "a text"),
        named=bool(corpus.title),
        notice=corpus.notice,
        words=count_words(corpus),
        facts=len(corpus.facts),
        asked=counted(data.results).questions,
        lines=_lines(corpus),
    )


def count_words(corpus: Corpus) -> int:
    """Words of the text, as its language counts them."""
    return sum(segments.count(chapter.text, corpus.language) for chapter in corpus.chapters)


def _lines(corpus: Corpus) -> tuple[tuple[str, str], ...]:
    taught = [q for q in corpus.questions if q.use != "test" and q.answers]
    refused = [q for q in corpus.questions if q.use != "test" and q.must_abstain]
    lines = [("text", _text(corpus))]
    if corpus.facts:
        lines.append(("facts", _facts(corpus)))
    lines.append(("asked", _asked(corpus)))
    taught_said = f"{plural(len(taught), 'question')} with an answer"
    if refused:
        taught_said += f", {len(refused)} that teach to refuse, for the variants that do"
    lines.append(("trained on", taught_said))
    lines += [
        (f"written by {writer}", plural(len(questions), "training question"))
        for writer, questions in sorted(corpus.written.items())
    ]
    return tuple(lines)


def _text(corpus: Corpus) -> str:
    said = f"{count_words(corpus):,} words in {plural(len(corpus.chapters), 'chapter')}"
    return said if corpus.language == "en" else f"{said}, language {corpus.language}"


def _facts(corpus: Corpus) -> str:
    asked = sum(fact.asked for fact in corpus.facts)
    return f"{len(corpus.facts):,}, of which {asked:,} are asked in training"


def _asked(corpus: Corpus) -> str:
    counts: dict[str, int] = {}
    for question in corpus.questions:
        if question.use != "train":
            counts[question.probe] = counts.get(question.probe, 0) + 1
    order: list[str] = [probe for probe in (*ANSWERABLE, *UNANSWERABLE) if probe in counts]
    order += sorted(set(counts) - set(order))
    parts = [f"{PROBE_NAMES.get(probe, probe)}: {counts[probe]:,}" for probe in order]
    return "; ".join(parts) if parts else "nothing"
