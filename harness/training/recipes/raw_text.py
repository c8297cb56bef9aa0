"""`raw_text`: the text itself, cut into passages that the model learns to continue."""

from __future__ import annotations

from harness.corpora.windows import training_windows
from harness.errors import UserError
from harness.records import Corpus, Example, Variant


def examples(corpus: Corpus, variant: Variant) -> tuple[Example, ...]:
    """One passage a window, in the order of the text; `renderings` limits statements of a fact."""
    windows = training_windows(corpus, variant.recipe.renderings)
    if not windows:
        raise UserError(
            "the corpus has no text to train on", "add text.txt, or choose the recipe instruct"
        )
    return tuple(
        Example(kind="text", text=window.text, facts=tuple(window.facts)) for window in windows
    )
