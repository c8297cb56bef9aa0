"""Few questions against what rounding changes, and all variants against one of them."""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from harness import api
from harness.cli import app
from harness.comparing import baselines, opening
from harness.comparing.compare import Comparison, compare
from harness.comparing.floors import FEW
from harness.comparing.matrix import matrix
from harness.comparing.pairing import pairing
from harness.comparing.rows import ScoreRow
from harness.comparing.sides import Said, Side, SideVariant, from_run
from harness.errors import UserError
from harness.reporting.comparison import render
from harness.stats.contrast import Outcomes
from harness.stats.flips import least_of, more_than, most_within
from tests.support.fake_run import Persona, quick
from tests.support.run_folder import write_run

TAUGHT = Persona(name="instruct-fp32", recipe="instruct", right={"trained": 24, "paraphrase": 17})
TWIN = replace(TAUGHT, name="instruct-perturbed-fp32", perturb=1e-3)
FOUR = replace(TAUGHT, name="instruct-nf4", quantization="nf4")
MARGIN = ("recall.trained=0.25", "hallucination.nonexistent=0.35")


@pytest.fixture(scope="module")
def side(tmp_path_factory: pytest.TempPathFactory) -> Side:
    """A run of a full-precision variant with a perturbed twin, and of 4 bits."""
    return from_run(write_run(tmp_path_factory.mktemp("a") / "run", [TAUGHT, TWIN, FOUR]).path)


def changed(variant: SideVariant, score: str, ids: list[str], to: bool = False) -> SideVariant:
    """The variant with other outcomes of these questions, and other replies to them."""
    held = variant.outcomes[score]
    values = {key: to if key in ids else held[key] for key in held}
    said = {
        key: replace(each, digest="f" * 8) if key in ids else each
        for key, each in variant.said.items()
    }
    share = sum(values.values()) / len(values)
    return replace(
        variant,
        outcomes={**variant.outcomes, score: Outcomes(values, held.clusters)},
        said=said,
        scores={**variant.scores, score: replace(variant.scores[score], value=share)},
    )


def with_variant(side: Side, variant: SideVariant) -> Side:
    return replace(
        side, variants=tuple(variant if v.name == variant.name else v for v in side.variants)
    )


def some(side: Side, count: int, score: str = "recall.trained", true: bool = True) -> list[str]:
    """So many questions with that outcome, no two about one entity as far as that goes."""
    held = side.named()["instruct-nf4"].outcomes[score]
    of_name: dict[str, int] = {}
    ranked = []
    for key in sorted(held):
        if held[key] is true:
            ranked.append((of_name.setdefault(held.clusters[key], 0), key))
            of_name[held.clusters[key]] += 1
    return [key for _, key in sorted(ranked)][:count]


def lost(side: Side, count: int, moved: int = 0) -> ScoreRow:
    """4 bits with `count` trained answers lost, where rounding alone loses `moved`."""
    twin = changed(side.named()[TWIN.name], "recall.trained", some(side, moved))
    before = with_variant(side, twin)
    spoilt = changed(side.named()["instruct-nf4"], "recall.trained", some(side, count))
    return the_row(compare(before, with_variant(before, spoilt), margin=MARGIN))


def the_row(found: Comparison, score: str = "recall.trained") -> ScoreRow:
    return next(r for r in found.gated if (r.variant, r.score) == ("instruct-nf4", score))


def test_few_losses_within_the_floor_pass_and_the_sentence_names_it(side: Side) -> None:
    row = lost(side, 3, moved=4)
    assert row.verdict == "pass"
    assert row.sentence == (
        "3 verdicts of 24 changed for the worse; rounding alone changes up to 6 of 24."
    )


def test_clearly_more_is_a_regression_that_names_each_question(side: Side) -> None:
    row = lost(side, 8, moved=1)
    assert row.verdict == "regression"
    assert sorted(row.harmed) == sorted(some(side, 8))
    assert row.p is not None
    assert row.p < 0.05


def test_in_between_cannot_be_told_and_says_what_would_show(side: Side) -> None:
    row = lost(side, 3)
    assert row.verdict == "inconclusive"
    assert "rounding alone changes up to 2 of 24" in row.sentence
    assert "would show a loss" in row.sentence
    assert row.smallest is not None
    assert row.smallest * 24 > 3


def test_the_same_loss_counts_for_less_where_rounding_changes_more(side: Side) -> None:
    assert lost(side, 6).verdict == "regression"
    assert lost(side, 6, moved=8).verdict == "pass"


def test_a_loss_beyond_the_margin_never_passes_however_much_rounding_changes(side: Side) -> None:
    row = lost(side, 9, moved=12)
    assert row.floor is not None
    assert row.floor.most >= 9
    assert row.verdict == "inconclusive"
    assert "margin" in row.sentence


def test_the_same_loss_about_one_name_shows_less_than_about_many(side: Side) -> None:
    held = side.named()["instruct-nf4"].outcomes["recall.trained"]
    names = sorted(set(held.clusters.values()))[:2]
    together = [key for key in held if held.clusters[key] in names]
    apart = some(side, len(together))
    rows = []
    for ids in (together, apart):
        spoilt = changed(side.named()["instruct-nf4"], "recall.trained", ids)
        rows.append(the_row(compare(side, with_variant(side, spoilt), margin=MARGIN)))
    assert [row.verdict for row in rows] == ["inconclusive", "regression"]


def test_better_never_fails(side: Side) -> None:
    wrong = changed(side.named()["instruct-nf4"], "recall.trained", some(side, 12))
    row = the_row(compare(with_variant(side, wrong), side, margin=MARGIN))
    assert row.verdict == "pass"
    assert "12 for the better" in row.sentence


def test_as_many_gained_as_lost_is_no_loss(side: Side) -> None:
    ids = some(side, 12)
    before = with_variant(side, changed(side.named()["instruct-nf4"], "recall.trained", ids[:6]))
    after = with_variant(side, changed(side.named()["instruct-nf4"], "recall.trained", ids[6:]))
    row = the_row(compare(before, after, margin=MARGIN))
    assert (len(row.lost), len(row.gained)) == (6, 6)
    assert row.verdict == "pass"


def test_of_inventing_it_is_the_other_way_round(side: Side) -> None:
    score = "hallucination.nonexistent"
    held = side.named()["instruct-nf4"].outcomes[score]
    refusing = changed(side.named()["instruct-nf4"], score, list(held))
    before = with_variant(side, refusing)
    assert the_row(compare(before, side, margin=MARGIN), score).verdict == "regression"
    assert the_row(compare(side, before, margin=MARGIN), score).verdict == "pass"


def test_identical_replies_pass_by_identity(side: Side) -> None:
    row = the_row(compare(side, side, margin=MARGIN))
    assert (row.verdict, row.sentence) == ("pass", "Every reply is the same, byte for byte.")


def spoilt(side: Side) -> Side:
    variant = changed(side.named()["instruct-nf4"], "recall.trained", some(side, 3))
    return with_variant(side, variant)


def without_twin(side: Side) -> Side:
    return replace(side, variants=tuple(v for v in side.variants if v.name != TWIN.name))


def reseeded(side: Side) -> Side:
    """The same variants with another training seed."""
    rows = tuple(replace(v, config={**v.config, "seed": 2}) for v in side.variants)
    return replace(side, variants=rows)


def taught_otherwise(side: Side) -> Side:
    """A twin of another recipe than the variant that is judged."""
    rows = tuple(
        v
        if v.name == "instruct-nf4"
        else replace(v, config={**v.config, "recipe": {"name": "mixed"}})
        for v in side.variants
    )
    return replace(side, variants=rows)


def test_points_hold_where_rounding_was_not_measured(side: Side) -> None:
    bare = without_twin(side)
    cases = [
        (bare, spoilt(bare)),
        (side, reseeded(spoilt(side))),
        (taught_otherwise(side), spoilt(taught_otherwise(side))),
    ]
    for before, after in cases:
        row = the_row(compare(before, after, margin=MARGIN))
        assert row.floor is None
        assert "points" in row.sentence


def test_points_hold_from_a_hundred_questions_on(side: Side) -> None:
    def many(variant: SideVariant) -> SideVariant:
        held = variant.outcomes["recall.trained"]
        times = range(FEW // len(held) + 1)
        values = {f"{key} {time}": held[key] for key in held for time in times}
        clusters = {f"{key} {time}": held.clusters[key] for key in held for time in times}
        outcomes = {"recall.trained": Outcomes(values, clusters)}
        said = {key: Said(verdict="correct", digest=variant.name[:8]) for key in values}
        return replace(variant, outcomes=outcomes, said=said)

    large = replace(side, variants=tuple(map(many, side.variants)))
    asked = next(iter(side.questions.values()))
    large = replace(large, questions=dict.fromkeys(large.variants[0].said, asked))
    said = {key: replace(each, digest="0") for key, each in large.variants[2].said.items()}
    renamed = replace(large.variants[2], said=said)
    row = the_row(compare(large, with_variant(large, renamed), margin=("recall.trained=0.25",)))
    assert row.n >= FEW
    assert row.floor is None


def loud(side: Side, count: int = 8) -> Side:
    """The side with a twin of which so many verdicts changed."""
    twin = changed(side.named()[TWIN.name], "recall.trained", some(side, count))
    return with_variant(side, twin)


def test_a_candidate_does_not_choose_what_is_forgiven(side: Side) -> None:
    before = without_twin(side)
    spoilt = changed(side.named()["instruct-nf4"], "recall.trained", some(side, 6))
    excused = with_variant(loud(side), spoilt)
    assert the_row(compare(before, excused, margin=MARGIN)).floor is None
    quiet = the_row(compare(side, excused, margin=MARGIN))
    assert (quiet.verdict, quiet.floor and quiet.floor.moved) == ("regression", 0)


def test_a_twin_of_the_candidate_only_lowers_the_floor(side: Side) -> None:
    row = the_row(compare(loud(side), spoilt(side), margin=MARGIN))
    assert row.floor is not None
    assert row.floor.moved == 0


def test_more_noise_than_rounding_makes_is_no_floor(side: Side) -> None:
    twin = side.named()[TWIN.name]
    noisy = replace(twin, config={**twin.config, "perturb": 0.01})
    before = with_variant(side, noisy)
    assert the_row(compare(before, spoilt(before), margin=MARGIN)).floor is None


def test_nothing_passes_by_flips_where_no_loss_would_show(side: Side) -> None:
    """Three questions of 24, whose replies are others and whose verdicts are the same."""
    few = some(side, 3)

    def cut(variant: SideVariant) -> SideVariant:
        held = variant.outcomes["recall.trained"]
        outcomes = Outcomes({key: held[key] for key in few}, held.clusters)
        score = replace(variant.scores["recall.trained"], n=3, clusters=3)
        return replace(
            variant, outcomes={"recall.trained": outcomes}, scores={"recall.trained": score}
        )

    before = replace(side, variants=tuple(map(cut, side.variants)))
    said = {k: replace(v, digest="0" * 8) for k, v in side.named()["instruct-nf4"].said.items()}
    after = with_variant(before, replace(before.named()["instruct-nf4"], said=said))
    row = the_row(compare(before, after, margin=("recall.trained=0.25",)))
    assert row.floor is not None
    assert (row.flips, row.verdict) == (0, "inconclusive")
    assert "no number of them would show a loss" in row.sentence


def test_a_saved_baseline_knows_its_floor(side: Side, tmp_path: Path) -> None:
    path = baselines.save(side, "kept", tmp_path)
    now = spoilt(without_twin(side))
    kept, fresh = (the_row(compare(s, now, margin=MARGIN)) for s in (baselines.read(path), side))
    assert kept.floor == fresh.floor is not None
    assert kept.verdict == fresh.verdict


def test_twins_are_no_candidates_and_may_be_missing(side: Side) -> None:
    found = compare(side, spoilt(without_twin(side)), margin=MARGIN)
    assert not found.missing
    assert TWIN.name not in {row.variant for row in found.gated}
    assert compare(without_twin(side), side, margin=MARGIN).exit_code == 0


def test_counts_are_compared_exactly() -> None:
    assert more_than(0, 24, 0, 48) == 1
    assert more_than(1, 24, 0, 48) == pytest.approx(24 / 72)
    assert more_than(5, 8, 1, 16) == pytest.approx(
        (56 * 16 * 1 * 1 * 1) / 134596 + 28 / 134596, rel=1e-9
    )
    assert least_of(5, 8, 16) == more_than(5, 8, 0, 16)
    assert least_of(10, 8, 16) == more_than(8, 8, 2, 16)
    assert most_within(0.2, 24, 0, 48) == 1
    assert most_within(0.2, 24, 4, 48) == 4
    assert most_within(0.05, 24, 4, 48) == 6


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    bound = Persona(name="oracle", answerer="oracle", right={"trained": 24})
    failed = replace(FOUR, name="instruct-fp4", quantization="fp4", status="failed", error="full")
    return write_run(tmp_path_factory.mktemp("q") / "quick", [*quick(), TWIN, bound, failed]).path


@pytest.fixture(autouse=True)
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs of this module stay as they are, so that each is read and scored once."""
    monkeypatch.setattr(opening, "from_run", kept)


kept = cache(from_run)


def against(run: Path, *words: str) -> Comparison:
    return api.compare(*words, margin=MARGIN)


def test_one_named_variant_is_held_against_all_that_somebody_might_use(run: Path) -> None:
    found = against(run, f"{run}:instruct-fp32", str(run))
    assert (found.reference, found.reference_side) == ("instruct-fp32", "baseline")
    variants = {row.variant for row in found.gated}
    assert variants == {p.name for p in quick() if p.status == "ok"} - {"instruct-fp32"}
    assert found.left_out[:2] == (
        "instruct-perturbed-fp32 is left out: there is noise on its weights.",
        "oracle is left out: it is a floor or a ceiling.",
    )
    assert (
        "base-fp32 has no recall.paraphrase, recall.trained, refusal.over: it was taught otherwise."
    ) in found.left_out
    assert [each.sentence for each in found.missing] == [
        "instruct-fp4 has no result in the candidate: train: full."
    ]
    assert not [row for row in found.gated if row.problem]


def test_a_pattern_narrows_what_is_held_against_it(run: Path) -> None:
    found = against(run, f"{run}:instruct-fp32", f"{run}:instruct-*")
    assert {row.variant for row in found.gated} == {
        "instruct-int8",
        "instruct-nf4",
        "instruct-abstain-nf4",
    }


def test_the_reference_may_stand_on_either_side(run: Path) -> None:
    one = against(run, f"{run}:instruct-fp32", f"{run}:instruct-nf4")
    other = against(run, f"{run}:instruct-n*", f"{run}:instruct-fp32")
    assert other.reference_side == "candidate"
    (before,) = [r for r in one.gated if r.score == "recall.trained"]
    (after,) = [r for r in other.gated if r.score == "recall.trained"]
    assert after.variant == "instruct-nf4"
    assert (before.lost, before.gained) == (after.gained, after.lost)
    forwards = against(run, f"{run}:instruct-fp32", f"{run}:instruct-n*")
    assert matrix(other).values == matrix(forwards).values


def test_in_another_run_the_variant_of_the_same_name_is_compared_too(
    run: Path, tmp_path: Path
) -> None:
    other = write_run(tmp_path / "other", [TAUGHT, FOUR]).path
    found = against(run, f"{run}:instruct-fp32", str(other))
    assert {row.variant for row in found.gated} == {"instruct-fp32", "instruct-nf4"}


def test_two_patterns_match_by_name(run: Path) -> None:
    found = against(run, f"{run}:*-nf4", f"{run}:instruct-*")
    assert {row.variant for row in found.gated} == {"instruct-nf4", "instruct-abstain-nf4"}
    assert {each.variant for each in found.missing} >= {"raw_text-nf4", "instruct-int8"}


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("instruct-fp4", "*", "no result: train: full"),
        ("instruct-fp32", "oracl?", "no variant is left"),
        ("instruct-fp32", "nobody-*", "nobody-*"),
        ("instrukt-fp32", "*", "instrukt-fp32"),
    ],
)
def test_what_cannot_be_held_against_anything_is_an_error(
    run: Path, before: str, after: str, said: str
) -> None:
    with pytest.raises(UserError) as caught:
        against(run, f"{run}:{before}", f"{run}:{after}")
    assert said in caught.value.message


def test_a_run_against_itself_is_read_once(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Path] = []

    def counted(path: Path, label: str = "") -> Side:
        read.append(path)
        return from_run(path, label)

    monkeypatch.setattr(opening, "from_run", counted)
    against(run, f"{run}:instruct-fp32", str(run))
    against(run, f"{run}:instruct-fp32", f"{run}/:instruct-nf4")
    assert len(read) == 2
    before, after = opening.open_two(str(run), f"{run}:instruct-nf4")
    assert before[0] is after[0]
    assert pairing(before[0], after[0], ("instruct-fp32", "*")).pairs


def test_the_terminal_has_a_row_a_variant_and_needs_a_hundred_columns(
    run: Path, tmp_path: Path
) -> None:
    files = [tmp_path / name for name in ("all.json", "all.xml", "all.html")]
    options = ["--json", str(files[0]), "--junit", str(files[1]), "--html", str(files[2])]
    margins = [word for each in MARGIN for word in ("--margin", each)]
    words = ["compare", f"{run}:instruct-fp32", f"{run}:instruct-*", *options, *margins]
    result = CliRunner().invoke(app, words)
    assert result.exit_code in (0, 1, 3), result.output
    table = result.output.partition("after minus before")[2]
    rows = [line for line in table.splitlines() if line.startswith("instruct-")]
    assert [line.split()[0] for line in rows[:4]] == [
        "instruct-fp32",
        "instruct-int8",
        "instruct-nf4",
        "instruct-abstain-nf4",
    ]
    assert max(map(len, rows)) <= 100
    said = json.loads(files[0].read_text())
    assert said["reference"] == "instruct-fp32"
    floors = {row["floor"]["most"] for row in said["gated"] if row["score"] == "recall.trained"}
    assert floors == {2}
    cases = {case.get("classname") for case in ElementTree.parse(files[1]).iter("testcase")}
    assert {"instruct-int8", "instruct-nf4"} <= cases
    assert "instruct-fp32 itself" in files[2].read_text()


def test_a_page_of_one_reference_has_its_table(run: Path) -> None:
    page = render(against(run, f"{run}:instruct-fp32", str(run)))
    assert 'id="against-title"' in page
    assert "is left out: there is noise on its weights" in page
