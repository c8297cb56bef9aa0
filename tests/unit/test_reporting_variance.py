"""What being right hangs on: questions, forms and trainings, as the report splits it."""

from dataclasses import replace

import pytest

from harness.reporting import report
from harness.reporting.section_variance import variance_rows
from tests.support.fake_run import Persona, fake

ONE = Persona(name="instruct-nf4-s1", recipe="instruct", quantization="nf4", right={"trained": 20})


def trainings(*skips: int):
    """Variants that differ in their seed, and in which 20 of 24 questions they have right."""
    return fake(
        tuple(
            replace(ONE, name=f"instruct-nf4-s{seed}", seed=seed, skip=skip)
            for seed, skip in enumerate(skips, start=1)
        )
    )


def test_trainings_that_know_the_same_differ_by_the_question_alone() -> None:
    (row,) = variance_rows(trainings(0, 0, 0))
    assert row.name == "instruct-nf4"
    assert row.levels.endswith("3 trainings")
    assert dict(row.parts)["the question"] == "100 %"
    assert row.error == "0.0"


def test_trainings_that_know_other_things_put_variance_between_question_and_training() -> None:
    (row,) = variance_rows(trainings(0, 5, 11))
    shares = {words: float(share.removesuffix(" %")) for words, share in row.parts}
    together = shares["the question and the training together, and luck"]
    assert together > 5
    assert sum(shares.values()) == pytest.approx(100, abs=2)
    assert float(row.error) > 0


def test_one_training_in_one_form_has_no_row_and_the_report_no_section() -> None:
    data = trainings(0)
    assert variance_rows(data) == []
    assert 'id="variance"' not in report.render(data)
    assert 'id="variance"' in report.render(trainings(0, 5))


def test_variants_of_other_settings_are_no_trainings_of_one() -> None:
    other = replace(ONE, name="instruct-fp32-s2", quantization="fp32", seed=2)
    assert variance_rows(fake((ONE, other))) == []
