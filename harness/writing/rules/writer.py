"""`write`: every sentence of a text through every rule, and every candidate through the filters."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from harness.corpora.sentences import sentence_ends
from harness.records import Corpus, Question, Rejected, Span, WritingOrder, Written
from harness.records.jobs import Progress
from harness.text.languages import base
from harness.text.normalize import word_run
from harness.writing.grammar import Usage, bare, lowered
from harness.writing.rules.candidates import Candidate
from harness.writing.rules.filters import FILTERS, Setting, contradicting, first_fault
from harness.writing.rules.gaps import RULE as GAP
from harness.writing.rules.labels import before
from harness.writing.rules.reader import Passage, Reader
from harness.writing.rules.scopes import Scopes
from harness.writing.rules.wholes import HALVES, longer, whole

NAME = "rules"
NOT_ENGLISH = "The rules know English only, and wrote nothing about this text."
_GAP = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate and where it was found."""

    candidate: Candidate
    passage: Passage


def write(corpus: Corpus, order: WritingOrder, progress: Progress) -> Written:
    """Questions by rule about a text; each accepted one has held-out wordings beside it.

    Accepted: for each fact a question with probe "trained" (wording "RULE.1") and its other
    wordings with probe "paraphrase" and use "test". No model is needed; the same text gives the
    same questions. `order` is not read.
    """
    if base(corpus.language) != "en":
        return Written(writer=NAME, accepted=(), notes=(NOT_ENGLISH,))
    usage = Usage.of((chapter.text for chapter in corpus.chapters), titled=bool(corpus.sections))
    kept: list[Found] = []
    rejected: list[Rejected] = []
    dropped: Counter[str] = Counter()
    total = 0
    scopes = Scopes()
    for number, _ in enumerate(corpus.chapters):
        progress(number, len(corpus.chapters), "writing questions by rule")
        reader = Reader(corpus, number, usage)
        for passage in passages(corpus, number):
            total += 1
            for candidate, known in reader.read(passage):
                setting = Setting(passage.paragraph, known, reader.scene(passage))
                judged, name, reason = _judged(candidate, passage, setting)
                if name:
                    dropped[name] += 1
                    rejected.append(_rejected(judged, passage, name, reason))
                else:
                    kept.append(Found(judged, passage))
            scopes.add(reader.headings(passage), passage)
    progress(len(corpus.chapters), len(corpus.chapters), "writing questions by rule")
    proposed = len(kept) + len(rejected)
    unique = _unique(kept, rejected, dropped, scopes, usage)
    accepted = _questions(unique, usage)
    return Written(
        writer=NAME,
        accepted=tuple(accepted),
        rejected=tuple(rejected),
        windows=total,
        of_windows=total,
        yields=_yields(proposed, dropped, unique),
        notes=_notes(unique, total),
    )


def _judged(candidate: Candidate, passage: Passage, setting: Setting) -> tuple[Candidate, str, str]:
    """A candidate, or it with the whole rest of its clause, and what is wrong with it."""
    name, reason = first_fault(candidate, setting)
    if reason.startswith(HALVES):
        for more in (whole, longer):
            found = more(candidate, passage.text, setting.usage)
            if found is not None and not any(first_fault(found, setting)):
                return found, "", ""
    return candidate, name, reason


def passages(corpus: Corpus, number: int) -> Iterator[Passage]:
    """The sentences of one chapter, headings left out."""
    text = corpus.chapters[number].text
    bounds = [0, *(found.end() for found in _GAP.finditer(text)), len(text) + 1]
    runs: dict[int, tuple[str, ...]] = {}
    for start, end in sentence_ends(text, corpus.language):
        sentence = text[start:end]
        if sentence[-1:] not in '.!?"”':
            continue
        at = bisect_right(bounds, start) - 1
        if at not in runs:
            runs[at] = word_run(text[bounds[at] : bounds[at + 1]])
        opens = not text[bounds[at] : start].strip()
        before = text[bounds[at] : start]
        yield Passage(Span(chapter=number, start=start, end=end), sentence, runs[at], opens, before)


def _rejected(candidate: Candidate, passage: Passage, name: str, reason: str) -> Rejected:
    return Rejected(
        question=candidate.question,
        answer=candidate.answer,
        reason=name,
        window=passage.span,
        detail=f"{candidate.rule}: {reason}",
    )


def _unique(
    kept: list[Found],
    rejected: list[Rejected],
    dropped: Counter[str],
    scopes: Scopes,
    usage: Usage,
) -> list[Found]:
    """Without contradictions, repeats, and what another sentence under the label answers too."""
    found = []
    seen: set[str] = set()
    at_odds = contradicting([each.candidate for each in kept])
    for at, each in enumerate(kept):
        text = " ".join(word_run(f"{each.candidate.label} {each.candidate.question}"))
        rival = at in at_odds or scopes.rival(each.candidate, each.passage, usage)
        name = "one answer" if rival else "not a repeat" if text in seen else ""
        if name:
            dropped[name] += 1
            rejected.append(_rejected(each.candidate, each.passage, name, "asked elsewhere too"))
        else:
            seen.add(text)
            found.append(each)
    return found


def _questions(found: list[Found], usage: Usage) -> Iterator[Question]:
    clusters: dict[tuple[int, int], str] = {}
    numbers: Counter[str] = Counter()
    trained, held_out = [], []
    texts = {each.candidate.question for each in found}
    for each in found:
        candidate, span = _under_label(_plain(_named(each.candidate), usage)), each.passage.span
        cluster = clusters.setdefault(
            (span.chapter, span.start), _cluster(candidate.cluster or candidate.subject, usage)
        )
        stem = f"rules.{candidate.rule}.{span.chapter + 1}.{span.start}"
        numbers[stem] += 1
        if numbers[stem] > 1:
            stem = f"{stem}.{numbers[stem]}"
        common = Question(
            question=candidate.question,
            answers=(candidate.answer,),
            id=stem,
            probe="trained",
            cluster=cluster,
            full_answer=candidate.full_answer,
            relation=candidate.rule,
            values=(candidate.answer,),
            wording=f"{candidate.rule}.1",
            stated_in=(span,),
            writer=f"rules.{candidate.rule}",
        )
        trained.append(common)
        for number, wording in enumerate(candidate.held_out, start=2):
            if wording in texts:
                continue
            texts.add(wording)
            held_out.append(
                replace(
                    common,
                    question=wording,
                    id=f"{stem}.p{number}",
                    probe="paraphrase",
                    use="test",
                    wording=f"{candidate.rule}.{number}",
                )
            )
    yield from trained
    yield from held_out


_EPONYM = re.compile(r"\b[A-ZÆŒ][a-zéöüæœ]+['’]s?\b")


def _named(candidate: Candidate) -> Candidate:
    """A question with somebody's method, sign or disease in it counts as an eponym."""
    if candidate.rule == GAP:
        return candidate
    named = _EPONYM.search(candidate.question[1:]) or _EPONYM.search(candidate.answer)
    return replace(candidate, rule="eponym") if named else candidate


def _plain(candidate: Candidate, usage: Usage) -> Candidate:
    """The questions without capitals that a word has only now and then: "in the Joints"."""

    def lowered(text: str) -> str:
        first, *rest = text.split(" ")
        return " ".join([first, *(_without_capital(word, usage) for word in rest)])

    if candidate.rule == GAP:
        return candidate
    return replace(
        candidate,
        question=lowered(candidate.question),
        held_out=tuple(lowered(each) for each in candidate.held_out),
    )


def _without_capital(word: str, usage: Usage) -> str:
    plain = bare(word)
    usual = plain and plain not in usage.capitals and len(plain) > 1
    return word.lower() if usual and word[1:].islower() else word


def _under_label(candidate: Candidate) -> Candidate:
    """The candidate with its label in front of question, other wordings and full answer."""
    return replace(
        candidate,
        question=before(candidate.label, candidate.question),
        held_out=tuple(before(candidate.label, each) for each in candidate.held_out),
        full_answer=before(candidate.label, candidate.full_answer),
    )


def _cluster(subject: str, usage: Usage) -> str:
    """What a question is about, in one form wherever it stands in a sentence."""
    words = tuple(subject.split())
    while len(words) > 1 and words[0].lower() in {"a", "an", "the"}:
        words = words[1:]
    return " ".join(lowered(words, usage.capitals if usage.is_name(words) else usage.names))


def _yields(proposed: int, dropped: Counter[str], unique: list[Found]) -> dict[str, int]:
    """How many were left after each filter, then how many each rule has in the end."""
    left = proposed
    found = {"proposed": proposed}
    for name in (*(name for name, _ in FILTERS), "one answer", "not a repeat"):
        left -= dropped[name]
        found[name] = left
    rules = Counter(_named(each.candidate).rule for each in unique)
    return {**found, **{f"rule {rule}": rules[rule] for rule in sorted(rules)}}


def _notes(unique: list[Found], total: int) -> tuple[str, ...]:
    asked = len({(e.passage.span.chapter, e.passage.span.start) for e in unique})
    return (f"{len(unique)} questions by rule ask about {asked} of {total} sentences.",)
