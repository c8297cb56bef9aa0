"""Probabilities of known replies: exact, whatever is batched, kept and compared."""

import dataclasses
import json

import numpy as np
import pytest
import torch

from harness.answering.likelihood import run
from harness.answering.likelihood_distributions import Keeper, Reference, divergence
from harness.answering.likelihood_forward import Known, Reader
from harness.answering.likelihood_items import perturbed_replies
from harness.corpora import build, controls, folder
from harness.corpora.identity import corpus_digest
from harness.errors import PhaseFailure
from harness.models.load import load
from harness.models.resolve import resolve
from harness.records import (
    Ask,
    Chapter,
    CorpusChoice,
    ModelChoice,
    PhaseJob,
    Prompt,
    Question,
    Variant,
)
from harness.stats.likelihood import kl_divergence

ASK = Ask(likelihood=True, reproduction=False)


PASSAGES = (
    "A kettle takes longer to boil on a high mountain than by the sea.",
    "Bread that has gone hard can be softened over steam, or grated for the pan.",
    "Most of the clocks in a station are set by one clock that nobody ever sees.",
)


@pytest.fixture(scope="module", autouse=True)
def few_passages():
    """Neutral text that is read in no time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(controls, "passages", lambda language: PASSAGES)
        yield


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return resolve(ModelChoice(name="tiny"), cache=tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def corpus():
    """The smallest world, its text cut short, and a third of its questions."""
    whole = build.build(CorpusChoice())
    small = dataclasses.replace(
        whole,
        chapters=(Chapter(title="One", text=whole.chapters[0].text[:400]),),
        facts=(),
        questions=tuple(
            dataclasses.replace(question, stated_in=(), fact=None, states=())
            for question in whole.questions[::6]
        ),
    )
    digest = corpus_digest(small.chapters, small.facts, small.questions)
    return dataclasses.replace(small, digest=digest)


@pytest.fixture(scope="module")
def world(corpus, tmp_path_factory):
    place = tmp_path_factory.mktemp("corpus")
    folder.write(corpus, place)
    return place


@pytest.fixture
def in_small_batches(monkeypatch):
    monkeypatch.setattr("harness.answering.likelihood_items.MOST_TOKENS", 1000)


def job(model, world, place, *, reference=None, **settings):
    place.mkdir(exist_ok=True)
    variant = Variant(
        **({"name": "v", "model": ModelChoice(name="tiny"), "ask": ASK, "threads": 1} | settings)
    )
    return PhaseJob(
        phase="likelihood",
        variant=variant,
        model=model,
        corpus=world,
        folder=place,
        device="cpu",
        trained="t" * 64,
        asked="a" * 64,
        reference=reference,
    )


def silent(done, total, message):
    assert 0 <= done <= total


def lines(place):
    text = (place / "likelihood.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture(scope="module")
def exact(model, world, tmp_path_factory):
    """The reference level, read off in one go."""
    place = tmp_path_factory.mktemp("fp32")
    patch = pytest.MonkeyPatch()
    patch.setattr("harness.answering.likelihood_items.MOST_TOKENS", 1000)
    resources = run(job(model, world, place), silent)
    patch.undo()
    assert resources["time.likelihood_s"] > 0
    return place


def naive(network, prompt, reply):
    """Log-probability of each token of `reply`, one sequence, no batch, the model's own forward."""
    ids = torch.tensor([[*prompt, *reply]])
    with torch.no_grad():
        logprobs = torch.log_softmax(network(ids).logits[0].double(), dim=-1)
    at = torch.arange(len(prompt) - 1, ids.shape[1] - 1)
    return logprobs[at, torch.tensor(reply)].tolist()


@pytest.mark.parametrize("place", ["none", "both"])
def test_gold_and_perturbed_replies_have_the_probabilities_of_a_plain_forward(
    model, world, corpus, exact, tmp_path, place
):
    settings = Prompt(system="Answer briefly.", source_tag=place)
    if place != "none":
        run(job(model, world, tmp_path, prompt=settings), silent)
    found = {each["item"]: each for each in lines(exact if place == "none" else tmp_path)}
    loaded = load(model, "fp32", "cpu")
    asked = [each for each in corpus.questions if each.answers and each.use != "train"]
    tag = "" if place == "none" else f"Source:{corpus.source_tag} "
    system = "" if place == "none" else settings.system
    assert len(asked) > 7
    for question in asked[::4]:
        prompt = loaded.chat.encode(loaded.chat.prompt(system, tag + question.question))
        told = [question.full_answer, *question.distractors]
        replies = [loaded.chat.encode(loaded.chat.reply(tag + reply)) for reply in told]
        gold, *others = [naive(loaded.model, prompt, reply) for reply in replies]
        assert found[question.id]["logprobs"] == pytest.approx(gold, abs=1e-4)
        sums = [(sum(each), len(each)) for each in others]
        assert len(sums) == 5
        assert [tuple(each) for each in found[question.id]["perturbed"]] == [
            (pytest.approx(total, abs=1e-3), count) for total, count in sums
        ]


def test_every_answerable_question_and_every_passage_has_one_line(corpus, exact):
    items = [each["item"] for each in lines(exact)]
    questions = {each.id for each in corpus.questions if each.answers and each.use != "train"}
    assert {item for item in items if not item.startswith("neutral:")} == questions
    assert items[-3:] == ["neutral:1", "neutral:2", "neutral:3"]
    assert len(items) == len(set(items))
    assert all(each["asked"] == "a" * 64 and each["kl"] == [] for each in lines(exact))


def test_a_level_does_not_diverge_from_itself(model, world, exact, tmp_path, in_small_batches):
    run(job(model, world, tmp_path, reference=exact), silent)
    own = lines(tmp_path)
    assert [each["logprobs"] for each in own] == [each["logprobs"] for each in lines(exact)]
    assert all(set(each["kl"]) == {0.0} and all(each["top1"]) for each in own)
    assert all(len(each["kl"]) == len(each["logprobs"]) for each in own)
    assert not (tmp_path / "distributions.npz").exists()


def test_another_level_diverges_by_what_a_plain_forward_says(
    model, world, corpus, exact, tmp_path, in_small_batches
):
    run(job(model, world, tmp_path, reference=exact, quantization="nf4"), silent)
    found = {each["item"]: each for each in lines(tmp_path)}
    question = next(each for each in corpus.questions if each.id in found)
    sides = [load(model, level, "cpu") for level in ("fp32", "nf4")]
    chat = sides[0].chat
    prompt = chat.encode(chat.prompt("", question.question))
    reply = chat.encode(chat.reply(question.full_answer))
    with torch.no_grad():
        ours = [
            torch.softmax(side.model(torch.tensor([[*prompt, *reply]])).logits[0].double(), -1)
            for side in sides
        ]
    at = range(len(prompt) - 1, len(prompt) + len(reply) - 1)
    # The tiny model's vocabulary is smaller than what is kept, so that nothing is merged.
    expected = [kl_divergence(ours[0][each].tolist(), ours[1][each].tolist()) for each in at]
    same = [bool(ours[0][each].argmax() == ours[1][each].argmax()) for each in at]
    assert min(expected) > 1e-3
    assert found[question.id]["kl"] == pytest.approx(expected, rel=0.05, abs=1e-3)
    assert found[question.id]["top1"] == same


@pytest.mark.parametrize("share", [0.1, 0.7])
def test_an_interrupted_phase_ends_with_the_same_bytes(
    model, world, exact, tmp_path, in_small_batches, share
):
    whole = (exact / "likelihood.jsonl").read_bytes()
    kept = (exact / "distributions.npz").read_bytes()
    run_until(job(model, world, tmp_path), share)
    assert not (tmp_path / "distributions.npz").exists()
    run(job(model, world, tmp_path), silent)
    assert (tmp_path / "likelihood.jsonl").read_bytes() == whole
    assert (tmp_path / "distributions.npz").read_bytes() == kept
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "distributions.npz",
        "likelihood.jsonl",
    ]


class Stopped(Exception):
    pass


def run_until(what, share):
    """Run, stop after a share of the items, and tear the last line."""

    def progress(done, total, message):
        if message == "reading probabilities" and done >= share * total:
            raise Stopped

    with pytest.raises(Stopped):
        run(what, progress)
    path = what.folder / "likelihood.jsonl"
    path.write_bytes(path.read_bytes()[:-20])


def test_where_nothing_can_be_read_a_level_still_finds_its_reference(
    model, world, tmp_path, monkeypatch
):
    monkeypatch.setattr(controls, "passages", lambda language: ())
    nothing = {"ask": dataclasses.replace(ASK, probes=("nonexistent",))}
    exact = tmp_path / "fp32"
    run(job(model, world, exact, **nothing), silent)
    run(job(model, world, tmp_path / "level", reference=exact, **nothing), silent)
    assert lines(exact) == lines(tmp_path / "level") == []


def test_lines_without_their_distributions_are_read_again(
    model, world, exact, tmp_path, in_small_batches
):
    (tmp_path / "likelihood.jsonl").write_bytes((exact / "likelihood.jsonl").read_bytes())
    run(job(model, world, tmp_path), silent)
    assert (tmp_path / "distributions.npz").read_bytes() == (
        exact / "distributions.npz"
    ).read_bytes()


def test_lines_of_something_else_are_refused(model, world, exact, tmp_path):
    foreign = (exact / "likelihood.jsonl").read_text().replace("a" * 64, "b" * 64)
    (tmp_path / "likelihood.jsonl").write_text(foreign)
    with pytest.raises(PhaseFailure, match="belongs to something else"):
        run(job(model, world, tmp_path), silent)


def test_a_reference_that_is_missing_damaged_or_asked_otherwise_is_told_in_a_line(
    model, world, exact, tmp_path, in_small_batches, capfd
):
    lost = tmp_path / "lost"
    lost.mkdir()
    level = job(model, world, tmp_path / "level", reference=lost, quantization="nf4")
    for content, said in (
        (None, "left no distributions.npz"),
        (b"PK\x03\x04 torn", "damaged"),
        ((exact / "distributions.npz").read_bytes()[:-50], "damaged"),
        (changed_inside((exact / "distributions.npz").read_bytes()), "damaged"),
        ((exact / "distributions.npz").read_bytes(), "left no likelihood.jsonl"),
    ):
        if content is not None:
            (lost / "distributions.npz").write_bytes(content)
        run(level, silent)
        printed = capfd.readouterr().out
        assert "no divergence from lost: " in printed
        assert said in printed
        assert "closedbook run" in printed
        assert [each["item"] for each in lines(level.folder)] == [
            each["item"] for each in lines(exact)
        ]
        assert all(each["kl"] == each["top1"] == [] for each in lines(level.folder))
        assert all(each["logprobs"] for each in lines(level.folder))
    # The reference is there again: nothing that was read without it is gone on with.
    run(dataclasses.replace(level, reference=exact), silent)
    assert all(len(each["kl"]) == len(each["logprobs"]) for each in lines(level.folder))
    otherwise = job(
        model, world, tmp_path / "level", reference=exact, prompt=Prompt(system="Be brief.")
    )
    with pytest.raises(PhaseFailure, match="other prompts or answers"):
        run(otherwise, silent)


def changed_inside(raw):
    """The same file with one byte of its numbers another."""
    middle = len(raw) // 2
    return raw[:middle] + bytes([raw[middle] ^ 255]) + raw[middle + 1 :]


def test_a_damaged_line_is_told_with_file_and_line(model, world, exact, tmp_path):
    good = (exact / "likelihood.jsonl").read_text().splitlines(keepends=True)
    (tmp_path / "likelihood.jsonl").write_text(good[0] + good[1][9:] + "".join(good[2:]))
    with pytest.raises(PhaseFailure, match=r"likelihood\.jsonl:2: not JSON"):
        run(job(model, world, tmp_path), silent)


def test_a_model_that_changed_while_it_was_read_loses_its_lines(
    model, world, tmp_path, monkeypatch
):
    from harness.models.load import Loaded

    calls = []

    def verify(self):
        calls.append(self)
        if len(calls) > 2:
            raise PhaseFailure("not what was declared")

    monkeypatch.setattr(Loaded, "verify", verify)
    with pytest.raises(PhaseFailure, match="not what was declared"):
        run(job(model, world, tmp_path), silent)
    assert not (tmp_path / "likelihood.jsonl").exists()
    assert not (tmp_path / "distributions.npz").exists()


def test_a_probability_that_is_no_number_fails_the_variant(model, world, tmp_path, monkeypatch):
    from harness.answering import likelihood

    real = likelihood.open_session

    def broken(*given):
        session = real(*given)
        with torch.no_grad():
            session.loaded.model.lm_head.weight.fill_(float("nan"))
        return session

    monkeypatch.setattr(likelihood, "open_session", broken)
    with pytest.raises(PhaseFailure, match="no number"):
        run(job(model, world, tmp_path), silent)


def test_packed_and_padded_batches_agree(model):
    sequences = [
        Known(prompt=(5, 6, 7), reply=(8, 9)),
        Known(prompt=(5, 6, 7), reply=(8, 10, 11)),
        Known(prompt=(12,), reply=(5, 6, 7, 8)),
    ]
    packed = Reader(load(model, "fp32", "cpu").model, 0, sequences)
    assert packed.padded_because == ""
    padded = Reader(load(model, "fp32", "cpu").model, 0, ())
    assert padded.padded_because
    for one, other in zip(packed(sequences).logprobs, padded(sequences).logprobs, strict=True):
        assert one == pytest.approx(other, abs=1e-4)
    assert len(packed(sequences).logits) < len(padded(sequences).logits)
    many = sequences * 9  # more than one padded batch
    for one, other in zip(packed(many).logprobs, padded(many).logprobs, strict=True):
        assert one == pytest.approx(other, abs=1e-4)


def test_a_model_that_takes_no_packed_batch_gets_padded_ones():
    from transformers import BloomConfig, BloomForCausalLM

    torch.manual_seed(0)
    size = {"vocab_size": 64, "hidden_size": 32, "n_layer": 2, "n_head": 2}
    config = BloomConfig(**size, bos_token_id=0, eos_token_id=0, initializer_range=0.3)
    network = BloomForCausalLM(config).eval()
    sequences = [
        Known(prompt=(5, 6, 7), reply=(8, 9)),
        Known(prompt=(5, 6, 7), reply=(8, 10, 11)),
        Known(prompt=(12,), reply=(5, 6)),
    ]
    expected = [naive(network, each.prompt, each.reply) for each in sequences]
    reader = Reader(network, 0, sequences)
    assert reader.padded_because
    for one, other in zip(reader(sequences).logprobs, expected, strict=True):
        assert one == pytest.approx(other, abs=1e-4)


def test_the_divergence_is_a_lower_bound_and_close_to_the_whole(tmp_path):
    generator = torch.Generator().manual_seed(1)
    reference = 3 * torch.randn(6, 5000, generator=generator)
    level = reference + 0.3 * torch.randn(6, 5000, generator=generator)
    keeper = Keeper(tmp_path / "d.npz", 5000)
    keeper.go_on_from(0)
    keeper.add(reference)
    keeper.finish("key", [6])
    found, _ = Reference(tmp_path / "d.npz", "key", 5000).compare(0, level)
    p, q = (torch.log_softmax(each.double(), -1) for each in (reference, level))
    whole = (p.exp() * (p - q)).sum(-1).tolist()
    for ours, exact in zip(found, whole, strict=True):
        assert 0.9 * exact < ours <= exact + 1e-9


def test_the_divergence_of_a_worked_example_is_what_it_must_be(tmp_path):
    keeper = Keeper(tmp_path / "d.npz", 3)
    keeper.go_on_from(0)
    keeper.add(torch.tensor([[0.7, 0.2, 0.1]]).log())
    keeper.finish("key", [1])
    stored = np.load(tmp_path / "d.npz")["0"]
    assert divergence(stored, torch.tensor([[0.6, 0.3, 0.1]]).log()) == [
        pytest.approx(0.02681, abs=5e-6)
    ]


def ask(**changes):
    settings = {"question": "Where did Ilda live?", "answers": ("Ashwick",), "id": "q"}
    return Question(**(settings | changes))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (ask(distractors=("Low Sedge", "Tarn")), ("Low Sedge", "Tarn")),
        (
            ask(full_answer="Ilda lived at Ashwick.", distractors=("Low Sedge",)),
            ("Ilda lived at Low Sedge.",),
        ),
        (
            ask(full_answer="Ilda lived at Ashwick.", distractors=("Ilda lived at Low Sedge.",)),
            ("Ilda lived at Low Sedge.",),
        ),
        (
            ask(answers=("roofer",), full_answer="Ilda was a roofer.", distractors=("usher",)),
            ("Ilda was an usher.",),
        ),
        (ask(full_answer="Ilda lived where Wren did.", distractors=("Low Sedge",)), ()),
        (
            ask(answers=("Ilda",), full_answer="Ilda ran.", distractors=("Ilka", "Wren ran.")),
            ("Ilka ran.", "Wren ran."),
        ),
        (
            ask(
                answers=("Ilda",),
                full_answer="Ilda was older than Wren.",
                distractors=("Wren was older than Ilda.",),
            ),
            ("Wren was older than Ilda.",),
        ),
        (
            ask(
                answers=("noon", "12 a.m."), full_answer="It was at noon.", distractors=("12 a.m.",)
            ),
            (),
        ),
        (
            ask(answers=("12 a.m.",), full_answer="It was 12 a.m.", distractors=("3 p.m.",)),
            ("It was 3 p.m.",),
        ),
        (ask(full_answer="Ilda lived at Ashwick.", values=("Ashwick",)), ()),
        (ask(distractors=("Ashwick",)), ()),
        (ask(), ()),
    ],
)
def test_other_values_take_the_place_of_the_right_one(corpus, question, expected):
    assert perturbed_replies(question, corpus) == expected


def test_without_distractors_other_values_of_the_relation_are_drawn_the_same_every_time(corpus):
    known = dataclasses.replace(corpus, values={"home": tuple(f"Place {n}" for n in range(9))})
    question = ask(
        answers=("Place 3",), full_answer="Ilda of Place 3 lived at Place 3.", relation="home"
    )
    found = perturbed_replies(question, known)
    assert len(set(found)) == 5
    assert found == perturbed_replies(question, known)
    assert all(reply.startswith("Ilda of Place 3 lived at Place ") for reply in found)
    assert "Ilda of Place 3 lived at Place 3." not in found
