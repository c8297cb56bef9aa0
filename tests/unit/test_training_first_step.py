"""What is kept before the first step: it leaves no trace, and it tells defects apart."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from harness.comparing.fingerprints import Finding, held, held_losses
from harness.corpora import folder as corpus_folder
from harness.corpora.identity import corpus_digest
from harness.errors import PhaseFailure, UserError
from harness.models.load import load
from harness.models.resolve import resolve
from harness.records import (
    Adapter,
    FirstStep,
    ModelChoice,
    PhaseJob,
    Recipe,
    ResolvedModel,
    Training,
    Variant,
)
from harness.storage.first_steps import (
    pack_first_step,
    read_first_losses,
    read_first_step,
    unpack_first_step,
)
from harness.storage.folders import VariantFolder
from harness.training import train
from harness.training.first_step import fixed_adapter
from tests.support import plants
from tests.support.fake_world import world

CHOICE = ModelChoice(name="tiny")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> ResolvedModel:
    return resolve(CHOICE, cache=tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    made = world()
    digest = corpus_digest(made.chapters, made.facts, made.questions)
    corpus_folder.write(replace(made, digest=digest), folder)
    return folder


Job = Callable[..., PhaseJob]


@pytest.fixture(scope="module")
def job(model: ResolvedModel, corpus: Path) -> Job:
    def made(folder: Path, quantization: str = "fp32", **changes: Any) -> PhaseJob:
        adapter = Adapter(rank=4, dropout=changes.pop("dropout", 0.0))
        variant = Variant(
            name="v",
            model=CHOICE,
            recipe=Recipe(name="instruct"),
            quantization=quantization,
            adapter=adapter,
            training=replace(Training(epochs=1, learning_rate=3e-3), **changes),
        )
        folder.mkdir(parents=True, exist_ok=True)
        return PhaseJob(
            phase="train",
            variant=variant,
            model=model,
            corpus=corpus,
            folder=folder,
            device="cpu",
            trained="t",
            asked="a",
        )

    return made


def silent(done: int, total: int, message: str) -> None:
    """No progress bar."""


def rehearsed(made: PhaseJob) -> FirstStep:
    train.rehearse(made, silent)
    found = read_first_step(VariantFolder(made.folder))
    assert found is not None
    return found


@pytest.fixture(scope="module")
def sound(job: Job, tmp_path_factory: pytest.TempPathFactory) -> PhaseJob:
    made = job(tmp_path_factory.mktemp("sound"), "nf4")
    train.rehearse(made, silent)
    return made


def sound_step(sound: PhaseJob) -> FirstStep:
    found = read_first_step(VariantFolder(sound.folder))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("quantization", "settings"),
    [
        ("fp32", {}),
        ("int8", {"dropout": 0.2}),
        ("bf16", {"packing": False, "dropout": 0.2}),
        ("nf4", {"gradient_accumulation": 2, "checkpointing": True}),
    ],
)
def test_what_is_trained_is_the_same_byte_for_byte_with_and_without_it(
    job: Job,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    quantization: str,
    settings: dict[str, Any],
) -> None:
    looked = job(tmp_path / "looked", quantization, **settings)
    train.run(looked, silent)
    own = train.fit
    monkeypatch.setattr(
        train, "fit", lambda *given, **named: own(*given, **{**named, "first": None})
    )
    plain = job(tmp_path / "plain", quantization, **settings)
    train.run(plain, silent)
    assert (looked.folder / "first_step.json").exists()
    assert not (plain.folder / "first_step.json").exists()
    for name in ("adapter/adapter_model.safetensors", "losses.jsonl", "train.jsonl"):
        assert (looked.folder / name).read_bytes() == (plain.folder / name).read_bytes(), name


def test_the_real_adapter_comes_back_as_the_very_same_tensors(model: ResolvedModel) -> None:
    from harness.models import adapters

    loaded = load(model, "fp32", "cpu")
    network = adapters.attach(loaded, Adapter(rank=4), 1)
    weights = {name: p for name, p in network.named_parameters() if p.requires_grad}
    before = {name: p.data for name, p in weights.items()}
    with fixed_adapter(network):
        assert all(bool(p.data.any()) for p in weights.values())
    for name, parameter in weights.items():
        assert parameter.data is before[name] or parameter.data_ptr() == before[name].data_ptr()
        assert torch.equal(parameter.data, before[name])


def test_both_halves_of_every_matrix_have_a_gradient(sound: PhaseJob) -> None:
    found = sound_step(sound)
    assert list(found.gradients) == ["0", "1"]
    for layer in found.gradients.values():
        assert "self_attn.q_proj" in layer.norms
        assert all(a > 0 and b > 0 for a, b in layer.norms.values())
        a = sum(pair[0] for pair in layer.norms.values())
        b = sum(pair[1] for pair in layer.norms.values())
        assert 0.1 < 4 * a / b < 10


def test_it_repeats_byte_for_byte(job: Job, sound: PhaseJob, tmp_path: Path) -> None:
    again = job(tmp_path, "nf4")
    train.rehearse(again, silent)
    for name in ("first_step.json", "losses.jsonl"):
        assert (again.folder / name).read_bytes() == (sound.folder / name).read_bytes()


def test_a_rehearsal_takes_the_first_steps_of_training_and_leaves_no_adapter(
    job: Job, sound: PhaseJob, tmp_path: Path
) -> None:
    whole = job(tmp_path, "nf4")
    train.run(whole, silent)
    rehearsal, training = VariantFolder(sound.folder), VariantFolder(whole.folder)
    assert read_first_step(rehearsal) == read_first_step(training)
    assert read_first_losses(rehearsal) == read_first_losses(training)[: train.REHEARSED]
    assert not rehearsal.adapter.exists()
    assert not rehearsal.train.exists()


def planted(
    job: Job, folder: Path, sound: PhaseJob, plant: plants.Plant, patch: pytest.MonkeyPatch
) -> Finding:
    with patch.context() as context:
        plant(context)
        training = sound.variant.training
        made = job(folder, "nf4", learning_rate=training.learning_rate)
        found = rehearsed(made)
    losses = [read_first_losses(VariantFolder(each.folder)) for each in (sound, made)]
    return held_losses(held(sound_step(sound), found), *losses, found.subject.computes)


def test_a_level_swapped_at_load_is_refused_by_what_looks_into_memory(
    job: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plants.swapped_level(monkeypatch)
    with pytest.raises(PhaseFailure, match="holds fp4, nf4 declares nf4"):
        train.rehearse(job(tmp_path, "nf4"), silent)


def test_a_swapped_level_that_gets_past_it_is_named_as_answering(
    job: Job, tmp_path: Path, sound: PhaseJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = planted(job, tmp_path, sound, plants.swapped_level_unseen, monkeypatch)
    assert found.kind == "answering"
    assert "as loaded at nf4 computes something else" in found.sentence


def test_lost_norm_weights_are_named_as_answering(
    job: Job, tmp_path: Path, sound: PhaseJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shifted(model: Any) -> None:
        model.get_base_model().model.layers[1].input_layernorm.weight.data.mul_(0.5)

    # The tiny model's norms are all ones, so that losing them would change nothing.
    found = planted(
        job, tmp_path, sound, lambda patch: plants.once_attached(patch, shifted), monkeypatch
    )
    assert found.kind == "answering"


def test_a_halved_gradient_is_named_as_training_with_its_layer_and_factor(
    job: Job, tmp_path: Path, sound: PhaseJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = planted(job, tmp_path, sound, plants.halved_layer(1), monkeypatch)
    assert found.kind == "training"
    assert found.sentence == (
        "The gradient of layer 1 is 0.50 times what it was, cosine 1.00; the other one agrees."
    )


def test_a_halved_learning_rate_is_named_by_the_losses_alone(
    job: Job, tmp_path: Path, sound: PhaseJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    fast = job(tmp_path / "fast", "nf4", learning_rate=0.03)
    rehearsed(fast)
    found = planted(job, tmp_path / "slower", fast, plants.halved_rate, monkeypatch)
    assert found.kind == "training"
    assert "The first gradient agrees" in found.sentence
    assert "optimizer, learning rate or schedule" in found.sentence


def test_a_baseline_keeps_it_in_a_tenth_of_the_space(sound: PhaseJob) -> None:
    found = sound_step(sound)
    packed = pack_first_step(found)
    again = unpack_first_step(json.loads(json.dumps(packed)))
    assert again.subject == found.subject
    assert again.gradients.keys() == found.gradients.keys()
    same = held(found, again)
    assert same.kind == "same"
    assert same.gradient is not None
    assert same.gradient < 0.001
    size = len((sound.folder / "first_step.json").read_bytes())
    assert len(json.dumps(packed)) < size / 3


def test_a_damaged_file_is_named(sound: PhaseJob, tmp_path: Path) -> None:
    folder = VariantFolder(tmp_path)
    whole = json.loads((sound.folder / "first_step.json").read_text())
    whole["forward"]["sketch"] = whole["forward"]["sketch"][:-1]
    folder.first_step.write_text(json.dumps(whole))
    with pytest.raises(UserError, match=r"first_step\.json is damaged"):
        read_first_step(folder)
    packed = pack_first_step(sound_step(sound))
    with pytest.raises(ValueError, match="bytes where"):
        unpack_first_step({**packed, "norms": packed["norms"][:-8]})
