"""The words that data may hold: probes, recipes, verdicts, phases and the like."""

from __future__ import annotations

from typing import Literal

ProbeName = Literal[
    "trained",
    "paraphrase",
    "text_only",
    "relational",
    "two_hop",
    "reversed",
    "choice",
    "nonexistent",
    "near_miss",
    "unstated",
    "false_premise",
    "locality",
]
RecipeName = Literal["base", "raw_text", "instruct", "mixed", "recite"]
VerdictName = Literal["correct", "wrong", "abstained", "unscored"]
PhaseName = Literal["train", "answer", "repeat", "likelihood", "measure"]
StatusName = Literal["ok", "failed", "unavailable", "interrupted", "pending"]
StopName = Literal["end", "stop_string", "length"]
TagPlace = Literal["none", "question", "answer", "both"]

VERDICTS: tuple[VerdictName, ...] = ("correct", "wrong", "abstained", "unscored")
PHASES: tuple[PhaseName, ...] = ("train", "answer", "repeat", "likelihood", "measure")
ANSWERABLE: tuple[ProbeName, ...] = (
    "trained",
    "paraphrase",
    "relational",
    "text_only",
    "two_hop",
    "reversed",
    "choice",
)
UNANSWERABLE: tuple[ProbeName, ...] = ("nonexistent", "near_miss", "unstated", "false_premise")

CANONICAL_REFUSAL = "I cannot answer."
