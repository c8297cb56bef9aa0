"""Loading a model at a quantization level, and proving that this is what was loaded."""

from __future__ import annotations

import gc
import logging
from dataclasses import dataclass
from typing import Any

import torch

from harness import catalog
from harness.errors import PhaseFailure
from harness.models import residence
from harness.models.chat import ChatFormat, open_chat
from harness.models.layers import expected_count, linear_layers
from harness.models.perturbation import perturb
from harness.models.quantization.level import Level, shape
from harness.records import PhaseJob, ResolvedModel, Resources

# bitsandbytes offers a kernel that would be fetched as code; we fetch none and need not hear of it.
logging.getLogger("bitsandbytes.backends.cpu.ops").setLevel(logging.ERROR)

_TOLERANCE = 0.02
"""Relative: partial blocks of small layers take a little more than the formula says."""


@dataclass(slots=True, kw_only=True)
class Loaded:
    """A model in memory with its tokenizer, in evaluation mode and without an adapter."""

    model: Any
    tokenizer: Any
    chat: ChatFormat
    quantization: str
    level: Level
    device: torch.device
    layers: int
    """Linear layers the architecture has, the output head apart."""
    peak_bytes: int | None = None
    """The most memory that loading took: on CUDA allocated, else resident above the start."""
    kernel: str = "torch"
    """Which way the linear layers are computed when answering."""

    def verify(self) -> None:
        """Raise PhaseFailure unless the model in memory is what the level declares.

        Looks at number, type, state and bits of the linear layers and at where they are. Called
        after loading, and again after the last forward, as a forward can change layers.
        """
        found = linear_layers(self.model)
        if len(found) != self.layers:
            raise PhaseFailure(
                f"{self.quantization}: {len(found)} linear layers in memory, "
                f"the architecture has {self.layers}"
            )
        for name, layer in found.items():
            self.level.verify_layer(name, layer)
            weight: Any = layer.weight
            if weight.device != self.device:
                raise PhaseFailure(f"layer {name} is on {weight.device}, not on {self.device}")
        self._verify_bits(list(found.values()))

    def allow_packing(self) -> str:
        """Let layers take their fastest form for answering; returns the kernel path's name.

        Only in a process that will not train, merge or save the model afterwards.
        """
        self.kernel = self.level.allow_packing(self.model)
        return self.kernel

    def _verify_bits(self, layers: list[Any]) -> None:
        weights = [shape(layer)[0] * shape(layer)[1] for layer in layers]
        expected = sum(
            self.level.expected_bits(layer) * count
            for layer, count in zip(layers, weights, strict=True)
        ) / sum(weights)
        stored = sum(self.level.stored_bytes(layer) for layer in layers)
        bits = 8 * stored / sum(weights)
        if abs(bits - expected) > _TOLERANCE * expected:
            raise PhaseFailure(
                f"{self.quantization}: {bits:.3f} bits a weight in memory, {expected:.3f} declared"
            )


def load_variant(job: PhaseJob) -> Loaded:
    """The model as the variant of a phase has it: at its level, and with its noise on the weights.

    What is trained, asked, read off and measured is loaded by this alone, so that it is the same.
    Raises as `load` does.
    """
    variant = job.variant
    noise = (variant.perturb, variant.seed) if variant.perturb else None
    return load(job.model, variant.quantization, job.device, noise)


def load(
    model: ResolvedModel,
    quantization: str,
    device: str,
    noise: tuple[float, int] | None = None,
) -> Loaded:
    """The model at that level on that device ("cpu", "cuda" or "cuda:N"), verified.

    `noise` is the scale and the seed of what its weights are perturbed by (see `perturbation`).
    Raises PhaseFailure where memory does not hold what the level declares, Unavailable where this
    machine cannot run it. No code that comes with a model is run and nothing is fetched.
    """
    level: Level = catalog.load(catalog.get("level", quantization).target)
    place = _place(device)
    chat = open_chat(model.path)
    network, peak = _read(model, level, place, noise)
    loaded = Loaded(
        model=network,
        tokenizer=chat.tokenizer,
        chat=chat,
        quantization=quantization,
        level=level,
        device=place,
        layers=expected_count(model.path),
        peak_bytes=peak,
    )
    loaded.verify()
    return loaded


def _place(device: str) -> torch.device:
    """The device with its number, as the weights on it name it: "cuda" alone is the current one."""
    if device == "cuda":
        return torch.device("cuda", torch.cuda.current_device())
    return torch.device(device)


def _read(
    model: ResolvedModel, level: Level, place: torch.device, noise: tuple[float, int] | None
) -> tuple[Any, int | None]:
    """The network in evaluation mode, and the peak memory of reading it.

    Reading holds the file's pages and unquantized copies for a moment. Memory marks start anew
    afterwards, so that the peak of the work that follows is its own.
    """
    from transformers import AutoModelForCausalLM
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()
    arguments = level.arguments(place)
    before = residence.held() if residence.reset_peak() else None
    network = AutoModelForCausalLM.from_pretrained(
        model.path,
        device_map={"": place},
        use_safetensors=True,
        trust_remote_code=False,
        local_files_only=True,
        **arguments,
    )
    network.eval()
    level.prepare(network)
    if noise is not None:
        perturb(network, *noise)
    gc.collect()
    residence.give_back()
    most = residence.peak()
    peak = most - before if most is not None and before is not None else None
    residence.reset_peak()
    if place.type == "cuda":
        peak = torch.cuda.max_memory_allocated(place)
        torch.cuda.reset_peak_memory_stats(place)
    return network, peak


def weight_resources(loaded: Loaded) -> Resources:
    """Stored bytes of the whole model and bits a weight of its linear layers.

    Both count quantization state, which `get_memory_footprint` leaves out. Adapters are no part
    of it.
    """
    layers = linear_layers(loaded.model)
    linear = sum(loaded.level.stored_bytes(layer) for layer in layers.values())
    weights = sum(shape(layer)[0] * shape(layer)[1] for layer in layers.values())
    found: Resources = {
        "memory.weights_bytes": linear + _other_bytes(loaded.model, layers),
        "memory.linear_bytes": linear,
        "memory.bits_per_parameter": 8 * linear / weights,
    }
    if loaded.peak_bytes is not None:
        found["memory.peak_load_bytes"] = loaded.peak_bytes
    return found


def _other_bytes(model: Any, layers: dict[str, Any]) -> int:
    """Bytes of what is not a linear layer's weight: embeddings, norms, biases, buffers.

    Tensors that share their storage (tied embeddings) count once.
    """
    counted = {id(layer.weight) for layer in layers.values()}
    seen: set[int] = set()
    total = 0
    for name, tensor in [*model.named_parameters(), *model.named_buffers()]:
        if "lora_" in name or id(tensor) in counted or tensor.data_ptr() in seen:
            continue
        seen.add(tensor.data_ptr())
        total += tensor.numel() * tensor.element_size()
    return total
