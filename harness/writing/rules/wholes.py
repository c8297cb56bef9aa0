"""The whole rest of a clause as an answer, where a shorter one was half of what the text says.

"What does tar consist of?" is not answered by "resin" where the text says "resin, oils, and a water
which is lost in boiling": the list, the pair, and the clause that restricts its noun belong to it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from harness.writing import grammar_words as lists
from harness.writing.grammar import Usage, bare
from harness.writing.grammar_reference import dangling
from harness.writing.grammar_tidy import tidy
from harness.writing.grammar_verbs import NEVER_NOUNS, PLURAL, SINGULAR
from harness.writing.rules.candidates import Candidate
from harness.writing.rules.gaps import RULE as GAP
from harness.writing.rules.openings import opens_clause
from harness.writing.rules.scenes import SUBJECTS, TERMS

HALVES = (
    "part of a list", "condition", "half a pair", "half a clause", "loose end", "long answer",
    "compared with what", "vague answer", "half clauses", "predicate fits others",
    "needs context: a chapter is too wide", "answer needs context",
)  # fmt: skip
"""Reasons for which an answer is no answer that more of the clause may cure."""
_LONGEST, _LONGEST_KIND, _LEAST = 24, 32, 0
_POINTERS_OF_A_KIND = frozenset("this these it they he she we above latter former".split())
_SEGMENT = re.compile(r"[;:] ")
_ROUGH = re.compile(r"[()\[\]\"“”*_=]|—|--|\b(?:e\.g|i\.e|Fig|cf|above|below|already)\b")
_RELATIVE = frozenset("which that who whom whose where when in".split())
_VERBS = frozenset(SINGULAR) | lists.AUXILIARIES
_CLAUSES = frozenset(
    """but while whereas although though however there it they this these he so then if unless
    until because since except hence""".split()
)
"""Words behind a comma that begin another statement."""
_TAIL = 4
_POINTING = re.compile(r"\b(?:its|it|their|they|them)\b")
_FINITE = lists.AUXILIARIES | NEVER_NOUNS
_DOUBTFUL = frozenset("sometimes occasionally possibly probably perhaps rarely some".split())
_WEAK = re.compile(
    r"^an? (?:\w+ )?(?:condition|affection|disease) (?:which|that) (?:has been|is|was|may)\b"
)


def whole(candidate: Candidate, sentence: str, usage: Usage) -> Candidate | None:
    """The candidate with all that its clause says from the answer on; None where unclear."""
    if candidate.rule in SUBJECTS | {GAP} | (TERMS - {"definition"}):
        return None
    rest = _rest(candidate.answer, sentence)
    at = candidate.full_answer.rfind(candidate.answer)
    if rest is None or at < 0 or _ROUGH.search(rest):
        return None
    rest = _statement(rest)
    words = tuple(rest.split())
    kind = candidate.rule == "definition"
    longest = _LONGEST_KIND if kind else _LONGEST
    if not _LEAST < len(words) <= longest or len(rest) < len(candidate.answer):
        return None
    plain = set(map(bare, words))
    if kind:
        unclear = bool(_WEAK.search(rest)) or bool(plain & _POINTERS_OF_A_KIND)
    else:
        unclear = bool(dangling(("a", "thing", *words), usage, bound=True)) or bool(
            plain & _DOUBTFUL
        )
    if unclear:
        return None
    told = f"{candidate.full_answer[:at]}{rest}."
    return replace(candidate, answer=rest, full_answer=told, fault="", whole=True)


def longer(candidate: Candidate, sentence: str, usage: Usage) -> Candidate | None:
    """A question for a subject with all that the clause says; None where that is unclear."""
    if candidate.rule not in SUBJECTS:
        return None
    tail = " ".join(candidate.question.rstrip("?").split()[-_TAIL:])
    rest = _rest(tail, sentence)
    if rest is None or _ROUGH.search(rest):
        return None
    rest = _statement(rest)
    more = rest.removeprefix(tail)
    words = tuple(rest.split())
    if not more or len(words) > _LONGEST + _TAIL or set(map(bare, words)) & _DOUBTFUL:
        return None
    if dangling(("a", "thing", *more.split()), usage, bound=True) or _POINTING.search(more):
        return None
    texts = [each.replace(tail, rest) for each in (candidate.question, *candidate.held_out)]
    told = candidate.full_answer.replace(tail, rest)
    return replace(candidate, question=texts[0], held_out=tuple(texts[1:]), full_answer=told)


def _rest(answer: str, sentence: str) -> str | None:
    """From the answer to the end of its part of the sentence."""
    for segment in _SEGMENT.split(tidy(sentence)):
        flat = " ".join(segment.split()).rstrip(".;:, ")
        at = flat.find(answer)
        if at >= 0 and flat.count(answer) == 1 and flat[:at].rstrip()[-1:] != ",":
            return flat[at:]
    return None


def _statement(text: str) -> str:
    """A phrase up to where another statement begins; "" where that is in the midst of a part."""
    kept: list[str] = []
    for part in text.split(", "):
        words = part.split()
        joined = bool(words) and bare(words[0]) in lists.COORDINATORS
        words = words[joined:]
        if kept and _begins(words, joined=joined):
            if len(kept) > 1 and not _closes(kept, joined=joined):
                return ""  # "tar, pitch, and they scrape": what the list ends with is not said
            break
        if not words or not _verbless(words):
            return ""
        kept.append(part)
    return ", ".join(kept)


def _closes(kept: list[str], *, joined: bool) -> bool:
    """Whether a list has had its "and", or was none: "tar, which hardens"."""
    last = kept[-1].split()
    doing = [part.split()[0].endswith("ing") for part in kept]
    if joined and doing[0] and doing[-1]:
        return False  # "boiling it, scraping it, and ...": the last of what is done
    joins = {bare(word) for word in last} & {"and", "or"}
    return bool(joins) or bare(last[0]) in _RELATIVE | lists.PREPOSITIONS or last[0].endswith("ing")


def _begins(words: list[str], *, joined: bool) -> bool:
    """Whether a part behind a comma is a statement of its own: "it hardens", "and is tarred"."""
    if not words:
        return False
    first = bare(words[0])
    if first in _RELATIVE | lists.PREPOSITIONS and not (joined and first in lists.PREPOSITIONS):
        return False
    if first in _CLAUSES | lists.AUXILIARIES:
        return True
    verbs = [
        at
        for at, word in enumerate(words)
        if bare(word) in _VERBS | PLURAL and not (at and bare(words[at - 1]) == "to")
    ]
    related = next((at for at, word in enumerate(words) if bare(word) in _RELATIVE), len(words))
    return bool(verbs) and verbs[0] < related and (not verbs[0] or bare(words[verbs[0]]) in _FINITE)


def _joins_nouns(words: list[str], at: int) -> bool:
    """Whether the "as" at an index brings no clause: "such as", "so as to", "as a result of"."""
    before = bare(words[at - 1]) if at else ""
    result = [bare(word) for word in words[at + 1 : at + 4]] == ["a", "result", "of"]
    return before in {"such", "same", "so"} or result


def _verbless(words: list[str]) -> bool:
    """Whether a part is a phrase: each of its verbs stands behind a "which"."""
    for at, word in enumerate(words):
        plain = bare(word)
        if plain in _RELATIVE - {"in"} and (at or plain not in {"where", "when"}):
            return True
        following = bare(words[at + 1]) if at + 1 < len(words) else ""
        if plain in lists.AUXILIARIES | (_CLAUSES - {"so"} if following == "as" else _CLAUSES):
            return False
        if plain == "as" and not _joins_nouns(words, at):
            return False
        joins = plain in lists.COORDINATORS and opens_clause(words[at + 1 :])
        if joins and following not in lists.PREPOSITIONS:
            return False
    return True
