"""What training changed outside the corpus: the answers to general-knowledge control questions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from harness.corpora import controls
from harness.records import Corpus, Judged, Score
from harness.scoring.material import Material, scored_answers
from harness.scoring.shares import is_correct, share_of
from harness.text.matching import ValueIndex
from harness.text.normalize import normalize, words
from harness.text.reply import read_reply

_WORD = re.compile(r"\w+")


def scores(material: Material) -> dict[str, Score]:
    """Control questions answered correctly, and against the untuned model's own answers to them.

    `agreement` and `forgetting` are paired by question and absent where the run has no untuned
    variant of the model, or for that variant itself.
    """
    asked = material.of("locality")
    if not asked:
        return {}
    language = material.corpus.language
    base = {item.question.id: item for item in scored_answers(material.base)}
    found = {
        "locality.correct": share_of(asked, is_correct),
        "locality.leak": share_of(asked, Leaks(material.corpus, base.values())),
    }
    paired = [item for item in asked if item.question.id in base]
    if paired:
        found["locality.agreement"] = share_of(
            paired, lambda item: _said(item, language) == _said(base[item.question.id], language)
        )
    known = [item for item in paired if is_correct(base[item.question.id])]
    if known:
        found["locality.forgetting"] = share_of(known, lambda item: not is_correct(item))
    return found


class Leaks:
    """Whether an answer brings up the corpus where nothing was asked about it.

    It does where it holds a whole name or value of the corpus that the question does not hold, and
    one word of which is the corpus's own. A word is its own only where nothing shows it to be an
    everyday one: the text has it nowhere in lower case, and it is in no control question, answer
    or neutral passage, and in no control answer of the untuned model.
    """

    def __init__(self, corpus: Corpus, base: Iterable[Judged]) -> None:
        self._language = corpus.language
        everyday = _everyday(corpus)
        for item in base:
            if item.question.probe == "locality":
                everyday |= set(words(item.answer.text, self._language))
        terms = dict.fromkeys([*corpus.names, *(fact.value for fact in corpus.facts)])
        self.terms = tuple(
            term for term in terms if not everyday.issuperset(words(term, self._language))
        )
        self._index = ValueIndex(self.terms, self._language)

    def __call__(self, item: Judged) -> bool:
        """Whether `item` leaks."""
        return not self._held(item.answer.text) <= self._held(item.question.question)

    def _held(self, text: str) -> set[str]:
        return {value for _, value in self._index.find(words(text, self._language))}


def _everyday(corpus: Corpus) -> set[str]:
    """Words that the text has in lower case, and all of the control material; numbers too."""
    language = corpus.language
    lower = (
        word
        for chapter in corpus.chapters
        for word in _WORD.findall(chapter.text)
        if word == word.lower()
    )
    found = set(words(" ".join(dict.fromkeys(lower)), language))
    found |= _words_of(controls.passages(language), language)
    for question in controls.questions(language):
        found |= _words_of((question.question, *question.answers, *question.values), language)
    return found


def _words_of(texts: Sequence[str], language: str) -> set[str]:
    return {word for text in texts for word in words(text, language)}


def _said(item: Judged, language: str) -> str:
    """The first segment of a reply, normalized."""
    return normalize(read_reply(item.answer.text, language).text, language)
