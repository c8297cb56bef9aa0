"""A statement with a phrase left out: the standard form of a question made by rule.

Only a phrase that the rest of the statement determines is left out: its one amount, a term at its
very end, or its rarest term. Method: Agarwal and Mannem, "Automatic gap-fill question generation
from text books" (2011), who choose the sentence first, then its key, by how much the rest says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from harness.writing import grammar_words as lists
from harness.writing.grammar import Usage, bare, stop_of
from harness.writing.grammar_reference import dangling
from harness.writing.grammar_tidy import tidy
from harness.writing.grammar_verbs import SINGULAR
from harness.writing.rules.amounts import AMOUNT
from harness.writing.rules.candidates import Candidate
from harness.writing.rules.gap_phrases import Parts, amount, last_phrase, rarest_term
from harness.writing.rules.labels import Label
from harness.writing.rules.scenes import telling

RULE = "gap"
BLANK = "____"
_FEWEST, _MOST = 11, 40
"""Words of a statement."""
_TELLING = 5
"""Words of the statement that say something, the blank left out."""
_INSIDE = 6
"""The same where the blank is a term inside the statement."""
_COMMON = 250
_BEFORE_COMMA = 16
_SEGMENT = re.compile(r"[;:] ")
_ROUGH = re.compile(r"[;:()\[\]|_#*=<>\"“”]|--|—|\b(?:Fig|cf|vide)\b|\be\.g|\bi\.e")
_SEVERAL = re.compile(
    r"\b(?:such as|for example|for instance|including|especially|particularly|among(?:st)?|"
    r"either|neither|nor|also|same|other|others|another|similar|latter|former|above|below|"
    r"mentioned|described|already|following|follows|likewise|too|chapter|page|"
    r"figure|hence|thus|therefore|however|then|sometimes|occasionally|might|perhaps|"
    r"probably|possibly|some|certain|various|several|one of|instances?|examples?)\b",
    re.IGNORECASE,
)
"""Words beside which the end of a statement is one of several right ones, or points elsewhere."""
_LEADS = frozenset("although though while whereas if when as because since unless until".split())
_OPENERS = frozenset(
    "this these those such it they he she we here there but and yet so nor both take consider"
    " suppose let".split()
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
        flat = segment[:1].upper() + segment[1:] + "."
        found = _left_out(flat, usage)
        if found is not None and bare(found[1].split()[-1]).rstrip("s") not in told:
            yield _candidate(*found, label)


def _left_out(flat: str, usage: Usage) -> Parts | None:
    """The statement up to the blank, the answer, and what follows the blank; None: no blank."""
    words = tuple(flat.split())
    plain = tuple(map(bare, words))
    if not _FEWEST <= len(words) <= _MOST or _ROUGH.search(flat) or _SEVERAL.search(flat):
        return None
    if plain[0] in _LEADS and not any(stop_of(word) == "," for word in words[:_BEFORE_COMMA]):
        return None
    if plain[0] in _OPENERS or words[0].endswith(",") or dangling(words, usage, bound=True):
        return None
    if not set(plain) & (lists.AUXILIARIES | set(SINGULAR)):
        return None
    found = amount(flat) or last_phrase(words, usage) or rarest_term(words, usage)
    if found is None:
        return None
    before, _, after = found
    rest = tuple(map(bare, f"{before} {after}".split()))
    least = _TELLING if not after or AMOUNT.fullmatch(found[1]) else _INSIDE
    return found if len(telling(rest, usage, _COMMON)) >= least else None


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
