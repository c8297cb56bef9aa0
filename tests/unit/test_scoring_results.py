import json
import re
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from harness import catalog
from harness.corpora import folder as corpus_folder
from harness.errors import UserError
from harness.records import ModelChoice, Recipe, Results, Score, Variant, VariantResult
from harness.scoring import results
from harness.scoring.judge import judge_variant
from harness.scoring.material import Continuation, Material, scored_answers
from harness.storage.folders import RunFolder
from harness.storage.jsonl import write_json, write_jsonl
from tests.validity import worlds

CORPUS = worlds.small_corpus()
ASKED = "f" * 64
ROOT = Path(__file__).parents[2]


def write_variant(run, name, answerer, *, recipe="instruct", quantization="fp32", **more):
    """A variant's folder as its phases leave it; returns its entry in the plan."""
    trained = f"{name:0<64}"
    folder = run.variant(name, trained)
    folder.path.mkdir(parents=True)
    variant = Variant(
        name=name,
        model=ModelChoice(name="tiny"),
        quantization=quantization,
        recipe=Recipe(name=recipe),
        answerer=more.get("who", "model"),
    )
    write_json(folder.variant, {"variant": asdict(variant), "trained": trained, "asked": ASKED})
    answers = [
        replace(worlds.reply(question.id, answerer(question)), asked=ASKED)
        for question in CORPUS.questions
    ]
    windows = [replace(worlds.reply(f"reproduction:{at}", ""), asked=ASKED) for at in (0, 32)]
    windows = [replace(window, ids=tuple(range(32))) for window in windows]
    write_jsonl(folder.answers, [*answers, *windows])
    items = [{"question": each.question, "form": each.form, "draw": each.draw} for each in answers]
    write_json(folder.plan, {"batches": [items]})
    exact, early = list(range(32)), [*range(10), *[99] * 22]
    expected = zip(windows, (exact, early), strict=True)
    write_jsonl(
        folder.path / "reproduction.jsonl",
        [{"question": window.question, "expected": ids} for window, ids in expected],
    )
    if recipe != "base":
        write_jsonl(folder.train, [asdict(each) for each in worlds.taught(CORPUS)])
    write_json(folder.resources, {"memory.weights_bytes": 100, "time.load_s": 1.23456789})
    phase = {"state": "done", "fingerprint": "x", "environment": "e", "seconds": 2.0}
    phases = {"train": phase, "answer": {**phase, "state": more.get("answer", "done")}}
    status = {"status": more.get("status", "ok"), "error": more.get("error"), "phases": phases}
    write_json(folder.status, status)
    return {"name": name, "trained": trained, "folder": f"variants/{folder.path.name}"}


@pytest.fixture
def run(tmp_path):
    run = RunFolder(tmp_path / "run")
    corpus_folder.write(CORPUS, run.corpus)
    write_json(run.environment, {"python": "3.11", "device": "cpu"})
    plan = [
        write_variant(run, "base", worlds.echo(CORPUS), recipe="base"),
        write_variant(run, "exact", worlds.oracle(CORPUS)),
        write_variant(run, "coarse", worlds.majority(CORPUS), quantization="nf4"),
        write_variant(
            run,
            "broken",
            worlds.oracle(CORPUS),
            quantization="int8",
            answer="failed",
            status="failed",
            error={"phase": "answer", "reason": "out of memory", "log": "answer.log"},
        ),
        {"name": "later", "trained": "e" * 64, "folder": "variants/later--eeeeeeeeeeee"},
    ]
    write_variant(run, "earlier", worlds.oracle(CORPUS))
    write_json(run.path / "plan.json", {"variants": plan, "suite": {"name": "small"}})
    return run


def rows(run):
    return {row.name: row for row in results.build(run).variants}


def test_rows_come_in_the_plan_s_order_and_other_folders_are_left_out(run):
    built = results.build(run)
    assert [row.name for row in built.variants] == ["base", "exact", "coarse", "broken", "later"]
    assert built.suite == {"name": "small"}
    assert built.corpus["digest"] == CORPUS.digest
    assert built.environment["device"] == "cpu"


def test_a_run_without_a_plan_gives_its_folders_by_name(run):
    (run.path / "plan.json").unlink()
    run.suite.write_text('name = "from toml"\n')
    built = results.build(run)
    names = [row.name for row in built.variants]
    assert names == ["base", "broken", "coarse", "earlier", "exact"]
    assert built.suite == {"name": "from toml"}


def test_a_variant_that_failed_or_waits_has_a_row_without_scores(run):
    found = rows(run)
    assert (found["broken"].status, found["broken"].error) == ("failed", "answer: out of memory")
    assert found["broken"].scores == found["broken"].verdicts == {}
    assert found["broken"].resources["memory.weights_bytes"] == 100
    assert (found["later"].status, found["later"].error) == ("pending", None)


def test_what_an_untuned_model_answers_is_no_recall(run):
    base = rows(run)["base"]
    assert not [name for name in base.scores if name.startswith(("recall.", "abstention.f1"))]
    assert "refusal.over" not in base.scores
    assert base.scores["unshown.invented"].value == 1
    assert base.scores["contamination.base"].value == 0
    assert "contamination.base" not in rows(run)["exact"].scores


def test_an_answerer_that_has_the_text_at_hand_is_scored_like_a_taught_one(run):
    entry = write_variant(run, "oracle", worlds.oracle(CORPUS), recipe="base", who="oracle")
    write_json(run.path / "plan.json", {"variants": [entry]})
    found = rows(run)["oracle"].scores
    assert found["recall.trained"].value == found["recall.text_only"].value == 1
    assert not [name for name in found if name.startswith(("unshown", "contamination"))]


def test_verdicts_of_a_probe_add_up_to_the_questions_asked(run):
    verdicts = rows(run)["coarse"].verdicts
    assert verdicts["trained"] == {"correct": 1, "wrong": 5, "abstained": 0, "unscored": 0}
    assert sum(verdicts["nonexistent"].values()) == 6


def test_windows_of_the_text_give_verbatim_shares_and_the_longest_run(run):
    found = rows(run)["exact"].scores
    assert found["reproduction.verbatim"].value == 0.5
    assert found["reproduction.longest_run"].value == 32


def test_a_level_is_held_against_the_exact_one_with_the_same_recipe(run):
    found, lost = rows(run), 12 / 14
    coarse = found["coarse"].scores
    assert coarse["quantization.flips"].value == pytest.approx(lost, 1e-5)
    assert coarse["quantization.net"].value == pytest.approx(-lost, 1e-5)
    assert "quantization.flips" not in found["exact"].scores
    assert "quantization.flips" not in found["base"].scores


def test_answers_under_another_fingerprint_are_not_the_variant_s_own(run):
    folder = run.variant("exact", f"{'exact':0<64}")
    stale = replace(worlds.reply("t0", "nonsense"), asked="0" * 64)
    with folder.answers.open("a") as file:
        file.write(json.dumps(asdict(stale)) + "\n")
    assert rows(run)["exact"].scores["recall.trained"].value == 1


def test_a_batch_that_was_repeated_counts_once_and_a_torn_line_not_at_all(run):
    folder = run.variant("exact", f"{'exact':0<64}")
    again = folder.answers.read_text().splitlines()[0]
    with folder.answers.open("a") as file:
        file.write(again + "\n" + again[:40])
    assert rows(run)["exact"].scores["recall.trained"].n == 6


def test_sampled_draws_and_other_forms_are_judged_but_not_in_the_scores():
    answers = [
        worlds.reply("t0", "potter"),
        worlds.reply("t0", "weaver", draw=1),
        replace(worlds.reply("t0", "weaver"), form="shouted"),
    ]
    judged = judge_variant(CORPUS, worlds.taught(CORPUS), answers)
    assert len(judged) == 3
    assert [item.answer.text for item in scored_answers(judged)] == ["potter"]


def test_judged_answers_of_one_variant_hold_the_questions_shown_by_name(run):
    judged = results.judged(run, "coarse")
    assert len(judged) == len(CORPUS.questions)
    assert [item.question.id for item in judged if item.question.aside] == ["bordor"]
    assert results.judged(run, "later") == ()
    with pytest.raises(UserError) as caught:
        results.judged(run, "exakt")
    assert "did you mean 'exact'?" in caught.value.hint


def test_results_are_saved_with_the_same_bytes_and_read_back_equal(run, tmp_path):
    one, other = tmp_path / "one.json", tmp_path / "other.json"
    results.save(results.build(run), one)
    results.save(results.build(run), other)
    assert one.read_bytes() == other.read_bytes()
    again = tmp_path / "again.json"
    results.save(results.read(one), again)
    assert again.read_bytes() == one.read_bytes()
    assert results.read(one).variants[1].scores == rows(run)["exact"].scores


def test_figures_are_kept_to_six_digits():
    assert results.rounded({"a": [1.23456789, 7], "b": 1e-9 / 3}) == {
        "a": [1.23457, 7],
        "b": 3.33333e-10,
    }
    assert results.rounded(float("nan")) is None


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda raw: raw.pop("variants"), "variants: Field required"),
        (lambda raw: raw.update(schema=2), "has schema 2"),
        (lambda raw: raw["variants"][0].update(status="fine"), "variants.0.status"),
        (lambda raw: raw["variants"][0]["scores"]["x"].pop("n"), "variants.0.scores.x.n"),
    ],
)
def test_a_broken_results_file_is_one_line_that_names_the_field(tmp_path, change, reason):
    path = tmp_path / "results.json"
    row = VariantResult(
        name="a",
        trained="t",
        status="ok",
        error=None,
        config={},
        verdicts={},
        scores={"x": Score(value=1.0, low=0.5, high=1.0, n=3, clusters=3)},
        resources={},
    )
    results.save(Results(suite={}, corpus={}, environment={}, variants=(row,)), path)
    raw = json.loads(path.read_text())
    change(raw)
    path.write_text(json.dumps(raw))
    with pytest.raises(UserError) as caught:
        results.read(path)
    assert reason in caught.value.message
    assert "\n" not in caught.value.message


@pytest.mark.parametrize("content", ["", "{", "[]", '"text"'])
def test_a_file_that_is_no_results_file_is_one_line_too(tmp_path, content):
    path = tmp_path / "results.json"
    path.write_text(content)
    with pytest.raises(UserError) as caught:
        results.read(path)
    assert str(path) in caught.value.message
    assert "closedbook score" in caught.value.hint


def pattern(name):
    """An option's name as a pattern: words in capitals stand for what varies."""
    return re.compile(re.sub(r"PROBE|KIND|VERDICT", "[a-z_]+", name.replace(".", r"\.")))


def test_every_score_that_is_given_is_one_that_its_family_names():
    config = {"recipe": {"name": "base"}, "prompt": {"source_tag": "both"}}
    own = scored_answers(worlds.ask(CORPUS, worlds.majority(CORPUS)))
    windows = (Continuation(id="reproduction:0", expected=(1, 2), continued=(1, 3)),)
    material = Material(
        corpus=CORPUS, judged=own, config=config, reference=own, continuations=windows
    )
    for spec in catalog.specs("score").values():
        promised = [pattern(name) for name in spec.options]
        for name in catalog.load(spec.target)(material):
            assert any(each.fullmatch(name) for each in promised), name


def test_every_score_is_explained_in_the_docs():
    text = (ROOT / "docs" / "scores.md").read_text()
    for spec in catalog.specs("score").values():
        for name in spec.options:
            assert f"`{name}`" in text, name


def test_every_resource_that_a_phase_gives_is_explained_in_the_docs():
    text = (ROOT / "docs" / "scores.md").read_text()
    families = "memory|throughput|latency|time|adapter|roofline|kernel"
    given = re.compile(rf'"((?:{families})\.[a-z_0-9{{}}]+)"(?::|\] =)')
    found = set()
    for room in ("models", "training", "answering", "measuring", "execution"):
        for path in (ROOT / "harness" / room).rglob("*.py"):
            found |= set(given.findall(path.read_text()))
    assert "memory.weights_bytes" in found
    for name in found:
        phases = ("train", "answer") if name == "memory.peak_{phase}_bytes" else ("PHASE",)
        for phase in phases:
            assert f"`{name.replace('{phase}', phase)}`" in text, name


def cut(path, lines):
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:lines]))


def forget_asked(folder):
    settled = json.loads(folder.variant.read_text())
    settled.pop("asked")
    write_json(folder.variant, settled)


@pytest.mark.parametrize(
    ("damage", "file"),
    [
        (lambda folder: cut(folder.answers, 10), "answers.jsonl holds 10 of the"),
        (lambda folder: cut(folder.answers, -1), "answers.jsonl holds"),
        (lambda folder: folder.answers.unlink(), "answers.jsonl is missing"),
        (lambda folder: folder.variant.unlink(), "variant.json is missing"),
        (lambda folder: folder.variant.write_text("{}"), "variant.json does not say what was"),
        (forget_asked, "variant.json does not say what was asked"),
        (lambda folder: folder.train.unlink(), "train.jsonl is missing"),
        (lambda folder: folder.train.write_text(""), "train.jsonl is empty"),
        (lambda folder: folder.plan.unlink(), "plan.json is missing"),
        (lambda folder: folder.plan.write_text('{"batches": 3}'), "plan.json is damaged"),
        (lambda folder: folder.plan.write_text("{"), "plan.json is damaged"),
        (lambda folder: folder.answers.write_text("{\n"), "answers.jsonl:1: not JSON"),
        (lambda folder: cut(folder.path / "reproduction.jsonl", 1), "reproduction.jsonl does not"),
    ],
)
def test_a_variant_whose_records_are_not_all_there_has_failed_and_is_not_scored(run, damage, file):
    damage(run.variant("exact", f"{'exact':0<64}"))
    found = rows(run)
    exact = found["exact"]
    assert exact.status == "failed"
    assert exact.error.startswith(file)
    assert str(run.path) not in exact.error  # a report is published
    assert "run the suite again" in exact.error
    assert "\n" not in exact.error
    assert exact.scores == exact.verdicts == {}
    assert results.damaged(run) == {"exact"}
    assert "quantization.flips" not in found["coarse"].scores  # nothing is held against it
    assert found["base"].status == "ok"


def test_answers_under_another_fingerprint_alone_are_no_answers(run):
    folder = run.variant("exact", f"{'exact':0<64}")
    folder.answers.write_text(folder.answers.read_text().replace(ASKED, "0" * 64))
    assert "holds 0 of the" in rows(run)["exact"].error


def test_an_untuned_variant_needs_no_training_examples(run):
    assert not run.variant("base", f"{'base':0<64}").train.exists()
    assert rows(run)["base"].status == "ok"


@pytest.mark.parametrize("variants", ["3", '"ab"', "[1]", "[{}]", '[{"name": "a"}]'])
def test_a_plan_without_a_list_of_variants_is_one_line_that_names_it(run, variants):
    plan = run.path / "plan.json"
    plan.write_text('{"variants": ' + variants + "}")
    with pytest.raises(UserError) as caught:
        results.load_variants(run)
    assert str(plan) in caught.value.message
    assert "\n" not in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize("settings", [7, {"recipe": 7}, {"prompt": "x"}, {"model": [1]}])
def test_settings_of_another_shape_are_one_line_that_names_the_file(run, settings):
    path = run.variant("exact", f"{'exact':0<64}").variant
    write_json(path, {"variant": settings, "asked": ASKED})
    with pytest.raises(UserError) as caught:
        results.build(run)
    assert str(path) in caught.value.message
    assert "\n" not in caught.value.message
    assert "run the suite again" in caught.value.hint
