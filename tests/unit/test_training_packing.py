"""A prefix tree stands for the padded batch: same loss, same gradients, fewer tokens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor, nn

from harness.training import attention, frozen, lora
from harness.training.frozen import frozen_product
from harness.training.lora import speed_up
from harness.training.loss import packed_loss, padded_loss, prepare_packing
from harness.training.norms import speed_up_norms
from harness.training.packing import pack, visible
from harness.training.rendering import IGNORED

Rows = list[tuple[list[int], list[int]]]


def row(prompt: list[int], answer: list[int]) -> tuple[list[int], list[int]]:
    return prompt + answer, [IGNORED] * len(prompt) + answer


ROWS: Rows = [
    row([1, 5, 6, 7, 8], [20, 21, 2]),
    row([1, 5, 6, 9], [20, 22, 23, 2]),
    row([1, 5, 6, 7, 8], [30, 2]),
    row([1, 40], [41, 42, 43, 44, 45, 46, 2]),
    row([], [50, 51, 52, 53, 54, 55, 56, 57, 58, 59]),
]
"""Shared prefixes of several lengths, one prompt with two answers, and a text passage."""


def llama(**changes: Any) -> Any:
    from transformers import LlamaConfig, LlamaForCausalLM

    torch.manual_seed(0)
    settings = {
        "vocab_size": 64,
        "hidden_size": 64,
        "intermediate_size": 96,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
        "initializer_range": 0.2,
    }
    return LlamaForCausalLM(LlamaConfig(**(settings | changes)))


def gpt2() -> Any:
    from transformers import GPT2Config, GPT2LMHeadModel

    torch.manual_seed(0)
    still = {"embd_pdrop": 0.0, "resid_pdrop": 0.0, "attn_pdrop": 0.0}
    return GPT2LMHeadModel(GPT2Config(vocab_size=64, n_embd=64, n_layer=2, n_head=4, **still))


def gemma() -> Any:
    """Layers that see a window of five tokens beside layers that see all."""
    from transformers import Gemma3ForCausalLM, Gemma3TextConfig

    torch.manual_seed(0)
    return Gemma3ForCausalLM(
        Gemma3TextConfig(
            vocab_size=64,
            hidden_size=64,
            intermediate_size=96,
            num_hidden_layers=2,
            num_attention_heads=4,
            num_key_value_heads=2,
            head_dim=16,
            sliding_window=5,
            layer_types=["sliding_attention", "full_attention"],
            initializer_range=0.2,
        )
    )


def bloom() -> Any:
    from transformers import BloomConfig, BloomForCausalLM

    torch.manual_seed(0)
    return BloomForCausalLM(BloomConfig(vocab_size=64, hidden_size=64, n_layer=2, n_head=4))


def adapted(make: Callable[[], Any] = llama) -> Any:
    """With an adapter whose two factors are both non-zero, so that every gradient is."""
    from peft import LoraConfig, get_peft_model

    model = get_peft_model(
        make(), LoraConfig(r=4, target_modules="all-linear", task_type="CAUSAL_LM")
    )
    generator = torch.Generator().manual_seed(1)
    for name, weight in model.named_parameters():
        if "lora_" in name:
            weight.data = torch.randn(weight.shape, generator=generator) * 0.1
    return model.train()


def gradients(model: Any, loss: torch.Tensor) -> dict[str, torch.Tensor]:
    model.zero_grad()
    loss.backward()
    return {n: p.grad.clone() for n, p in model.named_parameters() if p.grad is not None}


def worst(found: dict[str, torch.Tensor], expected: dict[str, torch.Tensor]) -> float:
    """Largest relative distance of two gradients, layer by layer."""
    assert found.keys() == expected.keys()
    assert found
    return max(
        float((found[name] - expected[name]).norm() / expected[name].norm()) for name in expected
    )


def test_a_common_prefix_stands_once_and_every_answer_token_is_predicted() -> None:
    batch = pack(ROWS)
    assert batch.tokens == 8 + 8 + 7 + 9 + 10
    assert batch.input_ids.shape == (1, 8 + 5 + 2 + 8 + 10)
    assert len(batch.targets) == 3 + 4 + 2 + 7 + 9  # the passage's first token has no context
    assert batch.position_ids.max() == 9


def test_a_node_sees_its_ancestors_and_itself_and_nothing_else() -> None:
    batch = pack([([1, 2, 3], [1, 2, 3]), ([1, 4], [1, 4])])
    assert batch.input_ids.tolist() == [[1, 2, 3, 4]]
    assert visible(batch).tolist() == [
        [True, False, False, False],
        [True, True, False, False],
        [True, True, True, False],
        [True, False, False, True],
    ]


sequences = st.lists(st.lists(st.integers(0, 3), min_size=1, max_size=6), min_size=1, max_size=6)


@given(sequences)
@settings(deadline=None)
def test_every_sequence_can_be_read_off_its_path(rows: list[list[int]]) -> None:
    batch = pack([(ids, ids) for ids in rows])
    places = batch.paths.nodes.view(batch.paths.sequences, -1)
    for ids, path in zip(rows, places, strict=True):
        nodes = path[: len(ids)]
        assert batch.input_ids[0, nodes].tolist() == ids
        assert batch.position_ids[0, nodes].tolist() == list(range(len(ids)))
    assert len({tuple(ids[: n + 1]) for ids in rows for n in range(len(ids))}) == len(
        batch.input_ids[0]
    )
    assert torch.equal(batch.paths.nodes[batch.paths.owner], torch.arange(len(batch.paths.owner)))


@pytest.mark.parametrize("make", [llama, gpt2, gemma], ids=["llama", "gpt2", "gemma"])
@pytest.mark.parametrize("fast", [False, True], ids=["peft's layers", "fused layers"])
def test_loss_and_gradients_are_those_of_the_padded_batch(
    make: Callable[[], Any], fast: bool
) -> None:
    model = adapted(make)
    expected_loss = padded_loss(model, ROWS)
    expected = gradients(model, expected_loss)
    assert prepare_packing(model, ROWS[:2]) is None
    if fast:
        assert speed_up(model) > 0
    loss = packed_loss(model, pack(ROWS))
    assert loss.item() == pytest.approx(expected_loss.item(), rel=1e-6)
    assert worst(gradients(model, loss), expected) < 3e-6


def test_long_sequences_take_torchs_kernel_to_the_same_gradients(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    model = adapted(gemma)
    assert prepare_packing(model, ROWS[:2]) is None
    short = gradients(model, packed_loss(model, pack(ROWS)))
    monkeypatch.setattr(attention, "SHORT", 0)
    assert worst(gradients(model, packed_loss(model, pack(ROWS))), short) < 3e-6


def test_gradients_equal_those_of_a_four_dimensional_mask() -> None:
    model = adapted()
    batch = pack(ROWS)
    logits = model(
        input_ids=batch.input_ids,
        position_ids=batch.position_ids,
        attention_mask=visible(batch)[None, None],
        logits_to_keep=batch.predicting,
    ).logits[0]
    expected = gradients(model, torch.nn.functional.cross_entropy(logits, batch.targets))
    assert prepare_packing(model, ROWS[:2]) is None
    assert worst(gradients(model, packed_loss(model, batch)), expected) < 3e-6


def test_a_model_that_cannot_be_packed_is_left_as_it_was_and_says_why() -> None:
    model = adapted(bloom)
    expected = padded_loss(model, ROWS).item()
    assert prepare_packing(model, ROWS[:2]) is not None
    assert padded_loss(model, ROWS).item() == expected


def test_gradients_of_a_four_bit_model_are_those_of_pefts_layers() -> None:
    from transformers import BitsAndBytesConfig

    def quantized() -> Any:
        import tempfile

        from transformers import AutoModelForCausalLM

        with tempfile.TemporaryDirectory() as folder:
            llama().save_pretrained(folder)
            return AutoModelForCausalLM.from_pretrained(
                folder,
                dtype=torch.float32,
                quantization_config=BitsAndBytesConfig(
                    load_in_4bit=True, bnb_4bit_quant_type="nf4"
                ),
            )

    model = adapted(quantized)
    expected = gradients(model, padded_loss(model, ROWS))
    assert prepare_packing(model, ROWS[:2]) is None
    assert speed_up(model) > 0
    assert worst(gradients(model, packed_loss(model, pack(ROWS))), expected) < 3e-6


def test_layers_with_dropout_keep_pefts_own_forward() -> None:
    from peft import LoraConfig, get_peft_model

    config = LoraConfig(r=4, lora_dropout=0.1, target_modules="all-linear", task_type="CAUSAL_LM")
    model = get_peft_model(llama(), config)
    assert speed_up(model) == 1 + 5  # the head and the norms


def test_norms_of_another_formula_keep_their_own_forward() -> None:
    assert speed_up_norms(adapted(llama)) == 5
    assert speed_up_norms(adapted(gemma)) == 0
    other = adapted(llama)
    norm = other.get_base_model().model.norm
    norm.forward = lambda x: x * (1 + norm.weight)
    assert speed_up_norms(other) == 4


def test_an_ambient_autocast_does_not_reach_into_the_fused_layers() -> None:
    model = adapted()
    model.set_attn_implementation(attention.NAME)
    assert speed_up(model) > 0
    with torch.autocast("cpu", dtype=torch.bfloat16):
        found = gradients(model, packed_loss(model, pack(ROWS)))
    assert {gradient.dtype for gradient in found.values()} == {torch.float32}
    assert all(gradient.isfinite().all() for gradient in found.values())


@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a GPU")
def test_packed_gradients_on_a_gpu_are_those_of_the_padded_batch() -> None:
    model = adapted().cuda()
    expected = gradients(model, padded_loss(model, ROWS))
    assert prepare_packing(model, ROWS[:2]) is None
    assert speed_up(model) > 0
    assert worst(gradients(model, packed_loss(model, pack(ROWS).to("cuda"))), expected) < 1e-5


def test_an_ambient_autocast_changes_no_norm_and_no_frozen_layer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from transformers.models.llama.modeling_llama import LlamaRMSNorm

    monkeypatch.setattr(frozen, "_ONEDNN", None)  # as on CUDA: products that autocast knows
    torch.manual_seed(0)
    norm, head = LlamaRMSNorm(96).requires_grad_(False), nn.Linear(96, 32).requires_grad_(False)
    assert speed_up_norms(norm) == 1
    base = frozen_product(head)
    assert base is not None
    head.forward = lora._frozen_forward(base)
    start = torch.randn(5, 96)

    def step(*, ambient: bool) -> tuple[Tensor, Tensor, Tensor]:
        x = start.clone().requires_grad_()
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=ambient):
            normed = norm(x)
            output = head(normed)
            output.backward(torch.ones_like(output))
        assert x.grad is not None
        return normed.detach(), output.detach(), x.grad

    for wanted, found in zip(step(ambient=False), step(ambient=True), strict=True):
        assert torch.equal(wanted, found)


def test_an_ambient_autocast_changes_no_gradient_of_an_adapted_layer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from peft import LoraConfig, get_peft_model

    monkeypatch.setattr(frozen, "_ONEDNN", None)  # as on CUDA: products that autocast knows

    def step(*, ambient: bool) -> list[Tensor]:
        settings = LoraConfig(r=4, target_modules=["q_proj"], init_lora_weights=False)
        torch.manual_seed(1)
        model = get_peft_model(llama(), settings)
        speed_up(model)
        layer = next(module for name, module in model.named_modules() if name.endswith("q_proj"))
        x = torch.randn(3, 64, requires_grad=True)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=ambient):
            output = layer(x)
            output.backward(torch.ones_like(output))
        trained = [each.grad for each in layer.parameters() if each.grad is not None]
        assert x.grad is not None
        assert len(trained) == 2
        return [output.detach(), x.grad, *trained]

    for wanted, found in zip(step(ambient=False), step(ambient=True), strict=True):
        assert torch.equal(wanted, found)
