"""Which phrase of a statement is left out: its one amount, its last phrase, or its rarest terms."""

from __future__ import annotations

import re

from harness.writing import grammar_words as lists
from harness.writing.grammar import Usage, Words, bare, is_plural, stop_of
from harness.writing.grammar_verbs import PLURAL, SINGULAR
from harness.writing.rules.amounts import AMOUNT
from harness.writing.rules.openings import opens_clause

Parts = tuple[str, str, str]
"""A statement up to the blank, the answer, and what follows the blank."""
_LONGEST = 4
"""Words of an answer."""
_TERM = 220
"""A word that stands no more often than this in a text may end a statement that asks for it."""
_RARE = 110
"""A term inside a statement stands no more often than this."""
_ROOT = 8
"""Letters that forms of a word share."""
_OWN = 50
"""A single word that stands no more often than this is a term whatever it ends with."""
_LONG_TEXT = 2000
"""Times that "the" stands in a text long enough for its rare words to be terms."""
_SHORT = 4
_ADJECTIVE = re.compile(r"(?:ous|ful|ive|able|ible|less|ate|ic|ial|ical|tain|er than)$")
_NUMBERS = re.compile(
    r"\d[\d,.]*|\b(?:" + "|".join(sorted(lists.NUMBER_WORDS - {"one"})) + r")\b", re.IGNORECASE
)
_RANGE = re.compile(r"\b(?:to|or|and|from|between) $")
"""What stands before the second half of a range."""
TECHNICAL = re.compile(
    r"(?:itis|omas?|omata|osis|oses|[æe]mia|uria|algia|ia|us|um|is|æ|ines?|ins?|ols?|ides?|ates?"
    r"|ata|gens?|cytes?|blasts?|cocci|coccus|illi|illus|oids?|nx|yx|otomy|ectomy|plasty|asms?"
    r"|ases?|acids?|glands?|veins?|arter(?:y|ies)|ligaments?|nerves?|tendons?|membranes?|fungus)$"
)
"""Ends of words that are terms of a science."""
_ABSTRACT = ("ation", "ment", "ity", "ness", "ence", "ance", "ing")
"""Ends of words for what is done or for a degree: inside a statement, many would do."""
_WEAK = (
    lists.BARE_HEADS
    | lists.NEVER_HEADS
    | frozenset(
        """surroundings neighbourhood phenomena excess minimum maximum readiness rapidity benefit
        development purification necessity service thickness importance dimensions vigour
        communication disfigurement origin assistance occasions person certainty
        situations access step variations inconvenience changes causes results flail-like
        degree till extreme main few minutes pressure
        direction space deposit connection height length breadth light position shape
        distance manner voice motions preliminary current instances hours front back middle side
        favour contact question opinion experience practice success circumstance
        event response order disturbance information least expression advantage""".split()
    )
)
"""Words that many statements could end with."""
_NO_NOUNS = (
    frozenset(
        """be degree hereditary most part term name unlike alone peculiar underneath given
        twice""".split()
    )
    | frozenset(
        "meanwhile beforehand afterwards together apart asunder backwards forwards upwards".split()
    )
    | lists.NEGATIONS
    | lists.NUMBER_WORDS
    | (frozenset(SINGULAR) - {"uses"})
    | (PLURAL - {"use"})
    | lists.SUPERLATIVES
)
"""Words that no phrase which is left out holds."""
_ANY = frozenset("sorts sort kinds kind number variety varieties forms form types amount".split())
_ENDS = (
    lists.PREPOSITIONS | lists.DETERMINERS | lists.AUXILIARIES | lists.SUBORDINATORS
    | lists.COORDINATORS | lists.PRONOUNS | lists.POINTERS
)  # fmt: skip
_BEFORE = (
    lists.PREPOSITIONS | {"as"}
    | (lists.DETERMINERS - {"no", "every", "each", "any", "some", "this", "that"})
)  # fmt: skip


def amount(flat: str) -> Parts | None:
    """The one amount of a statement, with its unit."""
    numbers = _NUMBERS.findall(flat)
    found = AMOUNT.search(flat)
    if found is None or len(numbers) != len(_NUMBERS.findall(found.group())):
        return None
    after = flat[found.end() :].rstrip(".")
    around = flat[max(found.start() - 8, 0) : found.end() + 8]
    if (
        "/" in around
        or re.search(r"\d(?:th|nd|rd)\b", around)
        or _RANGE.search(flat[: found.start()])
    ):
        return None
    if after.lstrip().startswith(("or ", "and ", "to ", ", or")):
        return None
    return flat[: found.start()].rstrip(), found.group(), after


def last_phrase(words: Words, usage: Usage) -> Parts | None:
    """The noun phrase at the very end, behind a preposition or an article."""
    start = len(words)
    while (
        start
        and bare(words[start - 1]) not in _ENDS
        and not (start < len(words) and stop_of(words[start - 1]))
    ):
        start -= 1
    phrase = words[start:]
    opener = bare(words[start - 1]) if start else ""
    if not phrase or len(phrase) > _LONGEST or opener not in _BEFORE or _lists(words[:start]):
        return None
    if opener == "of" and start > 1 and bare(words[start - 2]) in _ANY:
        return None
    if opener == "to" and len(phrase) == 1:
        return None  # "To lie" as likely as "to bone"
    if not _is_phrase(phrase, words[:start]) or bare(phrase[-1]) in _WEAK:
        return None
    if not any(_telling(word, usage, _TERM) for word in phrase):
        return None
    return " ".join(words[:start]), " ".join(phrase).rstrip("."), ""


def rarest_terms(words: Words, usage: Usage) -> list[Parts]:
    """The terms of a statement behind a determiner or a preposition, the rarest first."""
    found: list[tuple[int, int, int]] = []
    for start in range(1, len(words) - 1):
        opener = bare(words[start - 1])
        if opener not in _BEFORE or stop_of(words[start - 1]):
            continue
        end = _end_of(words, start)
        phrase = words[start:end]
        if opener == "to" and len(phrase) == 1:
            continue  # "to decide"
        if not _is_term(phrase, (*words[:start], *words[end:]), usage):
            continue
        if _lists(words[:start]) or not _closed(phrase, words[end:]):
            continue
        rarity = min(usage.counts[bare(word)] for word in phrase if _telling(word, usage, _RARE))
        found.append((rarity, start, end))
    return [_parts(words, start, end) for _, start, end in sorted(found)]


def _parts(words: Words, start: int, end: int) -> Parts:
    answer = " ".join(words[start:end])
    mark = stop_of(answer)
    after = " ".join(words[end:]).rstrip(".")
    return (
        " ".join(words[:start]),
        answer.rstrip(",."),
        f"{mark if mark == ',' else ''} {after}".rstrip(),
    )


def _end_of(words: Words, start: int) -> int:
    """Where a noun phrase ends; its start where it has no clear end."""
    end = start
    while end < len(words) and bare(words[end]) not in _ENDS and end - start < _LONGEST:
        end += 1
        if stop_of(words[end - 1]):
            return end
    return end if end == len(words) or bare(words[end]) in _ENDS else start


def _telling(word: str, usage: Usage, most: int) -> bool:
    plain = bare(word)
    dull = lists.VAGUE_ADJECTIVES | lists.ADJECTIVES | lists.BARE_HEADS | lists.NEVER_HEADS
    return (
        len(plain) > _SHORT
        and 0 < usage.counts[plain] <= most
        and plain not in dull
        and not plain.endswith(("ly", "ing", "ed"))
    )


def _is_phrase(phrase: Words, around: Words) -> bool:
    """Whether words are a noun phrase that the rest of the statement does not give away."""
    plain = [bare(word) for word in phrase]
    last = plain[-1]
    if plain[0] in lists.VERBS or set(plain) & _NO_NOUNS or _ADJECTIVE.search(last):
        return False
    if any(is_plural((word,)) for word in plain[:-1]):
        return False  # "the planks warp": the second word is the verb
    if any(word.endswith(("ly", "ing")) for word in plain) or last.endswith(("ed", "awn")):
        return False
    if last in lists.ADJECTIVES | lists.VAGUE_ADJECTIVES | lists.FRAME_ADVERBS:
        return False
    said = {bare(word).rstrip("s") for word in around}
    roots = {part[:_ROOT] for word in said for part in word.split("-") if len(part) >= _ROOT}
    if any(word[:_ROOT] in roots for word in plain):
        return False  # "streptococci" beside "anti-streptococcic"
    return not any(word.rstrip("s") in said for word in plain if len(word) > _SHORT)


def _is_term(phrase: Words, around: Words, usage: Usage) -> bool:
    """Whether a phrase inside a statement is a term."""
    last = bare(phrase[-1]) if phrase else ""
    if not last or last in _WEAK or last.endswith(_ABSTRACT) or not _is_phrase(phrase, around):
        return False
    named = any(word[:1].isupper() for word in phrase)
    rare = 0 < usage.counts[last] <= _OWN and usage.counts["the"] >= _LONG_TEXT
    known = TECHNICAL.search(last) or len(phrase) > 1 or named or rare
    return bool(known) and _telling(last, usage, _RARE)


def _closed(phrase: Words, after: Words) -> bool:
    """Whether a phrase inside a statement ends where the blank does, and is no item of a list."""
    following = bare(after[0]) if after else ""
    if following in {"or", "of"}:
        return False
    if following == "and" and not (stop_of(phrase[-1]) and opens_clause(after[1:9])):
        return False
    near = {bare(word) for word in after[:6]}
    if stop_of(phrase[-1]) == "," and any(stop_of(word) == "," for word in after[:2]):
        return False  # "an indolent, painless, elastic swelling"
    if stop_of(phrase[-1]) == "," and following != "and" and {"and", "or"} & near:
        return False
    last = bare(phrase[-1])
    verb = len(phrase) > 1 and last.endswith("s") and not last.endswith(("ss", "us", "is"))
    return not verb or following in lists.AUXILIARIES


def _lists(before: Words) -> bool:
    """Whether the last phrase is the last of a list: "a, b, and the ...": others would do."""
    for at in range(len(before) - 1, max(len(before) - 4, 0), -1):
        if bare(before[at]) in {"and", "or"}:
            return True
        if bare(before[at]) not in lists.PREPOSITIONS | lists.DETERMINERS:
            return False
    return False
