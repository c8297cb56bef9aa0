"""Whether both sides of a pair were asked the same and have the same scores, and why not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from harness.comparing.pairing import Missing, Pair
from harness.comparing.rows import ScoreRow
from harness.comparing.sides import Asked, SideVariant

SHOWN = 12
"""Scores that a line names; the JSON file has all."""
_OF_LEVELS = "quantization."


def unlike(pair: Pair, known: Mapping[str, Asked]) -> tuple[list[Missing], list[str]]:
    """Questions that only one side was asked: what is missing, or a line where that is by design.

    `known` holds every question of both sides.
    """
    before, after = pair
    missing: list[Missing] = []
    lines: list[str] = []
    designed = by_design(pair)
    sides = ((before, after, "candidate"), (after, before, "baseline"))
    for has, lacks, side in sides:
        by_probe: dict[str, list[str]] = {}
        for key in has.said:
            if key not in lacks.said:
                by_probe.setdefault(str(known[key].probe), []).append(key)
        for probe, keys in by_probe.items():
            count = f"{len(keys)} {'question' if len(keys) == 1 else 'questions'} of {probe}"
            if designed:
                lines.append(
                    f"{lacks.own_name} was not asked {count} that {has.own_name} was asked."
                )
            else:
                first = f"{keys[0]} the first" if len(keys) > 1 else keys[0]
                sentence = f"{after.name} lacks {count} in the {side}: {first}."
                missing.append(Missing(variant=after.name, sentence=sentence))
    return missing, lines


def on_one_side(pair: Pair, gated: Iterable[str]) -> tuple[set[str], list[str]]:
    """Gated scores that only one side has, where that is by design, and a line on them.

    What was taught otherwise has other scores, and what others are held against to see the price
    of quantization has none of that price.
    """
    before, after = pair
    found: set[str] = set()
    lines: list[str] = []
    if before.own_name == after.own_name:
        return found, lines
    designed = by_design(pair)
    for has, lacks in ((before, after), (after, before)):
        only = [name for name in gated if name in has.scores and name not in lacks.scores]
        of_levels = [name for name in only if name.startswith(_OF_LEVELS)]
        for names, why in (
            (
                [name for name in only if designed and name not in of_levels],
                "it was taught otherwise",
            ),
            (of_levels, "others are held against it"),
        ):
            if names:
                found |= set(names)
                lines.append(f"{lacks.own_name} has no {', '.join(names)}: {why}.")
    return found, lines


def nowhere(names: Iterable[str], variants: Iterable[SideVariant]) -> list[str]:
    """A line a gated score that none of these variants has, though another of their side has."""
    of = ", ".join(dict.fromkeys(each.own_name for each in variants))
    return [f"{name}: no such score for {of}." for name in names]


def not_compared(rows: Iterable[ScoreRow]) -> list[str]:
    """Scores without a gate that could not be compared, a line a variant and a reason.

    What neither side could compute is not told.
    """
    found: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        if row.problem and any(each and each.value is not None for each in (row.before, row.after)):
            found.setdefault((row.variant, row.problem), []).append(row.score)
    return [
        f"shown, not gated: {variant}: {problem}: {', '.join(names[:SHOWN])}"
        + (f" and {len(names) - SHOWN} more" if len(names) > SHOWN else "")
        for (variant, problem), names in found.items()
    ]


def by_design(pair: Pair) -> bool:
    """Whether two variants are different ones, taught, answered or asked in different ways.

    What was never taught has no recall, and what was taught questions was not shown the text.
    """
    before, after = pair
    return before.own_name != after.own_name and _ways(before) != _ways(after)


def _ways(variant: SideVariant) -> tuple[object, ...]:
    config = variant.config
    recipe = (config.get("recipe") or {}).get("name", "base")
    return recipe, config.get("answerer", "model"), (config.get("ask") or {}).get("probes")
