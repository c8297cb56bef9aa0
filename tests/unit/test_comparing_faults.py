"""What may not pass in silence: other questions, other judges, damage, and defects of our own."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from harness import cli
from harness.comparing import baselines
from harness.comparing.compare import Comparison, compare
from harness.comparing.gates import judged
from harness.comparing.junit import write_junit
from harness.comparing.pairing import pairing
from harness.comparing.resources import resource_rows
from harness.comparing.rows import score_row
from harness.comparing.settings import setting_changes
from harness.comparing.sides import Side, SideVariant, from_run
from harness.errors import UserError
from harness.records import Score
from harness.reporting.comparison import render
from harness.stats.contrast import Outcomes
from tests.support.fake_run import quick
from tests.support.fake_world import world
from tests.support.run_folder import write_run

MARGINS = ("recall.trained=0.25", "hallucination.nonexistent=0.5")
NAME = "instruct-nf4"


@pytest.fixture(scope="module")
def side(tmp_path_factory: pytest.TempPathFactory) -> Side:
    found = from_run(write_run(tmp_path_factory.mktemp("run") / "quick", quick()).path)
    gate = {"recall.trained": 0.25, "hallucination.nonexistent": 0.5}
    return replace(found, suite={**found.suite, "gate": gate})


def altered(side: Side, name: str, **changes: Any) -> Side:
    """The side with one variant that differs in these fields."""
    rows = tuple(replace(v, **changes) if v.name == name else v for v in side.variants)
    return replace(side, variants=rows)


def without_questions(side: Side, name: str, probe: str, most: int | None = None) -> Side:
    """The side with a variant that was not asked `most` questions of a probe, and gives no sign."""
    variant = side.named()[name]
    gone = [key for key in variant.said if side.questions[key].probe == probe][:most]
    outcomes = {
        score: Outcomes({k: held[k] for k in held if k not in gone}, held.clusters)
        for score, held in variant.outcomes.items()
    }
    left = {score: held for score, held in outcomes.items() if held}
    scores = {s: x for s, x in variant.scores.items() if s in left or s not in variant.outcomes}
    said = {key: each for key, each in variant.said.items() if key not in gone}
    return altered(side, name, said=said, outcomes=left, scores=scores)


def sentences(found: Comparison) -> str:
    return "\n".join(each.sentence for each in found.missing)


@pytest.mark.parametrize("most", [None, 1])
def test_a_probe_or_question_that_no_gate_holds_is_missed_too(side: Side, most: int | None) -> None:
    probe = "unstated"
    fewer = without_questions(side, NAME, probe, most)
    count = sum(asked.probe == probe for asked in side.questions.values()) if most is None else most
    for before, after, lacks in ((side, fewer, "candidate"), (fewer, side, "baseline")):
        found = compare(before, after, margin=MARGINS)
        assert found.verdict == "not_comparable"
        assert len(found.missing) == 1
        assert f"{NAME} lacks {count} question" in sentences(found)
        assert f"of {probe}" in sentences(found)
        assert f"in the {lacks}: " in sentences(found)
        assert not [row for row in found.gated if row.verdict != "pass"]


def test_a_variant_taught_otherwise_may_have_been_asked_otherwise(side: Side) -> None:
    before = without_questions(side, "base-fp32", "unstated")
    found = compare(before, side, only=("base-fp32", "instruct-fp32"), margin=MARGINS)
    assert not found.missing
    said = "\n".join(found.left_out)
    assert "base-fp32 was not asked" in said
    assert "base-fp32 has no recall.trained" in said
    assert {row.score for row in found.gated} == {"hallucination.nonexistent"}


def test_the_same_recipe_at_another_level_may_not_lack_questions(side: Side) -> None:
    fewer = without_questions(side, NAME, "unstated")
    found = compare(side, fewer, only=("instruct-fp32", NAME), margin=MARGINS)
    assert found.verdict == "not_comparable"
    assert found.missing


def test_a_score_without_a_gate_that_cannot_be_compared_is_shown(
    side: Side, capsys: pytest.CaptureFixture[str]
) -> None:
    from harness.commands.comparing import show

    variant = side.named()[NAME]
    left = {name: score for name, score in variant.scores.items() if "unstated" not in name}
    found = compare(side, altered(side, NAME, scores=left), margin=MARGINS)
    show(found)
    said = f"{NAME}: no such score in the candidate: hallucination.unstated"
    assert said in capsys.readouterr().out
    assert said in render(found)


@pytest.mark.parametrize("gated", [True, False])
def test_another_verdict_on_the_same_reply_is_no_pass(side: Side, gated: bool) -> None:
    variant = side.named()[NAME]
    score = "recall.trained" if gated else "recall.paraphrase"
    held = variant.outcomes[score]
    some = [key for key in held if held[key]][:5]
    other = Outcomes({key: held[key] and key not in some for key in held}, held.clusters)
    found = compare(
        side,
        altered(side, NAME, outcomes={**variant.outcomes, score: other}),
        margin=MARGINS,
    )
    rows = [*found.gated, *found.others]
    (row,) = [row for row in rows if (row.variant, row.score) == (NAME, score)]
    assert "the same replies were judged otherwise (5 of them" in row.problem
    assert "scoring rules differ" in row.problem
    if gated:
        assert found.verdict == "not_comparable"


def having(value: float, low: float | None, high: float | None, n: int = 24) -> SideVariant:
    score = Score(value=value, low=low, high=high, n=n, clusters=n, protocol="p")
    return SideVariant(
        name="x",
        trained="t",
        status="ok",
        error=None,
        config={},
        scores={"quantization.flips": score},
        resources={},
    )


def test_an_interval_beyond_the_margin_is_no_pass_where_nothing_is_paired() -> None:
    row = score_row(having(0.30, 0.15, 0.52), having(0.29, 0.13, 0.51), "quantization.flips")
    found = judged(row, 0.02)
    assert found.verdict == "inconclusive"
    assert found.harm_interval is not None
    assert f"up to {100 * found.harm_interval[1]:.1f} points is possible" in found.sentence
    narrow = score_row(having(0.30, 0.299, 0.301), having(0.29, 0.289, 0.291), "quantization.flips")
    assert judged(narrow, 0.02).verdict == "pass"


def test_the_same_figures_are_no_identity_where_the_replies_are_others(side: Side) -> None:
    variant = side.named()[NAME]
    wide = Score(value=0.3, low=0.0, high=0.9, n=24, clusters=8)
    scores = {**variant.scores, "quantization.flips": wide}
    before = altered(side, NAME, scores=scores)
    said = {key: replace(each, digest="0" * 8) for key, each in variant.said.items()}
    margin = ("quantization.flips=0.02",)
    names = {"quantization.flips"}
    for after, verdict in (
        (before, "pass"),
        (altered(before, NAME, said=said), "inconclusive"),
    ):
        found = compare(before, after, margin=margin, only=(NAME, NAME))
        (row,) = [row for row in found.gated if row.score in names]
        assert row.verdict == verdict, row.sentence


def test_outcomes_that_only_one_side_kept_are_said(side: Side) -> None:
    variant = side.named()[NAME]
    left = {k: held for k, held in variant.outcomes.items() if k != "recall.trained"}
    row = score_row(variant, replace(variant, outcomes=left), "recall.trained")
    assert not row.paired
    assert "The candidate kept no outcomes" in judged(row, 0.25).sentence


def test_a_pattern_on_one_side_narrows_both(side: Side) -> None:
    for only in (("instruct-*", "*"), ("*", "instruct-*")):
        found = pairing(side, side, only)
        assert not found.missing
        names = [before.name for before, _ in found.pairs]
        assert names == [v.name for v in side.variants if v.name.startswith("instruct-")]


def test_a_score_that_neither_of_two_variants_has_is_said_and_no_fault(side: Side) -> None:
    found = compare(side, side, only=("base-fp32", "base-fp32"), margin=MARGINS)
    assert "recall.trained: no such score for base-fp32." in found.left_out
    assert not found.missing
    assert found.verdict == "pass"


@pytest.mark.parametrize("only", [("*", "*"), (NAME, NAME), ("instruct-fp32", "*")])
def test_a_failed_variant_with_scores_is_no_pass(side: Side, only: tuple[str, str]) -> None:
    failed = altered(side, NAME, status="failed", error="measure: out of memory")
    found = compare(side, failed, only=only, margin=MARGINS)
    assert f"{NAME} failed in the candidate: measure: out of memory." in sentences(found)
    assert found.exit_code in {1, 3}
    same = compare(side, side, only=only, margin=MARGINS)
    assert not same.missing


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("suite", None),
        ("corpus", None),
        ("environment", "x"),
        ("config", None),
        ("resources", None),
        ("gate", {"recall.trained": "x"}),
        ("value", "abc"),
        ("twice", None),
    ],
)
def test_a_damaged_baseline_is_one_line_and_a_row(
    side: Side, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str, value: object
) -> None:
    path = baselines.save(side, "bent", tmp_path / "baselines")
    raw = json.loads(path.read_text())
    first = raw["variants"][0]
    places = {"gate": raw["suite"], "value": next(iter(first["scores"].values()))}
    places |= dict.fromkeys(("config", "resources"), first)
    if key == "twice":
        raw["variants"].append(first)
    else:
        places.get(key, raw)[key] = value
    path.write_text(json.dumps(raw))
    with pytest.raises(UserError, match="damaged") as caught:
        baselines.read(path)
    assert "\n" not in caught.value.message
    monkeypatch.chdir(tmp_path)
    listed = CliRunner().invoke(cli.app, ["baseline", "list"])
    assert listed.exit_code == 0
    assert "bent" in listed.output
    assert "is damaged" in listed.output


def test_a_defect_of_ours_is_no_regression(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> None:
        raise ZeroDivisionError("planted")

    monkeypatch.setattr(cli, "app", broken)
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == cli.UNFORESEEN
    assert cli.UNFORESEEN not in {0, 1, 2, 3, 4, 130}
    assert "ZeroDivisionError: planted" in capsys.readouterr().err


@pytest.mark.parametrize(("old", "new"), [(0, 10**9), (10**9, 0)])
def test_no_bytes_at_all_are_no_measurement(side: Side, old: int, new: int) -> None:
    variants = [
        replace(side.named()[NAME], resources={"memory.weights_bytes": each}) for each in (old, new)
    ]
    (row,) = resource_rows(variants[0], variants[1], "", "cpu")
    assert row.verdict == "not_comparable"
    assert "measured 0 bytes" in row.sentence


def test_reasons_with_control_characters_are_well_formed(side: Side, tmp_path: Path) -> None:
    failed = altered(side, NAME, status="failed", error="train: \x1b[31mout\x00 of \ufffe memory")
    path = tmp_path / "gates.xml"
    write_junit(compare(side, failed, margin=MARGINS), path)
    root = ElementTree.parse(path).getroot()
    (error,) = root.findall("testcase/error")
    assert "out\u2400 of <U+FFFE> memory" in str(error.get("message"))


def test_nothing_gated_is_a_failing_case(side: Side, tmp_path: Path) -> None:
    path = tmp_path / "gates.xml"
    bare = replace(side, suite={"gate": {"recall.trained": 0.25}})
    found = compare(bare, bare, only=("base-fp32", "base-fp32"))
    assert (found.gated, found.verdict) == ((), "inconclusive")
    write_junit(found, path)
    root = ElementTree.parse(path).getroot()
    (case,) = root.findall("testcase[failure]")
    assert (case.get("classname"), root.get("failures")) == ("comparison", "1")
    write_junit(compare(side, side, margin=MARGINS), path)
    assert not ElementTree.parse(path).getroot().findall("testcase[@classname='comparison']")


def test_settings_only_spelled_out_have_not_changed(side: Side) -> None:
    variant = side.named()[NAME]
    ask = {k: v for k, v in variant.config["ask"].items() if k not in ("likelihood", "repeats")}
    short = replace(variant, config={**variant.config, "ask": ask})
    assert setting_changes([(variant, short), (short, variant)]) == []
    other = replace(variant, config={**variant.config, "ask": {**ask, "likelihood": True}})
    assert setting_changes([(short, other)]) == [f"{NAME} ask.likelihood False -> True"]


def test_a_reply_about_ones_own_text_is_not_guessed_by_its_digest(tmp_path: Path) -> None:
    corpus = replace(world(), kind="files")
    own = from_run(write_run(tmp_path / "own", quick(), corpus=corpus).path)
    open_ = from_run(write_run(tmp_path / "open", quick(), corpus=world()).path)
    known = {each.digest for each in open_.named()[NAME].said.values()}
    guessed = {digest(each.text) for each in open_.named()[NAME].said.values()}
    hidden = {each.digest for each in own.named()[NAME].said.values()}
    assert guessed & known
    assert not hidden & (guessed | known)
    salted = {digest(f"{own.corpus['digest']}{t.text}") for t in open_.named()[NAME].said.values()}
    assert not hidden & salted
    assert compare(own, own, margin=MARGINS).exit_code == 0


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def test_what_a_model_is_told_is_kept_by_its_digest_and_is_no_change(
    side: Side, tmp_path: Path
) -> None:
    secret = "Odrun keeps the ledger"
    variant = side.named()[NAME]
    config = {
        **variant.config,
        "prompt": {**variant.config["prompt"], "system": secret},
        "model": {"name": "own", "path": "/home/odrun/model"},
    }
    told = altered(side, NAME, config=config)
    writing = {"prompt": secret, "openings": [secret], "model": None}
    told = replace(told, suite={**side.suite, "writing": writing})
    path = baselines.save(told, "told", tmp_path)
    text = path.read_text()
    assert "ledger" not in text
    assert "/home/odrun" not in text
    kept = baselines.read(path)
    assert [line for line in compare(kept, told).changed if NAME in line] == []
    again = baselines.read(baselines.save(kept, "again", tmp_path))
    assert [line for line in compare(kept, again).changed if NAME in line] == []
    changed = altered(told, NAME, config={**config, "prompt": {"system": "Another one"}})
    lines = [line for line in compare(kept, changed).changed if "prompt.system" in line]
    assert len(lines) == 1
    assert "Another" not in lines[0]
