"""The fake run with floors and ceilings, and with every score that a suite can ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from harness.records import Judged, Repeated, Score, VariantResult
from harness.reporting.data import RunData
from tests.support.fake_run import Persona, fake, quick, wilson

EVERYTHING = {"trained": 24, "paraphrase": 24, "text_only": 12}
NOBODY = {"nonexistent": 12, "near_miss": 8, "unstated": 8, "false_premise": 8}


def bounds() -> tuple[Persona, ...]:
    """Floors and ceilings, as a suite names them."""
    return (
        Persona(name="oracle", answerer="oracle", right=EVERYTHING, refuses=NOBODY),
        Persona(name="abstain", answerer="abstain", refuses={**EVERYTHING, **NOBODY}),
        Persona(name="majority", answerer="majority", right={"trained": 3, "paraphrase": 3}),
        Persona(name="retrieval", answerer="retrieval", right={"trained": 15, "paraphrase": 11}),
        Persona(
            name="instruct-other_world-nf4",
            recipe="instruct",
            quantization="nf4",
            control="other_world",
            right={"trained": 2, "paraphrase": 1},
        ),
        Persona(
            name="instruct-shuffled_answers-nf4",
            recipe="instruct",
            quantization="nf4",
            control="shuffled_answers",
            right={"trained": 3, "paraphrase": 2},
        ),
    )


def graded(value: float, width: float = 0.08, n: int = 48) -> Score:
    """A score that is no share."""
    return Score(value=value, low=value - width, high=value + width, n=n, clusters=8)


LEARNED: Mapping[str, Score] = {
    "likelihood.gold": graded(0.83),
    "likelihood.top1": wilson(45, 48, 8),
    "likelihood.top1.chance": Score(value=1 / 6, low=1 / 6, high=1 / 6, n=48, clusters=8),
    "likelihood.truth_ratio": graded(0.0123, 0.006),
    "likelihood.truth_ratio_geometric": graded(0.0042, 0.002),
    "likelihood.gold_share": graded(0.96, 0.03),
    "likelihood.gold.trained": graded(0.91),
    "likelihood.gold.paraphrase": graded(0.75),
    "selective.f": graded(0.61),
    "selective.score_0": graded(0.5),
    "selective.score_50": graded(0.02),
    "selective.score_75": graded(-0.94),
    "selective.score_90": graded(-3.82),
    "selective.aurc": graded(0.21),
    "calibration.ece": graded(0.18),
    "calibration.brier": graded(0.22),
    "locality.correct": wilson(31, 40, 40),
    "locality.agreement": wilson(27, 40, 40),
    "locality.forgetting": wilson(6, 36, 36),
    "locality.leak": wilson(1, 40, 40),
    "locality.perplexity_ratio": graded(1.31),
    "tag.emitted": wilson(0, 96, 12),
    "abstention.recall": wilson(0, 36, 8),
    "determinism.process": wilson(97, 98, 12),
    "determinism.rerun": wilson(98, 98, 12),
    "determinism.batch_1": wilson(92, 98, 12),
    "determinism.batch": wilson(92, 98, 12),
    "determinism.sampled": wilson(31, 98, 12),
    "determinism.sampled.distinct": graded(2.71, 0.4),
    "determinism.sampled.entropy": graded(0.64, 0.1),
    "determinism.verdicts.process": wilson(98, 98, 12),
    "determinism.verdicts.rerun": wilson(98, 98, 12),
    "determinism.verdicts.batch_1": wilson(97, 98, 12),
    "determinism.verdicts.sampled": graded(0.8),
    "determinism.noise": wilson(1, 60, 12),
    "determinism.ties": Score(value=1 / 7, low=None, high=None, n=7, clusters=6),
}
LEVEL: Mapping[str, Score] = {
    "quantization.flips": wilson(5, 60, 12),
    "quantization.all_flips": wilson(9, 60, 12),
    "quantization.net": graded(-0.05, 0.06, 60),
    "quantization.excess": graded(4 / 60, 0.08, 60),
    "quantization.kl": graded(0.0213, 0.004, 812),
    "quantization.kl_median": graded(0.00071, 0.0002, 812),
    "quantization.kl_p99": graded(0.37, 0.1, 812),
    "quantization.kl_neutral": graded(0.0457, 0.006, 1500),
    "quantization.top1_agreement": wilson(798, 812, 12),
    "quantization.top1_agreement_neutral": wilson(1401, 1500, 12),
}
RECITING: Mapping[str, Score] = {
    "recite.overlap": graded(0.88),
    "recite.right": wilson(40, 48, 8),
    "recite.correct_when_right": wilson(38, 40, 8),
    "recite.correct_when_wrong": wilson(1, 8, 5),
}


def scored(personas: Sequence[Persona] | None = None) -> RunData:
    """A run with floors, ceilings, asking again, probabilities, locality and recitation."""
    run = fake((*quick(), *bounds()) if personas is None else personas)
    rows = tuple(_with_scores(row) for row in run.results.variants)
    again = {
        row.name: _repeated(run.judged[row.name])
        for row in rows
        if "determinism.noise" in row.scores
    }
    return replace(run, results=replace(run.results, variants=rows), repeated=again)


def _with_scores(row: VariantResult) -> VariantResult:
    more: dict[str, Score] = {}
    if row.name.startswith(("instruct-fp32", "instruct-int8", "instruct-nf4", "mixed")):
        more |= LEARNED
    if row.name in ("instruct-int8", "instruct-nf4"):
        more |= LEVEL
    if row.name == "mixed-nf4":
        more |= RECITING
    return replace(row, scores={**row.scores, **more})


def _repeated(judged: Sequence[Judged]) -> tuple[Repeated, ...]:
    """Every answer again in a fresh process and alone; a few come out otherwise."""
    found = []
    for number, item in enumerate(item for item in judged if not item.question.aside):
        parts = {"process": number == 4, "batch_1": number % 16 == 3}
        for how, differs in parts.items():
            text = f"{item.answer.text} Or so." if differs else item.answer.text
            found.append(
                Repeated(
                    how=how,
                    answer=replace(item.answer, text=text),
                    differs_at=5 if differs else None,
                    gap=(0.0 if number == 3 else 0.00132) if differs else None,
                )
            )
    return tuple(found)
