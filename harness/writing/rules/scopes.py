"""Whether another sentence under the same label could answer a question too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from harness.records import Span
from harness.text.normalize import word_run
from harness.writing.grammar import Usage, bare
from harness.writing.rules.candidates import Candidate
from harness.writing.rules.gaps import RULE as GAP
from harness.writing.rules.reader import Passage
from harness.writing.rules.scenes import SUBJECTS, TERMS, telling

_MOST = 400
"""A word that stands more often than this in a text tells sentences of a section hardly apart."""
_SAME = 0.75
"""Share of a question's telling words in another sentence that makes it a rival."""
_SAME_OF_A_SUBJECT = 0.72
_SAME_IN_A_CHAPTER = 0.6
"""The same for a subject that is asked for in a whole chapter."""
_FEWEST = 2
_ROOT = 5
"""Letters that forms of a word share: "suppurates", "suppuration"."""


class Scopes:
    """The sentences under each label, as sets of the roots of their words."""

    def __init__(self) -> None:
        self._under: defaultdict[str, list[tuple[Span, frozenset[str]]]] = defaultdict(list)

    def add(self, labels: Sequence[str], passage: Passage) -> None:
        """Note a sentence under each label it stands under."""
        roots = frozenset(word[:_ROOT] for word in word_run(passage.text))
        for label in labels:
            self._under[label].append((passage.span, roots))

    def rival(self, candidate: Candidate, passage: Passage, usage: Usage) -> bool:
        """Whether a sentence that does not hold the answer says nearly all that is asked."""
        if not candidate.label or candidate.rule in TERMS | {GAP}:
            return False
        words = tuple(map(bare, candidate.question.split()))
        asked = {word[:_ROOT] for word in telling(words, usage, _MOST)}
        answer = {word[:_ROOT] for word in word_run(candidate.answer) if len(word) >= _ROOT}
        loose = candidate.rule in SUBJECTS and candidate.label.startswith("the chapter")
        same = _SAME_IN_A_CHAPTER if loose else _SAME
        if candidate.rule in SUBJECTS and not loose:
            same = _SAME_OF_A_SUBJECT
        for span, roots in self._under[candidate.label]:
            shared = len(asked & roots)
            near = span != passage.span and shared >= max(_FEWEST, same * len(asked))
            if near and (not answer or len(answer & roots) < len(answer)):
                return True
        return False
