"""`raw_text`: the text itself, cut into passages that the model learns to continue."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from harness.corpora.windows import training_windows, units
from harness.errors import UserError
from harness.records import Chapter, Corpus, Example, Fact, Span, Variant
from harness.training.recipes.statements import further


def examples(corpus: Corpus, variant: Variant) -> tuple[Example, ...]:
    """One passage a window, in the order of the text.

    With `renderings` every fact is stated just so often: sentences of the text that go beyond it
    are left out, and what the text lacks follows as passages of single statements.
    """
    limit = variant.recipe.renderings
    source = corpus if limit is None else limited(corpus, limit)
    windows = training_windows(source)
    if not windows:
        raise UserError(
            "the corpus has no text to train on", "add text.txt, or choose the recipe instruct"
        )
    made = [Example(kind="text", text=text, facts=tuple(facts)) for text, facts in windows]
    if limit is not None:
        if not corpus.facts:
            raise UserError(
                "the corpus has no facts whose statements could be counted",
                "leave renderings out, or choose a corpus with facts",
            )
        stated = {fact.id: len(fact.stated_in) for fact in source.facts}
        made += further(corpus, limit, stated, variant.seed)
    return tuple(made)


def limited(corpus: Corpus, renderings: int) -> Corpus:
    """The corpus without the sentences that state a fact for more than the `renderings`th time.

    Counted in the order of the text. Sentences that state nothing all stay.
    """
    if renderings < 1:
        raise UserError(f"renderings is {renderings}", "give a whole number from 1 on")
    seen: Counter[str] = Counter()
    chapters = []
    stated: dict[str, list[Span]] = {fact.id: [] for fact in corpus.facts}
    for number, chapter in enumerate(corpus.chapters):
        sentences = units(corpus, number)
        kept = ""
        for position, unit in enumerate(sentences):
            if any(seen[fact] >= renderings for fact in unit.facts):
                continue
            seen.update(unit.facts)
            start = len(kept)
            last = position + 1 == len(sentences)
            follows = len(chapter.text) if last else sentences[position + 1].start
            kept += chapter.text[unit.start : follows]
            for fact in unit.facts:
                span = Span(chapter=number, start=start, end=start + unit.end - unit.start)
                stated[fact].append(span)
        chapters.append(Chapter(title=chapter.title, text=kept))
    return replace(
        corpus,
        chapters=tuple(chapters),
        facts=tuple(_restated(fact, stated[fact.id]) for fact in corpus.facts),
    )


def _restated(fact: Fact, spans: list[Span]) -> Fact:
    return replace(fact, stated_in=tuple(spans))
