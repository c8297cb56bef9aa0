"""Which variant plays which part in the story, found by its settings and never by its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from harness.records import Results, VariantResult
from harness.scoring import references
from harness.storage.jsonl import canonical

LEVELS = ("fp32", "bf16", "fp16", "int8", "nf4", "nf4_dq", "fp4", "int4_linear")
"""Quantization levels, the most exact first: the first one that a run has is its reference."""
FOUR_BITS = ("nf4", "nf4_dq", "fp4", "int4_linear")
READERS = ("reading",)
"""Answerers that read the text while they answer and are not trained on it."""


def recipe(row: VariantResult) -> str:
    """The recipe's name."""
    found = row.config.get("recipe", "base")
    return str(found if isinstance(found, str) else found.get("name", "base"))


def abstain_fraction(row: VariantResult) -> float:
    """The share of training examples that are refusals."""
    found = row.config.get("recipe", "base")
    return 0.0 if isinstance(found, str) else float(found.get("abstain_fraction", 0.0))


def writer(row: VariantResult) -> str:
    """Who wrote its training questions: "truth" is the corpus itself."""
    found = row.config.get("recipe", "base")
    return "truth" if isinstance(found, str) else str(found.get("writer", "truth"))


def examples(row: VariantResult) -> int | None:
    """How many of these questions it used; None: all."""
    found = row.config.get("recipe", "base")
    return None if isinstance(found, str) else found.get("examples")


def level(row: VariantResult) -> str:
    """The quantization level."""
    return str(row.config.get("quantization", "fp32"))


def seed(row: VariantResult) -> int:
    """The training seed."""
    return int(row.config.get("seed", 1))


def trained_once(rows: Iterable[VariantResult]) -> bool:
    """Whether no two of the trained variants differ in nothing but their training seed."""
    seeds: dict[str, set[int]] = {}
    for row in rows:
        if recipe(row) != "base":
            apart = ("name", "seed", "measure")
            rest = {key: value for key, value in row.config.items() if key not in apart}
            seeds.setdefault(canonical(rest), set()).add(seed(row))
    return all(len(each) < 2 for each in seeds.values())


def answerer(row: VariantResult) -> str:
    """Who answers: "model", or the name of a trivial one."""
    return str(row.config.get("answerer", "model"))


def control(row: VariantResult) -> str:
    """What its training was spoilt with on purpose: "other_world", "shuffled_answers", or ""."""
    found = row.config.get("recipe", "base")
    return "" if isinstance(found, str) else str(found.get("control") or "")


def is_perturbed(row: VariantResult) -> bool:
    """Whether there is noise on its weights, to show what rounding alone changes."""
    return references.is_perturbed(row.config)


def is_bound(row: VariantResult) -> bool:
    """Whether it is there for others to be read against, and nothing that anybody would use.

    That is a floor, a ceiling, or the measure of noise.
    """
    return answerer(row) not in ("model", *READERS) or bool(control(row)) or is_perturbed(row)


def tried(results: Results) -> list[VariantResult]:
    """The variants that are no floor, no ceiling and no measure of noise, in their order."""
    return [row for row in results.variants if not is_bound(row)]


class Counted(NamedTuple):
    """How large a run is, as every page says it."""

    variants: int
    """Those that were tried."""
    bounds: int
    """Those that the others are read against: floors, ceilings, measures of noise."""
    questions: int
    """Scored questions that one variant was asked, at most; asides, in no score, not counted."""


def counted(results: Results) -> Counted:
    """The figures that a report and the list of reports begin with."""
    rows = results.variants
    asked = (sum(sum(counts.values()) for counts in row.verdicts.values()) for row in rows)
    count = len(tried(results))
    return Counted(count, len(rows) - count, max(asked, default=0))


def model(row: VariantResult) -> str:
    """The model's name."""
    found = row.config.get("model", "")
    return str(found if isinstance(found, str) else found.get("name", ""))


def exactness(row: VariantResult) -> int:
    """Rank of the level in LEVELS; unknown levels come last."""
    return LEVELS.index(level(row)) if level(row) in LEVELS else len(LEVELS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """The cast. None: no variant of this run has those settings. One that failed is named too."""

    untuned: VariantResult | None
    reading: VariantResult | None
    raw_text: VariantResult | None
    taught: tuple[VariantResult, ...]
    """Trained on questions and answers without refusals: every level and seed, exact first."""
    trained: tuple[VariantResult, ...]
    """Every model that was trained in any way, exact first."""
    refusing: VariantResult | None
    """Trained with refusals among its examples: the largest share of them."""
    mixed: VariantResult | None
    bounds: tuple[VariantResult, ...]
    """Floors, ceilings and measures of noise: in no other part, and no sentence recommends them."""

    @property
    def reference(self) -> VariantResult | None:
        """The taught variant that the story is told of: the most exact level, the first seed."""
        return _best(self.taught)

    def taught_like(self, other: VariantResult) -> VariantResult | None:
        """The taught variant at the level of `other` (and its seed, where there is one)."""
        same = [row for row in self.taught if level(row) == level(other)]
        return _best([row for row in same if seed(row) == seed(other)] or same)


def cast(results: Results) -> Roles:
    """Find every part among the variants that use the first variant's model."""
    rows = tried(results)
    first = model(rows[0]) if rows else ""
    rows = [row for row in rows if model(row) == first]
    models = [row for row in rows if answerer(row) == "model"]

    def pick(keep: Callable[[VariantResult], bool], among: list[VariantResult]) -> Any:
        return _best([row for row in among if keep(row)])

    return Roles(
        untuned=pick(lambda row: recipe(row) == "base", models),
        reading=pick(lambda row: answerer(row) in READERS, rows),
        raw_text=pick(lambda row: recipe(row) == "raw_text", models),
        taught=tuple(
            sorted(
                (r for r in models if recipe(r) == "instruct" and not abstain_fraction(r)),
                key=lambda row: (exactness(row), _plainness(row), seed(row)),
            )
        ),
        trained=tuple(
            sorted(
                (row for row in models if recipe(row) != "base"),
                key=lambda row: (exactness(row), _plainness(row), seed(row)),
            )
        ),
        refusing=pick(
            lambda row: recipe(row) == "instruct" and abstain_fraction(row) > 0,
            sorted(models, key=abstain_fraction, reverse=True),
        ),
        mixed=pick(lambda row: recipe(row) == "mixed" and not abstain_fraction(row), models),
        bounds=tuple(row for row in results.variants if is_bound(row)),
    )


def _plainness(row: VariantResult) -> int:
    prompt = row.config.get("prompt") or {}
    other = int(writer(row) != "truth") + int(examples(row) is not None)
    return other + int(bool(prompt.get("system"))) + int(prompt.get("source_tag", "none") != "none")


def _best(rows: Iterable[VariantResult]) -> VariantResult | None:
    """One that answered before one that did not, then exact, plainly prompted, an early seed."""
    ranked = sorted(
        rows, key=lambda row: (not row.verdicts, exactness(row), _plainness(row), seed(row))
    )
    return ranked[0] if ranked else None
