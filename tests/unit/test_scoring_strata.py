"""Facts are sorted by what the untuned model answered, and recall is told apart by that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from harness import catalog
from harness.records import Judged, Question
from harness.scoring import results, strata
from harness.scoring.contamination import scores as contamination
from harness.scoring.material import Material, scored_answers
from harness.scoring.recall import is_sentence
from tests.support.fake_run import Persona, judged_of, quick
from tests.support.fake_world import world
from tests.support.run_folder import write_run

CORPUS = world()
BASE = {"recipe": {"name": "base"}}
TUNED = {"recipe": {"name": "instruct"}}


def answers(**changes: object) -> tuple[Judged, ...]:
    persona = Persona(name="base-fp32", **changes)  # type: ignore[arg-type]
    return judged_of(CORPUS, persona)


def drawn(items: Iterable[Judged], *right: str) -> list[Judged]:
    """The same answers as a sampled draw, right about these facts only."""
    return [
        replace(
            item,
            answer=replace(item.answer, draw=1),
            verdict="correct" if item.question.fact in right else "wrong",
        )
        for item in items
    ]


def test_a_model_that_has_nothing_right_knows_nothing() -> None:
    assert set(strata.of(answers()).values()) == {"unknown"}


def test_a_fact_is_known_if_half_of_its_greedy_answers_are_right() -> None:
    found = strata.of(answers(right={"trained": 24}))
    assert {found[fact.id] for fact in CORPUS.facts if fact.asked} == {"known"}
    assert {found[fact.id] for fact in CORPUS.facts if not fact.asked} == {"unknown"}


def test_one_right_wording_of_three_is_not_knowing() -> None:
    first = next(q for q in CORPUS.questions if q.probe == "trained")
    items = [item for item in answers() if item.question.fact == first.fact]
    assert len(items) == 2
    third = replace(items[1], question=replace(items[1].question, id="third wording"))
    lucky = [replace(items[0], verdict="correct"), items[1], third]
    assert strata.of(lucky) == {first.fact: "unknown"}


def test_a_fact_that_only_a_sampled_answer_has_right_is_maybe_known() -> None:
    greedy = answers()
    found = strata.of([*greedy, *drawn(greedy, "marenka-trade")])
    assert found["marenka-trade"] == "maybe_known"
    assert found["marenka-home"] == "unknown"


def test_a_greedily_known_fact_stays_known_whatever_is_drawn() -> None:
    greedy = answers(right={"trained": 24})
    assert strata.of([*greedy, *drawn(greedy)])["marenka-trade"] == "known"


def test_without_draws_nothing_is_maybe_known_and_it_can_be_told() -> None:
    greedy = answers(right={"trained": 5})
    assert "maybe_known" not in strata.of(greedy).values()
    assert not strata.has_draws(greedy)
    assert strata.has_draws(drawn(greedy))


def test_only_one_prompt_form_counts() -> None:
    plain = answers()
    other = [
        replace(item, answer=replace(item.answer, form="polite"), verdict="correct")
        for item in plain
        if item.question.answers
    ]
    assert set(strata.of([*plain, *other]).values()) == {"unknown"}


def test_questions_the_other_way_round_say_nothing_about_the_fact() -> None:
    item = next(item for item in answers() if item.question.probe == "trained")
    backwards = replace(
        item, question=replace(item.question, id="r", probe="reversed"), verdict="correct"
    )
    assert strata.of([item, backwards]) == {item.question.fact: "unknown"}


def test_without_facts_the_wordings_of_one_answer_belong_together() -> None:
    item = next(item for item in answers() if item.question.probe == "trained")
    bare = replace(item.question, fact=None)
    other = replace(bare, id="other", question="And what was that?", answers=("The Weaver!",))
    assert bare.answers == ("weaver",)
    assert strata.key(replace(item, question=bare)) == strata.key(replace(item, question=other))


def tuned(right: int, base: tuple[Judged, ...]) -> Material:
    persona = Persona(name="tuned", recipe="instruct", right={"trained": right, "paraphrase": 0})
    return Material(
        corpus=CORPUS, judged=scored_answers(judged_of(CORPUS, persona)), config=TUNED, base=base
    )


def test_recall_is_told_apart_by_what_was_known() -> None:
    base = answers(right={"trained": 6})
    found = strata.scores(tuned(24, base))
    assert {name: (score.n, score.value) for name, score in found.items()} == {
        "recall.known": (12, 0.5),
        "recall.unknown": (36, 0.5),
    }
    assert found["recall.unknown"].clusters == 6
    assert found["recall.unknown"].low is not None


LONG_JAPANESE = "村の人々が古い石の橋のたもとで毎年ひらく春の大きな市場"
"""One word by the measure of English, a whole sentence by that of Japanese."""


def test_what_is_a_sentence_is_told_by_the_language_of_the_corpus() -> None:
    asked = [item for item in answers() if item.question.probe == "trained"]
    items = [replace(item, shown=True) for item in asked]
    long = replace(items[0], question=replace(items[0].question, answers=(LONG_JAPANESE,)))
    short = replace(items[1], question=replace(items[1].question, fact="other", answers=("橋",)))
    assert is_sentence(long, "ja")
    assert set(strata.of([long, short], "ja")) == {"other"}
    known = {strata.key(long): "unknown", "other": "unknown"}
    material = Material(
        corpus=replace(CORPUS, language="ja"),
        judged=scored_answers((long, short)),
        config=TUNED,
        base=(long, short),
    )
    assert strata.by_stratum(material, known)["unknown"] == [short]
    assert strata.scores(material)["recall.unknown"].n == 1


def test_maybe_known_facts_have_a_score_of_their_own() -> None:
    greedy = answers()
    found = strata.scores(tuned(24, (*greedy, *drawn(greedy, "marenka-trade"))))
    assert found["recall.maybe_known"].n == 2
    assert found["recall.unknown"].n == 46


def test_an_untuned_variant_and_a_run_without_one_have_no_strata() -> None:
    base = answers()
    assert strata.scores(tuned(24, ())) == {}
    assert strata.scores(replace(tuned(24, base), config=BASE)) == {}


def test_facts_that_were_not_shown_take_no_part() -> None:
    base = answers()
    material = tuned(24, base)
    hidden = tuple(replace(item, shown=False) for item in material.judged)
    assert strata.scores(replace(material, judged=hidden)) == {}


def test_the_strata_add_up_to_recall_of_trained_and_paraphrase(tmp_path) -> None:
    personas = [replace(p, right={"trained": 9}) if p.recipe == "base" else p for p in quick()]
    found = results.build(write_run(tmp_path / "run", personas))
    for row in found.variants:
        parts = [
            row.scores[f"recall.{name}"].n
            for name in strata.STRATA
            if f"recall.{name}" in row.scores
        ]
        if row.config["recipe"]["name"] == "base":
            assert parts == []
        else:
            both = row.scores["recall.trained"].n + row.scores["recall.paraphrase"].n
            assert sum(parts) == both
            assert len(parts) == 2


def test_contamination_counts_every_answerable_question_of_the_untuned_model() -> None:
    material = Material(
        corpus=CORPUS, judged=scored_answers(answers(right={"trained": 6})), config=BASE
    )
    found = contamination(material)
    assert (found["contamination.base"].n, found["contamination.base"].value) == (60, 0.1)
    assert found["contamination.base.trained"].value == 0.25
    assert found["contamination.base.text_only"].value == 0.0
    assert contamination(replace(material, config=TUNED)) == {}


def test_answers_that_are_sentences_take_no_part_in_contamination() -> None:
    items = [item for item in answers(right={"trained": 24}) if item.question.probe == "trained"]
    long = Question(
        question="Why?",
        answers=("because it had rained on the hill for nine whole days",),
        id="long",
    )
    sentence = replace(items[0], question=long, verdict="wrong")
    material = Material(corpus=CORPUS, judged=(*items, sentence), config=BASE)
    assert contamination(material)["contamination.base"].n == len(items)


def test_choices_that_a_guess_has_half_right_are_counted_apart() -> None:
    items = [item for item in answers() if item.question.probe == "trained"]
    chosen = [
        replace(
            item, question=replace(item.question, id=f"c{n}", probe="choice"), verdict="correct"
        )
        for n, item in enumerate(items)
    ]
    material = Material(corpus=CORPUS, judged=(*items, *chosen), config=BASE)
    found = contamination(material)
    assert (found["contamination.base"].n, found["contamination.base"].value) == (24, 0.0)
    assert found["contamination.base.choice"].value == 1.0


@pytest.mark.parametrize("family", ["strata", "contamination"])
def test_the_families_are_registered(family: str) -> None:
    assert family in catalog.specs("score")
