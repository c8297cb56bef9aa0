"""Several runs of one suite over time: the order, what is joined, and what counts as a change."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import harness
from harness.cli import app
from harness.comparing import baselines
from harness.comparing.sides import Side, from_run
from harness.errors import UserError
from harness.reporting import history_pages
from harness.reporting.history import history
from harness.reporting.history_panel import panel
from harness.reporting.history_records import History, Point, Series
from tests.support.fake_run import Persona
from tests.support.run_folder import write_run

GOOD = Persona(name="instruct-nf4", recipe="instruct", quantization="nf4", right={"trained": 24})
HALF = replace(GOOD, right={"trained": 6})
OTHER = replace(GOOD, name="base-fp32", recipe="base", quantization="fp32", right={})
Made = Callable[..., Side]


@pytest.fixture(scope="module")
def sides(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Side]:
    """A good run and a bad one, without a date of their own."""
    folder = tmp_path_factory.mktemp("runs")
    good, bad = (GOOD, OTHER), (HALF, OTHER)
    return {
        name: from_run(write_run(folder / name, personas).path)
        for name, personas in (("good", good), ("bad", bad))
    }


@pytest.fixture
def at(sides: dict[str, Side]) -> Made:
    """One of the two at a time, under a name, with changes to its environment."""

    def made(which: str, started: str, label: str = "", **environment: Any) -> Side:
        side = sides[which]
        told = {**side.environment, "started": started, **environment}
        return replace(side, label=label or f"{which}-{started}", environment=told)

    return made


def of(found: History, name: str = "recall.trained", variant: str = "instruct-nf4") -> Series:
    return next(each for each in found.of(name) if each.variant == variant)


def point(series: Series, at: int) -> Point:
    found = series.points[at]
    assert found is not None
    return found


def test_runs_stand_in_the_order_of_their_start_and_equal_starts_by_name(at: Made) -> None:
    found = history(
        [
            at("good", "2026-03-01T10:00:00+00:00", "late"),
            at("good", "2026-02-01T10:00:00+00:00", "b"),
            at("good", "2026-02-01T10:00:00+00:00", "a"),
            at("good", "2026-02-01T12:00:00+03:00", "earlier by its clock"),
            at("good", "", "without a date"),
        ]
    )
    labels = [moment.label for moment in found.moments]
    assert labels == ["without a date", "earlier by its clock", "a", "b", "late"]
    assert [moment.number for moment in found.moments] == [1, 2, 3, 4, 5]
    dates = [moment.date for moment in found.moments]
    assert dates[:3] == ["unknown", "2026-02-01 09:00", "2026-02-01 10:00"]


def test_a_change_is_marked_by_the_paired_test_and_not_by_eye(at: Made) -> None:
    found = history([at("good", "2026-01-01"), at("good", "2026-01-02"), at("bad", "2026-01-03")])
    series = of(found)
    assert [point(series, n).change for n in range(3)] == ["", "", "worse"]
    worse = point(series, 2)
    assert worse.p is not None
    assert worse.p < 0.05
    assert re.match(r"−75 points \(.*\), p .*, the same 24 questions", worse.said)
    assert point(series, 1).p == 1.0
    back = history([at("bad", "2026-01-01"), at("good", "2026-01-02")])
    assert point(of(back), 1).change == "better"


def test_a_loss_that_luck_explains_is_not_marked(tmp_path: Path, at: Made) -> None:
    slightly = from_run(
        write_run(tmp_path / "less", (replace(GOOD, right={"trained": 22}), OTHER)).path
    )
    slightly = replace(slightly, environment={**slightly.environment, "started": "2026-01-02"})
    found = history([at("good", "2026-01-01"), slightly])
    second = point(of(found), 1)
    assert second.value < point(of(found), 0).value
    assert second.change == ""
    assert found.changes(main=True) == []


def test_other_software_marks_and_joins_other_hardware_parts_only_resources(at: Made) -> None:
    found = history(
        [
            at("good", "2026-01-01"),
            at("good", "2026-01-02", software={"torch": "2.14.0"}),
            at("good", "2026-01-03", software={"torch": "2.14.0"}, hardware={"cpu": "another"}),
        ]
    )
    recall, peak = of(found), of(found, "memory.peak_train_bytes")
    assert [(point(recall, n).joined, point(recall, n).marked) for n in (1, 2)] == [
        *((True, True), (True, True))
    ]
    assert [(point(peak, n).joined, point(peak, n).marked) for n in (1, 2)] == [
        *((True, True), (False, True))
    ]
    assert "torch 2.13.0+cpu -> 2.14.0" in found.moments[1].around
    assert any("another" in line for line in found.moments[2].around)


def test_another_corpus_or_protocol_is_never_joined(at: Made) -> None:
    second = at("good", "2026-01-02")
    elsewhere = replace(second, corpus={**second.corpus, "digest": "f" * 64})
    other = history([at("good", "2026-01-01"), elsewhere])
    assert not point(of(other), 1).joined
    assert point(of(other), 1).marked
    assert "the corpora differ" in other.moments[1].around[0]
    rows = tuple(
        replace(
            row,
            scores={name: replace(score, protocol="another") for name, score in row.scores.items()},
        )
        for row in second.variants
    )
    found = point(of(history([at("good", "2026-01-01"), replace(second, variants=rows)])), 1)
    assert (found.joined, found.marked, found.change) == (False, True, "")


def test_a_changed_setting_is_named_and_a_prompt_is_not_told(at: Made) -> None:
    second = at("good", "2026-01-02")
    rows = []
    for row in second.variants:
        config = {**row.config, "training": {**row.config["training"], "epochs": 6}}
        config["prompt"] = {**config["prompt"], "system": "You know zanzibar."}
        rows.append(replace(row, config=config))
    found = history([at("good", "2026-01-01"), replace(second, variants=tuple(rows))])
    lines = [line for line in found.moments[1].around if line.startswith("every variant")]
    assert "every variant: training.epochs 12 -> 6" in lines
    assert any(line.startswith("every variant: prompt.system") for line in lines)
    assert "zanzibar" not in history_pages.page(found)
    assert point(of(found), 1).marked


def test_what_is_left_out_of_a_comparison_is_compared_here(at: Made) -> None:
    before, after = at("good", "2026-01-01"), at("bad", "2026-01-02")
    sides = [
        replace(
            side,
            variants=tuple(
                replace(row, config={**row.config, "perturb": 0.001})
                if row.name == "instruct-nf4"
                else row
                for row in side.variants
            ),
        )
        for side in (before, after)
    ]
    found = point(of(history(sides)), 1)
    assert (found.change, found.joined) == ("worse", True)


def test_a_variant_that_comes_or_goes_leaves_a_gap_and_is_named(at: Made) -> None:
    first = at("good", "2026-01-01")
    alone = replace(first, variants=first.variants[:1])
    gone = replace(alone, environment={**alone.environment, "started": "2026-01-02"})
    found = history([first, gone])
    assert of(found, "hallucination.nonexistent", "base-fp32").points[1] is None
    assert "base-fp32 is gone" in found.moments[1].around
    page = history_pages.page(found)
    assert "run 2: none" in page


def test_memory_that_grew_beyond_its_rule_is_marked(at: Made) -> None:
    second = at("good", "2026-01-02")
    rows = tuple(
        replace(row, resources={**row.resources, "memory.peak_answer_bytes": 2e9})
        for row in second.variants
    )
    found = history([at("good", "2026-01-01"), replace(second, variants=rows)])
    grown = point(of(found, "memory.peak_answer_bytes"), 1)
    assert "Every picture from 0 to 2,000\u00a0MB." in history_pages.page(found)
    assert "tokens/s." in history_pages.page(found)
    assert grown.change == "worse"
    assert "MiB more" in grown.said


def test_runs_of_two_suites_are_refused_in_one_line(at: Made) -> None:
    first, second = at("good", "2026-01-01", "one"), at("good", "2026-01-02", "two")
    second = replace(second, suite={**second.suite, "name": "smoke"})
    with pytest.raises(UserError, match="one is a run of suite 'quick', two of 'smoke'"):
        history([first, second])


def test_baselines_and_single_variants_take_part(sides: dict[str, Side], tmp_path: Path) -> None:
    saved = baselines.save(sides["good"], "kept", tmp_path)
    run = write_run(tmp_path / "quick", (HALF, OTHER))
    page = harness.write_report([saved, f"{run.path}:instruct-nf4"], tmp_path / "h.html")
    text = page.read_text()
    assert "base-fp32 is gone" in text
    assert "got worse" in text
    assert "Marenka" not in text


def test_the_command_writes_a_history_of_several_runs_and_names_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "two"):
        write_run(tmp_path / name, (GOOD, OTHER))
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["report", "one", "two"])
    assert (done.exit_code, done.stdout) == (0, "history.html\n")
    first = (tmp_path / "history.html").read_bytes()
    CliRunner().invoke(app, ["report", "two", "one"])
    assert (tmp_path / "history.html").read_bytes() == first
    assert b"Nothing changed beyond luck" in first
    assert b"<script" not in first
    said = CliRunner().invoke(app, ["report", "one", "two", "--format", "md", "--out", "-"])
    assert said.stdout.startswith("## quick: 2 runs on 2026-01-01")


def test_a_text_shows_the_newest_of_many_runs_and_says_so(at: Made) -> None:
    found = history([at("good", f"2026-01-{day:02d}") for day in range(1, 10)])
    text = history_pages.markdown(found)
    assert "The newest 6; 3 before them" in text
    assert "| variant | figure | 4 | 5 | 6 | 7 | 8 | 9 |" in text
    assert history_pages.page(found).count('<tr><th scope="row">') > 9


def test_the_csv_has_every_figure_of_every_run(at: Made) -> None:
    found = history([at("good", "2026-01-01"), at("bad", "2026-01-02")])
    lines = list(csv.DictReader(io.StringIO(history_pages.values(found), newline="")))
    expected = sum(point is not None for each in found.series for point in each.points)
    assert len(lines) == expected
    worse = next(
        line
        for line in lines
        if (line["run"], line["variant"], line["name"]) == ("2", "instruct-nf4", "recall.trained")
    )
    assert (worse["value"], worse["change"], worse["joined"]) == ("0.25", "worse", "yes")
    assert float(worse["p"]) < 0.05


def test_a_line_is_drawn_between_joined_points_only_and_every_change_has_its_mark() -> None:
    joined = Point(value=0.5, low=0.4, high=0.6, joined=True)
    apart = replace(joined, joined=False, marked=True)
    fallen = replace(joined, value=0.1, change="worse")
    drawn = panel([joined, joined, apart, fallen], 0, 1, "said")
    assert drawn.count('stroke-width="1.5"') == 2
    assert drawn.count("stroke-dasharray") == 1
    assert drawn.count("<polygon") == 1
    assert drawn.count("<circle") == 3
    assert panel([None, joined], 0, 1, 'a "b" <c>').count("<circle") == 1
    assert "&lt;c&gt;" in panel([joined], 0, 1, 'a "b" <c>')


def test_a_history_says_which_way_is_good_and_heads_the_differences_alike(
    at: Made,
) -> None:
    found = history([at("good", "2026-01-01"), at("bad", "2026-01-02")])
    page, text = history_pages.page(found), history_pages.markdown(found)
    assert "what differs from the run before" in page
    assert "what differs from the run before" in text
    assert "More is better." in page
    assert "Less is better." in page
