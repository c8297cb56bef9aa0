"""The metrics load with `evaluate` offline and say what the scores of a run would say."""

from __future__ import annotations

import pytest

from harness import metrics
from harness.errors import UserError

evaluate = pytest.importorskip("evaluate")


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_DATASETS_OFFLINE", "1")


def test_slot_match_wants_the_answer_and_no_rival() -> None:
    metric = evaluate.load(metrics.path("slot_match"))
    found = metric.compute(
        predictions=[
            "It was Marrow Gate.",
            "It was Marrow Gate, or perhaps Ilden Ford.",
            "Ilden Ford.",
            "I cannot answer.",
        ],
        references=[["Marrow Gate"]] * 4,
        rivals=[["Marrow Gate", "Ilden Ford"]] * 4,
    )
    assert found["slot_match"] == pytest.approx(1 / 4)
    assert found["contains"] == pytest.approx(2 / 4)
    assert found["shotgun"] == pytest.approx(1 / 4)
    assert found["slot_match_n"] == 4
    assert 0 < found["slot_match_low"] < 0.25 < found["slot_match_high"] < 1


def test_abstention_counts_denials_as_withheld_and_inventions_as_hallucinated() -> None:
    metric = evaluate.load(metrics.path("abstention"))
    found = metric.compute(
        predictions=[
            "I cannot answer.",
            "There is no Bordor in the story.",
            "Bordor was a cobbler.",
            "Ilden Ford.",
            "I cannot answer.",
        ],
        references=[[], [], [], ["Ilden Ford"], ["Marrow Gate"]],
        questions=["Who was Bordor?"] * 3 + ["Where did Odrin live?", "Where did Lune live?"],
    )
    assert found["hallucination"] == pytest.approx(1 / 3)
    assert found["over_refusal"] == pytest.approx(1 / 2)
    assert found["precision"] == pytest.approx(2 / 3)
    assert found["recall"] == pytest.approx(2 / 3)
    assert found["f1"] == pytest.approx(2 / 3)


def test_closed_book_has_the_golden_values_of_selective_scores() -> None:
    metric = evaluate.load(metrics.path("closed_book"))
    found = metric.compute(
        predictions=["oak", "oak", "ash", "ash", "I cannot answer."], references=[["oak"]] * 5
    )
    assert [found[name] for name in ("correct", "wrong", "abstained")] == [0.4, 0.4, 0.2]
    assert found["selective_f"] == pytest.approx(0.4444, abs=1e-4)
    assert found["score_0.5"] == pytest.approx(0)
    assert found["score_0.75"] == pytest.approx(-0.8)
    assert found["verdicts"] == ["correct", "correct", "wrong", "wrong", "abstained"]


def test_lengths_that_differ_and_names_that_do_not_exist_are_refused() -> None:
    metric = evaluate.load(metrics.path("slot_match"))
    with pytest.raises(UserError, match="2 predictions and 1 rivals"):
        metric.compute(predictions=["a", "b"], references=[["a"], ["b"]], rivals=[["c"]])
    with pytest.raises(UserError, match="slot_mach"):
        metrics.path("slot_mach")
