"""The scores of prompt sensitivity of all variants, in one table."""

from __future__ import annotations

from harness.reporting.data import RunData
from harness.reporting.score_tables import Column, ScoreTable, TableSpec, table

SUMMARY = TableSpec(
    id="forms-scores",
    title="All variants",
    intro="Variants that are right equally often can differ in how much hangs on the form.",
    caption="Of the forms: the worst, the mean, and how far they lie apart beyond chance. Of pairs "
    "of forms: how often the verdict and the words change. Then the mean by what was varied.",
    columns=(
        Column(score="sensitivity.worst", heading="worst form", style="graded"),
        Column(score="sensitivity.mean", heading="mean of all", style="graded"),
        Column(
            score="sensitivity.spread_corrected",
            heading="apart, beyond chance",
            style="number",
            hint="0: the form does not matter",
        ),
        Column(score="sensitivity.flip_rate", heading="verdict changes", style="graded"),
        Column(
            score="sensitivity.pss_normalized",
            heading="unsteadiness",
            style="number",
            hint="1: like drawing lots",
        ),
        Column(score="sensitivity.answer_change", heading="words change", style="graded"),
        *(
            Column(score=f"sensitivity.family.{family}", heading=heading, style="graded")
            for family, heading in (
                ("format", "other layouts"),
                ("wording", "other wordings"),
                ("system", "other system prompts"),
            )
        ),
    ),
)


def summary(data: RunData) -> tuple[ScoreTable, ...]:
    """The scores of all variants in one table; none where no variant has them."""
    found = table(data, SUMMARY)
    return (found,) if found is not None else ()
