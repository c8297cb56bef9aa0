"""The metrics load with `evaluate` offline and say what the scores of a run would say."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from harness import metrics
from harness.errors import UserError
from harness.records import Corpus, Fact, Question
from harness.scoring.judge import judge_variant
from tests.validity.worlds import reply

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


PLACES = ("Marrow Gate", "Ilden Ford", "Tarn Hollow")
SAID = (
    "Mirel|lived|at|Marrow Gate|Ilden Ford|Tarn Hollow|I cannot answer.|I do not know.|There is no"
    "|Bordor|in the story.|but|perhaps|or|not|It was|neither|nor|ha ha ha|\n|marrow gates"
).split("|")
ASKED = {
    "Where did Mirel live?": ("Marrow Gate",),
    "Where did Oskari of Ilden Ford live?": ("Tarn Hollow",),
    "Where did Bordor live?": (),
}


def _a_run() -> Corpus:
    """A corpus as a run keeps it: names, facts and a closed set of values."""
    facts = [("Mirel", "Marrow Gate"), ("Oskari", "Tarn Hollow")]
    questions = [
        Question(
            id=asked,
            question=asked,
            answers=answers,
            must_abstain=not answers,
            probe="trained" if answers else "nonexistent",
            cluster=asked.split()[2],
            fact=asked.split()[2] if answers else None,
            relation="home",
        )
        for asked, answers in ASKED.items()
    ]
    return Corpus(
        kind="files",
        seed=None,
        size=None,
        digest="",
        canary="",
        source_tag="",
        chapters=(),
        facts=tuple(Fact(id=name, entity=name, relation="home", value=at) for name, at in facts),
        questions=tuple(questions),
        values={"home": PLACES},
        names=tuple(name for name, _ in facts),
    )


def test_five_hundred_random_replies_get_the_verdicts_that_a_run_would_give_them() -> None:
    dice = random.Random("replies")
    asked = [dice.choice(sorted(ASKED)) for _ in range(500)]
    said = [" ".join(dice.choices(SAID, k=dice.randint(0, 6))) for _ in asked]
    own = judge_variant(_a_run(), (), [reply(q, text) for q, text in zip(asked, said, strict=True)])
    given = {
        "predictions": said,
        "references": [list(ASKED[question]) for question in asked],
        "questions": asked,
        "rivals": [list(PLACES)] * len(asked),
    }
    verdicts = [item.verdict for item in own]
    assert set(verdicts) == {"correct", "wrong", "abstained", "unscored"}
    found = evaluate.load(metrics.path("closed_book")).compute(**given)
    assert found["verdicts"] == verdicts
    answerable = [item for item in own if not item.question.must_abstain]
    right = sum(item.verdict == "correct" for item in answerable)
    assert found["correct"] == pytest.approx(right / len(answerable))
    withheld = evaluate.load(metrics.path("abstention")).compute(**given)
    invented = [item.invented for item in own if item.question.must_abstain]
    assert 0 < withheld["hallucination"] < 1
    assert withheld["hallucination"] == pytest.approx(sum(invented) / len(invented))
    assert withheld["hallucination_n"] == len(invented)
    slots = evaluate.load(metrics.path("slot_match")).compute(**given)
    contained = sum("contains" in item.flags for item in own)
    assert slots["contains"] == pytest.approx(contained / len(own))


def test_references_may_be_single_texts() -> None:
    metric = evaluate.load(metrics.path("slot_match"))
    found = metric.compute(predictions=["It was oak.", "Ash."], references=["oak", "elm"])
    assert found["slot_match"] == 0.5


def test_refusals_and_words_are_read_in_the_language_that_is_named() -> None:
    metric = evaluate.load(metrics.path("closed_book"))
    found = metric.compute(
        predictions=["わかりません。", "陶芸家でした。"], references=[["陶芸家"]] * 2, language="ja"
    )
    assert found["verdicts"] == ["abstained", "correct"]
    own = metric.compute(predictions=["Pass!"], references=[["oak"]], refusal="Pass!")
    assert own["verdicts"] == ["abstained"]


def test_the_examples_of_the_docs_print_what_the_docs_say(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = (Path(__file__).parents[2] / "docs" / "metrics.md").read_text(encoding="utf-8")
    examples = re.findall(r"```python\n(.*?)```\n\n```\n(.*?)```", text, re.DOTALL)
    assert len(examples) == 4
    for code, printed in examples:
        exec(compile(code, "docs/metrics.md", "exec"), {})
        assert capsys.readouterr().out == printed
