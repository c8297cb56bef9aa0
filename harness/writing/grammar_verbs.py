"""Finite verbs: which word of a clause is one, and whether it agrees with its subject."""

from __future__ import annotations

from collections.abc import Sequence

from harness.writing import grammar_words as lists
from harness.writing.grammar import Words, bare, head_at, is_plural, stop_of
from harness.writing.grammar_frames import ACTIVE

_IRREGULAR = {"have": "has", "be": "is", "do": "does", "go": "goes"}
_LONGEST_SUBJECT = 14


def third_person(verb: str) -> str:
    """A verb as it follows "it": "occur" as "occurs"."""
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        return verb + "es"
    if verb.endswith("y") and verb[-2:-1] not in set("aeiou"):
        return verb[:-1] + "ies"
    return verb + "s"


SINGULAR = {third_person(verb): verb for verb in sorted({*ACTIVE, *lists.VERBS})}
PLURAL = frozenset(SINGULAR.values())


def participle(verb: str) -> str:
    """The present participle of a verb: "arise" as "arising"."""
    if verb.endswith("e") and not verb.endswith(("ee", "ye", "oe")):
        return verb[:-1] + "ing"
    return verb + "ing"


BY_PARTICIPLE = {participle(verb): verb for verb in sorted(ACTIVE)}


NO_ADVERBS = frozenset("early daily elderly weekly monthly yearly lively friendly only".split())
"""Adjectives that end as adverbs do."""
_LATE = (
    lists.UNSURE
    | lists.DROPPED_ADVERBS
    | {
        "often",
        "frequently",
        "usually",
        "then",
        "now",
        "always",
        "only",
        "long",
        "soon",
        "seldom",
        "still",
        "simply",
    }
) - {"like"}


def is_adverb(word: str) -> bool:
    """Whether a word between subject and verb is an adverb."""
    plain = bare(word)
    return plain in _LATE or plain.endswith("ly")


def agrees(subject: Words, finite: str) -> bool:
    """Whether subject and verb are both singular or both plural, as far as they show it."""
    together = any(bare(word) in {"and", "or"} for word in subject)
    if finite in {"is", "was", "has"}:
        return not is_plural(subject[: head_at(subject) + 1]) or together
    if finite in {"are", "were", "have"}:
        pronoun = bare(subject[-1]) in {"they", "these", "those", "there", "we"}
        return pronoun or together or is_plural(subject[: head_at(subject) + 1])
    return True


def finite_at(words: Sequence[str]) -> int | None:
    """Index of the first finite verb after a noun phrase; None where the lists find none."""
    for at, word in enumerate(words[: _LONGEST_SUBJECT + 1]):
        plain = bare(word)
        if plain in lists.AUXILIARIES and not (stop_of(word) and at):
            return at if _may_be_subject(words[:at]) else None
        if at and (plain in SINGULAR or plain in PLURAL) and _may_be_subject(words[:at]):
            after = words[at + 1] if at + 1 < len(words) else ""
            fits = plain in SINGULAR or _plural_before(words[:at])
            takes_of = bare(after) == "of" and any(
                gap.startswith("of") for gap in ACTIVE.get(SINGULAR.get(plain, plain), {})
            )
            certain = SINGULAR.get(plain, plain) in NEVER_NOUNS and _goes_on(words, at)
            if fits and (takes_of or object_follows(after) or certain):
                return at
        if at and _unlisted(words, at):
            return at
        if stop_of(word) or plain in lists.SUBORDINATORS:
            return None
    return None


NEVER_NOUNS = frozenset(
    """accompany acquire adhere appear arise assume become belong cease characterise complicate
    comprise consist constitute contain contribute depend derive destroy develop diminish
    disappear enclose ensue escape exhibit extend furnish include indicate induce infiltrate
    interfere invade involve lie manifest necessitate obtain occupy occur originate penetrate
    perforate permit persist pervade possess precede present prevent produce proliferate
    protrude provide receive recommend relieve remain render require resemble retain reveal
    secrete seem simulate soften spread stimulate suffer supervene surround terminate traverse
    undergo unite vary yield""".split()
) - {"permit", "present", "produce", "escape", "spread", "yield"}
"""Verbs that are no nouns: what follows need not show that they are the verb of the clause."""


def _goes_on(words: Sequence[str], at: int) -> bool:
    """Whether something follows a verb that is not a verb itself."""
    after = bare(words[at + 1]) if at + 1 < len(words) else ""
    return bool(after) and not stop_of(words[at]) and after not in lists.AUXILIARIES


def _unlisted(words: Sequence[str], at: int) -> bool:
    """Whether a word that no list knows can only be a verb: "the tumour incapacitates the ..."."""
    plain = bare(words[at])
    if at + 1 >= len(words) or bare(words[at + 1]) not in {"the", "a", "an", "its"}:
        return False
    looks = plain.endswith("s") and not plain.endswith(("ss", "us", "is", "'s")) and len(plain) > 4
    before = words[:at]
    return (
        looks
        and not stop_of(words[at])
        and _may_be_subject(before)
        and not is_plural(before)
        and bare(before[0]) not in lists.PREPOSITIONS
    )


def base_form(verb: str) -> str:
    """The base form of a verb that no list knows; a plural is its own base."""
    if verb in PLURAL or not verb.endswith("s"):
        return verb
    if verb.endswith("ies"):
        return verb[:-3] + "y"
    return verb[:-2] if verb.endswith(("sses", "xes", "ches", "shes", "zzes")) else verb[:-1]


def _may_be_subject(words: Sequence[str]) -> bool:
    """Whether words may be a subject, adverbs before the verb aside."""
    end = len(words)
    while end > 1 and is_adverb(words[end - 1]) and not stop_of(words[end - 1]):
        end -= 1
    return end > 0 and noun_like(words[end - 1]) and not stop_of(words[end - 1])


def _plural_before(words: Sequence[str]) -> bool:
    """Whether the noun before a verb, adverbs aside, is a plural."""
    end = len(words)
    while end > 1 and is_adverb(words[end - 1]):
        end -= 1
    return is_plural(words[:end]) or "and" in words[:end] or bare(words[end - 1]) == "they"


def object_follows(word: str) -> bool:
    """Whether a word may stand right behind a finite verb, and not behind a noun."""
    plain = bare(word)
    if plain == "of":
        return False
    return (
        plain in lists.PREPOSITIONS
        or plain in lists.DETERMINERS
        or plain in lists.FRAME_ADVERBS
        or plain in {"rise", "also", "its", "their", "up", "out", "off", "down", "itself"}
        or plain.endswith("ly")
    )


def noun_like(word: str) -> bool:
    """Whether a noun phrase may end with this word."""
    plain = bare(word)
    return bool(plain) and not (
        plain in lists.DETERMINERS
        or plain in lists.PREPOSITIONS
        or plain in lists.COORDINATORS
        or plain in lists.SUBORDINATORS
        or plain in lists.VAGUE_ADJECTIVES
        or plain in lists.AUXILIARIES
        or plain in lists.NEGATIONS
        or plain.endswith("ly")
    )


def holds_clause(words: Sequence[str]) -> bool:
    """Whether a subordinate clause with a verb of its own stands among the words."""
    at = next((at for at, word in enumerate(words) if bare(word) in lists.SUBORDINATORS), None)
    return at is not None and any(
        bare(word) in lists.AUXILIARIES or bare(word) in SINGULAR for word in words[at + 1 :]
    )
