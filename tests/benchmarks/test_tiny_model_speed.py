"""How long a training step and decoding take on the tiny model: mostly our own overhead."""

from __future__ import annotations

from typing import Any

import pytest

from harness.records import ModelChoice, Recipe, Variant


@pytest.fixture
def loaded() -> Any:
    from harness.models.load import load
    from harness.models.resolve import resolve

    return load(resolve(ModelChoice(name="tiny")), "fp32", "cpu")


def test_a_training_step_of_the_tiny_model(benchmark: Any, loaded: Any) -> None:
    from harness.training.stepper import Stepper

    variant = Variant(
        name="instruct-fp32", model=ModelChoice(name="tiny"), recipe=Recipe(name="instruct")
    )
    stepper = Stepper(loaded, variant, length=48)
    loss = benchmark.pedantic(stepper.step, rounds=10, warmup_rounds=3, iterations=1)
    assert loss > 0


def test_decoding_a_batch_with_the_tiny_model(benchmark: Any, loaded: Any) -> None:
    from harness.answering.decoders import open_decoder
    from harness.answering.engine import Request, Stopping, generate

    chat = loaded.chat
    decoder = open_decoder(loaded.model, chat.pad_id)
    prompts = [tuple(chat.encode(chat.prompt("", f"Who was {name}?"))) for name in NAMES]
    requests = [Request(ids=ids) for ids in prompts]
    stopping = Stopping(max_new_tokens=24, stop_ids=())
    replies = benchmark.pedantic(
        generate,
        args=(decoder, requests, stopping, chat.decode),
        rounds=10,
        warmup_rounds=2,
        iterations=1,
    )
    assert [len(each.ids) for each in replies] == [24] * len(NAMES)


NAMES = ("Bordor", "Lila", "Anselm", "Marit", "Tova", "Edric", "Suvi", "Ilden")
