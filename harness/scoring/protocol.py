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
from harness.scoring.material import Material
from harness.storage.fingerprints import LIKELIHOOD_VERSION, REPEAT_VERSION
from harness.storage.jsonl import canonical
from harness.text.abstention import DETECTOR_VERSION
from harness.text.abstention_more import LEXICON_VERSION
from harness.text.matching import MATCHER_VERSION
from harness.text.normalize import NORMALIZER_VERSION

DIGITS = 12
SCORES_VERSION = 1
"""Raise it whenever a score could get another value, or another meaning, from the same verdicts."""


def protocol(material: Material, family: str = "") -> str:
    """Twelve hex digits over the settings and versions that decide a variant's scores.

    In it are the prompt with the whole set of its forms, the decoding, and the versions of the
    normalizer, matcher, refusal detector, lexicon, judge and scores; for a `family` of scores that
    is made of more than greedy answers, what decides these too. Threads, batch size and seed are
    not: they may move single bits and mean nothing else. Nor is the model, which is what is
    compared.
    """
    content = _general(material.config) | _of_family(material, family)
    return hashlib.sha256(canonical(content).encode()).hexdigest()[:DIGITS]


def _general(config: Mapping[str, Any]) -> dict[str, Any]:
    prompt = dict(config.get("prompt") or {})
    ask = config.get("ask") or {}
    return {
        "prompt": prompt,
        "forms": forms_digest(str(prompt.get("forms", "plain"))),
        "decoding": {"max_new_tokens": ask.get("max_new_tokens")},
        "normalizer": NORMALIZER_VERSION,
        "matcher": MATCHER_VERSION,
        "detector": DETECTOR_VERSION,
        "lexicon": LEXICON_VERSION,
        "judge": JUDGE_VERSION,
        "scores": SCORES_VERSION,
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
        return {"repeat_draws": ask.get("repeat_draws"), "repeat": REPEAT_VERSION}
    if family in ("likelihood", "divergence"):
        return {"likelihood": LIKELIHOOD_VERSION}
    return {}


@cache
def forms_digest(name: str) -> str:
    """SHA-256 (hex) over the wordings of a set of prompt forms.

    Of a set that this installation does not know (one that a package added), over its name alone:
    its answers can be re-scored, and do not compare with those that were scored beside the package.
    """
    spec = catalog.specs("forms").get(name)
    content: Any = name
    if spec is not None:
        content = [
            asdict(form) if is_dataclass(form) and not isinstance(form, type) else repr(form)
            for form in catalog.load(spec.target)
        ]
    return hashlib.sha256(canonical(content).encode()).hexdigest()
