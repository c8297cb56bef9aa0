"""Read a suite file, check it and turn it into records. Imports no torch; takes milliseconds."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from harness import shipped
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
from harness.suite.sense import check_variant, known


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
    _check_rounds(variants, where)
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


def _check_rounds(variants: Sequence[Variant], where: str) -> None:
    """Raise UserError where variants that take turns would not have the same number of them."""
    measured = {each.measure.processes for each in variants if each.measure.phases}
    if len(measured) > 1:
        raise UserError(
            f"{where}: measure.processes differs between variants:"
            f" {', '.join(map(str, sorted(measured)))}",
            "they are measured in turns: set it once, in the table [measure] of the suite",
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
    known("level", writing.quantization, where)
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
        perturb=content.get("perturb", 0.0),
    )
    check_variant(variant, where)
    return variant


def _tuples(table: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(item) if isinstance(item, list) else item for key, item in table.items()}


def _model(table: Mapping[str, Any], where: str) -> ModelChoice:
    """A preset by name, a hub repository by OWNER/NAME, or a folder by path."""
    name, path = table.get("name"), table.get("path")
    if name is None and path is None:
        raise UserError(f"{where}: model has neither name nor path", 'model = "smollm2-135m"')
    if path is None and name is not None and "/" not in name:
        known("model", name, where)
    return ModelChoice(name=name or Path(str(path)).name, path=path, revision=table.get("revision"))
