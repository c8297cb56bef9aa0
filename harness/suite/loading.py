"""Read a suite file, check it and turn it into records. Imports no torch; takes milliseconds."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from harness import catalog, shipped
from harness.errors import UserError
from harness.models.presets import DEFAULT
from harness.records import (
    Adapter,
    Ask,
    Measure,
    ModelChoice,
    Prompt,
    Recipe,
    Suite,
    Training,
    Variant,
    Writing,
)
from harness.suite import expansion, naming, overrides
from harness.suite.checking import checked
from harness.suite.corpora import corpus_choice
from harness.suite.gates import check_gate


def load_suite(name_or_path: str, overrides: Sequence[str] = ()) -> Suite:
    """The suite of that name or path, with `--set` changes ("training.epochs=3") applied.

    Raises UserError for a missing or malformed file, and for every misspelt key or name with the
    nearest valid one.
    """
    path = suite_file(name_or_path)
    text = _read(path)
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"{path} is not valid TOML: {error}", "docs/suites.md shows one") from error
    return _suite(table, text, path, overrides)


def suite_file(name_or_path: str) -> Path:
    """The file that a suite's name or path stands for."""
    path = Path(name_or_path).expanduser()
    looks_like_path = path.suffix == ".toml" or len(path.parts) > 1
    if path.is_file() and looks_like_path:
        return path
    if looks_like_path:
        raise UserError(
            f"no suite file at {path}",
            f"check the path, or name a shipped suite: {', '.join(shipped.names('suites'))}",
        )
    return shipped.find("suites", name_or_path)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise UserError(f"cannot read {path}: {os.strerror(error.errno or 0)}") from error
    except UnicodeDecodeError as error:
        raise UserError(f"{path} is not UTF-8: {error.reason}", "save it as UTF-8") from error


def _suite(table: dict[str, Any], text: str, path: Path, changes: Sequence[str]) -> Suite:
    from harness.suite.schema import SuiteTable

    where = path.name
    _paths_from(table, path.parent)
    _normalize(table)
    overrides.apply(table, changes)
    _normalize(table)
    top = checked(SuiteTable, table, where)
    shared = {key: top[key] for key in expansion.SHARED if key in top}
    variants = []
    for number, entry in enumerate(top["variants"], start=1):
        place = f"{where}, variant {number}"
        for own in expansion.expand(entry, place):
            _normalize(own)
            variants.append(_variant(expansion.merge(shared, own), top, place))
    for key in top.get("gate", {}):
        check_gate(key, where)
    if changes:
        lines = "".join(f"# --set {change}\n" for change in changes)
        text = f"{text.rstrip()}\n\n# Changed on the command line when this was run:\n{lines}"
    return Suite(
        name=top.get("name", path.stem),
        corpus=corpus_choice(top.get("corpus", {}), where),
        variants=naming.named(variants, where),
        writing=_writing(top, where),
        gate=top.get("gate", {}),
        threads=top.get("threads", 2),
        source=text,
        description=top.get("description", ""),
        timeout=top.get("timeout"),
    )


def _paths_from(table: dict[str, Any], folder: Path) -> None:
    """Let relative paths in a suite file count from the file's own folder."""
    given = table.get("corpus")
    corpus: dict[str, Any] = given if isinstance(given, dict) else {}
    for key in ("path", "text", "questions"):
        if isinstance(corpus.get(key), str):
            corpus[key] = str(folder.resolve() / Path(corpus[key]).expanduser())
    for holder in [table, table.get("writing"), *(item for item in _list(table.get("variants")))]:
        given = holder.get("model") if isinstance(holder, dict) else None
        for model in given if isinstance(given, list) else [given]:
            if isinstance(model, dict) and isinstance(model.get("path"), str):
                model["path"] = str(folder.resolve() / Path(model["path"]).expanduser())


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _normalize(table: dict[str, Any]) -> None:
    """Write short forms out: a model's name as a table, gate keys with dots as one word."""
    if isinstance(table.get("model"), str):
        table["model"] = {"name": table["model"]}
    if isinstance(table.get("writing"), dict):
        _normalize(table["writing"])
    if isinstance(table.get("gate"), dict):
        table["gate"] = dict(_flat(table["gate"], ""))


def _flat(table: Mapping[str, Any], prefix: str) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for key, value in table.items():
        name = f"{prefix}{key}"
        found += _flat(value, f"{name}.") if isinstance(value, dict) else [(name, value)]
    return found


def _writing(top: Mapping[str, Any], where: str) -> Writing:
    """The table `[writing]`; its model is the suite's own where it names none."""
    table = dict(top.get("writing", {}))
    model = _model(table.pop("model", top.get("model", {"name": DEFAULT})), where)
    if "openings" in table:
        table["openings"] = tuple(table["openings"])
    writing = Writing(model=model, **({"threads": top.get("threads", 2)} | table))
    _known("level", writing.quantization, where)
    if writing.overlap_words >= writing.window_words:
        raise UserError(
            f"{where}: writing.overlap_words = {writing.overlap_words} is not below"
            f" writing.window_words = {writing.window_words}",
            "windows would not move on; 50 of 200 is usual",
        )
    return writing


_RECIPE_KEYS = ("abstain_fraction", "renderings", "writer", "examples", "control")


def _variant(table: dict[str, Any], suite: Mapping[str, Any], where: str) -> Variant:
    """One variant's merged table, checked and turned into records. Its name may still be empty."""
    from harness.suite.schema import VariantTable

    content = checked(VariantTable, table, where)
    recipe = Recipe(
        name=content.get("recipe", "base"),
        **{key: content[key] for key in _RECIPE_KEYS if key in content},
    )
    variant = Variant(
        name=content.get("name", ""),
        model=_model(content.get("model", {"name": DEFAULT}), where),
        quantization=content.get("quantization", "fp32"),
        recipe=recipe,
        answerer=content.get("answerer", "model"),
        seed=content.get("seed", 1),
        threads=suite.get("threads", 2),
        adapter=Adapter(**_tuples(content.get("adapter", {}))),
        training=Training(**content.get("training", {})),
        prompt=Prompt(**content.get("prompt", {})),
        ask=Ask(**_tuples(content.get("ask", {}))),
        measure=Measure(**_tuples(content.get("measure", {}))),
    )
    _check_names(variant, where)
    _check_sense(variant, where)
    return variant


def _tuples(table: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(item) if isinstance(item, list) else item for key, item in table.items()}


def _model(table: Mapping[str, Any], where: str) -> ModelChoice:
    """A preset by name, a hub repository by OWNER/NAME, or a folder by path."""
    name, path = table.get("name"), table.get("path")
    if name is None and path is None:
        raise UserError(f"{where}: model has neither name nor path", 'model = "smollm2-135m"')
    if path is None and name is not None and "/" not in name:
        _known("model", name, where)
    return ModelChoice(name=name or Path(str(path)).name, path=path, revision=table.get("revision"))


def _known(kind: catalog.Kind, name: str, where: str) -> None:
    try:
        catalog.get(kind, name)
    except UserError as error:
        raise UserError(f"{where}: {error.message}", error.hint) from None


def _check_names(variant: Variant, where: str) -> None:
    _known("recipe", variant.recipe.name, where)
    _known("level", variant.quantization, where)
    _known("answerer", variant.answerer, where)
    _known("forms", variant.prompt.forms, where)
    _known("writer", variant.recipe.writer, where)
    for probe in variant.ask.probes:
        _known("probe", probe, where)


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


def _check_sense(variant: Variant, where: str) -> None:
    """Refuse settings that are each valid and together mean nothing."""
    _check_options(variant.recipe, where)
    if variant.answerer != "model" and variant.tuned:
        raise UserError(
            f"{where}: answerer {variant.answerer!r} is not trained",
            'leave recipe out, or use answerer = "model"',
        )
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
