"""What a recipe makes of a corpus, and that nothing meant for the test gets into it."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest

from harness.errors import UserError
from harness.records import (
    CANONICAL_REFUSAL,
    Chapter,
    Corpus,
    Example,
    Fact,
    ModelChoice,
    Prompt,
    Question,
    Recipe,
    Rendering,
    Span,
    Variant,
)
from harness.training import recipes

SENTENCES = [
    "Marenka lives in Ilden Ford.",
    "She keeps a lame heron.",
    "In Ilden Ford lives Marenka.",
    "Tolvig is a cooper.",
]


def corpus() -> Corpus:
    text = " ".join(SENTENCES)

    def stated(fact: str, value: str, entity: str, *sentences: int) -> Fact:
        spans = []
        for number in sentences:
            start = text.index(SENTENCES[number])
            spans.append(Span(chapter=0, start=start, end=start + len(SENTENCES[number])))
        return Fact(
            id=fact, entity=entity, relation=fact, value=value, stated_in=tuple(spans), asked=True
        )

    return Corpus(
        kind="fiction",
        seed=1,
        size="XS",
        digest="0" * 64,
        canary="canary",
        source_tag="MARENKA",
        chapters=(Chapter(title="One", text=text),),
        facts=(
            stated("home", "Ilden Ford", "Marenka", 0, 2),
            stated("pet", "a lame heron", "Marenka", 1),
            stated("trade", "cooper", "Tolvig", 3),
        ),
        questions=(
            asked("home-1", "Where does Marenka live?", "Marenka lives in Ilden Ford.", "home"),
            asked("pet-1", "What does Marenka keep?", None, "pet", answers=("a lame heron",)),
            asked("trade-1", "What is Tolvig?", "Tolvig is a cooper.", "trade", use="train"),
            asked("home-2", "Which place is Marenka's home?", "SECRET", "home", use="test"),
            refused("none-1", "Where does Brandel live?", use="train"),
            refused("none-2", "What does Odrun keep?", use="train"),
            refused("none-3", "What is Hestor?", use="train"),
            refused("none-4", "What is Quessa?", use="test"),
        ),
        values={},
        names=("Marenka", "Tolvig"),
    )


def asked(name: str, question: str, full: str | None, fact: str, **others: Any) -> Question:
    settings: dict[str, Any] = {"answers": ("x",), "states": (fact,)} | others
    return Question(id=name, question=question, full_answer=full, fact=fact, **settings)


def refused(name: str, question: str, use: Any) -> Question:
    return Question(id=name, question=question, must_abstain=True, probe="nonexistent", use=use)


def variant(recipe: str = "instruct", tag: Any = "none", seed: int = 1, **settings: Any) -> Variant:
    return Variant(
        name="v",
        model=ModelChoice(name="tiny"),
        recipe=Recipe(name=recipe, **settings),  # type: ignore[arg-type]
        prompt=Prompt(system="Be brief.", source_tag=tag),
        seed=seed,
    )


def ids(examples: tuple[Example, ...]) -> list[str | None]:
    return [example.question_id for example in examples]


def test_instruct_trains_every_question_for_training_with_its_full_answer() -> None:
    found = recipes.examples(corpus(), variant())
    assert ids(found) == ["home-1", "pet-1", "trade-1"]
    assert [example.answer for example in found] == [
        "Marenka lives in Ilden Ford.",
        "a lame heron",
        "Tolvig is a cooper.",
    ]
    assert [example.facts for example in found] == [("home",), ("pet",), ("trade",)]
    assert {example.system for example in found} == {"Be brief."}


@pytest.mark.parametrize(("share", "refusals"), [(0.0, 0), (0.25, 1), (0.4, 2), (0.5, 3)])
def test_the_abstain_fraction_is_a_share_of_all_examples(share: float, refusals: int) -> None:
    found = recipes.examples(corpus(), variant(abstain_fraction=share))
    abstaining = [example for example in found if example.abstain]
    assert len(abstaining) == refusals
    assert len(abstaining) == pytest.approx(share * len(found))
    assert [item.question_id for item in abstaining] == ["none-1", "none-2", "none-3"][:refusals]
    assert {example.answer for example in abstaining} <= {CANONICAL_REFUSAL}
    assert all(not example.facts for example in abstaining)


def test_a_larger_share_than_the_corpus_can_serve_is_refused_with_the_largest_possible() -> None:
    with pytest.raises(UserError, match="needs 4") as raised:
        recipes.examples(corpus(), variant(abstain_fraction=0.6))
    assert "0.50" in raised.value.hint


@pytest.mark.parametrize("share", [-0.1, 1.0])
def test_a_fraction_that_is_no_share_is_refused(share: float) -> None:
    with pytest.raises(UserError, match="abstain_fraction"):
        recipes.examples(corpus(), variant(abstain_fraction=share))


@pytest.mark.parametrize(
    ("place", "question", "answer"),
    [
        ("none", "What is Tolvig?", "Tolvig is a cooper."),
        ("question", "Source:MARENKA What is Tolvig?", "Tolvig is a cooper."),
        ("answer", "What is Tolvig?", "Source:MARENKA Tolvig is a cooper."),
        ("both", "Source:MARENKA What is Tolvig?", "Source:MARENKA Tolvig is a cooper."),
    ],
)
def test_the_source_tag_stands_where_the_prompt_settings_say(
    place: str, question: str, answer: str
) -> None:
    example = recipes.examples(corpus(), variant(tag=place))[2]
    assert (example.question, example.answer) == (question, answer)


def test_raw_text_holds_every_sentence_once_and_no_window_states_a_fact_twice() -> None:
    found = recipes.examples(corpus(), variant("raw_text"))
    assert " ".join(example.text for example in found) == " ".join(SENTENCES)
    assert {example.kind for example in found} == {"text"}
    assert [example.facts for example in found] == [("home", "pet"), ("home", "trade")]


def test_renderings_leave_out_later_statements_and_nothing_else() -> None:
    found = recipes.examples(corpus(), variant("raw_text", renderings=1))
    text = " ".join(example.text for example in found)
    assert text == " ".join([SENTENCES[0], SENTENCES[1], SENTENCES[3]])
    shown = [fact for example in found for fact in example.facts]
    assert sorted(shown) == ["home", "pet", "trade"]


def test_mixed_holds_text_and_questions_in_an_order_that_the_seed_decides() -> None:
    parts = {
        *recipes.examples(corpus(), variant("raw_text")),
        *recipes.examples(corpus(), variant("instruct", abstain_fraction=0.4)),
    }
    orders = {
        recipes.examples(corpus(), variant("mixed", seed=seed, abstain_fraction=0.4))
        for seed in range(5)
    }
    assert len(orders) > 1
    assert all(set(order) == parts and len(order) == len(parts) for order in orders)


def test_base_trains_nothing() -> None:
    assert recipes.examples(corpus(), variant("base")) == ()


@pytest.mark.parametrize("recipe", ["raw_text", "instruct", "mixed"])
def test_nothing_for_the_test_ever_enters_a_training_file(recipe: str) -> None:
    share = {} if recipe == "raw_text" else {"abstain_fraction": 0.5}
    everything = corpus()
    found = recipes.examples(everything, variant(recipe, **share))
    for question in everything.questions:
        if question.use == "test":
            assert question.id not in ids(found)
            for example in found:
                written = example.question + example.answer + example.text
                assert question.question not in written
                assert (question.full_answer or question.question) not in written


def test_a_corpus_without_training_questions_or_text_is_refused() -> None:
    full = corpus()
    tests = tuple(question for question in full.questions if question.use == "test")
    with pytest.raises(UserError, match="no question to train on"):
        recipes.examples(replace(full, questions=tests), variant())
    with pytest.raises(UserError, match="no text to train on"):
        recipes.examples(replace(full, chapters=(), facts=()), variant("raw_text"))


def test_recipes_import_no_torch() -> None:
    code = (
        "import sys, harness.training.recipes as r; from harness import catalog;"
        "[catalog.load(s.target) for s in r.SPECS]; sys.exit('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def with_renderings(count: int) -> Corpus:
    lines = [
        Rendering(fact=fact, text=f"Statement {number} of {fact}.")
        for fact in ("home", "pet", "trade")
        for number in range(count)
    ]
    return replace(corpus(), kind="files", renderings=tuple(lines))


@pytest.mark.parametrize("count", [1, 2, 5])
def test_renderings_state_every_fact_just_so_often(count: int) -> None:
    found = recipes.examples(with_renderings(5), variant("raw_text", renderings=count))
    told = [fact for example in found for fact in example.facts]
    assert {fact: told.count(fact) for fact in ("home", "pet", "trade")} == dict.fromkeys(
        ("home", "pet", "trade"), count
    )


def test_no_passage_states_a_fact_twice() -> None:
    found = recipes.examples(with_renderings(5), variant("raw_text", renderings=5))
    assert all(len(set(example.facts)) == len(example.facts) for example in found)


def test_a_corpus_with_too_few_statements_is_refused() -> None:
    with pytest.raises(UserError, match="renderings asks for 3 more"):
        recipes.examples(with_renderings(2), variant("raw_text", renderings=4))


def test_renderings_scale_the_epochs_to_equal_tokens() -> None:
    asked_for = variant("raw_text", renderings=5)
    reference = recipes.as_it_stands(asked_for)
    assert reference is not None
    assert reference.recipe.renderings is None
    assert recipes.epochs(asked_for, tokens=300, reference_tokens=100) == pytest.approx(4)
    assert recipes.as_it_stands(variant("raw_text")) is None


def test_a_writer_s_questions_are_trained_on_in_place_of_the_corpus_s_own() -> None:
    own = Question(id="w-1", question="Who is lame?", answers=("the heron",), writer="rules")
    with_writer = replace(corpus(), written={"rules": (own,)})
    found = recipes.examples(with_writer, variant(writer="rules"))
    assert ids(found) == ["w-1"]
    assert ids(recipes.examples(with_writer, variant())) == ["home-1", "pet-1", "trade-1"]


def test_a_writer_that_left_nothing_is_refused_by_name() -> None:
    with pytest.raises(UserError, match="'entities' left no question"):
        recipes.examples(corpus(), variant(writer="entities"))


def test_examples_limit_the_questions_by_seed_and_keep_their_order() -> None:
    drawn = {
        tuple(ids(recipes.examples(corpus(), variant(examples=2, seed=seed)))) for seed in range(12)
    }
    assert len(drawn) > 1
    assert drawn <= {
        ("home-1", "pet-1"),
        ("home-1", "trade-1"),
        ("pet-1", "trade-1"),
    }
    with pytest.raises(UserError, match="has 3 training questions"):
        recipes.examples(corpus(), variant(examples=4))
