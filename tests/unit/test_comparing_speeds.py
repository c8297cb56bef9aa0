"""Speeds of two sides: ratios to the reference of the same session, and what is said of them."""

import json
import math
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from harness.comparing.compare import Comparison, compare
from harness.comparing.junit import write_junit
from harness.comparing.resources import ResourceRow, resource_rows
from harness.comparing.sides import Side, SideVariant
from harness.comparing.speeds import compared, pace
from harness.records import Score
from harness.stats.rank import mann_whitney, median_interval, shift
from harness.storage.jsonl import plain

NAME = "throughput.decode_tokens_per_s"
STEADY = (1.50, 1.52, 1.49, 1.51, 1.53)
UNEVEN = (1.50, 1.20, 1.61, 1.02, 1.90)


def speed(
    ratios: tuple[float, ...], against: str = "ref", how: str = "h", at: float = 100.0
) -> Any:
    processes = [at * ratio for ratio in ratios]
    middle = sorted(processes)[len(processes) // 2]
    found = {"median": middle, "samples": processes, "processes": processes}
    return found | {"against": against, "how": how, "ratios": list(ratios)}


def variant(resource: Any, name: str = "own", **config: Any) -> SideVariant:
    return SideVariant(
        name=name,
        trained="t",
        status="ok",
        error=None,
        config=config,
        scores={},
        resources={NAME: resource},
    )


def row(before: Any, after: Any, device: str = "cpu", hardware: str = "") -> ResourceRow:
    sides = [each if isinstance(each, SideVariant) else variant(each) for each in (before, after)]
    (found,) = resource_rows(sides[0], sides[1], hardware, device)
    return found


def times(factor: float, ratios: tuple[float, ...] = STEADY) -> tuple[float, ...]:
    return tuple(factor * ratio for ratio in ratios)


def test_a_slow_down_of_30_percent_is_a_regression_and_says_how_much() -> None:
    found = row(speed(STEADY), speed(times(1 / 1.3)))
    assert found.verdict == "regression"
    assert found.ratio == pytest.approx(1 / 1.3, rel=0.01)
    assert found.low is not None
    assert found.high is not None
    assert found.low < 1 / 1.3 < found.high < 0.85
    assert found.p == pytest.approx(2 / math.comb(10, 5))
    assert found.sentence == (
        "Beside ref it is 23 % slower, 22 % at least; the margin is 15 %"
        " (5 and 5 processes, p 0.0079)."
    )


def test_a_busy_machine_slows_the_reference_too_and_that_is_no_regression() -> None:
    busy = speed(STEADY, at=40.0)
    assert row(speed(STEADY), busy).verdict == "pass"
    raw = {key: value for key, value in busy.items() if key in ("median", "samples")}
    assert row({"median": 150.0, "samples": [150.0]}, raw).verdict == "inconclusive"


def test_faster_never_fails() -> None:
    assert row(speed(STEADY), speed(times(1.4))).verdict == "pass"
    assert row(speed(UNEVEN), speed(times(1.05, UNEVEN))).verdict == "pass"
    assert row(speed(STEADY), speed(STEADY)).sentence.startswith("Beside ref it is as fast as")


def test_a_loss_within_the_margin_passes_and_says_what_is_excluded() -> None:
    found = row(speed(STEADY), speed(times(0.95)))
    assert found.verdict == "pass"
    assert "5.0 % slower, 6.9 % at most: within the margin of 15 %" in found.sentence


def test_a_graphics_card_has_the_narrower_margin() -> None:
    slower = speed(times(0.86))
    assert row(speed(STEADY), slower, "cpu").verdict != "regression"
    assert row(speed(STEADY), slower, "cuda:0").verdict == "regression"


def test_a_slow_down_that_noise_may_explain_is_inconclusive() -> None:
    found = row(speed(UNEVEN), speed(times(0.8, UNEVEN)))
    assert found.verdict == "inconclusive"
    assert "are possible; the margin is 15 %" in found.sentence


@pytest.mark.parametrize("count", [1, 2, 4])
def test_too_few_processes_are_never_a_regression(count: int) -> None:
    found = row(speed(STEADY), speed(times(0.5)[:count]))
    assert found.verdict == "inconclusive"
    assert f"in 5 and {count} processes; 5 a side" in found.sentence
    assert (found.low, found.high, found.p) == (None, None, None)


def test_what_is_no_slower_in_one_process_passes_and_says_how_few_there_were() -> None:
    found = row({"median": 100.0, "samples": [100.0]}, {"median": 101.0, "samples": [101.0]})
    assert (found.verdict, found.gated) == ("pass", True)
    assert found.sentence == "It is no slower than before (1 and 1 processes)."


def test_the_reference_has_nothing_to_be_held_against_and_decides_nothing() -> None:
    ones = (1.0,) * 5
    slow = variant(speed(ones, at=50.0), name="ref")
    found = row(variant(speed(ones), name="ref"), slow)
    assert not found.gated
    assert found.sentence == (
        "It is the reference: nothing to hold it against."
        " By itself it is 50 % slower than before, which may be the machine."
    )


def test_a_variant_can_be_held_against_the_reference_itself() -> None:
    ones = (1.0,) * 5
    found = row(variant(speed(ones), name="ref"), variant(speed(times(0.4)), name="own"))
    assert found.verdict == "regression"
    assert found.ratio == pytest.approx(0.6, rel=0.02)
    back = row(variant(speed(times(0.4)), name="own"), variant(speed(ones), name="ref"))
    assert (back.verdict, back.gated) == ("pass", True)


def test_what_was_not_measured_alike_is_not_comparable() -> None:
    other = row(speed(STEADY), speed(STEADY, against="another"))
    assert other.verdict == "not_comparable"
    assert "ref before, another now" in other.sentence
    settings = row(speed(STEADY), speed(STEADY, how="otherwise"))
    assert settings.verdict == "not_comparable"
    assert "ref, which it is held against, has other settings" in settings.sentence
    batch = row(
        variant(speed(STEADY), ask={"batch_size": 48}),
        variant(speed(STEADY), ask={"batch_size": 8}),
    )
    assert batch.verdict == "not_comparable"
    assert "ask.batch_size 48 -> 8" in batch.sentence
    hardware = row(speed(STEADY), speed(STEADY), hardware="cpu A -> B")
    assert hardware.verdict == "not_comparable"
    gone = row(speed(STEADY), replace(variant(None), resources={}))
    assert (gone.verdict, gone.sentence) == (
        "not_comparable",
        "The candidate has no such measurement.",
    )


def side(name: str, *variants: SideVariant) -> Side:
    return Side(
        label=name,
        suite={},
        corpus={"digest": "d"},
        environment={"device": "cpu"},
        questions={},
        variants=tuple(replace(each, scores={"recall.trained": SCORE}) for each in variants),
    )


SCORE = Score(value=0.5, low=0.4, high=0.6, n=50, clusters=50)


def comparison(factor: float) -> Comparison:
    ones = (1.0,) * 5
    before = (variant(speed(ones), "ref"), variant(speed(STEADY)))
    after = (variant(speed(ones, at=30.0), "ref"), variant(speed(times(factor), at=30.0)))
    return compare(side("a", *before), side("b", *after), gate_resources=True)


def test_a_slow_down_decides_the_verdict_and_a_slow_machine_does_not(tmp_path: Path) -> None:
    assert [each.verdict for each in comparison(1.0).counting] == ["pass"]
    found = comparison(1 / 1.3)
    assert found.verdict == "regression"
    assert [(each.variant, each.verdict) for each in found.counting] == [("own", "regression")]
    write_junit(found, tmp_path / "gates.xml")
    failures = ElementTree.parse(tmp_path / "gates.xml").getroot().iter("failure")
    assert [each.get("type") for each in failures].count("regression") == 1


def test_rows_of_a_reference_are_plain_data() -> None:
    text = json.dumps(plain(comparison(1 / 1.3).resources), allow_nan=False)
    assert '"gated": false' in text


def test_a_speed_of_older_records_is_read() -> None:
    assert pace(12.0) is not None
    assert pace({"samples": []}) is None
    assert pace("fast") is None
    found = pace({"median": 3.0, "samples": [2.0, 3.0, 4.0]})
    assert found is not None
    assert (found.processes, found.ratios) == (1, ())


def test_the_interval_holds_just_the_shifts_that_the_test_does_not_reject() -> None:
    first, second = [0.11, 0.52, 0.33, 0.74, 0.95], [0.27, 0.61, 1.48, 1.19, 1.87]
    found = shift(first, second)
    inside = [found.low + 1e-6, found.value, found.high - 1e-6]
    outside = [found.low - 1e-6, found.high + 1e-6]
    for moved in inside:
        assert mann_whitney(first, [each - moved for each in second]).p > 0.05
    for moved in outside:
        assert mann_whitney(first, [each - moved for each in second]).p < 0.05


def test_the_interval_covers_what_it_says_over_all_orders() -> None:
    """Of all 252 orders of five and five alike values, the share that excludes no difference."""
    missed = 0
    for chosen in combinations(range(10), 5):
        first = [float(each) for each in chosen]
        second = [float(each) for each in range(10) if each not in chosen]
        found = shift(first, second)
        missed += not found.low <= 0 <= found.high
    assert missed == 8  # 3.2 %, the largest share that is no more than 5 %
    assert shift([1.0, 2.0, 3.0], [7.0, 8.0, 9.0]).high == math.inf


def test_one_disturbed_process_moves_neither_estimate_nor_interval_far() -> None:
    calm, disturbed = compared(STEADY, STEADY), compared(STEADY, (*STEADY[:4], 0.3))
    assert disturbed.ratio == pytest.approx(calm.ratio, rel=0.02)
    assert disturbed.p > 0.1


def test_the_interval_of_a_median_rests_on_order_alone() -> None:
    assert median_interval([3.0, 1.0, 2.0, 5.0, 4.0]) == (1.0, 5.0)
    assert median_interval([float(each) for each in range(10)]) == (1.0, 8.0)
    assert median_interval([7.0]) == (7.0, 7.0)
