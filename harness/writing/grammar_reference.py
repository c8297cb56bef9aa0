"""What a phrase needs to be understood by itself: pronouns, "the wound", ordinary subjects."""

from __future__ import annotations

import re
from collections.abc import Sequence

from harness.writing import grammar_words as lists
from harness.writing.grammar import Usage, Words, bare, head_at, stop_of

_TECHNICAL = re.compile(r"(?:al|ar|ic|ary|ian|eal|ous|oid|ine|ac)$", re.IGNORECASE)
_COMMON = 150
"""A word that stands this often in a text is met with everywhere in it."""


def dangling(words: Sequence[str], usage: Usage, *, bound: bool = False) -> str | None:
    """The phrase that needs an earlier sentence to be understood; None where there is none.

    `bound`: a subject stands in the same question, so that "its" has something to refer to.
    """
    seen: set[str] = set()
    for at, word in enumerate(words):
        plain = bare(word)
        before = bare(words[at - 1]) if at else ""
        after = bare(words[at + 1]) if at + 1 < len(words) else ""
        inside = plain in _POSSESSIVES or (
            plain in {"it", "they"}
            and before in lists.SUBORDINATORS
            and (after in lists.AUXILIARIES or after.endswith("s"))
        )
        if (bound and at > 1 and inside) or _explained(plain, before, after):
            continue
        if plain in lists.PRONOUNS or plain in lists.POINTERS:
            return plain
        if plain == "the" and not usage.context:
            fault = _definite(words[at + 1 :], usage, seen)
            if fault:
                return fault
        seen.add(plain.rstrip("s"))
    return None


_POSSESSIVES = frozenset({"its", "their", "itself", "themselves"})
_EXPLAINED: dict[str, frozenset[str]] = {
    "such": frozenset({"as"}),
    "so": frozenset({"that", "as", "called"}),
    "those": frozenset({"of", "who", "in", "with"}),
    "that": frozenset({"of"}) | lists.AUXILIARIES,
    "one": frozenset({"or", "of", "to", "per", "and", "side", "inch", "hour", "day", "year"}),
}
"""Words that point at nothing where one of these follows."""


def _explained(plain: str, before: str, after: str) -> bool:
    if plain == "other":
        return bool(after) and before not in {"the", "each"} and after not in _PHRASE_ENDS
    if plain == "following":
        return before not in {"the", "a"} and bool(after)
    if plain == "that" and before in {"so", "such"}:
        return True
    return after in _EXPLAINED.get(plain, frozenset())


def _definite(after: Sequence[str], usage: Usage, seen: set[str]) -> str | None:  # noqa: PLR0911
    """Why "the ..." means nothing by itself; None where it does."""
    phrase: list[str] = []
    for word in after:
        plain = bare(word)
        if plain in _PHRASE_ENDS:
            break
        phrase.append(plain)
        if stop_of(word):
            break
    following = bare(after[len(phrase)]) if len(after) > len(phrase) else ""
    closed = phrase and stop_of(after[len(phrase) - 1])
    if not phrase:
        return None
    head = phrase[-1]
    if phrase[0] in {"term", "name"}:
        return None
    if following == "of" and not closed:
        of_what = [bare(word) for word in after[len(phrase) + 1 : len(phrase) + 3]]
        vague = of_what[:1] and of_what[0] in lists.BARE_HEADS
        ends = len(of_what) < 2 or of_what[1] in _PHRASE_ENDS
        return "the " + " ".join([*phrase, "of", *of_what]) if vague and ends else None
    if head.rstrip("s") in seen and head not in lists.PERSON_HEADS:
        return None
    if any(word in lists.SUPERLATIVES for word in phrase) and following in lists.PREPOSITIONS:
        return None
    if head in lists.UNIQUE_HEADS and not any(
        word in lists.VAGUE_ADJECTIVES and word.endswith(("ed", "ing")) for word in phrase
    ):
        return None
    if len(phrase) == 1 and (head in usage.unique or head in usage.names):
        return None
    modifiers = phrase[:-1]
    if modifiers and any(_technical(word, usage) for word in modifiers):
        return None
    return "the " + " ".join(phrase)


_PHRASE_ENDS = lists.PREPOSITIONS | lists.AUXILIARIES | lists.COORDINATORS | lists.SUBORDINATORS


def _technical(word: str, usage: Usage) -> bool:
    """Whether a modifier says which one is meant: "popliteal", "Haversian", "tubercle"."""
    if word in lists.VAGUE_ADJECTIVES or word.endswith(("ed", "ing", "ly")):
        return False
    return bool(_TECHNICAL.search(word)) or word in usage.names or word in usage.unique


def sure(words: Sequence[str]) -> bool:
    """Whether nothing says that there are other answers; "most often" is as good as "chiefly"."""
    plain = [bare(word) for word in words]
    return not any(
        word in lists.UNSURE and not (at and plain[at - 1] in {"most", "more"} and word in _OFTEN)
        for at, word in enumerate(plain)
    )


_OFTEN = frozenset({"often", "frequently"})


def _general(head: str, complement: Sequence[str], usage: Usage) -> bool:
    """Whether "the treatment of a recent hæmorrhage" leaves open which one is meant."""
    doing = head.endswith(("tion", "ment", "val", "nce")) or head in lists.BARE_HEADS
    words = [word for word in complement if word not in lists.DETERMINERS]
    return doing and all(
        word in lists.VAGUE_ADJECTIVES or usage.counts[word] > _COMMON_OF for word in words
    )


_COMMON_OF = 40
_COUNTED = frozenset(
    """case cases majority number instance instances example examples author authors observer
    observers surgeon surgeons mention attention care reference account use word words way ways
    kind kinds question fact facts reason reasons people exceptions""".split()
)
"""Heads that say nothing even where "of" follows."""
_ANAPHORIC = frozenset(
    """procedure method operation measure device manoeuvre process stage variety position
    plan instrument apparatus solution injection bandage reaction movement step article
    division closure removal opening puncture affection""".split()
)


def common_subject(words: Words, usage: Usage) -> str:
    """Why a thing that is met everywhere ("thirst", "the skin") needs a topic; "" where not."""
    phrase = [bare(word) for word in words if bare(word) not in lists.DETERMINERS]
    head = phrase[head_at(phrase)] if phrase else ""
    body = bare(words[0]) == "the" and "of" not in phrase and set(phrase) & lists.UNIQUE_HEADS
    if body and not usage.context:
        return "needs context: a common subject"
    if head.endswith(("tion", "ment", "val")) and "of" not in phrase and not usage.context:
        return "needs context: a common subject"
    common = len(phrase) == 1 and (
        phrase[0].endswith(("tion", "ment", "ing"))
        or usage.counts[phrase[0]] > _COMMON
        or phrase[0] in lists.UNIQUE_HEADS | lists.BARE_HEADS
    )
    return "needs context: a common subject" if common and not usage.context else ""


_UNTOLD = frozenset(
    """no every each any some few several both many most certain various all numerous further more
    less similar""".split()
)
"""First words of a phrase that leaves open which ones."""
_BROKEN = frozenset("does do more did sooner later earlier".split())
_LONGEST = 12


def unclear_subject(words: Words, usage: Usage) -> str | None:
    """Why a noun phrase cannot be asked about by itself; None where it can."""
    if not words or len(words) > _LONGEST:
        return "long subject"
    plain = [bare(word) for word in words]
    first = plain[0]
    opens_badly = first in lists.UNSURE | lists.SUBORDINATORS | {"provided", "wherever", "even"}
    if opens_badly or first.endswith("ly") or any(stop_of(word) for word in words[:-1]):
        return "broken subject"
    if first in lists.NUMBER_WORDS or first in _UNTOLD:
        return "vague subject"
    fault = dangling(words, usage)
    if fault:
        return f"needs context: {fault}"
    return _unclear_head(plain, usage) or (None if usage.context else _general_head(plain, usage))


def _unclear_head(plain: list[str], usage: Usage) -> str | None:
    """Why the head of a phrase makes it none, whatever the topic."""
    at = head_at(plain)
    head = plain[at]
    if _BROKEN & set(plain) or plain[0] in lists.PREPOSITIONS:
        return "broken subject"
    short = plain[0] in {"the", "an", "a"} and len(plain) == 2
    if usage.context and short and head in _ANAPHORIC:
        return "vague subject"
    counted = head in _COUNTED or (head in lists.NEVER_HEADS and at == len(plain) - 1)
    if counted or "according" in plain or "term" in plain:
        return "vague subject"
    loose = head in lists.PREPOSITIONS or head in lists.DETERMINERS or head.endswith("ly")
    return "broken subject" if loose else None


def _general_head(plain: list[str], usage: Usage) -> str | None:
    """Why a phrase says too little without a topic; None where it says enough."""
    at = head_at(plain)
    head, following = plain[at], plain[at + 1 :]
    modifiers = [w for w in plain[:at] if w not in lists.DETERMINERS | lists.NUMBER_WORDS]
    telling = [
        w
        for w in modifiers
        if w not in lists.VAGUE_ADJECTIVES and not w.endswith(("ly", "ed", "ing"))
    ]
    if following[:1] == ["of"]:
        vague = head in lists.BARE_HEADS and len(following) == 2
        return (
            f"needs context: {head} of" if vague or _general(head, following[1:], usage) else None
        )
    bareness = bool(modifiers) or head in lists.BARE_HEADS
    return f"needs context: {head}" if bareness and not following and not telling else None
