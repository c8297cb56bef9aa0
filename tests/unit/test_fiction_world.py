"""Names and truths of a fictional world."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from itertools import combinations

import pytest

from harness.corpora.fiction.english import ENGLISH
from harness.corpora.fiction.generate import generate
from harness.corpora.fiction.names import is_near, residue
from harness.corpora.fiction.world import make_world
from harness.errors import UserError
from harness.records import Corpus
from harness.storage.fingerprints import digest
from harness.text.matching import letter_distance
from tests.support.fiction import fiction

SEEDS = range(1, 11)
QUICK = "da5bd6cbab5a47c12eb3c1bd35e0bd256966ecdfaa18c999fc5e7a2ecf688618"
S_TEXT = "1dd5a9d4517386101ab1e70bf3e72c3cc5bb39936f8f14c849c5a67e9b50dd20"


def names_of(corpus: Corpus) -> set[str]:
    """Everybody and every place, the invented ones included; Bordor and Lila are in all worlds."""
    asked = {q.cluster for q in corpus.questions if not q.aside and q.must_abstain}
    return set(corpus.names) | asked


@pytest.mark.parametrize("size", ["XS", "S"])
@pytest.mark.parametrize("seed", SEEDS)
def test_every_gate_lets_the_shipped_sizes_pass(size: str, seed: int) -> None:
    assert fiction(size, seed).digest


def test_the_quick_world_is_byte_for_byte_what_published_runs_were_made_on() -> None:
    assert fiction("XS", 7).digest == QUICK
    assert digest(list(fiction("S", 7).chapters)) == S_TEXT


def test_the_quick_world_has_the_counts_that_its_report_quotes() -> None:
    corpus = fiction("XS", 7)
    assert len({fact.entity for fact in corpus.facts}) == 12
    assert sum(fact.relation != "debt" for fact in corpus.facts) == 36
    assert sum(fact.asked for fact in corpus.facts) == 24
    counts = {
        probe: sum(q.probe == probe and q.use != "train" and not q.aside for q in corpus.questions)
        for probe in ("trained", "paraphrase", "text_only", "relational", "nonexistent")
    }
    assert counts == {
        "trained": 24,
        "paraphrase": 24,
        "text_only": 12,
        "relational": 8,
        "nonexistent": 12,
    }
    for probe in ("near_miss", "unstated", "false_premise"):
        assert sum(q.probe == probe and q.use == "test" for q in corpus.questions) == 8


def test_building_the_quick_world_takes_well_under_a_second_and_loads_no_model() -> None:
    code = (
        "import sys, time; start = time.perf_counter();"
        "from harness.corpora.fiction.generate import generate; generate('XS', 7);"
        "print(time.perf_counter() - start, 'torch' in sys.modules, 'pydantic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    seconds, torch, pydantic = done.stdout.split()
    assert torch == pydantic == "False"
    assert float(seconds) < 3  # 0.2 s on an idle machine; tests run on busy ones


def test_the_same_seed_gives_the_same_corpus_under_any_hash_seed() -> None:
    code = "from harness.corpora.fiction.generate import generate; print(generate('XS', 3).digest)"
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
        ).stdout.strip()
        for hash_seed in ("0", "12345")
    }
    assert digests == {fiction("XS", 3).digest}


def test_different_seeds_give_different_corpora() -> None:
    assert len({fiction("XS", seed).digest for seed in SEEDS}) == len(SEEDS)


def test_worlds_of_different_residues_share_no_name_and_no_word_of_one() -> None:
    worlds = [
        {word for name in names_of(fiction("XS", seed)) for word in name.split()[:1]}
        for seed in SEEDS
    ]
    for one, other in combinations(worlds, 2):
        assert not one & other


def test_the_residue_is_read_off_the_spelling() -> None:
    for seed in (5, 102):
        for person in make_world("XS", seed).people:
            assert residue(person.name.first) == residue(person.name.family) == 5


@pytest.mark.parametrize("seed", SEEDS)
def test_no_name_is_english_or_near_another(seed: int) -> None:
    world = make_world("XS", seed)
    people = [person.name for person in world.people] + [*world.nobody, *world.refused]
    for name in people:
        assert not {name.first.lower(), name.family.lower()} & ENGLISH
    for one, other in combinations(people, 2):
        assert letter_distance(one.full, other.full) > 2
        assert letter_distance(one.first, other.first) > 2


def test_nearness_agrees_with_the_edit_distance() -> None:
    words = ["bordor", "borda", "bord", "dorbor", "lila", "lilas", "lolas", "alil", "bandor"]
    for one, other in combinations(words, 2):
        assert is_near(one, other) == (letter_distance(one, other) <= 2), (one, other)


def test_invented_names_look_like_real_ones() -> None:
    """Length and pronoun give nothing away: the groups come from one generator."""
    real, invented = [], []
    for seed in range(1, 31):
        world = make_world("XS", seed)
        real += [len(person.name.full) for person in world.people]
        invented += [len(name.full) for name in (*world.nobody, *world.refused)]
        assert sum(person.name.she for person in world.people) == 6
    assert abs(sum(real) / len(real) - sum(invented) / len(invented)) < 0.5


@pytest.mark.parametrize("seed", SEEDS)
def test_a_near_miss_differs_from_a_real_name_in_one_syllable(seed: int) -> None:
    world = make_world("XS", seed)
    assert len(world.near) == 8
    for number, near in world.near.items():
        name = world.people[number].name
        assert near != name.full
        assert near.split()[1] == name.family
        first = near.split()[0].lower()
        kept = [
            first.startswith("".join(name.syllables[:at]))
            and first.endswith("".join(name.syllables[at + 1 :]))
            for at in range(len(name.syllables))
        ]
        assert any(kept), (near, name.full)


def test_everybody_taught_owes_one_neighbour_and_the_debts_close_into_one_ring() -> None:
    for seed in SEEDS:
        world = make_world("XS", seed)
        at, seen = 0, set()
        while at not in seen:
            seen.add(at)
            following = world.people[at].creditor
            assert following is not None
            at = following
        assert len(seen) == world.size.taught


def test_a_misspelt_size_is_answered_with_the_nearest() -> None:
    with pytest.raises(UserError, match="unknown corpus size 'XSS'") as caught:
        generate("XSS", 1)
    assert "XS" in caught.value.hint


def test_a_world_is_made_in_time_for_ten_seeds() -> None:
    start = time.perf_counter()
    for seed in SEEDS:
        make_world("XS", seed)
    assert time.perf_counter() - start < 10
