"""The command line answers at once, and tells a mistake in two lines and an exit code."""

from __future__ import annotations

import errno
import subprocess
import sys
import time
from pathlib import Path

import pytest

from harness import cli

COMMANDS = ("run", "plan", "report", "score", "ask", "list", "doctor")


def closedbook(*words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "harness.cli", *words],
        capture_output=True,
        text=True,
        cwd=cwd,
        timeout=120,
        check=False,
    )


def assert_two_plain_lines(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    lines = done.stderr.splitlines()
    assert len(lines) == 2, done.stderr
    assert lines[0].startswith("closedbook: ")
    assert lines[1].startswith("  ")


def test_help_answers_within_three_tenths_of_a_second() -> None:
    """The best of five, since a busy machine can delay any single one."""
    seconds = []
    for _ in range(5):
        start = time.perf_counter()
        assert closedbook("--help").returncode == 0
        seconds.append(time.perf_counter() - start)
    assert min(seconds) < 0.3


def test_help_names_every_command() -> None:
    text = closedbook("--help").stdout
    assert all(f"\n  {command} " in text for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_every_command_has_an_example(command: str) -> None:
    done = closedbook(command, "--help")
    assert done.returncode == 0
    assert f"Example: closedbook {command}" in " ".join(done.stdout.split())


def test_the_version_is_the_package_version() -> None:
    import harness

    assert closedbook("--version").stdout == f"closedbook {harness.__version__}\n"


def test_a_misspelt_command_or_option_is_bad_usage() -> None:
    done = closedbook("rnu")
    assert done.returncode == 2
    assert "'run'" in done.stderr
    assert closedbook("run", "quick", "--frehs").returncode == 2
    assert closedbook("run").returncode == 2


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["run", "quik"], "did you mean 'quick'?"),
        (["plan", "quik"], "did you mean 'quick'?"),
        (["run", "none.toml"], "check the path"),
        (["run", "quick", "--set", "training.epocs=3"], "did you mean 'epochs'?"),
        (["run", "quick", "--set", "training.epochs"], "--set training.epochs=3"),
        (["run", "quick", "--set", "model=smolm2-135m"], "did you mean 'smollm2-135m'?"),
        (["run", "quick", "--set", "variants=[{quantization='nf5'}]"], "did you mean 'nf4'?"),
        (["report", "nowhere"], "closedbook run"),
        (["score", "nowhere"], "closedbook run"),
        (["ask", "nowhere", "base-fp32", "Who?"], "closedbook run"),
        (["ask", "nowhere", "base-fp32"], "closedbook ask"),
        (["report"], "closedbook report runs/quick"),
        (["report", "one", "--format", "html5"], "did you mean 'html'?"),
        (["report", "smok", "smoke"], "did you mean 'smoke'?"),
        (["report", "one", "two", "--publish", "there"], "one after the other"),
        (["report", "one", "--publish", "there", "--out", "x.html"], "written without"),
        (["report", "one", "--as", "other"], "add --publish FOLDER"),
        (["report", "--publish", "there"], "publish a run into it first"),
    ],
)
def test_a_mistake_is_told_in_two_lines_and_nothing_is_written(
    tmp_path: Path, words: list[str], hint: str
) -> None:
    done = closedbook(*words, cwd=tmp_path)
    assert_two_plain_lines(done)
    assert hint in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_no_run_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("nothing to score")
    done = closedbook("score", str(tmp_path))
    assert_two_plain_lines(done)
    assert "not a run folder" in done.stderr


def test_what_the_disk_refuses_is_two_plain_lines(tmp_path: Path) -> None:
    done = closedbook("score", str(tmp_path / ("long" * 100)))
    assert_two_plain_lines(done)
    assert "name too long" in done.stderr.lower()
    assert_two_plain_lines(closedbook("run", "long" * 100 + ".toml"))


def test_an_error_of_the_disk_that_nobody_foresaw_is_two_plain_lines(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuses() -> None:
        raise PermissionError(errno.EACCES, "Permission denied", "/somewhere")

    monkeypatch.setattr(cli, "app", refuses)
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == 2
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "closedbook: /somewhere: Permission denied"
    assert len(lines) == 2


def test_an_executor_of_an_unknown_name_is_answered_with_ours(tmp_path: Path) -> None:
    done = closedbook("run", "smoke", "--executor", "lokal", cwd=tmp_path)
    assert_two_plain_lines(done)
    assert "did you mean 'local'?" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_run_that_cannot_be_read_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text('{"suite": ')
    done = closedbook("report", str(tmp_path))
    assert_two_plain_lines(done)
    assert "damaged" in done.stderr


def test_a_typo_costs_less_than_a_second_and_loads_no_torch(tmp_path: Path) -> None:
    start = time.perf_counter()
    done = closedbook("run", "quick", "--set", "training.epocs=3", cwd=tmp_path)
    seconds = time.perf_counter() - start
    assert done.returncode == 2
    assert seconds < 1


@pytest.mark.parametrize(
    ("what", "name"),
    [
        ("suites", "quick"),
        ("models", "smollm2-135m"),
        ("recipes", "instruct"),
        ("levels", "nf4_dq"),
        ("probes", "near_miss"),
        ("scores", "recall.trained"),
    ],
)
def test_list_tells_name_and_purpose(what: str, name: str) -> None:
    done = closedbook("list", what)
    assert done.returncode == 0
    (line,) = [line for line in done.stdout.splitlines() if line.split()[0] == name]
    assert len(line.split()) > 3


def test_importing_the_package_or_the_command_line_loads_nothing_heavy() -> None:
    code = (
        "import sys, harness, harness.cli\n"
        "heavy = {'torch', 'transformers', 'datasets', 'evaluate', 'peft', 'numpy', 'rich',"
        " 'pydantic', 'matplotlib'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "[]\n"


def test_the_python_verbs_are_there_and_a_wrong_one_is_an_error() -> None:
    import harness

    assert {"load_suite", "run", "score", "write_report"} <= set(dir(harness))
    assert harness.load_suite("smoke").name == "smoke"
    with pytest.raises(AttributeError, match="no attribute 'lode_suite'"):
        harness.lode_suite  # noqa: B018
