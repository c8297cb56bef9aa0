"""Questions about facts that training never showed: a right answer to them is no recall."""

from __future__ import annotations

from harness.records import Judged, Score
from harness.scoring.material import Material
from harness.scoring.shares import is_abstained, is_correct, share_of


def scores(material: Material) -> dict[str, Score]:
    """How unshown facts are answered, overall and by probe."""
    found: dict[str, Score] = {}
    unshown = [item for item in material.answerable if not item.shown]
    for name, holds in (
        ("correct", is_correct),
        ("invented", is_wrong),
        ("abstained", is_abstained),
    ):
        if unshown:
            found[f"unshown.{name}"] = share_of(unshown, holds)
        for probe in dict.fromkeys(item.question.probe for item in unshown):
            items = [item for item in unshown if item.question.probe == probe]
            found[f"unshown.{name}.{probe}"] = share_of(items, holds)
    return found


def is_wrong(item: Judged) -> bool:
    """Whether the verdict is wrong: an answer with content that is not right."""
    return item.verdict == "wrong"
