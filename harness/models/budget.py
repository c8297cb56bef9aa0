"""Will it fit, and how long will it take? A forecast from a model folder, without torch.

Shapes come from the headers of the safetensors files. Memory is added up by component; time
divides floating-point operations by rates measured on one machine, so it is a rough guide.
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from harness.errors import UserError
from harness.records import Variant

_HEADER_BYTES = 8
_NOT_LINEAR = ("embed", "wte", "wpe", "lm_head", "embed_out", "norm", "ln_")
_SCALES = {"int8": 8.0, "fp4": 4.5, "nf4": 4.5, "nf4_dq": 4.127}
"""Bits a weight with quantization state; int8's scale a row comes on top."""
_ADAM_BYTES = 8
_FLOAT_BYTES = 4

TRAIN_FLOP_PER_S = 100e9
"""A thread, shared-prefix packing included: 5 examples of 72 tokens a second of a 135M model on
two cores of an AVX-512 server."""
ANSWER_FLOP_PER_S = 50e9
"""A thread: 6 answers of about 60 tokens a second on the same machine."""
GPU_FLOP_PER_S = 20e12
KEPT = 1.4
"""Elements kept for the backward pass, over features in and out of all linear layers."""
KERNELS = 40_000_000
"""Bytes of compiled kernels and scratch space."""
START_S = 8.0
"""Starting a process and loading, a phase."""
ANSWER_TOKENS = 60
"""Tokens of a short prompt without the shared prefix, and of its answer."""


@dataclass(frozen=True, slots=True)
class Shapes:
    """Counts of weights, and the sizes that activations depend on."""

    linear: int
    """Weights of linear layers, the output head apart."""
    rows: int
    """Output features of all linear layers: one int8 scale each."""
    ends: int
    """Input plus output features of all linear layers: adapter weights a unit of rank."""
    other: int
    """Embeddings, norms, biases and an untied head."""
    vocabulary: int
    hidden: int
    layers: int
    cache: int
    """Elements of keys and values a token."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """Bytes by component and seconds by phase of one variant."""

    weights: int
    adapter: int
    optimizer: int
    """Gradients and Adam's two moments of the adapter."""
    activations: int
    """What a training step keeps for its backward pass."""
    logits: int
    cache: int
    """Keys and values of a batch of answers."""
    train_s: float
    answer_s: float

    @property
    def train_bytes(self) -> int:
        """Peak of training; 0 for an untuned variant."""
        if not self.adapter:
            return 0
        return self.weights + self.adapter + self.optimizer + self.activations + self.logits

    @property
    def answer_bytes(self) -> int:
        """Peak of answering."""
        return self.weights + self.adapter + self.cache + self.logits

    @property
    def seconds(self) -> float:
        """All phases, starting and loading included."""
        phases = 3 if self.adapter else 2
        return self.train_s + self.answer_s + phases * START_S

    def cells(self) -> tuple[str, str, str]:
        """Peak of training, peak of answering, and time, as a table shows them."""
        train = f"{self.train_bytes / 1e6:.0f} MB" if self.adapter else "-"
        minutes = self.seconds / 60
        time = f"~{self.seconds:.0f} s" if minutes < 2 else f"~{minutes:.0f} min"
        return train, f"{self.answer_bytes / 1e6:.0f} MB", time


def predict(
    folder: Path,
    variant: Variant,
    *,
    tokens: int,
    questions: int,
    device: str,
    examples: int | None = None,
) -> Budget:
    """Memory and time of one variant of the model in `folder`.

    `tokens` and `examples` are those of one epoch, `questions` all that is asked. Where `examples`
    is not known, each is taken to have 64 tokens.
    """
    shapes = read_shapes(folder)
    width = _working_bytes(variant.quantization, device)
    parameters = variant.adapter.rank * shapes.ends if variant.tuned else 0
    count = examples or max(1, tokens // 64)
    batch_tokens = variant.training.batch_size * tokens / count
    chat = variant.recipe.name in ("base", "instruct")
    predicted = batch_tokens / 3 if chat else batch_tokens
    asked = variant.ask.batch_size
    room = ANSWER_TOKENS + variant.ask.max_new_tokens
    training = tokens * variant.training.epochs if variant.tuned else 0
    gpu = GPU_FLOP_PER_S if device.startswith("cuda") else None
    active = shapes.linear + shapes.vocabulary * shapes.hidden / 3
    return Budget(
        weights=_weight_bytes(shapes, variant.quantization, width),
        adapter=parameters * _FLOAT_BYTES,
        optimizer=parameters * (_FLOAT_BYTES + _ADAM_BYTES),
        activations=_activation_bytes(shapes, batch_tokens, width) if variant.tuned else 0,
        logits=round(max(predicted if variant.tuned else 0, asked) * shapes.vocabulary * 8),
        cache=asked * room * shapes.cache * width,
        train_s=training
        * (4 * active + 6 * parameters)
        / (gpu or variant.threads * TRAIN_FLOP_PER_S),
        answer_s=questions
        * ANSWER_TOKENS
        * 2
        * (active + parameters)
        / (gpu or variant.threads * ANSWER_FLOP_PER_S),
    )


def read_shapes(folder: Path) -> Shapes:
    """Weights counted from the headers of the safetensors files in `folder`.

    Raises UserError where the folder's config or weights cannot be read as a model's.
    """
    try:
        return _read_shapes(folder)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, struct.error) as error:
        raise UserError(
            f"cannot tell the sizes of the model in {folder}: {_reason(error)}",
            "a plan needs its config.json and safetensors whole",
        ) from error


def _reason(error: Exception) -> str:
    """The first line of an error; a missing key says no more than its name."""
    if isinstance(error, KeyError):
        return f"no {error.args[0]}"
    return (str(error).splitlines() or [type(error).__name__])[0]


def _read_shapes(folder: Path) -> Shapes:
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    linear = rows = ends = other = 0
    for name, shape in _tensors(folder):
        count = 1
        for size in shape:
            count *= size
        if len(shape) == 2 and not any(part in name for part in _NOT_LINEAR):
            linear, rows, ends = linear + count, rows + shape[0], ends + sum(shape)
        else:
            other += count
    hidden = _first(config, "hidden_size", "n_embd", "d_model")
    layers = _first(config, "num_hidden_layers", "n_layer", "num_layers")
    heads = _first(config, "num_attention_heads", "n_head", "num_heads")
    groups = config.get("num_key_value_heads") or heads
    return Shapes(
        linear=linear,
        rows=rows,
        ends=ends,
        other=other,
        vocabulary=_first(config, "vocab_size"),
        hidden=hidden,
        layers=layers,
        cache=2 * layers * groups * (config.get("head_dim") or hidden // heads),
    )


def _tensors(folder: Path) -> list[tuple[str, list[int]]]:
    """Name and shape of every tensor, from the files' headers."""
    found = []
    for path in sorted(folder.glob("*.safetensors")):
        with path.open("rb") as file:
            (size,) = struct.unpack("<Q", file.read(_HEADER_BYTES))
            if size > path.stat().st_size:
                raise ValueError(f"{path.name} is cut off or no safetensors file")
            header: dict[str, Any] = json.loads(file.read(size))
        found += [
            (name, list(entry["shape"])) for name, entry in header.items() if name != "__metadata__"
        ]
    return found


def _first(config: dict[str, Any], *names: str) -> int:
    """The value under the first of these names that a config has; KeyError for none."""
    for name in names:
        if config.get(name) is not None:
            return int(config[name])
    raise KeyError(names[0])


def _weight_bytes(shapes: Shapes, level: str, width: int) -> int:
    bits = _SCALES.get(level, 8.0 * width)
    scales = _FLOAT_BYTES * shapes.rows if level == "int8" else 0
    return round(shapes.linear * bits / 8) + scales + shapes.other * width


def _activation_bytes(shapes: Shapes, tokens: float, width: int) -> int:
    """What a token keeps for the backward pass, in proportion to what the linear layers take in
    and give out. Factors fitted to measured peaks; 16-bit models keep much of it in 32 bit."""
    return round(tokens * shapes.ends * KEPT * (3.3 if width == 2 else 4.0)) + KERNELS


def _working_bytes(level: str, device: str) -> int:
    """Bytes of an activation: those of the level, or of the device's working type."""
    if level == "fp32":
        return 4
    if level in ("bf16", "fp16") or device.startswith("cuda"):
        return 2
    return 2 if _cpu_has_bf16() else 4


@cache
def _cpu_has_bf16() -> bool:
    path = Path("/proc/cpuinfo")
    text = path.read_text(errors="replace") if path.exists() else ""
    return "avx512_bf16" in text or "amx_bf16" in text
