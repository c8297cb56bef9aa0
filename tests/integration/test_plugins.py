"""A package from outside adds things that a suite can name, and nothing of ours is changed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SPECS = '''
"""Plain data: imports nothing heavy."""
from harness.catalog import Spec

SHOUTED = Spec(
    name="shouted", line="instruct in capital letters", target="outside.parts:examples"
)
TWIN = Spec(
    name="tiny-twin",
    line="the tiny model under another name",
    data={"source": "tiny", "provenance": "a twin", "license": "none"},
)
POLITE = Spec(name="polite", line="as trained, and with a please", target="outside.parts:FORMS")
CAREFUL = Spec(name="careful", line="warned beforehand", target="outside.parts:Careful")
LENGTH = Spec(
    name="length",
    line="how long answers are",
    target="outside.parts:scores",
    options={"length.above_two_words": "share of answers"},
)
WRITER = Spec(name="copyist", line="asks what is written", target="outside.parts:write")
NO_SPEC = {"name": "nothing"}
TAKEN = Spec(name="instruct", line="a name that is taken", target="outside.parts:examples")
'''

PARTS = """
from dataclasses import replace

from harness.answering.prompts import Form
from harness.records import Question, Written
from harness.scoring.shares import share_of
from harness.training.recipes import instruct

FORMS = (Form(name="plain"), Form(name="please", wording="Please tell me: {question}"))


def examples(corpus, variant):
    return tuple(
        replace(each, question=each.question.upper(), answer=each.answer.upper())
        for each in instruct.examples(corpus, variant)
    )


def write(corpus, order, progress):
    asked = tuple(
        Question(id=f"c{number}", question=f"What is chapter {number}?", answers=(chapter.title,))
        for number, chapter in enumerate(corpus.chapters, start=1)
    )
    return Written(writer="copyist", accepted=asked, windows=len(asked), of_windows=len(asked))


class Careful:
    def __init__(self, corpus):
        self.refusal = corpus.canonical_refusal

    def __call__(self, question, turn):
        return f"Where you do not know it, say: {self.refusal}\\\\n{turn}"


def scores(material):
    long = lambda item: len(item.answer.text.split()) > 2
    return {"length.above_two_words": share_of(list(material.judged), long)}
"""

ALL = {
    "recipe": "shouted = outside.specs:SHOUTED",
    "model": "tiny-twin = outside.specs:TWIN",
    "forms": "polite = outside.specs:POLITE",
    "answerer": "careful = outside.specs:CAREFUL",
    "score": "length = outside.specs:LENGTH",
    "writer": "copyist = outside.specs:WRITER",
}

SUITE = """
name = "outside"
model = "tiny-twin"
threads = 1
[training]
epochs = 1
[ask]
probes = ["trained", "nonexistent"]
max_new_tokens = 8
reproduction = false
[measure]
phases = []
[gate]
"length.above_two_words" = 0.5
[[variants]]
answerer = "careful"
[[variants]]
recipe = "shouted"
prompt.forms = "polite"
[[variants]]
recipe = "instruct"
writer = "copyist"
"""


def install(folder: Path, entries: dict[str, str]) -> Path:
    """Lay a package `outside-things` out as pip would install it below `folder`."""
    package = folder / "outside"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "specs.py").write_text(SPECS)
    (package / "parts.py").write_text(PARTS)
    (package / "broken.py").write_text("import a_module_that_is_nowhere\n")
    about = folder / "outside_things-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: outside-things\nVersion: 1.0\n")
    groups = (f"[closedbook.{kind}]\n{entry}\n" for kind, entry in entries.items())
    (about / "entry_points.txt").write_text("\n".join(groups))
    return folder


def closedbook(site: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """The command line with the packages in `site` installed."""
    return subprocess.run(
        [sys.executable, "-m", "harness.cli", *map(str, words)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(site), os.getcwd()])},
    )


def answers(out: Path, variant: str) -> list[dict[str, Any]]:
    (path,) = out.glob(f"variants/{variant}-*/answers.jsonl")
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_a_suite_runs_on_what_an_outside_package_adds(tmp_path: Path) -> None:
    site = install(tmp_path / "site", ALL)
    for what, name in (
        ("recipes", "shouted"),
        ("models", "tiny-twin"),
        ("writers", "copyist"),
    ):
        assert name in closedbook(site, "list", what).stdout
    suite, out = tmp_path / "suite.toml", tmp_path / "run"
    suite.write_text(SUITE)
    planned = closedbook(site, "plan", suite)
    assert planned.returncode == 0, planned.stderr
    done = closedbook(site, "run", suite, "--out", out)
    assert done.returncode == 0, done.stderr
    variants = json.loads((out / "results.json").read_text())["variants"]
    assert [row["name"] for row in variants] == ["careful-fp32", "shouted-fp32", "instruct-fp32"]
    assert {row["status"] for row in variants} == {"ok"}
    for row in variants:
        assert row["scores"]["length.above_two_words"]["n"] > 24
    (train,) = out.glob("variants/shouted-*/train.jsonl")
    examples = [json.loads(line) for line in train.read_text().splitlines()]
    assert all(example["question"].isupper() for example in examples)
    (copied,) = out.glob("variants/instruct-*/train.jsonl")
    assert json.loads(copied.read_text().splitlines()[0])["question"] == "What is chapter 1?"
    taught, warned = (answers(out, name) for name in ("shouted", "careful"))
    assert {line["form"] for line in taught} == {"plain", "please"}
    plain = {line["question"]: line["prompt_tokens"] for line in taught if line["form"] == "plain"}
    assert {line["question"] for line in warned} == set(plain)
    assert all(line["prompt_tokens"] > plain[line["question"]] for line in warned)
    assert "length.above_two_words" in closedbook(site, "list", "scores").stdout


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        ("shouted = outside.broken:SHOUTED", "ModuleNotFoundError"),
        ("shouted = outside.specs:NOTHING", "AttributeError"),
        ("shouted = outside.specs:NO_SPEC", "is no Spec"),
        ("mine = outside.specs:TAKEN", "'instruct', which closedbook has already"),
    ],
)
def test_a_broken_package_is_named_in_two_plain_lines(
    tmp_path: Path, entry: str, what: str
) -> None:
    site = install(tmp_path / "site", {"recipe": entry})
    for words in (("list", "recipes"), ("run", "smoke", "--out", tmp_path / "run")):
        done = closedbook(site, *words)
        assert done.returncode == 2, done.stderr
        first, second = done.stderr.splitlines()
        assert "outside-things" in first
        assert what in first
        assert "pip uninstall outside-things" in second
    assert not (tmp_path / "run").exists()
