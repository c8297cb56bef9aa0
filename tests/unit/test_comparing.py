"""Two results held against each other: verdicts, what is missing, and what is kept."""

import json
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from harness import catalog
from harness.cli import app
from harness.comparing import baselines
from harness.comparing.compare import Comparison, compare
from harness.comparing.directions import better
from harness.comparing.outcomes import outcomes
from harness.comparing.resources import resource_rows
from harness.comparing.rows import score_row
from harness.comparing.sides import Side, from_run
from harness.errors import UserError
from harness.records import Score
from harness.reporting.comparison import pieces, render
from harness.scoring import results as scoring
from harness.scoring.gathering import gather
from harness.scoring.stored import load_variants
from harness.stats.contrast import Outcomes
from harness.storage.folders import RunFolder
from tests.support.fake_run import Persona, quick
from tests.support.fake_world import world
from tests.support.run_folder import write_run

MARGINS = ("recall.trained=0.25", "hallucination.nonexistent=0.5")
GOOD = Persona(name="instruct-nf4", recipe="instruct", quantization="nf4", right={"trained": 24})
HALF = replace(GOOD, right={"trained": 6})


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    return write_run(tmp_path_factory.mktemp("run") / "quick", quick())


@pytest.fixture(scope="module")
def side(run: RunFolder) -> Side:
    return from_run(run.path)


def of(folder: Path, *personas: Persona) -> Side:
    return from_run(write_run(folder, personas).path)


def gates(found: Comparison) -> dict[str, str]:
    return {f"{row.variant} {row.score}": str(row.verdict) for row in found.gated}


def test_outcomes_have_the_value_of_the_score_of_their_name(run: RunFolder) -> None:
    gathered = gather(world(), load_variants(run))
    checked = set()
    for name, material in gathered.items():
        scores = scoring.score_variant(material)
        for score, held in outcomes(material).items():
            assert score in scores, (name, score)
            assert scores[score].n == len(held), (name, score)
            share = sum(held.values()) / len(held)
            assert scores[score].value == pytest.approx(share, rel=1e-5), (name, score)
            checked.add(score)
    assert {"recall.trained", "hallucination.nonexistent", "refusal.over", "unscored.share"} <= (
        checked
    )


def test_a_run_against_itself_passes_by_identity(side: Side) -> None:
    found = compare(side, side, margin=MARGINS)
    assert found.exit_code == 0
    assert found.gated
    paired = {row.sentence for row in found.gated if row.paired}
    assert paired == {"Every reply is the same, byte for byte."}
    apart = {row.sentence for row in found.gated if not row.paired}
    assert apart <= {"The figures are the same."}


def test_a_half_trained_adapter_is_a_regression_of_recall(tmp_path: Path) -> None:
    before, after = of(tmp_path / "a", GOOD), of(tmp_path / "b", HALF)
    found = compare(before, after, margin=MARGINS)
    assert gates(found)["instruct-nf4 recall.trained"] == "regression"
    assert found.exit_code == 1
    row = next(row for row in found.gated if row.score == "recall.trained")
    assert (row.n, len(row.lost), len(row.gained)) == (24, 18, 0)
    assert row.difference == pytest.approx(-0.75)
    assert "75 points" in row.sentence


@pytest.mark.parametrize("margin", ["0.9", "0.03"])
def test_better_never_fails(tmp_path: Path, margin: str) -> None:
    before, after = of(tmp_path / "a", HALF), of(tmp_path / "b", GOOD)
    found = compare(before, after, margin=(f"recall.trained={margin}",))
    assert gates(found)["instruct-nf4 recall.trained"] == "pass"


def with_scores(side: Side, name: str, **scores: Score) -> Side:
    """The side with only that variant, whose scores are added under dotted names."""
    variant = side.named()[name]
    added = {key.replace("__", "."): score for key, score in scores.items()}
    return replace(side, variants=(replace(variant, scores={**variant.scores, **added}),))


def test_the_same_replies_excuse_no_score_that_is_not_made_of_them(side: Side) -> None:
    near = Score(value=0.01, low=0.009, high=0.011, n=200, clusters=60)
    far = Score(value=1.0, low=0.9, high=1.1, n=200, clusters=60)
    before = with_scores(side, "instruct-nf4", quantization__kl=near, quantization__flips=near)
    after = with_scores(side, "instruct-nf4", quantization__kl=far, quantization__flips=far)
    margin = ("quantization.kl=0.5", "quantization.flips=0.02")
    found = gates(compare(before, after, margin=margin))
    assert found["instruct-nf4 quantization.kl"] == "regression"
    assert found["instruct-nf4 quantization.flips"] == "regression"
    assert set(gates(compare(before, before, margin=margin)).values()) == {"pass"}


def test_what_is_missing_is_no_pass_between_two_named_variants_either(side: Side) -> None:
    variant = side.named()["instruct-nf4"]
    left = {key: value for key, value in variant.scores.items() if "hallucination" not in key}
    other = replace(side, variants=(replace(variant, scores=left),))
    found = compare(side, other, only=("instruct-nf4", "instruct-nf4"), margin=MARGINS)
    assert found.exit_code == 3
    row = next(row for row in found.gated if row.score == "hallucination.nonexistent")
    assert row.verdict == "not_comparable"


def test_a_candidate_does_not_choose_what_it_is_judged_by(tmp_path: Path) -> None:
    before, after = of(tmp_path / "a", GOOD), of(tmp_path / "b", HALF)
    gate = {"recall.trained": 0.25, "unscored.share": 0.2}
    strict = replace(before, suite={"gate": gate})
    lax = replace(after, suite={"gate": {"unscored.share": 0.9}})
    found = compare(strict, lax)
    assert gates(found)["instruct-nf4 recall.trained"] == "regression"
    assert "gate recall.trained 0.25 -> absent" in found.changed
    assert "gate unscored.share 0.2 -> 0.9" in found.changed


def test_a_gate_that_neither_side_can_show_is_no_pass(side: Side) -> None:
    gated = replace(side, suite={"gate": {"quantization.kl": 0.5}})
    found = compare(gated, gated)
    assert found.verdict == "not_comparable"
    assert "neither side has it" in found.missing[0].sentence


def test_scores_of_other_numbers_of_items_are_not_compared(side: Side) -> None:
    many = Score(value=0.8, low=0.7, high=0.9, n=200, clusters=60)
    few = replace(many, n=20, clusters=10)
    before = with_scores(side, "instruct-nf4", abstention__f1=many)
    after = with_scores(side, "instruct-nf4", abstention__f1=few)
    found = compare(before, after, margin=("abstention.f1=0.5",))
    assert gates(found)["instruct-nf4 abstention.f1"] == "not_comparable"


def test_settings_that_differ_under_one_name_are_said(side: Side) -> None:
    variant = side.named()["instruct-nf4"]
    other = replace(variant, config={**variant.config, "seed": 99}, status="failed")
    changed = compare(side, replace(side, variants=(other,))).changed
    assert "instruct-nf4 seed 1 -> 99" in changed
    assert "instruct-nf4 ended as ok -> failed" in changed


def test_a_run_that_is_not_finished_is_no_baseline(side: Side, tmp_path: Path) -> None:
    variant = replace(side.variants[0], status="failed")
    with pytest.raises(UserError, match="not finished"):
        baselines.save(replace(side, variants=(variant, *side.variants[1:])), "x", tmp_path)


def test_every_declared_score_has_the_direction_it_should() -> None:
    declared = [name for spec in catalog.specs("score").values() for name in spec.options]
    lower = {name for name in declared if better(name) < 0}
    higher = {name for name in declared if better(name) > 0}
    assert {"sensitivity.form.FORM.unscored", "sensitivity.family.FAMILY.spread"} <= lower
    assert {"sensitivity.spread", "quantization.kl", "calibration.ece", "selective.aurc"} <= lower
    assert {"selective.f", "sensitivity.worst", "locality.correct", "likelihood.gold"} <= higher
    assert not {"determinism.gap", "determinism.ties", "likelihood.top1.chance"} & (lower | higher)


def test_a_margin_that_so_few_questions_cannot_resolve_is_inconclusive(tmp_path: Path) -> None:
    worse = replace(GOOD, right={"trained": 23})
    before, after = of(tmp_path / "a", GOOD), of(tmp_path / "b", worse)
    found = compare(before, after, margin=("recall.trained=0.03",))
    row = next(row for row in found.gated if row.score == "recall.trained")
    assert row.verdict == "inconclusive"
    assert "may miss a loss of 3 points" in row.sentence
    assert found.exit_code == 3


def test_a_missing_variant_is_never_a_pass(side: Side) -> None:
    fewer = replace(side, variants=side.variants[:-1])
    found = compare(side, fewer, margin=MARGINS)
    assert found.verdict == "not_comparable"
    assert [each.sentence for each in found.missing] == [
        f"{side.variants[-1].name} is missing in the candidate."
    ]
    added = compare(fewer, side, margin=MARGINS)
    assert added.verdict == "not_comparable"
    assert "missing in the baseline" in added.missing[0].sentence


def test_a_missing_question_is_never_a_pass(side: Side) -> None:
    variant = side.named()["instruct-nf4"]
    held = variant.outcomes["recall.trained"]
    gone = next(iter(held))
    fewer = Outcomes({key: held[key] for key in held if key != gone}, held.clusters)
    changed = replace(variant, outcomes={**variant.outcomes, "recall.trained": fewer})
    row = score_row(variant, changed, "recall.trained")
    assert gone in row.problem
    assert "missing" in row.problem
    other = replace(
        side,
        variants=tuple(changed if each.name == "instruct-nf4" else each for each in side.variants),
    )
    assert compare(side, other, margin=MARGINS).verdict == "not_comparable"


def test_a_missing_probe_is_never_a_pass(side: Side) -> None:
    variant = side.named()["instruct-nf4"]
    left = {name: score for name, score in variant.scores.items() if name != "recall.trained"}
    other = replace(
        side,
        variants=tuple(
            replace(each, scores=left) if each is variant else each for each in side.variants
        ),
    )
    found = compare(side, other, margin=MARGINS)
    row = next(row for row in found.gated if row.problem)
    assert (row.variant, row.score) == ("instruct-nf4", "recall.trained")
    assert row.sentence == "no such score in the candidate."
    assert found.exit_code == 3


def test_another_corpus_or_protocol_makes_it_not_comparable(side: Side) -> None:
    other = replace(side, corpus={**side.corpus, "digest": "0" * 64})
    found = compare(side, other)
    assert (found.verdict, found.gated) == ("not_comparable", ())
    assert "the corpora differ" in found.problem
    variant = side.variants[0]
    scores = {
        name: replace(score, protocol="ffffffffffff") for name, score in variant.scores.items()
    }
    row = score_row(variant, replace(variant, scores=scores), "unscored.share")
    assert row.problem == "prompt, decoding or scoring rules differ"


def test_other_hardware_makes_only_resources_not_comparable(side: Side) -> None:
    found = compare(side, side, margin=MARGINS, other_hardware="cpu A -> B")
    assert found.verdict == "pass"
    assert {row.verdict for row in found.resources} == {"not_comparable"}
    counted = compare(side, side, margin=MARGINS, other_hardware="cpu A -> B", gate_resources=True)
    assert counted.verdict == "not_comparable"


def test_memory_that_grew_by_a_tenth_is_a_regression(side: Side) -> None:
    variant = side.named()["instruct-fp32"]
    peak = 1e9
    before = replace(variant, resources={"memory.peak_train_bytes": peak})
    for more, verdict in (
        (1.10, "regression"),
        (1.07, "inconclusive"),
        (1.04, "pass"),
        (0.9, "pass"),
    ):
        after = replace(variant, resources={"memory.peak_train_bytes": peak * more})
        (row,) = resource_rows(before, after, "", "cpu")
        assert (row.verdict, row.ratio) == (verdict, pytest.approx(more))
    coarse = replace(before, config={**before.config, "quantization": "nf4"})
    grown = replace(coarse, resources={"memory.peak_train_bytes": 1.10 * peak})
    (row,) = resource_rows(coarse, grown, "", "cpu")
    assert row.verdict == "inconclusive"
    assert "Two runs of the same may differ by 50 % here" in row.sentence
    assert resource_rows(coarse, grown, "", "cuda:0")[0].verdict == "regression"
    weights = [replace(coarse, resources={"memory.weights_bytes": n * peak}) for n in (1, 1.06)]
    assert resource_rows(weights[0], weights[1], "", "cpu")[0].verdict == "regression"
    small = replace(variant, resources={"memory.peak_train_bytes": 2e6})
    grown = replace(variant, resources={"memory.peak_train_bytes": 4e6})
    assert resource_rows(small, grown, "", "cpu")[0].verdict == "pass"


def test_a_speed_of_one_process_is_never_a_regression(side: Side) -> None:
    variant = side.named()["instruct-nf4"]
    name = "throughput.decode_tokens_per_s"
    before = replace(variant, resources={name: {"median": 100.0, "samples": [100.0] * 9}})
    after = replace(variant, resources={name: {"median": 60.0, "samples": [60.0] * 9}})
    (row,) = resource_rows(before, after, "", "cpu")
    assert row.verdict == "inconclusive"
    assert "40 % slower" in row.sentence


def test_too_many_replies_without_a_verdict_make_a_gate_inconclusive(tmp_path: Path) -> None:
    mute = replace(GOOD, unscored=10)
    before, after = of(tmp_path / "a", GOOD), of(tmp_path / "b", mute)
    found = compare(before, after, margin=("recall.trained=0.9",))
    row = next(row for row in found.gated if row.score == "recall.trained")
    assert row.verdict == "inconclusive"
    assert "no verdict" in row.sentence


def test_a_divergence_is_judged_by_how_many_times_it_grew(side: Side) -> None:
    variant = side.named()["instruct-nf4"]

    def having(value: float, low: float, high: float) -> Side:
        score = Score(value=value, low=low, high=high, n=200, clusters=60)
        own = replace(variant, scores={"quantization.kl": score}, outcomes={}, said={})
        return replace(side, variants=(own,))

    base = having(0.02, 0.018, 0.022)
    margin = ("quantization.kl=0.5",)
    assert compare(base, having(0.05, 0.046, 0.054), margin=margin).verdict == "regression"
    assert compare(base, having(0.021, 0.019, 0.023), margin=margin).verdict == "pass"
    assert compare(base, having(0.031, 0.01, 0.06), margin=margin).verdict == "inconclusive"


def test_a_baseline_says_the_same_as_the_run_it_was_saved_from(side: Side, tmp_path: Path) -> None:
    path = baselines.save(side, "quick", tmp_path)
    kept = baselines.read(path)
    worse = of(tmp_path / "b", *(replace(p, right={}) for p in quick()))
    from_baseline = compare(kept, worse, margin=MARGINS)
    from_folder = compare(side, worse, margin=MARGINS)
    assert gates(from_baseline) == gates(from_folder)
    assert [row.p for row in from_baseline.gated] == [row.p for row in from_folder.gated]
    assert "regression" in gates(from_baseline).values()
    assert path.stat().st_size < 200_000


def test_a_baseline_holds_no_question_answer_or_name(side: Side, tmp_path: Path) -> None:
    text = baselines.save(side, "quick", tmp_path).read_text(encoding="utf-8")
    corpus = world()
    for name in corpus.names:
        assert name not in text
    for question in corpus.questions:
        assert question.question not in text


def test_of_a_text_of_ones_own_not_even_the_ids_are_kept(tmp_path: Path) -> None:
    corpus = replace(world(), kind="files", title="Secret notes", notice="For Odrun only")
    run = write_run(tmp_path / "own", quick(), corpus=corpus)
    side = from_run(run.path)
    path = baselines.save(side, "own", tmp_path)
    text = path.read_text(encoding="utf-8").casefold()
    for name in corpus.names:
        assert name.casefold() not in text
    assert "secret" not in text
    again = compare(baselines.read(path), side, margin=MARGINS)
    assert again.exit_code == 0


@pytest.mark.parametrize(
    "content", ["{}", '{"baseline": 1}', "[]", "rubbish", '{"baseline": 99, "variants": []}']
)
def test_a_file_that_is_no_baseline_is_one_line(tmp_path: Path, content: str) -> None:
    path = tmp_path / "b.json"
    path.write_text(content)
    with pytest.raises(UserError) as caught:
        baselines.read(path)
    assert "\n" not in caught.value.message


def test_a_cut_baseline_is_refused(side: Side, tmp_path: Path) -> None:
    path = baselines.save(side, "quick", tmp_path)
    raw = json.loads(path.read_text())
    raw["variants"][0]["verdicts"] = raw["variants"][0]["verdicts"][:-1]
    path.write_text(json.dumps(raw))
    with pytest.raises(UserError, match="damaged"):
        baselines.read(path)


def test_which_way_is_worse_is_known_for_what_is_gated() -> None:
    assert better("recall.trained") == 1
    assert better("hallucination.nonexistent") == -1
    assert better("hallucination.false_premise.corrected") == 1
    assert better("hallucination.nonexistent.kinds.echo") == 0
    assert better("determinism.noise") == -1
    assert better("reproduction.verbatim") == 0
    assert better("throughput.decode_tokens_per_s") == 1
    assert better("memory.weights_bytes") == -1


def test_gates_are_written_as_tests_and_as_json(tmp_path: Path) -> None:
    a = write_run(tmp_path / "a", [GOOD]).path
    b = write_run(tmp_path / "b", [HALF]).path
    junit, whole = tmp_path / "gates.xml", tmp_path / "gates.json"
    words = ["compare", str(a), str(b), "--margin", "recall.trained=0.25"]
    result = CliRunner().invoke(app, [*words, "--junit", str(junit), "--json", str(whole)])
    assert result.exit_code == 1, result.output
    assert "regression: instruct-nf4 recall.trained" in result.output
    suite = ElementTree.parse(junit).getroot()
    case = suite.find("testcase[@name='recall.trained']")
    assert case is not None
    assert case.get("classname") == "instruct-nf4"
    failure = case.find("failure")
    assert failure is not None
    assert failure.get("type") == "regression"
    said = json.loads(whole.read_text())
    assert (said["verdict"], said["exit_code"]) == ("regression", 1)
    row = next(row for row in said["gated"] if row["score"] == "recall.trained")
    assert len(row["lost"]) == 18


def test_two_variants_of_one_run_are_one_command(run: RunFolder) -> None:
    words = ["compare", f"{run.path}:instruct-fp32", f"{run.path}:instruct-nf4"]
    result = CliRunner().invoke(app, [*words, "--margin", "recall.trained=0.5"])
    assert result.exit_code in (0, 3), result.output
    assert "instruct-nf4" in result.output


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["no-such"], "baseline"),
        (["{run}:instrukt-nf4"], "instruct-nf4"),
        (["{run}", "--margin", "recall.traned=0.1"], "recall.trained"),
        (["{run}", "--margin", "recall.trained"], "NAME=VALUE"),
        (["{empty}"], "no run"),
    ],
)
def test_mistakes_are_told_in_one_line(
    run: RunFolder, tmp_path: Path, words: list[str], hint: str
) -> None:
    given = [word.format(run=run.path, empty=tmp_path) for word in words]
    with pytest.raises(UserError) as caught:
        CliRunner().invoke(
            app, ["compare", str(run.path), *given], catch_exceptions=False, standalone_mode=False
        )
    assert hint in f"{caught.value.message} {caught.value.hint}"


def test_baselines_are_saved_listed_and_shown(
    run: RunFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    saved = CliRunner().invoke(app, ["baseline", "save", str(run.path), "mine"])
    assert saved.exit_code == 0, saved.output
    assert (tmp_path / "baselines" / "mine.json").exists()
    assert "mine" in CliRunner().invoke(app, ["baseline", "list"]).output
    shown = CliRunner().invoke(app, ["baseline", "show", "mine"])
    assert "instruct-nf4" in shown.output
    same = CliRunner().invoke(app, ["compare", "mine", str(run.path), "--margin", MARGINS[0]])
    assert same.exit_code == 0, same.output


def test_the_page_has_gates_reasons_and_marked_replies_and_no_folder(
    tmp_path: Path,
) -> None:
    a = write_run(tmp_path / "before", [GOOD]).path
    b = write_run(tmp_path / "after", [HALF]).path
    page = tmp_path / "page.html"
    words = ["compare", str(a), str(b), "--margin", "recall.trained=0.25", "--html", str(page)]
    assert CliRunner().invoke(app, words).exit_code == 1
    text = page.read_text()
    assert "before against after" in text
    assert str(tmp_path) not in text
    assert '<span class="gate regression">regression</span>' in text
    assert "<del>" in text
    assert "<ins>" in text
    again = tmp_path / "again.html"
    CliRunner().invoke(app, [*words[:-1], str(again)])
    assert again.read_bytes() == page.read_bytes()


def test_replies_full_of_markup_are_shown_as_text(side: Side) -> None:
    variant = side.named()["instruct-nf4"]
    nasty = "<script>alert(1)</script> \u202eabc"
    said = {key: replace(each, digest="0" * 8, text=nasty) for key, each in variant.said.items()}
    other = replace(side, variants=(replace(variant, said=said),))
    text = render(compare(replace(side, variants=(variant,)), other))
    assert "<script>" not in text
    assert "&lt;script&gt;" in text
    assert "\u202e" not in text


def test_words_that_only_one_side_has_are_marked() -> None:
    assert pieces("a red hat", "a blue hat") == (
        [("a", False), ("red", True), ("hat", False)],
        [("a", False), ("blue", True), ("hat", False)],
    )
    assert pieces("", "new") == ([], [("new", True)])
