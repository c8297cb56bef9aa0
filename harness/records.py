"""What travels between rooms: frozen, typed, free of torch. One word per concept.

Everything here is plain data. `dataclasses.asdict` of a record is what is written as JSON; tuples
become lists. Optional fields come last and default to the value that means "nothing to say".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol

ProbeName = Literal[
    "trained",
    "paraphrase",
    "text_only",
    "relational",
    "two_hop",
    "reversed",
    "choice",
    "nonexistent",
    "near_miss",
    "unstated",
    "false_premise",
    "locality",
]
RecipeName = Literal["base", "raw_text", "instruct", "mixed"]
VerdictName = Literal["correct", "wrong", "abstained", "unscored"]
PhaseName = Literal["train", "answer", "measure"]
StatusName = Literal["ok", "failed", "unavailable", "interrupted", "pending"]
StopName = Literal["end", "stop_string", "length"]
TagPlace = Literal["none", "question", "answer", "both"]

VERDICTS: tuple[VerdictName, ...] = ("correct", "wrong", "abstained", "unscored")
PHASES: tuple[PhaseName, ...] = ("train", "answer", "measure")
ANSWERABLE: tuple[ProbeName, ...] = (
    "trained",
    "paraphrase",
    "relational",
    "text_only",
    "two_hop",
    "reversed",
    "choice",
)
UNANSWERABLE: tuple[ProbeName, ...] = ("nonexistent", "near_miss", "unstated", "false_premise")

CANONICAL_REFUSAL = "I cannot answer."


# --- corpus ------------------------------------------------------------------------------------


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
    canonical_refusal: str = CANONICAL_REFUSAL


# --- suite -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelChoice:
    """Which model: a preset's name, or a folder given by path, or a hub repository id as name."""

    name: str
    path: str | None = None
    revision: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusChoice:
    """Which corpus: generated from kind, size and seed, or read from a folder."""

    kind: str = "fiction"
    size: str = "XS"
    seed: int = 7
    path: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How the corpus becomes training examples."""

    name: RecipeName = "base"
    abstain_fraction: float = 0.0
    """Share of all training examples whose answer is the canonical refusal."""
    renderings: int | None = None
    """At most this many statements of a fact from the text; None: all that the text has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Adapter:
    """LoRA: W + (alpha / rank) B A, with rank r on the target layers."""

    rank: int = 16
    alpha: int | None = None
    """None: twice the rank."""
    dropout: float = 0.0
    targets: str | tuple[str, ...] = "all_linear"


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """Settings of the optimizer and of the loop."""

    epochs: int = 12
    batch_size: int = 8
    learning_rate: float = 1e-3
    schedule: str = "constant"
    optimizer: str = "adamw_torch"
    warmup_ratio: float = 0.0
    weight_decay: float = 0.0
    max_grad_norm: float = 1.0
    gradient_accumulation: int = 1
    checkpointing: bool = False
    max_length: int = 512
    """Tokens in one example; a longer one is an error, never cut in silence."""
    until_loss: float | None = None
    """Stop after the first epoch whose mean training loss is below this."""
    packing: bool = True
    """Shared-prefix packing: same loss and gradients, fewer tokens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """What surrounds a question. `system` "" means no system prompt at all."""

    system: str = ""
    source_tag: TagPlace = "none"
    forms: str = "plain"
    """Name of a prompt-form set; "plain" is the one form that training used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What is asked and how it is decoded. `draws` 0 is greedy only."""

    probes: tuple[ProbeName, ...] = (
        "trained",
        "paraphrase",
        "relational",
        "text_only",
        "nonexistent",
        "near_miss",
        "unstated",
        "false_premise",
    )
    max_new_tokens: int = 48
    batch_size: int = 48
    draws: int = 0
    temperature: float = 0.0
    reproduction: bool = True
    """Also let the model continue the corpus text, for reproduction.verbatim."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """Which speeds are measured, and how often."""

    phases: tuple[str, ...] = ("train", "prefill", "decode")
    repeats: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One point of model x quantization x adapter x recipe x seed, and how it is asked."""

    name: str
    model: ModelChoice
    quantization: str = "fp32"
    recipe: Recipe = field(default_factory=Recipe)
    answerer: str = "model"
    seed: int = 1
    threads: int = 2
    adapter: Adapter = field(default_factory=Adapter)
    training: Training = field(default_factory=Training)
    prompt: Prompt = field(default_factory=Prompt)
    ask: Ask = field(default_factory=Ask)
    measure: Measure = field(default_factory=Measure)

    @property
    def tuned(self) -> bool:
        """Whether this variant has an adapter at all."""
        return self.recipe.name != "base"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """A TOML file, read and checked: one corpus, variants, what to ask, to measure and to gate."""

    name: str
    corpus: CorpusChoice
    variants: tuple[Variant, ...]
    gate: Mapping[str, float]
    threads: int
    source: str
    """The text of the TOML file, with `--set` changes listed in a comment at its end."""
    description: str = ""
    timeout: float | None = None
    """Seconds after which a phase is stopped and its variant fails; None: never."""


# --- a phase's job -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedModel:
    """A model on this disk: safetensors, config and tokenizer in `path`, with digests."""

    name: str
    path: Path
    weights_digest: str
    tokenizer_digest: str
    template_digest: str
    provenance: str
    """One line for the report, e.g. "de-quantized from Q4_1"."""
    license: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseJob:
    """All that a fresh process needs to train, ask or measure one variant."""

    phase: PhaseName
    variant: Variant
    model: ResolvedModel
    corpus: Path
    """A corpus folder."""
    folder: Path
    """The variant's folder inside the run."""
    device: str
    """"cpu" or "cuda" or "cuda:N"; never "auto"."""
    trained: str
    asked: str


class Progress(Protocol):
    """How a phase tells its launcher where it is."""

    def __call__(self, done: int, total: int, message: str) -> None:
        """Report `done` of `total` items and what is being done."""


Resources = dict[str, Any]
"""Resource name to a number, or to {"median": number, "samples": [number, ...]}."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One training example. `kind` "chat": a question and its reply; "text": a passage."""

    kind: Literal["chat", "text"]
    text: str = ""
    """The passage, for kind "text"."""
    system: str = ""
    question: str = ""
    answer: str = ""
    question_id: str | None = None
    facts: tuple[str, ...] = ()
    """Ids of the facts that this example states: they are *shown* to the variant."""
    abstain: bool = False


# --- answers and scores ------------------------------------------------------------------------


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
    corrected, tag, empty, loop, degenerate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A value with its 95 % interval, n items and number of clusters. None: not to be computed."""

    value: float | None
    low: float | None
    high: float | None
    n: int
    clusters: int


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
