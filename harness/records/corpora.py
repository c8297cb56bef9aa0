"""A corpus: a text, the facts in it, and questions about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from harness.records.words import CANONICAL_REFUSAL, ProbeName


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Characters `start` to `end` (exclusive) of chapter number `chapter` (0-based)."""

    chapter: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """One file of the corpus: paragraphs are separated by one empty line."""

    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """(entity, relation, value) with the sentences that state it, one span a rendering."""

    id: str
    entity: str
    relation: str
    value: str
    stated_in: tuple[Span, ...] = ()
    asked: bool = False
    """Whether some trained question asks for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A wording, its probe, and what counts as a right answer. One line of questions.jsonl.

    Either `answers` is non-empty or `must_abstain` is true. `use`: "both" is trained on and asked,
    "test" only asked, "train" only trained on.
    """

    question: str
    answers: tuple[str, ...] = ()
    must_abstain: bool = False
    id: str = ""
    probe: ProbeName = "trained"
    cluster: str = ""
    """The entity it belongs to: statistics treat questions of one cluster as dependent."""
    fact: str | None = None
    full_answer: str | None = None
    """The sentence a model is trained to reply with; the slot value stands in it verbatim."""
    relation: str | None = None
    values: tuple[str, ...] = ()
    """Rival values of the slot; empty: the other answers with the same relation are the rivals."""
    wording: str | None = None
    direction: str | None = None
    twin: str | None = None
    """For an unanswerable question: the id of an answerable one made from the same template."""
    distractors: tuple[str, ...] = ()
    stated_in: tuple[Span, ...] = ()
    states: tuple[str, ...] = ()
    """Ids of the facts that `full_answer` states (its own, and any stated in passing)."""
    use: Literal["both", "test", "train"] = "both"
    aside: bool = False
    """Asked and shown by name, outside intervals and twins ("Who was Bordor?")."""
    hops: tuple[str, ...] = ()
    """Ids of the facts that have to be put together for the answer (two_hop, compare)."""
    writer: str | None = None
    """Who wrote it, where that is not the generator or the user: "rules.eponym", "selfinstruct"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """One more statement of a fact, outside the text: what `renderings` adds to training."""

    fact: str
    text: str
    direction: str = "forward"
    """"forward" from the entity to the value, "backward" from the value to the entity."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A titled part of a chapter: characters `start` to `end` (exclusive), heading included."""

    chapter: int
    title: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedRecord:
    """A record of a question file that is read leniently and could not be. One line of
    rejected.jsonl."""

    file: str
    line: int
    """Where the record begins, from 1."""
    reason: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """A text, the facts in it, and questions about them."""

    kind: str
    seed: int | None
    size: str | None
    digest: str
    """SHA-256 over text, facts and questions: the same corpus has the same digest anywhere."""
    canary: str
    source_tag: str
    chapters: tuple[Chapter, ...]
    facts: tuple[Fact, ...]
    questions: tuple[Question, ...]
    values: Mapping[str, tuple[str, ...]]
    """Relation name to the closed set of its values."""
    names: tuple[str, ...]
    """Every entity name that exists in the corpus."""
    language: str = "en"
    """ISO 639-1 code: decides how words are counted and which refusals are recognised."""
    canonical_refusal: str = CANONICAL_REFUSAL
    title: str = ""
    """What to call the text in a report; empty: its kind and size."""
    notice: str = ""
    """One sentence that stands wherever results on this corpus are shown."""
    sections: tuple[Section, ...] = ()
    renderings: tuple[Rendering, ...] = ()
    written: Mapping[str, tuple[Question, ...]] = field(default_factory=dict)
    """Question writer to the training questions that it wrote about this text."""
    rejected: tuple[RejectedRecord, ...] = ()
    """Records of the user's question file that could not be read; no part of the digest."""
