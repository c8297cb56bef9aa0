"""The suite `question-writers`: every writer can deliver what the variants ask for."""

from __future__ import annotations

from harness import catalog
from harness.corpora.build import build
from harness.records import WritingOrder
from harness.suite.loading import load_suite
from harness.writing import truth

NO_MODEL = ("rules", "entities")


def test_each_writer_stands_in_it_at_equal_numbers_and_with_all_it_has() -> None:
    suite = load_suite("question-writers")
    tuned = [variant.recipe for variant in suite.variants if variant.tuned]
    writers = {"truth", "rules", "entities", "selfinstruct"}
    few = {recipe.writer for recipe in tuned if recipe.examples == 6}
    more = {recipe.writer for recipe in tuned if recipe.examples == 24}
    assert few == writers
    assert more == writers - {"rules"}
    assert {recipe.examples for recipe in tuned} == {6, 24, None}
    assert {recipe.writer for recipe in tuned if recipe.examples is None} == writers
    assert any("{name}" in opening for opening in suite.writing.openings)


def test_the_writers_without_a_model_deliver_enough_questions_about_its_world() -> None:
    suite = load_suite("question-writers")
    corpus = build(suite.corpus)
    recipes = [variant.recipe for variant in suite.variants]
    for name in NO_MODEL:
        wanted = max(recipe.examples or 0 for recipe in recipes if recipe.writer == name)
        write = catalog.load(catalog.get("writer", name).target)
        left = write(corpus, WritingOrder(), lambda done, total, message: None)
        trained = [question for question in left.accepted if question.probe == "trained"]
        assert len(trained) >= wanted, name
        found = truth.check(corpus, trained)
        assert len(found.of("true")) >= 1, name
