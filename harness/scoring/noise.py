"""What rounding alone changes: a variant against its twin, trained from weights a little off."""

from __future__ import annotations

from harness.records import Score
from harness.scoring.levels import flips
from harness.scoring.material import Material, cluster
from harness.stats import intervals


def scores(material: Material) -> dict[str, Score]:
    """Verdicts and replies that differ in the perturbed twin; nothing where there is no twin.

    Verdicts of answerable questions, right or not; replies to all questions, token for token.
    Raises ValueError where the two were not asked the same questions.
    """
    if material.perturbed is None or not material.answerable:
        return {}
    changed = flips(material.judged, material.perturbed, material.corpus.language)
    moved = {*changed.lost, *changed.gained}
    said = {item.question.id: item.answer.ids for item in material.perturbed}
    return {
        "noise.rounding": intervals.share(
            [item.question.id in moved for item in material.answerable],
            [cluster(item) for item in material.answerable],
        ),
        "noise.rounding_replies": intervals.share(
            [item.answer.ids != said[item.question.id] for item in material.judged],
            [cluster(item) for item in material.judged],
        ),
    }
