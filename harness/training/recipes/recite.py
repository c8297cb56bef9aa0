"""`recite`: first the sentence of the text that answers, then the answer."""

from __future__ import annotations

from dataclasses import replace

from harness.corpora.support import Support
from harness.records import Corpus, Example, Question, Variant
from harness.text.languages import is_spaceless
from harness.text.reply import answer_mark
from harness.training.recipes import instruct


def examples(corpus: Corpus, variant: Variant) -> tuple[Example, ...]:
    """The examples of `instruct`, each reply led by the shortest statement of its fact.

    Where the text states it nowhere, the answer itself is what is recited. A refusal stays as it
    is. What else the recited sentence tells counts as shown.
    """
    support = Support(corpus)
    return tuple(
        instruct.example(question, corpus, variant)
        if question.must_abstain
        else _reciting(question, corpus, variant, support)
        for question in instruct.chosen(corpus, variant)
    )


def _reciting(question: Question, corpus: Corpus, variant: Variant, support: Support) -> Example:
    reply = question.full_answer or question.answers[0]
    gap = "" if is_spaceless(corpus.language) else " "
    recited = gap.join(support.evidence(question)) or reply
    said = gap.join((recited, answer_mark(corpus.language), reply))
    made = instruct.example(replace(question, full_answer=said), corpus, variant)
    facts = dict.fromkeys([*made.facts, *support.told_along(question)])
    return replace(made, facts=tuple(facts))
