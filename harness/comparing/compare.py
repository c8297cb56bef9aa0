"""Two sides held against each other: variants by name, questions by id, one verdict at the end."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from harness.comparing.extent import nowhere, on_one_side, unlike
from harness.comparing.fingerprints import FingerprintRow, fingerprint_rows
from harness.comparing.floors import floor_of
from harness.comparing.gates import judged
from harness.comparing.margins import (
    USUAL,
    both,
    check_names,
    given_margins,
    margin_changes,
)
from harness.comparing.pairing import ALL, Missing, Pairing, SideName, pairing
from harness.comparing.resources import ResourceRow, resource_rows
from harness.comparing.rows import GateName, ScoreRow, by_flips, corrected, score_row
from harness.comparing.settings import setting_changes
from harness.comparing.sides import Asked, Said, Side, SideVariant
from harness.comparing.upgrades import hardware_apart, package_changes

WORST: tuple[GateName, ...] = ("regression", "not_comparable", "inconclusive", "pass")
"""The worst gated row decides, in this order."""
EXIT_CODES: Mapping[GateName, int] = {
    "pass": 0,
    "regression": 1,
    "inconclusive": 3,
    "not_comparable": 3,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A question whose reply is not the same on both sides."""

    variant: str
    question: str
    wording: str
    """Empty between two baselines, which hold no text; so are the texts of the replies."""
    before: Said
    after: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Everything that a table, a JSON file or a page of a comparison says."""

    baseline: str
    candidate: str
    changed: tuple[str, ...]
    """What differs around the answers, read first: software, hardware, gates, settings; one
    "torch 2.13.0 -> 2.14.0" each."""
    problem: str
    """Why nothing of it can be compared (another corpus); empty where it can."""
    gated: tuple[ScoreRow, ...]
    others: tuple[ScoreRow, ...]
    """Scores that no gate holds, shown for what they are."""
    resources: tuple[ResourceRow, ...]
    missing: tuple[Missing, ...]
    changes: tuple[Change, ...] = ()
    """Every reply that is another one, in the order of variants and questions."""
    resources_count: bool = False
    """Whether resources decide the verdict along with scores."""
    only_judged: bool = False
    """Of these, whether only those do that could be judged: the same hardware, enough measured."""
    other_hardware: str = ""
    """What differs in the machine that memory and speed depend on; empty where nothing does."""
    reference: str = ""
    """The one variant that all others are held against; "" where they are matched by name."""
    reference_side: SideName | Literal[""] = ""
    """On which side that variant stands."""
    left_out: tuple[str, ...] = ()
    """Sentences on what is not held against the other side, and why; no verdict rests on it."""
    packages: tuple[str, ...] = ()
    """Of `changed`, and first in it: packages of another version."""
    fingerprints: tuple[FingerprintRow, ...] = ()
    """What each variant computed before anything was trained, told before any score."""

    @property
    def counting(self) -> tuple[ResourceRow, ...]:
        """The resources that decide the verdict.

        On the same hardware a measurement that is gone counts too: only too few of them do not.
        """
        if not self.resources_count or (self.only_judged and self.other_hardware):
            return ()
        rows = tuple(row for row in self.resources if row.gated)
        if not self.only_judged:
            return rows
        return tuple(row for row in rows if row.verdict != "inconclusive")

    @property
    def verdict(self) -> GateName:
        """The worst of all gated rows. Nothing gated at all is inconclusive, never a pass."""
        found: list[GateName] = [row.verdict for row in self.gated if row.verdict is not None]
        if self.problem or self.missing:
            found.append("not_comparable")
        found += [row.verdict for row in self.counting]
        # That a first step is the same is no pass where no score is gated.
        firsts = [row.verdict for row in self.fingerprints if row.verdict != "pass"]
        found += [verdict for verdict in firsts if verdict is not None]
        return next((name for name in WORST if name in found), "inconclusive")

    @property
    def exit_code(self) -> int:
        """0 pass, 1 regression, 3 inconclusive or not comparable."""
        return EXIT_CODES[self.verdict]


def compare(
    baseline: Side,
    candidate: Side,
    *,
    only: tuple[str, str] = (ALL, ALL),
    margin: Iterable[str] = (),
    gate_resources: bool = False,
    only_judged: bool = False,
    changed: Sequence[str] = (),
    other_hardware: str = "",
) -> Comparison:
    """Compare all variants by name, or those named by `only` (see `pairing`).

    `margin` holds "SCORE=VALUE" changes to what the suites gate. `changed` and `other_hardware`
    say how the environments differ; `gate_resources` gates memory and speed as well, `only_judged`
    those of them that could be judged. Raises UserError for a margin of an unknown score.
    """
    gates = [dict(side.suite.get("gate") or {}) for side in (baseline, candidate)]
    given = given_margins(margin)
    demanded = both(*gates) | given
    chosen = demanded if any(gates) else USUAL | given
    problem = _problem(baseline, candidate)
    paired = Pairing(pairs=()) if problem else pairing(baseline, candidate, only)
    pairs, missing, lines = paired.pairs, list(paired.missing), list(paired.left_out)
    known = {**baseline.questions, **candidate.questions}
    if pairs:
        unheld, said = _without_a_score(demanded, given, (baseline, candidate), pairs)
        missing += unheld
        lines += said
    device = str(candidate.environment.get("device", "cpu"))
    gated: list[ScoreRow] = []
    others: list[ScoreRow] = []
    resources: list[ResourceRow] = []
    for before, after in pairs:
        gone, said = unlike((before, after), known)
        never, told = on_one_side((before, after), sorted(chosen))
        missing += gone
        lines += said + told
        for row in _score_rows(before, after, never):
            if row.score in chosen:
                gated.append(_held_to_floor(row, (baseline, candidate), before, after))
            else:
                others.append(row)
        resources += resource_rows(before, after, other_hardware, device)
    packages = package_changes(baseline.environment, candidate.environment)
    others_changed = [line for line in changed if line not in packages]
    apart = hardware_apart(baseline.environment, candidate.environment)
    return Comparison(
        baseline=baseline.label,
        candidate=candidate.label,
        changed=(*packages, *others_changed, *margin_changes(*gates), *setting_changes(pairs)),
        problem=problem,
        gated=tuple(judged(row, chosen[row.score]) for row in corrected(gated)),
        others=tuple(_by_family(others)),
        resources=tuple(resources),
        missing=tuple(missing),
        reference=paired.reference,
        reference_side=paired.reference_side,
        left_out=tuple(dict.fromkeys(lines)),
        changes=tuple(change for pair in pairs for change in _changes(*pair, known)),
        resources_count=gate_resources or only_judged,
        only_judged=only_judged and not gate_resources,
        other_hardware=other_hardware,
        packages=tuple(packages),
        fingerprints=tuple(row for pair in pairs for row in fingerprint_rows(*pair, apart=apart)),
    )


def _without_a_score(
    demanded: Mapping[str, float],
    given: Mapping[str, float],
    sides: tuple[Side, Side],
    pairs: Sequence[tuple[SideVariant, SideVariant]],
) -> tuple[list[Missing], list[str]]:
    """Gates of scores that nobody has, and lines on those that none of these variants has.

    Raises UserError for a margin that was given for a score that neither side knows.
    """
    here = {name for pair in pairs for each in pair for name in each.scores}
    anywhere = {name for side in sides for each in side.variants for name in each.scores}
    check_names(given, anywhere)
    absent = [name for name in demanded if name in anywhere - here]
    return (
        [_never(name) for name in demanded if name not in anywhere],
        list(nowhere(absent, (each for pair in pairs for each in pair))),
    )


def _score_rows(
    before: SideVariant, after: SideVariant, never: Collection[str]
) -> Iterator[ScoreRow]:
    """Every score that either has, but for those that one can never have."""
    for name in sorted(before.scores.keys() | after.scores.keys()):
        if name not in never:
            yield score_row(before, after, name)


def _held_to_floor(
    row: ScoreRow, sides: tuple[Side, Side], before: SideVariant, after: SideVariant
) -> ScoreRow:
    """The row judged by its flips, where what rounding changes of so few questions is known."""
    floor = floor_of(sides, before, after, row.score)
    if floor is None:
        return row
    return by_flips(row, floor, before.outcomes[row.score].clusters)


def _changes(
    before: SideVariant, after: SideVariant, known: Mapping[str, Asked]
) -> Iterator[Change]:
    for key, said in before.said.items():
        now = after.said.get(key)
        if now is not None and now.digest != said.digest:
            yield Change(
                variant=after.name, question=key, wording=known[key].text, before=said, after=now
            )


def _problem(baseline: Side, candidate: Side) -> str:
    """Why two sides as a whole are not about the same thing."""
    one, other = baseline.corpus.get("digest"), candidate.corpus.get("digest")
    if one != other:
        return (
            f"the corpora differ: {_named(baseline.corpus)} against {_named(candidate.corpus)}"
            f" (digests {str(one)[:12]} and {str(other)[:12]})"
        )
    return ""


def _named(corpus: Mapping[str, Any]) -> str:
    parts = [str(corpus.get(key)) for key in ("kind", "size") if corpus.get(key)]
    seed = corpus.get("seed")
    return " ".join(parts) + (f", seed {seed}" if seed is not None else "")


def _never(score: str) -> Missing:
    return Missing(variant="", sentence=f"{score} is gated, and neither side has it anywhere.")


def _by_family(rows: Sequence[ScoreRow]) -> list[ScoreRow]:
    """Rows without a gate, p-values corrected within variant and family of scores."""
    groups: dict[tuple[str, str], list[ScoreRow]] = {}
    for row in rows:
        groups.setdefault((row.variant, row.score.partition(".")[0]), []).append(row)
    return [row for group in groups.values() for row in corrected(group)]
