"""What a variant is scored from: its judged answers, beside those it is held against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from harness.records import Answer, Corpus, Judged, Repeated
from harness.scoring.judge import judge_variant
from harness.scoring.material import Against, Material, by_form, scored_answers
from harness.scoring.references import base_of, reference_of, twin_name
from harness.scoring.stored import StoredVariant


def gather(corpus: Corpus, variants: Sequence[StoredVariant]) -> dict[str, Material]:
    """The material of every variant whose answers are all there, by its name.

    Raises UserError where a record cannot be read.
    """
    answered = [each for each in variants if each.answered]
    said = {each.name: each.answers() for each in answered}
    judgements = {each.name: judge_stored(corpus, each, said[each.name]) for each in answered}
    read_off = {each.name: each.likelihoods() for each in answered}
    again = {each.name: _repeats(corpus, each) for each in answered}
    configs = {each.name: each.config for each in answered}
    found = {}
    for each in answered:
        reference, base = reference_of(each, answered), base_of(each.config, answered)
        twin = twin_name(each.config, configs)
        repeats, repeated = again[each.name]
        scored = scored_answers(judgements[each.name])
        found[each.name] = Material(
            corpus=corpus,
            judged=scored,
            config=each.config,
            continuations=each.continuations(said[each.name]),
            reference=scored_answers(judgements[reference]) if reference else None,
            perturbed=scored_answers(judgements[twin]) if twin else None,
            against=_against(configs, reference, base.name if base else None, twin),
            base=judgements[base.name] if base else (),
            forms=by_form(judgements[each.name]),
            draws=_draws(judgements[each.name], scored),
            repeats=repeats,
            repeated=repeated,
            likelihoods=read_off[each.name],
            base_likelihoods=read_off[base.name] if base else (),
            reference_repeated=again[reference][1] if reference else {},
        )
    return found


def _against(
    configs: Mapping[str, Mapping[str, Any]],
    reference: str | None,
    base: str | None,
    twin: str | None,
) -> dict[Against, Mapping[str, Any]]:
    names: dict[Against, str | None] = {"reference": reference, "base": base, "perturbed": twin}
    return {part: configs[name] for part, name in names.items() if name is not None}


def judge_stored(
    corpus: Corpus, stored: StoredVariant, answers: list[Answer]
) -> tuple[Judged, ...]:
    """Verdicts of a stored variant's answers, in their order, as `judge_variant` gives them.

    A verdict depends on question, text and why the reply stopped, so equal replies (in other prompt
    forms, asked again) are judged once.
    """
    # Whoever answers without being the bare model (an oracle, a reader) has the text at hand.
    at_hand = stored.config.get("answerer", "model") != "model"
    first: dict[tuple[str, str, str], Answer] = {}
    for answer in answers:
        first.setdefault(_said(answer), answer)
    judged = judge_variant(corpus, stored.examples(), first.values(), all_shown=at_hand)
    known = {_said(item.answer): item for item in judged}
    return tuple(
        known[said] if known[said].answer is answer else replace(known[said], answer=answer)
        for answer in answers
        if (said := _said(answer)) in known
    )


def _said(answer: Answer) -> tuple[str, str, str]:
    return answer.question, answer.text, answer.stop


def _repeats(
    corpus: Corpus, stored: StoredVariant
) -> tuple[tuple[Repeated, ...], dict[str, tuple[Judged, ...]]]:
    """What was replied when asked again, and the same judged, by how; asides left out."""
    aside = {question.id for question in corpus.questions if question.aside}
    found = tuple(each for each in stored.repeats() if each.answer.question not in aside)
    ways: dict[str, list[Judged]] = {each.how: [] for each in found}
    verdicts = judge_stored(corpus, stored, [each.answer for each in found])
    for each, verdict in zip(found, verdicts, strict=True):
        ways[each.how].append(verdict)
    return found, {how: tuple(verdicts) for how, verdicts in ways.items()}


def _draws(judged: Sequence[Judged], scored: Sequence[Judged]) -> tuple[Judged, ...]:
    """The sampled answers in the form of the scored ones, asides left out."""
    forms = {item.answer.form for item in scored}
    return tuple(
        item
        for item in judged
        if item.answer.draw > 0 and item.answer.form in forms and not item.question.aside
    )
