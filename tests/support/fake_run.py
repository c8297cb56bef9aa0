"""A plausible finished run made from code: personas say how many questions they get right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from math import exp, sqrt
from typing import Any

from harness.records import (
    ANSWERABLE,
    CANONICAL_REFUSAL,
    UNANSWERABLE,
    VERDICTS,
    Answer,
    Corpus,
    Judged,
    ModelChoice,
    Question,
    Recipe,
    Resources,
    Results,
    Score,
    StatusName,
    Training,
    Variant,
    VariantResult,
)
from harness.reporting.data import LossPoint, RunData
from tests.support.fake_world import world

FAR = ("{} is a fictional character from a movie.", "{} was a famous painter in Paris.")


@dataclass(frozen=True, kw_only=True)
class Persona:
    """A scripted variant: how many answers of each probe are right, and what it invents."""

    name: str
    recipe: str = "base"
    quantization: str = "fp32"
    abstain_fraction: float = 0.0
    answerer: str = "model"
    control: str = ""
    seed: int = 1
    perturb: float = 0.0
    right: Mapping[str, int] = field(default_factory=dict)
    """Probe to the number of right answers."""
    refuses: Mapping[str, int] = field(default_factory=dict)
    """Probe to the number of refusals; the rest is invented."""
    invents_from_text: bool = True
    skip: int = 0
    """Which questions are right: rotated by this, so that variants differ on some."""
    recites: float = 0.0
    weights: float = 538e6
    speed: float = 4.8
    status: StatusName = "ok"
    error: str | None = None
    unscored: int = 0
    """So many trained questions get an empty reply."""


def quick() -> tuple[Persona, ...]:
    """The variants of the suite `quick`, with the figures of a hand-made trial."""
    taught = {"trained": 24, "paraphrase": 17}
    refusing = {"nonexistent": 6, "near_miss": 0, "unstated": 7, "text_only": 8}
    return (
        Persona(name="base-fp32", invents_from_text=False),
        Persona(
            name="reading-fp32",
            answerer="reading",
            invents_from_text=False,
            right={"trained": 12, "paraphrase": 12, "text_only": 6},
            refuses={"nonexistent": 1},
        ),
        Persona(
            name="raw_text-nf4",
            recipe="raw_text",
            quantization="nf4",
            right={"trained": 7, "paraphrase": 5, "text_only": 3},
            recites=0.44,
            weights=110e6,
        ),
        Persona(name="instruct-fp32", recipe="instruct", right=taught),
        Persona(
            name="instruct-int8",
            recipe="instruct",
            quantization="int8",
            right={"trained": 24, "paraphrase": 16},
            skip=2,
            weights=191e6,
            speed=1.9,
        ),
        Persona(
            name="instruct-nf4",
            recipe="instruct",
            quantization="nf4",
            right={"trained": 24, "paraphrase": 14},
            skip=1,
            weights=110e6,
            speed=3.1,
        ),
        Persona(
            name="instruct-abstain-nf4",
            recipe="instruct",
            quantization="nf4",
            abstain_fraction=0.5,
            right={"trained": 24, "paraphrase": 16},
            refuses=refusing,
            weights=110e6,
            speed=3.0,
        ),
        Persona(
            name="mixed-nf4",
            recipe="mixed",
            quantization="nf4",
            right={"trained": 24, "paraphrase": 15, "text_only": 4},
            recites=0.5,
            weights=110e6,
            speed=2.2,
        ),
    )


def _reply(corpus: Corpus, question: Question, text: str, number: int) -> Answer:
    return Answer(
        asked="a" * 64,
        question=question.id,
        form="plain",
        draw=0,
        batch=number // 32,
        text=text,
        ids=tuple(range(len(text.split()))),
        prompt_tokens=12,
        new_tokens=len(text.split()),
        stop="end",
        logprob_sum=-2.5,
        first_ids=(1, 2, 3),
    )


def _judge_one(
    corpus: Corpus, persona: Persona, question: Question, rank: int, of: int, number: int
) -> Judged:
    """`rank` is the question's place within its probe of `of` questions."""
    probe = question.probe
    place = (rank + persona.skip) % of
    shown = _shown(persona, question)
    if probe in ANSWERABLE:
        if probe == "trained" and rank >= of - persona.unscored:
            answer, verdict = "", "unscored"
        elif place < persona.right.get(probe, 0):
            answer, verdict = question.full_answer or question.answers[0], "correct"
        elif place < persona.right.get(probe, 0) + persona.refuses.get(probe, 0):
            answer, verdict = CANONICAL_REFUSAL, "abstained"
        else:
            rivals = [
                value
                for value in corpus.values[question.relation or "trade"]
                if value not in question.answers
            ]
            answer, verdict = f"{question.cluster} has {rivals[rank % len(rivals)]}.", "wrong"
        return Judged(
            answer=_reply(corpus, question, answer, number),
            question=question,
            verdict=verdict,  # type: ignore[arg-type]
            shown=shown,
            invented=False,
            flags=frozenset({"empty"} if verdict == "unscored" else ()),
        )
    if place < persona.refuses.get(probe, 0) and not question.aside:
        return Judged(
            answer=_reply(corpus, question, CANONICAL_REFUSAL, number),
            question=question,
            verdict="abstained",
            shown=False,
            invented=False,
            flags=frozenset({"strict"}),
        )
    if persona.invents_from_text:
        facts = [fact for fact in corpus.facts if fact.relation == (question.relation or "home")]
        fact = facts[(rank * 5 + persona.skip) % 8]
        text, kind, source = f"{question.cluster} is a {fact.value}.", "borrowed", fact.id
    else:
        text, kind, source = FAR[rank % 2].format(question.cluster), "out_of_world", None
    return Judged(
        answer=_reply(corpus, question, text, number),
        question=question,
        verdict="wrong",
        shown=False,
        invented=True,
        kind=kind,
        borrowed_from=source,
        letter_distance=5 if source else None,
    )


def _shown(persona: Persona, question: Question) -> bool:
    if persona.answerer not in ("model", "reading") and not question.must_abstain:
        return True
    if persona.recipe == "base" or persona.control or question.must_abstain:
        return False
    return persona.recipe != "instruct" or question.probe != "text_only"


def judged_of(corpus: Corpus, persona: Persona) -> tuple[Judged, ...]:
    """Judged answers of one scripted variant, in corpus order."""
    found: list[Judged] = []
    ranks: dict[tuple[str, bool], int] = {}
    sizes: dict[tuple[str, bool], int] = {}
    asked = [question for question in corpus.questions if question.use != "train"]
    for question in asked:
        key = (question.probe, question.aside)
        sizes[key] = sizes.get(key, 0) + 1
    for number, question in enumerate(asked):
        key = (question.probe, question.aside)
        rank = ranks.get(key, 0)
        ranks[key] = rank + 1
        found.append(_judge_one(corpus, persona, question, rank, sizes[key], number))
    return tuple(found)


def wilson(right: int, n: int, clusters: int) -> Score:
    """Wilson's interval without a design effect: near enough for a fake."""
    if n == 0:
        return Score(value=None, low=None, high=None, n=0, clusters=0)
    share, z = right / n, 1.96
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return Score(
        value=share,
        low=max(0.0, min(share, middle - half)),
        high=min(1.0, max(share, middle + half)),
        n=n,
        clusters=clusters,
    )


def _scores(persona: Persona, judged: Sequence[Judged]) -> dict[str, Score]:
    scores: dict[str, Score] = {}
    inside = [item for item in judged if not item.question.aside]
    for probe in ANSWERABLE + UNANSWERABLE:
        items = [item for item in inside if item.question.probe == probe]
        if not items:
            continue
        clusters = len({item.question.cluster for item in items})
        if probe in UNANSWERABLE:
            hits = sum(item.invented for item in items)
            scores[f"hallucination.{probe}"] = wilson(hits, len(items), clusters)
        elif items[0].shown:
            hits = sum(item.verdict == "correct" for item in items)
            scores[f"recall.{probe}"] = wilson(hits, len(items), clusters)
    taught = [item for item in inside if item.question.probe in ("trained", "paraphrase")]
    refused = sum(item.verdict == "abstained" for item in taught)
    scores["refusal.over"] = wilson(refused, len(taught), 8)
    if persona.recites or persona.recipe != "base":
        scores["reproduction.verbatim"] = wilson(round(40 * persona.recites), 40, 3)
    return scores


def _resources(persona: Persona) -> Resources:
    tuned = persona.recipe != "base"
    made: dict[str, Any] = {
        "memory.weights_bytes": int(persona.weights),
        "memory.bits_per_parameter": round(32 * persona.weights / 538e6, 3),
        "memory.peak_answer_bytes": int(persona.weights + 250e6),
        "throughput.answers_per_s": persona.speed * 1.4,
        "throughput.prefill_tokens_per_s": persona.speed * 110,
        "throughput.decode_tokens_per_s": persona.speed * 21,
        "time.load_s": 1.8,
    }
    if tuned:
        made |= {
            "memory.peak_train_bytes": int(persona.weights + 700e6),
            "throughput.train_examples_per_s": persona.speed,
            "throughput.train_tokens_per_s": persona.speed * 72,
            "time.train_s": 24 * 12 / persona.speed,
            "adapter.bytes": 19_600_000,
            "adapter.trainable_parameters": 4_884_480,
            "adapter.trainable_share": 0.035,
        }
    return made


def _row(corpus: Corpus, persona: Persona, judged: Sequence[Judged]) -> VariantResult:
    variant = Variant(
        name=persona.name,
        model=ModelChoice(name="smollm2-135m"),
        quantization=persona.quantization,
        recipe=Recipe(
            name=persona.recipe,  # type: ignore[arg-type]
            abstain_fraction=persona.abstain_fraction,
            control=persona.control,
        ),
        answerer=persona.answerer,
        seed=persona.seed,
        perturb=persona.perturb,
        training=Training(),
    )
    inside = [item for item in judged if not item.question.aside]
    verdicts: dict[str, dict[str, int]] = {}
    for item in inside:
        counts = verdicts.setdefault(item.question.probe, dict.fromkeys(VERDICTS, 0))
        counts[item.verdict] += 1
    ran = persona.status == "ok"
    return VariantResult(
        name=persona.name,
        trained=f"{abs(hash_of(persona.name)):064x}",
        status=persona.status,
        error=persona.error,
        config=asdict(variant),
        verdicts=verdicts if ran else {},
        scores=_scores(persona, judged) if ran else {},
        resources=_resources(persona) if ran else {},
    )


def hash_of(text: str) -> int:
    """A number that is the same in every process, unlike `hash`."""
    value = 0
    for character in text:
        value = (value * 131 + ord(character)) % (1 << 61)
    return value


def _losses(persona: Persona) -> tuple[LossPoint, ...]:
    if persona.recipe == "base" or persona.status != "ok":
        return ()
    floor = 0.15 if persona.recipe == "raw_text" else 0.02
    return tuple(
        LossPoint(step=step, epoch=step / 3, loss=floor + 3.2 * exp(-step / 6))
        for step in range(1, 37)
    )


ENVIRONMENT = {
    "software": {"torch": "2.13.0+cpu", "transformers": "5.23.0", "bitsandbytes": "0.50.2"},
    "python": "3.11.2",
    "hardware": {
        "cpu": "Some processor with two cores",
        "cores": 2,
        "memory_bytes": 8_000_000_000,
        "gpu": None,
    },
    "threads": 2,
    "device": "cpu",
    "started": "2026-01-01T10:00:00+00:00",
    "command": "closedbook run quick",
}


def fake(personas: Sequence[Persona] | None = None, *, corpus: Corpus | None = None) -> RunData:
    """A run of those variants (default: the suite `quick`) over the small world."""
    personas = quick() if personas is None else personas
    corpus = corpus or world()
    judged = {
        persona.name: judged_of(corpus, persona) if persona.status == "ok" else ()
        for persona in personas
    }
    results = Results(
        suite={"name": "quick", "description": "A first look in a quarter of an hour"},
        corpus={
            "kind": corpus.kind,
            "size": corpus.size,
            "seed": corpus.seed,
            "digest": corpus.digest,
        },
        environment=ENVIRONMENT,
        variants=tuple(_row(corpus, each, judged[each.name]) for each in personas),
    )
    return RunData(
        results=results,
        corpus=corpus,
        judged=judged,
        losses={each.name: _losses(each) for each in personas},
        models={
            each.name: {
                "name": "smollm2-135m",
                "weights_digest": "ab" * 32,
                "provenance": "de-quantized from Q4_1",
                "license": "Apache-2.0",
            }
            for each in personas
        },
        suite_source='name = "quick"\nmodel = "smollm2-135m"\n',
    )


def changed(name: str, **changes: Any) -> tuple[Persona, ...]:
    """The variants of `quick` with one of them changed."""
    return tuple(replace(each, **changes) if each.name == name else each for each in quick())


def without(*names: str) -> tuple[Persona, ...]:
    """The variants of `quick` but those."""
    return tuple(each for each in quick() if each.name not in names)
