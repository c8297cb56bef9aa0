"""Whether the settings of a variant name what there is, and mean something together."""

from __future__ import annotations

from dataclasses import asdict

from harness import catalog
from harness.answering import answers_by_model
from harness.errors import UserError
from harness.records import Recipe, Variant
from harness.scoring.references import EXACT_LEVELS


def check_variant(variant: Variant, where: str) -> None:
    """Raise UserError, saying what to do, for the first thing about a variant that cannot be."""
    _check_names(variant, where)
    _check_sense(variant, where)


def known(kind: catalog.Kind, name: str, where: str) -> None:
    """Raise UserError, with the nearest name, unless something of that kind has this name."""
    try:
        catalog.get(kind, name)
    except UserError as error:
        raise UserError(f"{where}: {error.message}", error.hint) from None


def _check_names(variant: Variant, where: str) -> None:
    known("recipe", variant.recipe.name, where)
    known("level", variant.quantization, where)
    known("answerer", variant.answerer, where)
    known("forms", variant.prompt.forms, where)
    known("writer", variant.recipe.writer, where)
    for probe in variant.ask.probes:
        known("probe", probe, where)


def _check_options(recipe: Recipe, where: str) -> None:
    """Refuse a setting that the recipe would ignore: it would name a variant and change nothing."""
    for key, default in asdict(Recipe()).items():
        if key == "name" or getattr(recipe, key) == default:
            continue
        if key not in catalog.get("recipe", recipe.name).options:
            heeding = [
                name for name, spec in catalog.specs("recipe").items() if key in spec.options
            ]
            raise UserError(
                f"{where}: the recipe {recipe.name!r} has no {key}",
                f"recipes that have it: {', '.join(heeding)}",
            )
    if recipe.control not in catalog.get("recipe", recipe.name).options.get("control", ""):
        raise UserError(
            f"{where}: the recipe {recipe.name!r} has no control {recipe.control!r}",
            "shuffled_answers goes with instruct: whatever else shows the text shows the truth",
        )


def _check_perturbed(variant: Variant, where: str) -> None:
    """Refuse noise on weights that are quantized, or on none."""
    if not variant.perturb:
        return
    if variant.quantization not in EXACT_LEVELS:
        raise UserError(
            f"{where}: perturb = {variant.perturb:g} at {variant.quantization}:"
            " noise as small as rounding is put on weights at full precision only",
            f"levels that take it: {', '.join(EXACT_LEVELS)}",
        )
    if not answers_by_model(variant.answerer):
        raise UserError(
            f"{where}: answerer {variant.answerer!r} has no weights to perturb",
            'leave perturb out, or use answerer = "model"',
        )


def _check_sense(variant: Variant, where: str) -> None:
    """Refuse settings that are each valid and together mean nothing."""
    _check_options(variant.recipe, where)
    if variant.answerer != "model" and variant.tuned:
        raise UserError(
            f"{where}: answerer {variant.answerer!r} is not trained",
            'leave recipe out, or use answerer = "model"',
        )
    _check_perturbed(variant, where)
    if variant.ask.draws and not variant.ask.temperature:
        raise UserError(
            f"{where}: ask.draws = {variant.ask.draws} at temperature 0 would all be the same",
            "give ask.temperature above 0",
        )
    if variant.ask.repeat_sample is not None and not variant.ask.repeats:
        raise UserError(
            f"{where}: ask.repeat_sample says how much is asked again, and nothing is",
            'give ask.repeats, e.g. ["process"], or leave repeat_sample out',
        )
    for key in ("probes", "repeats"):
        named = getattr(variant.ask, key)
        if len(set(named)) < len(named):
            raise UserError(f"{where}: ask.{key} names {key[:-1]} twice", "name each once")
