"""Whatever ends the launcher, no process of it is left."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@contextmanager
def launched(folder: Path, *words: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.support.toy_launcher", str(folder), *words]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def descendants(process: int) -> set[int]:
    found: set[int] = set()
    for thread in Path(f"/proc/{process}/task").iterdir():
        for child in thread.joinpath("children").read_text().split():
            found |= {int(child)} | descendants(int(child))
    return found


def wait_until_begun(folder: Path, process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 30
    while not (folder / "trace.txt").exists():
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.02)


def alive(processes: set[int]) -> set[int]:
    found = set()
    for number in processes:
        status = Path(f"/proc/{number}/stat")
        if status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z":
            found.add(number)
    return found


def left_after(processes: set[int], seconds: float) -> set[int]:
    deadline = time.monotonic() + seconds
    while alive(processes) and time.monotonic() < deadline:
        time.sleep(0.02)
    return alive(processes)


@pytest.mark.parametrize("how", ["template", "fresh"])
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_killing_the_launcher_leaves_no_worker_and_no_template(
    tmp_path: Path, how: str, number: signal.Signals
) -> None:
    with launched(tmp_path, "slow-train", how) as process:
        wait_until_begun(tmp_path, process)
        workers = descendants(process.pid)
        assert len(workers) == (2 if how == "template" else 1)
        process.send_signal(number)
        process.wait()
        assert not left_after(workers, 5)


def test_killing_the_launcher_while_libraries_load_leaves_nothing(tmp_path: Path) -> None:
    slow = "tests.support.toy_slow_import"
    with launched(tmp_path, "slow-train", "template", slow) as process:
        deadline = time.monotonic() + 30
        while not descendants(process.pid):
            assert time.monotonic() < deadline
            time.sleep(0.02)
        time.sleep(0.5)
        workers = descendants(process.pid)
        process.kill()
        process.wait()
        assert not left_after(workers, 5)


def test_a_stopped_worker_ends_with_its_launcher_too(tmp_path: Path) -> None:
    """As one that is deep in a library and runs no Python would."""
    with launched(tmp_path, "slow-train", "template") as process:
        wait_until_begun(tmp_path, process)
        worker = int((tmp_path / "trace.txt").read_text().split()[3])
        workers = descendants(process.pid)
        assert worker in workers
        signal_process(worker, signal.SIGSTOP)
        process.kill()
        process.wait()
        assert not left_after(workers, 5)


def test_ctrl_c_reaches_the_launcher_alone_and_it_ends_the_rest(tmp_path: Path) -> None:
    with launched(tmp_path, "slow-train", "template") as process:
        wait_until_begun(tmp_path, process)
        workers = descendants(process.pid)
        for number in (process.pid, *workers):  # a terminal tells the whole group
            signal_process(number, signal.SIGINT)
        assert process.stdout is not None
        printed = process.stdout.read()
        process.wait()
        assert "ended interrupted" in printed
        assert not left_after(workers, 1)


def signal_process(process: int, number: signal.Signals) -> None:
    import os

    os.kill(process, number)
