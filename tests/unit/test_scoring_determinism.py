"""Scores of asking again: shares of what repeats, the spread of draws, the floor under flips."""

import math
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness import catalog
from harness.records import Repeated
from harness.scoring import levels
from harness.scoring.determinism import entropy, scores
from harness.scoring.judge import judge_variant
from harness.scoring.material import Material, scored_answers
from harness.stats import intervals
from tests.validity import worlds

CORPUS = worlds.small_corpus()
QUESTIONS = [question for question in CORPUS.questions if not question.aside]
ANSWERABLE = [question for question in QUESTIONS if not question.must_abstain]
TAUGHT = worlds.taught(CORPUS)


def answered(text_of):
    """Stored answers; an answer's ids follow its text."""
    return [written(question, text_of(question)) for question in QUESTIONS]


def written(question, text, draw=0):
    return replace(worlds.reply(question.id, text, draw=draw), ids=tuple(map(ord, text)))


def judged(answers):
    return judge_variant(CORPUS, TAUGHT, answers)


def again(how, text_of, draws=(0,), questions=QUESTIONS, stored=None):
    """What was replied when asked again; `text_of` takes a question and a draw."""
    before = {answer.question: answer.ids for answer in stored or ()}
    found = []
    for question in questions:
        for draw in draws:
            answer = written(question, text_of(question, draw), draw)
            parted = question.id in before and before[question.id] != answer.ids
            found.append(
                Repeated(
                    how=how,
                    answer=answer,
                    differs_at=3 if parted else None,
                    gap=0.25 if parted else None,
                )
            )
    return found


def material(stored, *repeats, **more):
    ways = dict.fromkeys(each.how for each in repeats)
    return Material(
        corpus=CORPUS,
        judged=scored_answers(judged(stored)),
        repeats=tuple(repeats),
        repeated={
            how: judged([each.answer for each in repeats if each.how == how]) for how in ways
        },
        **more,
    )


def oracle(question, draw=0):
    return worlds.oracle(CORPUS)(question)


def slips(ids):
    """The oracle, but for these questions, which it gets wrong."""
    return lambda question, draw=0: "He is a dancer." if question.id in ids else oracle(question)


def rewords(ids):
    """The oracle, which puts the answers to these in other words."""
    return lambda question, draw=0: oracle(question) + (" So it is." if question.id in ids else "")


FOUR = {"t0", "t1", "p2", "o6"}
STORED = answered(oracle)


def test_what_repeats_to_the_byte_scores_one_and_nothing_is_said_of_what_was_not_asked():
    found = scores(material(STORED, *again("process", oracle, stored=STORED)))
    assert sorted(found) == [
        "determinism.noise", "determinism.process", "determinism.verdicts.process"
    ]  # fmt: skip
    assert found["determinism.process"].value == 1
    assert found["determinism.process"].low < 1  # so many clusters prove no more
    assert found["determinism.noise"].value == 0
    assert scores(material(STORED)) == {}


def test_a_share_is_that_of_questions_with_the_same_ids_and_knows_its_clusters():
    repeats = again("process", rewords(FOUR), stored=STORED)
    found = scores(material(STORED, *repeats))
    clusters = [question.cluster for question in QUESTIONS]
    same = [question.id not in FOUR for question in QUESTIONS]
    assert found["determinism.process"] == intervals.share(same, clusters)
    assert found["determinism.verdicts.process"].value == 1  # other words, the same verdict
    assert found["determinism.noise"].value == 0


def test_rerun_is_held_against_the_pass_before_it_and_not_against_the_stored_answers():
    first = again("process", rewords(FOUR), stored=STORED)
    second = again("rerun", rewords(FOUR), stored=STORED)
    found = scores(material(STORED, *first, *second))
    assert found["determinism.process"].value == pytest.approx(1 - len(FOUR) / len(QUESTIONS))
    assert found["determinism.rerun"].value == 1
    third = again("rerun", oracle, stored=STORED)
    found = scores(material(STORED, *first, *third))
    assert found["determinism.rerun"].value == pytest.approx(1 - len(FOUR) / len(QUESTIONS))


def test_batch_demands_the_stored_answer_at_every_size():
    sizes = {"batch_1": {"t0"}, "batch_4": {"t0", "p2"}, "batch_16": {"o6"}}
    repeats = [
        each for how, ids in sizes.items() for each in again(how, rewords(ids), stored=STORED)
    ]
    found = scores(material(STORED, *repeats))
    n = len(QUESTIONS)
    assert found["determinism.batch_1"].value == pytest.approx(1 - 1 / n)
    assert found["determinism.batch_4"].value == pytest.approx(1 - 2 / n)
    assert found["determinism.batch"].value == pytest.approx(1 - 3 / n)
    assert found["determinism.batch"].n == n


def test_of_draws_all_have_to_agree():
    said = ["A potter.", "A potter.", "a POTTER", "A weaver."]

    def draws(question, draw):
        return said[draw - 1] if question.id in FOUR else "A potter."

    found = scores(material(STORED, *again("sampled", draws, draws=(1, 2, 3, 4))))
    n, part = len(QUESTIONS), len(FOUR)
    assert found["determinism.sampled"].value == pytest.approx(1 - part / n)
    assert found["determinism.sampled"].n == n
    distinct = found["determinism.sampled.distinct"]
    assert distinct.value == pytest.approx((3 * part + n - part) / n)
    assert 1 <= distinct.low < distinct.value < distinct.high <= 4
    # In normal form three of the four say the same.
    spread = -(0.75 * math.log(0.75) + 0.25 * math.log(0.25))
    assert found["determinism.sampled.entropy"].value == pytest.approx(spread * part / n)
    assert "determinism.batch" not in found
    assert "determinism.noise" not in found


def test_a_shipped_greedy_reply_is_held_against_the_stored_one():
    found = scores(material(STORED, *again("shipped", rewords(FOUR), stored=STORED)))
    assert found["determinism.shipped"].value == pytest.approx(1 - len(FOUR) / len(QUESTIONS))
    assert "determinism.shipped.distinct" not in found
    drawn = again("shipped", rewords(FOUR), draws=(1, 2))
    found = scores(material(STORED, *drawn))
    assert found["determinism.shipped"].value == 1  # the two draws agree with each other
    assert found["determinism.shipped.distinct"].value == 1


def test_verdicts_are_compared_with_the_stored_ones_and_of_draws_by_their_mean():
    repeats = again("batch_4", slips(FOUR), stored=STORED)
    found = scores(material(STORED, *repeats))
    assert found["determinism.verdicts.batch_4"].value == pytest.approx(
        1 - len(FOUR) / len(QUESTIONS)
    )

    def half(question, draw):
        return slips(FOUR)(question) if draw == 1 else oracle(question)

    found = scores(material(STORED, *again("sampled", half, draws=(1, 2))))
    verdicts = found["determinism.verdicts.sampled"]
    assert verdicts.value == pytest.approx(1 - len(FOUR) / len(QUESTIONS) / 2)
    assert verdicts.n == len(QUESTIONS)


def test_noise_counts_answerable_questions_whose_correctness_a_fresh_process_changes():
    unanswerable = {"n0", "n1", "u0"}
    repeats = again("process", slips(FOUR | unanswerable), stored=STORED)
    found = scores(material(STORED, *repeats))
    assert found["determinism.noise"].value == pytest.approx(len(FOUR) / len(ANSWERABLE))
    assert found["determinism.noise"].n == len(ANSWERABLE)


def test_where_replies_part_and_how_near_it_was_is_told_of_greedy_ones():
    parted = [
        replace(each, differs_at=at, gap=gap)
        for each, (at, gap) in zip(
            again("batch_1", oracle), [(1, 0.0), (2, 0.5), (9, 0.25), (4, None)], strict=False
        )
    ]
    drawn = again("sampled", oracle, draws=(1, 2))
    found = scores(material(STORED, *parted, *drawn))
    assert found["determinism.first_difference"].value == 3
    assert found["determinism.gap"].value == 0.5
    assert found["determinism.gap_median"].value == 0.25
    assert found["determinism.ties"].value == pytest.approx(1 / 3)
    assert found["determinism.ties"].n == 3


def test_a_repeat_of_a_question_that_was_never_answered_is_an_error():
    with pytest.raises(ValueError, match="was repeated and never answered"):
        scores(material(STORED[1:], *again("process", oracle)))


def test_every_score_that_is_given_is_one_that_the_family_names():
    ways = ("process", "rerun", "batch_1", "batch_4", "batch_16")
    repeats = [each for how in ways for each in again(how, rewords(FOUR), stored=STORED)]
    for how in ("sampled", "shipped"):
        repeats += again(how, rewords(FOUR), draws=(1, 2, 3))
    named = catalog.get("score", "determinism").options
    patterns = [re.compile(re.escape(name).replace("HOW", "[a-z_0-9]+")) for name in named]
    found = scores(material(STORED, *repeats))
    assert len(found) > len(named)
    for name in found:
        assert any(each.fullmatch(name) for each in patterns), name
    for name in named:
        assert name in found or "HOW" in name


@given(st.lists(st.sampled_from("abcd"), min_size=1, max_size=9))
def test_entropy_lies_between_certainty_and_all_different_and_knows_no_order(said):
    found = entropy(said)
    assert -1e-12 <= found <= math.log(len(said)) + 1e-12
    assert found == entropy(reversed(said))
    assert (found == 0) == (len(set(said)) == 1)


def test_entropy_of_two_and_two_is_the_logarithm_of_two():
    assert entropy(["a", "b", "a", "b"]) == pytest.approx(math.log(2))


def level(flipped, noisy, questions=QUESTIONS):
    """Scores of a level that gets `flipped` wrong, whose reference wavers on `noisy`."""
    again_said = again("process", slips(noisy), questions=questions)
    return levels.scores(
        Material(
            corpus=CORPUS,
            judged=scored_answers(judged(answered(slips(flipped)))),
            reference=scored_answers(judged(STORED)),
            reference_repeated={"process": judged([each.answer for each in again_said])},
        )
    )


def test_excess_is_what_a_level_flips_beyond_what_its_reference_flips_by_itself():
    found = level(FOUR, {"t3"})
    n = len(ANSWERABLE)
    assert found["quantization.flips"].value == pytest.approx(4 / n)
    excess = found["quantization.excess"]
    assert excess.value == pytest.approx(3 / n)
    assert excess.n == n
    assert excess.low < excess.value < excess.high


def test_a_level_that_flips_as_the_reference_does_by_itself_has_no_excess():
    excess = level(FOUR, {"t2", "t3", "p3", "o7"})["quantization.excess"]
    assert excess.value == 0
    assert excess.low < 0 < excess.high


def test_a_reference_that_repeats_to_the_last_token_leaves_the_interval_of_the_flips():
    found = level(FOUR, set())
    assert found["quantization.excess"] == found["quantization.flips"]
    quiet = level(set(), set())["quantization.excess"]
    assert (quiet.value, quiet.low) == (0, 0)
    assert quiet.high > 0  # nothing flipped, which so few questions do not prove


def test_a_reference_that_only_rewords_itself_makes_the_difference_less_sure():
    said = [each.answer for each in again("process", rewords({"t3"}))]
    shaky = levels.scores(
        Material(
            corpus=CORPUS,
            judged=scored_answers(judged(answered(slips(FOUR)))),
            reference=scored_answers(judged(STORED)),
            reference_repeated={"process": judged(said)},
        )
    )
    sure = level(FOUR, set())["quantization.excess"]
    excess = shaky["quantization.excess"]
    assert excess.value == sure.value
    assert excess.low < sure.low


def test_of_a_sample_both_sides_are_taken_on_the_questions_of_the_sample():
    some = [question for question in QUESTIONS if question.id in {"t0", "t3", "p3", "n0"}]
    excess = level(FOUR, {"t3"}, questions=some)["quantization.excess"]
    assert excess.n == 3
    assert excess.value == pytest.approx(1 / 3 - 1 / 3)


def test_without_a_reference_that_was_asked_again_there_is_no_excess():
    own = scored_answers(judged(answered(slips(FOUR))))
    alone = Material(corpus=CORPUS, judged=own, reference=scored_answers(judged(STORED)))
    assert "quantization.flips" in levels.scores(alone)
    assert "quantization.excess" not in levels.scores(alone)
