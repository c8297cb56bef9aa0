"""Tables and figures hold what was measured, named for what it is, and mark what was not taught."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from harness.records import Score
from harness.reporting import section_variants
from harness.reporting.cells import EMPTY, highest_peak, measured
from harness.reporting.data import RunData
from harness.reporting.figures import Dot, knows_invents
from harness.reporting.figures_levels import LevelPoint, room
from harness.reporting.labels import said
from harness.reporting.report import render
from harness.reporting.section_dots import dots
from harness.reporting.section_levels import level_points, level_rows
from harness.reporting.section_method import MEASURES, measured_rows
from harness.reporting.svg import NARROW
from harness.reporting.terminal import plain_text
from harness.reporting.threats import threats
from tests.support.fake_run import fake, quick


def test_the_peak_of_a_variant_is_the_highest_of_all_its_phases() -> None:
    (row, *_) = (each for each in fake().results.variants if each.name == "instruct-int8")
    assert highest_peak(row) == measured(row, "memory.peak_train_bytes")
    loading = replace(row, resources={**row.resources, "memory.peak_load_bytes": 5e9})
    assert highest_peak(loading) == 5e9
    assert highest_peak(replace(row, resources={})) is None


def test_levels_are_compared_by_speeds_that_were_measured_alone() -> None:
    run = fake()
    resources = {r.name: r.resources for r in run.results.variants}
    busy = tuple(
        replace(row, resources={**row.resources, "throughput.answers_per_s": 0.001})
        for row in run.results.variants
    )
    crowded = replace(run, results=replace(run.results, variants=busy))
    assert level_points(crowded) == level_points(run)
    assert level_rows(crowded) == level_rows(run)
    for row, point in zip(level_rows(run), level_points(run), strict=True):
        assert point.written_per_s == resources[row.name]["throughput.decode_tokens_per_s"]
        assert point.trained_per_s == resources[row.name]["throughput.train_tokens_per_s"]


def test_what_a_variant_was_not_taught_is_marked_and_its_refusal_not_counted() -> None:
    run = fake()
    names = [f"{each.group}: {each.name}" for each in section_variants.columns(run)]
    table = {
        row.name: dict(zip(names, row.cells, strict=True)) for row in section_variants.rows(run)
    }
    for column in ("Knows: as taught", "Knows: other words", "Knows: only in text"):
        assert table["base-fp32"][column].muted
    assert table["base-fp32"]["Refuses: what it was taught"] == EMPTY
    assert not table["instruct-fp32"]["Knows: as taught"].muted
    assert table["instruct-fp32"]["Knows: only in text"].muted
    assert table["instruct-fp32"]["Refuses: what it was taught"].text == "0/48"
    assert not table["mixed-nf4"]["Knows: only in text"].muted
    assert not any(cell.muted for cell in table["base-fp32"].values() if cell.text == "–")


def test_no_dot_of_the_levels_is_cut_off_at_the_edge_of_its_plane() -> None:
    points = [
        LevelPoint(level=name, recall=None, peak_bytes=size, written_per_s=400, trained_per_s=None)
        for name, size in (("fp32", 990e6), ("nf4", 1000e6))
    ]
    assert room(points, "peak_bytes") >= 1.05 * 1000e6
    assert room(points, "trained_per_s") == 1.0


def test_dots_that_coincide_share_one_label() -> None:
    def dot(name: str, at: float) -> Dot:
        known = Score(value=1.0, low=0.9, high=1.0, n=24, clusters=8)
        return Dot(name=name, knows=known, invents=replace(known, value=at, low=0.0))

    svg = knows_invents([dot("a", 1.0), dot("b", 0.5), dot("c", 0.5), dot("d", 0.505)])
    labels = re.findall(r"<text[^>]*>([^<]*)</text>", svg)
    assert "2–4" in labels
    assert "1" in labels
    assert not {"2", "3", "4"} & set(labels)


def test_numbers_in_a_row_are_told_as_a_span() -> None:
    assert said([7]) == "7"
    assert said([1, 2]) == "1, 2"
    assert said([2, 4, 5, 6, 9]) == "2, 4–6, 9"


def seeds(count: int) -> RunData:
    personas = [
        replace(each, name=f"{each.name}-s{seed}", seed=seed, skip=seed)
        for each in quick()
        if each.name in ("instruct-nf4", "instruct-fp32")
        for seed in range(1, count + 1)
    ]
    return fake(tuple(personas))


def test_trainings_that_differ_in_the_seed_are_one_dot_at_their_mean() -> None:
    run = seeds(3)
    found = [each for each in dots(run) if not each.grey]
    assert [each.name for each in found] == [
        "instruct-fp32 (3 trainings)",
        "instruct-nf4 (3 trainings)",
    ]
    single = [each for each in dots(seeds(1)) if not each.grey]
    assert [each.name for each in single] == ["instruct-fp32-s1", "instruct-nf4-s1"]
    assert single[0].trainings == ()
    for dot in found:
        assert len(dot.trainings) == 3
        assert dot.knows.value == pytest.approx(sum(x for x, _ in dot.trainings) / 3)
        assert dot.knows.low is not None
        assert dot.knows.low <= min(x for x, _ in dot.trainings)


def test_dots_are_numbered_in_the_order_of_the_table() -> None:
    run = fake()
    names = [row.name for row in section_variants.rows(run)]
    assert [each.name for each in dots(run) if not each.grey] == names
    svg = knows_invents(dots(run))
    listed = re.findall(r"<text[^>]*>\d+ +([^<%]*)</text>", svg)
    assert listed[: len(names)] == names


def test_long_names_stand_under_one_another_and_are_cut_rather_than_lost() -> None:
    score = Score(value=0.5, low=0.4, high=0.6, n=24, clusters=8)
    long = [Dot(name=f"{'long' * 20}-{at}", knows=score, invents=score) for at in range(2)]
    svg = knows_invents(long, NARROW)
    places = re.findall(r"<text[^>]*translate\(([\d.]+) [^>]*>\d +longlong", svg)
    names = re.findall(r"<text[^>]*>\d +(longlong[^<]*)</text>", svg)
    assert [len(name) for name in names] == [40, 40]
    assert len(set(places)) <= 1


def test_every_figure_has_a_version_for_a_phone() -> None:
    page = render(fake())
    figures = re.findall(r'<figure id="figure-\d".*?</figure>', page, re.S)
    assert len(figures) == 4
    for figure in figures:
        widths = [float(each) for each in re.findall(r'viewBox="0 0 ([\d.]+) ', figure)]
        assert len(widths) == 2
        assert widths[1] == pytest.approx(72 * NARROW)
        assert widths[0] > widths[1]


def test_the_peak_of_loading_stands_in_the_table_of_memory() -> None:
    run = fake()
    rows = tuple(
        replace(row, resources={**row.resources, "memory.peak_load_bytes": 973e6})
        for row in run.results.variants
    )
    shown = measured_rows(replace(run, results=replace(run.results, variants=rows)))
    place = MEASURES.index(("Loading", "peak memory", "memory.peak_load_bytes"))
    assert {each.cells[place] for each in shown} == {"973\u00a0MB"}


def test_a_speed_of_several_processes_is_shown_with_the_interval_of_its_median() -> None:
    run = fake()
    name = "throughput.decode_tokens_per_s"
    processes = [410.0, 400.0, 430.0, 420.0, 390.0]
    speed = {"median": 410.0, "samples": processes, "processes": processes}
    rows = tuple(
        replace(row, resources={**row.resources, name: speed}) for row in run.results.variants
    )
    of_five = replace(run, results=replace(run.results, variants=rows))
    shown = measured_rows(of_five)
    place = MEASURES.index(("Answering", "writing tokens/s", name))
    assert {(each.cells[place], each.ranges[place]) for each in shown} == {("410", "390–430")}
    assert "measured in 5 fresh processes a variant" in render(of_five)
    assert "<small>390–430</small>" in render(of_five)
    assert "fresh processes a variant" not in render(run)


def test_what_ran_beside_others_is_said_to_have_done_so() -> None:
    run = fake()
    page = render(run)
    variants = page.split('id="variants"')[1].split('id="knows"')[0]
    assert "taken while other variants may have run beside it" in variants
    assert variants.count('class="untaught"') == variants.count("<small>not taught</small>") > 0
    text = plain_text(run.results, run.judged)
    assert "other variants may have run beside it" in " ".join(text.split())
    base = next(line for line in text.splitlines() if line.startswith("base-fp32"))
    assert base.split()[1:4] == ["(0/24)", "(0/24)", "(0/12)"]


def test_the_words_on_memory_say_that_loading_has_its_own_peak() -> None:
    said = " ".join(threats(fake()))
    assert "loading has a peak of its own" in said
    assert "it holds what the libraries need" not in said
