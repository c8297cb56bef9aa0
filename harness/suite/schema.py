"""What a suite file may say. Defaults live in `records`; here are only names, types and limits."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from harness.records import TagPlace

UNSET: Any = None
"""A key that the file leaves out keeps the default of `records`: only set keys are read."""

Count = Annotated[int, Field(ge=1)]
Share = Annotated[float, Field(ge=0, lt=1)]
Positive = Annotated[float, Field(gt=0)]
NotNegative = Annotated[float, Field(ge=0)]
Word = Annotated[str, Field(min_length=1)]


Optimizer = Literal[
    "adamw_torch",
    "adafactor",
    "sgd",
    "rmsprop",
    "adagrad",
    "adamw_8bit",
    "paged_adamw_8bit",
    "paged_adamw_32bit",
]
"""Names in transformers of what torch and bitsandbytes bring; others need a package we do not."""


RepeatName = Literal["process", "rerun", "batch_1", "batch_4", "batch_16", "sampled", "shipped"]


class Table(BaseModel):
    """A table of the file: unknown keys, numbers in quotes, infinities and NaN are refused."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)


class ModelTable(Table):
    """`[model]`: a preset or hub repository by name, or a folder by path.

    `model = "NAME"` is short for it.
    """

    name: Word = UNSET
    path: Word = UNSET
    revision: Word = UNSET


class CorpusTable(Table):
    """`[corpus]`."""

    kind: Literal["fiction", "surgery", "files"] = UNSET
    size: Literal["XS", "S", "M", "L", "small", "book"] = UNSET
    seed: Annotated[int, Field(ge=0)] = UNSET
    path: Word = UNSET
    text: Word = UNSET
    questions: Word = UNSET
    write_questions: Word = UNSET
    chapters: Annotated[list[Count], Field(min_length=1)] = UNSET
    language: Annotated[str, Field(pattern="^[a-z]{2}$")] = UNSET


class WritingTable(Table):
    """`[writing]`: how a local model writes questions about a text."""

    model: ModelTable = UNSET
    quantization: Word = UNSET
    prompt: Word = UNSET
    pairs: Count = UNSET
    openings: Annotated[list[Word], Field(min_length=1)] = UNSET
    window_words: Annotated[int, Field(ge=20)] = UNSET
    overlap_words: Annotated[int, Field(ge=0)] = UNSET
    max_new_tokens: Annotated[int, Field(ge=16, le=4096)] = UNSET
    batch_size: Count = UNSET
    max_seconds: Positive = UNSET
    fill: bool = UNSET
    threads: Annotated[int, Field(ge=1, le=1024)] = UNSET


class AdapterTable(Table):
    """`[adapter]`."""

    rank: Annotated[int, Field(ge=1, le=4096)] = UNSET
    alpha: Count = UNSET
    dropout: Share = UNSET
    targets: Word | Annotated[list[Word], Field(min_length=1)] = UNSET


class TrainingTable(Table):
    """`[training]`."""

    epochs: Annotated[int, Field(ge=1, le=10_000)] = UNSET
    batch_size: Count = UNSET
    learning_rate: Annotated[float, Field(gt=0, le=1)] = UNSET
    schedule: Literal["constant", "linear", "cosine", "constant_with_warmup"] = UNSET
    optimizer: Optimizer = UNSET
    warmup_ratio: Share = UNSET
    weight_decay: NotNegative = UNSET
    max_grad_norm: Positive = UNSET
    gradient_accumulation: Count = UNSET
    checkpointing: bool = UNSET
    max_length: Annotated[int, Field(ge=16)] = UNSET
    until_loss: Positive = UNSET
    packing: bool = UNSET


class PromptTable(Table):
    """`[prompt]`."""

    system: str = UNSET
    source_tag: TagPlace = UNSET
    forms: Word = UNSET


class AskTable(Table):
    """`[ask]`."""

    probes: Annotated[list[Word], Field(min_length=1)] = UNSET
    max_new_tokens: Annotated[int, Field(ge=1, le=4096)] = UNSET
    batch_size: Count = UNSET
    draws: Annotated[int, Field(ge=0)] = UNSET
    temperature: NotNegative = UNSET
    reproduction: bool = UNSET
    likelihood: bool = UNSET
    repeats: Annotated[list[RepeatName], Field(min_length=1)] = UNSET
    repeat_draws: Annotated[int, Field(ge=2)] = UNSET
    repeat_sample: Count = UNSET


class MeasureTable(Table):
    """`[measure]`."""

    phases: list[Literal["train", "prefill", "decode"]] = UNSET
    repeats: Count = UNSET
    processes: Annotated[int, Field(ge=1, le=100)] = UNSET


class VariantTable(Table):
    """One variant, after lists were multiplied and the tables above were merged in."""

    name: Annotated[
        str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._]*(-[A-Za-z0-9._]+)*$", max_length=100)
    ] = UNSET
    model: ModelTable = UNSET
    recipe: Word = UNSET
    abstain_fraction: Share = UNSET
    renderings: Count = UNSET
    writer: Word = UNSET
    examples: Count = UNSET
    control: Literal["other_world", "shuffled_answers"] = UNSET
    quantization: Word = UNSET
    answerer: Word = UNSET
    seed: Annotated[int, Field(ge=0)] = UNSET
    perturb: Share = UNSET
    adapter: AdapterTable = UNSET
    training: TrainingTable = UNSET
    prompt: PromptTable = UNSET
    ask: AskTable = UNSET
    measure: MeasureTable = UNSET


class SuiteTable(Table):
    """The file as a whole; what a variant says is checked after multiplication."""

    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=100)] = UNSET
    description: str = UNSET
    model: ModelTable = UNSET
    seed: Annotated[int, Field(ge=0)] = UNSET
    threads: Annotated[int, Field(ge=1, le=1024)] = UNSET
    timeout: Positive = UNSET
    corpus: CorpusTable = UNSET
    writing: WritingTable = UNSET
    adapter: AdapterTable = UNSET
    training: TrainingTable = UNSET
    prompt: PromptTable = UNSET
    ask: AskTable = UNSET
    measure: MeasureTable = UNSET
    gate: dict[str, Annotated[float, Field(gt=0, le=1)]] = UNSET
    variants: Annotated[list[dict[str, Any]], Field(min_length=1)]
