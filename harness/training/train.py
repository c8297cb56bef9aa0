"""The phase `train`: examples in, adapter out.

`Stepper` (in `harness.training.stepper`) is the same step on synthetic tokens, for measuring.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from harness.corpora import folder as corpus_folder
from harness.errors import PhaseFailure
from harness.models import adapters
from harness.models.chat import open_chat
from harness.models.load import load_variant
from harness.records import Corpus, FirstStep, PhaseJob, Progress, Resources, Variant
from harness.storage.folders import VariantFolder
from harness.storage.jsonl import Appender, write_json, write_jsonl
from harness.training import recipes
from harness.training.first_step import of_examples
from harness.training.fitting import Fitted, fit
from harness.training.rendering import Rendered, render
from harness.training.trainer import StepLoss


def run(job: PhaseJob, progress: Progress) -> Resources:
    """Train one variant; writes train.jsonl, losses.jsonl and, last and in one step, adapter/.

    Raises PhaseFailure where an example does not fit or the loss stops being a number. Speeds are
    not reported: a training run is no measurement (`measure` makes one).
    """
    folder = VariantFolder(job.folder)
    rendered = _examples(job)
    write_jsonl(folder.train, (item.record() for item in rendered))
    progress(0, 1, "loading the model")
    loaded = load_variant(job)
    model = adapters.attach(loaded, job.variant.adapter, job.variant.seed)
    loaded.verify()
    started = time.perf_counter()
    fitted = _fit(job, model, loaded.tokenizer, rendered, folder, progress)
    train_s = time.perf_counter() - started
    loaded.verify()
    save(model, folder.adapter)
    return _resources(fitted, rendered) | {
        "time.train_s": train_s,
        **adapters.resources(model, folder.adapter),
    }


REHEARSED = 4
"""Optimizer steps of a rehearsal: enough to see a learning rate, few enough to take seconds."""


def rehearse(job: PhaseJob, progress: Progress) -> Resources:
    """The first steps of training and no more; writes first_step.json and losses.jsonl.

    No adapter is left: what is asked is whether this level would train as it did before.
    """
    folder = VariantFolder(job.folder)
    rendered = _examples(job)
    progress(0, 1, "loading the model")
    loaded = load_variant(job)
    model = adapters.attach(loaded, job.variant.adapter, job.variant.seed)
    loaded.verify()
    started = time.perf_counter()
    _fit(job, model, loaded.tokenizer, rendered, folder, progress, REHEARSED)
    loaded.verify()
    return {"time.train_s": time.perf_counter() - started}


def _examples(job: PhaseJob) -> tuple[Rendered, ...]:
    """What is trained on; fails before any weight is loaded."""
    return _rendered(job, job.variant, corpus_folder.read(job.corpus))


def _rendered(job: PhaseJob, variant: Variant, corpus: Corpus) -> tuple[Rendered, ...]:
    examples = recipes.examples(corpus, variant)
    if not examples:
        raise PhaseFailure(f"recipe {variant.recipe.name!r} has nothing to train on")
    return render(examples, open_chat(job.model.path), variant.training.max_length)


def _scaled(job: PhaseJob, rendered: Sequence[Rendered]) -> Variant:
    """The variant, its epochs scaled where `renderings` makes an epoch longer or shorter."""
    reference = recipes.as_it_stands(job.variant)
    if reference is None:
        return job.variant
    known = _rendered(job, reference, corpus_folder.read(job.corpus))
    epochs = recipes.epochs(job.variant, _tokens(rendered), _tokens(known))
    print(f"{epochs:.2f} epochs show as many tokens as {job.variant.training.epochs} of the text")
    return replace(job.variant, training=replace(job.variant.training, epochs=epochs))


def _tokens(rendered: Sequence[Rendered]) -> int:
    return sum(len(item.ids) for item in rendered)


def _fit(
    job: PhaseJob,
    model: Any,
    tokenizer: Any,
    rendered: Sequence[Rendered],
    folder: VariantFolder,
    progress: Progress,
    steps_at_most: int | None = None,
) -> Fitted:
    """Train and log each step as it happens."""
    folder.losses.unlink(missing_ok=True)
    folder.first_step.unlink(missing_ok=True)

    def first(found: FirstStep) -> None:
        texts = [item.prompt + item.completion for item in rendered]
        write_json(folder.first_step, of_examples(found, job.model.weights_digest, texts))

    with Appender(folder.losses) as log:

        def report(loss: StepLoss, total: int) -> None:
            log.append([{"step": loss.step, "epoch": loss.epoch, "loss": loss.loss}])
            progress(loss.step, total, f"loss {loss.loss:.3f}")

        with tempfile.TemporaryDirectory(prefix="closedbook-") as scratch:
            return fit(
                model,
                tokenizer,
                [(item.ids, item.labels) for item in rendered],
                _scaled(job, rendered),
                device=job.device,
                scratch=Path(scratch),
                report=report,
                first=first,
                steps_at_most=steps_at_most,
            )


def save(model: Any, target: Path) -> None:
    """Write the adapter in PEFT format beside its place, then rename: it is there whole or not."""
    temporary = target.with_name(target.name + ".tmp")
    for stale in (temporary, target):
        shutil.rmtree(stale, ignore_errors=True)
    model.save_pretrained(str(temporary))
    temporary.rename(target)


def _resources(fitted: Fitted, rendered: Sequence[Rendered]) -> Resources:
    return {
        "training.steps": fitted.steps,
        "training.epochs": fitted.epochs,
        "training.tokens": round(fitted.epochs * _tokens(rendered)),
        "training.final_loss": fitted.final_loss,
        "training.packed": int(fitted.padded_because is None),
    }
