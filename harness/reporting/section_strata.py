"""What training did to facts that the model knew, half knew, and did not know before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from harness.records import Judged, VariantResult
from harness.reporting import roles
from harness.reporting.cells import EMPTY, Cell, share_cell
from harness.reporting.contrast import Contrast, Outcomes, contrast, greedy
from harness.reporting.data import RunData
from harness.reporting.wording import plural, share_with_range
from harness.scoring import strata
from harness.scoring.material import cluster
from harness.scoring.recall import is_sentence
from harness.scoring.shares import is_correct, share_of
from harness.stats import intervals

FEWEST = 5
"""With fewer facts that were known at all there is nothing to set apart."""
NAMES: Mapping[strata.Stratum, str] = {
    "known": "knew before",
    "maybe_known": "half knew before",
    "unknown": "did not know before",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StrataRow:
    """One tuned variant: a cell for each stratum."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Strata:
    """Either one sentence, or a table with its headings."""

    sentence: str
    headings: tuple[tuple[str, str], ...] = ()
    """Name of a stratum and the number of facts in it."""
    rows: tuple[StrataRow, ...] = ()
    sampled: bool = False
    """Whether the untuned model was also asked with sampling, so that "half knew" could show."""


def knowledge(data: RunData) -> Strata | None:
    """Recall by what the untuned model knew; None where nobody tuned, or nobody untuned, answered.

    Trained and paraphrase questions about facts that training showed, as in `recall.STRATUM`.
    """
    base = untuned(data)
    tuned = [row for row in roles.tried(data.results) if _is_tuned(row)]
    tuned = [row for row in tuned if data.judged.get(row.name)]
    if base is None or not tuned:
        return None
    answers = data.judged[base.name]
    language = data.corpus.language
    asked = {strata.key(item) for item in _scored(answers, language)}
    known = strata.of(answers, language)
    found = {name: each for name, each in known.items() if name in asked}
    if not found:
        return None
    counts = {each: sum(value == each for value in found.values()) for each in strata.STRATA}
    met = counts["known"] + counts["maybe_known"]
    if met < FEWEST:
        return Strata(sentence=_nothing_known(found, _clusters(answers)))
    sampled = strata.has_draws(answers)
    chosen = [each for each in strata.STRATA if counts[each]]
    before = _scored(answers, language)
    return Strata(
        sentence="",
        headings=tuple((NAMES[each], plural(counts[each], "fact")) for each in chosen),
        rows=tuple(
            StrataRow(
                name=row.name,
                cells=tuple(
                    _cell(before, _scored(data.judged[row.name], language), found, each)
                    for each in chosen
                ),
            )
            for row in tuned
            if roles.model(row) == roles.model(base)
        ),
        sampled=sampled,
    )


def untuned(data: RunData) -> VariantResult | None:
    """The untuned variant that the others are set against, of the model that the story is about.

    One that was also sampled comes first, then the most exact level.
    """
    rows = roles.tried(data.results)
    return min(
        (
            row
            for row in rows
            if not _is_tuned(row)
            and roles.answerer(row) == "model"
            and roles.model(row) == roles.model(rows[0])
            and data.judged.get(row.name)
        ),
        key=lambda row: (not strata.has_draws(data.judged[row.name]), roles.exactness(row)),
        default=None,
    )


def _is_tuned(row: VariantResult) -> bool:
    return roles.recipe(row) != "base"


def _clusters(answers: Sequence[Judged]) -> dict[str, str]:
    """Key of a fact to the entity that it is about: facts of one entity are not independent."""
    found: dict[str, str] = {}
    for item in answers:
        if item.question.probe in strata.PROBES:
            found.setdefault(strata.key(item), cluster(item))
    return found


def _nothing_known(found: Mapping[str, strata.Stratum], clusters: Mapping[str, str]) -> str:
    met = [stratum != "unknown" for stratum in found.values()]
    share = share_with_range(intervals.share(met, [clusters[name] for name in found]))
    return (
        f"Before training the model knew {sum(met)} of {plural(len(met), 'fact')} that it was "
        f"then taught{share}: too few to be told apart from those it learned."
    )


def _scored(judged: Sequence[Judged], language: str) -> list[Judged]:
    return [
        item
        for item in greedy(judged)
        if item.question.probe in strata.SCORED
        and not item.question.aside
        and not is_sentence(item, language)
    ]


def _cell(
    before: Sequence[Judged],
    after: Sequence[Judged],
    found: Mapping[str, strata.Stratum],
    stratum: strata.Stratum,
) -> Cell:
    """Right answers of a tuned variant in one stratum, and the difference to the untuned model."""
    items = [i for i in after if i.shown and found.get(strata.key(i)) == stratum]
    if not items:
        return EMPTY
    cell = share_cell(share_of(items, is_correct))
    change = contrast(_right(before), _right(items))
    return replace(cell, note=f"{cell.note}; {difference(change)}")


def difference(change: Contrast) -> str:
    """ "+58 points (40 to 71) on before", of the same questions."""
    low, high = (100 * end for end in change.difference)
    points = 100 * (change.after - change.before) / change.n
    return f"{points:+.0f} points ({low:.0f} to {high:.0f}) on before".replace("-", "−")


def _right(items: Sequence[Judged]) -> Outcomes:
    return Outcomes(
        {item.question.id: is_correct(item) for item in items},
        {item.question.id: item.question.cluster for item in items},
    )
