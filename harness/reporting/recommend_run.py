"""Whom a run can recommend: its variants as candidates, and who is none, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from harness.comparing.margins import PEAK_NOISE, PEAK_NOISE_BYTES
from harness.records import UNANSWERABLE, Judged, Results, VariantResult
from harness.reporting import contrast, roles
from harness.reporting.cells import highest_peak, peaks
from harness.reporting.recommend import Choice, MemoryClass, Reason, by_memory, choose, reasons
from harness.reporting.recommend_field import Candidate, Field
from harness.reporting.wording import percent
from harness.stats.contrast import Outcomes
from harness.storage.jsonl import canonical

ENOUGH = 0.4
"""Who answers less than this share of what it was taught is of no use to anybody."""
SPEED = "throughput.decode_tokens_per_s"
"""Measured with nothing beside; the answers a second of the run itself are not."""
Answers = Mapping[str, Sequence[Judged]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A variant, or several that differ in nothing but their seed."""

    name: str
    rows: tuple[VariantResult, ...]
    """By seed."""

    @property
    def first(self) -> VariantResult:
        """The one of the lowest seed."""
        return self.rows[0]

    @property
    def peak(self) -> float | None:
        """The highest memory of any of them; None where one was not measured."""
        found = [highest_peak(row) for row in self.rows]
        return None if None in found else max(each for each in found if each is not None)

    @property
    def highest(self) -> Mapping[str, float]:
        """Phase to its highest memory, of the one that needs most; the highest phase first."""
        most = max(self.rows, key=lambda row: highest_peak(row) or 0.0)
        return dict(sorted(peaks(most).items(), key=lambda item: -item[1]))

    @property
    def tagged(self) -> bool:
        """Whether its questions must carry the source tag."""
        return _tag(self.first) in ("question", "both")


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What a run recommends, and on what."""

    groups: Mapping[str, Group]
    """The candidates by name."""
    field: Field
    choice: Choice
    classes: tuple[MemoryClass, ...]
    """One class only: memory decides nothing."""
    beaten: tuple[Reason, ...]
    passed_over: tuple[tuple[str, str], ...]
    """Name and reason of those that were no candidates."""
    twins: Mapping[str, str]
    """Those of them that differ from another in nothing but the source tag, to that other."""

    def candidate(self, name: str) -> Candidate:
        """Its outcomes."""
        return self.field.candidates[name]


def advice(results: Results, judged: Answers) -> Advice:
    """Hold the variants of a run against each other that a reader may choose from.

    No candidates: floors, ceilings and controls, a copy whose weights were disturbed to measure
    noise, the untrained model, whoever differs from another in nothing but the source tag in its
    questions, and whoever does not show that it learned something.
    """
    tried = roles.tried(results)
    rows = [row for row in tried if roles.recipe(row) != "base" or not _is_model(row)]
    twins = _tag_twins(rows)
    passed = [(row.name, _unasked(row)) for row in rows if not judged.get(row.name)]
    passed += [
        (name, f"differs from {other} only in the source tag, and is there to be compared with it")
        for name, other in twins.items()
    ]
    asked = [row for row in rows if judged.get(row.name) and row.name not in twins]
    groups = _grouped(asked)
    untuned = roles.cast(results).untuned
    start = judged.get(untuned.name, ()) if untuned else ()
    found = {}
    for group in groups:
        reason = _useless(group, judged, start)
        if reason:
            passed.append((group.name, reason))
        else:
            found[group.name] = group
    device = str(results.environment.get("device", "cpu"))
    arena = Field([_candidate(g, judged, device) for g in found.values()], device=device)
    names = tuple(found)
    return Advice(
        groups=found,
        field=arena,
        choice=choose(arena, names),
        classes=by_memory(arena, names),
        beaten=reasons(arena, names),
        passed_over=tuple(passed),
        twins=twins,
    )


def _is_model(row: VariantResult) -> bool:
    return roles.answerer(row) == "model"


def _tag(row: VariantResult) -> str:
    return str((row.config.get("prompt") or {}).get("source_tag", "none"))


def _tag_twins(rows: Sequence[VariantResult]) -> dict[str, str]:
    """Who is asked with the source tag, and who is the same without."""

    def rest(row: VariantResult) -> str:
        apart = ("name", "seed", "measure", "ask", "prompt")
        config = {key: value for key, value in row.config.items() if key not in apart}
        return canonical({**config, "system": (row.config.get("prompt") or {}).get("system")})

    plain = {rest(row): row.name for row in rows if _tag(row) not in ("question", "both")}
    return {
        row.name: plain[rest(row)]
        for row in rows
        if _tag(row) in ("question", "both") and rest(row) in plain
    }


def _grouped(rows: Sequence[VariantResult]) -> list[Group]:
    """Variants that differ in nothing but their seed, together."""
    same: dict[str, list[VariantResult]] = {}
    for row in rows:
        apart = ("name", "seed", "measure")
        rest = canonical({key: value for key, value in row.config.items() if key not in apart})
        same.setdefault(rest, []).append(row)
    return [_group(sorted(found, key=roles.seed)) for found in same.values()]


def _group(rows: Sequence[VariantResult]) -> Group:
    """Named without the seed where all names end with it."""
    name = rows[0].name
    ends = [f"-s{roles.seed(row)}" for row in rows]
    if len(rows) > 1 and all(r.name.endswith(e) for r, e in zip(rows, ends, strict=True)):
        name = name[: -len(ends[0])]
    return Group(name=name, rows=tuple(rows))


def _candidate(group: Group, judged: Answers, device: str) -> Candidate:
    answers = [judged[row.name] for row in group.rows]
    return Candidate(
        name=group.name,
        knows=_pooled([contrast.right(each, ("trained", "paraphrase")) for each in answers]),
        invents=_pooled([contrast.invented(each, UNANSWERABLE) for each in answers]),
        peak=group.peak,
        noise=_noise(group, device),
        speeds=_speeds(group),
    )


def _noise(group: Group, device: str) -> float:
    """By how much of itself the memory of such a process differs; a GPU's is exact."""
    if device.startswith("cuda") or not group.peak:
        return 0.0
    kind = "plain" if roles.level(group.first) in ("fp32", "bf16", "fp16") else "quantized"
    return max(PEAK_NOISE[kind], PEAK_NOISE_BYTES / group.peak)


def _pooled(outcomes: Sequence[Outcomes]) -> Outcomes:
    """One question a training, so that the first training of one is held against the first of
    another; questions about one entity stay together over all trainings."""
    values = {f"{at}:{key}": each[key] for at, each in enumerate(outcomes) for key in each}
    clusters = {
        f"{at}:{key}": each.clusters[key] for at, each in enumerate(outcomes) for key in each
    }
    return Outcomes(values, clusters)


def _speeds(group: Group) -> tuple[float, ...]:
    """Of its fresh processes; a figure of a single process is no evidence and is left out."""
    found = [row.resources.get(SPEED) for row in group.rows]
    taken = [each.get("processes") or () for each in found if isinstance(each, Mapping)]
    return tuple(float(speed) for each in taken for speed in each)


def _unasked(row: VariantResult) -> str:
    reason = (row.error or "").split("\n", 1)[0]
    return f"did not answer ({reason})" if reason else "did not answer"


def _useless(group: Group, judged: Answers, start: Sequence[Judged]) -> str:
    """Why it is of no use, or nothing."""
    taught = _pooled([contrast.right(judged[row.name], ("trained",)) for row in group.rows])
    share = sum(taught.values()) / len(taught) if taught else 0.0
    before = _pooled([contrast.right(start, ("trained", "paraphrase"))] * len(group.rows))
    gain = contrast.contrast(before, _candidate(group, judged, "").knows)
    if gain.n and not gain.up:
        return (
            "is not shown to know more than the untrained model "
            f"({gain.after} of {gain.n} taught questions, untrained {gain.before})"
        )
    if share < ENOUGH:
        return f"answers only {percent(share)} of the taught facts as they were taught"
    return ""


def named(advice: Advice, name: str) -> str:
    """A candidate's name as a sentence says it: how often trained, and how it must be asked."""
    group = advice.groups[name]
    notes = []
    if len(group.rows) > 1:
        notes.append(f"{len(group.rows)} trainings")
    if group.tagged:
        notes.append("ask with the source tag")
    return f"{name} ({', '.join(notes)})" if notes else name
