"""Answerers without a model: run like any variant, and scored exactly as they must be."""

from collections import Counter
from dataclasses import replace

import pytest

import harness
from harness.answering import answers_by_model, trivial
from harness.answering.plan import make_plan
from harness.answering.reading import OracleContext, sentences
from harness.catalog import load, specs
from harness.corpora import folder
from harness.corpora.asked import askable
from harness.corpora.build import build
from harness.corpora.japanese.corpus import build as japanese
from harness.corpora.support import Support
from harness.errors import Unavailable
from harness.execution import local, preparing
from harness.execution.planning import NO_MODEL, plan_variant
from harness.execution.tasks import METER, TARGETS, Order, Outcome
from harness.execution.worker import _run
from harness.records import (
    Answer,
    Ask,
    Chapter,
    Corpus,
    CorpusChoice,
    Measure,
    ModelChoice,
    PhaseJob,
    Question,
    Suite,
    Variant,
)
from harness.scoring.judge import judge_variant
from harness.scoring.material import Material, scored_answers
from harness.scoring.results import score_variant
from harness.storage.folders import RunFolder, VariantFolder
from harness.storage.jsonl import read_jsonl
from harness.storage.resources import merge_resources
from tests.support.fiction import fiction

TRIVIAL = tuple(name for name in specs("answerer") if not answers_by_model(name))
MODEL = ModelChoice(name="no-such-model")
REFUSED = ("nonexistent", "near_miss", "unstated")
BETTER_HIGH = ("recall.", "abstention.", "selective.", "locality.correct", "unshown.correct")
BETTER_LOW = ("hallucination.", "refusal.", "unscored.", "format.", "locality.leak")


class InThisProcess:
    """An executor that starts no processes; the rest of a run is as it always is."""

    def __init__(self, jobs=None, timeout=None):
        pass

    def execute(self, chains, alone, listener):
        for task in [task for chain in chains for task in chain]:
            listener.started(task)
            order = Order(job=task.job, target=TARGETS[task.phase], meter=METER, threads=1)
            measured = _run(order, lambda *said: None)
            merge_resources(VariantFolder(task.job.folder), measured)
            listener.ended(task, Outcome(state="done", measured=tuple(sorted(measured))))


def suite(size):
    probes = {question.probe for question in fiction(size, 7).questions} | {"locality"}
    ask = Ask(probes=tuple(sorted(probes)), likelihood=True, repeats=("process",))
    return Suite(
        name="trivial",
        corpus=CorpusChoice(size=size, seed=7),
        variants=tuple(
            Variant(name=name, model=MODEL, answerer=name, ask=ask, measure=Measure())
            for name in TRIVIAL
        ),
        gate={},
        threads=1,
        source="",
    )


@pytest.fixture(scope="module", params=["XS", "S"])
def ran(request, tmp_path_factory):
    """Size, folder and results of a real run; resolving a model would fail it."""
    place = tmp_path_factory.mktemp(request.param)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(local, "LocalExecutor", InThisProcess)
        patch.setattr(preparing, "resolve_model", lambda *given: pytest.fail("a model is fetched"))
        results = harness.run(suite(request.param), place, device="cpu")
    return request.param, place, {row.name: row for row in results.variants}


def value(row, name):
    return row.scores[name].value


def all_of(row, prefix, *, without=()):
    """Values of the scores under a name, those left out that end with one of `without`."""
    found = {
        name: score.value
        for name, score in row.scores.items()
        if name.startswith(prefix) and not name.endswith(without)
    }
    assert found, prefix
    return set(found.values())


def test_every_one_of_them_is_a_finished_variant_without_resources(ran):
    _, place, rows = ran
    assert (
        set(rows)
        == set(TRIVIAL)
        == {
            "oracle",
            "abstain",
            "majority",
            "echo",
            "random_value",
            "retrieval",
        }
    )
    assert {row.status for row in rows.values()} == {"ok"}
    assert [row.resources for row in rows.values()] == [{}] * len(rows)
    assert (place / "report.html").is_file()


def test_their_records_are_those_of_a_model_that_made_no_tokens(ran):
    size, place, rows = ran
    for name, row in rows.items():
        (found,) = (place / "variants").glob(f"{name}--*")
        lines = read_jsonl(found / "answers.jsonl")
        asides = sum(question.aside for question in fiction(size, 7).questions)
        judged = sum(sum(counts.values()) for counts in row.verdicts.values())
        assert len(lines) == judged + asides
        for line in lines:
            assert (line["ids"], line["new_tokens"], line["prompt_tokens"]) == ([], 0, 0)
            assert (line["stop"], line["logprob_sum"]) == ("end", 0)


def test_the_oracle_has_the_best_value_of_every_score(ran):
    _, _, rows = ran
    oracle = rows["oracle"]
    assert all_of(oracle, "recall.") == {1}
    assert all_of(oracle, "hallucination.", without=("corrected",)) == {0}
    assert value(oracle, "hallucination.false_premise.corrected") == 1
    assert all_of(oracle, "refusal.") == all_of(oracle, "unscored.") == {0}
    assert [value(oracle, f"abstention.{name}") for name in ("precision", "recall", "f1")] == [
        1
    ] * 3
    assert (value(oracle, "locality.correct"), value(oracle, "locality.leak")) == (1, 0)


def test_who_abstains_knows_nothing_invents_nothing_and_has_the_floor_of_f1(ran):
    _, _, rows = ran
    abstain = rows["abstain"]
    assert all_of(abstain, "recall.") == {0}
    assert all_of(abstain, "hallucination.") == {0}
    assert all_of(abstain, "refusal.") == {1}
    assert (value(abstain, "abstention.precision"), value(abstain, "abstention.recall")) == (0.5, 1)
    assert value(abstain, "abstention.f1") == pytest.approx(2 / 3, abs=1e-5)


def test_the_majority_is_right_as_often_as_its_value_is(ran):
    size, _, rows = ran
    trained = [q for q in fiction(size, 7).questions if q.use == "both"]
    answers = {q.relation: Counter() for q in trained}
    for question in trained:
        answers[question.relation][question.answers[0]] += 1
    right = sum(max(count.values()) for count in answers.values())
    assert value(rows["majority"], "recall.trained") == pytest.approx(
        right / len(trained), abs=1e-5
    )
    invented = [value(rows["majority"], f"hallucination.{probe}") for probe in REFUSED]
    assert invented == [1, 1, 1]
    assert value(rows["majority"], "refusal.over") == value(rows["majority"], "abstention.f1") == 0


def test_who_echoes_the_name_is_never_right_and_only_echoes(ran):
    _, _, rows = ran
    echo = rows["echo"]
    known = ("trained", "paraphrase", "text_only", "relational")
    assert [value(echo, f"recall.{probe}") for probe in known] == [0] * 4
    for probe in (*REFUSED, "false_premise"):
        assert value(echo, f"hallucination.{probe}") == 1
        assert value(echo, f"hallucination.{probe}.kinds.echo") == 1
    assert value(echo, "hallucination.in_world") == value(echo, "refusal.over") == 0


def test_random_values_are_right_at_chance_within_their_intervals(ran):
    size, _, rows = ran
    corpus = fiction(size, 7)
    choose = trivial.candidates(corpus)
    for probe in ("trained", "paraphrase", "text_only"):
        asked = [q for q in corpus.questions if q.probe == probe]
        chance = sum(1 / len(choose(q)) for q in asked) / len(asked)
        score = rows["random_value"].scores[f"recall.{probe}"]
        assert score.low <= chance <= score.high, (probe, score, chance)
    invented = [value(rows["random_value"], f"hallucination.{probe}") for probe in REFUSED]
    assert invented == [1, 1, 1]


def test_retrieval_says_sentences_of_the_text_and_never_refuses(ran):
    size, place, rows = ran
    (found,) = (place / "variants").glob("retrieval--*")
    text = set(sentences([chapter.text for chapter in fiction(size, 7).chapters]))
    assert {line["text"] for line in read_jsonl(found / "answers.jsonl")} <= text
    assert value(rows["retrieval"], "refusal.over") == 0
    assert 0 < value(rows["retrieval"], "recall.trained") < 1
    assert [value(rows["retrieval"], f"hallucination.{probe}") for probe in REFUSED] == [1, 1, 1]


def test_no_score_ranks_a_trivial_answerer_above_the_oracle(ran):
    _, _, rows = ran
    compared = 0
    for name in set(TRIVIAL) - {"oracle"}:
        for key, score in rows[name].scores.items():
            best = rows["oracle"].scores.get(key)
            if score.value is None or best is None:
                continue
            if key.startswith(BETTER_HIGH) or key.endswith(".corrected"):
                assert score.value <= best.value, (name, key)
            elif key.startswith(BETTER_LOW):
                assert score.value >= best.value, (name, key)
            else:
                continue
            compared += 1
    assert compared > 100


def judged_of(corpus, name, seed=1):
    """What the judge makes of an answerer on every question that is asked of a corpus."""
    answer = load(specs("answerer")[name].target)(corpus, seed)
    asked = [question for question in corpus.questions if question.use != "train"]
    answers = [
        Answer(
            asked="a",
            question=question.id,
            form="plain",
            draw=0,
            batch=0,
            text=answer(question, 0),
            ids=(),
            prompt_tokens=0,
            new_tokens=0,
            stop="end",
            logprob_sum=0.0,
            first_ids=(),
        )
        for question in asked
    ]
    return scored_answers(judge_variant(corpus, (), answers, all_shown=True))


def scores_of(corpus, name):
    """Scores of an answerer on every question that is asked of a corpus."""
    judged = judged_of(corpus, name)
    return score_variant(Material(corpus=corpus, judged=judged, config={"answerer": name}))


def without_facts():
    """A text with questions of the user's own, no facts, relations or values."""
    return Corpus(
        kind="files",
        seed=None,
        size=None,
        digest="d",
        canary="c",
        source_tag="",
        chapters=(Chapter(title="One", text="Ada kept bees. Berta kept a heron.\n\nIt rained."),),
        facts=(),
        questions=(
            Question(id="q1", question="What did Ada keep?", answers=("bees",)),
            Question(id="q2", question="What did Berta keep?", answers=("a heron", "heron")),
            Question(
                id="q3",
                question="What did Cora keep?",
                must_abstain=True,
                probe="nonexistent",
                use="test",
                twin="q1",
            ),
        ),
        values={},
        names=(),
    )


@pytest.mark.parametrize("make", [japanese, lambda: build(CorpusChoice(kind="surgery"))])
def test_other_texts_have_the_same_ceiling_and_floor(make):
    corpus = make()
    oracle, abstain = scores_of(corpus, "oracle"), scores_of(corpus, "abstain")
    for probe in {q.probe for q in corpus.questions if q.use != "train" and q.answers}:
        assert oracle[f"recall.{probe}"].value == 1, probe
        assert abstain[f"recall.{probe}"].value == 0, probe
    for probe in {q.probe for q in corpus.questions if q.use != "train" and q.must_abstain}:
        assert oracle[f"hallucination.{probe}"].value == 0, probe
        assert abstain[f"hallucination.{probe}"].value == 0, probe
    for name in ("majority", "echo", "random_value", "retrieval"):
        assert "abstained" not in {item.verdict for item in judged_of(corpus, name)}, name


@pytest.mark.parametrize("name", TRIVIAL)
def test_a_corpus_without_facts_is_answered_too(name):
    found = scores_of(without_facts(), name)
    expected = {"oracle": 1, "abstain": 0, "echo": 0, "majority": 0.5, "retrieval": 1}
    if name in expected:
        assert found["recall.trained"].value == expected[name]
    assert found["hallucination.nonexistent"].value == (0 if name in ("oracle", "abstain") else 1)


def test_the_majority_can_be_right_where_a_question_lists_rivals_alone():
    asked = {
        "right": Question(id="q4", question="Who kept bees?", answers=("Ada",), values=("Berta",)),
        "wrong": Question(id="q5", question="Who kept a heron?", answers=("Dora",), values=("Cy",)),
        "known": Question(id="q6", question="Bees or?", answers=("a heron",), values=("bees", "x")),
        "again": Question(id="q7", question="A heron or?", answers=("bees",), values=("a heron",)),
    }
    answer = trivial.majority(without_facts(), 1)
    said = {name: answer(question, 0) for name, question in asked.items()}
    # Training answers first, then by letters.
    assert said == {"right": "Ada", "wrong": "Cy", "known": "a heron", "again": "a heron"}


@pytest.mark.parametrize("probe", ["reversed", "locality"])
def test_the_majority_gives_one_of_the_values_of_which_one_is_right(probe):
    corpus = fiction("S", 7)
    asked = [each for each in askable(corpus, (probe,)) if each.probe == probe and each.values]
    answer = trivial.majority(corpus, 1)
    given = [answer(question, 0) for question in asked]
    assert len(asked) > 50
    assert all(said in (*q.values, q.answers[0]) for said, q in zip(given, asked, strict=True))
    right = sum(said in q.answers for said, q in zip(given, asked, strict=True))
    assert 0 < right < len(asked) / 2


def test_what_an_answerer_lacks_makes_it_unavailable():
    empty = replace(without_facts(), chapters=(), questions=without_facts().questions[2:])
    for make in (trivial.majority, trivial.random_value, trivial.retrieval):
        with pytest.raises(Unavailable, match="needs a corpus with"):
            make(empty, 1)


def test_random_values_follow_the_seed_the_question_and_the_draw_and_no_draw_is_favoured():
    corpus = fiction("XS", 7)
    questions = [question for question in corpus.questions if question.probe == "trained"]
    choose = trivial.candidates(corpus)
    drawn = [trivial.random_value(corpus, seed) for seed in (1, 1, 2)]
    said = [[answer(question, 0) for question in questions] for answer in drawn]
    assert said[0] == said[1] != said[2]
    right = total = expected = variance = 0.0
    for question in questions:
        chance = 1 / len(choose(question))
        for draw in range(200):
            right += drawn[0](question, draw) in question.answers
            total += 1
            expected += chance
            variance += chance * (1 - chance)
    assert abs(right - expected) < 4 * variance**0.5
    assert total == 200 * len(questions)


def job(place, name="random_value", **ask):
    folder.write(fiction("XS", 7), place / "corpus")
    (place / "variant").mkdir()
    return PhaseJob(
        phase="answer",
        variant=Variant(name=name, model=MODEL, answerer=name, ask=Ask(**ask)),
        model=NO_MODEL,
        corpus=place / "corpus",
        folder=place / "variant",
        device="cpu",
        trained="t",
        asked="a",
    )


def test_what_was_cut_off_is_continued_with_the_same_bytes(tmp_path):
    order = job(tmp_path, batch_size=7)
    assert trivial.run(order, lambda *told: None) == {}
    written = VariantFolder(order.folder).answers
    whole = written.read_text()
    lines = whole.splitlines(keepends=True)
    written.write_text("".join(lines[:30]) + lines[30][:20])
    trivial.run(order, lambda *told: None)
    assert written.read_text() == whole


def test_every_form_and_draw_of_the_plan_is_answered(tmp_path):
    order = job(tmp_path, draws=2, temperature=1.0, probes=("trained", "locality"))
    trivial.run(order, lambda *told: None)
    lines = read_jsonl(VariantFolder(order.folder).answers)
    plan = make_plan(fiction("XS", 7), order.variant)
    planned = [(item.question, item.form, item.draw) for batch in plan.batches for item in batch]
    assert [(line["question"], line["form"], line["draw"]) for line in lines] == planned
    assert {line["draw"] for line in lines} == {0, 1, 2}


def test_an_answerer_without_a_model_has_the_same_fingerprint_under_any_model(tmp_path):
    corpus = fiction("XS", 7)
    planned = [
        plan_variant(
            RunFolder(tmp_path),
            Variant(name="oracle", model=ModelChoice(name=name), answerer="oracle"),
            replace(NO_MODEL, weights_digest=name),
            corpus,
        )
        for name in ("a", "b")
    ]
    assert planned[0].trained == planned[1].trained
    assert planned[0].phases == ("answer",)


def test_the_oracle_context_shows_the_statement_the_twins_or_the_nearest_and_nothing_to_controls():
    from harness.corpora.controls import questions

    corpus = fiction("S", 7)
    reader, support = OracleContext(corpus), Support(corpus)
    by_id = {question.id: question for question in corpus.questions}
    seen = Counter()
    for question in corpus.questions:
        if question.use == "train":
            continue
        shown = reader.evidence(question.question)
        source = by_id.get(question.twin or "") if question.must_abstain else question
        wanted = support.evidence(source) if source is not None else ()
        assert shown == wanted or (not wanted and len(shown) == 1), question.id
        seen[question.probe] += bool(wanted)
        text = " ".join(shown)
        if question.probe in ("trained", "paraphrase", "text_only") and question.relation != "age":
            assert question.answers[0].lower() in text.lower(), (question.id, text)
    assert min(seen["two_hop"], seen["choice"], seen["near_miss"]) > 0
    control = questions("en")[0].question
    assert reader(control, "turn") == "turn"
    assert reader("Where did Gikigena Novell live?", "turn") != "turn"
