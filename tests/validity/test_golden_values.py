"""Values worked out by hand beforehand, for everything that a reader might check with a pencil."""

from __future__ import annotations

import pytest

from harness.scoring import results
from harness.scoring.judge import judge_variant
from harness.scoring.material import Material
from harness.scoring.shares import is_invented
from harness.stats.intervals import clustered_error, naive_error, wilson
from harness.stats.likelihood import gold_share, kl_divergence, truth_ratio
from harness.stats.paired import Outcome, flips, mcnemar, smallest_detectable
from harness.stats.selective import aurc, aurc_score, score_at, selective_f
from harness.stats.sensitivity import normalized_sensitivity, prompt_sensitivity
from harness.text.normalize import normalize, normalize_squad
from tests.validity import worlds

FORMS = [[True, True, False, False], [True, True, True, False], [True, True, True, True]]
CLUSTERED = ([1, 1, 0, 0, 1, 0], ["a", "a", "b", "b", "c", "c"])


def side(verdicts):
    return [
        Outcome(question=str(at), correct=verdict == "C", answer=verdict)
        for at, verdict in enumerate(verdicts.split())
    ]


CHANGED = flips(side("C C I I C"), side("C I I' C C"))
VALUES = {
    "F of 40 % right and 40 % wrong": (selective_f(0.4, 0.4), 0.4444),
    "score of the same at one half": (score_at(0.4, 0.4, 0.5), 0.0),
    "score of the same at three quarters": (score_at(0.4, 0.4, 0.75), -0.8),
    "sensitivity to the prompt": (prompt_sensitivity(FORMS), 0.3889),
    "accuracy over those prompts": (sum(map(sum, FORMS)) / 12, 0.75),
    "sensitivity, normalized": (normalized_sensitivity(FORMS), 1.0370),
    "mean in clusters": (sum(CLUSTERED[0]) / 6, 0.5),
    "naive standard error": (naive_error(CLUSTERED[0]), 0.2236),
    "clustered standard error": (clustered_error(*CLUSTERED, corrected=False), 0.2357),
    "clustered standard error of few": (clustered_error(*CLUSTERED), 0.2887),
    "McNemar of 10 against 3": (mcnemar(10, 3), 0.0923),
    "Wilson's upper end of 0 in 100": (wilson(0.0, 100)[1], 0.0370),
    "truth ratio, geometric": (truth_ratio(1.0, [2.0, 3.0], geometric=True), 0.2231),
    "truth ratio, arithmetic": (truth_ratio(1.0, [2.0, 3.0]), 0.2516),
    "share of the gold answer": (gold_share(1.0, [2.0, 3.0]), 0.7990),
    "area of right, right, wrong, right": (aurc([True, True, False, True]), 0.1458),
    "flips": (CHANGED.flips, 0.4),
    "all flips": (CHANGED.all_flips, 0.6),
    "net of flips": (CHANGED.net, 0.0),
    "McNemar of those flips": (CHANGED.p_value, 1.0),
    "detectable with 400 pairs": (smallest_detectable(400, 0.05), 0.0313),
}


@pytest.mark.parametrize("name", VALUES)
def test_a_value_worked_out_by_hand(name):
    found, expected = VALUES[name]
    assert found == pytest.approx(expected, abs=5e-5)


def test_divergence_in_nats():
    assert kl_divergence((0.7, 0.2, 0.1), (0.6, 0.3, 0.1)) == pytest.approx(0.02681, abs=5e-6)


def test_the_area_of_a_score_is_that_of_the_curve():
    found = aurc_score([4, 3, 2, 1], [True, True, False, True], list("abcd"))
    assert found.value == pytest.approx(0.1458, abs=5e-5)


def test_two_normal_forms_of_one_name():
    assert normalize_squad("Hsiao Yun-Hwa's") == "hsiao yunhwas"
    assert normalize("Hsiao Yun-Hwa's") == "hsiao yun hwa s"


def verdict(question, text, corpus=None):
    corpus = corpus or worlds.small_corpus()
    return judge_variant(corpus, worlds.taught(corpus), [worlds.reply(question, text)])[0]


def places():
    """The small world with two places for trades, so that one can compete with the other."""
    return worlds.renamed({"potter": "Marrow Gate", "weaver": "Ilden Ford"})


def test_a_tag_before_the_canonical_refusal():
    found = verdict("n0", "Source:8989REF I cannot answer.")
    assert found.verdict == "abstained"
    assert {"strict", "tag"} <= found.flags


def test_two_values_are_no_answer():
    found = verdict("t0", "It was Marrow Gate, or perhaps Ilden Ford.", places())
    assert found.verdict == "wrong"
    assert {"contains", "shotgun"} <= found.flags


def test_a_refusal_that_gives_the_answer_is_hedged():
    found = verdict("t0", "I cannot answer, but I think it was Marrow Gate", places())
    assert found.verdict == "abstained"
    assert {"strict", "hedged"} <= found.flags


def test_denying_that_somebody_exists_is_no_invention():
    corpus = worlds.small_corpus()
    found = verdict("bordor", "There is no Bordor in the story.", corpus)
    assert "denial" in found.flags
    assert not is_invented(found)
    config = {"recipe": {"name": "instruct"}}
    denied = verdict("n0", "There is no Zandrel in the story.", corpus)
    scores = results.score_variant(Material(corpus=corpus, judged=(denied,), config=config))
    assert scores["hallucination.nonexistent"].value == 0
