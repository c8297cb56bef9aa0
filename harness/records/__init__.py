"""What travels between rooms: frozen, typed, free of torch. One word per concept.

Everything here is plain data. `dataclasses.asdict` of a record is what is written as JSON; tuples
become lists. Optional fields come last and default to the value that means "nothing to say".
"""

from harness.records.answers import (
    Answer,
    Judged,
    Results,
    Score,
    VariantResult,
)
from harness.records.corpora import (
    Chapter,
    Corpus,
    Fact,
    Question,
    Rendering,
    Section,
    Span,
)
from harness.records.jobs import (
    Example,
    PhaseJob,
    Progress,
    ResolvedModel,
    Resources,
)
from harness.records.suites import (
    Adapter,
    Ask,
    CorpusChoice,
    Measure,
    ModelChoice,
    Prompt,
    Recipe,
    Suite,
    Training,
    Variant,
    Writing,
)
from harness.records.words import (
    ANSWERABLE,
    CANONICAL_REFUSAL,
    PHASES,
    UNANSWERABLE,
    VERDICTS,
    PhaseName,
    ProbeName,
    RecipeName,
    StatusName,
    StopName,
    TagPlace,
    VerdictName,
)
from harness.records.writing import Rejected, WritingOrder, Written

__all__ = [
    "ANSWERABLE",
    "CANONICAL_REFUSAL",
    "PHASES",
    "UNANSWERABLE",
    "VERDICTS",
    "Adapter",
    "Answer",
    "Ask",
    "Chapter",
    "Corpus",
    "CorpusChoice",
    "Example",
    "Fact",
    "Judged",
    "Measure",
    "ModelChoice",
    "PhaseJob",
    "PhaseName",
    "ProbeName",
    "Progress",
    "Prompt",
    "Question",
    "Recipe",
    "RecipeName",
    "Rejected",
    "Rendering",
    "ResolvedModel",
    "Resources",
    "Results",
    "Score",
    "Section",
    "Span",
    "StatusName",
    "StopName",
    "Suite",
    "TagPlace",
    "Training",
    "Variant",
    "VariantResult",
    "VerdictName",
    "Writing",
    "WritingOrder",
    "Written",
]
