"""results.json for others: every number, and no word that a user wrote.

What may stay is named; whatever is not, a setting that a later version adds included, is taken out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from harness.records import Results

HIDDEN = "left out"
OPEN_KINDS = ("fiction", "surgery")
"""Kinds of corpora whose title and description are ours; any other kind may be somebody's own."""
_CORPUS = frozenset(
    "kind size seed language digest words chapters facts asked_facts names questions".split()
)
_TITLES = frozenset(("title", "notice", "source_tag", "canary"))
_SUITE = frozenset("name gate threads timeout".split())
_SUITE_CORPUS = frozenset("kind size seed chapters language write_questions".split())
_ENVIRONMENT = frozenset("software python system hardware threads device started variables".split())
WORDS = frozenset(
    (
        *("name", "quantization", "answerer"),
        *("model.name", "recipe.name", "recipe.writer", "recipe.control", "adapter.targets"),
        *("training.schedule", "training.optimizer", "prompt.source_tag", "prompt.forms"),
        *("ask.probes", "ask.repeats", "measure.phases"),
    )
)
"""Settings of a variant whose text is a word of ours: a name, a list of names."""
_WRITING_WORDS = frozenset(("quantization", "model.name"))


def kept_back(results: Results) -> bool:
    """Whether the corpus is one that is published without its text unless somebody asks for it.

    A made-up story and the small book in our own words may be shown; a user's own text and the
    whole book of surgery are not, and neither is any kind that is not known here.
    """
    kind, size = results.corpus.get("kind"), results.corpus.get("size")
    return not (kind == "fiction" or (kind == "surgery" and size == "small"))


def is_own(results: Results) -> bool:
    """Whether the corpus is a user's own, so that even what it is called is left out."""
    return results.corpus.get("kind") not in OPEN_KINDS


def without_text(results: Results) -> Results:
    """The same results with every figure and without any text of the corpus or of the user.

    Settings that differ stay different: each text is replaced by a number of its own, so that
    variants can still be told apart by what was done to them.
    """
    own = is_own(results)
    suite_keys = _SUITE if own else _SUITE | {"description"}
    hide = Hiding()
    suite = _kept(results.suite, suite_keys)
    if "corpus" in results.suite:
        suite["corpus"] = _kept(results.suite["corpus"], _SUITE_CORPUS)
    if "writing" in results.suite:
        suite["writing"] = hide.settings(results.suite["writing"], _WRITING_WORDS)
    return replace(
        results,
        suite=suite,
        corpus=_kept(results.corpus, _CORPUS if own else _CORPUS | _TITLES),
        environment=_kept(results.environment, _ENVIRONMENT),
        variants=tuple(
            replace(
                row,
                config=hide.settings(row.config, WORDS),
                error=None if row.error is None else HIDDEN,
            )
            for row in results.variants
        ),
    )


def without_places(results: Results) -> Results:
    """The same results with folders of this machine reduced to their last part."""
    found = places(results)
    return replace(
        results,
        suite=_last_parts(results.suite),
        variants=tuple(
            replace(
                row,
                config=_last_parts(row.config),
                error=None if row.error is None else shortened(row.error, found),
            )
            for row in results.variants
        ),
    )


def shortened(text: str, places: Iterable[str]) -> str:
    """The text with each of those folders reduced to its last part."""
    for place in places:
        text = text.replace(place, PurePath(place).name)
    return text


def places(results: Results) -> list[str]:
    """Every folder of this machine that results name, the longest first."""
    found = {*_places(results.suite)}
    for row in results.variants:
        found |= {*_places(row.config)}
    return sorted(found, key=lambda text: (-len(text), text))


class Hiding:
    """Replaces texts by numbers: the same text by the same number."""

    def __init__(self) -> None:
        self._numbers: dict[str, str] = {}

    def settings(self, value: Any, words: frozenset[str], place: str = "") -> Any:
        """The settings with every text that is not at one of those places replaced."""
        if isinstance(value, Mapping):
            deeper = f"{place}." if place else ""
            return {
                key: self.settings(each, words, f"{deeper}{key}") for key, each in value.items()
            }
        if isinstance(value, (list, tuple)):
            return [self.settings(each, words, place) for each in value]
        if isinstance(value, str) and value and place not in words:
            return self._numbers.setdefault(value, f"{HIDDEN} ({len(self._numbers) + 1})")
        return value


def _kept(table: Mapping[str, Any], keys: frozenset[str]) -> dict[str, Any]:
    return {key: value for key, value in table.items() if key in keys}


_PATHS = frozenset(("path", "text", "questions"))


def _is_place(key: str, value: Any) -> bool:
    return key in _PATHS and isinstance(value, str) and PurePath(value).name != value


def _last_parts(table: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: _last_parts(value)
        if isinstance(value, Mapping)
        else PurePath(value).name
        if _is_place(key, value)
        else value
        for key, value in table.items()
    }


def _places(table: Mapping[str, Any]) -> Iterator[str]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _places(value)
        elif _is_place(key, value):
            yield value
