"""What has to run for a suite: each variant's phases, fingerprints, folder and tasks."""

from __future__ import annotations

import os
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from harness import catalog
from harness.answering import answers_by_model
from harness.answering.plan import make_plan
from harness.answering.prompts import forms, set_digest
from harness.catalog import Kind
from harness.corpora import controls
from harness.execution.tasks import Task
from harness.models.digests import shipped_settings
from harness.records import Corpus, PhaseJob, PhaseName, ResolvedModel, Variant
from harness.scoring.references import reference_name
from harness.storage.fingerprints import (
    LIKELIHOOD_VERSION,
    REPEAT_VERSION,
    asked_fingerprint,
    digest,
    trained_fingerprint,
)
from harness.storage.folders import RunFolder, VariantFolder
from harness.storage.jsonl import plain

NO_MODEL = ResolvedModel(
    name="",
    path=Path(os.devnull),
    weights_digest="",
    tokenizer_digest="",
    template_digest="",
    provenance="",
    license="",
)
"""What stands for the model of an answerer that has none: the same in every suite."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedVariant:
    """A variant of the suite, settled: its model, its fingerprints and where it lies."""

    variant: Variant
    model: ResolvedModel
    trained: str
    asked: str
    folder: VariantFolder
    reference: PlannedVariant | None = None
    """The variant of the reference level, where this one is compared with it."""
    missing: str = ""
    """Why this machine cannot run it; empty where it can."""

    @property
    def name(self) -> str:
        """The variant's name."""
        return self.variant.name

    @property
    def phases(self) -> tuple[PhaseName, ...]:
        """The phases it has, in the order in which they run."""
        own_model = self.variant.answerer == "model"
        found: list[PhaseName] = []
        if self.variant.tuned and own_model:
            found.append("train")
        found.append("answer")
        if self.variant.ask.repeats and own_model:
            found.append("repeat")
        if self.variant.ask.likelihood and own_model:
            found.append("likelihood")
        if self.variant.measure.phases and own_model:
            found.append("measure")
        return tuple(found)

    def fingerprint(self, phase: PhaseName) -> str:
        """Of all that decides what that phase gives."""
        if phase == "train":
            return self.trained
        if phase == "answer":
            return self.asked
        ask = self.variant.ask
        if phase == "repeat":
            how: list[Any] = [
                sorted(ask.repeats),  # whatever their order, they are done in one of their own
                ask.repeat_draws,
                ask.repeat_sample,
                self.variant.seed,
            ]
            if "shipped" in ask.repeats:
                how.append(shipped_settings(self.model.path))
            return digest([self.asked, REPEAT_VERSION, how])
        if phase == "likelihood":
            held_against = None if self.reference is None else self.reference.fingerprint(phase)
            return digest([self.asked, LIKELIHOOD_VERSION, held_against])
        batch_size = self.variant.ask.batch_size
        return digest([self.trained, _measured(self.variant), batch_size])

    def task(self, phase: PhaseName, corpus: Path, device: str) -> Task:
        """That phase, ready for an executor."""
        job = PhaseJob(
            phase=phase,
            variant=self.variant,
            model=self.model,
            corpus=corpus,
            folder=self.folder.path,
            device=device,
            trained=self.trained,
            asked=self.asked,
            reference=None if self.reference is None else self.reference.folder.path,
        )
        after = None
        if phase == "likelihood" and self.reference is not None:
            after = (self.reference.name, phase)
        return Task(job=job, fingerprint=self.fingerprint(phase), after=after)

    def record(self, corpus_digest: str) -> dict[str, Any]:
        """The content of variant.json."""
        model = plain(self.model)
        model.pop("path")
        variant = plain(self.variant)
        if not variant["perturb"]:  # as older records do
            del variant["perturb"]
        variant["measure"] = _measured(self.variant)
        return {
            "variant": variant,
            "trained": self.trained,
            "asked": self.asked,
            "model": model,
            "corpus": corpus_digest,
        }


def _measured(variant: Variant) -> dict[str, Any]:
    """How it is measured; a single process is left out, as older records do."""
    found: dict[str, Any] = plain(variant.measure)
    if variant.measure.processes == 1:
        del found["processes"]
    return found


def plan_variant(
    run: RunFolder, variant: Variant, model: ResolvedModel, corpus: Corpus
) -> PlannedVariant:
    """Settle one variant. Raises UserError where its settings do not fit together."""
    if not answers_by_model(variant.answerer):
        model = NO_MODEL
    trained = trained_fingerprint(variant, model, corpus)
    return PlannedVariant(
        variant=variant,
        model=model,
        trained=trained,
        asked=asked_fingerprint(
            trained,
            variant,
            make_plan(corpus, variant),
            _controls(corpus, variant),
            _forms(variant),
        ),
        folder=run.variant(variant.name, trained),
        missing=missing_for(variant),
    )


def _controls(corpus: Corpus, variant: Variant) -> str:
    """Digest of the control questions that are asked: they are no part of the corpus's own."""
    asked = controls.PROBE in variant.ask.probes
    return digest(list(controls.questions(corpus.language))) if asked else ""


def _forms(variant: Variant) -> str:
    """Digest of the words of the prompt forms; of "plain" none, which is how training asks."""
    name = variant.prompt.forms
    return "" if name == "plain" else set_digest(forms(name))


def with_references(variants: Sequence[PlannedVariant]) -> list[PlannedVariant]:
    """The same variants, each with the one of its reference level where both are read off.

    A reference that this machine cannot run is none.
    """
    named = {each.name: each for each in variants if each.variant.ask.likelihood}
    runnable = {name: plain(each.variant) for name, each in named.items() if not each.missing}
    found = []
    for each in variants:
        name = reference_name(plain(each.variant), runnable) if each.name in named else None
        found.append(replace(each, reference=None if name is None else named[name]))
    return found


def missing_for(variant: Variant) -> str:
    """What is not installed and a variant needs, in one line; empty where all is there.

    What the hardware lacks only shows once libraries are loaded: the worker finds out.
    """
    named: tuple[tuple[Kind, str], ...] = (
        ("answerer", variant.answerer),
        ("recipe", variant.recipe.name),
        ("level", variant.quantization),
    )
    for kind, name in named:
        spec = catalog.get(kind, name)
        for package in spec.needs:
            if find_spec(package) is None:
                return f"{kind} {name} needs the package {package}, which is not installed"
    return ""


def measuring_order(tasks: Sequence[Task], seed: str) -> list[Task]:
    """The same tasks in an order that `seed` decides, so that no level is favoured by its place.

    The first given is the reference: measured first and, beside others, once more at the end.
    """
    if not tasks:
        return []
    reference, *others = tasks
    others = sorted(others, key=lambda task: task.variant)
    random.Random(seed).shuffle(others)
    return [reference, *others, replace(reference, again=True)] if others else [reference]
