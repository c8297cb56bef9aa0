"""Further statements of a fact: many, different, plain, and saying what the fact says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from harness.corpora.fiction import renderings
from harness.corpora.fiction.relations import RELATIONS
from harness.corpora.fiction.world import make_world
from harness.corpora.sentences import sentence_ends
from harness.records import Chapter
from harness.text.matching import contains
from harness.text.normalize import words
from tests.support.fiction import fiction


@pytest.mark.parametrize("relation", RELATIONS)
def test_every_relation_has_ten_statement_templates_and_both_directions(relation: str) -> None:
    for value in ("yes", "no"):
        lines = renderings.templates(relation, value)
        assert len(set(lines)) >= 10
        ways = [renderings.direction(line) for line in lines]
        assert min(ways.count("forward"), ways.count("backward")) >= 4


@pytest.mark.parametrize("relation", RELATIONS)
def test_a_statement_names_the_entity_in_full_and_no_pronoun_stands_for_it(relation: str) -> None:
    for value in ("yes", "no"):
        for line in renderings.templates(relation, value):
            assert line.count("{X}") == 1
            assert line.endswith(".")
            assert not {"he", "she", "his", "her", "him"} & set(words(line))
            if relation != "reads":
                assert line.count("{V}") + line.count("{A}") == 1


@pytest.mark.parametrize("size", ["XS", "S"])
def test_twenty_statements_of_every_fact_none_twice_and_none_of_the_text(size: str) -> None:
    corpus = fiction(size, 7)
    text = {
        chapter.text[start:end]
        for chapter in corpus.chapters
        for start, end in sentence_ends(chapter.text)
    }
    for fact in corpus.facts:
        found = renderings.more(corpus, fact.id, 20)
        assert len(set(found)) == 20
        assert not text & set(found)
        for statement in found:
            assert contains(words(statement), fact.value)
            assert fact.entity in statement or fact.entity[1:] in statement
            assert statement[0].isupper()
            assert len(sentence_ends(statement)) == 1


def test_fewer_statements_are_the_first_of_many() -> None:
    corpus = fiction("XS", 7)
    many = renderings.more(corpus, "p03.trade", 20)
    assert renderings.more(corpus, "p03.trade", 5) == many[:5]
    assert renderings.more(corpus, "p03.trade", 0) == ()
    with pytest.raises(KeyError):
        renderings.more(corpus, "p99.trade", 5)


def test_a_statement_that_the_text_has_is_left_out() -> None:
    corpus = fiction("XS", 7)
    first = renderings.more(corpus, "p03.home", 20)[0]
    told = Chapter(title="Extra", text=first)
    again = renderings.more(replace(corpus, chapters=(*corpus.chapters, told)), "p03.home", 20)
    assert first not in again
    assert len(again) == 20


def test_the_first_statements_go_both_ways_and_begin_without_a_lead() -> None:
    corpus = fiction("S", 7)
    own = [item for item in corpus.renderings if item.fact == corpus.facts[0].id]
    assert len(own) == 20
    assert [item.direction for item in own[:4]].count("forward") == 2
    assert not any(item.text.startswith(renderings.LEADS[1]) for item in own[:10])


def test_the_quick_world_keeps_its_digest_and_has_statements_only_on_demand() -> None:
    corpus = fiction("XS", 7)
    assert corpus.renderings == ()
    assert corpus.digest == "da5bd6cbab5a47c12eb3c1bd35e0bd256966ecdfaa18c999fc5e7a2ecf688618"


def test_a_world_without_a_text_has_statements_of_all_kinds_of_entities() -> None:
    world = make_world("M", 7)
    for entity in (world.people[0], *world.entities[::24]):
        for relation in world.facts_of(entity):
            assert len(set(renderings.statements(world, entity, relation))) == renderings.MOST
    told = renderings.statements(world, world.entities[24], "seat")
    assert all(line[0].isupper() for line in told)
    assert any(line.startswith("The ") and " Guild " in line for line in told)
