"""Memory, time and surroundings are measured as docs/measuring.md says."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import torch

from harness.errors import PhaseFailure
from harness.measuring import environment, measure, roofline
from harness.measuring.memory import PeakMeter
from harness.measuring.timing import Effort, percentile, rate, sample, summary
from harness.models import load
from harness.models.sources.make_tiny import make
from harness.records import Ask, Measure, ModelChoice, PhaseJob, Recipe, ResolvedModel, Variant

CPU = torch.device("cpu")
MEGABYTE = 1_000_000
linux = pytest.mark.skipif(sys.platform != "linux", reason="no GPU-free peak mark off Linux")


def test_memory_taken_and_freed_inside_a_phase_is_in_its_peak() -> None:
    with PeakMeter("cpu") as meter:
        block = bytearray(300 * MEGABYTE)
        block[::4096] = b"x" * len(block[::4096])
        del block
    assert meter.peak_bytes is not None
    assert meter.total_bytes is not None
    assert 290 * MEGABYTE < meter.peak_bytes < 360 * MEGABYTE
    assert meter.total_bytes > meter.peak_bytes


@linux
def test_what_was_held_or_freed_before_a_phase_is_not_in_its_peak() -> None:
    held = bytearray(200 * MEGABYTE)
    held[::4096] = b"x" * len(held[::4096])
    freed = bytearray(200 * MEGABYTE)
    freed[::4096] = b"x" * len(freed[::4096])
    del freed
    with PeakMeter("cpu") as meter:
        sum(range(1000))
    assert meter.method == "high-water mark"
    assert meter.peak_bytes is not None
    assert meter.peak_bytes < 50 * MEGABYTE
    del held


def test_where_the_mark_cannot_be_reset_the_lifetime_peak_is_given_and_labelled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("harness.models.residence.reset_peak", lambda: False)
    with PeakMeter("cpu") as meter:
        pass
    assert meter.method == "lifetime peak"
    assert meter.peak_bytes == meter.total_bytes


def test_a_meter_gives_no_gpu_figures_without_a_gpu() -> None:
    with PeakMeter("cpu") as meter:
        pass
    found = meter.resources("answer")
    assert set(found) == {
        "memory.peak_answer_bytes",
        "memory.peak_answer_process_bytes",
        "memory.peak_answer_total_bytes",
    }


@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs CUDA")
def test_the_peak_on_a_gpu_is_what_was_allocated_there() -> None:
    with PeakMeter("cuda") as meter:
        torch.zeros(100 * MEGABYTE, dtype=torch.uint8, device="cuda")
    assert meter.peak_bytes is not None
    assert meter.reserved_bytes is not None
    assert 100 * MEGABYTE <= meter.peak_bytes <= meter.reserved_bytes
    assert meter.retries == 0


def test_warm_up_is_dropped_and_every_other_sample_kept() -> None:
    calls: list[int] = []
    found = sample(lambda: calls.append(1), Effort(warm_up=3, count=5), CPU)
    assert (len(calls), len(found)) == (8, 5)


def test_measuring_stops_when_it_takes_too_long_but_not_before_two_samples() -> None:
    import time

    found = sample(lambda: time.sleep(0.02), Effort(warm_up=2, count=50, at_most_s=0.03), CPU)
    assert len(found) == 2


def test_rates_are_stored_with_their_raw_samples() -> None:
    assert rate(10, [1.0, 2.0, 5.0]) == {"median": 5.0, "samples": [10.0, 5.0, 2.0]}
    assert summary([3.0, 1.0])["median"] == 2.0


def test_a_percentile_is_a_value_that_was_seen() -> None:
    samples = [float(number) for number in range(1, 11)]
    assert percentile(samples, 0.5) == 5.0
    assert percentile(samples, 0.9) == 9.0
    assert percentile([7.0], 0.9) == 7.0


def test_two_descriptions_of_one_machine_are_equal() -> None:
    first, second = (environment.describe("cpu", 2) for _ in range(2))
    assert first == second
    assert environment.differences(first, second) == []
    assert first["software"]["torch"].startswith("2.")
    assert first["hardware"]["cores"] >= 1
    assert first["hardware"]["memory_bytes"] > 1e9


def test_what_differs_is_named_with_both_values() -> None:
    before = environment.describe("cpu", 2)
    after = {**before, "threads": 4, "software": {**before["software"], "torch": "3.0"}}
    torch_before = before["software"]["torch"]
    assert environment.differences(before, after) == [
        "threads 2 -> 4",
        f"torch {torch_before} -> 3.0",
    ]


def test_a_start_at_another_time_is_no_difference() -> None:
    here = environment.describe("cpu", 1)
    one, two = ({**here, "started": at, "command": f"run {at}"} for at in ("now", "later"))
    assert environment.differences(one, two) == []


def test_variables_that_steer_kernels_are_recorded_and_those_we_set_are_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OMP_WAIT_POLICY", "PASSIVE")
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    found = environment.describe("cpu", 2)["variables"]
    assert found["OMP_WAIT_POLICY"] == "PASSIVE"
    assert "OMP_NUM_THREADS" not in found


def test_no_folder_of_this_machine_is_in_a_description(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUDA_HOME", "/home/someone/cuda")
    monkeypatch.setenv("TORCH_HOME", "/home/someone/torch")
    monkeypatch.setenv("OMP_PLACES", "/home/someone/places")
    assert "someone" not in str(environment.describe("cpu", 1))


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> ResolvedModel:
    folder = tmp_path_factory.mktemp("tiny")
    make(folder)
    digests = {"weights_digest": "", "tokenizer_digest": "", "template_digest": ""}
    return ResolvedModel(name="tiny", path=folder, provenance="", license="", **digests)


def measured(
    tiny: ResolvedModel, folder: Path, recipe: str, phases: tuple[str, ...]
) -> dict[str, object]:
    variant = Variant(
        name="x",
        model=ModelChoice(name="tiny"),
        quantization="nf4",
        recipe=Recipe(name=recipe),  # type: ignore[arg-type]
        ask=Ask(batch_size=4),
        measure=Measure(phases=phases),
    )
    job = PhaseJob(
        phase="measure",
        variant=variant,
        model=tiny,
        corpus=folder,
        folder=folder,
        device="cpu",
        trained="",
        asked="",
    )
    return measure.run(job, lambda done, total, message: None)


def test_a_tuned_variant_is_measured_in_training_reading_and_writing(
    tiny: ResolvedModel, tmp_path: Path
) -> None:
    found = measured(tiny, tmp_path, "instruct", ("train", "prefill", "decode"))
    for name in ("train_tokens", "train_examples", "prefill_tokens", "decode_tokens"):
        speed = found[f"throughput.{name}_per_s"]
        assert isinstance(speed, dict)
        assert speed["median"] > 0
        assert len(speed["samples"]) >= 2
    assert found["throughput.train_tokens_per_step"] == 8 * measure.LENGTH
    for name in ("train", "prefill", "decode"):
        share = found[f"roofline.{name}_share"]
        assert isinstance(share, float)
        assert share > 0
    p50, p90 = found["latency.token_p50_s"], found["latency.token_p90_s"]
    assert isinstance(p50, float)
    assert isinstance(p90, float)
    assert 0 < p50 <= p90


def test_an_untuned_variant_has_no_training_speed(tiny: ResolvedModel, tmp_path: Path) -> None:
    found = measured(tiny, tmp_path, "base", ("train", "decode"))
    assert not any("train" in name for name in found)
    assert "throughput.prefill_tokens_per_s" not in found
    assert "throughput.decode_tokens_per_s" in found


@pytest.mark.parametrize(("recipe", "phase"), [("instruct", "train"), ("base", "decode")])
def test_a_model_that_changed_while_it_was_measured_gives_no_figures(
    tiny: ResolvedModel,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    recipe: str,
    phase: str,
) -> None:
    worked = False

    def work(*arguments: object) -> list[float]:
        nonlocal worked
        worked = True
        return [1.0, 1.0]

    def after_work(self: load.Loaded) -> None:
        if worked:
            raise PhaseFailure("a layer changed")

    monkeypatch.setattr(measure, "sample", work)
    monkeypatch.setattr(load.Loaded, "verify", after_work)
    with pytest.raises(PhaseFailure, match="a layer changed"):
        measured(tiny, tmp_path, recipe, (phase,))


def test_loading_is_timed_in_the_answer_phase_alone(tiny: ResolvedModel, tmp_path: Path) -> None:
    assert "time.load_s" not in measured(tiny, tmp_path, "base", ("decode",))


def test_work_counts_a_frozen_base_without_weight_gradients(tiny: ResolvedModel) -> None:
    work = roofline.work_of(load.load(tiny, "nf4", "cpu").model)
    assert work.linear == 2 * (2 * 256 * 256 + 2 * 128 * 256 + 3 * 256 * 768)
    assert work.adapter == 0
    assert work.train_flop(0) == 4 * work.linear
    assert roofline.Work(linear=0, head=0, adapter=5).train_flop(1) == 30
    assert work.read_flop(1) == 2 * (work.linear + work.head)
