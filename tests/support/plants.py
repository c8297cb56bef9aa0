"""Defects that an upgrade could bring, planted between us and the libraries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
import torch

from harness.models import adapters
from harness.models.load import Loaded
from harness.models.quantization.four_bits import FourBits
from harness.records import Adapter, Variant
from harness.training import trainer

Plant = Callable[[pytest.MonkeyPatch], None]


def swapped_level(patch: pytest.MonkeyPatch) -> None:
    """nf4 is declared and fp4 is loaded."""
    own = FourBits.arguments
    patch.setattr(FourBits, "arguments", lambda self, at: own(replace(self, code="fp4"), at))


def swapped_level_unseen(patch: pytest.MonkeyPatch) -> None:
    """The same, and what is in memory says that it were nf4."""
    swapped_level(patch)
    own = FourBits.verify_layer

    def verify(self: FourBits, name: str, layer: Any) -> None:
        own(replace(self, code="fp4"), name, layer)

    patch.setattr(FourBits, "verify_layer", verify)


def once_attached(patch: pytest.MonkeyPatch, change: Callable[[Any], None]) -> None:
    """Change the model between loading and training."""
    own = adapters.attach

    def attach(loaded: Loaded, adapter: Adapter, seed: int) -> Any:
        model = own(loaded, adapter, seed)
        change(model)
        return model

    patch.setattr(adapters, "attach", attach)


def halved_layer(number: int) -> Plant:
    """The gradient of one layer's adapter comes out half as long."""

    def plant(patch: pytest.MonkeyPatch) -> None:
        def change(model: Any) -> None:
            for name, parameter in model.named_parameters():
                if f"layers.{number}." in name and parameter.requires_grad:
                    parameter.register_hook(lambda gradient: gradient * 0.5)

        once_attached(patch, change)

    return plant


def lost_norm(number: int) -> Plant:
    """The weights of a layer's first norm are not read from the file."""

    def plant(patch: pytest.MonkeyPatch) -> None:
        def change(model: Any) -> None:
            layer = model.get_base_model().model.layers[number]
            layer.input_layernorm.weight.data.fill_(1.0)

        once_attached(patch, change)

    return plant


def halved_rate(patch: pytest.MonkeyPatch) -> None:
    """The optimizer is given half the learning rate."""
    own = trainer.sft_config

    def config(variant: Variant, *others: Any) -> Any:
        rate = variant.training.learning_rate / 2
        slower = replace(variant.training, learning_rate=rate)
        return own(replace(variant, training=slower), *others)

    patch.setattr(trainer, "sft_config", config)


def repacked_layers(patch: pytest.MonkeyPatch) -> None:
    """4-bit layers are repacked for answering before they are trained on (bitsandbytes, CPU)."""
    patch.setattr(FourBits, "prepare", lambda self, model: model.requires_grad_(False))
    own = adapters.attach

    def attach(loaded: Loaded, adapter: Adapter, seed: int) -> Any:
        loaded.model.eval()
        with torch.no_grad():
            loaded.model(input_ids=torch.tensor([[1, 2, 3, 4]]))
        return own(loaded, adapter, seed)

    patch.setattr(adapters, "attach", attach)


PLANTS: Mapping[str, Plant] = {
    "4-bit type swapped, and seen": swapped_level,
    "4-bit type swapped, unseen": swapped_level_unseen,
    "gradients of layer 17 halved": halved_layer(17),
    "norm weights of layer 10 lost": lost_norm(10),
    "learning rate halved": halved_rate,
    "4-bit layers repacked before training": repacked_layers,
}
"""For a model of at least 18 layers."""
