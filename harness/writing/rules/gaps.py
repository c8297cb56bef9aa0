"""A statement with a phrase left out: the standard form of a question made by rule.

Only a phrase that the rest of the statement determines is left out: its one amount, a term at its
very end, or its rarest term. Method: Agarwal and Mannem, "Automatic gap-fill question generation
from text books" (2011), who choose the sentence first, then its key, by how much the rest says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from harness.writing import grammar_words as lists
from harness.writing.grammar import Usage, Words, bare, is_plural, stop_of
from harness.writing.grammar_reference import dangling
from harness.writing.grammar_tidy import tidy
from harness.writing.grammar_verbs import SINGULAR
from harness.writing.rules.amounts import AMOUNT
from harness.writing.rules.candidates import Candidate
from harness.writing.rules.gap_phrases import Parts, amount, last_phrase, rarest_terms
from harness.writing.rules.labels import Label
from harness.writing.rules.scenes import telling

RULE = "gap"
BLANK = "____"
_FEWEST, _MOST = 10, 55
"""Words of a statement."""
_TELLING = 5
"""Words of the statement that say something, the blank left out."""
_INSIDE = 6
"""The same where the blank is a term inside the statement."""
_MOST_BLANKS = 3
"""Of one statement, each in a question of its own."""
_COMMON = 250
_BEFORE_COMMA = 16
_SEGMENT = re.compile(r"[;:] ")
_ROUGH = re.compile(r"[;:()\[\]|_#*=<>]|--|—|\b(?:Fig|cf|vide)\b|\be\.g|\bi\.e")
_SEVERAL = re.compile(
    r"\b(?:such as|for example|for instance|"
    r"neither|nor|also|the (?:same|others?)|similar|latter|former|above|below|"
    r"mentioned|described|already|the following|follows|likewise|too|as well as|in addition|"
    r"next|subsequent|less favourable|chapter|page|figure|hence|thus|therefore|however|then|"
    r"might|perhaps|probably|possibly|"
    r"one of|instances?|examples?)\b",
    re.IGNORECASE,
)
"""Words beside which the end of a statement is one of several right ones, or points elsewhere."""
_SOME = re.compile(
    r"\b(?:sometimes|occasionally|some|certain|various|several|especially|particularly|same|others?"
    r"|another|including|among(?:st)?|either)\b",
    re.IGNORECASE,
)
"""Words that say the same of what stands near them and behind them."""
_NEAR = 5
_ANTECEDENT, _LEADING = 5, 9
_PRONOUNS = frozenset("it they them".split())
_LEADS = frozenset("although though while whereas if when as because since unless until".split())
_OPENERS = frozenset(
    "this these those such it they he she we here but and yet so nor both take consider"
    " suppose let other another".split()
)


def candidates(text: str, usage: Usage, label: Label) -> Iterator[Candidate]:
    """A statement with a blank for each part of a sentence that ends with a semicolon or a colon.

    `usage` is that of a question under a label ("the wound" is understood).
    """
    told = {word.rstrip("s") for word in label.words}
    segments = _SEGMENT.split(tidy(text).rstrip("."))
    for segment, following in zip(segments, [*segments[1:], ""], strict=True):
        if following.startswith(("and ", "or ", "but ")) or segment.startswith(("and ", "or ")):
            continue  # half of what the sentence puts side by side
        if segment.endswith(('"', "”")):
            continue  # the stop stands inside the quotation
        flat = segment[:1].upper() + segment[1:] + "."
        asked: list[str] = []
        for found in _left_out(flat, usage):
            last = bare(found[1].split()[-1]).rstrip("s")
            if last not in told and last not in asked:
                asked.append(last)
                yield _candidate(*found, label)


def _left_out(flat: str, usage: Usage) -> list[Parts]:
    """Each statement up to its blank, the answer, and what follows the blank; three at most."""
    words = tuple(flat.split())
    plain = tuple(map(bare, words))
    if not _FEWEST <= len(words) <= _MOST or _ROUGH.search(flat) or _SEVERAL.search(flat):
        return []
    if plain[0] in _LEADS and not any(stop_of(word) == "," for word in words[:_BEFORE_COMMA]):
        return []
    if plain[0] in _OPENERS or words[0].endswith(","):
        return []
    if dangling(_resolved(words), usage, bound=True):
        return []
    if not set(plain) & (lists.AUXILIARIES | set(SINGULAR)):
        return []
    choices = (amount(flat), last_phrase(words, usage), *rarest_terms(words, usage))
    found = [each for each in choices if each is not None and _determined(each, usage)]
    return found[:_MOST_BLANKS]


def _determined(found: Parts, usage: Usage) -> bool:
    """Whether the rest of a statement says enough."""
    before, answer, after = found
    if any(_SOME.search(part) for part in (_near(before), " ".join(after.split()[:2]))):
        return False
    rest = tuple(map(bare, f"{before} {after}".split()))
    least = _TELLING if not after or AMOUNT.fullmatch(answer) or " " in answer else _INSIDE
    return len(telling(rest, usage, _COMMON)) >= least


def _near(before: str) -> str:
    """The end of what stands in front of a blank."""
    return " ".join(before.split()[-_NEAR:])


def _resolved(words: Words) -> Words:
    """Words without an "it" or "they" that a noun of the same statement stands before."""
    return tuple(
        word
        for at, word in enumerate(words)
        if at < _ANTECEDENT or bare(word) not in _PRONOUNS or not _noun_before(words[:at], word)
    )


def _noun_before(before: Words, pronoun: str) -> bool:
    """Whether a noun phrase with an article, of the number of a pronoun, leads a statement."""
    plain = [bare(word) for word in before[:_LEADING]]
    if plain[:1] and plain[0] in lists.PREPOSITIONS | {"if", "when", "where", "as", "by"}:
        return False
    if "it" in plain or "they" in plain or "this" in plain or "these" in plain:
        return False
    plural = any(is_plural((word,)) for word in plain if len(word) > 3)
    articles = bool({"a", "an", "the"} & set(plain))
    return plural if bare(pronoun) in {"they", "them"} else articles


def _candidate(before: str, answer: str, after: str, label: Label) -> Candidate:
    where = f" from {label.text}"
    statement = f"{before} {BLANK}{after}."
    return Candidate(
        rule=RULE,
        question=f"Complete this statement{where}: {statement}",
        held_out=(f"Which words are missing from this statement{where}? {statement}",),
        answer=answer,
        full_answer=f"{before} {answer}{after}.",
        subject=label.topic,
        key=statement.lower(),
    )
