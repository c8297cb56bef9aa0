"""`closedbook fingerprint --against`: what could not be held against the other side is no pass."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

from harness.commands.fingerprinting import hold
from harness.comparing.sides import Side, SideVariant
from harness.execution.rehearsing import Rehearsal
from tests.unit.test_comparing_fingerprints import configured, run, side, with_step

__all__ = ["run", "side"]


def rehearsed(side: Side, *variants: SideVariant) -> Rehearsal:
    return Rehearsal(
        corpus=cast(Any, SimpleNamespace(digest=side.corpus["digest"])),
        variants=variants,
        stands_in={each.name: each.name for each in variants},
        seconds={},
    )


def test_a_level_that_cannot_be_had_here_is_no_pass(side: Side) -> None:
    own = side.variants[0]
    assert hold(rehearsed(side, own), side, dict(side.environment)).verdict == "pass"
    lost = replace(own, status="unavailable", error="no such kernel", first_step=None)
    found = hold(rehearsed(side, lost), side, dict(side.environment))
    assert found.missing == ("instruct-nf4 is unavailable here: no such kernel",)
    assert found.verdict == "not_comparable"
    # What the other side has no first step of either is nothing lost.
    older = with_step(side, None)
    assert hold(rehearsed(side, lost), older, dict(side.environment)).missing == ()


def test_a_tuned_variant_that_is_gone_is_no_pass_and_an_untrained_one_is_none(side: Side) -> None:
    own = side.variants[0]
    other = replace(own, name="instruct-int8")
    twin = replace(own, name="twin", config={**own.config, "perturb": 0.001})
    base = replace(own, name="base", config={**own.config, "recipe": {"name": "base"}})
    more = replace(side, variants=(own, other, twin, base))
    here = dict(side.environment)
    found = hold(rehearsed(side, own), more, here)
    assert found.verdict == "not_comparable"
    assert [each.split()[0] for each in found.missing] == ["instruct-int8", "twin"]
    assert hold(rehearsed(side, own), more, here, only="*-nf4").verdict == "pass"
    assert hold(rehearsed(side, own), more, here, only="instruct-*").missing == found.missing[:1]


def test_why_a_variant_has_no_row_is_said(side: Side) -> None:
    here = dict(side.environment)
    bare = with_step(side, None)
    (said,) = hold(rehearsed(side, *bare.variants), bare, here).missing
    assert said == "Neither quick nor this machine has kept a first step of instruct-nf4."
    other = configured(side, lambda config: config.update(quantization="fp4"))
    (said,) = hold(rehearsed(side, *other.variants), side, here).missing
    assert said == "instruct-nf4 has other settings in quick."
