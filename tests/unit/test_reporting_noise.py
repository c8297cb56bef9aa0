"""A perturbed twin is told as noise: beside the levels, and nowhere as something to choose."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from harness.commands.running import suggestion
from harness.records import Score
from harness.reporting import bounds, roles, section_dots, section_levels, section_variants
from harness.reporting.data import RunData
from harness.reporting.headline import sentences
from harness.reporting.report import render
from harness.reporting.section_method import measured_rows
from harness.reporting.tell_levels import rounding_said
from harness.reporting.terminal import plain_text
from tests.support.fake_run import Persona, fake, quick

TWIN = "instruct-perturbed-fp32"


@pytest.fixture(scope="module")
def without() -> RunData:
    return fake()


@pytest.fixture(scope="module")
def run() -> RunData:
    """The suite `quick` with the twin of instruct-fp32, of which one verdict of 68 differs."""
    taught = next(each for each in quick() if each.name == "instruct-fp32")
    data = fake([*quick(), replace(taught, name=TWIN, perturb=1e-3)])
    noise = Score(value=1 / 68, low=0.001, high=0.1, n=68, clusters=12)
    rows = tuple(
        replace(row, scores={**row.scores, "noise.rounding": noise})
        if row.name == "instruct-fp32"
        else row
        for row in data.results.variants
    )
    return replace(data, results=replace(data.results, variants=rows))


def told(data: RunData) -> dict[str, str]:
    return {
        each.key: f"{each.lead} {each.text}"
        for each in sentences(data.results, data.judged, data.models)
    }


def test_nobody_is_offered_it(run: RunData) -> None:
    assert TWIN not in [row.name for row in roles.tried(run.results)]
    cast = roles.cast(run.results)
    assert TWIN not in [row.name for row in (*cast.taught, *cast.trained)]
    assert not any(TWIN in text for text in told(run).values())


def test_no_table_of_variants_no_level_and_no_figure_has_it(run: RunData) -> None:
    assert TWIN not in [row.name for row in section_variants.rows(run)]
    assert TWIN not in [row.name for row in section_levels.level_rows(run)]
    assert TWIN not in [dot.name for dot in section_dots.dots(run)]
    assert TWIN not in [row.name for row in measured_rows(run)]
    figures = re.findall(r"<svg.*?</svg>", render(run), re.S)
    assert figures
    assert not any(TWIN in each for each in figures)


def test_it_stands_under_a_heading_of_its_own_below_floors_and_ceilings(run: RunData) -> None:
    found = section_variants.bound_rows(run)
    assert [row.side for row in found] == ["floor", "floor", "ceiling", "noise"]
    assert found[-1].name == TWIN
    assert found[-1].line == "trained from weights that are off by 0.1 % each; fp32"
    assert bounds.HEADINGS["noise"] in render(run)


def test_what_rounding_changes_stands_beside_flips_and_seeds(run: RunData) -> None:
    said = "Rounding alone changed 1 of 68 verdicts."
    assert said in told(run)["four_bits"]
    assert said in section_levels.luck_said(run)
    text = plain_text(run.results, run.judged, run.models)
    assert said in " ".join(text.split())
    assert TWIN not in text


def test_several_trainings_are_told_by_their_range(run: RunData) -> None:
    row = run.variant("instruct-fp32")
    four = replace(row.scores["noise.rounding"], value=4 / 68)
    other = replace(row, name="b", scores={"noise.rounding": four})
    assert rounding_said([row, other]) == (
        "Rounding alone changed 1 to 4 of 68 verdicts over 2 trainings."
    )


def test_a_run_without_a_twin_says_nothing_of_rounding(without: RunData) -> None:
    assert rounding_said(without.results.variants) == ""
    assert "ounding alone" not in render(without)
    assert [row.side for row in section_variants.bound_rows(without)] == [
        "floor",
        "floor",
        "ceiling",
    ]


def test_no_question_is_suggested_to_a_twin(tmp_path: Path) -> None:
    base = Persona(name="base-fp32")
    taught = Persona(name="instruct-fp32", recipe="instruct")
    data = fake([base, taught, replace(taught, name=TWIN, perturb=1e-3)])
    command = suggestion(tmp_path, data.results)
    assert command is not None
    assert "--compare base-fp32 instruct-fp32 " in command
