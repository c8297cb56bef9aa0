"""The judge against real answers that two readers labelled: as good as it was found to be.

`answers.jsonl` is what the judge was mended on, `fresh.jsonl` what it was tried on afterwards.
"""

from __future__ import annotations

import pytest

from harness.records import VERDICTS
from tests.validity.judgements.answers.agreement import agreement, kappa, kappa_interval
from tests.validity.judgements.answers.labelled import (
    ANSWERS,
    FRESH,
    HERE,
    judge_again,
    read_lines,
    read_worlds,
)

MEASURED = {ANSWERS: (403, 393), FRESH: (126, 119)}
"""Answers, and those with the settled label: what was measured when the labels came."""


@pytest.fixture(scope="module", params=list(MEASURED), ids=lambda path: path.stem)
def labelled(request):
    items = read_lines(request.param)
    now = judge_again(items, read_worlds(request.param))
    return request.param, items, [now[item["key"]].verdict for item in items]


def test_the_judge_agrees_with_the_settled_labels_as_often_as_was_measured(labelled):
    path, items, verdicts = labelled
    count, agreed = MEASURED[path]
    same = sum(item["label"] == v for item, v in zip(items, verdicts, strict=True))
    assert len(items) == count
    assert same >= agreed


def test_the_mends_left_nothing_worse_than_it_was(labelled):
    _, items, verdicts = labelled
    worse = [
        item["key"]
        for item, verdict in zip(items, verdicts, strict=True)
        if item["verdict"] == item["label"] != verdict
    ]
    assert worse == []


def test_every_answer_has_both_labels_and_disputed_ones_are_settled_for_one_of_them(labelled):
    _, items, _ = labelled
    assert len({item["key"] for item in items}) == len(items)
    for item in items:
        assert {item["label_1"], item["label_2"], item["label"]} <= set(VERDICTS)
        assert item["label"] in (item["label_1"], item["label_2"])


def test_the_hard_kinds_are_among_the_labelled_answers():
    items = read_lines(ANSWERS)
    differ = [i for i in items if "contains" in i["flags"] and i["verdict"] != "correct"]
    assert len(items) >= 320
    assert len(differ) >= 60
    kinds = {flag for item in read_lines(FRESH) + items for flag in item["flags"]}
    assert {"hedged", "shotgun", "denial", "corrected", "strict", "lexicon_only"} <= kinds
    assert {"loop", "degenerate"} <= kinds


def test_every_disagreement_is_listed_with_its_reason(labelled):
    _, items, verdicts = labelled
    listed = (HERE / "disagreements.md").read_text(encoding="utf-8")
    for item, verdict in zip(items, verdicts, strict=True):
        if item["label"] != verdict or item["label_1"] != item["label_2"]:
            assert f"| {item['key']} |" in listed


def test_a_judge_that_always_says_the_same_agrees_by_chance_alone(labelled):
    _, items, _ = labelled
    labels = [item["label"] for item in items]
    assert kappa(["wrong"] * len(labels), labels) == pytest.approx(0)
    assert agreement(["wrong"] * len(labels), labels) < 0.6


def test_kappa_has_its_published_value():
    # Cohen's textbook case: 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no.
    one = ["correct"] * 25 + ["wrong"] * 25
    two = ["correct"] * 20 + ["wrong"] * 5 + ["correct"] * 10 + ["wrong"] * 15
    assert kappa(one, two) == pytest.approx(0.4)
    low, high = kappa_interval(one, two)
    assert low < 0.4 < high
