"""What the others are read against: floors, ceilings, and what rounding alone changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from harness.corpora.audit.chance import chance_of, chances
from harness.records import UNANSWERABLE, ProbeName, VariantResult
from harness.reporting import roles
from harness.reporting.data import RunData
from harness.reporting.wording import percent

FLOOR = "floor"
CEILING = "ceiling"
NOISE = "noise"
HEADINGS: Mapping[str, str] = {
    FLOOR: "Floors: they cannot know what is asked",
    CEILING: "Ceilings: they have the text or its answers at hand",
    NOISE: "Noise: the same training from weights a little off, to see what rounding alone changes",
}
_ANSWERERS: Mapping[str, tuple[str, str]] = {
    "abstain": (FLOOR, "refuses every question"),
    "majority": (FLOOR, "always gives the answer that is right most often"),
    "echo": (FLOOR, "gives back the name in the question"),
    "random_value": (FLOOR, "gives a value of the right kind at random"),
    "retrieval": (CEILING, "quotes the sentence of the text that is most like the question"),
    "oracle_context": (CEILING, "untrained, reads the one sentence that states the answer"),
    "oracle": (CEILING, "gives every right answer and refuses the rest"),
}
_CONTROLS: Mapping[str, str] = {
    "other_world": "control: trained in the same way on a text about another world",
    "shuffled_answers": "control: trained in the same way on answers that were mixed up",
}


def side(row: VariantResult) -> str:
    """FLOOR, CEILING or NOISE; whoever answers and is not ours is taken to have the answers."""
    if roles.is_perturbed(row):
        return NOISE
    if roles.control(row):
        return FLOOR
    return _ANSWERERS.get(roles.answerer(row), (CEILING, ""))[0]


def words(row: VariantResult) -> str:
    """What it does, for a reader who does not know its name."""
    if roles.is_perturbed(row):
        share = f"{100 * float(row.config['perturb']):g} %"
        extra = "" if roles.seed(row) == 1 else f", seed {roles.seed(row)}"
        return f"trained from weights that are off by {share} each; {roles.level(row)}{extra}"
    control = roles.control(row)
    if control:
        return f"{_CONTROLS.get(control, f'control: {control}')}; {roles.level(row)}"
    who = roles.answerer(row)
    text = _ANSWERERS.get(who, (CEILING, who))[1]
    return f"{text}; {roles.level(row)}" if who == "oracle_context" else f"no model: {text}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """What somebody scores who was not run, because it follows from the definition."""

    name: str
    line: str
    side: str
    knows: Mapping[ProbeName, float]
    invents: float
    refuses: float
    """Share of the questions on taught facts."""


def by_definition(data: RunData) -> tuple[Definition, ...]:
    """Guessing, refusing and knowing everything; empty where a floor or a ceiling was run."""
    answered = [row for row in data.results.variants if data.judged.get(row.name)]
    if not answered or any(side(row) != NOISE for row in answered if roles.is_bound(row)):
        return ()
    guessed = guessing(data)
    return (
        Definition(
            name="guessing",
            line="by definition: one of the possible values at random, to every question",
            side=FLOOR,
            knows=guessed,
            invents=1.0,
            refuses=0.0,
        ),
        Definition(
            name="refuses everything",
            line="by definition",
            side=FLOOR,
            knows=dict.fromkeys(guessed, 0.0),
            invents=0.0,
            refuses=1.0,
        ),
        Definition(
            name="knows all, refuses the rest",
            line="by definition",
            side=CEILING,
            knows=dict.fromkeys(guessed, 1.0),
            invents=0.0,
            refuses=0.0,
        ),
    )


def guessing(data: RunData) -> dict[ProbeName, float]:
    """Answerable probe to the share that naming one of the possible values at random has right."""
    relations = {each.relation: each for each in chances(data.corpus)}
    found: dict[ProbeName, list[float]] = {}
    for question in data.corpus.questions:
        if question.use != "train" and question.answers and not question.aside:
            found.setdefault(question.probe, []).append(chance_of(question, relations))
    asked = {item.question.probe for group in data.judged.values() for item in group}
    return {
        probe: sum(each) / len(each)
        for probe, each in found.items()
        if probe in asked and probe not in UNANSWERABLE and probe != "locality"
    }


def chance_said(guessed: Mapping[ProbeName, float], probe: ProbeName) -> str:
    """ "guessing: 8 %", or nothing for a probe whose questions have no closed set of values."""
    found = guessed.get(probe)
    return f"guessing: {percent(found)}" if found else ""
