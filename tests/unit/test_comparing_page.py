"""The page of a comparison says the worst first, why, and in whose words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from harness.comparing.compare import Comparison
from harness.comparing.floors import Floor
from harness.comparing.rows import GateName, ScoreRow
from harness.records import Score
from harness.reporting.comparison import render


def row(verdict: GateName | None, **parts: Any) -> ScoreRow:
    value = Score(value=0.5, low=0.3, high=0.7, n=24, clusters=8)
    start = ScoreRow(variant="v", score="recall.trained", before=value, after=value)
    return replace(start, verdict=verdict, paired=True, n=24, clusters=24, **parts)


def showing(gated: Sequence[ScoreRow], others: Sequence[ScoreRow] = (), against: str = "") -> str:
    """The page of a comparison of just these rows."""
    return render(
        Comparison(
            baseline="a",
            candidate="b",
            changed=(),
            problem="",
            gated=tuple(gated),
            others=tuple(others),
            resources=(),
            missing=(),
            reference=against,
            reference_side="baseline" if against else "",
        )
    )


def test_the_worst_gates_stand_first_and_passes_are_folded_after_them() -> None:
    verdicts: tuple[GateName, ...] = ("pass", "inconclusive", "not_comparable", "regression")
    page = showing([row(each, sentence=f"for {each}") for each in verdicts])
    gates = page.split('id="gates-title"')[1]
    places = [gates.index(f"for {each}") for each in reversed(verdicts)]
    assert places == sorted(places)
    folded = gates.split("<details>")[1]
    assert "<b>1</b> gate passes" in folded
    assert "for pass" in folded
    assert "for inconclusive" not in folded
    assert "<details open>" in showing([row("pass")])  # nothing else is to be seen then


def test_flips_are_spoken_of_only_where_a_row_is_judged_by_them() -> None:
    assert "flips" not in showing([row("inconclusive", difference=0.0)])
    floor = Floor(twins=("noisy",), n=24, clusters=24, moved=1, names=1)
    assert "and flips" in showing([row("inconclusive", difference=0.0, floor=floor, margin=0.1)])


def test_every_verdict_against_one_reference_has_its_reason_beside_it() -> None:
    rows = [
        row("pass", identical=True, sentence="Every reply is the same."),
        replace(row("inconclusive", sentence="Too few questions."), variant="w"),
    ]
    page = showing(rows, against="first").split('id="against-title"')[1].split("</table>")[0]
    assert '<span class="gate pass">pass</span> (same replies)' in page
    assert '<span class="gate inconclusive">inconclusive</span>: Too few questions.' in page


def test_what_changed_beyond_luck_is_told_as_on_the_terminal() -> None:
    moved = row(None, difference=-0.5, p=0.001)
    luck = replace(row(None, difference=-0.1, p=0.9), score="recall.paraphrase")
    page = showing([row("pass")], [moved, luck])
    beyond, within = page.split("Other scores that changed beyond luck")[-1].split("<details>")[:2]
    assert "recall.trained" in beyond
    assert "recall.paraphrase" not in beyond
    assert "recall.paraphrase" in within
    assert "None of them changed beyond luck" in showing([row("pass")], [luck])


def test_the_scores_of_a_comparison_are_said_in_words_with_the_good_way() -> None:
    page = showing([row("pass"), replace(row("pass"), score="hallucination.nonexistent")])
    meant = page.split('id="meant-title"')[1]
    assert "More is better." in meant.split("hallucination.nonexistent")[0]
    assert "Less is better." in meant.split("hallucination.nonexistent")[1]
