"""Question writers: who writes the training questions where a text has none. Imports no torch.

Each is `write(corpus, order, progress) -> Written`, with a `Corpus`, a `WritingOrder` and a
`Progress`; its questions have the probe "trained". `harness.writing.split` makes held-out
wordings, held-out facts, unanswerable questions and refusals of them.
"""

from __future__ import annotations

from harness.catalog import Spec

TRUTH = "truth"

SPECS: tuple[Spec, ...] = (
    Spec(name=TRUTH, line="the corpus's own questions: its generator, or its user"),
    Spec(
        name="rules",
        line="by rule: definitions, eponyms, numbers, causes, sites, treatments",
        target="harness.writing.rules:write",
    ),
    Spec(
        name="entities",
        line="a blank in place of each name or number: the classical way, and the weak baseline",
        target="harness.writing.entities:write",
    ),
    Spec(
        name="selfinstruct",
        line="by a local model that reads a sliding window and writes questions and answers",
        target="harness.writing.selfinstruct:write",
        data={"model": True},
    ),
)
