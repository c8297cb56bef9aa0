"""Where a sentence stands: the narrowest heading that the text is still about, or its passage.

Where only a whole chapter or a section on several things is left, the opening of the paragraph says
what the sentences behind it are about: "the passage on the reed moth in the chapter on moths".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from harness.writing import grammar_words as lists
from harness.writing.grammar import Usage, Words, bare, head_at, joined, stop_of
from harness.writing.grammar_clauses import Clause
from harness.writing.rules.doubts_wide import is_wide
from harness.writing.rules.gap_phrases import TECHNICAL
from harness.writing.rules.labels import Label
from harness.writing.rules.scenes import specific, stem
from harness.writing.rules.shown import Shown

_LONGEST, _LEAST, _SHORT_KIND = 9, 3, 4
"""Words of what a paragraph is about."""
_DOING = ("tion", "ment", "ing", "ence", "ance", "val", "sion")
_SIDES = frozenset(
    """diagnosis prognosis prophylaxis health interest picture indication group groups deformities
    changes features symptoms treatment condition conditions appearance appearances fluid course
    clinical onset progress result results manifestations terminations disturbances rupture
    aneurysm arthritis effusion blood pain temperature surface size cause causes""".split()
)
"""Heads of a phrase that says from which side a thing is looked at, and not which thing."""
_KIND = re.compile(r"(?:al|ar|ic|ary|eal|ous|oid|ænic|ated)$")
"""Ends of words that say which kind: "the marginal seam"."""
_UNFIT = lists.PRONOUNS | lists.POINTERS | lists.UNSURE | lists.NEGATIONS | lists.SUBORDINATORS


class Standing:
    """The labels of one chapter by place."""

    def __init__(self, labels: Sequence[tuple[int, Label]], shown: Shown, usage: Usage) -> None:
        """`labels`: where each heading begins, the first for what stands in front of them."""
        self._labels = [label for _, label in labels]
        self._starts = [start for start, _ in labels[1:]]
        self._shown = shown
        self._usage = usage

    def at(self, place: int, topic: Words, subject: Words = (), *, opens: bool) -> Label:
        """The narrowest label that holds at a place; `topic`: what its paragraph opens with.

        The sentence that `opens` a paragraph names its topic itself; `subject`: that of a sentence.
        """
        label = self._under(place)
        while label.wider is not None and not self._shown.holds(label, place):
            label = label.wider
        if not label.text or opens or not topic:
            return label
        named = {stem(bare(word)) for word in topic} & {stem(bare(word)) for word in subject}
        kind = not named and _is_kind(topic, label, self._usage)
        return of_passage(label, topic) if kind or is_wide(label, self._usage) else label

    def headings(self, place: int, topic: Words) -> tuple[str, ...]:
        """The labels that a sentence stands under, the narrowest first."""
        here = self.at(place, topic, opens=False)
        found = [here.text] if topic else []
        label: Label | None = self._under(place)
        while label is not None:
            found.append(label.text)
            label = label.wider
        return tuple(dict.fromkeys(found))

    def _under(self, place: int) -> Label:
        return self._labels[min(bisect_right(self._starts, place), len(self._labels) - 1)]


def of_passage(around: Label, topic: Words) -> Label:
    """The label of a paragraph by what it opens with, inside the label around it."""
    name = joined(topic)
    return Label(
        text=f"the passage on {name} in {around.text}",
        words=tuple(part for word in topic for part in (bare(word), *bare(word).split("-"))),
        topic=name,
        wider=around,
        titles=around.titles,
    )


def _is_kind(topic: Words, label: Label, usage: Usage) -> bool:
    """Whether a topic is one kind of what a label names: "river fever" of "fever"."""
    told = {stem(word) for word in label.words if specific((word,), usage)}
    plain = [bare(word) for word in topic]
    more = [word for word in plain if stem(word) not in told and specific((word,), usage)]
    return len(plain) <= _SHORT_KIND and bool(more) and any(stem(word) in told for word in plain)


def topic_of(clause: Clause, named: frozenset[str], usage: Usage) -> Words:
    """What the first clause of a paragraph is about: its "In ...," or its subject, with a term.

    `named`: words of the chapter's headings that name one thing.
    """
    lead = clause.lead[1:] if clause.lead and bare(clause.lead[0]) == "in" else ()
    for words in (lead, clause.subject):
        cut = next((at for at, word in enumerate(words) if stop_of(word) == ","), len(words) - 1)
        phrase = words[: cut + 1]
        if phrase and _names(phrase, named, usage):
            return tuple(_small(word, usage) for word in phrase)
    return ()


def _small(word: str, usage: Usage) -> str:
    plain = (
        (word[1:].islower() or len(word) == 1)
        and bare(word) not in usage.names
        and "'s" not in word
    )
    return word.lower() if plain else word


def _names(phrase: Words, named: frozenset[str], usage: Usage) -> bool:
    """Whether a phrase is one thing with a name of its own: no action, no side of a thing."""
    plain = tuple(map(bare, phrase))
    head = plain[head_at(phrase)]
    doing = head.endswith(_DOING) and head != "treatment" and "of" in plain
    if (
        len(phrase) > _LONGEST
        or set(plain) & _UNFIT
        or doing
        or (head in _SIDES and "of" not in plain)
    ):
        return False
    if plain[0].endswith("ly") or plain[0] == "provided" or set(plain) & {"term"}:
        return False
    if len(plain) < _LEAST and plain[0] in usage.capitals:
        return False  # a person, as likely as not
    if plain[-1] in lists.PREPOSITIONS | lists.DETERMINERS:
        return False
    if _KIND.search(head):
        return False  # "the marginal": a kind without its thing
    return any(
        stem(word) in named
        or any(letter.isupper() for letter in each[1:]) or (at and each[:1].isupper())
        or (specific((word,), usage) and (TECHNICAL.search(word) or _KIND.search(word)))
        for at, (each, word) in enumerate(zip(phrase, plain, strict=True))
    )  # fmt: skip
