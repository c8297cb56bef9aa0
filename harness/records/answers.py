"""Answers, their verdicts, and the scores and results made of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from harness.records.corpora import Question
from harness.records.jobs import Resources
from harness.records.words import StatusName, StopName, VerdictName


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One reply, its token ids and why it stopped: a line of answers.jsonl. Holds no times."""

    asked: str
    question: str
    """The question's id; for a text continuation "reproduction:START" (token offset)."""
    form: str
    draw: int
    """0 is the greedy answer; sampled draws count from 1."""
    batch: int
    text: str
    ids: tuple[int, ...]
    prompt_tokens: int
    new_tokens: int
    stop: StopName
    logprob_sum: float
    first_ids: tuple[int, ...]
    """The first 16 token ids of the prompt, to show that the template was applied once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated:
    """A reply given once more in a fresh process: a line of repeats.jsonl."""

    how: str
    """"process", "rerun", "batch_1", "batch_4", "batch_16", "sampled" or "shipped"."""
    answer: Answer
    """`draw` 0 where decoding is greedy; sampled draws count from 1."""
    differs_at: int | None = None
    """Greedy ones: position of the first new token that is not that of the stored answer."""
    gap: float | None = None
    """At that position: largest logit minus that of the token that was stored; 0 is a tie."""
    decoding: str = ""
    """"shipped": what the model's own settings ask for in words, and what of it is not done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Likelihood:
    """What a model gives a known continuation, token by token: a line of likelihood.jsonl."""

    asked: str
    item: str
    """A question's id, or "neutral:N" for a passage of text that no corpus holds."""
    logprobs: tuple[float, ...]
    """Natural log-probability of each token of the gold answer (or of the passage)."""
    perturbed: tuple[tuple[float, int], ...] = ()
    """Sum of log-probabilities and number of tokens of the gold answer with another value in it."""
    kl: tuple[float, ...] = ()
    """Divergence from the reference level in nats, a token; empty for the reference itself."""
    top1: tuple[bool, ...] = ()
    """Whether the most probable token is that of the reference level; empty as above."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """An answer with its verdict and everything a reader needs to check it."""

    answer: Answer
    question: Question
    verdict: VerdictName
    shown: bool
    """Whether a training example of this variant states the fact asked for."""
    invented: bool
    """Unanswerable questions: answered with content. False for answerable ones."""
    kind: str | None = None
    """Invented answers: "borrowed", "in_world", "out_of_world", "echo"."""
    borrowed_from: str | None = None
    """Id of the shown fact whose value an invented answer gives."""
    letter_distance: int | None = None
    """Edit distance between the asked name and the name of `borrowed_from`."""
    flags: frozenset[str] = frozenset()
    """Of: contains, shotgun, hedged, strict, lexicon_only, denial, markup_leak, recited,
    corrected, answers_after, tag, empty, loop, degenerate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A value with its 95 % interval, n items and number of clusters. None: not to be computed."""

    value: float | None
    low: float | None
    high: float | None
    n: int
    clusters: int
    protocol: str = ""
    """What it was computed under, as 12 hex digits: prompt, decoding, normalizer and detectors.
    Scores of different protocols are not compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantResult:
    """One variant's row of results.json."""

    name: str
    trained: str
    status: StatusName
    error: str | None
    config: Mapping[str, Any]
    verdicts: Mapping[str, Mapping[str, int]]
    scores: Mapping[str, Score]
    resources: Resources


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """results.json as a whole; `schema` 1."""

    suite: Mapping[str, Any]
    corpus: Mapping[str, Any]
    environment: Mapping[str, Any]
    variants: tuple[VariantResult, ...]
    schema: int = 1
