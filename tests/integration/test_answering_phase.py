"""The answer phase on a real corpus folder and a model that is really loaded."""

import dataclasses
import json

import pytest

from harness.answering.answer import run
from harness.answering.ask import answer_one
from harness.answering.plan import make_plan
from harness.answering.recorded import keep_whole_batches
from harness.answering.session import Session
from harness.corpora import build, folder
from harness.errors import PhaseFailure
from harness.models import adapters, load
from harness.models.resolve import resolve
from harness.records import (
    Ask,
    Chapter,
    CorpusChoice,
    ModelChoice,
    PhaseJob,
    Prompt,
    Recipe,
    Variant,
)
from harness.storage.folders import VariantFolder
from harness.storage.jsonl import read_jsonl, write_jsonl

ASK = Ask(max_new_tokens=6, batch_size=7, draws=1, temperature=1.0)


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return resolve(ModelChoice(name="tiny"), cache=tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """The smallest world, its text cut to a paragraph or two, and few of its questions."""
    whole = build.build(CorpusChoice())
    small = dataclasses.replace(
        whole,
        chapters=(Chapter(title="One", text=whole.chapters[0].text[:1500]),),
        facts=(),
        questions=tuple(
            dataclasses.replace(question, stated_in=(), fact=None, states=())
            for question in whole.questions[::9]
        ),
    )
    from harness.corpora.identity import corpus_digest

    digest = corpus_digest(small.chapters, small.facts, small.questions)
    small = dataclasses.replace(small, digest=digest)
    place = tmp_path_factory.mktemp("corpus")
    folder.write(small, place)
    return place


def job(model, world, place, **settings):
    variant = Variant(
        **({"name": "v", "model": ModelChoice(name="tiny"), "ask": ASK, "threads": 1} | settings)
    )
    return PhaseJob(
        phase="answer",
        variant=variant,
        model=model,
        corpus=world,
        folder=place,
        device="cpu",
        trained="t" * 64,
        asked="a" * 64,
    )


def silent(done, total, message):
    assert 0 <= done <= total


def read(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def answered(model, world, tmp_path_factory):
    place = tmp_path_factory.mktemp("variant")
    return VariantFolder(place), run(job(model, world, place), silent)


def test_every_planned_question_is_answered_in_the_order_of_the_plan(answered, world, model):
    written, _ = answered
    made = make_plan(folder.read(world), job(model, world, written.path).variant)
    planned = [item for batch in made.batches for item in batch]
    records = [each for each in read(written.answers) if each["form"] == "plain"]
    assert planned
    assert [(each["question"], each["draw"]) for each in records] == [
        (item.question, item.draw) for item in planned
    ]
    assert json.loads(written.plan.read_text())["batches"]


def test_an_answer_holds_its_ids_its_reason_to_stop_and_no_times(answered):
    written, _ = answered
    for record in read(written.answers):
        assert sorted(record) == sorted(
            ["asked", "question", "form", "draw", "batch", "text", "ids", "prompt_tokens",
             "new_tokens", "stop", "logprob_sum", "first_ids"]
        )  # fmt: skip
        assert record["new_tokens"] == len(record["ids"]) > 0
        assert record["prompt_tokens"] >= len(record["first_ids"]) > 0
        assert record["stop"] in ("end", "length")
        assert record["logprob_sum"] <= 0


def test_the_text_is_continued_and_what_should_follow_is_stored(answered):
    written, _ = answered
    expected = read(written.path / "reproduction.jsonl")
    records = [each for each in read(written.answers) if each["form"] == "text"]
    assert [each["question"] for each in records] == [each["question"] for each in expected]
    assert len(expected) > 2
    assert all(len(each["expected"]) == 32 for each in expected)
    assert all(each["new_tokens"] <= 32 for each in records)


def test_loading_is_timed_and_weights_are_counted(answered):
    _, resources = answered
    assert resources["memory.weights_bytes"] > 0
    assert resources["memory.bits_per_parameter"] == 32
    assert resources["time.load_s"] > 0
    assert resources["throughput.answers_per_s"] > 0


@pytest.mark.parametrize("share", [0.1, 0.5, 0.93])
def test_an_interrupted_phase_ends_with_the_same_bytes(answered, model, world, tmp_path, share):
    written, _ = answered
    whole = written.answers.read_bytes()
    (tmp_path / "answers.jsonl").write_bytes(whole[: int(len(whole) * share)])
    run(job(model, world, tmp_path), silent)
    assert (tmp_path / "answers.jsonl").read_bytes() == whole


def test_of_what_is_answered_only_the_last_batch_is_asked_again_to_verify_after_it(
    answered, model, world, tmp_path, monkeypatch
):
    written, _ = answered
    whole = read(written.answers)
    (tmp_path / "answers.jsonl").write_bytes(written.answers.read_bytes())
    asked = []
    answer = Session.answer
    monkeypatch.setattr(
        Session,
        "answer",
        lambda self, items, prompts, **how: (
            asked.append(how["batch"]) or answer(self, items, prompts, **how)
        ),
    )
    resources = run(job(model, world, tmp_path), silent)
    assert asked == [whole[-1]["batch"]]
    assert (tmp_path / "answers.jsonl").read_bytes() == written.answers.read_bytes()
    assert "throughput.answers_per_s" not in resources  # a batch is no measurement


def test_a_model_that_changed_while_it_answered_leaves_no_answer_for_the_next_start(
    answered, model, world, tmp_path, monkeypatch
):
    path = tmp_path / "answers.jsonl"
    verify = load.Loaded.verify

    def after_answers(self):
        if path.exists() and path.stat().st_size:
            raise PhaseFailure("a layer changed")
        verify(self)

    with monkeypatch.context() as patch:
        patch.setattr(load.Loaded, "verify", after_answers)
        with pytest.raises(PhaseFailure, match="a layer changed"):
            run(job(model, world, tmp_path), silent)
    assert not path.exists()
    (aside,) = (tmp_path / "superseded").glob("*/answers.jsonl")
    assert aside.read_bytes() == answered[0].answers.read_bytes()
    resources = run(job(model, world, tmp_path), silent)
    assert "throughput.answers_per_s" in resources  # all was asked anew


def test_line_separators_inside_an_answer_are_no_end_of_a_record(tmp_path):
    path = tmp_path / "answers.jsonl"
    records = [
        {"asked": "a", "batch": batch, "text": text}
        for batch, text in enumerate(["one\u2028two", "three\u2029four", "five\x85six"])
    ]
    write_jsonl(path, records)
    assert "\u2028" in path.read_text(encoding="utf-8")
    assert keep_whole_batches(path, [1, 1, 1], "a") == 2
    assert read_jsonl(path) == records[:2]


def test_one_question_of_the_corpus_gets_the_same_answer_when_asked_alone(answered, model, world):
    written, _ = answered
    record = next(each for each in read(written.answers) if each["draw"] == 0)
    wording = {each.id: each.question for each in folder.read(world).questions}
    answer = answer_one(job(model, world, written.path), wording[record["question"]])
    assert list(answer.ids) == record["ids"]
    assert answer.question == "ask"


def test_a_tuned_variant_answers_through_its_adapter(answered, model, world, tmp_path):
    written, _ = answered
    loaded = load.load(model, "fp32", "cpu")
    settings = job(model, world, tmp_path, recipe=Recipe(name="instruct"))
    tuned = adapters.attach(loaded, settings.variant.adapter, seed=1)
    for name, parameter in tuned.named_parameters():
        if "lora_B" in name:
            parameter.data.normal_(std=0.2)
    tuned.save_pretrained(tmp_path / "adapter")
    resources = run(settings, silent)
    assert resources["adapter.trainable_parameters"] > 0
    plain = [each["ids"] for each in read(written.answers)]
    assert [each["ids"] for each in read(tmp_path / "answers.jsonl")] != plain


def test_the_reader_gets_a_passage_and_is_not_asked_to_recite(answered, model, world, tmp_path):
    pytest.importorskip("bm25s")
    run(job(model, world, tmp_path, answerer="reading"), silent)
    records = read(tmp_path / "answers.jsonl")
    closed = {each["question"]: each["prompt_tokens"] for each in read(answered[0].answers)}
    assert records
    assert all(each["form"] == "plain" for each in records)
    assert all(each["prompt_tokens"] > closed[each["question"]] for each in records)


def test_the_source_tag_and_the_system_prompt_reach_the_model(answered, model, world, tmp_path):
    prompt = Prompt(system="Be brief.", source_tag="question")
    run(job(model, world, tmp_path, prompt=prompt), silent)
    longer = {each["question"]: each["prompt_tokens"] for each in read(tmp_path / "answers.jsonl")}
    plain = {each["question"]: each["prompt_tokens"] for each in read(answered[0].answers)}
    questions = [name for name in plain if not name.startswith("reproduction:")]
    assert all(longer[name] > plain[name] for name in questions)


@pytest.mark.parametrize("level", ["bf16", "int8", "fp4", "nf4", "nf4_dq"])
def test_a_level_answers_the_same_bytes_twice_and_is_still_itself_afterwards(
    model, world, tmp_path, level
):
    for name in ("one", "two"):
        run(job(model, world, tmp_path / name, quantization=level), silent)
    first, second = (tmp_path / name / "answers.jsonl" for name in ("one", "two"))
    assert first.read_bytes() == second.read_bytes()
    assert first.stat().st_size > 0
