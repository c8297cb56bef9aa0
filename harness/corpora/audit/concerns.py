"""What should worry a reader, in one plain sentence each."""

from __future__ import annotations

from collections.abc import Iterator

from harness.corpora.audit.overlap import TRUTH
from harness.corpora.audit.records import (
    Audit,
    Overlap,
    ProbeOverlap,
    RelationChance,
    TwinBalance,
)
from harness.stats.paired import mcnemar

ANSWER_SHARE = 0.6
"""From this share of answers known from training on, good scores need no knowledge of the text."""
ALIKE_SHARE = 0.05
"""From this share of nearly repeated questions on, they are pointed out."""
MAJORITY_SHARE = 0.25
FEW = 10
"""Below this many questions a share says nothing."""
SAME_FORM = ("nonexistent", "near_miss")
"""Probes whose questions should differ from their twins in nothing but the name."""
SAME_LENGTH = (*SAME_FORM, "unstated")
"""Probes whose questions need not be longer than their twins; a false premise adds words."""


def concerns(audit: Audit) -> tuple[str, ...]:
    """All of them, the gravest kinds first. `audit.concerns` is not read."""
    return tuple(
        sentence
        for part in (_of_overlaps, _of_contamination, _of_relations, _of_twins, _of_what_is_asked)
        for sentence in part(audit)
    )


def _of_overlaps(audit: Audit) -> Iterator[str]:
    for overlap in audit.overlaps:
        by = "" if overlap.writer == TRUTH else f" written by {overlap.writer}"
        if overlap.contradicting:
            yield (
                f"{overlap.contradicting} of {_all(overlap)} training questions{by} repeat an "
                "earlier one with another answer: what they teach contradicts itself."
            )
        for probe in overlap.probes:
            if probe.probe != "trained":
                yield from _of_probe(probe, by)


def _all(overlap: Overlap) -> int:
    return overlap.training + overlap.refusals


def _of_probe(probe: ProbeOverlap, by: str) -> Iterator[str]:
    kind = f"{_named(probe.probe)} questions"
    if probe.exact:
        yield (
            f"{probe.exact} of {probe.n} {kind} are also training questions{by}, word for word: "
            "right answers to them may be recitation."
        )
    if probe.alike >= max(1, ALIKE_SHARE * probe.answerable):
        yield (
            f"{probe.alike} of {probe.answerable} {kind} are nearly a training question{by}, with "
            "the same answer: they test little that is new."
        )
    free = probe.answerable - probe.closed
    is_taught = probe.probe == "paraphrase"
    if not is_taught and free >= FEW and probe.answers >= ANSWER_SHARE * probe.answerable:
        share = 100 * probe.answers / probe.answerable
        yield (
            f"{probe.answers} of {probe.answerable} {kind} ({share:.0f} %) have an answer that "
            f"also answers a training question{by}: a model can be right by repeating what it was "
            "trained on (an overlap of 60 to 70 % is what made the closed-book results of 2021 "
            "look good)."
        )


def _of_contamination(audit: Audit) -> Iterator[str]:
    for found in audit.contamination:
        low = found.right.low
        if not found.probe and low is not None and low > found.chance:
            right = round((found.right.value or 0.0) * found.right.n)
            yield (
                f"The untuned model already answers {right} of {found.right.n} questions "
                f"(chance: {100 * found.chance:.0f} %): read every result as a difference to it."
            )


def _of_relations(audit: Audit) -> Iterator[str]:
    for each in audit.relations:
        if each.n >= FEW and each.majority_share >= max(MAJORITY_SHARE, 2 * each.chance):
            yield (
                f"One and the same answer is right in {each.majority_n} of {each.n} questions"
                f"{_about(each)} ({100 * each.majority_share:.0f} %): giving it always is enough."
            )
        elif each.n - each.choices >= FEW and each.declared and each.values <= 3:
            yield (
                f"The {each.n} questions{_about(each)} have only {each.values} possible answers: "
                f"guessing gets {100 * each.chance:.0f} %."
            )


def _about(each: RelationChance) -> str:
    return f" about {each.relation}" if each.relation else ""


def _of_twins(audit: Audit) -> Iterator[str]:
    for each in audit.twins:
        lacking = each.n - each.twins
        if lacking:
            yield (
                f"{lacking} of {each.n} {_named(each.probe)} questions have no answerable twin: "
                "that they are refused says nothing about telling them from the rest."
            )
        if each.twins:
            yield from _of_form(each)


def _of_form(each: TwinBalance) -> Iterator[str]:
    of, kind = f"of {each.twins} pairs", f"the {_named(each.probe)} question"
    if each.probe in SAME_LENGTH and mcnemar(each.longer, each.shorter) < 0.05:
        yield (
            f"Of {each.twins} pairs {kind} is longer than its twin in {each.longer} and shorter in "
            f"{each.shorter}: length helps to tell them apart."
        )
    elif each.probe in SAME_FORM and each.other_wording * 10 > each.twins:
        yield (
            f"In {each.other_wording} {of} {kind} is worded otherwise than its twin: its form may "
            "give it away."
        )
    if each.probe in SAME_FORM and each.other_relation:
        yield f"In {each.other_relation} {of} {kind} asks for another relation than its twin."


def _of_what_is_asked(audit: Audit) -> Iterator[str]:
    if not audit.twins:
        yield "No question without an answer is asked: what a model invents is not measured."
    if not any(overlap.training for overlap in audit.overlaps):
        yield "There are no training questions: recipes that need them cannot be run."


def _named(probe: str) -> str:
    return probe.replace("_", "-")
