import errno
import os
import signal
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from harness.errors import PhaseFailure, Unavailable, UserError
from harness.execution import launching, machine, surroundings
from harness.execution.failures import LONGEST, of_exception, of_exit_code
from harness.records import ResolvedModel


def test_this_machine_has_at_least_one_core_and_some_memory() -> None:
    assert 1 <= machine.usable_cores() <= (os.cpu_count() or 1)
    assert machine.available_memory() > 0


@pytest.mark.parametrize(
    ("cores", "threads", "memory", "device", "jobs"),
    [
        (4, 2, 100, "cpu", 2),
        (4, 4, 100, "cpu", 1),
        (2, 8, 100, "cpu", 1),
        (16, 2, 30, "cpu", 3),
        (16, 2, 5, "cpu", 1),
        (16, 2, 100, "cuda", 1),
        (16, 2, 100, "cuda:1", 1),
    ],
)
def test_as_many_workers_as_cores_and_memory_allow(
    monkeypatch: pytest.MonkeyPatch, cores: int, threads: int, memory: int, device: str, jobs: int
) -> None:
    monkeypatch.setattr(machine, "usable_cores", lambda: cores)
    monkeypatch.setattr(machine, "available_memory", lambda: memory)
    assert machine.jobs_that_fit(threads, 10, device) == jobs


def test_a_worker_needs_memory_for_the_weights_of_its_model(tmp_path: Path) -> None:
    for number in (1, 2):
        weights = {"a": torch.zeros(3, 5, dtype=torch.bfloat16), "b": torch.zeros(7)}
        save_file(weights, tmp_path / f"model-{number}.safetensors", metadata={"format": "pt"})
    model = ResolvedModel(
        name="m",
        path=tmp_path,
        weights_digest="",
        tokenizer_digest="",
        template_digest="",
        provenance="",
        license="",
    )
    assert machine.memory_need(model) == machine.LIBRARIES_BYTES + 44 * machine.BYTES_PER_PARAMETER


def test_a_gpu_that_is_not_there_is_refused_before_anything_is_removed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(machine, "has_gpu", lambda: False)
    with pytest.raises(UserError, match="no NVIDIA GPU here") as caught:
        machine.resolve_device("cuda:1")
    assert "--device cpu" in caught.value.hint


@pytest.mark.parametrize("wanted", ["cpu", "cuda", "cuda:0", "cuda:12"])
def test_a_named_device_is_taken_as_it_is(wanted: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "has_gpu", lambda: True)
    assert machine.resolve_device(wanted) == wanted


@pytest.mark.parametrize("wanted", ["gpu", "cuda:", "cuda:x", "", "CPU", "cuda:1x"])
def test_another_word_for_a_device_is_refused(wanted: str) -> None:
    with pytest.raises(UserError, match="unknown device"):
        machine.resolve_device(wanted)


@pytest.mark.parametrize(("there", "device"), [(True, "cuda"), (False, "cpu")])
def test_auto_takes_the_gpu_where_there_is_one(
    monkeypatch: pytest.MonkeyPatch, there: bool, device: str
) -> None:
    monkeypatch.setattr(machine, "has_gpu", lambda: there)
    assert machine.resolve_device("auto") == device


@pytest.mark.parametrize("hidden", ["", "-1"])
def test_a_hidden_gpu_is_none(monkeypatch: pytest.MonkeyPatch, hidden: str) -> None:
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", hidden)
    monkeypatch.setattr(machine.importlib.metadata, "version", lambda name: "2.13.0+cu130")
    assert not machine.has_gpu()


def test_a_torch_without_cuda_makes_no_use_of_a_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine.importlib.metadata, "version", lambda name: "2.13.0+cpu")
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES", raising=False)
    assert not machine.has_gpu()


def test_measuring_keeps_to_some_of_the_usable_cores() -> None:
    if not hasattr(os, "sched_getaffinity"):
        assert machine.quiet_cores(1) == ()
        return
    usable = os.sched_getaffinity(0)
    assert machine.quiet_cores(len(usable)) == ()
    found = machine.quiet_cores(1, seconds=0.01)
    assert set(found) <= usable
    assert len(found) == (1 if len(usable) > 1 else 0)


def test_the_quietest_cores_are_taken_one_a_physical_core(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine.os, "sched_getaffinity", lambda pid: {0, 1, 2, 3}, raising=False)
    ticks = iter([{0: 0, 1: 0, 2: 0, 3: 0}, {0: 9, 1: 1, 2: 2, 3: 3}])
    monkeypatch.setattr(machine, "_busy_ticks", lambda: next(ticks))
    monkeypatch.setattr(machine, "_apart", lambda cores: [1, 3, 2, 0])  # 1 and 2 are siblings
    assert machine.quiet_cores(2, seconds=0) == (1, 3)


def test_variables_fix_threads_and_keep_workers_off_the_network() -> None:
    found = surroundings.variables(3, "cpu")
    assert found["OMP_NUM_THREADS"] == found["MKL_NUM_THREADS"] == "3"
    assert found["HF_HUB_OFFLINE"] == found["HF_DATASETS_OFFLINE"] == "1"
    assert found["HF_EVALUATE_OFFLINE"] == found["HF_HUB_DISABLE_TELEMETRY"] == "1"
    assert found["PATH"] == os.environ["PATH"]


def test_a_run_on_the_cpu_shows_its_workers_no_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "0,1")
    assert surroundings.variables(1, "cpu")["CUDA_VISIBLE_DEVICES"] == ""


@pytest.mark.parametrize(
    ("visible", "device", "shown"),
    [
        (None, "cuda", "0"),
        (None, "cuda:2", "2"),
        ("4,7", "cuda", "4"),
        ("4, 7", "cuda:1", "7"),
        ("GPU-aa,MIG-bb", "cuda:1", "MIG-bb"),
        ("4,7", "cuda:2", ""),
    ],
)
def test_a_worker_sees_the_one_card_it_was_given_and_calls_it_the_first(
    monkeypatch: pytest.MonkeyPatch, visible: str | None, device: str, shown: str
) -> None:
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES", raising=False)
    if visible is not None:
        monkeypatch.setenv("CUDA_VISIBLE_DEVICES", visible)
    assert surroundings.variables(1, device)["CUDA_VISIBLE_DEVICES"] == shown
    assert surroundings.inside(device) == "cuda:0"
    assert surroundings.inside("cpu") == "cpu"


@pytest.mark.parametrize(
    ("system", "device", "kind"),
    [("Linux", "cpu", "Template"), ("Linux", "cuda", "Fresh"), ("Darwin", "cpu", "Fresh")],
)
def test_only_where_forking_is_safe_workers_are_forked(
    monkeypatch: pytest.MonkeyPatch, system: str, device: str, kind: str
) -> None:
    class Stand:
        def __init__(self, threads: int, device: str) -> None:
            pass

    monkeypatch.setattr(launching.platform, "system", lambda: system)
    monkeypatch.setattr(launching, "TemplateLauncher", type("Template", (Stand,), {}))
    monkeypatch.setattr(launching, "FreshLauncher", type("Fresh", (Stand,), {}))
    assert type(launching.open_launcher(1, device)).__name__ == kind


def test_out_of_memory_is_said_in_the_same_words_wherever_it_comes_from() -> None:
    class OutOfMemoryError(RuntimeError):
        """As torch's."""

    errors = [
        MemoryError("80 GiB"),
        OutOfMemoryError("CUDA: tried to allocate 2 GiB"),
        RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried"),
        RuntimeError("DefaultCPUAllocator: not enough memory: you tried to allocate 8 bytes"),
    ]
    for error in errors:
        outcome = of_exception(error)
        assert outcome.state == "failed"
        assert outcome.reason.startswith("out of memory: ")


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EDQUOT, "Disk quota exceeded"),
        ValueError("I/O error: No space left on device (os error 28)"),
    ],
)
def test_a_full_disk_is_for_the_user_to_mend(error: Exception) -> None:
    refused = of_exception(error).refused
    assert refused is not None
    assert "no space left on the disk" in refused.message
    assert refused.hint


def test_what_a_phase_raises_on_purpose_is_passed_on_in_one_line() -> None:
    assert of_exception(PhaseFailure("two\nlines")).reason == "two lines"
    assert of_exception(Unavailable("no GPU")).state == "unavailable"
    mistake = UserError("bad", "do this")
    assert of_exception(mistake).refused is mistake


def test_an_error_in_the_program_keeps_its_type_and_is_cut_to_a_readable_length() -> None:
    assert of_exception(KeyError("weights")).reason == "KeyError: 'weights'"
    assert of_exception(AssertionError()).reason == "AssertionError"
    assert len(of_exception(ValueError("x" * 5000)).reason) == LONGEST


def test_exit_codes_are_explained() -> None:
    assert "memory ran out" in of_exit_code(-signal.SIGKILL).reason
    assert of_exit_code(-signal.SIGSEGV).reason == "killed by SIGSEGV"
    assert of_exit_code(-63).reason.startswith("killed by ")
    assert "exit code 3" in of_exit_code(3).reason
    assert "template" in of_exit_code(None).reason
