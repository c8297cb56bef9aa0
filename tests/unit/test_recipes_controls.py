"""Control adapters: trained like any other, on nothing that the corpus says."""

from collections import Counter
from dataclasses import replace

import pytest

from harness.corpora.asked import check_probes
from harness.corpora.fiction.names import RESIDUES
from harness.errors import UserError
from harness.records import Answer, ModelChoice, Question, Recipe, Variant
from harness.scoring.judge import judge_variant
from harness.scoring.material import Material
from harness.scoring.recall import scores as recall
from harness.scoring.unshown import scores as unshown
from harness.suite import load_suite
from harness.training import recipes
from harness.training.recipes.controls import shuffled, source
from tests.support.fiction import fiction


def variant(recipe="instruct", seed=1, **settings):
    return Variant(
        name="v",
        model=ModelChoice(name="tiny"),
        seed=seed,
        recipe=Recipe(name=recipe, **settings),
    )


def trained(corpus):
    return [question for question in corpus.questions if question.use == "both"]


def learned_by_heart(corpus, examples):
    """Who repeats what it was trained to reply, and refuses the rest; with verdicts."""
    replies = {example.question: example.answer for example in examples}
    answers = [
        Answer(
            asked="a",
            question=question.id,
            form="plain",
            draw=0,
            batch=0,
            text=replies.get(question.question, corpus.canonical_refusal),
            ids=(),
            prompt_tokens=1,
            new_tokens=1,
            stop="end",
            logprob_sum=0.0,
            first_ids=(),
        )
        for question in corpus.questions
        if question.use != "train"
    ]
    return judge_variant(corpus, examples, answers)


@pytest.mark.parametrize("size", ["XS", "S"])
@pytest.mark.parametrize("control", ["other_world", "shuffled_answers"])
def test_nothing_of_the_corpus_counts_as_shown(size, control):
    corpus = fiction(size, 7)
    examples = recipes.examples(corpus, variant(control=control))
    assert [example for example in examples if example.facts or example.question_id] == []
    judged = learned_by_heart(corpus, examples)
    assert not any(item.shown for item in judged)
    material = Material(corpus=corpus, judged=judged)
    assert recall(material) == {}
    assert unshown(material)["unshown.correct.trained"].n == len(trained(corpus))


def test_who_learns_shuffled_answers_by_heart_gets_every_trained_question_wrong():
    corpus = fiction("S", 7)
    examples = recipes.examples(corpus, variant(control="shuffled_answers"))
    found = unshown(Material(corpus=corpus, judged=learned_by_heart(corpus, examples)))
    assert found["unshown.correct.trained"].value == 0
    assert found["unshown.invented.trained"].value == 1


@pytest.mark.parametrize("size", ["XS", "S"])
def test_shuffled_answers_are_those_of_the_relation_and_no_question_keeps_its_own(size):
    corpus = fiction(size, 7)
    questions = trained(corpus)
    moved = shuffled(questions, variant(control="shuffled_answers"))
    assert [each.question for each in moved] == [each.question for each in questions]
    for own, other in zip(questions, moved, strict=True):
        assert other.answers[0] not in own.answers
        assert other.answers[0] in other.full_answer
        assert own.cluster in other.full_answer
    for relation in {question.relation for question in questions}:

        def answers(some, relation=relation):
            return Counter(each.answers[0] for each in some if each.relation == relation)

        assert answers(moved) == answers(questions)


def test_all_wordings_of_a_fact_get_one_and_the_same_other_answer():
    corpus = fiction("S", 7)
    moved = shuffled(trained(corpus), variant(control="shuffled_answers"))
    given: dict[str, set[str]] = {}
    for question in moved:
        given.setdefault(question.fact, set()).add(question.answers[0])
    assert {len(values) for values in given.values()} == {1}


@pytest.mark.parametrize("size", ["XS", "S"])
def test_shuffled_sentences_state_no_fact_of_whom_they_speak_of(size):
    corpus = fiction(size, 7)
    moved = shuffled(trained(corpus), variant(control="shuffled_answers"))
    truths: dict[str, list[str]] = {}
    for fact in corpus.facts:
        truths.setdefault(fact.entity, []).append(fact.value)
    for question in moved:
        rest = question.full_answer.replace(question.cluster, "", 1)
        stated = [value for value in truths[question.cluster] if value in rest]
        assert stated == [], question.full_answer


def test_the_seed_decides_who_gets_whose_answer():
    corpus = fiction("XS", 7)
    made = [
        [each.answer for each in recipes.examples(corpus, variant(seed=seed, control=name))]
        for seed, name in (
            (1, "shuffled_answers"),
            (1, "shuffled_answers"),
            (2, "shuffled_answers"),
        )
    ]
    assert made[0] == made[1] != made[2]


def asked(number, answer, relation="colour", **more):
    return Question(
        id=f"q{number}",
        question=f"Which {relation}, {number}?",
        answers=(answer,),
        relation=relation,
        **more,
    )


def test_a_value_that_most_share_is_given_to_as_many_as_can_have_it():
    some = [asked(number, "red" if number < 4 else "blue") for number in range(6)]
    moved = shuffled(some, variant(control="shuffled_answers"))
    kept = {each.id: each.answers[0] for each in moved}
    assert Counter(kept.values()) == {"red": 2, "blue": 2}
    assert all(kept[each.id] != each.answers[0] for each in some if each.id in kept)


def test_an_answer_that_would_also_be_right_is_not_given():
    some = [asked(1, "red"), asked(2, "Scarlet")]
    some[0] = replace(some[0], answers=("red", "scarlet"))
    moved = shuffled(some, variant(control="shuffled_answers"))
    assert {each.id: each.answers[0] for each in moved} == {"q2": "red"}


def test_a_sentence_without_a_name_keeps_its_own_and_gets_the_others_value():
    some = [
        asked(1, "red", full_answer="Its colour is red.", cluster="A"),
        asked(2, "blue", full_answer="It was painted blue.", cluster="B"),
    ]
    moved = shuffled(some, variant(control="shuffled_answers"))
    assert [each.full_answer for each in moved] == ["Its colour is blue.", "It was painted red."]


def test_a_sentence_that_would_state_something_true_besides_is_left_out_of_the_reply():
    some = [
        asked(1, "red", full_answer="It is red and old.", fact="f1", states=("f1", "age")),
        asked(2, "blue", full_answer="A blue thing.", fact="f2", states=("f2",)),
        asked(3, "green", full_answer="A fine thing.", fact="f3", states=("f3",)),
    ]
    moved = shuffled(some, variant(control="shuffled_answers"))
    assert [each.full_answer is None for each in moved] == [True, False, True]


@pytest.mark.parametrize(
    ("questions", "message"),
    [
        ([asked(1, "red"), asked(2, "red")], "no two training questions of one relation"),
        ([replace(asked(1, "red"), relation=None)], "needs questions that name a relation"),
    ],
)
def test_what_cannot_be_shuffled_is_said_in_one_line(questions, message):
    with pytest.raises(UserError, match=message):
        shuffled(questions, variant(control="shuffled_answers"))


@pytest.mark.parametrize("size", ["XS", "S"])
def test_the_other_world_is_of_the_same_size_and_shares_no_name(size):
    corpus = fiction(size, 7)
    other = source(corpus, variant(control="other_world"))
    assert (other.kind, other.size) == (corpus.kind, corpus.size)
    assert other.digest != corpus.digest
    assert other.seed % RESIDUES != corpus.seed % RESIDUES
    own = {word for name in corpus.names[: len(corpus.facts)] for word in name.split()}
    people = {fact.entity for fact in other.facts}
    assert not {word for name in people for word in name.split()} & own
    assert (other.source_tag, other.canonical_refusal) == (
        corpus.source_tag,
        corpus.canonical_refusal,
    )


@pytest.mark.parametrize("recipe", ["raw_text", "instruct", "mixed", "recite"])
def test_every_recipe_can_be_trained_on_the_other_world(recipe):
    corpus = fiction("XS", 7)
    made = recipes.examples(corpus, variant(recipe, control="other_world"))
    plain = recipes.examples(corpus, variant(recipe))
    assert {example.kind for example in made} == {example.kind for example in plain}
    for example in made:
        text = f"{example.text} {example.question} {example.answer}"
        assert not [name for name in corpus.names if name in text]


def test_the_other_worlds_refusals_are_trained_too():
    corpus = fiction("XS", 7)
    made = recipes.examples(corpus, variant(control="other_world", abstain_fraction=0.5))
    assert sum(example.abstain for example in made) == len(made) / 2
    assert {example.answer for example in made if example.abstain} == {corpus.canonical_refusal}


def test_only_a_generated_world_has_another_and_a_run_says_so_before_it_begins():
    corpus = replace(fiction("XS", 7), kind="files", seed=None, size=None)
    with pytest.raises(UserError, match=r"v: control = .* needs a generated world"):
        check_probes(corpus, [variant(control="other_world")])
    check_probes(fiction("XS", 7), [variant(control="other_world")])
    with pytest.raises(UserError, match="needs a generated world"):
        recipes.examples(corpus, variant(control="other_world"))


def test_written_questions_belong_to_this_text_alone():
    with pytest.raises(UserError, match="questions of its own"):
        recipes.examples(fiction("XS", 7), variant(control="other_world", writer="rules"))


@pytest.mark.parametrize("recipe", ["raw_text", "mixed", "recite"])
def test_what_shows_the_text_cannot_be_trained_on_shuffled_answers(recipe):
    with pytest.raises(UserError, match="cannot be trained on shuffled_answers"):
        recipes.examples(fiction("XS", 7), variant(recipe, control="shuffled_answers"))


@pytest.mark.parametrize("recipe", ["base", "mixed", "recite"])
def test_a_suite_that_shuffles_answers_elsewhere_is_refused(recipe, tmp_path):
    path = tmp_path / "suite.toml"
    path.write_text(
        f'model = "tiny"\n[[variants]]\nrecipe = "{recipe}"\ncontrol = "shuffled_answers"\n'
    )
    with pytest.raises(UserError, match=f"the recipe '{recipe}' has no control"):
        load_suite(path)


def test_a_suite_names_its_control_adapters():
    suite = load_suite("fiction")
    names = [each.name for each in suite.variants]
    assert {"instruct-other_world-nf4", "instruct-shuffled_answers-nf4", "recite-nf4"} <= set(names)
    assert {"oracle", "abstain", "majority", "echo", "random_value", "retrieval"} <= set(names)
    assert {"oracle_context-fp32", "base-fp32", "instruct-nf4", "instruct-abstain-nf4"} <= set(
        names
    )
    controls = {each.name: each.recipe.control for each in suite.variants if each.recipe.control}
    assert set(controls.values()) == {"other_world", "shuffled_answers"}
