"""What the corpus can and cannot show, and how recall depends on what training already held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from harness.corpora.audit import Audit, audit
from harness.corpora.audit.nearest import Index
from harness.corpora.audit.overlap import TRUTH, training_sets
from harness.corpora.audit.records import Overlap, ProbeOverlap
from harness.records import Judged, VariantResult
from harness.reporting import roles
from harness.reporting.cells import Cell, share_cell
from harness.reporting.contrast import greedy
from harness.reporting.data import RunData
from harness.reporting.section_strata import untuned
from harness.reporting.wording import MISSING, PROBE_NAMES, percent, share_with_range
from harness.scoring.shares import is_correct, share_of

ENOUGH = 10
"""Questions that a row needs before its share says anything."""
BINS: tuple[tuple[str, float, float], ...] = (
    ("the same question", 1.0, 2.0),
    ("very like one (.7 and more)", 0.7, 1.0),
    ("rather like one (.5 to .7)", 0.5, 0.7),
    ("unlike any (below .5)", 0.0, 0.5),
)
"""Name, least similarity, and the similarity that is already too much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlapTable:
    """Training questions of one writer against every kind of question."""

    caption: str
    rows: tuple[tuple[str, ...], ...]
    pairs: tuple[tuple[str, str, str, str], ...]
    """Kind, question, nearest training question, similarity."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ByOverlap:
    """Right answers by how like a training question the question is."""

    names: tuple[str, ...]
    """The variants, a column each."""
    rows: tuple[tuple[str, int, tuple[Cell, ...]], ...]
    """Name of the bin, number of questions, a cell a variant."""
    left_out: int
    """Questions in bins that hold too few to be shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """The audit as the template shows it: text, no logic left."""

    concerns: tuple[str, ...]
    overlaps: tuple[OverlapTable, ...]
    by_overlap: ByOverlap | None
    known_before: str
    relations: tuple[tuple[str, ...], ...]
    twins: tuple[tuple[str, ...], ...]
    lengths: tuple[tuple[str, ...], ...]
    facts: tuple[tuple[str, ...], ...]
    missing: tuple[str, ...]
    """Facts that no question asks for, at most ten."""


def audited(data: RunData) -> Audited:
    """The audit of a run's corpus. Lengths are in words: a report is the same on every machine."""
    base = untuned(data)
    found = audit(data.corpus, base=data.judged[base.name] if base else None)
    return Audited(
        concerns=found.concerns,
        overlaps=tuple(_overlap(each) for each in found.overlaps),
        by_overlap=by_overlap(data),
        known_before=_known_before(found),
        relations=tuple(
            (
                each.relation or "(no relation named)",
                str(each.n),
                str(each.values),
                f"{100 * each.chance:.1f}\u00a0%",
                each.majority,
                f"{each.majority_n}/{each.n}, {percent(each.majority_share)}",
            )
            for each in found.relations
        ),
        twins=tuple(
            (
                PROBE_NAMES[each.probe],
                *(str(n) for n in (each.n, each.twins, each.longer, each.shorter)),
                str(each.other_wording),
            )
            for each in found.twins
        ),
        lengths=tuple(
            (each.what, *(f"{getattr(each, name):,}" for name in ("n", "least", "median", "most")))
            for each in found.lengths
        ),
        facts=tuple(
            (
                each.relation or "all",
                *(str(n) for n in (each.n, each.trained, each.tested, each.never)),
            )
            for each in found.facts
        ),
        missing=found.facts[0].missing if found.facts else (),
    )


def _overlap(overlap: Overlap) -> OverlapTable:
    by = "" if overlap.writer == TRUTH else f" written by {overlap.writer}"
    again = f", {overlap.repeated} of which repeat another" if overlap.repeated else ""
    return OverlapTable(
        caption=f"Questions that are asked, against {overlap.training + overlap.refusals} "
        f"training questions{by}{again}.",
        rows=tuple(_overlap_row(each) for each in overlap.probes),
        pairs=tuple(
            (PROBE_NAMES[each.probe], near.text, near.training_text, f"{near.similarity:.2f}")
            for each in overlap.probes
            for near in each.nearest[:2]
        ),
    )


def _overlap_row(each: ProbeOverlap) -> tuple[str, ...]:
    def of(count: int) -> str:
        return f"{count}/{each.answerable}" if each.answerable else MISSING

    return (
        PROBE_NAMES[each.probe],
        str(each.n),
        f"{each.exact}/{each.n}",
        percent(each.trigrams),
        MISSING if each.similarity is None else f"{each.similarity:.2f}",
        of(each.answers),
        of(each.copied),
    )


def _known_before(found: Audit) -> str:
    """What the untuned model had right, in a sentence; "" where it was not asked."""
    whole = next((each for each in found.contamination if not each.probe), None)
    if whole is None:
        return ""
    right = round((whole.right.value or 0.0) * whole.right.n)
    return (
        f"Before any training the model has {right} of {whole.right.n} answerable questions right"
        f"{share_with_range(whole.right)}; guessing among the values that occur gets "
        f"{100 * whole.chance:.0f}\u00a0%."
    )


def by_overlap(data: RunData) -> ByOverlap | None:
    """Recall by similarity to the nearest training question; None where nobody was taught so.

    Questions on taught facts, as taught and in other words, of the variant that the story is told
    of; beside it the untuned model on the same questions. One kind of fact only: questions that
    were never taught would be unlike any training question and wrong for another reason.
    """
    taught = roles.cast(data.results).reference
    if taught is None or not data.judged.get(taught.name):
        return None
    items = [i for i in _asked(data.judged[taught.name]) if i.shown]
    training = training_sets(data.corpus).get(_writer(taught), ())
    index = Index(data.corpus.language, [each for each in training if each.answers])
    if not items or not len(index):
        return None
    likeness = {item.question.id: _likeness(index, item) for item in items}
    before = untuned(data)
    shown = [row for row in (before, taught) if row is not None]
    rows = []
    left_out = 0
    for name, least, most in BINS:
        ids = {each for each, similarity in likeness.items() if least <= similarity < most}
        if len(ids) < ENOUGH:
            left_out += len(ids)
        else:
            cells = tuple(_right(data.judged[row.name], ids) for row in shown)
            rows.append((name, len(ids), cells))
    if len(rows) < 2:
        return None
    return ByOverlap(names=tuple(row.name for row in shown), rows=tuple(rows), left_out=left_out)


def _writer(row: VariantResult) -> str:
    recipe = row.config.get("recipe")
    return str(recipe.get("writer", TRUTH)) if isinstance(recipe, dict) else TRUTH


def _likeness(index: Index, item: Judged) -> float:
    near = index.nearest(item.question)
    return near.similarity if near else 0.0


def _asked(judged: Sequence[Judged]) -> list[Judged]:
    return [
        item
        for item in greedy(judged)
        if item.question.probe in ("trained", "paraphrase") and not item.question.aside
    ]


def _right(judged: Sequence[Judged], ids: set[str]) -> Cell:
    return share_cell(share_of([i for i in _asked(judged) if i.question.id in ids], is_correct))
