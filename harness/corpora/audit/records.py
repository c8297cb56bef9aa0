"""What an audit finds: plain data, every number with the count that it was made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from harness.records import Score

Unit = Literal["tokens", "words"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearest:
    """A question and the training question that is most like it."""

    question: str
    """The question's id."""
    text: str
    training: str
    """The training question's id; "" where none shares a word with it."""
    training_text: str
    similarity: float
    """Dice's coefficient of the two sets of words, 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeOverlap:
    """How far the questions of one probe were already met in training."""

    probe: str
    n: int
    """Questions asked."""
    exact: int
    """Of these, the ones that are a training question too, case and punctuation apart."""
    trigrams: float
    """Mean share of a question's runs of three words that stand in some training question."""
    similarity: float | None
    """Median similarity to the nearest training question; None without training questions."""
    alike: int
    """Not the same, but nearly (similarity of `ALIKE` or more), with the same answer."""
    answerable: int
    """Questions that have an answer: the next two count among these."""
    answers: int
    """Questions of which some accepted answer is the answer to a training question."""
    copied: int
    """Questions that the answer of the nearest training question answers correctly."""
    closed: int
    """Answerable questions whose answers come from a closed set that the corpus declares."""
    nearest: tuple[Nearest, ...]
    """The most similar pairs that are not the same question, the most similar first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """Training questions of one writer against every probe."""

    writer: str
    """"truth" for the corpus's own questions, else the question writer."""
    training: int
    """Training questions that have an answer."""
    refusals: int
    """Training questions whose answer is the refusal; some recipes leave them out."""
    repeated: int
    """Training questions that an earlier one says word for word."""
    contradicting: int
    """Repeated ones that do not have an answer in common with the earlier one."""
    probes: tuple[ProbeOverlap, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationChance:
    """What can be had by guessing, for the questions about one relation."""

    relation: str
    """"" for questions that name no relation."""
    n: int
    """Answerable questions asked."""
    values: int
    """Values to choose from: the closed set, or where there is none the different answers."""
    declared: bool
    """Whether the corpus declares the closed set."""
    chance: float
    """1 / values."""
    majority: str
    """The most frequent answer."""
    majority_n: int
    """Questions that it answers."""
    choices: int
    """Questions that are a choice between two answers and say so: of the probe `choice`."""

    @property
    def majority_share(self) -> float:
        """What an answerer gets who always says the most frequent answer."""
        return self.majority_n / self.n


@dataclass(frozen=True, slots=True, kw_only=True)
class Contamination:
    """What the untuned model already answers, for one probe or ("") all answerable ones."""

    probe: str
    right: Score
    chance: float
    """Mean over the questions of one in so many values of the relation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TwinBalance:
    """The unanswerable questions of one probe beside their answerable twins."""

    probe: str
    n: int
    """Unanswerable questions asked, those that are only shown by name left out."""
    twins: int
    """Those with an answerable twin. The next four count among these pairs."""
    longer: int
    """Pairs in which the unanswerable question has more words, its name not counted."""
    shorter: int
    other_wording: int
    """Pairs that differ in more than the name."""
    other_relation: int
    untwinned: tuple[str, ...]
    """Ids of those without a twin, at most ten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lengths:
    """How long one kind of text is, in the audit's unit."""

    what: str
    n: int
    least: int
    median: int
    most: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FactCoverage:
    """Whether the facts of one relation ("" for all) are asked for."""

    relation: str
    n: int
    trained: int
    """Facts that some training question asks for."""
    tested: int
    """Facts that no training question asks for, but some test question."""
    missing: tuple[str, ...]
    """Facts that no question asks for, as "entity: value", at most ten."""

    @property
    def never(self) -> int:
        """Facts that no question asks for."""
        return self.n - self.trained - self.tested


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """All that was found about a corpus before, or beside, any training."""

    corpus: Mapping[str, str | int | None]
    """title, notice, kind, size, seed, digest."""
    unit: Unit
    overlaps: tuple[Overlap, ...]
    relations: tuple[RelationChance, ...]
    contamination: tuple[Contamination, ...]
    """Empty where no run of the untuned model was given."""
    twins: tuple[TwinBalance, ...]
    lengths: tuple[Lengths, ...]
    facts: tuple[FactCoverage, ...]
    concerns: tuple[str, ...]
    """What should worry a reader, a sentence each; empty where nothing does."""
