"""Does a variant that recites before it answers recite the right sentence, and does that help?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from harness.corpora.support import Support
from harness.records import Judged, Score
from harness.scoring.material import Material, cluster
from harness.scoring.shares import is_correct, share_of
from harness.stats import bootstrap, intervals
from harness.text.normalize import word_run, words
from harness.text.reply import read_reply

RECIPE = "recite"
RIGHT = 0.8
"""A recitation is right where at least this share of a supporting sentence is in it, in order."""


def scores(material: Material) -> dict[str, Score]:
    """Overlap of recitations with what supports the answer, and accuracy by whether they are right.

    Over answerable questions whose fact was shown and stands in the text, for variants trained to
    recite. A reply that recites nothing overlaps nothing.
    """
    if (material.config.get("recipe") or {}).get("name") != RECIPE:
        return {}
    support = Support(material.corpus)
    language = material.corpus.language
    asked = [
        (item, sentences)
        for item in material.answerable
        if item.shown and (sentences := support.statements(item.question))
    ]
    if not asked:
        return {}
    overlaps = [
        best_overlap(read_reply(item.answer.text, language).recitation, sentences, language)
        for item, sentences in asked
    ]
    items = [item for item, _ in asked]
    clusters = [cluster(item) for item in items]
    right = [overlap >= RIGHT for overlap in overlaps]
    found = {
        "recite.overlap": bootstrap.graded_mean(overlaps, clusters),
        "recite.right": intervals.share(right, clusters),
    }
    for name, wanted in (("right", True), ("wrong", False)):
        group = _where(items, right, wanted)
        if group:
            found[f"recite.correct_when_{name}"] = share_of(group, is_correct)
    return found


def best_overlap(recitation: str, sentences: Sequence[str], language: str = "en") -> float:
    """The longest common subsequence with a sentence over that sentence's length, in words.

    Of the best sentence; 0 for an empty recitation. Words are normalized (articles dropped).
    """
    said = words(recitation, language)
    return max(
        (
            common(said, wanted) / len(wanted)
            for sentence in sentences
            if (wanted := word_run(sentence, language))
        ),
        default=0.0,
    )


def common(one: Sequence[str], other: Sequence[str]) -> int:
    """Length of the longest common subsequence of two runs of words."""
    if not one or not other:
        return 0
    numbers = {word: number for number, word in enumerate(dict.fromkeys(other))}
    columns = np.array([numbers[word] for word in other])
    lengths = np.zeros(len(other) + 1, dtype=np.int64)
    for word in one:
        # A row of the usual table: a match lengthens what stood before it, then the best so far
        # is carried along.
        longer = np.where(columns == numbers.get(word, -1), lengths[:-1] + 1, lengths[1:])
        lengths[1:] = np.maximum.accumulate(longer)
    return int(lengths[-1])


def _where(items: Sequence[Judged], marks: Sequence[bool], wanted: bool) -> list[Judged]:
    return [item for item, mark in zip(items, marks, strict=True) if mark is wanted]
