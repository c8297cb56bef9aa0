"""Recall by what the untuned model already knew.

Gekhman et al. (2024, "Does Fine-Tuning LLMs on New Knowledge Encourage Hallucinations?") sort facts
by the answers of the model before training: always right, sometimes right, right only when sampled,
never right. Here there are three strata, from the answers that the same run holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from harness.records import Judged, ProbeName, Score
from harness.scoring.material import PLAIN_FORM, Material
from harness.scoring.recall import is_sentence
from harness.scoring.shares import is_correct, share_of
from harness.text.normalize import normalize

Stratum = Literal["known", "maybe_known", "unknown"]
STRATA: tuple[Stratum, ...] = ("known", "maybe_known", "unknown")
PROBES: tuple[ProbeName, ...] = ("trained", "paraphrase", "relational", "text_only")
"""Probes that ask for a fact's value outright: their answers say what the model knows of it."""
SCORED: tuple[ProbeName, ...] = ("trained", "paraphrase")


def of(base: Iterable[Judged], language: str = "en") -> dict[str, Stratum]:
    """Key of a fact (`key`) to its stratum, from all answers of the untuned model.

    *known*: at least half of its greedy answers about the fact, over all wordings, are right.
    *maybe_known*: fewer, but some sampled answer is. *unknown*: the rest. Without sampled draws
    (`has_draws`) nothing is maybe known. One prompt form counts, the plain one where there is one.
    `language` is the corpus's: it tells which answers are too long to be a value.
    """
    items = [
        item
        for item in base
        if item.question.probe in PROBES
        and not item.question.aside
        and not is_sentence(item, language)
    ]
    forms = {item.answer.form for item in items}
    form = PLAIN_FORM if PLAIN_FORM in forms or not forms else min(forms)
    greedy: dict[str, list[bool]] = {}
    sampled: dict[str, bool] = {}
    for item in (item for item in items if item.answer.form == form):
        name = key(item)
        if item.answer.draw == 0:
            greedy.setdefault(name, []).append(is_correct(item))
        else:
            sampled[name] = sampled.get(name, False) or is_correct(item)
    return {
        name: _stratum(right, sampled.get(name, False)) for name, right in greedy.items() if right
    }


def _stratum(greedy: list[bool], sampled: bool) -> Stratum:
    if 2 * sum(greedy) >= len(greedy):
        return "known"
    return "maybe_known" if sampled else "unknown"


def key(item: Judged) -> str:
    """What a question asks for: its fact, else its cluster together with its first answer.

    A corpus without facts asks the same thing in several wordings that share both.
    """
    question = item.question
    if question.fact is not None:
        return question.fact
    return f"{question.cluster or question.id}: {normalize(question.answers[0])}"


def has_draws(base: Iterable[Judged]) -> bool:
    """Whether any answer was sampled, so that "maybe known" could be seen at all."""
    return any(item.answer.draw > 0 for item in base)


def scores(material: Material) -> dict[str, Score]:
    """`recall.STRATUM` of a tuned variant, over trained and paraphrase questions on shown facts.

    Nothing without an untuned variant of the same model in the run, and nothing for a stratum that
    holds no question.
    """
    if not material.base or material.untuned:
        return {}
    strata = of(material.base, material.corpus.language)
    found = {}
    for stratum, items in by_stratum(material, strata).items():
        if items:
            found[f"recall.{stratum}"] = share_of(items, is_correct)
    return found


def by_stratum(material: Material, strata: Mapping[str, Stratum]) -> dict[Stratum, list[Judged]]:
    """The scored answers of a variant that recall by stratum is made of."""
    found: dict[Stratum, list[Judged]] = {stratum: [] for stratum in STRATA}
    for item in material.of(*SCORED):
        counts = item.shown and not is_sentence(item, material.corpus.language)
        stratum = strata.get(key(item)) if counts else None
        if stratum is not None:
            found[stratum].append(item)
    return found
