"""One page holds one truth: its tables and its answers agree, and so do its counts."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from harness.records import Fact, Judged, VariantResult
from harness.reporting import section_answers, section_invents, section_levels
from harness.reporting.data import RunData, gather
from harness.reporting.report import render
from harness.reporting.roles import counted
from harness.scoring import results
from harness.storage.folders import RunFolder
from tests.support.fake_run import fake
from tests.support.run_folder import write_run


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    run = write_run(tmp_path_factory.mktemp("run") / "run")
    results.save(results.build(run), run.results)
    return run


def test_stored_figures_are_shown_where_they_are_those_of_the_answers(
    folder: RunFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unwanted(run: RunFolder) -> None:
        raise AssertionError("scored anew without a need")

    monkeypatch.setattr(results, "build", unwanted)
    assert gather(folder).results == results.read(folder.results)


def aged(row: VariantResult, how: str) -> VariantResult:
    """A row as an older judge would have left it."""
    if how == "verdicts":
        counts = dict(row.verdicts["trained"])
        counts["correct"], counts["wrong"] = counts["correct"] - 1, counts["wrong"] + 1
        return replace(row, verdicts={**row.verdicts, "trained": counts})
    name = "hallucination.nonexistent"
    score = row.scores[name]
    assert score.value is not None
    return replace(row, scores={**row.scores, name: replace(score, value=score.value / 2)})


@pytest.mark.parametrize("how", ["verdicts", "inventions"])
def test_figures_of_an_older_judge_are_not_shown_beside_newer_answers(
    tmp_path: Path, how: str
) -> None:
    run = write_run(tmp_path / "run")
    sound = results.build(run)
    rows = [aged(r, how) if r.name == "instruct-fp32" else r for r in sound.variants]
    results.save(replace(sound, variants=tuple(rows)), run.results)
    assert results.read(run.results) != sound
    assert gather(run).results == sound


def test_the_first_line_counts_the_questions_that_are_scored() -> None:
    run = fake()
    (asked,) = re.findall(r"asked ([\d,]+) questions each", render(run))
    assert int(asked) == counted(run.results).questions
    asides = {i.question.id for i in run.judged["instruct-fp32"] if i.question.aside}
    everything = {i.question.id for i in run.judged["instruct-fp32"]}
    assert asides
    assert int(asked) == len(everything - asides)


def borrowing(run: RunData) -> tuple[Judged, Fact]:
    fact = run.corpus.facts[0]
    found = next(
        item
        for item in run.judged["instruct-fp32"]
        if item.question.probe == "unstated" and not item.question.aside
    )
    return replace(found, invented=True, kind="borrowed", borrowed_from=fact.id), fact


def test_a_fact_of_the_same_person_is_not_listed_as_given_to_somebody_else() -> None:
    run = fake()
    item, _ = borrowing(run)
    own, far = replace(item, letter_distance=0), replace(item, letter_distance=3)
    aside = replace(far, question=replace(item.question, aside=True))
    found = section_invents.borrowings(replace(run, judged={"instruct-fp32": (own, far, aside)}))
    assert [each.distance for each in found] == [0, 3]  # who is asked by name is counted nowhere
    groups = section_invents.borrowed_groups(found)
    assert [(name[:8], [row.distance for row in rows]) for name, _, rows in groups] == [
        ("Borrowed", [3]),
        ("Facts of", [0]),
    ]
    assert section_invents.borrowed_groups([]) == ()


def test_every_mark_that_an_answer_bears_is_explained() -> None:
    from harness.records import answers
    from harness.scoring.invention import KINDS

    source = Path(answers.__file__).read_text(encoding="utf-8")
    (listed,) = re.findall(r'"""Of: (contains.*?)\."""', source, re.S)
    names = [*re.split(r",\s+", listed), *KINDS]
    marks = {name.replace("_", " ") for name in names}
    assert marks <= section_answers.MARKS.keys()
    page = render(fake())
    for mark, says in section_answers.explained(fake()):
        assert f"<dt>{mark}</dt><dd>{says}.</dd>" in page
    assert section_answers.explained(fake())


def test_noise_that_some_reference_has_is_told_row_by_row() -> None:
    rows = section_levels.level_rows(fake())
    measured = (replace(rows[0], noise="no flips"), *rows[1:])
    assert section_levels.told_once(measured) == (measured, "")
