"""Where an invented name fits into a question: in the place of a name, or in front of a term."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from harness.records import Corpus, Question
from harness.text.languages import base
from harness.text.matching import find_run
from harness.text.normalize import word_run
from harness.writing.grammar_words import BARE_HEADS, PREPOSITIONS, UNIQUE_HEADS
from harness.writing.text_names import proper_names

_OWNER = re.compile(r"([^\W\d_]+)['’]s ")
_CAPITALS = re.compile(r"\b[A-ZÀ-ÖØ-Þ][^\W\d_]+(?: [A-ZÀ-ÖØ-Þ][^\W\d_]+)*")
_NO_NAMES = frozenset(
    "what who whom whose which where when why how in on at by for from to of the a an is are was"
    " can does do did i".split()
)
_LABELLED = frozenset(
    "vitamin type class grade group grades types classes groups hepatitis version appendix figure"
    " table chapter section part phase stage step level factor gate line route room".split()
)
"""What stands behind one of these is a label, and the two together name nobody."""
_INNER_CAPITAL = re.compile(
    r"(?!(?:Mc|Mac|De|Di|La|Le|Van|Fitz)[A-Z][a-z]{2})\w*[a-zß-öø-ÿ][A-ZÀ-ÖØ-Þ]"
)
_LETTER_BEHIND = re.compile(r"[ -](?:[A-Z](?![\w.'’])|\d)")
_BEFORE_NAMES = frozenset(
    "is are was were do does did has have had can could will would in at from to of by with for"
    " near and or about against after before under between around into through via than like"
    " called named mr mrs miss ms dr sir lady king queen saint professor captain".split()
)
"""English words before a name of a person or a place in a question."""
_ARTICLES = frozenset(
    "the a an der die das den dem des ein eine einen einem einer le la les un une el los las una"
    " il lo gli uno o os as um uma het een de".split()
)


@dataclass(frozen=True, slots=True)
class Slot:
    """Where an invented name fits into a question."""

    question: Question
    start: int
    end: int
    kind: str
    """"person" (first and family name), "single" (one word), "family" (of somebody who owns a
    thing: "Brodie's abscess") or "eponym" (in front of a term)."""

    def filled(self, name: str) -> str:
        """The question about somebody who does not exist."""
        text = self.question.question
        put = f"{name}'s {text[self.start : self.end]}" if self.kind == "eponym" else name
        before = text[: self.start]
        if self.kind == "eponym":
            before = re.sub(r"\b(?:[Aa]n?|[Tt]he) $", "", before)
        whole = before + put + text[self.end :]
        return whole[:1].upper() + whole[1:]


def find_slot(question: Question, corpus: Corpus) -> Slot | None:
    """Where a name stands in a question: its cluster, a name of the text, or another capital."""
    text = question.question
    for whole in (question.cluster, *_names(text, corpus)):
        owner = _OWNER.match(whole)
        name = owner.group(1) if owner else whole
        if not name or not name[:1].isupper():
            continue
        found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)
        if found is not None and _is_label(name, text[: found.start()], text[found.end() :]):
            continue
        if found is not None and not _answer_inside(name, question):
            owns = text[found.end() : found.end() + 2] in {"'s", "’s"}
            kind = "family" if owns else "person" if " " in name else "single"
            return Slot(question, found.start(), found.end(), kind)
    if question.writer and question.writer.startswith("rules.") and question.cluster:
        term = question.cluster
        found = re.search(rf"(?<!\w){re.escape(term)}(?!\w)", text, re.IGNORECASE)
        if found is not None and _bears_name(term):
            return Slot(question, found.start(), found.end(), "eponym")
    return None


def _bears_name(term: str) -> bool:
    """Whether somebody's name may stand in front of a term: "lipoma", but not "skin"."""
    words = term.lower().split()
    plain = len(words) <= 4 and not set(words) & PREPOSITIONS
    return plain and not (len(words) == 1 and words[0] in UNIQUE_HEADS | BARE_HEADS)


def _answer_inside(name: str, question: Question) -> bool:
    return any(
        next(find_run(word_run(name), word_run(answer)), None) is not None
        for answer in question.answers
    )


def _names(text: str, corpus: Corpus) -> Iterator[str]:
    """Names in a question, the longest first: those of the corpus, then words with a capital."""
    known = (*corpus.names, *(_proper(corpus) if base(corpus.language) == "en" else ()))
    inside = [name for name in known if name and name in text]
    yield from sorted(inside, key=lambda name: (-len(name), name))
    for found in _CAPITALS.finditer(text):
        words = found.group().split()
        while words and words[0].lower() in _NO_NAMES:
            words = words[1:]
        if words and (found.start() > 0 or len(words) < len(found.group().split())):
            name = " ".join(words)
            start = found.end() - len(name)
            if _may_be_named(name, text[:start], text[found.end() :], corpus.language):
                yield name


def _is_label(name: str, before: str, after: str) -> bool:
    """Whether a capital is no name of anybody: "Vitamin C", "GitHub", a letter."""
    words = re.findall(r"[\w'’]+", name)
    ahead = before.lower().split()
    return (
        any(_INNER_CAPITAL.match(word) for word in words)
        or all(len(word) == 1 for word in words)
        or words[0].lower() in _LABELLED
        or (bool(ahead) and ahead[-1] in _LABELLED)
        or _LETTER_BEHIND.match(after) is not None
    )


def _may_be_named(name: str, before: str, after: str, language: str) -> bool:
    """Whether a capital that the text does not know stands where a person or a place can.

    In English: two capitals in a row, an owner ("Anna's"), or one behind a verb, a title or a
    preposition. In German every noun has a capital, so that one alone is no name. Elsewhere
    whatever has no article.
    """
    ahead = re.findall(r"\w+", before.lower())
    last = ahead[-1] if ahead else ""
    if last in _ARTICLES or any(len(word) > 1 and word.isupper() for word in name.split()):
        return False
    if " " in name or after[:2] in {"'s", "’s"}:
        return True
    known = base(language)
    return last in _BEFORE_NAMES if known == "en" else known != "de"


_PROPER: dict[str, tuple[str, ...]] = {}


def _proper(corpus: Corpus) -> tuple[str, ...]:
    """The proper names of a text, found once."""
    if corpus.digest not in _PROPER:
        _PROPER.clear()
        _PROPER[corpus.digest] = proper_names(corpus)
    return _PROPER[corpus.digest]
