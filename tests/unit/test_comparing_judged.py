"""Resources that count only where they can be judged: for one pipeline on many machines."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from harness.cli import app
from harness.comparing import baselines
from harness.comparing.compare import Comparison, compare
from harness.comparing.junit import write_junit
from harness.comparing.resources import ResourceRow, resource_rows
from harness.comparing.rows import GateName
from harness.comparing.sides import Side, from_run
from harness.records import Resources
from tests.support.fake_run import quick
from tests.support.run_folder import write_run

MARGINS = ("recall.trained=0.25", "hallucination.nonexistent=0.5")
PEAK = "memory.peak_answer_bytes"


@pytest.fixture(scope="module")
def side(tmp_path_factory: pytest.TempPathFactory) -> Side:
    return from_run(write_run(tmp_path_factory.mktemp("run") / "quick", quick()).path)


def with_resources(side: Side, resources: Resources) -> Side:
    return replace(
        side, variants=tuple(replace(each, resources=resources) for each in side.variants)
    )


def compared(side: Side, before: Resources, after: Resources, hardware: str = "") -> Comparison:
    return compare(
        with_resources(side, before),
        with_resources(side, after),
        margin=MARGINS,
        only_judged=True,
        other_hardware=hardware,
    )


LEAN, FAT = {PEAK: 400e6}, {PEAK: 640e6}


def test_more_memory_on_the_same_hardware_fails(side: Side) -> None:
    assert compared(side, LEAN, LEAN).exit_code == 0
    assert compared(side, LEAN, FAT).verdict == "regression"


def test_on_other_hardware_memory_is_shown_and_decides_nothing(side: Side) -> None:
    found = compared(side, LEAN, FAT, "cpu A -> B")
    assert {row.verdict for row in found.resources} == {"not_comparable"}
    assert (found.verdict, found.counting) == ("pass", ())


def test_a_measurement_that_is_gone_on_the_same_hardware_is_no_pass(side: Side) -> None:
    assert compared(side, LEAN, {}).verdict == "not_comparable"


def test_what_is_too_little_to_judge_counts_only_where_all_resources_do(side: Side) -> None:
    row = ResourceRow(
        variant="instruct-nf4",
        resource="throughput.decode_tokens_per_s",
        before=100.0,
        after=90.0,
        ratio=0.9,
        rule="",
        verdict="inconclusive",
        sentence="Too few.",
    )
    found = replace(compared(side, LEAN, LEAN), resources=(row,))
    assert found.verdict == "pass"
    assert replace(found, only_judged=False).verdict == "inconclusive"


@pytest.mark.parametrize(
    ("hardware", "verdict", "tags"),
    [("", "regression", {"failure"}), ("A -> B", "pass", {"skipped"})],
)
def test_in_a_junit_file_what_was_not_judged_is_skipped(
    side: Side, tmp_path: Path, hardware: str, verdict: GateName, tags: set[str]
) -> None:
    found = compared(side, LEAN, FAT, hardware)
    assert found.verdict == verdict
    write_junit(found, tmp_path / "gates.xml")
    suite = ElementTree.parse(tmp_path / "gates.xml").getroot()
    cases = suite.findall(f"testcase[@name='{PEAK}']")
    assert len(cases) == len(found.resources) > 0
    assert {child.tag for case in cases for child in case} == tags
    assert int(suite.get("tests", "")) == len(suite)
    assert int(suite.get("skipped", "")) == len(suite.findall("testcase/skipped"))


def test_the_command_line_says_how_many_could_be_judged(side: Side, tmp_path: Path) -> None:
    saved = str(baselines.save(side, "mine", tmp_path))
    words = ["compare", saved, saved, "--gate-judged-resources"]
    done = CliRunner().invoke(app, [*words, "--margin", "recall.trained=0.25"])
    assert done.exit_code == 0, done.output
    judged = len(compare(side, side).resources)
    assert f"resources ({judged} of {judged} could be judged)" in done.stdout


def test_a_tiny_process_that_takes_ten_mebibytes_more_is_not_judged_by_it(side: Side) -> None:
    variant = replace(side.named()["base-fp32"], resources={PEAK: 90.0 * 2**20})
    for more, verdict in ((9.8, "inconclusive"), (30.0, "regression"), (4.0, "pass")):
        after = replace(variant, resources={PEAK: (90 + more) * 2**20})
        (row,) = resource_rows(variant, after, "", "cpu")
        assert row.verdict == verdict, more
