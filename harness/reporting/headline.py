"""The first screen in words: sentences made by rule, with the interval test inside.

No sentence is written by hand for a run. Each one compares two variants, found by their settings,
on the questions that both were asked, and says "no difference shown" where
neither McNemar's exact test nor one that keeps the questions about an entity together finds any.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from harness.records import Judged, Results
from harness.reporting import (
    tell_advice,
    tell_forms,
    tell_inventing,
    tell_learning,
    tell_levels,
    tell_limits,
)
from harness.reporting.recommend_run import advice
from harness.reporting.roles import cast
from harness.reporting.story import Sentence, Story

__all__ = ["Sentence", "sentences", "story_of"]


def story_of(results: Results, judged: Mapping[str, Sequence[Judged]]) -> Story:
    """The cast of a run with its answers."""
    corpus = results.corpus
    deep = corpus.get("size") in ("M", "L")  # places, guilds and events are invented too
    people = corpus.get("kind", "fiction") == "fiction" and not deep
    return Story(roles=cast(results), judged=judged, people=people)


def sentences(
    results: Results,
    judged: Mapping[str, Sequence[Judged]],
    models: Mapping[str, Mapping[str, Any]] | None = None,
) -> tuple[Sentence, ...]:
    """What this run found, the most important first.

    `models` is the `model` part of each variant.json: with it, the limits name the weights' origin.
    A sentence whose variants are not in the run is left out; one whose variants failed says so.
    """
    story = story_of(results, judged)
    found = advice(results, judged)
    told = (
        tell_advice.use(found, story),
        tell_advice.costs(found, story),
        tell_advice.still(found, story),
        tell_learning.learned(story),
        tell_learning.reading(story),
        tell_inventing.inventing(story),
        tell_levels.four_bits(story),
        tell_inventing.refusing(story),
        tell_forms.on_first_screen(found, story, str(results.corpus.get("language") or "en")),
        tell_limits.not_shown(story, results, models or {}),
    )
    return tuple(each for each in told if each is not None)
