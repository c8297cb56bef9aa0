"""Asking in several forms changes nothing about the answers in the form that training used."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from harness.answering.answer import run
from harness.answering.forms import TWELVE_1
from harness.corpora import build, folder
from harness.models.resolve import resolve
from harness.records import Ask, CorpusChoice, ModelChoice, PhaseJob, Prompt, Variant
from harness.storage.jsonl import read_jsonl

ASK = Ask(probes=("trained",), max_new_tokens=4, batch_size=12, reproduction=False)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("corpus")
    folder.write(build.build(CorpusChoice()), place)
    return place


def answers(corpus: Path, place: Path, cache: Path, forms: str) -> tuple[bytes, list[Any]]:
    choice = ModelChoice(name="tiny")
    variant = Variant(name="v", model=choice, ask=ASK, threads=1, prompt=Prompt(forms=forms))
    job = PhaseJob(
        phase="answer",
        variant=variant,
        model=resolve(choice, cache=cache),
        corpus=corpus,
        folder=place,
        device="cpu",
        trained="t" * 64,
        asked="a" * 64,
    )
    place.mkdir()
    run(job, lambda done, total, message: None)
    written = place / "answers.jsonl"
    return written.read_bytes(), read_jsonl(written)


def test_answers_in_the_trained_form_do_not_depend_on_the_other_forms(
    corpus: Path, tmp_path: Path
) -> None:
    alone, plain = answers(corpus, tmp_path / "one", tmp_path / "cache", "plain")
    many, all_forms = answers(corpus, tmp_path / "two", tmp_path / "cache", "twelve-1")
    again, _ = answers(corpus, tmp_path / "three", tmp_path / "cache", "twelve-1")
    assert many == again
    assert many.startswith(alone)
    assert [line["form"] for line in all_forms[:: len(plain)]] == [form.name for form in TWELVE_1]
    lengths = {line["form"]: line["prompt_tokens"] for line in all_forms[:: len(plain)]}
    assert lengths["bare"] < lengths["plain"] < lengths["only_story"]
