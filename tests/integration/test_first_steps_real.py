"""Defects planted in the real model's loading and training are named as what they are."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from harness.comparing.fingerprints import held
from harness.records import FirstStep
from harness.storage.first_steps import read_first_step
from harness.storage.folders import VariantFolder
from harness.training import train
from tests.support.plants import halved_layer, swapped_level_unseen
from tests.validity.first_steps import Case, take

pytestmark = pytest.mark.real_model


def taken(folder: Path) -> FirstStep:
    take(Case(name="nf4", level="nf4", threads=torch.get_num_threads()), folder)
    found = read_first_step(VariantFolder(folder))
    assert found is not None
    return found


def test_a_swapped_level_and_a_halved_gradient_are_named_as_answering_and_training(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(train, "REHEARSED", 1)
    sound = taken(tmp_path / "sound")
    with monkeypatch.context() as patch:
        halved_layer(17)(patch)
        halved = held(sound, taken(tmp_path / "halved"))
    assert halved.kind == "training"
    assert "The gradient of layer 17" in halved.sentence
    assert "0.50 times what it was, cosine 1.00; the other 29 agree" in halved.sentence
    with monkeypatch.context() as patch:
        swapped_level_unseen(patch)
        swapped = held(sound, taken(tmp_path / "swapped"))
    assert swapped.kind == "answering"
    assert "as loaded at nf4 computes something else" in swapped.sentence
    assert swapped.forward is not None
    assert swapped.forward > 0.3
