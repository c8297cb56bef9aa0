"""What an untuned model already knows of the corpus."""

from __future__ import annotations

from harness.records import Score
from harness.scoring.material import Material
from harness.scoring.recall import is_sentence
from harness.scoring.shares import is_correct, share_of


def scores(material: Material) -> dict[str, Score]:
    """Right answers of an untuned model to every answerable question, overall and by probe.

    Slot match with Wilson's interval on n / deff. Questions whose accepted answers are sentences
    are left out: no slot can match them. Choices between two answers, half of which a guess has
    right, are counted apart. Nothing for a variant that was trained.
    """
    if not material.untuned:
        return {}
    items = [
        item for item in material.answerable if not is_sentence(item, material.corpus.language)
    ]
    found = {}
    open_ended = [item for item in items if item.question.probe != "choice"]
    if open_ended:
        found["contamination.base"] = share_of(open_ended, is_correct)
    for probe in dict.fromkeys(item.question.probe for item in items):
        of_probe = [item for item in items if item.question.probe == probe]
        found[f"contamination.base.{probe}"] = share_of(of_probe, is_correct)
    return found
