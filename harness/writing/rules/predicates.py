"""Where a predicate ends: at the next clause, whatever joins it."""

from __future__ import annotations

from collections.abc import Sequence

from harness.writing import grammar_words as lists
from harness.writing.grammar import Words, bare, stop_of
from harness.writing.grammar_verbs import PLURAL, SINGULAR
from harness.writing.rules.openings import opens_clause

_ENDING = frozenset("which while although though but so for it they hence thus whereas".split())
_VERBS_ONLY = frozenset("denote become becomes denotes appear appears ensues ensue".split())
_JOINING = frozenset("and but or while although though so as".split())


def predicate_of(rest: Words) -> Words:
    """What follows a finite verb, up to the end of its clause; no "and" is left at the end."""
    end = len(rest)
    for at, word in enumerate(rest):
        mark = stop_of(word)
        if word == "—" or mark == ":":
            end = at + (mark == ":")
            break
        if mark == "," and _another_clause(rest[at + 1 :]):
            end = at + 1
            break
        if at and bare(word) == "and" and _ellipsis(rest[at + 1 :]):
            end = at
            break
    found = rest[:end]
    while found and bare(found[-1]) in lists.COORDINATORS:
        found = found[:-1]
    return found


def _another_clause(following: Sequence[str]) -> bool:  # noqa: PLR0911
    if not following:
        return True
    first = bare(following[0])
    if first in _ENDING:
        return True
    if stop_of(following[0]) == "," and first in _JOINING | {"until", "if", "when"}:
        return True  # "..., until, after removal, ..."
    second = bare(following[1]) if len(following) > 1 else ""
    if first in PLURAL and (second.endswith("ly") or second in lists.DETERMINERS):
        return True
    if first in _JOINING:
        if bare(following[1] if len(following) > 1 else "") in {"its", "it", "they", "any"}:
            return True
        last = _last_of_clause(following)
        if second in lists.DETERMINERS and (
            last.endswith(("ed", "ute")) or last in lists.ADJECTIVES
        ):
            return True
        if second in lists.DETERMINERS and _has_verb(following[2:12]):
            return True
        return opens_clause(following[1:]) or _new_subject(following[1:])
    return first not in lists.SUBORDINATORS | lists.PREPOSITIONS and _new_subject(following)


def _new_subject(words: Sequence[str]) -> bool:
    """Whether a noun phrase and its verb begin here: "the pain is", "the wound sutured"."""
    article = bare(words[0]) in lists.DETERMINERS if words else False
    for at, word in enumerate(words[:10]):
        plain = bare(word)
        if at and (
            plain in lists.AUXILIARIES
            or plain in _VERBS_ONLY
            or (at == 1 and (plain in SINGULAR or plain in PLURAL))
        ):
            return True
        if at > 1 and article and plain.endswith("ed") and not _describes(words, at):
            return True
        if stop_of(word) or plain in lists.SUBORDINATORS:
            return False
    return False


def _last_of_clause(words: Sequence[str]) -> str:
    """The last word before the next stop, bare."""
    return bare(next((word for word in words if stop_of(word)), words[-1]))


def _has_verb(words: Sequence[str]) -> bool:
    """Whether an auxiliary, or a verb that can be nothing else, comes before the next comma."""
    for word in words:
        if bare(word) in lists.AUXILIARIES or bare(word) in _VERBS_ONLY:
            return True
        if stop_of(word):
            return False
    return False


def _ellipsis(words: Sequence[str]) -> bool:
    """ "and the raw surface swabbed": a clause that left its verb out."""
    end = next((at for at, word in enumerate(words) if stop_of(word)), len(words) - 1)
    if (
        2 <= end <= 7
        and bare(words[end]).endswith("ed")
        and not any(
            bare(word) in lists.AUXILIARIES | {"be", "to"} or bare(word).endswith(("ly", "ed"))
            for word in words[:end]
        )
    ):
        return True
    if not words or bare(words[0]) not in {"the", "a", "an"}:
        return False
    return any(
        bare(words[at]).endswith("ed") and not _describes(words, at)
        for at in range(2, min(end, 7) + 1)
    )


def _describes(words: Sequence[str], at: int) -> bool:
    """Whether a participle stands before a noun ("the affected part")."""
    return (
        at + 1 < len(words)
        and bare(words[at + 1]) not in lists.PREPOSITIONS
        and not stop_of(words[at])
    )
