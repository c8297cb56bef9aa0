"""What must hold of a fictional corpus beyond the gates that any corpus has to pass.

Every fact is derived again from its marked sentences by matching the frames against the text. The
prose has rules of its own: `harness.corpora.fiction.prose_checks`.
"""

from __future__ import annotations

from harness.corpora.fiction import unstated
from harness.corpora.fiction.deriving import Reader
from harness.corpora.fiction.english import ENGLISH
from harness.corpora.fiction.names import (
    ALWAYS_ASKED,
    LANDMARKS,
    RESIDUES,
    is_near,
    near_pairs,
    residue,
)
from harness.corpora.fiction.relations import PASSING
from harness.corpora.fiction.unanswerable import UNSTATED_TEST, UNSTATED_TRAIN
from harness.corpora.fiction.values import EVENTS, TWO_VALUED
from harness.corpora.gates import LARGE_SET, CorpusFault
from harness.records import Corpus
from harness.text.matching import contains
from harness.text.normalize import word_run

_COMMON = frozenset({"the", "of", "Guild", *EVENTS})
"""Words of the names of guilds and events that are not invented."""


# --- names --------------------------------------------------------------------------------------


def check_names(corpus: Corpus) -> None:
    """No name is English or near another; all carry the seed's residue in their spelling."""
    firsts = {name.split(maxsplit=1)[0]: name for name in corpus.names if _is_plain(name)}
    invented = {
        question.cluster
        for question in corpus.questions
        if question.probe == "nonexistent" and not question.aside
    }
    names = sorted({*corpus.names, *invented})
    for name in names:
        for word in name.split():
            _word_is_invented(corpus, name, word)
    people = [fact.entity for fact in corpus.facts if _is_plain(fact.entity)]
    for name in sorted({*people, *invented}):
        for other in ALWAYS_ASKED:
            if is_near(name.split(maxsplit=1)[0], other):
                raise CorpusFault("names", name, f"too near {other}")
    near = next(near_pairs(names), None)
    if near is not None:
        raise CorpusFault("names", near[0], f"too near {near[1]}")
    if len(firsts) != sum(map(_is_plain, corpus.names)):
        raise CorpusFault("names", "first names", "two names begin alike")


def _is_plain(name: str) -> bool:
    """Whether a name begins with its invented word, as those of people and places do."""
    return not name.startswith("the ")


def _word_is_invented(corpus: Corpus, name: str, word: str) -> None:
    if word in LANDMARKS or (not _is_plain(name) and word in _COMMON):
        return
    if word.lower() in ENGLISH:
        raise CorpusFault("names", name, f"{word} is an English word or a known name")
    if residue(word) != (corpus.seed or 0) % RESIDUES:
        raise CorpusFault("names", name, f"{word} belongs to another seed")


# --- what the text says -------------------------------------------------------------------------


def check_derivations(corpus: Corpus) -> None:
    """Every marked passage states exactly the fact that it is marked with."""
    reader = Reader(corpus)
    for fact in corpus.facts:
        for span in fact.stated_in:
            passage = corpus.chapters[span.chapter].text[span.start : span.end]
            wanted = (fact.entity, fact.relation, fact.value)
            found = list(reader.says(passage, fact.relation))
            found = [one for one in found if one[1] == fact.relation]
            if wanted not in found:
                raise CorpusFault("derivation", fact.id, f"{wanted} does not follow: {passage!r}")
            wrong = [one for one in found if one != wanted]
            if wrong:
                raise CorpusFault("derivation", fact.id, f"{passage!r} also says {wrong[0]}")


def check_unstated(corpus: Corpus) -> None:
    """The text has no word on any attribute that is asked for as never given."""
    if corpus.size in ("XS", "S"):
        cues = [(template, words) for template, words, _ in UNSTATED_TEST] + list(UNSTATED_TRAIN)
    else:
        cues = unstated.cues()
    said = word_run("\n".join(chapter.text for chapter in corpus.chapters))
    known = frozenset(said)
    for template, words in cues:
        for word in words:
            if all(part in known for part in word_run(word)[:-1]) and contains(said, word):
                raise CorpusFault("unstated", template, f"the text has the word {word!r}")


def check_value_sets(corpus: Corpus) -> None:
    """In sizes M and L a closed set has at least twenty values, unless it has just two."""
    if corpus.size in ("XS", "S"):
        return
    for relation, values in corpus.values.items():
        if len(values) < LARGE_SET and len(values) != len(TWO_VALUED):
            raise CorpusFault("values", relation, f"only {len(values)} values")


def check_stated_twice(corpus: Corpus) -> None:
    """Every fact stands in two chapters at least; a debt is told in passing, once."""
    for fact in corpus.facts:
        chapters = {span.chapter for span in fact.stated_in}
        if len(chapters) < (1 if fact.relation in PASSING.values() else 2):
            raise CorpusFault("stated twice", fact.id, f"in {len(chapters)} chapters")
