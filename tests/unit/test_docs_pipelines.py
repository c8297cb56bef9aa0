"""docs/continuous-integration.md: its workflows are YAML, and its commands are commands."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from harness.cli import app

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "continuous-integration.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def workflows() -> list[dict[str, Any]]:
    return [yaml.safe_load(text) for language, text in BLOCK.findall(PAGE) if language == "yaml"]


def scripts(value: Any) -> list[str]:
    """Every line of shell in a workflow: what stands under `run` and `script`."""
    if isinstance(value, list):
        return [line for each in value for line in scripts(each)]
    if not isinstance(value, dict):
        return []
    found: list[str] = []
    for key, inner in value.items():
        if key == "run" and isinstance(inner, str):
            found += inner.splitlines()
        elif key == "script":
            found += [line for each in inner for line in each.splitlines()]
        else:
            found += scripts(inner)
    return found


def commands() -> list[str]:
    lines = [
        line for language, text in BLOCK.findall(PAGE) if not language for line in text.split("\n")
    ]
    lines += [line for workflow in workflows() for line in scripts(workflow)]
    found = [re.search(r"(?:^|\s)(closedbook\s[a-z].*)", line) for line in lines]
    return [match[1].partition("||")[0].strip() for match in found if match]


# Typer carries a click of its own, whose errors derive from these.
UsageError = typer.BadParameter.__mro__[1]


def parsed(line: str) -> None:
    """Let our own parser take a command, without running it; raises UsageError otherwise."""
    words = shlex.split(line)[1:]
    command: Any = typer.main.get_command(app)
    while hasattr(command, "commands"):
        if words[0] not in command.commands:
            raise UsageError(f"no such command: {words[0]}")
        command, words = command.commands[words[0]], words[1:]
    command.make_context(command.name, list(words))


@pytest.mark.parametrize("line", commands())
def test_every_command_of_the_page_is_taken_by_the_command_line(line: str) -> None:
    parsed(line)


@pytest.mark.parametrize(
    "line",
    ["closedbook compare quick runs/quick --junitxml gates.xml", "closedbook baselines list"],
)
def test_a_command_that_does_not_exist_would_be_noticed(line: str) -> None:
    with pytest.raises(UsageError):
        parsed(line)


def test_the_page_runs_compares_and_saves() -> None:
    verbs = {tuple(line.split()[1:3]) for line in commands()}
    assert {verb[0] for verb in verbs} >= {"run", "compare", "baseline"}
    assert ("baseline", "save") in verbs
    assert len(commands()) >= 12


def test_the_github_workflow_checks_out_caches_runs_compares_and_uploads() -> None:
    (workflow,) = [each for each in workflows() if "jobs" in each]
    # YAML 1.1 reads the bare word `on` as true, and GitHub does not.
    assert "pull_request" in workflow[True]
    (job,) = workflow["jobs"].values()
    used = [step["uses"].partition("@")[0] for step in job["steps"] if "uses" in step]
    assert used == [
        "actions/checkout",
        "actions/setup-python",
        "actions/cache",
        "actions/upload-artifact",
    ]
    uploaded = job["steps"][-1]["with"]["path"].split()
    for written in ("gates.xml", "comparison.json", "comparison.html"):
        assert written in uploaded
        assert any(written in line for line in scripts(workflow))


def test_a_regression_fails_the_workflow_and_what_is_inconclusive_as_its_setting_says(
    tmp_path: Path,
) -> None:
    (workflow,) = [each for each in workflows() if "jobs" in each]
    (job,) = workflow["jobs"].values()
    (step,) = [each for each in job["steps"] if each.get("name", "").startswith("Compare")]
    for allowed, code, expected in (
        *(("no", 0, 0), ("no", 1, 1), ("no", 3, 3), ("yes", 0, 0), ("yes", 1, 1), ("yes", 3, 0)),
        *(("no", 2, 2), ("yes", 2, 2)),
    ):
        assert ended(step["run"], tmp_path, allowed, code) == expected, (allowed, code)


@pytest.mark.parametrize(("code", "expected"), [(0, 0), (4, 0), (2, 2), (130, 130)])
def test_a_failed_variant_is_compared_and_a_run_that_came_to_nothing_is_not(
    tmp_path: Path, code: int, expected: int
) -> None:
    found = [line for each in workflows() for line in scripts(each) if "closedbook run" in line]
    assert len(found) == 2
    for line in found:
        assert ended(line, tmp_path, "no", code) == expected, line


def test_the_table_of_exit_codes_names_all_that_the_commands_end_with() -> None:
    rows = re.findall(r"^\| (\d) \| ", PAGE, re.MULTILINE)
    assert rows == ["0", "1", "2", "3", "4"]


def ended(script: str, folder: Path, allowed: str, code: int) -> int:
    """Exit code of a step where `closedbook` ends with `code`, in the shell that GitHub uses."""
    fake = folder / "closedbook"
    fake.write_text(f"#!/bin/sh\nexit {code}\n", encoding="utf-8")
    fake.chmod(0o755)
    path = f"{folder}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        env={"PATH": path, "ALLOW_INCONCLUSIVE": allowed, "SUITE": "quick", "BASELINE": "quick"},
        check=False,
        capture_output=True,
    ).returncode


def test_in_gitlab_only_what_is_not_a_regression_is_a_warning() -> None:
    (job,) = [each["knowledge"] for each in workflows() if "knowledge" in each]
    assert job["allow_failure"] == {"exit_codes": 3}
    assert job["artifacts"]["reports"]["junit"] == "gates.xml"
