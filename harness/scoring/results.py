"""results.json: made from the records of a run, saved with stable bytes, read with its schema."""

from __future__ import annotations

import math
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from harness import catalog
from harness.corpora import folder as corpus_folder
from harness.errors import UserError, unknown_name
from harness.records import (
    VERDICTS,
    Corpus,
    Judged,
    Results,
    Score,
    VariantResult,
)
from harness.scoring.gathering import gather, judge_stored
from harness.scoring.material import Material
from harness.scoring.protocol import protocol
from harness.scoring.stored import StoredVariant, load_variants
from harness.storage.folders import RunFolder
from harness.storage.jsonl import plain, write_json
from harness.storage.runs import PLAN_NAME, read_object
from harness.text.segments import count

__all__ = ["build", "damaged", "judged", "load_variants", "read", "save", "score_variant"]

SCHEMA = 1
DIGITS = 6
"""Significant digits that figures are kept with, so that the last bits do not move the bytes."""

Family = Callable[[Material], Mapping[str, Score]]


def build(run: RunFolder) -> Results:
    """Score everything that a run folder holds, without a model. Writes nothing.

    A variant whose answers are incomplete has a row with its status and error, without scores.
    Raises UserError where a record cannot be read.
    """
    return scored(run)[0]


def scored(run: RunFolder) -> tuple[Results, dict[str, Material]]:
    """`build`, and what each scored variant was scored from, by its name."""
    corpus = corpus_folder.read(run.corpus)
    variants = load_variants(run)
    gathered = gather(corpus, variants)
    rows = []
    for each in variants:
        row = _row(each)
        own = gathered.get(each.name)
        if own is not None:
            row = replace(row, verdicts=_verdicts(own.judged), scores=score_variant(own))
        rows.append(row)
    results = Results(
        suite=_suite(run),
        corpus=_describe(corpus),
        environment=read_object(run.environment) if run.environment.exists() else {},
        variants=tuple(rows),
        schema=SCHEMA,
    )
    return results, gathered


def score_variant(material: Material) -> dict[str, Score]:
    """Every score of one variant, by name: all families that are registered, ours and others'."""
    found: dict[str, Score] = {}
    for spec in catalog.specs("score").values():
        family: Family = catalog.load(spec.target)
        for name, score in family(material).items():
            found[name] = _rounded_score(score, protocol(material, spec.name, name))
    return {name: found[name] for name in sorted(found)}


def judged(run: RunFolder, name: str) -> tuple[Judged, ...]:
    """Every judged answer of one variant, asides and all prompt forms and draws included.

    Empty where it was never asked. Raises UserError for a name that the run does not hold.
    """
    variants = {each.name: each for each in load_variants(run)}
    if name not in variants:
        raise unknown_name("variant", name, variants)
    stored = variants[name]
    return judge_stored(corpus_folder.read(run.corpus), stored, stored.answers())


def damaged(run: RunFolder) -> set[str]:
    """Names of the variants that were asked to the end and whose records are not all there."""
    return {each.name for each in load_variants(run) if each.damage is not None}


def save(results: Results, path: Path) -> None:
    """Write results.json atomically: sorted keys, so that equal results are equal bytes."""
    write_json(path, results)


def read(path: Path) -> Results:
    """Read and check results.json; raises UserError, in one line, for anything that is not one."""
    from harness.scoring.schema import parse

    try:
        raw = read_object(path)
    except UserError as error:
        raise UserError(error.message, "make it again with `closedbook score RUN`") from error
    if raw.get("schema") != SCHEMA:
        raise UserError(
            f"{path} has schema {raw.get('schema')!r}; this version reads schema {SCHEMA}",
            "make it again with `closedbook score RUN`",
        )
    return parse(raw, path)


def _row(stored: StoredVariant) -> VariantResult:
    return VariantResult(
        name=stored.name,
        trained=stored.trained,
        status=stored.status_name,
        error=stored.error,
        config=plain(stored.config),
        verdicts={},
        scores={},
        resources={name: rounded(value) for name, value in sorted(stored.resources().items())},
    )


def _verdicts(answers: Sequence[Judged]) -> dict[str, dict[str, int]]:
    """Probe to verdict to count; the four of a probe add up to the questions asked."""
    probes = sorted({item.question.probe for item in answers})
    counts = Counter((item.question.probe, item.verdict) for item in answers)
    return {probe: {verdict: counts[probe, verdict] for verdict in VERDICTS} for probe in probes}


def _suite(run: RunFolder) -> dict[str, Any]:
    """The suite as the plan keeps it, else as its TOML file says."""
    plan = run.path / PLAN_NAME
    if plan.exists():
        suite = read_object(plan).get("suite")
        if isinstance(suite, dict):
            return suite
    if not run.suite.exists():
        return {}
    try:
        return dict(tomllib.loads(run.suite.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UserError(f"cannot read {run.suite}: {error}") from error


def _describe(corpus: Corpus) -> dict[str, Any]:
    questions = [question for question in corpus.questions if question.use != "train"]
    return {
        "kind": corpus.kind,
        "seed": corpus.seed,
        "size": corpus.size,
        "digest": corpus.digest,
        "canary": corpus.canary,
        "source_tag": corpus.source_tag,
        "language": corpus.language,
        "title": corpus.title,
        "notice": corpus.notice,
        "chapters": len(corpus.chapters),
        "words": sum(count(chapter.text, corpus.language) for chapter in corpus.chapters),
        "facts": len(corpus.facts),
        "asked_facts": sum(fact.asked for fact in corpus.facts),
        "names": len(corpus.names),
        "questions": dict(sorted(Counter(question.probe for question in questions).items())),
    }


def rounded(value: Any) -> Any:
    """Floats to six significant digits, in numbers, lists and tables; counts stay whole."""
    if isinstance(value, Mapping):
        return {key: rounded(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [rounded(item) for item in value]
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}") if math.isfinite(value) else None
    return value


def _rounded_score(score: Score, protocol_id: str) -> Score:
    return Score(
        value=rounded(score.value),
        low=rounded(score.low),
        high=rounded(score.high),
        n=score.n,
        clusters=score.clusters,
        protocol=protocol_id,
    )
