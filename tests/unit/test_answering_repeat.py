"""Asking again: what repeats is told from what does not, and to what token and logit."""

import dataclasses
import json
from types import SimpleNamespace

import pytest
import torch
from transformers import GenerationConfig, LlamaConfig, LlamaForCausalLM

from harness.answering import answer, repeat, repeat_plan
from harness.answering.decoders import open_decoder
from harness.answering.engine import Request, Stopping, generate
from harness.answering.sampling import Decoding, shipped
from harness.answering.session import Session, closed_book
from harness.corpora import folder as corpora
from harness.errors import PhaseFailure
from harness.models.resolve import resolve
from harness.records import Answer as AnswerRecord
from harness.records import Ask, ModelChoice, PhaseJob, Repeated, ResolvedModel, Variant
from harness.scoring.determinism import scores
from harness.scoring.judge import judge_variant
from harness.scoring.material import Material, scored_answers
from harness.storage.folders import VariantFolder
from harness.storage.jsonl import write_jsonl
from tests.validity import worlds

PAD, END, VOCABULARY = 0, 3, 96
GREEDY = ("process", "rerun", "batch_1", "batch_4", "batch_16")
EVERY = (*GREEDY, "sampled", "shipped")
CORPUS = worlds.small_corpus()
ASIDE = {question.id for question in CORPUS.questions if question.aside}


class Letters:
    """A chat format of one token a character."""

    stop_ids = (END,)
    pad_id = PAD

    def prompt(self, system, question):
        return f"Question: {question} Answer:"

    def passage(self, text):
        return text

    def encode(self, text):
        return [4 + ord(letter) % (VOCABULARY - 4) for letter in text]

    def decode(self, ids):
        return " ".join(str(each) for each in ids if each != END)


class Shaken:
    """A decoder whose logits are moved by a generator that everybody shares: the planted fault."""

    def __init__(self, decoder, generator):
        self.decoder, self.generator = decoder, generator

    def start(self, prompts, prefix, room):
        return self._shake(self.decoder.start(prompts, prefix, room))

    def step(self, tokens):
        return self._shake(self.decoder.step(tokens))

    def keep(self, rows):
        self.decoder.keep(rows)

    def _shake(self, logits):
        return logits + torch.randn(logits.shape, generator=self.generator)


@pytest.fixture
def model():
    torch.manual_seed(5)
    return LlamaForCausalLM(
        LlamaConfig(
            vocab_size=VOCABULARY, hidden_size=48, intermediate_size=64, num_hidden_layers=2,
            num_attention_heads=6, num_key_value_heads=2, initializer_range=0.4, pad_token_id=PAD,
        )
    ).eval()  # fmt: skip


class Stand:
    """A variant's folder and the two phases on it, with a model made on the spot."""

    def __init__(self, model, place, monkeypatch):
        self.model, self.folder, self.broken = model, VariantFolder(place / "variant"), False
        corpora.write(CORPUS, place / "corpus")
        self.place, self.wrap, self.opened = place, lambda decoder: decoder, []
        for phase in (answer, repeat):
            monkeypatch.setattr(phase, "open_session", self.open)

    def open(self, job, corpus):
        """A session as a fresh process would open it: with a decoder of its own."""
        decoder = self.wrap(open_decoder(self.model, PAD))
        self.opened.append(decoder)
        loaded = SimpleNamespace(chat=Letters(), model=self.model, verify=self.verify)
        return Session(
            job=job, corpus=corpus, loaded=loaded, decoder=decoder,
            turn=closed_book(corpus), resources={},
        )  # fmt: skip

    def verify(self):
        if self.broken:
            raise PhaseFailure("a layer changed")

    def job(self, **ask):
        settings = {"max_new_tokens": 5, "batch_size": 7, "reproduction": False, "repeat_draws": 3}
        model = ResolvedModel(
            name="m", path=self.place, weights_digest="", tokenizer_digest="", template_digest="",
            provenance="", license="",
        )  # fmt: skip
        return PhaseJob(
            phase="repeat",
            variant=Variant(
                name="v",
                model=ModelChoice(name="m"),
                threads=1,
                ask=Ask(**(settings | {"repeats": EVERY} | ask)),
            ),
            model=model,
            corpus=self.place / "corpus",
            folder=self.folder.path,
            device="cpu",
            trained="t" * 64,
            asked="a" * 64,
        )

    def answer(self, **ask):
        self.folder.path.mkdir(exist_ok=True)
        answer.run(self.job(**ask), silent)

    def again(self, **ask):
        """Ask again; returns what was measured."""
        return repeat.run(self.job(**ask), silent)

    @property
    def stored(self):
        return {line["question"]: line for line in read(self.folder.answers) if line["draw"] == 0}

    @property
    def lines(self):
        return read(self.folder.repeats)

    def of(self, how):
        return [line for line in self.lines if line["how"] == how]

    def scores(self):
        judged = scored_answers(judge_variant(CORPUS, [], map(record, self.stored.values())))
        repeats = [Repeated(**{**line, "answer": record(line["answer"])}) for line in self.lines]
        ways = dict.fromkeys(each.how for each in repeats)
        repeated = {
            how: judge_variant(CORPUS, [], [each.answer for each in repeats if each.how == how])
            for how in ways
        }
        return scores(
            Material(corpus=CORPUS, judged=judged, repeats=tuple(repeats), repeated=repeated)
        )


def record(line):
    return AnswerRecord(**{**line, "ids": tuple(line["ids"]), "first_ids": ()})


def read(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def silent(done, total, message):
    assert 0 <= done <= total


@pytest.fixture
def stand(model, tmp_path, monkeypatch):
    return Stand(model, tmp_path, monkeypatch)


def test_exact_weights_say_the_same_in_every_greedy_way(stand):
    stand.answer()
    measured = stand.again()
    questions = set(stand.stored) - ASIDE
    for how in GREEDY:
        lines = stand.of(how)
        assert {line["answer"]["question"] for line in lines} == questions
        assert len(lines) == len(questions)
        for line in lines:
            before = stand.stored[line["answer"]["question"]]
            assert line["answer"]["ids"] == before["ids"]
            assert (line["differs_at"], line["gap"]) == (None, None)
    assert len({tuple(line["ids"]) for line in stand.stored.values()}) > 5
    assert stand.scores()["determinism.batch"].value == 1
    assert measured["time.repeat_s"] > 0


def test_a_batch_of_the_stored_plan_is_asked_again_as_it_was(stand):
    stand.answer()
    stand.again(repeats=("process",))
    for line in stand.lines:
        before = stand.stored[line["answer"]["question"]]
        assert line["answer"] == before


def test_an_engine_that_draws_from_a_shared_generator_is_caught_by_a_fresh_process(stand):
    shared = torch.Generator().manual_seed(1)
    stand.wrap = lambda decoder: Shaken(decoder, shared)
    stand.answer()
    stand.again(repeats=("process", "rerun"))
    found = stand.scores()
    assert found["determinism.process"].value < 0.5
    assert found["determinism.rerun"].value < 0.5
    assert found["determinism.gap"].value > 0


def test_an_engine_that_goes_wrong_only_the_second_time_is_caught_by_rerun(stand):
    stand.answer()
    plan = len(read_plan(stand))

    class Tiring(Shaken):
        started = 0

        def start(self, prompts, prefix, room):
            self.started += 1
            return super().start(prompts, prefix, room)

        def _shake(self, logits):
            return super()._shake(logits) if self.started > plan else logits

    stand.wrap = lambda decoder: Tiring(decoder, torch.Generator().manual_seed(1))
    stand.again(repeats=("process", "rerun"))
    found = stand.scores()
    assert found["determinism.process"].value == 1
    assert found["determinism.rerun"].value < 0.5


def read_plan(stand):
    return json.loads(stand.folder.plan.read_text())["batches"]


def change(stand, at, token):
    """Put another token into one stored answer; returns its question and what stood there."""
    lines = read(stand.folder.answers)
    line = next(each for each in lines if len(each["ids"]) > at and each["question"] not in ASIDE)
    before = line["ids"][at]
    line["ids"][at] = token
    write_jsonl(stand.folder.answers, lines)
    return line["question"], before


def test_a_stored_answer_with_one_changed_token_shows_where_and_by_how_much(stand):
    stand.answer()
    question, before = change(stand, 2, 50)
    assert before != 50
    stand.again(repeats=GREEDY)
    parted = [line for line in stand.lines if line["differs_at"] is not None]
    assert [line["how"] for line in parted] == list(GREEDY)
    wording = next(each.question for each in CORPUS.questions if each.id == question)
    ids = Letters().encode(Letters().prompt("", wording)) + stand.stored[question]["ids"][:2]
    with torch.no_grad():
        logits = stand.model(torch.tensor([ids])).logits[0, -1]
    for line in parted:
        assert line["answer"]["question"] == question
        assert line["differs_at"] == 2
        assert line["gap"] == pytest.approx(float(logits.max() - logits[50]), abs=1e-3)
        assert line["gap"] > 0
    found = stand.scores()
    asked = len(stand.of("process"))
    assert found["determinism.process"].value == pytest.approx(1 - 1 / asked)
    assert found["determinism.rerun"].value == 1  # both passes of the new process agree
    assert found["determinism.ties"].value == 0


def test_two_tokens_with_the_same_logit_are_a_tie(stand):
    stand.answer()
    first = next(iter(stand.stored.values()))["ids"][1]
    twin = VOCABULARY - 1
    assert first < twin  # the lower of two equals is taken
    with torch.no_grad():
        stand.model.lm_head.weight[twin] = stand.model.lm_head.weight[first]
    stand.folder.answers.unlink()
    stand.answer()
    lines = read(stand.folder.answers)
    line = next(each for each in lines if first in each["ids"] and each["question"] not in ASIDE)
    at = line["ids"].index(first)
    line["ids"][at] = twin
    write_jsonl(stand.folder.answers, lines)
    stand.again(repeats=("process",))
    (parted,) = [each for each in stand.lines if each["differs_at"] is not None]
    assert (parted["differs_at"], parted["gap"]) == (at, 0.0)
    assert stand.scores()["determinism.ties"].value == 1


class Fixed:
    """Always the same logits."""

    def __init__(self, logits):
        self.logits = logits

    def start(self, prompts, prefix, room):
        return self.logits.expand(len(prompts), -1).clone()

    def step(self, tokens):
        return self.logits.expand(len(tokens), -1).clone()

    def keep(self, rows):
        pass


@pytest.mark.parametrize(
    ("kind", "apart", "tie"),
    [
        (torch.float32, 1e-6, True),
        (torch.float32, 1e-3, False),
        (torch.bfloat16, 0.125, True),
        (torch.bfloat16, 1.0, False),
    ],
)
def test_a_lead_that_the_logits_type_cannot_hold_is_a_tie(kind, apart, tie):
    logits = torch.tensor([[0.0, 20.0, 20.0 + apart]], dtype=kind)
    stopping = Stopping(max_new_tokens=1, stop_ids=(9,))
    request = Request(ids=(1, 2), before=(0, 1))
    (near,) = generate(Fixed(logits), [dataclasses.replace(request, before=(1,))], stopping, str)
    (far,) = generate(Fixed(logits), [dataclasses.replace(request, before=(0,))], stopping, str)
    if near.ids == (2,):
        assert near.differs_at == 0
        assert (near.gap == 0) is tie
    else:  # the type itself made them equal, and the lower of two equals was taken
        assert tie
        assert (near.differs_at, near.gap) == (None, None)
    assert far.gap > 19


def test_a_reply_that_goes_on_where_the_stored_one_ended_differs_there():
    logits = torch.tensor([[0.0, 5.0, 1.0]])
    stopping = Stopping(max_new_tokens=3, stop_ids=(9,))
    (reply,) = generate(Fixed(logits), [Request(ids=(1,), before=(1, 1))], stopping, str)
    assert reply.ids == (1, 1, 1)
    assert (reply.differs_at, reply.gap) == (2, None)


@pytest.mark.parametrize("ways", [EVERY, ("batch_4", "sampled")])
@pytest.mark.parametrize("share", [0.05, 0.5, 0.95])
def test_an_interrupted_phase_ends_with_the_same_bytes(stand, capfd, ways, share):
    stand.answer()
    stand.again(repeats=ways)
    whole = stand.folder.repeats.read_bytes()
    stand.folder.repeats.write_bytes(whole[: int(len(whole) * share)])
    stand.again(repeats=ways)
    assert stand.folder.repeats.read_bytes() == whole
    assert "dropped a torn last line" in capfd.readouterr().out


def test_what_is_whole_is_not_asked_again_but_for_the_last_batch(stand, monkeypatch):
    stand.answer()
    stand.again()
    whole = stand.folder.repeats.read_bytes()
    asked = []
    replies = repeat._replies
    monkeypatch.setattr(
        repeat, "_replies", lambda asking, unit: asked.append(unit) or replies(asking, unit)
    )
    measured = stand.again()
    assert [unit.how for unit in asked] == ["shipped"]
    assert stand.folder.repeats.read_bytes() == whole
    assert "time.repeat_s" not in measured  # one batch is no measurement


def test_the_second_pass_is_held_against_a_first_of_its_own_process(stand, monkeypatch):
    stand.answer()
    stand.again()
    lines = stand.lines
    begun = next(at for at, line in enumerate(lines) if line["how"] == "rerun")
    write_jsonl(stand.folder.repeats, lines[: begun + 9])
    asked = []
    replies = repeat._replies
    monkeypatch.setattr(
        repeat, "_replies", lambda asking, unit: asked.append(unit) or replies(asking, unit)
    )
    stand.again()
    assert asked[0].how == "process"
    assert asked[0].number == 0


def test_repeats_of_other_answers_are_dropped(stand):
    stand.answer()
    stand.again()
    whole = stand.folder.repeats.read_bytes()
    lines = stand.lines
    lines[0]["answer"]["asked"] = "b" * 64
    write_jsonl(stand.folder.repeats, lines)
    stand.again()
    assert stand.folder.repeats.read_bytes() == whole


def test_without_whole_answers_there_is_nothing_to_compare_with(stand):
    stand.answer()
    lines = read(stand.folder.answers)
    write_jsonl(stand.folder.answers, lines[1:])
    with pytest.raises(PhaseFailure, match="answers that were asked"):
        stand.again()
    write_jsonl(stand.folder.answers, [{**line, "asked": "b" * 64} for line in lines])
    with pytest.raises(PhaseFailure, match="no whole answers"):
        stand.again()


def test_a_model_that_changed_while_it_was_asked_leaves_no_repeat(stand):
    stand.answer()
    stand.broken = True
    with pytest.raises(PhaseFailure, match="a layer changed"):
        stand.again()
    assert not stand.folder.repeats.exists()


def test_of_a_sample_the_batches_stay_whole_and_only_chosen_questions_are_kept(stand, monkeypatch):
    stand.answer()
    asked = []
    replies = repeat._replies
    monkeypatch.setattr(
        repeat, "_replies", lambda asking, unit: asked.append(unit) or replies(asking, unit)
    )
    stand.again(repeats=("process", "batch_4", "sampled"), repeat_sample=5)
    kept = {line["answer"]["question"] for line in stand.lines}
    assert len(kept) == 5
    assert [len(stand.of(how)) for how in ("process", "batch_4", "sampled")] == [5, 5, 15]
    planned = [tuple(item["question"] for item in batch) for batch in read_plan(stand)]
    for unit in asked:
        if unit.how == "process":
            assert tuple(item.question for item in unit.items) == planned[unit.number]
    before = stand.lines
    stand.folder.repeats.unlink()
    stand.again(repeats=("process", "batch_4", "sampled"), repeat_sample=5)
    assert stand.lines == before


def test_control_questions_are_asked_again_like_the_corpus_s_own(stand):
    probes = ("near_miss", "locality")
    stand.answer(probes=probes)
    stand.again(probes=probes, repeats=("process",))
    lines = stand.lines
    assert {line["answer"]["question"] for line in lines} == set(stand.stored)
    assert len(lines) > 20
    assert all(line["differs_at"] is None for line in lines)


@pytest.mark.parametrize("level", ["nf4"])
def test_a_model_that_is_loaded_anew_gives_its_stored_answers_again(
    stand, monkeypatch, tmp_path, level
):
    monkeypatch.undo()  # sessions are really opened
    tiny = resolve(ModelChoice(name="tiny"), cache=tmp_path / "cache")
    asked = stand.job(repeats=("process", "rerun", "shipped"), max_new_tokens=6)
    job = dataclasses.replace(
        asked, model=tiny, variant=dataclasses.replace(asked.variant, quantization=level)
    )
    stand.folder.path.mkdir()
    answer.run(job, silent)
    repeat.run(job, silent)
    assert [len(stand.of(how)) for how in ("process", "rerun", "shipped")] == [28, 28, 28]
    assert all(line["differs_at"] is None for line in stand.lines)


def test_rerun_brings_the_pass_that_it_is_compared_with(stand):
    stand.answer()
    stand.again(repeats=("rerun",))
    assert len(stand.of("process")) == len(stand.of("rerun")) > 0


def test_draws_are_of_the_whole_distribution_and_do_not_depend_on_the_batch(stand):
    stand.answer()
    stand.again(repeats=("sampled",), repeat_draws=4)
    small = {(each["answer"]["question"], each["answer"]["draw"]): each for each in stand.lines}
    assert {draw for _, draw in small} == {1, 2, 3, 4}
    stand.folder.repeats.unlink()
    job = stand.job(repeats=("sampled",), repeat_draws=4, batch_size=3)
    repeat.run(job, silent)
    for line in stand.lines:
        key = line["answer"]["question"], line["answer"]["draw"]
        assert line["answer"]["ids"] == small[key]["answer"]["ids"]
    assert stand.scores()["determinism.sampled.distinct"].value > 2


def test_a_model_that_ships_nothing_is_asked_greedily_and_that_is_said(stand, capfd):
    stand.answer()
    measured = stand.again(repeats=("shipped",))
    assert "greedy: the model ships no sampling" in capfd.readouterr().out
    assert measured["decoding.shipped"] == "greedy: the model ships no sampling"
    for line in stand.lines:
        assert line["answer"]["draw"] == 0
        assert line["decoding"] == "greedy: the model ships no sampling"
        assert line["answer"]["ids"] == stand.stored[line["answer"]["question"]]["ids"]


def test_what_a_model_ships_decides_its_draws(stand):
    stand.answer()
    stand.model.generation_config = GenerationConfig(
        do_sample=True, temperature=0.6, top_k=1, num_beams=4, eos_token_id=END
    )
    stand.again(repeats=("shipped",))
    line = stand.lines[0]
    assert line["decoding"] == "temperature 0.6, top_k 1; not honoured: num_beams 4"
    for line in stand.lines:  # of one token there is no choice
        assert line["answer"]["draw"] in (1, 2, 3)
        assert line["answer"]["ids"] == stand.stored[line["answer"]["question"]]["ids"]
        assert line["differs_at"] is None
    assert stand.scores()["determinism.shipped.distinct"].value == 1


SETTINGS = [
    {"do_sample": True},
    {"do_sample": True, "temperature": 0.6, "top_p": 0.9},
    {"do_sample": True, "temperature": 1.4, "top_k": 7, "repetition_penalty": 1.3},
    {"do_sample": True, "top_k": 0, "min_p": 0.1},
    {"do_sample": True, "top_k": 0, "typical_p": 0.7, "repetition_penalty": 0.8},
    {"do_sample": True, "temperature": 0.5, "top_k": 20, "top_p": 0.8, "min_p": 0.05},
    {"do_sample": False, "repetition_penalty": 1.5},
]


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
def test_tokens_are_chosen_from_what_generate_of_transformers_would_choose_from(model, settings):
    config = GenerationConfig(
        **settings, max_new_tokens=6, eos_token_id=END, pad_token_id=PAD,
        return_dict_in_generate=True, output_scores=True, output_logits=True,
    )  # fmt: skip
    prompt = [7, 8, 9, 8, 20, 21]
    made = model.generate(torch.tensor([prompt]), generation_config=config)
    decoding, _ = shipped(config)
    filters = decoding.filters()
    for step, (logits, wanted) in enumerate(zip(made.logits, made.scores, strict=True)):
        ids = made.sequences[0, : len(prompt) + step].tolist()
        torch.testing.assert_close(filters(ids, logits[0]), wanted[0], rtol=0, atol=0)


def test_greedy_with_a_penalty_is_what_generate_of_transformers_says(model):
    prompt = (7, 8, 9, 8, 20, 21)
    stopping = Stopping(max_new_tokens=10, stop_ids=(END,))
    for penalty in (1.0, 1.6):
        made = model.generate(
            torch.tensor([prompt]), max_new_tokens=10, do_sample=False, eos_token_id=END,
            pad_token_id=PAD, repetition_penalty=penalty,
        )  # fmt: skip
        decoding = Decoding(sample=False, repetition_penalty=penalty)
        requests = [Request(ids=prompt, decoding=decoding), Request(ids=(5, 6, 7, 8))]
        reply, _ = generate(open_decoder(model, PAD), requests, stopping, str)
        assert reply.ids == tuple(made[0, len(prompt) :].tolist())


def test_no_token_that_is_filtered_out_is_ever_drawn():
    logits = torch.tensor([[3.0, 2.9, 2.8, -1.0, 0.0, 1.0]])
    stopping = Stopping(max_new_tokens=1, stop_ids=(9,))
    requests = [Request(ids=(1,), seed=seed, decoding=Decoding(top_k=3)) for seed in range(200)]
    drawn = {reply.ids[0] for reply in generate(Fixed(logits), requests, stopping, str)}
    assert drawn == {0, 1, 2}


@pytest.mark.parametrize(
    ("config", "line"),
    [
        ({}, "greedy: the model ships no sampling"),
        ({"temperature": 0.7, "top_p": 0.9}, "greedy: the model ships no sampling"),
        ({"do_sample": True}, "temperature 1, top_k 50"),
        ({"do_sample": True, "temperature": 0.0}, "greedy: the model ships no sampling"),
        (
            {"repetition_penalty": 1.1},
            "greedy, repetition_penalty 1.1: the model ships no sampling",
        ),
        (
            {"no_repeat_ngram_size": 3, "suppress_tokens": [1]},
            "greedy: the model ships no sampling; not honoured: no_repeat_ngram_size 3, "
            "suppress_tokens [1]",
        ),
    ],
)
def test_what_is_shipped_is_said_in_words_and_nothing_is_dropped_in_silence(config, line):
    assert shipped(SimpleNamespace(**config))[1] == line


def test_every_way_that_a_suite_may_name_is_one_that_is_done():
    from typing import get_args

    from harness.suite.schema import RepeatName

    assert set(get_args(RepeatName)) == set(repeat_plan.WAYS)
