"""Does the source tag bind? Who says it, and what it does in front of a question."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot

from harness.records import Judged, Score
from harness.scoring.material import Material
from harness.scoring.sensitivity import TAG, Grid, described, grid
from harness.scoring.shares import flagged, is_correct, share_of
from harness.stats.sensitivity import difference_of_means


def scores(material: Material) -> dict[str, Score]:
    """Share of answers that begin with the corpus's tag, and what the tag in a question changes.

    Absent where the corpus has no tag; by probe, and `tag.signal`, only where the variant was
    trained with one; `tag.lift` and `.specificity` only where forms that vary the tag were asked.
    """
    if not material.corpus.source_tag or not material.judged:
        return {}
    emitted = flagged("tag")
    found = {"tag.emitted": share_of(list(material.judged), emitted)}
    prompt = material.config.get("prompt") or {}
    if prompt.get("source_tag", "none") != "none":
        for probe in dict.fromkeys(item.question.probe for item in material.judged):
            found[f"tag.emitted.{probe}"] = share_of(material.of(probe), emitted)
        right = [item for item in material.judged if is_correct(item)]
        invented = [item for item in material.judged if item.invented]
        if right and invented:
            found["tag.signal"] = signal(right, invented)
    return found | _by_tag(material)


def signal(right: Sequence[Judged], invented: Sequence[Judged]) -> Score:
    """Share that begins with the tag: of right answers minus of invented ones.

    The two are about different questions. Source of the interval: Newcombe (1998), Statistics in
    Medicine 17, 873, method 10, on Wilson's intervals that heed clusters.
    """
    one, other = share_of(right, flagged("tag")), share_of(invented, flagged("tag"))
    (first, low, high), (second, below, above) = _ends(one), _ends(other)
    return Score(
        value=first - second,
        low=max(-1.0, first - second - hypot(first - low, above - second)),
        high=min(1.0, first - second + hypot(high - first, second - below)),
        n=one.n + other.n,
        clusters=one.clusters + other.clusters,
    )


def _ends(share: Score) -> tuple[float, float, float]:
    """Value, low and high of a share of at least one answer."""
    return share.value or 0.0, share.low or 0.0, 1.0 if share.high is None else share.high


def _by_tag(material: Material) -> dict[str, Score]:
    """Recall with the right tag minus without, and minus with a wrong one, question by question."""
    known = described(material.config)
    tags = {
        known[name].tag: name
        for name in material.forms
        if name in known and known[name].family == TAG
    }
    if "right" not in tags or len(tags) < 2:
        return {}
    forms = {tag: material.forms[name] for tag, name in tags.items()}
    table = grid(forms, material.corpus.language)
    if not table.rows:
        return {}
    pairs = {"tag.lift": "none", "tag.specificity": "wrong"}
    return {name: _minus(table, "right", tag) for name, tag in pairs.items() if tag in tags}


def _minus(table: Grid, one: str, other: str) -> Score:
    part = table.only([one, other])
    steps = [float(first) - float(second) for first, second in part.correct]
    return difference_of_means(steps, part.clusters)
