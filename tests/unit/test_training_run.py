"""The phase `train`, end to end, on the tiny model."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from harness.corpora import folder as corpus_folder
from harness.corpora.identity import corpus_digest
from harness.errors import PhaseFailure
from harness.models.load import Loaded, load
from harness.models.resolve import resolve
from harness.records import (
    Adapter,
    ModelChoice,
    PhaseJob,
    Recipe,
    ResolvedModel,
    Resources,
    Training,
    Variant,
)
from harness.storage.folders import VariantFolder
from harness.storage.jsonl import read_jsonl
from harness.training import train
from harness.training.stepper import Stepper
from tests.support.fake_world import world

CHOICE = ModelChoice(name="tiny")
TRAINING = Training(epochs=2, learning_rate=3e-3)


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


def silent(done: int, total: int, message: str) -> None:
    """No progress bar."""


def trained(
    model: ResolvedModel, corpus: Path, folder: Path, **changes: Any
) -> tuple[VariantFolder, Resources]:
    variant = Variant(
        name="v",
        model=CHOICE,
        recipe=changes.pop("recipe", Recipe(name="instruct")),
        quantization=changes.pop("quantization", "fp32"),
        adapter=Adapter(rank=4, dropout=changes.pop("dropout", 0.0)),
        training=replace(TRAINING, **changes),
    )
    job = PhaseJob(
        phase="train",
        variant=variant,
        model=model,
        corpus=corpus,
        folder=folder,
        device="cpu",
        trained="t",
        asked="a",
    )
    return VariantFolder(folder), train.run(job, silent)


def losses(folder: VariantFolder) -> list[float]:
    return [line["loss"] for line in read_jsonl(folder.losses)]


def test_training_leaves_examples_losses_and_an_adapter(
    model: ResolvedModel, corpus: Path, tmp_path: Path
) -> None:
    folder, resources = trained(model, corpus, tmp_path)
    examples = read_jsonl(folder.train)
    assert len(examples) == 24
    assert examples[0]["prompt"].endswith("<|im_start|>assistant\n")
    assert examples[0]["completion"].endswith("<|im_end|>")
    assert {key for line in examples for key in line} >= {"kind", "facts", "tokens", "abstain"}
    assert [line["step"] for line in read_jsonl(folder.losses)] == [1, 2, 3, 4, 5, 6]
    assert read_jsonl(folder.losses)[-1]["epoch"] == 2
    assert losses(folder)[-1] < losses(folder)[0]
    config = json.loads((folder.adapter / "adapter_config.json").read_text())
    assert (config["peft_type"], config["r"]) == ("LORA", 4)
    assert not folder.adapter.with_name("adapter.tmp").exists()
    assert resources["training.steps"] == 6
    assert resources["training.tokens"] == 2 * sum(line["tokens"] for line in examples)
    assert resources["training.packed"] == 1
    assert resources["training.final_loss"] == pytest.approx(sum(losses(folder)[-3:]) / 3)
    assert resources["time.train_s"] > 0
    assert resources["adapter.bytes"] > 0
    assert not any(name.startswith("throughput") for name in resources)
    assert "time.load_s" not in resources  # that of the answer phase is told


def test_the_same_job_twice_gives_the_same_bytes(
    model: ResolvedModel, corpus: Path, tmp_path: Path
) -> None:
    first, _ = trained(model, corpus, tmp_path / "first")
    second, _ = trained(model, corpus, tmp_path / "second")
    files = sorted(path.name for path in first.adapter.iterdir())
    assert "adapter_model.safetensors" in files
    for name in files:
        assert (first.adapter / name).read_bytes() == (second.adapter / name).read_bytes()
    assert first.losses.read_bytes() == second.losses.read_bytes()
    assert first.train.read_bytes() == second.train.read_bytes()


@pytest.mark.parametrize("accumulation", [1, 2])
def test_packed_training_follows_stock_training(
    model: ResolvedModel, corpus: Path, tmp_path: Path, accumulation: int
) -> None:
    settings = {"batch_size": 4, "gradient_accumulation": accumulation, "epochs": 1}
    packed, ours = trained(model, corpus, tmp_path / "packed", **settings)
    stock, theirs = trained(model, corpus, tmp_path / "stock", packing=False, **settings)
    assert (ours["training.packed"], theirs["training.packed"]) == (1, 0)
    assert losses(packed) == pytest.approx(losses(stock), rel=1e-3)
    assert losses(packed)[0] == pytest.approx(losses(stock)[0], rel=1e-6)


@pytest.mark.parametrize("quantization", ["bf16", "int8", "fp4", "nf4", "nf4_dq"])
def test_every_level_learns(
    model: ResolvedModel, corpus: Path, tmp_path: Path, quantization: str
) -> None:
    folder, resources = trained(model, corpus, tmp_path, quantization=quantization)
    assert losses(folder)[-1] < losses(folder)[0]
    assert resources["training.packed"] == 1


@pytest.mark.parametrize("recipe", ["raw_text", "mixed"])
def test_text_is_trained_on(
    model: ResolvedModel, corpus: Path, tmp_path: Path, recipe: Any
) -> None:
    folder, _ = trained(model, corpus, tmp_path, recipe=Recipe(name=recipe))
    assert "text" in {line["kind"] for line in read_jsonl(folder.train)}
    assert losses(folder)[-1] < losses(folder)[0]


def test_training_stops_after_the_first_epoch_that_is_good_enough(
    model: ResolvedModel, corpus: Path, tmp_path: Path
) -> None:
    folder, resources = trained(model, corpus, tmp_path, epochs=4, until_loss=1000.0)
    assert resources["training.epochs"] == 1
    assert len(losses(folder)) == 3


def test_an_example_that_is_too_long_is_named_and_not_cut(
    model: ResolvedModel, corpus: Path, tmp_path: Path
) -> None:
    with pytest.raises(PhaseFailure, match=r"trained:marenka-trade.*more than max_length 20"):
        trained(model, corpus, tmp_path, max_length=20)
    assert not VariantFolder(tmp_path).adapter.exists()


def test_dropout_and_checkpointing_train_too(
    model: ResolvedModel, corpus: Path, tmp_path: Path
) -> None:
    folder, _ = trained(model, corpus, tmp_path / "dropout", dropout=0.1)
    assert losses(folder)[-1] < losses(folder)[0]
    checkpointed, _ = trained(model, corpus, tmp_path / "checkpointed", checkpointing=True)
    plain, _ = trained(model, corpus, tmp_path / "plain")
    assert losses(checkpointed) == pytest.approx(losses(plain), rel=1e-4)


def test_a_loss_that_is_no_number_fails_the_phase(
    model: ResolvedModel, corpus: Path, tmp_path: Path
) -> None:
    with pytest.raises(PhaseFailure, match="the loss is"):
        trained(model, corpus, tmp_path, learning_rate=1e30, max_grad_norm=0.0)


def test_a_stepper_steps_on_the_work_it_declares(model: ResolvedModel) -> None:
    variant = Variant(name="v", model=CHOICE, recipe=Recipe(name="instruct"), training=TRAINING)
    stepper = Stepper(load(model, "fp32", "cpu"), variant, length=24, batch_size=4)
    assert (stepper.examples, stepper.tokens, stepper.computed) == (4, 96, 96)
    first = stepper.step()
    for _ in range(8):
        last = stepper.step()
    assert last < first
    shared = Stepper(load(model, "fp32", "cpu"), variant, length=24, batch_size=4, shared_prefix=10)
    assert (shared.tokens, shared.computed) == (96, 66)


def test_a_step_may_hold_more_examples_than_the_model_has_words(model: ResolvedModel) -> None:
    loaded = load(model, "fp32", "cpu")
    more = len(loaded.tokenizer) + 1
    variant = Variant(name="v", model=CHOICE, recipe=Recipe(name="instruct"), training=TRAINING)
    assert Stepper(loaded, variant, length=4, batch_size=more, answer_tokens=2).examples == more


def test_a_model_that_changed_while_it_was_trained_leaves_no_adapter(
    model: ResolvedModel, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = VariantFolder(tmp_path)

    def after_steps(self: Loaded) -> None:
        if folder.losses.exists() and read_jsonl(folder.losses):
            raise PhaseFailure("a layer changed")

    monkeypatch.setattr(Loaded, "verify", after_steps)
    with pytest.raises(PhaseFailure, match="a layer changed"):
        trained(model, corpus, tmp_path)
    assert losses(folder)
    assert not list(tmp_path.glob("adapter*"))
