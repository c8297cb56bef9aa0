"""Every quantization level holds what it declares, and says so where it does not."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from harness.errors import PhaseFailure, Unavailable
from harness.models import adapters, budget, load, residence
from harness.models.layers import linear_layers
from harness.models.quantization import level as levels
from harness.models.quantization.bf16 import LEVEL as BF16
from harness.models.quantization.fp16 import LEVEL as FP16
from harness.models.quantization.int8 import LEVEL as INT8
from harness.models.quantization.nf4 import LEVEL as NF4
from harness.models.quantization.nf4_dq import LEVEL as NF4_DQ
from harness.models.sources.make_tiny import make
from harness.records import Adapter, ModelChoice, Recipe, ResolvedModel, Variant

BITS = {"fp32": 32, "bf16": 16, "int8": 8.104, "fp4": 4.5, "nf4": 4.5, "nf4_dq": 4.127}
"""Of the tiny model; int8 adds a 32-bit scale to each row of 256 or 768 weights."""
QUANTIZED = ("int8", "fp4", "nf4", "nf4_dq")


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> ResolvedModel:
    folder = tmp_path_factory.mktemp("tiny")
    make(folder)
    return ResolvedModel(
        name="tiny",
        path=folder,
        weights_digest="",
        tokenizer_digest="",
        template_digest="",
        provenance="",
        license="",
    )


def ids(length: int = 24) -> torch.Tensor:
    return torch.randint(0, 500, (2, length), generator=torch.Generator().manual_seed(5))


def logits(model: Any) -> torch.Tensor:
    with torch.inference_mode():
        out: torch.Tensor = model(input_ids=ids()).logits.float()
    return out


@pytest.mark.parametrize("name", BITS)
def test_a_level_takes_the_bits_it_declares(tiny: ResolvedModel, name: str) -> None:
    found = load.weight_resources(load.load(tiny, name, "cpu"))
    assert found["memory.bits_per_parameter"] == pytest.approx(BITS[name], abs=0.002)
    assert found["memory.weights_bytes"] > found["memory.linear_bytes"]


@pytest.mark.parametrize("name", BITS)
def test_what_was_loaded_is_verified_again_after_forwards(tiny: ResolvedModel, name: str) -> None:
    loaded = load.load(tiny, name, "cpu")
    adapters.attach(loaded, Adapter(), 1)
    logits(loaded.model)
    loaded.verify()
    assert loaded.layers == 14


@pytest.mark.parametrize("name", BITS)
def test_a_forecast_of_weights_is_what_is_stored(tiny: ResolvedModel, name: str) -> None:
    variant = Variant(name="x", model=ModelChoice(name="tiny"), quantization=name)
    forecast = budget.predict(tiny.path, variant, tokens=0, questions=10, device="cpu")
    stored = load.weight_resources(load.load(tiny, name, "cpu"))["memory.weights_bytes"]
    assert forecast.weights == pytest.approx(stored, rel=0.01)
    assert forecast.cells()[0] == "-"


def test_a_tuned_variant_needs_memory_for_its_optimizer_and_activations(
    tiny: ResolvedModel,
) -> None:
    model = ModelChoice(name="tiny")
    variant = Variant(name="x", model=model, recipe=Recipe(name="instruct"))
    forecast = budget.predict(
        tiny.path, variant, tokens=1000, questions=10, device="cpu", examples=20
    )
    loaded = load.load(tiny, "fp32", "cpu")
    own = adapters.resources(adapters.attach(loaded, variant.adapter, 1), None)
    assert forecast.adapter == 4 * own["adapter.trainable_parameters"]
    assert forecast.optimizer == 3 * forecast.adapter
    assert forecast.train_bytes > forecast.answer_bytes > forecast.weights


@pytest.mark.parametrize(("loaded_as", "declared"), [("fp4", NF4), ("nf4", NF4_DQ), ("fp32", BF16)])
def test_a_level_that_is_not_what_was_declared_fails_the_variant(
    tiny: ResolvedModel, loaded_as: str, declared: levels.Level
) -> None:
    loaded = load.load(tiny, loaded_as, "cpu")
    with pytest.raises(PhaseFailure, match=declared.name):
        replace(loaded, level=declared, quantization=declared.name).verify()


def test_a_layer_left_unquantized_fails_the_variant(tiny: ResolvedModel) -> None:
    loaded = load.load(tiny, "nf4", "cpu")
    block = loaded.model.model.layers[1].mlp
    block.up_proj = torch.nn.Linear(256, 768, bias=False)
    with pytest.raises(PhaseFailure, match=r"layers\.1\.mlp\.up_proj.*Linear4bit"):
        loaded.verify()


def test_a_lost_layer_fails_the_variant(tiny: ResolvedModel) -> None:
    loaded = load.load(tiny, "int8", "cpu")
    loaded.model.model.layers[0].mlp.up_proj = torch.nn.Identity()
    with pytest.raises(PhaseFailure, match="13 linear layers in memory, the architecture has 14"):
        loaded.verify()


def test_another_outlier_threshold_fails_the_variant(tiny: ResolvedModel) -> None:
    loaded = load.load(tiny, "int8", "cpu")
    next(iter(linear_layers(loaded.model).values())).state.threshold = 0.0
    with pytest.raises(PhaseFailure, match="threshold"):
        loaded.verify()


@pytest.mark.parametrize("name", QUANTIZED)
def test_gradients_after_an_evaluation_are_those_of_a_fresh_model(
    tiny: ResolvedModel, name: str
) -> None:
    fresh = _gradients(tiny, name, evaluate=False)
    used = _gradients(tiny, name, evaluate=True)
    assert fresh.norm() > 0
    assert torch.cosine_similarity(fresh, used, dim=0) > 0.999


def _gradients(tiny: ResolvedModel, name: str, *, evaluate: bool) -> torch.Tensor:
    loaded = load.load(tiny, name, "cpu")
    model = adapters.attach(loaded, Adapter(), 3)
    if evaluate:
        model.eval()
        logits(model)
    model.train()
    model(input_ids=ids(), labels=ids()).loss.backward()
    return torch.cat(
        [p.grad.flatten() for n, p in sorted(model.named_parameters()) if p.grad is not None]
    )


@pytest.mark.skipif(not levels.cpu_has_bf16(), reason="repacking needs AVX512-BF16")
@pytest.mark.parametrize("name", ["fp4", "nf4"])
def test_packing_for_answers_changes_little_and_is_verified(tiny: ResolvedModel, name: str) -> None:
    plain = logits(load.load(tiny, name, "cpu").model)
    loaded = load.load(tiny, name, "cpu")
    assert loaded.allow_packing() == "packed avx512-bf16"
    packed = logits(loaded.model)
    assert not torch.equal(plain, packed)
    assert torch.cosine_similarity(plain.flatten(), packed.flatten(), dim=0) > 0.999
    loaded.verify()
    for layer in linear_layers(loaded.model).values():
        layer.support_avx512bf16_for_cpu = False
    with pytest.raises(PhaseFailure, match="repacked although"):
        loaded.verify()


def test_double_quantization_is_never_packed(tiny: ResolvedModel) -> None:
    loaded = load.load(tiny, "nf4_dq", "cpu")
    assert loaded.allow_packing() == "dequantize"
    before = load.weight_resources(loaded)["memory.linear_bytes"]
    logits(loaded.model)
    loaded.verify()
    assert load.weight_resources(loaded)["memory.linear_bytes"] == before


def test_adapters_start_equal_on_every_level(tiny: ResolvedModel) -> None:
    starts = {}
    for name in BITS:
        model = adapters.attach(load.load(tiny, name, "cpu"), Adapter(), 11)
        starts[name] = {n: p for n, p in model.named_parameters() if "lora_" in n}
    first = starts.pop("fp32")
    assert len(first) == 28
    for other in starts.values():
        assert {p.dtype for p in other.values()} == {torch.float32}
        assert all(torch.equal(first[n], other[n]) for n in first)
    assert all(p.requires_grad for p in first.values())


def test_another_seed_starts_elsewhere(tiny: ResolvedModel) -> None:
    one, two = (
        dict(adapters.attach(load.load(tiny, "fp32", "cpu"), Adapter(), s).named_parameters())
        for s in (1, 2)
    )
    assert any(not torch.equal(one[n], two[n]) for n in one if "lora_A" in n)


@pytest.mark.parametrize("name", ["fp32", "nf4"])
def test_a_saved_adapter_answers_as_the_trained_one(
    tiny: ResolvedModel, name: str, tmp_path: Path
) -> None:
    trained = adapters.attach(load.load(tiny, name, "cpu"), Adapter(rank=4), 1)
    for parameter_name, parameter in trained.named_parameters():
        if "lora_B" in parameter_name:
            torch.nn.init.normal_(parameter, std=0.1)
    trained.save_pretrained(str(tmp_path))
    loaded = load.load(tiny, name, "cpu")
    untuned = logits(loaded.model)
    restored = adapters.restore(loaded, tmp_path)
    assert torch.equal(logits(restored), logits(trained.eval()))
    assert not torch.equal(logits(restored), untuned)
    found = adapters.resources(restored, tmp_path)
    assert found["adapter.bytes"] >= 4 * found["adapter.trainable_parameters"]
    loaded.verify()


def test_the_share_of_trainable_parameters_is_that_of_unpacked_weights(
    tiny: ResolvedModel,
) -> None:
    shares = {
        adapters.resources(adapters.attach(load.load(tiny, name, "cpu"), Adapter(), 1), None)[
            "adapter.trainable_share"
        ]
        for name in ("fp32", "int8", "nf4")
    }
    assert len(shares) == 1
    assert 0.07 < shares.pop() < 0.08


def test_an_adapter_on_layers_that_are_not_there_fails_the_variant(tiny: ResolvedModel) -> None:
    with pytest.raises(PhaseFailure, match="no layers"):
        adapters.attach(load.load(tiny, "fp32", "cpu"), Adapter(targets=("nowhere",)), 1)


def test_an_adapter_that_does_not_fit_fails_the_variant(
    tiny: ResolvedModel, tmp_path: Path
) -> None:
    model = adapters.attach(load.load(tiny, "fp32", "cpu"), Adapter(rank=4), 1)
    model.save_pretrained(str(tmp_path))
    config = json.loads((tmp_path / "adapter_config.json").read_text())
    (tmp_path / "adapter_config.json").write_text(json.dumps(config | {"r": 8}))
    with pytest.raises(PhaseFailure, match="cannot put the adapter"):
        adapters.restore(load.load(tiny, "fp32", "cpu"), tmp_path)


def test_a_turing_card_gets_fp16_although_it_says_it_knows_bf16(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(torch.cuda, "get_device_capability", lambda device: (7, 5))
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda: True)
    turing = torch.device("cuda")
    assert levels.working_dtype(turing) is torch.float16
    assert NF4.arguments(turing)["quantization_config"].bnb_4bit_compute_dtype is torch.float16
    assert INT8.arguments(turing)["dtype"] is torch.float16
    assert FP16.arguments(turing)["dtype"] is torch.float16
    with pytest.raises(Unavailable, match=r"7\.5"):
        BF16.arguments(turing)


def test_an_ampere_card_gets_bf16(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "get_device_capability", lambda device: (8, 0))
    assert levels.working_dtype(torch.device("cuda")) is torch.bfloat16
    assert BF16.arguments(torch.device("cuda"))["dtype"] is torch.bfloat16


def test_fp16_is_unavailable_on_a_processor(tiny: ResolvedModel) -> None:
    with pytest.raises(Unavailable, match="fp16 needs a GPU"):
        load.load(tiny, "fp16", "cpu")


def test_loading_says_what_it_took_and_starts_the_peak_anew(tiny: ResolvedModel) -> None:
    loaded = load.load(tiny, "nf4", "cpu")
    assert loaded.peak_bytes is not None
    assert loaded.peak_bytes >= 0
    peak, held = residence.peak(), residence.held()
    assert peak is not None
    assert held is not None
    assert peak - held < 100e6


def test_the_tiny_model_is_made_the_same_every_time(tiny: ResolvedModel, tmp_path: Path) -> None:
    make(tmp_path)
    for name in ("model.safetensors", "tokenizer.json", "config.json"):
        assert (tmp_path / name).read_bytes() == (tiny.path / name).read_bytes()


@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs CUDA")
@pytest.mark.parametrize("name", [*BITS, "fp16"])
def test_every_level_holds_on_a_gpu_what_it_declares(tiny: ResolvedModel, name: str) -> None:
    loaded = load.load(tiny, name, "cuda")
    adapters.attach(loaded, Adapter(), 1)
    with torch.inference_mode():
        loaded.model(input_ids=ids().cuda())
    loaded.verify()
    found = load.weight_resources(loaded)["memory.bits_per_parameter"]
    assert found == pytest.approx(BITS.get(name, 16), abs=0.002)


def test_a_layer_on_another_card_of_the_same_kind_fails_the_variant(tiny: ResolvedModel) -> None:
    loaded = load.load(tiny, "fp32", "cpu")
    loaded.model.to("meta")
    loaded.device = torch.device("meta", 1)
    with pytest.raises(PhaseFailure, match="is on meta, not on meta:1"):
        loaded.verify()
