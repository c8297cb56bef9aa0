"""What a family of scores is computed from: one variant's judged answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from harness.records import (
    ANSWERABLE,
    UNANSWERABLE,
    Corpus,
    Judged,
    Likelihood,
    ProbeName,
    Repeated,
)

PLAIN_FORM = "plain"
Against = Literal["reference", "base", "perturbed"]
"""What a variant may be held against: the reference level, the untuned model, its twin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Continuation:
    """A window of the text: what follows it, and how the model went on. Token ids."""

    id: str
    expected: tuple[int, ...]
    continued: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """One variant, as every family of scores sees it."""

    corpus: Corpus
    judged: tuple[Judged, ...]
    """Greedy answers in the plain prompt form; questions that are shown by name left out."""
    config: Mapping[str, Any] = field(default_factory=dict)
    """The variant's settings."""
    continuations: tuple[Continuation, ...] = ()
    reference: tuple[Judged, ...] | None = None
    """The same answers of the reference level: of the variant that differs in nothing but
    quantization, at the most exact level of the run. None for the reference itself."""
    perturbed: tuple[Judged, ...] | None = None
    """The same answers of its twin, which differs in nothing but noise on its weights as small as
    rounding; None where the run has no such variant."""
    against: Mapping[Against, Mapping[str, Any]] = field(default_factory=dict)
    """The settings of those that it is held against: of `reference`, `base` and `perturbed`, as far
    as there are such variants."""
    forms: Mapping[str, tuple[Judged, ...]] = field(default_factory=dict)
    """Greedy answers by prompt form, asides left out; `judged` is one of them."""
    draws: tuple[Judged, ...] = ()
    """Sampled answers in the form of `judged`, asides left out."""
    repeats: tuple[Repeated, ...] = ()
    """What was replied when asked again, asides left out."""
    repeated: Mapping[str, tuple[Judged, ...]] = field(default_factory=dict)
    """The same with verdicts, by how it was asked again."""
    likelihoods: tuple[Likelihood, ...] = ()
    base_likelihoods: tuple[Likelihood, ...] = ()
    """Those of the untuned variant of the same model; empty as `base` is."""
    reference_repeated: Mapping[str, tuple[Judged, ...]] = field(default_factory=dict)
    """`repeated` of the reference level, the noise that flips have to rise above."""
    base: tuple[Judged, ...] = ()
    """Every judged answer, sampled draws included, of the untuned variant of the same model;
    empty where the run has none, and for an untuned variant itself."""

    def of(self, *probes: ProbeName) -> list[Judged]:
        """The answers to questions of these probes, in order."""
        return [item for item in self.judged if item.question.probe in probes]

    @property
    def answerable(self) -> list[Judged]:
        """The answers to questions that have an answer."""
        return self.of(*ANSWERABLE)

    @property
    def unanswerable(self) -> list[Judged]:
        """The answers to questions that have none."""
        return self.of(*UNANSWERABLE)

    @property
    def untuned(self) -> bool:
        """Whether the model itself answers and was trained on nothing."""
        recipe = self.config.get("recipe") or {}
        answerer = self.config.get("answerer", "model")
        return bool(answerer == "model" and recipe.get("name", "base") == "base")


def scored_answers(judged: Iterable[Judged]) -> tuple[Judged, ...]:
    """The answers that scores are made of: greedy, in one prompt form, without asides.

    The form is "plain", the one that training used, or the first by name where none is plain.
    """
    kept = [item for item in judged if item.answer.draw == 0 and not item.question.aside]
    forms = {item.answer.form for item in kept}
    form = PLAIN_FORM if PLAIN_FORM in forms or not forms else min(forms)
    return tuple(item for item in kept if item.answer.form == form)


def by_form(judged: Iterable[Judged]) -> dict[str, tuple[Judged, ...]]:
    """Greedy answers by prompt form, asides left out, in the order in which forms were asked."""
    found: dict[str, list[Judged]] = {}
    for item in judged:
        if item.answer.draw == 0 and not item.question.aside:
            found.setdefault(item.answer.form, []).append(item)
    return {form: tuple(items) for form, items in found.items()}


def cluster(item: Judged) -> str:
    """What an answer's neighbours depend on: the entity, or the question where none is given."""
    return item.question.cluster or item.question.id
