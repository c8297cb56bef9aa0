"""Where things lie: the run folder and, inside it, one folder a variant."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class VariantFolder:
    """RUN/variants/NAME--FINGERPRINT12."""

    path: Path

    @property
    def variant(self) -> Path:
        """The variant's settings and fingerprints."""
        return self.path / "variant.json"

    @property
    def train(self) -> Path:
        """Every training example as it was rendered, one a line."""
        return self.path / "train.jsonl"

    @property
    def losses(self) -> Path:
        """Training log, one line an optimizer step: step, epoch, loss."""
        return self.path / "losses.jsonl"

    @property
    def first_step(self) -> Path:
        """What the level computed before anything was trained: one `records.FirstStep`."""
        return self.path / "first_step.json"

    @property
    def adapter(self) -> Path:
        """The adapter in PEFT format; exists only once training has ended."""
        return self.path / "adapter"

    @property
    def plan(self) -> Path:
        """The batch plan: what is asked, in which batches."""
        return self.path / "plan.json"

    @property
    def answers(self) -> Path:
        """One `records.Answer` a line."""
        return self.path / "answers.jsonl"

    @property
    def likelihood(self) -> Path:
        """Teacher-forced likelihoods, one item a line."""
        return self.path / "likelihood.jsonl"

    @property
    def distributions(self) -> Path:
        """Of the reference level: its most probable tokens wherever others are compared with it."""
        return self.path / "distributions.npz"

    @property
    def repeats(self) -> Path:
        """One `records.Repeated` a line."""
        return self.path / "repeats.jsonl"

    @property
    def resources(self) -> Path:
        """Measured memory and speed, by resource name."""
        return self.path / "resources.json"

    @property
    def status(self) -> Path:
        """How far this variant is, phase by phase, and why it stopped."""
        return self.path / "status.json"

    def log(self, phase: str) -> Path:
        """What the process of that phase printed."""
        return self.path / f"{phase}.log"


@dataclass(frozen=True, slots=True)
class RunFolder:
    """The folder in which a suite's execution lives."""

    path: Path

    @property
    def suite(self) -> Path:
        """The suite as it was run, `--set` changes included."""
        return self.path / "suite.toml"

    @property
    def environment(self) -> Path:
        """Software, hardware and threads."""
        return self.path / "environment.json"

    @property
    def corpus(self) -> Path:
        """The corpus folder."""
        return self.path / "corpus"

    @property
    def results(self) -> Path:
        """results.json."""
        return self.path / "results.json"

    @property
    def report(self) -> Path:
        """report.html."""
        return self.path / "report.html"

    @property
    def lock(self) -> Path:
        """Held by the one process that writes here."""
        return self.path / ".lock"

    def variant(self, name: str, trained: str) -> VariantFolder:
        """The folder of a variant; `trained` is its fingerprint (64 hex digits)."""
        return VariantFolder(self.path / "variants" / f"{name}--{trained[:12]}")
