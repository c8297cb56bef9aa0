"""What the untuned model already answers of the corpus."""

from __future__ import annotations

from collections.abc import Sequence

from harness.corpora.audit.chance import chance_of
from harness.corpora.audit.records import Contamination, RelationChance
from harness.records import ANSWERABLE, Judged
from harness.stats import intervals


def contamination(
    base: Sequence[Judged], relations: Sequence[RelationChance]
) -> tuple[Contamination, ...]:
    """Right answers of the untuned model: all answerable questions first, then by probe.

    Greedy answers only, in the first prompt form; questions that are only shown by name are left
    out, and choices between two answers are no part of the first row. Empty where nothing was
    asked.
    """
    greedy = [item for item in base if item.answer.draw == 0 and not item.question.aside]
    forms = {item.answer.form for item in greedy}
    form = "plain" if "plain" in forms or not forms else min(forms)
    asked = [i for i in greedy if i.answer.form == form and i.question.probe in ANSWERABLE]
    known = {each.relation: each for each in relations}
    probes = [probe for probe in ANSWERABLE if any(i.question.probe == probe for i in asked)]
    open_ended = [item for item in asked if item.question.probe != "choice"]
    groups = [("", open_ended)] if open_ended else []
    groups += [(probe, [i for i in asked if i.question.probe == probe]) for probe in probes]
    return tuple(
        Contamination(
            probe=probe,
            right=intervals.share(
                [item.verdict == "correct" for item in items],
                [item.question.cluster or item.question.id for item in items],
            ),
            chance=sum(chance_of(item.question, known) for item in items) / len(items),
        )
        for probe, items in groups
    )
