"""Does the variant put the source tag in front of what it says?"""

from __future__ import annotations

from harness.records import Score
from harness.scoring.material import Material
from harness.scoring.shares import flagged, share_of


def scores(material: Material) -> dict[str, Score]:
    """Share of answers that begin with the corpus's tag, overall and by probe.

    Absent where the corpus has no tag; by probe only where the variant was trained with one.
    """
    found: dict[str, Score] = {}
    if not material.corpus.source_tag or not material.judged:
        return found
    emitted = flagged("tag")
    found["tag.emitted"] = share_of(list(material.judged), emitted)
    prompt = material.config.get("prompt") or {}
    if prompt.get("source_tag", "none") == "none":
        return found
    for probe in dict.fromkeys(item.question.probe for item in material.judged):
        found[f"tag.emitted.{probe}"] = share_of(material.of(probe), emitted)
    return found
