"""A variant is named after what distinguishes it: `instruct-nf4`, `instruct-abstain-nf4-s2`."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from typing import Any

from harness.answering import answers_by_model
from harness.errors import UserError
from harness.records import Adapter, Training, Variant

LONGEST = 160
"""Letters of a name. A folder may have 255 bytes, and a fingerprint of 14 is added."""

_SHORT = {"adapter.rank": "r", "training.epochs": "e", "seed": "s"}
"""Keys that are named by a letter; others by their last word."""


def named(variants: Sequence[Variant], where: str) -> tuple[Variant, ...]:
    """The variants with names: their own where given, else made; UserError for a duplicate.

    A made name is recipe (or answerer), "abstain" where refusals are trained, "perturbed"
    where there is noise on the weights, and quantization.
    Where several variants would share one, whatever differs between them is added, the seed last
    but for what is measured.
    """
    parts = [[variant.name] if variant.name else _plain(variant) for variant in variants]
    settings = [dict(_settings(variant)) for variant in variants]
    for key in dict(settings[0]) if settings else ():
        for group in _same(parts):
            values = {str(settings[index][key]) for index in group}
            if len(values) > 1:
                for index in group:
                    _add(parts[index], key, settings[index][key])
    names = ["-".join(part) for part in parts]
    _check_differ(variants, names, where)
    for name in names:
        if len(name) > LONGEST:
            raise UserError(
                f"{where}: a variant's name has {len(name)} letters: {name[:40]}...",
                f"it names a folder: give it a name of at most {LONGEST} letters",
            )
    for name, count in Counter(names).items():
        if count > 1:
            raise UserError(
                f"{where}: {count} variants are the same: {name}",
                "remove the repetition, or give different settings",
            )
    return tuple(replace(variant, name=name) for variant, name in zip(variants, names, strict=True))


def _check_differ(variants: Sequence[Variant], names: Sequence[str], where: str) -> None:
    """Raise UserError where untrained variants differ in nothing but how they would be trained."""
    first: dict[Variant, str] = {}
    for variant, name in zip(variants, names, strict=True):
        if variant.tuned:
            continue
        heeded = replace(variant, name="", adapter=Adapter(), training=Training())
        other = first.setdefault(heeded, name)
        if other != name:
            raise UserError(
                f"{where}: {other} and {name} are the same: neither is trained",
                "adapter and training change nothing there; leave the list out",
            )


def _plain(variant: Variant) -> list[str]:
    head = variant.recipe.name if variant.answerer == "model" else variant.answerer
    if not answers_by_model(variant.answerer):
        return [head]
    control = [variant.recipe.control] if variant.recipe.control else []
    abstain = ["abstain"] if variant.recipe.abstain_fraction else []
    perturbed = ["perturbed"] if variant.perturb else []
    return [head, *control, *abstain, *perturbed, variant.quantization]


def _same(parts: Sequence[Sequence[str]]) -> Iterator[list[int]]:
    """The groups of variants that still share a name."""
    groups = defaultdict(list)
    for index, part in enumerate(parts):
        groups["-".join(part)].append(index)
    yield from (group for group in groups.values() if len(group) > 1)


def _settings(variant: Variant) -> Iterator[tuple[str, Any]]:
    """Dotted key and value of everything that may distinguish variants, in naming order."""
    yield "model", variant.model.name
    yield "recipe", variant.recipe.name
    yield "answerer", variant.answerer
    yield "quantization", variant.quantization
    yield "abstain_fraction", variant.recipe.abstain_fraction
    yield "perturb", variant.perturb
    yield "renderings", variant.recipe.renderings
    yield "writer", variant.recipe.writer
    yield "examples", variant.recipe.examples
    yield "control", variant.recipe.control
    for table in ("adapter", "training", "prompt", "ask"):
        yield from _table(variant, table)
    yield "seed", variant.seed
    yield from _table(variant, "measure")


def _table(variant: Variant, table: str) -> Iterator[tuple[str, Any]]:
    for key, value in asdict(getattr(variant, table)).items():
        yield f"{table}.{key}", value


def _add(part: list[str], key: str, value: Any) -> None:
    """Put a distinguishing setting into a name where a reader looks for it."""
    text = _text(value)
    if key == "model":
        part.insert(0, _text(str(value).rpartition("/")[2]))
    elif key == "abstain_fraction" and "abstain" in part:
        part[part.index("abstain")] = f"abstain{text}"
    elif key == "perturb" and "perturbed" in part:
        part[part.index("perturbed")] = f"perturbed{text}"
    elif key in ("recipe", "answerer", "quantization", "abstain_fraction", "writer"):
        part.append(text)
    else:
        part.append(_SHORT.get(key, key.rpartition(".")[2]) + text)


def _text(value: Any) -> str:
    """A value as part of a name: 0.0005, all_linear, q_proj+v_proj."""
    if isinstance(value, (list, tuple)):
        return "+".join(_text(item) for item in value)
    if isinstance(value, float):
        return f"{value:g}"
    kept = (letter if letter.isalnum() or letter in "._+-" else "_" for letter in str(value))
    return re.sub("-+", "-", "".join(kept))[:40].strip("-")
