"""Everything a report is made from, read once from a run folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harness.errors import UserError
from harness.records import Corpus, Judged, Repeated, Results, VariantResult
from harness.scoring.material import scored_answers
from harness.storage.folders import RunFolder
from harness.storage.jsonl import read_appended
from harness.storage.runs import read_object
from harness.writing.prepare import read_records

ROUNDED = 1e-5
"""Shares are kept with six digits; what differs by more is another share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LossPoint:
    """One optimizer step of a training run; `epoch` counts up to the suite's epochs."""

    step: int
    epoch: float
    loss: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Yield:
    """What a question writer read, kept and rejected."""

    writer: str
    windows: int
    of_windows: int
    accepted: int
    steps: Mapping[str, int]
    """Filter to the pairs that were left after it."""
    rejected: Mapping[str, int]
    """Reason to the number of pairs."""
    notes: tuple[str, ...]

    @property
    def rejected_count(self) -> int:
        """All rejected pairs."""
        return sum(self.rejected.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class RunData:
    """A run as a report sees it. Variants keep the order of the results."""

    results: Results
    corpus: Corpus
    judged: Mapping[str, tuple[Judged, ...]]
    """Variant name to its judged answers; empty where it was not asked to the end."""
    losses: Mapping[str, tuple[LossPoint, ...]] = field(default_factory=dict)
    models: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Variant name to the `model` part of its variant.json: digests, provenance, license."""
    phases: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Variant name to the `phases` part of its status.json: state and seconds."""
    repeated: Mapping[str, tuple[Repeated, ...]] = field(default_factory=dict)
    """Variant name to what it replied when asked again; empty where it was not."""
    suite_source: str = ""
    yields: tuple[Yield, ...] = ()

    def variant(self, name: str) -> VariantResult:
        """The row of that name."""
        return next(row for row in self.results.variants if row.name == name)


def gather(run: RunFolder, results: Results | None = None) -> RunData:
    """Read a run folder: answers, losses, provenance and results.

    Results that are not given are read from results.json. They are made from the records where
    there is none, and where its figures are no longer those of the answers as they are judged now:
    a report shows both, and must not hold two truths. Raises UserError where a record cannot be
    read.
    """
    from harness.corpora import folder as corpus_folder
    from harness.scoring import results as scoring

    if results is None:
        results = scoring.read(run.results) if run.results.exists() else scoring.build(run)
        if scoring.damaged(run) & {row.name for row in results.variants if row.verdicts}:
            results = scoring.build(run)  # what was scored is no longer there to be shown
        judged = _judged(run, results)
        if any(_scored_otherwise(row, judged[row.name]) for row in results.variants):
            results = scoring.build(run)
            judged = _judged(run, results)
    else:
        judged = _judged(run, results)
    stored = {each.name: each for each in scoring.load_variants(run) if each.answered}
    folders = {row.name: run.variant(row.name, row.trained) for row in results.variants}
    return RunData(
        results=results,
        corpus=corpus_folder.read(run.corpus),
        judged={row.name: judged[row.name] if row.verdicts else () for row in results.variants},
        losses={name: _losses(each.losses) for name, each in folders.items()},
        models={name: _part(each.variant, "model") for name, each in folders.items()},
        phases={name: _part(each.status, "phases") for name, each in folders.items()},
        repeated={name: each.repeats() for name, each in stored.items()},
        suite_source=run.suite.read_text(encoding="utf-8") if run.suite.exists() else "",
        yields=_yields(run.path / "writing"),
    )


def _judged(run: RunFolder, results: Results) -> dict[str, tuple[Judged, ...]]:
    from harness.scoring.results import judged

    return {row.name: judged(run, row.name) if row.verdicts else () for row in results.variants}


def _scored_otherwise(row: VariantResult, judged: Sequence[Judged]) -> bool:
    """Whether the stored figures are not those of the answers: other verdicts, or inventions.

    Both are counted from the judged answers alone, so that nothing has to be scored to find out.
    """
    items = scored_answers(judged)
    verdicts: dict[str, Counter[str]] = {}
    made_up: dict[str, list[bool]] = {}
    for item in items:
        verdicts.setdefault(item.question.probe, Counter())[item.verdict] += 1
        made_up.setdefault(f"hallucination.{item.question.probe}", []).append(item.invented)
    stored = {probe: Counter(counts) for probe, counts in row.verdicts.items()}
    if verdicts != stored:
        return True
    scores = {name: row.scores[name].value for name in made_up if name in row.scores}
    return any(
        value is None or abs(value - sum(made_up[name]) / len(made_up[name])) > ROUNDED
        for name, value in scores.items()
    )


def _yields(folder: Path) -> tuple[Yield, ...]:
    return tuple(
        Yield(
            writer=about["writer"],
            windows=about["windows"],
            of_windows=about["of_windows"],
            accepted=about["accepted"],
            steps=about["yields"],
            rejected=Counter(str(pair["reason"]) for pair in rejected),
            notes=tuple(about["notes"]),
        )
        for about, rejected in read_records(folder)
    )


def _losses(path: Path) -> tuple[LossPoint, ...]:
    if not path.exists():
        return ()
    return tuple(_point(line, path) for line in read_appended(path))


def _point(line: Mapping[str, Any], path: Path) -> LossPoint:
    try:
        return LossPoint(
            step=int(line["step"]), epoch=float(line["epoch"]), loss=float(line["loss"])
        )
    except (KeyError, TypeError, ValueError) as error:
        raise UserError(
            f"{path} is damaged: a line is no step of a training", "run again with --fresh"
        ) from error


def _part(path: Path, key: str) -> Mapping[str, Any]:
    if not path.exists():
        return {}
    part = read_object(path).get(key) or {}
    if not isinstance(part, dict):
        raise UserError(f"{path} is damaged: {key!r} is not a table", "run again with --fresh")
    return part
