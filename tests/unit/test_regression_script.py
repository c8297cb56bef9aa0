"""`tox -e regression`: what the run's own exit code does to the verdict."""

from __future__ import annotations

import configparser
import runpy
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / ".ci" / "regression.py"


@pytest.fixture(name="main")
def _main(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """In a folder where an earlier run passed."""
    monkeypatch.chdir(tmp_path)
    old = tmp_path / "runs" / "regression-smoke"
    old.mkdir(parents=True)
    (old / "results.json").write_text("{}")
    main: Callable[..., int] = runpy.run_path(str(SCRIPT))["main"]
    return main


class Calls:
    """Stands in for the commands: `run` ends with one exit code, `compare` with another."""

    def __init__(self, run: int, compare: int = 0) -> None:
        self.codes = {"run": run, "compare": compare}
        self.seen: list[str] = []

    def __call__(self, command: Sequence[str]) -> int:
        assert Path(command[0]).name == "closedbook"
        assert not Path("runs/regression-smoke").exists()
        self.seen.append(command[1])
        return self.codes[command[1]]


@pytest.mark.parametrize(("code", "told"), [(1, 1), (2, 2), (130, 130), (-9, 137)])
def test_a_run_that_came_to_nothing_is_not_judged_by_an_earlier_one(
    main: Callable[..., int], code: int, told: int
) -> None:
    calls = Calls(run=code)
    assert main(["smoke"], calls) == told
    assert calls.seen == ["run"]


@pytest.mark.parametrize("code", [0, 4])
@pytest.mark.parametrize("verdict", [0, 1, 3])
def test_the_comparison_judges_a_run_even_one_with_a_failed_variant(
    main: Callable[..., int], code: int, verdict: int
) -> None:
    calls = Calls(run=code, compare=verdict)
    assert main(["smoke"], calls) == verdict
    assert calls.seen == ["run", "compare"]


@pytest.mark.parametrize("names", [[], ["smoke", "quick"], ["../smoke"], ["--help"], ["a/b"], [""]])
def test_it_takes_one_name_only(
    main: Callable[..., int], names: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    calls = Calls(run=0)
    assert main(names, calls) == 2
    assert calls.seen == []
    assert "one name only" in capsys.readouterr().err
    assert Path("runs/regression-smoke/results.json").exists()


def test_a_suite_that_cannot_be_read_fails_for_real(tmp_path: Path) -> None:
    (tmp_path / "runs" / "regression-smokey").mkdir(parents=True)
    done = subprocess.run(
        [sys.executable, str(SCRIPT), "smokey"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert "smokey" in done.stdout + done.stderr
    assert not (tmp_path / "runs" / "regression-smokey").exists()


def test_tox_and_make_judge_by_that_script_and_ignore_no_exit_code() -> None:
    tox = configparser.ConfigParser()
    tox.read(ROOT / "tox.ini")
    commands = tox["testenv:regression"]["commands"].strip()
    assert commands == "python .ci/regression.py {posargs:smoke}"
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "\t$(RUN)/python .ci/regression.py $(SUITE)\n" in makefile
