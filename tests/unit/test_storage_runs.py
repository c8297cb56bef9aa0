import errno
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from harness.errors import UserError
from harness.scoring import stored
from harness.storage import jsonl
from harness.storage.folders import VariantFolder
from harness.storage.jsonl import write_json, write_jsonl
from harness.storage.locks import RunLock
from harness.storage.made import marks
from harness.storage.resources import (
    drift,
    drop_drift,
    drop_resources,
    merge_resources,
    read_resources,
)
from harness.storage.runs import drop_torn_lines, existing_run, read_object
from harness.storage.status import PhaseError, PhaseState, Status, read_status, write_status

HOLD = """
import sys, time
from pathlib import Path
from harness.storage.locks import RunLock
lock = RunLock(Path(sys.argv[1]), "closedbook run quick")
lock.acquire()
print("held", flush=True)
time.sleep(60)
"""


def test_a_second_writer_is_told_who_holds_the_run(tmp_path: Path) -> None:
    with RunLock(tmp_path / ".lock"), pytest.raises(UserError) as caught:
        RunLock(tmp_path / ".lock").acquire()
    assert str(os.getpid()) in caught.value.message
    assert "\n" not in caught.value.message


def test_a_lock_is_free_again_after_its_holder_gave_it_back(tmp_path: Path) -> None:
    for _ in range(2):
        with RunLock(tmp_path / ".lock"):
            pass


def test_the_lock_of_a_killed_process_is_taken_over(tmp_path: Path) -> None:
    path = tmp_path / ".lock"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(UserError, match=f"process {holder.pid} on "):
            RunLock(path).acquire()
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        with RunLock(path):
            assert json.loads(path.read_text())["pid"] == os.getpid()
    finally:
        holder.kill()
        holder.wait()
        if holder.stdout:
            holder.stdout.close()


def test_a_lock_file_with_rubbish_in_it_is_taken_over(tmp_path: Path) -> None:
    (tmp_path / ".lock").write_text("{rubbish")
    with RunLock(tmp_path / ".lock"):
        pass


def test_a_run_folder_under_a_file_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="cannot write") as caught:
        RunLock(tmp_path / "file" / ".lock").acquire()
    assert "\n" not in caught.value.message


def test_a_status_survives_writing_and_reading(tmp_path: Path) -> None:
    folder = VariantFolder(tmp_path)
    state = PhaseState(state="failed", fingerprint="f", environment="e", seconds=1.5)
    error = PhaseError(phase="train", reason="out of memory", log="train.log")
    status = Status(status="failed", error=error).with_phase("train", state)
    write_status(folder, status)
    assert read_status(folder) == status


def test_a_variant_without_a_status_is_pending(tmp_path: Path) -> None:
    assert read_status(VariantFolder(tmp_path)) == Status()


def test_a_phase_is_done_only_under_its_own_fingerprint() -> None:
    state = PhaseState(state="done", fingerprint="this", environment="e", seconds=1.0)
    status = Status().with_phase("answer", state)
    assert status.done("answer", "this")
    assert not status.done("answer", "other")
    assert not status.done("train", "this")


def test_forgetting_phases_forgets_the_error_too() -> None:
    state = PhaseState(state="done", fingerprint="f", environment="e")
    status = Status(status="failed", error=PhaseError(phase="answer", reason="r"))
    left = status.with_phase("train", state).with_phase("answer", state).without(["answer"])
    assert left.status == "pending"
    assert left.error is None
    assert set(left.phases) == {"train"}


def test_resources_of_all_phases_end_up_side_by_side(tmp_path: Path) -> None:
    folder = VariantFolder(tmp_path)
    merge_resources(folder, {"time.train_s": 1.0, "adapter.bytes": 5})
    merge_resources(folder, {"time.load_s": 2.0, "adapter.bytes": 6})
    assert read_resources(folder) == {"time.train_s": 1.0, "time.load_s": 2.0, "adapter.bytes": 6}


def test_drift_is_the_last_speed_over_the_first() -> None:
    first = {
        "throughput.decode_tokens_per_s": {"median": 20.0, "samples": [19.0, 20.0, 22.0]},
        "throughput.train_tokens_per_s": 100,
        "throughput.decode_batch": 32,
        "latency.token_p50_s": 0.0,
        "memory.weights_bytes": 5,
    }
    last = {**first, "throughput.decode_tokens_per_s": {"median": 15.0, "samples": [15.0]}}
    assert drift(first, last) == {
        "drift.throughput.decode_tokens_per_s": 0.75,
        "drift.throughput.train_tokens_per_s": 1.0,
    }


def test_forgotten_resources_are_gone_and_the_others_stay(tmp_path: Path) -> None:
    folder = VariantFolder(tmp_path)
    merge_resources(folder, {"time.load_s": 1.0, "adapter.bytes": 5})
    drop_resources(folder, {"time.load_s"})
    assert read_resources(folder) == {"adapter.bytes": 5}


def test_a_torn_last_line_is_dropped_and_reported(tmp_path: Path) -> None:
    (tmp_path / "answers.jsonl").write_text('{"a":1}\n{"a":')
    (tmp_path / "losses.jsonl").write_text('{"step":1}\n')
    messages = drop_torn_lines(tmp_path)
    assert (tmp_path / "answers.jsonl").read_text() == '{"a":1}\n'
    assert (tmp_path / "losses.jsonl").read_text() == '{"step":1}\n'
    assert len(messages) == 1
    assert "answers.jsonl" in messages[0]


@pytest.mark.parametrize("content", ["{torn", "[1]", b"\xff\xfe"])
def test_a_damaged_file_gets_one_line(tmp_path: Path, content: str | bytes) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(UserError, match=r"x\.json is damaged") as caught:
        read_object(path)
    assert "\n" not in caught.value.message


def test_what_is_no_run_is_refused_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no run at"):
        existing_run(tmp_path / "nothing")
    with pytest.raises(UserError, match="is not a run folder"):
        existing_run(tmp_path)
    (tmp_path / "plan.json").write_text("{")
    with pytest.raises(UserError, match="is damaged"):
        existing_run(tmp_path)
    with pytest.raises(UserError, match="is a file"):
        existing_run(tmp_path / "plan.json")


def test_an_unreadable_run_is_refused_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> list[str]:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "listdir", refuse)
    with pytest.raises(UserError, match=r"cannot read .*: Permission denied"):
        existing_run(tmp_path)


def test_a_full_disk_is_one_line_and_leaves_the_old_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = VariantFolder(tmp_path)
    merge_resources(folder, {"adapter.bytes": 1})

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(jsonl.os, "fsync", full)
    with pytest.raises(UserError, match="No space left on device"):
        merge_resources(folder, {"adapter.bytes": 2})
    assert read_resources(folder) == {"adapter.bytes": 1}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["resources.json"]


def test_line_separators_inside_an_answer_are_no_end_of_a_record(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    records = [{"text": f"a{separator}b"} for separator in "\u2028\u2029\x85"]
    write_jsonl(path, records)
    with path.open("a") as file:
        file.write('{"text": "torn')
    assert stored._lines(path) == records


def test_forgotten_drift_is_gone_and_speeds_stay(tmp_path: Path) -> None:
    folder = VariantFolder(tmp_path)
    merge_resources(folder, {"throughput.decode_tokens_per_s": 3.0})
    merge_resources(folder, {"drift.throughput.decode_tokens_per_s": 1.1})
    drop_drift(folder)
    assert read_resources(folder) == {"throughput.decode_tokens_per_s": 3.0}


@pytest.mark.parametrize(
    "content",
    [
        {"status": "failed", "error": {"phase": "train"}},
        {"status": "failed", "error": "out of memory"},
        {"status": "failed", "error": {"phase": "train", "reason": 3}},
        {"status": ["ok"], "phases": 3},
        {"phases": ["answer"]},
        {"phases": {"answer": "done"}},
        {"phases": {"answer": {"state": "done"}}},
        {"phases": {"answer": {"state": "well", "fingerprint": "f", "environment": "e"}}},
    ],
)
def test_a_status_of_another_shape_is_one_line_that_names_the_file(
    tmp_path: Path, content: dict[str, object]
) -> None:
    folder = VariantFolder(tmp_path)
    folder.status.write_text(json.dumps(content))
    with pytest.raises(UserError) as caught:
        read_status(folder)
    assert str(folder.status) in caught.value.message
    assert "\n" not in caught.value.message
    assert caught.value.hint


def test_reading_a_growing_file_leaves_its_torn_line_for_the_writer(tmp_path: Path) -> None:
    path = tmp_path / "losses.jsonl"
    path.write_bytes(b'{"step":1}\n{"step":')
    assert jsonl.read_appended(path) == [{"step": 1}]
    assert path.read_bytes().endswith(b'{"step":')
    path.write_bytes(b'{"ste\n{"step":2}\n')
    with pytest.raises(UserError, match=r"losses\.jsonl:1: not JSON"):
        jsonl.read_appended(path)


def test_a_torn_line_of_what_was_asked_again_is_dropped_too(tmp_path: Path) -> None:
    (tmp_path / "repeats.jsonl").write_text('{"how":"process"}\n{"how":')
    assert len(drop_torn_lines(tmp_path)) == 1
    assert (tmp_path / "repeats.jsonl").read_text() == '{"how":"process"}\n'


def stored_with(tmp_path: Path, state: str) -> stored.StoredVariant:
    """A variant that was answered, and asked again as far as `state` says."""
    folder = VariantFolder(tmp_path)
    write_jsonl(folder.repeats, [{"how": "process"}, {"how": "rerun"}])
    item = {"question": "q", "form": "plain", "draw": 0}
    write_json(folder.plan, {"batches": [[item]]})
    write_jsonl(folder.answers, [{"asked": "a", **item}])
    done = PhaseState(state="done", fingerprint="f", environment="e")
    again = PhaseState(
        state="done" if state == "done" else "running",
        fingerprint="f",
        environment="e",
        made=marks(folder, "repeat"),
    )
    write_status(folder, Status().with_phase("answer", done).with_phase("repeat", again))
    return stored.StoredVariant(
        name="v",
        trained="t",
        folder=folder,
        config={"recipe": {"name": "base"}},
        asked="a",
        status=read_status(folder),
    )


def test_records_that_were_cut_after_their_phase_are_not_scored(tmp_path: Path) -> None:
    whole = stored_with(tmp_path, "done")
    assert whole.damage is None
    path = whole.folder.repeats
    path.write_text(path.read_text().splitlines()[0] + "\n")
    cut = stored.StoredVariant(
        name="v",
        trained="t",
        folder=whole.folder,
        config=whole.config,
        asked="a",
        status=whole.status,
    )
    assert cut.damage is not None
    assert "repeats.jsonl" in cut.damage
    assert not cut.answered


def test_what_a_killed_phase_left_is_not_read(tmp_path: Path) -> None:
    assert stored_with(tmp_path, "running").repeats() == ()
    write_jsonl(VariantFolder(tmp_path).likelihood, [{"asked": "a"}])
    assert stored_with(tmp_path, "running").likelihoods() == ()
