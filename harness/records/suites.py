"""A suite and its variants: what is to be trained, asked and measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from harness.records.words import ProbeName, RecipeName, TagPlace


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelChoice:
    """Which model: a preset's name, or a folder given by path, or a hub repository id as name."""

    name: str
    path: str | None = None
    revision: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusChoice:
    """Which corpus: generated from kind, size and seed, or read from a folder or from files."""

    kind: str = "fiction"
    """"fiction", "surgery" or "files"."""
    size: str = ""
    """Fiction: XS (the default), S, M, L. Surgery: small (the default, shipped), book."""
    seed: int = 7
    path: str | None = None
    """A corpus folder, for kind "files"."""
    text: str | None = None
    """A file: the user's own text, or the downloaded book."""
    questions: str | None = None
    """A file of the user's own questions."""
    write_questions: str = ""
    """Question writer for a text without questions: rules, entities, selfinstruct; "": the
    kind's own (rules where the text has no questions)."""
    chapters: tuple[int, ...] = ()
    """Numbers (from 1) of the chapters to use; empty: all."""
    language: str = ""
    """ISO 639-1 code; empty: told from the script of the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """How a local model writes questions about a text (self-instruction)."""

    model: ModelChoice | None = None
    """None: the suite's own model."""
    quantization: str = "nf4"
    prompt: str = ""
    """What the model is told, with `{pairs}` and `{window}`; "": the default prompt."""
    pairs: int = 20
    """Pairs asked for in one window."""
    openings: tuple[str, ...] = ()
    """How replies begin, one reply and one pair an opening ("Q: Who"); empty: those of the default
    prompt, and with a prompt of one's own a single reply that holds all pairs."""
    window_words: int = 200
    overlap_words: int = 50
    max_new_tokens: int = 640
    batch_size: int = 8
    max_seconds: float | None = None
    """Stop writing after this long and go on with what there is; None: all windows."""
    fill: bool = False
    """A second pass that asks about uncovered sentences only."""
    threads: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How the corpus becomes training examples."""

    name: RecipeName = "base"
    abstain_fraction: float = 0.0
    """Share of all training examples whose answer is the canonical refusal."""
    renderings: int | None = None
    """Exactly this many statements of a fact, taken from the text and, where that has fewer, from
    the corpus's further renderings; None: those of the text. Tokens seen stay equal."""
    writer: str = "truth"
    """Who wrote the training questions: "truth" is the corpus itself, else a question writer."""
    examples: int | None = None
    """Use only this many training questions, drawn by the seed; None: all."""
    control: str = ""
    """A control adapter: "other_world" trains on the world of another seed, "shuffled_answers" on
    the same questions with each other's answers; "": none."""


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

    epochs: float = 12
    """Passes over the examples; `renderings` scales it so that the tokens seen stay equal."""
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
    likelihood: bool = False
    """Also read off the probabilities of right and of perturbed answers and of neutral text, in a
    phase of its own: likelihood.*, quantization.kl."""
    repeats: tuple[str, ...] = ()
    """Ask again in a fresh process, and how: process, rerun, batch_1, batch_4, batch_16, sampled
    (temperature 1), shipped (the model's own generation_config): determinism.*."""
    repeat_draws: int = 5
    """Replies to each question under sampled and shipped."""
    repeat_sample: int | None = None
    """Repeat only this many questions, drawn by the seed; None: all that are asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """Which speeds are measured, and how often."""

    phases: tuple[str, ...] = ("train", "prefill", "decode")
    repeats: int = 1
    processes: int = 1
    """Fresh processes a variant is measured in, in rounds of which each has every variant once;
    five and more can be gated. The same for all variants of a suite."""


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
    perturb: float = 0.0
    """Multiply every weight of the base model by 1 + perturb z, z standard normal, before anything
    is trained or asked; 0: leave it as it is. At full precision only."""

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
    writing: Writing = field(default_factory=Writing)
    timeout: float | None = None
    """Seconds after which a phase is stopped and its variant fails; None: never."""
