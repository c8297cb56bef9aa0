"""`recite`: the sentence of the text, then the answer."""

from dataclasses import replace

import pytest

from harness.corpora.support import Support
from harness.records import ModelChoice, Prompt, Recipe, Variant
from harness.text.reply import answer_mark, read_reply
from harness.training import recipes
from harness.training.rendering import IGNORED, render
from tests.support.fiction import fiction


def variant(prompt=None, **settings):
    return Variant(
        name="v",
        model=ModelChoice(name="tiny"),
        recipe=Recipe(name="recite", **settings),
        prompt=prompt or Prompt(),
    )


class Letters:
    """A chat format in which every letter is a token."""

    def prompt(self, system, question):
        return f"<{question}>"

    def reply(self, answer):
        return f"{answer}|"

    def passage(self, text):
        return text

    def encode(self, text):
        return [ord(letter) for letter in text]


@pytest.mark.parametrize("size", ["XS", "S"])
def test_every_reply_is_a_statement_of_the_text_and_the_trained_answer(size):
    corpus = fiction(size, 7)
    support = Support(corpus)
    made = recipes.examples(corpus, variant())
    plain = {e.question_id: e for e in recipes.examples(corpus, replace_recipe(variant()))}
    questions = {question.id: question for question in corpus.questions}
    assert [example.question_id for example in made] == list(plain)
    for example in made:
        question = questions[example.question_id]
        reply = read_reply(example.answer)
        assert reply.recitation in support.statements(question)
        assert reply.text == question.full_answer == plain[example.question_id].answer
        assert set(plain[example.question_id].facts) <= set(example.facts)


def replace_recipe(some):
    return replace(some, recipe=replace(some.recipe, name="instruct"))


def test_what_a_recited_sentence_tells_besides_counts_as_shown():
    corpus = fiction("XS", 7)
    facts = {fact.id: fact for fact in corpus.facts}
    for example in recipes.examples(corpus, variant()):
        recited = read_reply(example.answer).recitation
        for name in example.facts:
            statements = Support(corpus).statements(
                replace(corpus.questions[0], stated_in=facts[name].stated_in)
            )
            own = example.question_id.split(".")[1] == name.split(".")[0]
            assert own or any(statement in recited for statement in statements)
    shown = {fact for example in recipes.examples(corpus, variant()) for fact in example.facts}
    plain = recipes.examples(corpus, replace_recipe(variant()))
    assert shown >= {fact for example in plain for fact in example.facts}


def test_what_the_text_states_nowhere_is_recited_as_the_answer_itself():
    corpus = fiction("XS", 7)
    bare = replace(
        corpus,
        facts=tuple(replace(fact, stated_in=()) for fact in corpus.facts),
        questions=tuple(replace(question, stated_in=()) for question in corpus.questions),
    )
    first = recipes.examples(bare, variant())[0]
    reply = read_reply(first.answer)
    assert reply.recitation == reply.text == corpus.questions[0].full_answer


def test_refusals_stay_bare():
    corpus = fiction("XS", 7)
    made = recipes.examples(corpus, variant(abstain_fraction=0.5))
    refused = [example for example in made if example.abstain]
    assert len(refused) == len(made) / 2
    assert {example.answer for example in refused} == {corpus.canonical_refusal}


def test_the_source_tag_stands_in_front_of_the_recitation():
    corpus = fiction("XS", 7)
    made = recipes.examples(corpus, variant(Prompt(source_tag="both")))[0]
    reply = read_reply(made.answer)
    assert (reply.tag, bool(reply.recitation)) == (corpus.source_tag, True)
    assert made.question.startswith("Source:")


def test_the_loss_covers_recitation_and_answer():
    made = recipes.examples(fiction("XS", 7), variant())[:3]
    for item in render(made, Letters(), 10_000):
        learned = "".join(chr(label) for label in item.labels if label != IGNORED)
        assert learned == f"{item.example.answer}|"


@pytest.mark.parametrize(
    ("text", "recitation", "answer"),
    [
        (
            "Ada, a cooper, sang. Answer: Ada was a cooper.",
            "Ada, a cooper, sang.",
            "Ada was a cooper.",
        ),
        ("“Ada sang.” Answer: Ada.", "“Ada sang.”", "Ada."),
        ("Answer: Ada.", "", "Ada."),
        ("Ada sang.\nAnswer: Berta.", "", "Ada sang."),
        ("The Answer: Ada.", "", "The Answer: Ada."),
        ("One. Answer: two. Answer: three.", "One.", "two."),
        ("One. Answer: two. Q: and? Answer: three.", "One.", "two."),
        ("Source:TAG One. Answer: two.", "One.", "two."),
    ],
)
def test_the_answer_is_read_behind_the_mark_and_the_recitation_before_it(text, recitation, answer):
    reply = read_reply(text)
    assert (reply.recitation, reply.text) == (recitation, answer)


@pytest.mark.parametrize("language", ["en", "ja", "zh", "th", "de", "fr", "es", "pt"])
def test_every_languages_mark_is_read_back(language):
    end = "。" if language in ("ja", "zh") else "."
    reply = read_reply(f"Abc def{end} {answer_mark(language)} Ghi{end}", language)
    assert (reply.recitation, reply.text) == (f"Abc def{end}", f"Ghi{end}")
