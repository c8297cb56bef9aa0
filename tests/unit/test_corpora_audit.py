"""An audit finds what was planted: a leak, a repeat, unlike twins, an answer always right."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

import pytest

from harness.corpora.audit import audit
from harness.corpora.audit.nearest import Index
from harness.corpora.audit.records import Audit, ProbeOverlap
from harness.records import Answer, Corpus, Judged, Question
from tests.support.fake_world import world


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return world()


def with_questions(corpus: Corpus, *more: Question) -> Corpus:
    return replace(corpus, questions=(*corpus.questions, *more))


def changed(corpus: Corpus, probe: str, **changes: object) -> Corpus:
    """The corpus with every question of a probe changed."""
    return replace(
        corpus,
        questions=tuple(
            replace(question, **changes) if question.probe == probe else question  # type: ignore[arg-type]
            for question in corpus.questions
        ),
    )


def overlap(found: Audit, probe: str) -> ProbeOverlap:
    return next(each for each in found.overlaps[0].probes if each.probe == probe)


def question(text: str, *answers: str, name: str = "", **rest: object) -> Question:
    return Question(question=text, answers=answers, id=name or text, **rest)  # type: ignore[arg-type]


def test_a_clean_world_has_nothing_to_worry_about(corpus: Corpus) -> None:
    assert audit(corpus).concerns == ()


def test_trained_questions_overlap_by_design_and_are_no_concern(corpus: Corpus) -> None:
    found = audit(corpus)
    assert overlap(found, "trained").exact == overlap(found, "trained").n == 24
    assert found.concerns == ()


def test_a_leaked_question_is_caught(corpus: Corpus) -> None:
    leaked = replace(corpus.questions[0], id="leak", probe="paraphrase", use="test")
    found = audit(with_questions(corpus, leaked))
    assert overlap(found, "paraphrase").exact == 1
    assert any("1 of 25 paraphrase questions are also training" in each for each in found.concerns)


def test_a_leak_in_other_casing_and_punctuation_is_caught(corpus: Corpus) -> None:
    text = corpus.questions[0].question.upper().replace("?", " !?")
    leaked = replace(corpus.questions[0], question=text, id="leak", probe="text_only", use="test")
    found = audit(with_questions(corpus, leaked))
    assert overlap(found, "text_only").exact == 1
    assert any("1 of 13 text-only questions" in each for each in found.concerns)


def near_repeats(count: int) -> list[Question]:
    """So many taught questions and, of each, a test question with one word more."""
    found = []
    for number in range(count):
        text = "In which of the towns by river {} was the {}bell number {} cast?"
        taught = question(text.format(number, "", number), f"town {number}", name=f"t{number}")
        found += [
            taught,
            replace(
                taught,
                question=text.format(number, "old ", number),
                id=f"p{number}",
                probe="paraphrase",
                use="test",
            ),
        ]
    return found


def test_questions_with_one_word_added_are_nearly_the_same(corpus: Corpus) -> None:
    found = audit(with_questions(corpus, *near_repeats(2)))
    assert overlap(found, "paraphrase").alike == 2
    assert any("2 of 26 paraphrase questions are nearly" in each for each in found.concerns)


def test_one_near_repeat_among_many_is_counted_and_no_concern(corpus: Corpus) -> None:
    found = audit(with_questions(corpus, *near_repeats(1)))
    assert overlap(found, "paraphrase").alike == 1
    assert found.concerns == ()


def test_a_repeated_training_question_is_counted_whatever_its_casing(corpus: Corpus) -> None:
    again = replace(corpus.questions[0], question=corpus.questions[0].question.lower(), id="again")
    found = audit(with_questions(corpus, again)).overlaps[0]
    assert (found.repeated, found.contradicting) == (1, 0)


def test_a_repeated_training_question_with_another_answer_is_a_concern(corpus: Corpus) -> None:
    again = replace(corpus.questions[0], answers=("dyer",), id="again")
    found = audit(with_questions(corpus, again))
    assert found.overlaps[0].contradicting == 1
    assert any("contradicts itself" in each for each in found.concerns)


def test_a_refusal_that_repeats_an_answered_question_contradicts_it(corpus: Corpus) -> None:
    again = replace(corpus.questions[0], answers=(), must_abstain=True, id="again", use="train")
    assert audit(with_questions(corpus, again)).overlaps[0].contradicting == 1


def test_answers_known_from_training_are_a_concern_where_no_closed_set_explains_them() -> None:
    taught = [question(f"What did number {n} find?", f"thing {n}") for n in range(20)]
    asked = [
        question(
            f"What lay in box {n}?",
            f"thing {n + 7}",
            probe="text_only",
            use="test",
            name=f"box {n}",
        )
        for n in range(20)
    ]
    corpus = replace(world(), questions=tuple(taught + asked), values={}, facts=())
    found = audit(corpus)
    assert overlap(found, "text_only").answers == 13
    assert any("13 of 20 text-only questions (65 %)" in each for each in found.concerns)


def test_answers_of_a_closed_set_are_met_by_construction_and_no_concern(corpus: Corpus) -> None:
    trades = corpus.values["trade"]
    asked = [
        question(
            f"What did stranger {n} do?",
            trades[n % 8],
            relation="trade",
            probe="text_only",
            use="test",
            name=f"stranger {n}",
        )
        for n in range(16)
    ]
    found = audit(with_questions(corpus, *asked))
    assert overlap(found, "text_only").answers == 16
    assert not any("repeating what it was trained on" in each for each in found.concerns)


def test_the_nearest_training_question_is_shown_with_its_likeness(corpus: Corpus) -> None:
    near = overlap(audit(corpus), "near_miss").nearest[0]
    assert near.text == "What does Brandos keep?"
    assert near.training_text == "What does Marenka keep?"
    assert near.similarity == pytest.approx(0.75)


def test_a_question_that_shares_no_word_with_training_has_no_nearest_one() -> None:
    index = Index("en", [question("Where does she live?", "Ashwick")])
    assert index.nearest(question("Wer war Bordor?", "niemand")) is None


@pytest.mark.parametrize("seed", range(5))
def test_the_index_finds_what_a_search_through_all_pairs_finds(seed: int) -> None:
    import random

    rng = random.Random(f"audit {seed}")
    vocabulary = [f"w{n}" for n in range(30)]
    texts = [" ".join(rng.choices(vocabulary, k=rng.randint(1, 9))) for _ in range(300)]
    index = Index("en", [question(text, "x", name=text) for text in texts[:200]])
    for text in texts[200:]:
        near = index.nearest(question(text, "x"))
        said = set(text.split())
        best = max(
            2 * len(said & set(other.split())) / (len(said) + len(set(other.split())))
            for other in texts[:200]
        )
        assert (near.similarity if near else 0.0) == pytest.approx(best)


def test_thousands_of_questions_take_a_second_and_not_a_minute() -> None:
    names = [f"Person{n} of House{n % 97}" for n in range(6000)]
    taught = [
        question(f"Where did {name} live in winter?", f"place {n}") for n, name in enumerate(names)
    ]
    asked = [
        question(
            f"In which place did {name} spend winter?", f"place {n}", probe="paraphrase", use="test"
        )
        for n, name in enumerate(names)
    ]
    corpus = replace(world(), questions=tuple(taught + asked))
    start = time.perf_counter()
    found = audit(corpus)
    assert time.perf_counter() - start < 8
    assert overlap(found, "paraphrase").copied == 6000


def test_an_answer_that_is_right_most_of_the_time_is_caught(corpus: Corpus) -> None:
    skewed = replace(
        corpus,
        questions=tuple(
            replace(q, answers=("miller",)) if q.relation == "trade" and q.answers else q
            for q in corpus.questions
        ),
    )
    found = audit(skewed)
    trade = next(each for each in found.relations if each.relation == "trade")
    assert (trade.majority, trade.majority_n, trade.n) == ("miller", 20, 20)
    (said,) = (each for each in found.concerns if "about trade" in each)
    assert said.startswith("One and the same answer is right in 20 of 20 questions")
    assert "miller" not in said  # concerns stand in public reports, which quote no answer


def test_chance_is_one_of_the_declared_values_else_of_those_seen(corpus: Corpus) -> None:
    assert {each.chance for each in audit(corpus).relations} == {1 / 12}
    bare = audit(replace(corpus, values={}))
    assert {(each.values, each.declared) for each in bare.relations} == {(12, False)}


def test_questions_with_two_possible_answers_are_pointed_out(corpus: Corpus) -> None:
    either = [
        question(f"Was it {n}?", "yes" if n % 2 else "no", relation="yes_no", use="both")
        for n in range(12)
    ]
    skewed = replace(with_questions(corpus, *either), values={"yes_no": ("yes", "no")})
    assert any("only 2 possible answers" in each for each in audit(skewed).concerns)


def test_questions_of_the_probe_for_choices_have_two_answers_by_design(corpus: Corpus) -> None:
    either = [
        question(
            f"Was it {n}?",
            "yes" if n % 2 else "no",
            relation="yes_no",
            probe="choice",
            use="test",
        )
        for n in range(12)
    ]
    values = {**corpus.values, "yes_no": ("yes", "no")}
    assert audit(replace(with_questions(corpus, *either), values=values)).concerns == ()


def test_a_missing_twin_is_caught(corpus: Corpus) -> None:
    found = audit(changed(corpus, "near_miss", twin="nobody knows"))
    row = next(each for each in found.twins if each.probe == "near_miss")
    assert (row.n, row.twins, len(row.untwinned)) == (8, 0, 8)
    assert any("8 of 8 near-miss questions have no answerable twin" in c for c in found.concerns)


def test_questions_shown_by_name_need_no_twin(corpus: Corpus) -> None:
    row = next(each for each in audit(corpus).twins if each.probe == "nonexistent")
    assert (row.n, row.twins) == (12, 12)


def test_twins_that_length_tells_apart_are_caught(corpus: Corpus) -> None:
    longer = replace(
        corpus,
        questions=tuple(
            replace(q, question=q.question.replace("?", ", please tell me now?"))
            if q.probe == "nonexistent"
            else q
            for q in corpus.questions
        ),
    )
    found = audit(longer)
    row = next(each for each in found.twins if each.probe == "nonexistent")
    assert (row.longer, row.shorter, row.other_wording) == (12, 0, 12)
    assert any(
        "Of 12 pairs the nonexistent question is longer than its twin in 12" in each
        for each in found.concerns
    )


def test_unstated_questions_are_worded_otherwise_by_nature_but_need_not_be_longer(
    corpus: Corpus,
) -> None:
    assert audit(corpus).concerns == ()
    text = "How old, to the nearest year or so, is Marenka nowadays?"
    found = audit(changed(corpus, "unstated", question=text))
    assert any("the unstated question is longer than its twin" in each for each in found.concerns)


def test_twins_of_another_wording_are_caught(corpus: Corpus) -> None:
    other = replace(
        corpus,
        questions=tuple(
            replace(q, question=q.question.replace("Who was", "Whom did"))
            if q.probe == "near_miss"
            else q
            for q in corpus.questions
        ),
    )
    assert any("worded otherwise than its twin" in each for each in audit(other).concerns)


def test_twins_of_another_relation_are_caught(corpus: Corpus) -> None:
    found = audit(changed(corpus, "near_miss", relation="height"))
    assert any("another relation than its twin" in each for each in found.concerns)


def test_a_corpus_without_unanswerable_questions_says_that_invention_is_not_measured(
    corpus: Corpus,
) -> None:
    answerable = replace(corpus, questions=tuple(q for q in corpus.questions if q.answers))
    found = audit(answerable)
    assert found.twins == ()
    assert any("what a model invents is not measured" in each for each in found.concerns)


def test_a_corpus_without_any_question_can_be_audited(corpus: Corpus) -> None:
    found = audit(replace(corpus, questions=()))
    assert any("no training questions" in each for each in found.concerns)


def judged(questions: Sequence[Question], right: int) -> tuple[Judged, ...]:
    """Greedy answers of an untuned model, the first `right` of them correct."""
    return tuple(
        Judged(
            answer=Answer(
                asked="a",
                question=each.id,
                form="plain",
                draw=0,
                batch=0,
                text="x",
                ids=(),
                prompt_tokens=1,
                new_tokens=1,
                stop="end",
                logprob_sum=0.0,
                first_ids=(),
            ),
            question=each,
            verdict="correct" if number < right else "wrong",
            shown=False,
            invented=False,
        )
        for number, each in enumerate(questions)
    )


def test_what_the_untuned_model_knows_is_counted_with_its_interval(corpus: Corpus) -> None:
    asked = [each for each in corpus.questions if each.answers]
    nothing = audit(corpus, base=judged(asked, 0)).contamination
    assert (nothing[0].probe, nothing[0].right.value, nothing[0].right.n) == ("", 0.0, 60)
    assert nothing[0].right.low == 0.0
    assert nothing[0].right.high is not None
    assert nothing[0].chance == pytest.approx(1 / 12)
    assert [each.probe for each in nothing[1:]] == ["trained", "paraphrase", "text_only"]


def test_a_text_that_the_untuned_model_knows_is_a_concern(corpus: Corpus) -> None:
    asked = [each for each in corpus.questions if each.answers]
    assert audit(corpus, base=judged(asked, 0)).concerns == ()
    found = audit(corpus, base=judged(asked, 50))
    assert any("already answers 50 of 60" in each for each in found.concerns)


def test_without_a_run_there_is_no_contamination(corpus: Corpus) -> None:
    assert audit(corpus).contamination == ()


def test_lengths_are_in_words_unless_tokens_can_be_counted(corpus: Corpus) -> None:
    in_words, in_tokens = audit(corpus), audit(corpus, count_tokens=len)
    assert (in_words.unit, in_tokens.unit) == ("words", "tokens")
    first = {each.what: each for each in in_words.lengths}
    assert (first["questions asked"].n, first["questions asked"].least) == (98, 3)
    assert in_tokens.lengths[0].total > in_words.lengths[0].total


def test_lengths_in_a_script_without_spaces_are_no_single_word(corpus: Corpus) -> None:
    asked = question("北の町で鐘を鋳たのは誰ですか。", "鋳物師")
    japanese = replace(corpus, language="ja", questions=(asked,), chapters=(), facts=())
    assert audit(japanese).lengths[0].least > 5


def test_a_refusal_is_as_long_as_the_sentence_that_is_trained(corpus: Corpus) -> None:
    refusal = question("Who was Zo?", must_abstain=True, probe="nonexistent", use="train")
    found = audit(replace(corpus, questions=(refusal,), canonical_refusal="I do not know that."))
    answers = next(each for each in found.lengths if each.what == "training answers")
    assert (answers.least, answers.most) == (5, 5)


def test_facts_that_nobody_asks_for_are_named(corpus: Corpus) -> None:
    mute = replace(
        corpus,
        questions=tuple(q for q in corpus.questions if q.fact != "marenka-trade"),
    )
    whole = audit(mute).facts[0]
    assert (whole.n, whole.trained, whole.tested, whole.never) == (36, 23, 12, 1)
    assert whole.missing == ("Marenka: weaver",)


def test_questions_of_a_writer_are_held_against_the_test_questions_too(corpus: Corpus) -> None:
    leak = replace(corpus.questions[1], id="w1", probe="trained", use="both", writer="rules")
    found = audit(replace(corpus, written={"rules": (leak,)}))
    assert [each.writer for each in found.overlaps] == ["truth", "rules"]
    assert any("also training questions written by rules" in each for each in found.concerns)


def test_an_audit_is_the_same_every_time(corpus: Corpus) -> None:
    assert audit(corpus) == audit(world())


def test_a_question_whose_only_value_is_its_answer_is_not_guessed_for_certain() -> None:
    from harness.corpora.audit.chance import chance_of

    alone = Question(question="Why?", answers=("rust",), values=("rust",), relation="cause")
    assert chance_of(alone, {}) == 0
    two = Question(question="Which?", answers=("rust",), values=("rust", "rot"))
    assert chance_of(two, {}) == 0.5
