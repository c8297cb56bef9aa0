"""Ctrl-C on a real run of the suite `smoke`, and the same command again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

pytestmark = pytest.mark.timeout(300)
ROOT = Path(__file__).parents[2]


def command(out: Path) -> list[str]:
    words = ["run", "smoke", "--jobs", "1", "--set", "measure.phases=[]", "--out", str(out)]
    return [sys.executable, "-m", "harness.cli", *words]


def run_until(out: Path, sign: str) -> tuple[int, str]:
    """Run, press Ctrl-C at the first line that holds `sign`; exit code and what was printed."""
    process = subprocess.Popen(
        command(out), cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stderr is not None
    stop = threading.Timer(240, process.kill)
    stop.start()
    lines = []
    try:
        for line in process.stderr:
            lines.append(line)
            if sign in line:
                os.killpg(process.pid, signal.SIGINT)  # as a terminal does: the whole group
                sign = "\0"
        process.wait()
    finally:
        stop.cancel()
        process.stderr.close()
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)  # nobody of the group is left
    return process.returncode, "".join(lines)


def status(out: Path, name: str) -> dict[str, object]:
    path = next((out / "variants").glob(f"{name}--*")) / "status.json"
    found: dict[str, object] = json.loads(path.read_text())
    return found


def finish(out: Path) -> str:
    done = subprocess.run(command(out), cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stderr


def records(out: Path) -> dict[str, bytes]:
    """Every file that must not depend on what interrupted the run."""
    found = {}
    for pattern in (
        "*/answers.jsonl",
        "*/train.jsonl",
        "*/losses.jsonl",
        "*/adapter/*.safetensors",
    ):
        for path in (out / "variants").glob(pattern):
            found[str(path.relative_to(out / "variants"))] = path.read_bytes()
    return found


def scores(out: Path) -> object:
    rows = json.loads((out / "results.json").read_text())["variants"]
    return [{key: row[key] for key in ("name", "status", "verdicts", "scores")} for row in rows]


def test_an_interrupted_run_continues_and_ends_with_the_same_bytes(tmp_path: Path) -> None:
    straight, interrupted = tmp_path / "straight", tmp_path / "interrupted"
    finish(straight)

    code, printed = run_until(interrupted, "instruct-fp32: train")
    assert code == 130
    assert "the same command continues" in printed
    assert "Traceback" not in printed
    assert status(interrupted, "base-fp32")["status"] == "ok"
    assert status(interrupted, "instruct-fp32")["status"] == "interrupted"
    assert not (interrupted / "results.json").exists()

    printed = finish(interrupted)
    assert "base-fp32: answer done" not in printed  # it was kept
    assert records(interrupted) == records(straight)
    assert scores(interrupted) == scores(straight)
