"""The default model, untuned, knows what the control questions ask."""

import pytest

from harness.answering.answer import run
from harness.corpora import controls, folder
from harness.models.resolve import resolve
from harness.records import Answer, Ask, ModelChoice, PhaseJob, Variant
from harness.scoring.judge import judge_variant
from harness.storage.folders import VariantFolder
from harness.storage.jsonl import read_jsonl
from tests.support.fiction import fiction

DEFAULT = ModelChoice(name="smollm2-135m")


@pytest.mark.real_model
def test_the_default_model_answers_the_control_questions_untuned(tmp_path):
    """Another processor may round differently: one reply in fifty may turn out otherwise."""
    corpus = fiction("XS", 7)
    folder.write(corpus, tmp_path / "corpus")
    variant = Variant(
        name="base-fp32",
        model=DEFAULT,
        threads=1,
        ask=Ask(probes=("locality",), max_new_tokens=32, reproduction=False),
    )
    job = PhaseJob(
        phase="answer",
        variant=variant,
        model=resolve(DEFAULT),
        corpus=tmp_path / "corpus",
        folder=tmp_path / "variant",
        device="cpu",
        trained="t",
        asked="a",
    )
    job.folder.mkdir()
    run(job, lambda *told: None)
    lines = read_jsonl(VariantFolder(job.folder).answers)
    answers = [Answer(**(line | {"ids": tuple(line["ids"])})) for line in lines]
    judged = judge_variant(corpus, (), answers)
    assert len(judged) == len(controls.questions("en"))
    wrong = [
        (each.question.question, each.answer.text) for each in judged if each.verdict != "correct"
    ]
    assert len(wrong) <= len(judged) / 50, wrong
