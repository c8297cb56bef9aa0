"""The questions behind a share: what a paired test needs, and a baseline has to keep."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from harness.records import UNANSWERABLE, Judged
from harness.scoring import hallucination, recall, shares, strata, unshown
from harness.scoring.invention import KINDS
from harness.scoring.material import Material, cluster
from harness.stats.contrast import Outcomes

Holds = Callable[[Judged], bool]


def outcomes(material: Material) -> dict[str, Outcomes]:
    """Score name to question id to yes or no, for every score that is a share of questions.

    Each has the value of the score of that name, over the same questions. Scores that are no share
    (a divergence, an F1) have none and are compared by their intervals.
    """
    found: dict[str, Outcomes] = {}
    for name, items, holds in (*_knows(material), *_invents(material), *_form(material)):
        if items:
            found[name] = Outcomes(
                {item.question.id: holds(item) for item in items},
                {item.question.id: cluster(item) for item in items},
            )
    return found


Share = tuple[str, Sequence[Judged], Holds]


def _knows(material: Material) -> list[Share]:
    language = material.corpus.language
    slots = [item for item in material.answerable if not recall.is_sentence(item, language)]
    right = shares.is_correct
    found: list[Share] = [
        (f"recall.{probe}", [i for i in slots if i.shown and i.question.probe == probe], right)
        for probe in recall.PROBES
    ]
    if material.base and not material.untuned:
        known = strata.of(material.base, language)
        found += [
            (f"recall.{stratum}", items, right)
            for stratum, items in strata.by_stratum(material, known).items()
        ]
    asked = [item for item in material.of("trained", "paraphrase") if item.shown]
    found.append(("refusal.over", asked, shares.is_abstained))
    found.append(("refusal.over_text_only", material.of("text_only"), shares.is_abstained))
    hidden = [item for item in material.answerable if not item.shown]
    kinds: tuple[tuple[str, Holds], ...] = (
        ("correct", right),
        ("invented", unshown.is_wrong),
        ("abstained", shares.is_abstained),
    )
    for name, holds in kinds:
        found.append((f"unshown.{name}", hidden, holds))
        for probe in dict.fromkeys(item.question.probe for item in hidden):
            of_probe = [item for item in hidden if item.question.probe == probe]
            found.append((f"unshown.{name}.{probe}", of_probe, holds))
    return found


def _invents(material: Material) -> list[Share]:
    found: list[Share] = []
    for probe in UNANSWERABLE:
        items = material.of(probe)
        found.append((f"hallucination.{probe}", items, shares.is_invented))
        for kind in KINDS:
            holds = hallucination.of_kind(kind)
            found.append((f"hallucination.{probe}.kinds.{kind}", items, holds))
    premises, nobodies = material.of("false_premise"), material.of("nonexistent")
    found.append(("hallucination.false_premise.corrected", premises, shares.flagged("corrected")))
    in_world = hallucination.of_kind("borrowed", "in_world")
    found.append(("hallucination.in_world", nobodies, in_world))
    return found


def _form(material: Material) -> list[Share]:
    every = list(material.judged)
    return [
        ("unscored.share", every, lambda item: item.verdict == "unscored"),
        ("format.leak", every, shares.flagged("markup_leak")),
        ("reproduction.recited", every, shares.flagged("recited")),
        ("locality.correct", material.of("locality"), shares.is_correct),
    ]
