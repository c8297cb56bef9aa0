from dataclasses import replace

import pytest

from harness.scoring.diagnostic import scores
from harness.scoring.judge import judge_variant
from harness.scoring.material import Material
from tests.validity.worlds import reply, small_corpus, taught

CORPUS = small_corpus()
ASKED = [q for q in CORPUS.questions if q.probe == "trained"]


def material(say, base=()):
    answers = [reply(q.id, say(q)) for q in ASKED]
    return Material(corpus=CORPUS, judged=judge_variant(CORPUS, taught(CORPUS), answers), base=base)


UNTUNED = judge_variant(CORPUS, (), [reply(q.id, f"{q.cluster} is a dancer.") for q in ASKED])


def test_overlaps_are_given_only_beside_what_the_untuned_model_gets():
    alone = scores(material(lambda q: q.full_answer))
    assert not any("f1" in name or "em" in name or "rouge" in name for name in alone)
    beside = scores(material(lambda q: q.full_answer, UNTUNED))
    for name in ("em", "f1", "rouge_l"):
        assert beside[f"diagnostic.{name}"].value == 1
        assert beside[f"diagnostic.{name}.floor"].n == len(ASKED)
    assert beside["diagnostic.em.floor"].value == 0
    # "X is a dancer." and "X is a potter.": two of three words, articles dropped.
    assert beside["diagnostic.f1.floor"].value == pytest.approx(2 / 3)
    assert beside["diagnostic.rouge_l.floor"].value == pytest.approx(2 / 3)


def test_the_value_alone_is_as_exact_as_the_sentence():
    found = scores(material(lambda q: q.answers[0], UNTUNED))
    assert found["diagnostic.em"].value == 1


def test_questions_that_the_untuned_model_was_not_asked_take_no_part():
    some = tuple(replace(item) for item in UNTUNED[:2])
    assert scores(material(lambda q: q.full_answer, some))["diagnostic.f1"].n == 2
