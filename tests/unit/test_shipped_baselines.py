"""Baselines that come with the package: readable, of the suites as they are, without the text."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from harness import shipped
from harness.comparing import baselines
from harness.comparing.sides import Side
from harness.corpora.build import build
from harness.errors import UserError
from harness.measuring.environment import VARIABLES
from harness.records import Corpus, ModelChoice, Suite, Variant
from harness.scoring.material import Material
from harness.scoring.protocol import protocol
from harness.storage.jsonl import plain
from harness.suite import load_suite

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("quick", "smoke", "surgery-quick")
MOST_KIB = 400
"""Of one baseline: more is nothing that one commits with every change."""


@pytest.fixture(scope="module", params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def side(name: str) -> Side:
    return baselines.read(shipped.find("baselines", name))


@pytest.fixture(scope="module")
def suite(name: str) -> Suite:
    return load_suite(name)


@pytest.fixture(scope="module")
def corpus(suite: Suite) -> Corpus:
    return build(suite.corpus)


def outdated(side: Side, suite: Suite, corpus: Corpus) -> list[str]:
    """Why a baseline is not of this suite; empty where it is."""
    found = []
    if side.corpus.get("digest") != corpus.digest:
        found.append("the corpus is another one")
    if dict(side.suite.get("gate") or {}) != dict(suite.gate):
        found.append("the gates differ")
    names = [variant.name for variant in suite.variants]
    if list(side.named()) != names:
        found.append(f"the suite has the variants {names}")
    usual = flat(plain(asdict(Variant(name="", model=ModelChoice(name="tiny")))))
    for variant in suite.variants:
        held = side.named().get(variant.name)
        if held is None:
            continue
        now, then = flat(plain(asdict(variant))), flat(plain(held.config))
        # A setting that came later and is left at what was done before changes nothing.
        found += [
            f"{variant.name} {key} {then.get(key, usual.get(key))} -> {now.get(key)}"
            for key in sorted(now.keys() | then.keys())
            if then.get(key, usual.get(key)) != now.get(key)
        ]
        under = protocol(Material(corpus=corpus, judged=(), config=held.config))
        if held.scores["hallucination.nonexistent"].protocol != under:
            found.append(f"{variant.name}: scored by other rules")
    return found


def flat(settings: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in settings.items():
        if isinstance(value, Mapping):
            found |= flat(value, f"{prefix}{key}.")
        else:
            found[f"{prefix}{key}"] = value
    return found


REMAKE = "run the suite and save it again: closedbook baseline save RUN NAME"


def test_a_shipped_baseline_is_of_the_suite_as_it_is_shipped(
    side: Side, suite: Suite, corpus: Corpus
) -> None:
    assert outdated(side, suite, corpus) == [], REMAKE


def test_every_change_of_a_suite_makes_its_baseline_outdated(
    side: Side, suite: Suite, corpus: Corpus
) -> None:
    last = next(each for each in reversed(suite.variants) if each.name in side.named())
    longer = replace(last, training=replace(last.training, epochs=99))
    changes = {
        "the gates differ": replace(suite, gate={"recall.trained": 0.5}),
        "the suite has the variants": replace(suite, variants=suite.variants[1:]),
        "training.epochs": replace(suite, variants=(longer,)),
    }
    for said, changed in changes.items():
        assert any(said in line for line in outdated(side, changed, corpus)), said
    other = replace(corpus, digest="0" * 64)
    assert "the corpus is another one" in outdated(side, suite, other)
    variants = tuple(
        replace(
            each,
            scores={key: replace(score, protocol="0" * 12) for key, score in each.scores.items()},
        )
        for each in side.variants
    )
    rescored = outdated(replace(side, variants=variants), suite, corpus)
    assert any("scored by other rules" in line for line in rescored)


def test_every_variant_of_a_shipped_baseline_has_a_result_for_every_question(side: Side) -> None:
    assert {each.status for each in side.variants} == {"ok"}
    for each in side.variants:
        assert each.said.keys() == side.questions.keys(), each.name
        assert each.scores
        assert each.outcomes


NUMERIC = (
    *("OPENBLAS_CORETYPE", "ATEN_CPU_CAPABILITY", "ONEDNN_MAX_CPU_ISA", "DNNL_MAX_CPU_ISA"),
    *("MKL_CBWR", "MKL_ENABLE_INSTRUCTIONS", "CUBLAS_WORKSPACE_CONFIG"),
    *("NVIDIA_TF32_OVERRIDE", "TORCH_ALLOW_TF32_CUBLAS_OVERRIDE"),
)
"""Variables that make a library add up otherwise than it does on such a machine by itself."""


def without_a_first_step(side: Side) -> list[str]:
    """Tuned, unperturbed variants of which an upgrade could not be judged before it is trained."""
    return [
        each.name
        for each in side.variants
        if each.config["recipe"]["name"] != "base"
        and not each.config.get("perturb")
        # A start of one word is a digest, of an early version: it cannot say how far apart.
        and (each.first_step is None or " " not in each.first_step.subject.start)
    ]


def test_every_tuned_variant_of_a_shipped_baseline_has_a_first_step(side: Side) -> None:
    assert without_a_first_step(side) == [], REMAKE


def test_a_shipped_baseline_was_made_with_the_usual_kernels(side: Side) -> None:
    assert set(NUMERIC) <= set(VARIABLES)
    assert set(side.environment["variables"]) & set(NUMERIC) == set(), REMAKE


def test_a_variant_without_a_first_step_would_be_found(side: Side) -> None:
    bare = tuple(replace(each, first_step=None) for each in side.variants)
    found = without_a_first_step(replace(side, variants=bare))
    assert "instruct-nf4" in found or "instruct-fp32" in found
    assert not [name for name in found if "perturbed" in name or name.startswith("base")]


def test_no_text_of_the_corpus_is_in_a_shipped_baseline(name: str, corpus: Corpus) -> None:
    content = shipped.find("baselines", name).read_text(encoding="utf-8")
    assert leaks(content, corpus) == []


def leaks(content: str, corpus: Corpus) -> list[str]:
    """Texts of more than a word: sentences, questions, replies, names and values of the corpus."""
    texts = {
        sentence.strip()
        for chapter in corpus.chapters
        for sentence in (chapter.title, *re.split(r"[.?!\n]+", chapter.text))
    }
    texts |= {*corpus.names, *(value for held in corpus.values.values() for value in held)}
    for question in corpus.questions:
        texts |= {question.question, question.full_answer or "", *question.answers}
    return sorted(text for text in texts if " " in text and text in content)


def test_a_text_in_a_baseline_would_be_found(name: str, corpus: Corpus) -> None:
    content = shipped.find("baselines", name).read_text(encoding="utf-8")
    question = corpus.questions[0].question
    assert question in leaks(content + question, corpus)


def test_a_shipped_baseline_is_small_and_names_no_folder_of_a_machine(name: str) -> None:
    path = shipped.find("baselines", name)
    assert path.stat().st_size < MOST_KIB * 1024
    found = strings(json.loads(path.read_text(encoding="utf-8")))
    assert len(found) > 20
    assert [text for text in found if re.match(r"[/~\\]|[A-Z]:\\", text)] == []


def strings(value: Any) -> list[str]:
    """Every text in a baseline but packed numbers, whose letters mean nothing."""
    if isinstance(value, dict):
        return [s for key, each in value.items() if key != "first_step" for s in strings(each)]
    if isinstance(value, list):
        return [text for each in value for text in strings(each)]
    return [value] if isinstance(value, str) else []


def test_all_shipped_baselines_are_of_shipped_suites_and_found_from_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert set(NAMES) == set(baselines.known()) == set(shipped.names("baselines"))
    assert set(NAMES) <= set(shipped.names("suites"))
    assert baselines.named("smoke") == ROOT / "baselines" / "smoke.json"
    with pytest.raises(UserError) as caught:
        baselines.named("smokey")
    assert "did you mean 'smoke'?" in caught.value.hint
