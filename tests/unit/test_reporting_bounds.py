"""Floors and ceilings stand beside the variants, apart and grey, and no sentence is about them."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from harness.reporting import bounds, section_dots, section_knows, section_variants
from harness.reporting.data import RunData
from harness.reporting.headline import sentences
from harness.reporting.report import render
from harness.reporting.roles import cast, is_bound, tried
from harness.reporting.terminal import plain_text
from tests.support import fake_scores
from tests.support.fake_run import Persona, fake, quick

NAMES = {persona.name for persona in fake_scores.bounds()}


@pytest.fixture(scope="module")
def run() -> RunData:
    return fake((*quick(), *fake_scores.bounds()))


def test_trivial_answerers_and_controls_are_bounds_and_readers_are_not(run: RunData) -> None:
    assert {row.name for row in run.results.variants if is_bound(row)} == NAMES
    assert [row.name for row in tried(run.results)] == [persona.name for persona in quick()]


def test_bounds_stand_under_floors_and_ceilings_and_not_among_the_variants(run: RunData) -> None:
    assert not NAMES & {row.name for row in section_variants.rows(run)}
    sides = {row.name: row.side for row in section_variants.bound_rows(run)}
    assert sides == {
        "abstain": "floor",
        "majority": "floor",
        "instruct-other_world-nf4": "floor",
        "instruct-shuffled_answers-nf4": "floor",
        "oracle": "ceiling",
        "retrieval": "ceiling",
    }
    assert set(sides) == NAMES
    assert {row.name for row in section_knows.bound_rows(run)} == NAMES
    assert not NAMES & {row.name for row in section_knows.probe_rows(run)}


def test_bounds_are_grey_squares_in_the_first_figure(run: RunData) -> None:
    assert {dot.name for dot in section_dots.dots(run) if dot.grey} == NAMES


def test_no_part_of_the_story_is_played_by_a_bound(run: RunData) -> None:
    assert cast(run.results) == replace(
        cast(fake().results), bounds=tuple(r for r in run.results.variants if is_bound(r))
    )
    with_bounds = sentences(run.results, run.judged, run.models)
    alone = fake()
    assert with_bounds == sentences(alone.results, alone.judged, alone.models)


def test_a_bound_is_never_recommended_even_where_nothing_else_learned() -> None:
    perfect = Persona(
        name="control", recipe="instruct", control="other_world", right=fake_scores.EVERYTHING
    )
    for order in ((perfect, *quick()[:3]), (*quick()[:3], perfect)):
        run = fake(order)
        for each in sentences(run.results, run.judged, run.models):
            assert "control" not in each.about
            assert "control" not in each.text


def test_recall_of_a_control_is_what_it_has_right_of_facts_it_never_saw() -> None:
    run = fake((*quick(), *fake_scores.bounds()))
    row = run.variant("instruct-other_world-nf4")
    assert "recall.trained" not in row.scores
    given = fake_scores.wilson(5, 24, 8)
    rows = tuple(
        replace(each, scores={**each.scores, "unshown.correct.trained": given})
        if each.name == row.name
        else each
        for each in run.results.variants
    )
    changed = replace(run, results=replace(run.results, variants=rows))
    shown = {each.name: each for each in section_variants.bound_rows(changed)}
    assert shown[row.name].cells[0].text == "5/24"
    assert not shown[row.name].cells[0].muted


def test_where_no_bound_was_run_those_that_need_no_run_take_their_place() -> None:
    found = {row.name: row for row in section_variants.bound_rows(fake())}
    assert list(found) == ["guessing", "refuses everything", "knows all, refuses the rest"]
    assert [cell.text for cell in found["refuses everything"].cells[:7]] == ["0\u00a0%"] * 7
    knows = found["knows all, refuses the rest"]
    assert [cell.text for cell in knows.cells[:4]] == ["100\u00a0%"] * 3 + ["0\u00a0%"]
    assert "by definition" in found["guessing"].line
    assert len(found["guessing"].cells) == len(section_variants.columns(fake()))


def test_bounds_that_did_not_run_are_no_limit_of_the_story_and_leave_their_place_free() -> None:
    failed = [replace(each, status="failed", error="no") for each in fake_scores.bounds()]
    run = fake((*quick(), *failed))
    names = [row.name for row in section_variants.bound_rows(run)]
    assert "guessing" in names
    assert "oracle" in names
    assert sentences(run.results, run.judged, run.models) == sentences(
        fake().results, fake().judged, fake().models
    )


def test_guessing_gets_one_over_the_number_of_values() -> None:
    run = fake()
    assert {len(values) for values in run.corpus.values.values()} == {12}
    found = bounds.guessing(run)
    assert set(found) == {"trained", "paraphrase", "text_only"}
    assert list(found.values()) == pytest.approx([1 / 12] * 3)
    assert bounds.chance_said(found, "trained") == "guessing: 8\u00a0%"
    assert bounds.chance_said(found, "nonexistent") == ""


def test_the_page_draws_bounds_in_grey_rows_of_their_own(run: RunData) -> None:
    page = render(run)
    table = page.split('id="variants"')[1].split('id="knows"')[0]
    variants, grey = table.split('<tbody class="bounds">', maxsplit=1)
    assert "oracle" not in variants
    assert "gives every right answer and refuses the rest" in grey
    assert "Floors: they cannot know what is asked" in grey
    assert "not taught" not in grey


def test_the_end_of_a_run_lists_bounds_below_the_variants(run: RunData) -> None:
    text = plain_text(run.results, run.judged, run.models)
    above, below = text.split("floors and ceilings, to read the others against", maxsplit=1)
    assert not any(re.search(rf"^{re.escape(name)} ", above, re.M) for name in NAMES)
    assert all(re.search(rf"^{re.escape(name)} ", below, re.M) for name in NAMES)
    assert "floors and ceilings" not in plain_text(fake().results, fake().judged)


def test_a_run_of_nothing_but_bounds_has_a_report() -> None:
    page = render(fake(fake_scores.bounds()))
    assert "0 variants and 6 to read them against (floors, ceilings, noise), of" in page
    assert "nothing is known about it" not in page
    assert "to read them against" not in render(fake()).split("<main>")[0]
