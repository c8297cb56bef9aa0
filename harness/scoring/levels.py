"""What a quantization level changes: the same questions, against the reference level's answers."""

from __future__ import annotations

from collections.abc import Container, Iterable

from harness.records import ANSWERABLE, Judged, Score
from harness.scoring.determinism import PROCESS, correctness_changed
from harness.scoring.material import Material, cluster
from harness.stats import bootstrap, intervals, paired
from harness.stats.contrast import Outcomes, contrast
from harness.text.normalize import normalize
from harness.text.reply import read_reply


def scores(material: Material) -> dict[str, Score]:
    """Flips against the reference level; nothing for the reference itself.

    What is beyond the noise of asking again is there only where the reference was asked again.
    Raises ValueError where the two were not asked the same questions.
    """
    if material.reference is None or not material.answerable:
        return {}
    changed = flips(material.reference, material.judged, material.corpus.language)
    clusters = [cluster(item) for item in material.answerable]
    ids = [item.question.id for item in material.answerable]
    moved = {*changed.lost, *changed.gained}
    reworded = moved | {*changed.reworded}
    flipped = intervals.share([each in moved for each in ids], clusters)
    return {
        "quantization.flips": flipped,
        "quantization.all_flips": intervals.share([each in reworded for each in ids], clusters),
        "quantization.net": _net(changed, ids, clusters, flipped),
        **_excess(material, moved),
    }


def flips(
    reference: Iterable[Judged], other: Iterable[Judged], language: str = "en"
) -> paired.Flips:
    """Compare two variants on the answerable questions that both were asked.

    Arguments are scored answers: one an answered question. Raises ValueError where a question is
    missing or doubled on a side.
    """
    return paired.flips(_outcomes(reference, language), _outcomes(other, language))


def _outcomes(judged: Iterable[Judged], language: str) -> list[paired.Outcome]:
    return [
        paired.Outcome(
            question=item.question.id,
            correct=item.verdict == "correct",
            answer=normalize(read_reply(item.answer.text, language).text, language),
        )
        for item in judged
        if item.question.probe in ANSWERABLE
    ]


def _net(changed: paired.Flips, ids: list[str], clusters: list[str], flipped: Score) -> Score:
    """Gained minus lost; where nothing flipped, as far either way as flips could reach."""
    n, count = len(ids), len(set(clusters))
    if not changed.flips or count == 1 or flipped.high is None:
        reach = flipped.high if count > 1 else 1.0
        low = None if reach is None else -reach
        return Score(value=changed.net, low=low, high=reach, n=n, clusters=count)
    gained, lost = set(changed.gained), set(changed.lost)
    steps = [float((each in gained) - (each in lost)) for each in ids]
    totals = bootstrap.cluster_totals([steps, [1.0] * n], clusters)
    value, low, high = bootstrap.statistic_interval(totals, bootstrap.mean_of)
    return Score(value=value, low=max(-1.0, low), high=min(1.0, high), n=n, clusters=count)


def _excess(material: Material, moved: set[str]) -> dict[str, Score]:
    """Flips minus what the reference flips by itself in a fresh process, on the same questions.

    Those are the questions that the reference was asked again: of a sample, fewer than all. The
    interval is that of a paired difference (Newcombe's, see `Contrast.difference`). Where the
    reference said the same to the last token there is no noise to take off, and it is that of the
    flips: no verdict can change while no token does.
    """
    noisy = correctness_changed(material.reference or (), material.reference_repeated)
    items = [item for item in material.answerable if item.question.id in noisy]
    if not items:
        return {}
    clusters = {item.question.id: cluster(item) for item in items}
    flipped = Outcomes({each: each in moved for each in clusters}, clusters)
    if _to_the_token(material, clusters):
        shared = intervals.share(list(flipped.values()), list(clusters.values()))
        return {"quantization.excess": shared}
    noise = Outcomes({each: noisy[each] for each in clusters}, clusters)
    found = contrast(noise, flipped)
    low, high = found.difference
    value = (found.after - found.before) / found.n
    return {
        "quantization.excess": Score(
            value=value, low=low, high=high, n=found.n, clusters=found.clusters
        )
    }


def _to_the_token(material: Material, questions: Container[str]) -> bool:
    """Whether the reference, asked again in a fresh process, gave these questions the same ids."""
    before = {item.question.id: item.answer.ids for item in material.reference or ()}
    return all(
        item.answer.ids == before[item.question.id]
        for item in material.reference_repeated[PROCESS]
        if item.question.id in questions
    )
