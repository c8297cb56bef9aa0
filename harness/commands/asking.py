"""`closedbook ask`: a question of one's own, answered by the variants of a run."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from harness.errors import PhaseFailure, Unavailable, UserError
from harness.records import (
    Adapter,
    Ask,
    Measure,
    ModelChoice,
    PhaseJob,
    Prompt,
    Recipe,
    Training,
    Variant,
)
from harness.storage.folders import RunFolder

_TABLES: dict[str, type[Any]] = {
    "model": ModelChoice,
    "recipe": Recipe,
    "adapter": Adapter,
    "training": Training,
    "prompt": Prompt,
    "ask": Ask,
    "measure": Measure,
}


def ask_question(
    path: Path, words: Sequence[str], compare: tuple[str, str] | None, device: str
) -> None:
    """Print each variant's answer. Raises UserError for a variant that cannot be asked."""
    from harness.storage.runs import existing_run

    names, question = _who_and_what(words, compare)
    run = existing_run(path.expanduser())
    jobs = [_job(run, name, device) for name in names]
    # Read when the libraries are loaded; the same number of threads gives the same answer.
    os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = str(jobs[0].variant.threads)
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    print("loading the model ...", file=sys.stderr, flush=True)
    width = max(len(name) for name in names)
    for job in jobs:
        text = _answer(job, question) or "(nothing)"
        print(f"{job.variant.name:<{width}}  {text}", flush=True)


def _answer(job: PhaseJob, question: str) -> str:
    """The reply; what libraries print meanwhile goes to stderr, and their warnings nowhere."""
    import warnings

    warnings.simplefilter("ignore")
    with redirect_stdout(sys.stderr):
        from harness.answering.ask import answer_one

        try:
            return answer_one(job, question).text.strip()
        except (PhaseFailure, Unavailable) as failure:
            raise UserError(f"{job.variant.name} cannot answer: {failure}") from failure


def _who_and_what(
    words: Sequence[str], compare: tuple[str, str] | None
) -> tuple[Sequence[str], str]:
    """The variants' names and the question."""
    names = [*compare] if compare else list(words[:1])
    rest = list(words) if compare else list(words[1:])
    if not rest:
        raise UserError(
            "a variant and a question are needed", 'closedbook ask RUN VARIANT "Who was Bordor?"'
        )
    # Unquoted words make one question too.
    return names, " ".join(rest)


def _job(run: RunFolder, name: str, device: str) -> PhaseJob:
    """What a variant of the run needs to answer. Raises UserError where it cannot."""
    from harness.answering import answers_by_model
    from harness.errors import unknown_name
    from harness.models.resolve import resolve
    from harness.scoring.results import load_variants

    stored = {variant.name: variant for variant in load_variants(run)}
    if name not in stored:
        raise unknown_name("variant", name, stored)
    found = stored[name]
    variant = variant_from(found.config)
    if not answers_by_model(variant.answerer):
        raise UserError(
            f"{name} answers without a model, and only what its corpus asks",
            "ask a variant that a model answers for",
        )
    if variant.tuned and not found.folder.adapter.is_dir():
        raise UserError(
            f"{name} has no trained adapter: its status is {found.status_name}",
            "`closedbook run` with the same suite continues it",
        )
    model = resolve(variant.model)
    _check_same_model(found.folder.variant, model.weights_digest, name)
    return PhaseJob(
        phase="answer",
        variant=variant,
        model=model,
        corpus=run.corpus,
        folder=found.folder.path,
        device=_device(device),
        trained=found.trained,
        asked=found.asked or "",
    )


def _check_same_model(record: Path, weights: str, name: str) -> None:
    """An adapter means nothing on other weights than those it was trained on."""
    from harness.storage.runs import read_object

    known = read_object(record).get("model", {}).get("weights_digest")
    if known is not None and known != weights:
        raise UserError(
            f"the model on this disk is not the one that {name} was trained on",
            "run the suite again with --fresh",
        )


def _device(device: str) -> str:
    from harness.execution.machine import resolve_device

    return resolve_device(device)


def variant_from(config: Mapping[str, Any]) -> Variant:
    """A variant from its settings as variant.json keeps them."""
    content: dict[str, Any] = dict(config)
    for key, kind in _TABLES.items():
        if key in content:
            table = {
                name: tuple(value) if isinstance(value, list) else value
                for name, value in content[key].items()
            }
            content[key] = kind(**table)
    return Variant(**content)
