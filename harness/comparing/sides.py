"""One side of a comparison: what a run or a baseline says, as far as two can be compared."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harness.comparing.outcomes import outcomes
from harness.records import Corpus, FirstStep, ProbeName, Resources, Score, StatusName, VerdictName
from harness.scoring import results as scoring
from harness.scoring.material import Material, cluster
from harness.stats.contrast import Outcomes
from harness.storage.first_steps import read_first_losses, read_first_step
from harness.storage.folders import RunFolder
from harness.text.reply import read_reply

DIGEST_LETTERS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as a comparison knows it."""

    probe: ProbeName
    cluster: str
    text: str = ""
    """Its wording; empty in a baseline, which holds none of the corpus's text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One greedy reply in the plain prompt form."""

    verdict: VerdictName
    digest: str
    """Of the whole reply, about a text of one's own together with that text: equal digests are
    equal bytes."""
    text: str = ""
    """Its first segment; empty in a baseline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SideVariant:
    """One variant of a side."""

    name: str
    trained: str
    status: StatusName
    error: str | None
    config: Mapping[str, Any]
    scores: Mapping[str, Score]
    resources: Resources
    outcomes: Mapping[str, Outcomes] = field(default_factory=dict)
    said: Mapping[str, Said] = field(default_factory=dict)
    first_step: FirstStep | None = None
    """What it computed before it was trained; None where that was not kept, or nothing trained."""
    losses: tuple[float, ...] = ()
    """Of its first optimizer steps."""

    @property
    def own_name(self) -> str:
        """What it is called in its suite, also where it stands as a reference under another's."""
        return str(self.config.get("name") or self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A run folder or a saved baseline."""

    label: str
    suite: Mapping[str, Any]
    corpus: Mapping[str, Any]
    environment: Mapping[str, Any]
    questions: Mapping[str, Asked]
    variants: tuple[SideVariant, ...]

    def named(self) -> dict[str, SideVariant]:
        """The variants by name, in their order."""
        return {each.name: each for each in self.variants}


def from_run(path: Path, label: str = "") -> Side:
    """Read a run folder and score its records. Loads no model, writes nothing.

    Raises UserError where a record cannot be read.
    """
    run = RunFolder(path)
    results, gathered = scoring.scored(run)
    private = results.corpus.get("kind") == "files"
    questions: dict[str, Asked] = {}
    for material in gathered.values():
        for item in material.judged:
            asked = Asked(
                probe=item.question.probe, cluster=cluster(item), text=item.question.question
            )
            questions.setdefault(called(item.question.id, private), asked)
    rows = []
    for row in results.variants:
        own = gathered.get(row.name)
        folder = run.variant(row.name, row.trained)
        rows.append(
            SideVariant(
                name=row.name,
                trained=row.trained,
                status=row.status,
                error=row.error,
                config=row.config,
                scores=row.scores,
                resources=row.resources,
                outcomes={} if own is None else _held(own, private),
                said={} if own is None else _said(own, private),
                first_step=read_first_step(folder),
                losses=read_first_losses(folder),
            )
        )
    return Side(
        label=label or path.name,
        suite=results.suite,
        corpus=results.corpus,
        environment=results.environment,
        questions=questions,
        variants=tuple(rows),
    )


def called(question: str, private: bool) -> str:
    """What a question is called in a comparison: by a digest where users gave ids of their own."""
    return hashlib.sha256(question.encode()).hexdigest()[:12] if private else question


def _secret(corpus: Corpus) -> str:
    """What only those know who have the text: without it a short answer would be guessed by trying.

    The corpus's own digest would not do: a baseline has it.
    """
    text = "\n".join(chapter.text for chapter in corpus.chapters)
    return hashlib.sha256(f"replies about {text}".encode()).hexdigest()


def _held(material: Material, private: bool) -> dict[str, Outcomes]:
    return {
        score: Outcomes(
            {called(key, private): held[key] for key in held},
            {called(key, private): name for key, name in held.clusters.items()},
        )
        for score, held in outcomes(material).items()
    }


def _said(material: Material, private: bool) -> dict[str, Said]:
    language = material.corpus.language
    secret = _secret(material.corpus) if private else ""
    return {
        called(item.question.id, private): Said(
            verdict=item.verdict,
            digest=hashlib.sha256(f"{secret}{item.answer.text}".encode()).hexdigest()[
                :DIGEST_LETTERS
            ],
            text=read_reply(item.answer.text, language).text,
        )
        for item in material.judged
    }
