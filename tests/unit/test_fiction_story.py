"""The story of a fictional world: what it states, and how it reads."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest

from harness.corpora.fiction import prose_checks
from harness.corpora.fiction.doors import DEBTS, TROUBLES
from harness.corpora.fiction.frames import FRAMES, HERO
from harness.corpora.fiction.hall import HALL, LAST
from harness.corpora.fiction.names import is_hers
from harness.corpora.fiction.paraphrases import PARAPHRASES, RELATION_WORDS
from harness.corpora.fiction.story import tell
from harness.corpora.fiction.world import World
from harness.corpora.fiction.world import make_world as new_world
from harness.corpora.gates import CorpusFault
from harness.corpora.sentences import sentence_ends
from harness.records import Corpus
from harness.text.normalize import words
from tests.support.fiction import fiction

SEEDS = range(1, 11)


@cache
def make_world(size: str, seed: int) -> World:
    """Each world is made once: the attempts at its story share it."""
    return new_world(size, seed)


def sentences(corpus: Corpus) -> list[tuple[int, str, bool]]:
    """Chapter, sentence and whether it states a fact."""
    found = []
    for number, chapter in enumerate(corpus.chapters):
        ends = {
            span.end for fact in corpus.facts for span in fact.stated_in if span.chapter == number
        }
        found += [
            (number, chapter.text[start:end], end in ends)
            for start, end in sentence_ends(chapter.text)
        ]
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_a_story_of_size_xs_has_the_length_that_the_quick_suite_counts_on(seed: int) -> None:
    corpus = fiction("XS", seed)
    count = sum(len(chapter.text.split()) for chapter in corpus.chapters)
    assert 1_300 <= count <= 1_600


@pytest.mark.parametrize("seed", SEEDS)
def test_at_least_a_third_of_the_sentences_state_no_fact(seed: int) -> None:
    stated = [states for _, _, states in sentences(fiction("XS", seed))]
    assert sum(not one for one in stated) >= len(stated) / 3


@pytest.mark.parametrize("seed", SEEDS)
def test_no_more_than_two_sentences_in_a_row_begin_with_the_same_subject(seed: int) -> None:
    corpus = fiction("XS", seed)
    firsts = {fact.entity.split()[0] for fact in corpus.facts}
    last, subjects = "", []
    for number, text, _ in sentences(corpus):
        word = re.findall(r"[A-Za-z]+", text)[0]
        if word in firsts:
            last = word
        elif word in {"He", "She"} and last and is_hers(last) == (word == "She"):
            word = last
        subjects.append((number, word if word not in {"The", "A", "In", "At"} else text[:12]))
    for (one, two), (_, three) in zip(pairwise(subjects), pairwise(subjects[1:]), strict=False):
        assert not one == two == three, one


@pytest.mark.parametrize("seed", SEEDS)
def test_every_fact_is_stated_twice_and_every_debt_once(seed: int) -> None:
    for fact in fiction("XS", seed).facts:
        assert len(fact.stated_in) == (1 if fact.relation == "debt" else 2), fact.id
        assert len({span.chapter for span in fact.stated_in}) == len(fact.stated_in)


@pytest.mark.parametrize("size", ["XS", "S"])
def test_articles_agree_and_no_slot_is_left_open(size: str) -> None:
    for seed in (1, 2, 3):
        for chapter in fiction(size, seed).chapters:
            assert not re.search(r"\b[Aa] [aeiou]", chapter.text)
            assert not re.search(r"\b[Aa]n (?!heirloom)[^aeiou]", chapter.text)
            assert not re.search(r"[{}]|  |\b(\w+) \1\b", chapter.text)


def test_different_seeds_tell_of_different_things() -> None:
    openings = {fiction("XS", seed).chapters[0].text.split(".")[0] for seed in range(1, 31)}
    assert len(openings) >= 6


@pytest.mark.parametrize("seed", [1, 2])
def test_a_story_of_size_s_repeats_no_narrative_sentence_in_a_chapter(seed: int) -> None:
    for _, paragraphs in tell(make_world("S", seed)).chapters:
        told = [one.text for paragraph in paragraphs for one in paragraph if not one.facts]
        assert Counter(told).most_common(1)[0][1] == 1


@pytest.mark.parametrize("seed", SEEDS)
def test_a_short_story_uses_no_turn_of_phrase_twice(seed: int) -> None:
    for size, most in (("XS", 1), ("S", 2)):
        attempt = next(at for at in range(200) if sound(size, seed, at))
        told = [
            sentence.frame
            for _, paragraphs in tell(make_world(size, seed), attempt).chapters
            for paragraph in paragraphs
            for sentence in paragraph
        ]
        assert Counter(told).most_common(1)[0][1] <= most


def sound(size: str, seed: int, attempt: int) -> bool:
    try:
        prose_checks.check_prose(tell(make_world(size, seed), attempt))
    except CorpusFault:
        return False
    return True


def test_a_turn_of_phrase_used_twice_in_a_short_story_is_refused() -> None:
    attempt = next(at for at in range(200) if sound("XS", 1, at))
    teller = tell(make_world("XS", 1), attempt)
    opening, ending = teller.chapters[0][1][0], teller.chapters[-1][1][-1]
    ending[-1] = opening[0]
    with pytest.raises(CorpusFault, match=r"repeated: .*2 times in one story"):
        prose_checks.check_prose(teller)


@pytest.mark.parametrize("seed", SEEDS)
def test_everybody_who_brings_an_heirloom_to_the_hall_is_said_to_swear_on_it(seed: int) -> None:
    corpus = fiction("XS", seed)
    for fact in corpus.facts:
        if fact.relation == "keeps":
            span = next(
                one for one in fact.stated_in if "Hall" in corpus.chapters[one.chapter].title
            )
            said = words(corpus.chapters[span.chapter].text[span.start : span.end])
            assert {"swore", "swear", "sworn"} & set(said), said


@pytest.mark.parametrize("seed", SEEDS)
def test_a_hesitation_at_the_door_is_recalled_in_the_hall(seed: int) -> None:
    corpus = fiction("XS", seed)
    hall = corpus.chapters[-1].text
    road = " ".join(chapter.text for chapter in corpus.chapters[:-1])
    for line, _, later in (*TROUBLES, *DEBTS):
        # Only lines without a slot can be looked for as they stand.
        if "{" not in later and later in hall:
            assert line.split("}")[-1] in road, later
    assert sum(clause in hall for _, _, clause in DEBTS if "{" not in clause) >= 1


def test_the_one_who_was_bought_enters_the_hall_once() -> None:
    for frame in LAST:
        assert not re.search(r"\b(came|come|rose|stood up|sent)\b", frame.text)


def test_the_hands_named_in_the_ring_are_no_neighbours_in_it() -> None:
    """Otherwise the ring would state debts a second time."""
    for seed in SEEDS:
        corpus = fiction("XS", seed)
        lender = {fact.entity: fact.value for fact in corpus.facts if fact.relation == "debt"}
        ring = corpus.chapters[-1].text.rsplit("\n\n", 2)[1]
        named = {one for one in lender if one.split()[0] in ring}
        hero = max(named, key=lambda one: ring.count(one.split()[0]))
        assert len(named) == 4
        assert not [one for one in named - {hero} if lender[one] in named]


def test_each_relation_has_ten_templates_or_more() -> None:
    for relation in ("trade", "home", "keeps", "birthplace", "age"):
        frames = {frame.text for frame in (*FRAMES, *HALL, *HERO) if relation in frame.relations}
        assert len(frames) >= 10, relation


def test_the_hand_written_questions_are_sixty_and_avoid_the_words_of_the_templates() -> None:
    assert sum(len(lines) for lines in PARAPHRASES.values()) >= 60
    for relation, lines in PARAPHRASES.items():
        assert len(set(lines)) == len(lines)
        for line in lines:
            assert not set(words(line)) & set(RELATION_WORDS[relation]), line


def test_the_words_that_hand_written_questions_avoid_are_those_that_state_the_relation() -> None:
    for relation in ("home", "keeps", "birthplace", "age"):
        own = [f for f in (*FRAMES, *HALL) if f.relations == (relation,)]
        avoided = set(RELATION_WORDS[relation])
        stating = [f for f in own if avoided & set(words(re.sub(r"\{\w+\}", " ", f.text)))]
        assert len(stating) >= len(own) * 0.6, relation


def test_three_sentences_with_one_subject_are_refused() -> None:
    teller = tell(make_world("XS", 1))
    paragraph = teller.chapters[0][1][0]
    paragraph += [paragraph[-1]] * 3
    with pytest.raises(CorpusFault, match=r"openings.*a third with one subject"):
        prose_checks.check_prose(teller)


def test_a_frame_that_dominates_a_long_chapter_is_refused() -> None:
    teller = tell(make_world("XS", 1))
    everything = [
        sentence for _, paragraphs in teller.chapters for one in paragraphs for sentence in one
    ]
    mixed = [
        replace(sentence, subject=str(at), frame="It rained." if at % 20 == 0 else sentence.frame)
        for at, sentence in enumerate(everything)
    ]
    teller.chapters[:] = [("One", [mixed])]
    with pytest.raises(CorpusFault, match="frames: One"):
        prose_checks.check_prose(teller)


def test_a_story_of_bare_facts_is_refused() -> None:
    teller = tell(make_world("XS", 1))
    teller.chapters[:] = [
        (title, [[one for one in paragraph if one.facts] for paragraph in paragraphs])
        for title, paragraphs in teller.chapters
    ]
    with pytest.raises(CorpusFault, match=r"narrative|openings"):
        prose_checks.check_prose(teller)


def test_a_story_too_long_for_the_quick_suite_is_refused() -> None:
    teller = tell(make_world("XS", 1))
    paragraph = teller.chapters[0][1][0]
    paragraph += [replace(sentence, subject=str(at)) for at, sentence in enumerate(paragraph * 10)]
    with pytest.raises(CorpusFault, match="length: story"):
        prose_checks.check_prose(teller)
