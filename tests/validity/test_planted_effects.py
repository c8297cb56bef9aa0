"""What is planted in a run's answers comes back as scores, by as much as was planted."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from harness.corpora.fiction.generate import generate
from harness.records import UNANSWERABLE
from harness.scoring.judge import judge_variant
from harness.scoring.material import Material, by_form, scored_answers
from harness.scoring.results import score_variant
from tests.validity import worlds

CORPUS = generate("S", 11)
ASKED = [question for question in CORPUS.questions if question.use != "train"]
TAUGHT = worlds.taught(CORPUS)
CONFIG = {"recipe": {"name": "instruct"}, "prompt": {"forms": "many"}}
RATES = (0.0, 0.1, 0.3)


def chosen(probe, rate, salt=""):
    """So many questions of a probe, drawn: exactly the rate, rounded."""
    of_probe = [question.id for question in ASKED if question.probe == probe]
    return set(random.Random(f"{probe} {salt}").sample(of_probe, round(rate * len(of_probe))))


def scores(answers):
    judged = judge_variant(CORPUS, TAUGHT, answers)
    return score_variant(
        Material(corpus=CORPUS, judged=scored_answers(judged), config=CONFIG, forms=by_form(judged))
    )


def answers(answerer, changed=(), by=None):
    """An answerer's replies, those to some questions another one's."""
    return [
        worlds.reply(question.id, (by if question.id in changed else answerer)(question))
        for question in ASKED
    ]


def planted(probe, rate):
    count = sum(question.probe == probe for question in ASKED)
    return round(rate * count) / count


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("probe", ["trained", "paraphrase", "reversed"])
def test_corrupted_answers_lower_recall_by_as_many(probe, rate):
    corrupted = answers(
        worlds.oracle(CORPUS), chosen(probe, rate), lambda _: "Nobody has ever said anything of it."
    )
    found = scores(corrupted)[f"recall.{probe}"]
    assert found.value == pytest.approx(1 - planted(probe, rate), abs=1e-5)
    assert found.low <= 1 - rate <= found.high


@pytest.mark.parametrize("rate", RATES)
def test_other_values_in_the_place_of_right_ones_lower_recall_by_as_many(rate):
    other = worlds.random_value(CORPUS, 3)

    def wrong(question):
        while (said := other(question)) in question.answers:
            pass
        return said

    found = scores(answers(worlds.oracle(CORPUS), chosen("trained", rate), wrong))
    assert found["recall.trained"].value == pytest.approx(1 - planted("trained", rate), abs=1e-5)
    assert found["recall.paraphrase"].value == 1


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("refusal", ["I cannot answer.", "I don't know.", "The text does not say."])
def test_inserted_refusals_are_over_refusal(rate, refusal):
    refused = chosen("trained", rate) | chosen("paraphrase", rate)
    found = scores(answers(worlds.oracle(CORPUS), refused, lambda _: refusal))
    asked = sum(question.probe in ("trained", "paraphrase") for question in ASKED)
    assert found["refusal.over"].value == pytest.approx(len(refused) / asked, abs=1e-5)
    assert found["recall.trained"].value == pytest.approx(1 - planted("trained", rate), abs=1e-5)
    assert found["refusal.over"].low <= rate <= found["refusal.over"].high


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("probe", ["nonexistent", "near_miss", "unstated"])
def test_inserted_refusals_take_as_many_inventions_away(probe, rate):
    refused = chosen(probe, rate)
    inventing = answers(worlds.majority(CORPUS), refused, lambda _: CORPUS.canonical_refusal)
    found = scores(inventing)[f"hallucination.{probe}"]
    counted = [each for each in ASKED if each.probe == probe and not each.aside]
    left = sum(each.id not in refused for each in counted)
    assert found.value == pytest.approx(left / len(counted), abs=1e-5)


@pytest.mark.parametrize("rate", RATES)
def test_inserted_inventions_are_hallucination_and_move_no_recall(rate):
    invented = set().union(*(chosen(probe, rate) for probe in UNANSWERABLE))
    found = scores(answers(worlds.oracle(CORPUS), invented, worlds.echo(CORPUS)))
    for probe in UNANSWERABLE:
        counted = [each for each in ASKED if each.probe == probe and not each.aside]
        expected = sum(each.id in invented for each in counted) / len(counted)
        assert found[f"hallucination.{probe}"].value == pytest.approx(expected, abs=1e-5)
    assert found["recall.trained"].value == 1


@pytest.mark.parametrize("rate", RATES)
def test_empty_replies_are_unscored_and_neither_wrong_nor_refused(rate):
    found = scores(answers(worlds.oracle(CORPUS), chosen("trained", rate), lambda _: ""))
    assert found["recall.trained"].value == pytest.approx(1 - planted("trained", rate), abs=1e-5)
    assert found["refusal.over"].value == 0
    silent = len(chosen("trained", rate)) / sum(not each.aside for each in ASKED)
    assert found["unscored.share"].value == pytest.approx(silent, abs=1e-5)


def in_forms(broken):
    """The oracle in four forms; in one of them a share of the items is broken."""
    said = answers(worlds.oracle(CORPUS))
    hurt = chosen("trained", broken) | chosen("paraphrase", broken)
    wrong = answers(worlds.oracle(CORPUS), hurt, lambda _: "Nobody has ever said anything of it.")
    forms = [("plain", said), ("shouted", said), ("whispered", said), ("broken", wrong)]
    return [replace(answer, form=form) for form, each in forms for answer in each]


@pytest.mark.parametrize("broken", [0.1, 0.5])
def test_a_form_that_breaks_items_shows_as_spread(broken):
    found = scores(in_forms(broken))
    assert found["sensitivity.spread"].value == pytest.approx(broken, abs=0.01)
    # An effect widens what permuted forms give too: the corrected one is rather too small.
    assert 0.7 * broken < found["sensitivity.spread_corrected"].value <= broken
    assert found["sensitivity.spread_corrected"].low > 0
    assert found["sensitivity.worst"].value == pytest.approx(1 - broken, abs=0.01)
    assert found["sensitivity.form.broken"].value == pytest.approx(1 - broken, abs=0.01)
    assert found["recall.trained"].value == 1  # in the form that training used


def test_forms_that_change_nothing_show_no_spread():
    found = scores(in_forms(0.0))
    assert found["sensitivity.spread"].value == 0
    assert found["sensitivity.spread_corrected"].value == 0
    assert found["sensitivity.answer_change"].value == 0


def test_forms_that_differ_by_luck_alone_have_no_corrected_spread():
    """Each form breaks a tenth of the items of its own: the raw spread is noise."""
    replies = []
    for number in range(8):
        hurt = set()
        for probe in ("trained", "paraphrase"):
            asked = [each.id for each in ASKED if each.probe == probe]
            luck = random.Random(f"{probe} {number}")
            hurt |= {each for each in asked if luck.random() < 0.1}
        said = answers(worlds.oracle(CORPUS), hurt, lambda _: "Nobody has said anything of it.")
        replies += [replace(each, form="plain" if not number else f"f{number}") for each in said]
    found = scores(replies)
    assert found["sensitivity.spread"].value > 0.01
    corrected = found["sensitivity.spread_corrected"]
    assert corrected.low < 0 < corrected.high
