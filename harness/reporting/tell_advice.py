"""The first sentences: what to use, what that costs, and what it still gets wrong."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from harness.records import Judged
from harness.reporting import roles
from harness.reporting.cells import measured
from harness.reporting.contrast import greedy
from harness.reporting.recommend import Candidate, Choice
from harness.reporting.recommend_run import Advice, Group, named
from harness.reporting.section_variants import described
from harness.reporting.story import Sentence, Story, of, usable
from harness.reporting.wording import duration, listed, megabytes, plural, quoted, span

BITS = {"fp32": 32, "bf16": 16, "fp16": 16, "int8": 8, "nf4": 4, "nf4_dq": 4, "fp4": 4}
MANY = 4
"""So many variants are no longer told one by one."""
SHORT = 90
"""A reply of at most so many letters is shown as an example before a longer one."""


def use(advice: Advice, story: Story) -> Sentence | None:
    """What to choose, and what it costs; or that this run cannot tell, and what could."""
    if not advice.groups:
        if not any(usable(row, story) for row in story.roles.trained):
            return None
        return Sentence(
            key="use",
            lead="Use:",
            text="nothing from this run yet. No trained variant shows that it learned enough "
            "of what it was asked.",
            section="use",
        )
    choice = advice.choice
    told = _chosen if choice.use else _undecided
    text = told(advice, choice, _making_up(story))
    text += _in_less_memory(advice) + _written_by(advice, story)
    about = [choice.use] if choice.use else [*choice.careful, *choice.undecided]
    return Sentence(key="use", lead="Use:", text=text, about=tuple(about), section="use")


def _making_up(story: Story) -> str:
    """What counts as an invention, in the words of the questions that were asked."""
    asked = {item.question.probe for items in story.judged.values() for item in items}
    false = "false_premise" in asked
    return "invents or plays along with a false claim" if false else "invents an answer"


def _chosen(advice: Advice, choice: Choice, making_up: str) -> str:
    assert choice.use is not None
    best = advice.candidate(choice.use)
    text = f"{_introduced(advice, best.name)}. It answers {of(best.knows)} questions on what it "
    text += f"was taught{_why(advice, choice)}."
    if choice.careful:
        first = advice.candidate(choice.careful[0])
        text += (
            " Where a wrong answer is worse than none: "
            f"{' or '.join(named(advice, name) for name in choice.careful)}, which {making_up} on "
            f"{of(first.invents)} questions that have none ({best.name}: {best.made_up}) and "
            f"answers {of(first.knows)} right."
        )
    return text


def _why(advice: Advice, choice: Choice) -> str:
    """What sets the chosen one apart from all other candidates."""
    assert choice.use is not None
    others = [name for name in advice.groups if name != choice.use]
    if not others:
        return ", and no other trained variant shows that it learned enough"
    at = {name: advice.field.better_at(choice.use, name) for name in others}
    if all("knows" in found for found in at.values()):
        return ", more than any other"
    if all("invents" in found for found in at.values()):
        return ", as many as any other as far as this run shows, and invents least"
    if choice.equal:
        return f"; {listed(list(choice.equal))} as good within 10 points"
    cheaper = [name for name, found in at.items() if found == ("memory",)]
    if cheaper:
        right = ", ".join(f"{name} {advice.candidate(name).right}" for name in cheaper)
        return f"; {right}, for more memory and no gain that this run could show"
    return ", and no other is shown to answer more"


def _undecided(advice: Advice, choice: Choice, making_up: str) -> str:
    first, *rest = (advice.candidate(name) for name in choice.undecided)
    text = ""
    if choice.careful:
        safe = advice.candidate(choice.careful[0])
        others = [advice.candidate(name).made_up for name in choice.undecided if name != safe.name]
        safest = " or ".join(_introduced(advice, name) for name in choice.careful)
        rest_of_them = "the others" if len(others) > 1 else "the other"
        text = (
            f"{safest}, where a wrong answer is worse than none: it {making_up} on "
            f"{of(safe.invents)} questions that have none, {rest_of_them} on {span(others)}. "
            "Which "
        )
    else:
        text = "not settled. Which "
    right = [f"{first.name} answers {first.right}", *_briefly(rest)]
    trainings = len(advice.groups[first.name].rows)
    over = f" (over {trainings} trainings)" if trainings > 1 else ""
    text += (
        f"knows most, this run cannot tell: of {len(first.knows)} questions on what was taught"
        f"{over}, {listed(right)}."
    )
    if choice.questions:
        text += f" About {choice.questions:,} questions, on more names, would tell."
    return text


def _briefly(rest: Sequence[Candidate]) -> list[str]:
    """The right answers of all others by name, or where they are many from least to most."""
    if len(rest) < MANY:
        return [f"{each.name} {each.right}" for each in rest]
    return [f"the {len(rest)} others {span([each.right for each in rest])}"]


def _introduced(advice: Advice, name: str) -> str:
    """A candidate with what it is, in words."""
    row = advice.groups[name].first
    bits = BITS.get(roles.level(row))
    words = described(row).rsplit(";", 1)[0] + (f", {bits}-bit weights" if bits else "")
    return f"{named(advice, name)} ({words})"


def costs(advice: Advice, story: Story) -> Sentence | None:
    """What the one that `still` is about needs, and what one gets without training."""
    name = _told_of(advice.choice)
    if name is None:
        return None
    group = advice.groups[name]
    text = _needs(group)
    if advice.choice.use is None and not advice.choice.careful:
        peaks = [(each, advice.groups[each].peak) for each in advice.choice.undecided]
        known = [f"{each} {megabytes(peak)}" for each, peak in peaks if peak]
        at = {next(iter(advice.groups[each].highest)) for each, peak in peaks if peak}
        when = f", while {next(iter(at))}" if len(at) == 1 else ""
        if len(known) > MANY:
            sizes = sorted(peak for _, peak in peaks if peak)
            known = [f"{known[0]}, the others {megabytes(sizes[0])} to {megabytes(sizes[-1])}"]
        text = f"{listed(known)} of memory at the highest{when}." if known else "not measured."
    return Sentence(
        key="costs",
        lead="It costs:",
        text=text + _without_training(advice, story),
        about=tuple(row.name for row in group.rows),
        section="use",
    )


def _told_of(choice: Choice) -> str | None:
    """The recommended one, or the first that is not decided on."""
    return choice.use or next(iter((*choice.careful, *choice.undecided)), None)


def _needs(group: Group) -> str:
    """ "998 MB of memory while loading (training 813; ...) and 57 s of training": as measured."""
    parts = []
    weights = measured(group.first, "memory.weights_bytes")
    minutes = [m for row in group.rows if (m := measured(row, "time.train_s"))]
    if group.peak:
        (phase, most), *others = group.highest.items()
        unit = f"\u00a0{megabytes(most)[-2:]}"
        below = [f"{each} {megabytes(size).removesuffix(unit)}, " for each, size in others]
        besides = f"({''.join(below)}libraries not counted)"
        parts.append(f"{megabytes(most)} of memory while {phase} {besides}")
    if minutes:
        parts.append(f"{duration(median(minutes))} of training")
    if not parts:
        return "not measured in this run."
    alone = f"; the weights take {megabytes(weights)}" if weights and group.peak else ""
    return f"{listed(parts)}{alone}."


def _in_less_memory(advice: Advice) -> str:
    """What to use in less memory, where that is another and is known."""
    said = []
    told = {advice.choice.use, *advice.choice.careful}
    for each in advice.classes[:-1]:
        if each.choice.use and each.limit_gb and each.choice.use not in told:
            told.add(each.choice.use)
            said.append(f"with no more than {each.limit_gb}\u00a0GB of memory: {each.choice.use}")
    return f" {said[0][0].upper()}{listed(said)[1:]}." if said else ""


def _written_by(advice: Advice, story: Story) -> str:
    """Where writers are compared: what whoever has no questions of his own can use."""
    rows = [row for row in story.roles.trained if usable(row, story)]
    writing = [row for row in rows if roles.writer(row) != "truth"]
    chosen = advice.groups.get(advice.choice.use or "")
    if not writing or chosen is None or roles.writer(chosen.first) != "truth":
        return ""
    best = max(writing, key=lambda row: sum(story.right(row, "trained", "paraphrase").values()))
    return (
        " Its questions came with the text. Of the variants whose questions were written from the "
        f"text, {best.name} answers most: {of(story.right(best, 'trained', 'paraphrase'))}."
    )


def _without_training(advice: Advice, story: Story) -> str:
    """How far one gets by looking passages up."""
    row = story.roles.reading
    best = advice.choice.use or next(iter(advice.choice.undecided), None)
    found = story.right(row, "trained", "paraphrase")
    if row is None or not found or best is None or best == row.name:
        return ""
    return f" Without any training, looking the passage up ({row.name}) answers {of(found)}."


def still(advice: Advice, story: Story) -> Sentence | None:
    """What the recommended one (or the first that is not decided on) gets wrong, by example."""
    name = _told_of(advice.choice)
    if name is None:
        return None
    each = advice.candidate(name)
    wrong = len(each.knows) - each.right
    text = f"{name} misses {wrong} of {plural(len(each.knows), 'question')} on what it was taught"
    if each.invents and not advice.choice.careful:  # else the first sentence tells it
        text += f" and {_making_up(story)} on {of(each.invents)} that have none"
    answers = [item for row in advice.groups[name].rows for item in story.answers(row)]
    return Sentence(
        key="still",
        lead="It still gets wrong:",
        text=f"{text}. {_example(answers)}".rstrip(),
        about=tuple(row.name for row in advice.groups[name].rows),
        section="answers",
    )


def _example(answers: Sequence[Judged]) -> str:
    """A wrong answer to a taught question, in other words if there is one; else an invention."""
    found = [
        item
        for item in greedy(answers)
        if item.question.question
        and not item.question.aside
        and (item.invented or (item.verdict == "wrong" and item.shown))
    ]
    if not found:
        return ""
    item = min(found, key=_telling)
    text = f"Asked {quoted(item.question.question)} it says {quoted(item.answer.text)}"
    if item.question.answers:
        return f"{text}; right is {quoted(item.question.answers[0])}."
    return f"{text}; there is no answer."


def _telling(item: Judged) -> tuple[bool, bool, bool, str]:
    probe = item.question.probe
    long = len(item.answer.text) > SHORT
    return probe not in ("paraphrase", "trained"), probe != "paraphrase", long, item.question.id
