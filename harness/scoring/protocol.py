"""What a score was computed under, as a short id: scores of other protocols are not compared."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from functools import cache
from typing import Any

from harness import catalog
from harness.corpora import controls
from harness.scoring.judge import JUDGE_VERSION
from harness.scoring.material import PLAIN_FORM, Against, Material
from harness.storage.fingerprints import LIKELIHOOD_VERSION, REPEAT_VERSION
from harness.storage.jsonl import canonical
from harness.text.abstention import DETECTOR_VERSION
from harness.text.abstention_more import LEXICON_VERSION
from harness.text.matching import MATCHER_VERSION
from harness.text.normalize import NORMALIZER_VERSION

DIGITS = 12
SCORES_VERSION = 1
"""Raise it whenever a score could get another value, or another meaning, from the same verdicts."""
FAMILY_VERSIONS: Mapping[str, int] = {"calibration": 2, "sensitivity": 2}
"""The same for the scores of one family; 1 where it is not named. The version 2 of sensitivity
permutes forms by cluster, that of calibration has an interval that knows of the bias."""
EVERY_FORM = ("sensitivity", "tag")
"""The families that are made of all prompt forms; the others are made of the plain one."""


AGAINST: Mapping[str, Against] = {
    "quantization.": "reference",
    "noise.": "perturbed",
    "locality.agreement": "base",
    "locality.forgetting": "base",
    "locality.leak": "base",
    "locality.perplexity_ratio": "base",
    "recall.known": "base",
    "recall.maybe_known": "base",
    "recall.unknown": "base",
    "diagnostic.em.floor": "base",
    "diagnostic.f1.floor": "base",
    "diagnostic.rouge_l.floor": "base",
}
"""How the names of scores begin that hold a variant against another one, and against which. The
other's settings decide them too."""


def protocol(material: Material, family: str = "", score: str = "") -> str:
    """Twelve hex digits over the settings and versions that decide a variant's scores.

    In it are the prompt with the form that is scored, the decoding, and the versions of the
    normalizer, matcher, refusal detector, lexicon, judge and scores; for a `family` of scores that
    is made of more than greedy answers in one form, what decides these too; for a `score` that is
    held against another variant, the level and settings of that one. Threads, batch size and
    seed are not: they may move single bits and mean nothing else. Nor is the model, which is what
    is compared.
    """
    content = _general(material.config, family) | _of_family(material, family)
    part = next((part for start, part in AGAINST.items() if score.startswith(start)), None)
    if part is not None and part in material.against:
        content["against"] = _of_other(material.against[part], family)
    if family in FAMILY_VERSIONS:
        content["family"] = FAMILY_VERSIONS[family]
    return hashlib.sha256(canonical(content).encode()).hexdigest()[:DIGITS]


def _general(config: Mapping[str, Any], family: str) -> dict[str, Any]:
    prompt = dict(config.get("prompt") or {})
    ask = config.get("ask") or {}
    forms = str(prompt.get("forms", PLAIN_FORM))
    if family not in EVERY_FORM and _holds_plain(forms):
        forms = PLAIN_FORM
    return {
        "prompt": prompt | {"forms": forms},
        "forms": forms_digest(forms),
        "decoding": {"max_new_tokens": ask.get("max_new_tokens")},
        "normalizer": NORMALIZER_VERSION,
        "matcher": MATCHER_VERSION,
        "detector": DETECTOR_VERSION,
        "lexicon": LEXICON_VERSION,
        "judge": JUDGE_VERSION,
        "scores": SCORES_VERSION,
    }


def _of_other(config: Mapping[str, Any], family: str) -> dict[str, Any]:
    """What decides the answers of a variant that another one is held against."""
    ask = config.get("ask") or {}
    return _general(config, family) | {
        "level": config.get("quantization"),
        "perturb": config.get("perturb") or 0.0,
        "repeat_sample": ask.get("repeat_sample"),
    }


def _of_family(material: Material, family: str) -> dict[str, Any]:
    """What the families that read more than greedy answers depend on besides."""
    ask = material.config.get("ask") or {}
    if family == "strata":
        # Draws of the untuned model tell what it knows; without any, nothing is "maybe known".
        draws = max((item.answer.draw for item in material.base), default=0)
        return {"draws": draws, "temperature": ask.get("temperature") if draws else None}
    if family == "locality":
        return {"controls": [asdict(each) for each in controls.questions(material.corpus.language)]}
    if family == "determinism":
        asked = {name: ask.get(name) for name in ("repeat_draws", "repeat_sample")}
        return {**asked, "repeat": REPEAT_VERSION}
    if family in ("likelihood", "divergence"):
        return {"likelihood": LIKELIHOOD_VERSION}
    return {}


def _holds_plain(name: str) -> bool:
    """Whether the set has the form that training used, worded as in the set "plain"."""
    sets = catalog.specs("forms")
    plain = _described(sets[PLAIN_FORM].target)
    return name in sets and all(form in _described(sets[name].target) for form in plain)


def _described(target: str) -> list[Any]:
    """The wordings of the forms of a set."""
    return [
        asdict(form) if is_dataclass(form) and not isinstance(form, type) else repr(form)
        for form in catalog.load(target)
    ]


@cache
def forms_digest(name: str) -> str:
    """SHA-256 (hex) over the wordings of a set of prompt forms.

    Of a set that this installation does not know (one that a package added), over its name alone:
    its answers can be re-scored, and do not compare with those that were scored beside the package.
    """
    spec = catalog.specs("forms").get(name)
    content: Any = name if spec is None else _described(spec.target)
    return hashlib.sha256(canonical(content).encode()).hexdigest()
