"""Which variant of one side is held against which of the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import Any, Literal

from harness.comparing.sides import Side, SideVariant
from harness.errors import UserError
from harness.scoring.references import is_perturbed

ALL = "*"
Pair = tuple[SideVariant, SideVariant]
SideName = Literal["baseline", "candidate"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """What a side lacks: a variant, its end, questions; or a gate that nobody has."""

    variant: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """Variants of both sides with results, and what there is beside them."""

    pairs: tuple[Pair, ...]
    missing: tuple[Missing, ...] = ()
    reference: str = ""
    """The one variant that all others are held against; "" where they are matched by name."""
    reference_side: SideName | Literal[""] = ""
    """On which side it stands."""
    left_out: tuple[str, ...] = ()
    """Sentences on variants that are not held against it, and why."""


def is_pattern(name: str) -> bool:
    """Whether it stands for several variants: no name of a variant has such a sign in it."""
    return any(sign in name for sign in "*?[")


def pairing(baseline: Side, candidate: Side, only: tuple[str, str] = (ALL, ALL)) -> Pairing:
    """Pair two sides; `only` holds a name or a pattern a side.

    Two names are a pair whatever they are called. A name and a pattern hold every variant that fits
    the pattern against the one that is named. Two patterns match by name what fits both. Raises
    UserError where nothing is left.
    """
    old, new = only
    # A pattern on one side only narrows both, or all else would be missing there.
    if ALL in only and is_pattern(old) and is_pattern(new):
        old = new = new if old == ALL else old
    before, after = baseline.named(), candidate.named()
    if not is_pattern(old) and not is_pattern(new):
        pair = before[old], after[new]
        return Pairing(pairs=(pair,), missing=tuple(_unfinished(pair)))
    if is_pattern(old) and is_pattern(new):
        found = _by_name(_fitting(before, old), _fitting(after, new))
    else:
        found = _against(baseline, candidate, only)
    if not found.pairs and not found.missing:
        what = "neither side holds a variant" if only == (ALL, ALL) else "no variant is left"
        raise UserError(f"{what} to compare", "run the suite first, or name others")
    return found


def _fitting(variants: Mapping[str, SideVariant], pattern: str) -> dict[str, SideVariant]:
    """Those that fit; perturbed twins are no candidates, and no fewer of them are a loss."""
    return {
        name: each
        for name, each in variants.items()
        if fnmatchcase(name, pattern) and not is_perturbed(each.config)
    }


def _by_name(before: Mapping[str, SideVariant], after: Mapping[str, SideVariant]) -> Pairing:
    missing = [_gone(name, "candidate") for name in before if name not in after]
    missing += [_gone(name, "baseline") for name in after if name not in before]
    pairs = []
    for name in (name for name in before if name in after):
        empty = [
            (side, each)
            for side, each in (("baseline", before[name]), ("candidate", after[name]))
            if not each.scores
        ]
        if not empty:
            pairs.append((before[name], after[name]))
            missing += _unfinished(pairs[-1])
        missing += [_empty(each, side) for side, each in empty]
    return Pairing(pairs=tuple(pairs), missing=tuple(missing))


def _gone(name: str, side: str) -> Missing:
    return Missing(variant=name, sentence=f"{name} is missing in the {side}.")


def _empty(variant: SideVariant, side: str) -> Missing:
    why = variant.error or variant.status
    sentence = f"{variant.name} has no result in the {side}: {why}."
    return Missing(variant=variant.name, sentence=sentence)


def _unfinished(pair: Pair) -> list[Missing]:
    """What has scores, and yet was not brought to its end."""
    found = []
    for side, each in zip(("baseline", "candidate"), pair, strict=True):
        if each.scores and each.status not in ("ok", "unavailable"):
            ended = "failed" if each.status == "failed" else "is not finished"
            why = each.error or each.status
            sentence = f"{each.own_name} {ended} in the {side}: {why}."
            found.append(Missing(variant=each.own_name, sentence=sentence))
    return found


def _against(baseline: Side, candidate: Side, only: tuple[str, str]) -> Pairing:
    """Every variant of a side that somebody might use against the one named on the other side.

    Each pair is called after the variant that varies.
    """
    backwards = is_pattern(only[0])
    one, other = (candidate, baseline) if backwards else (baseline, candidate)
    name, pattern = only[::-1] if backwards else only
    reference = one.named()[name]
    if not reference.scores:
        reason = reference.error or reference.status
        raise UserError(f"{name} has no result: {reason}", "name a variant that was run to its end")
    # A run against itself is read once, so that its variants are the very same.
    itself = one.variants is other.variants
    pairs: list[Pair] = []
    left_out = []
    missing = []
    for each in other.named().values():
        if not fnmatchcase(each.name, pattern) or (itself and each.name == name):
            continue
        why = _no_choice(each.config)
        if why:
            left_out.append(f"{each.name} is left out: {why}.")
            continue
        if not each.scores:
            missing.append(_empty(each, "baseline" if backwards else "candidate"))
            continue
        if backwards:
            pairs.append((each, replace(reference, name=each.name)))
        else:
            pairs.append((reference, each))
        missing += _unfinished(pairs[-1])
    return Pairing(
        pairs=tuple(pairs),
        missing=tuple(dict.fromkeys(missing)),
        reference=name,
        reference_side="candidate" if backwards else "baseline",
        left_out=tuple(left_out),
    )


def _no_choice(config: Mapping[str, Any]) -> str:
    """Why nobody would use a variant; empty where somebody might."""
    if is_perturbed(config):
        return "there is noise on its weights"
    recipe = config.get("recipe")
    if isinstance(recipe, Mapping) and recipe.get("control"):
        return "it was spoilt on purpose"
    tried = config.get("answerer", "model") in ("model", "reading")
    return "" if tried else "it is a floor or a ceiling"
