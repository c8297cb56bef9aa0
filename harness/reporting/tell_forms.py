"""What other prompt forms did to one variant, in sentences that follow from its scores."""

from __future__ import annotations

from harness.records import Score, VariantResult
from harness.reporting.recommend_run import Advice
from harness.reporting.story import Sentence, Story, of, usable
from harness.reporting.wording import interval, listed, percent, share_with_range, span
from harness.scoring.material import by_form
from harness.scoring.sensitivity import Grid, grid
from harness.scoring.shares import is_correct, share_of
from harness.stats.intervals import FEW_CLUSTERS


def on_first_screen(advice: Advice, story: Story, language: str) -> Sentence | None:
    """What the form of the prompt did to the variant that is recommended, else the reference.

    None where it was asked in one form. `language` is the corpus's.
    """
    choice = advice.choice
    told = next((n for n in (choice.use, *choice.careful, *choice.undecided) if n), None)
    row = advice.groups[told].first if told else story.roles.reference
    if row is None or not usable(row, story):
        return None
    forms = by_form(story.answers(row))
    table = grid(forms, language) if len(forms) > 1 else None
    if table is None or not table.rows:
        return None
    right = {form: sum(map(is_correct, table.column(form))) for form in table.forms}
    best, worst = (end(table.forms, key=right.__getitem__) for end in (max, min))
    text = (
        f"Of {len(table.rows)} questions on taught facts, asked in {len(forms)} forms, {row.name} "
        f"has {right[best]} right in the best ({best}) and {right[worst]} in the worst ({worst})."
    )
    return Sentence(
        key="forms",
        lead=_forms_lead(row),
        text=f"{text}{_without_mute(table)}{_tagged(advice, story)}",
        about=(row.name,),
        section="forms",
    )


def _forms_lead(row: VariantResult) -> str:
    corrected = row.scores.get("sensitivity.spread_corrected")
    if corrected is None or corrected.low is None:
        return "What the form of the prompt does:"
    if corrected.low > 0:
        return "The form of the prompt matters."
    return "That the form of the prompt matters is not shown."


def _without_mute(table: Grid) -> str:
    """How far the forms lie apart in which most replies have a verdict."""
    silent = _silent(table)
    rest = [sum(map(is_correct, table.column(form))) for form in table.forms if form not in silent]
    if not silent or len(rest) < 2:
        return ""
    return f" Where most replies are neither empty nor loops: {span(rest)}."


def _tagged(advice: Advice, story: Story) -> str:
    """Those that a source tag was added to, and who are there to be compared only."""
    said = []
    rows = {row.name: row for row in story.roles.trained}
    for name, other in advice.twins.items():
        if usable(rows.get(name), story) and usable(rows.get(other), story):
            found, plain = (story.right(rows[n], "trained", "paraphrase") for n in (name, other))
            said.append(
                f" {name}, tagged for comparison only, has {of(found)} "
                f"({other}: {sum(plain.values())})."
            )
    return "".join(said)


def sentences(row: VariantResult, table: Grid) -> tuple[str, ...]:
    """At most seven sentences; the ones for which a score is missing are left out."""
    found = [
        _ends(table),
        _beyond_luck(row),
        _mute(table),
        _changes(row),
        _binding(row),
        _signal(row),
    ]
    clusters = len(set(table.clusters))
    if clusters < FEW_CLUSTERS:
        found.append(f"The questions are about {clusters} entities only: the ranges are rough.")
    return tuple(each for each in found if each)


def _ends(table: Grid) -> str:
    """The best and the worst form; the earlier asked of equals."""
    right = {form: sum(map(is_correct, table.column(form))) for form in table.forms}
    best = max(table.forms, key=lambda form: right[form])
    worst = min(table.forms, key=lambda form: right[form])
    n = len(table.rows)
    if right[best] == right[worst]:
        return f"In each of {len(table.forms)} forms it had {right[best]} of {n} right."
    ranges = [share_with_range(share_of(table.column(form), is_correct)) for form in (best, worst)]
    return (
        f"Of {n} questions about taught facts, asked in {len(table.forms)} forms, it had "
        f"{right[best]}{ranges[0]} right in the best form, {best}, and "
        f"{right[worst]}{ranges[1]} in the worst, {worst}."
    )


def _beyond_luck(row: VariantResult) -> str:
    """Whether forms lie further apart than they would if they made no difference."""
    spread = row.scores.get("sensitivity.spread")
    corrected = row.scores.get("sensitivity.spread_corrected")
    if spread is None or spread.value is None or corrected is None or corrected.low is None:
        return ""
    said = points(corrected)
    apart = f"They lie {100 * spread.value:.0f} points apart"
    if corrected.low > 0:
        return (
            f"{apart}, {said} more than chance alone would put between forms that make no "
            "difference: the form matters."
        )
    return (
        f"{apart}; beyond what chance alone would put between forms that make no difference that "
        f"is {said}: this run does not show that the form matters."
    )


def _mute(table: Grid) -> str:
    """The forms in which most replies have no verdict, and how far the others lie apart."""
    mute = _silent(table)
    rest = [sum(map(is_correct, table.column(form))) for form in table.forms if form not in mute]
    if not mute or len(rest) < 2:
        return ""
    apart = 100 * (max(rest) - min(rest)) / len(table.rows)
    return (
        f"In {listed(mute)} most replies have no verdict: they are empty or go round in circles. "
        f"The other {len(rest)} forms lie {apart:.0f} points apart."
    )


def _silent(table: Grid) -> list[str]:
    return [
        form
        for form in table.forms
        if 2 * sum(item.verdict == "unscored" for item in table.column(form)) > len(table.rows)
    ]


def points(score: Score) -> str:
    """A difference of shares as "12 points (3 to 21)"."""
    assert score.value is not None
    low, high = (0.0 if each is None else each for each in (score.low, score.high))
    said = f"{100 * score.value:.0f} points ({100 * low:.0f} to {100 * high:.0f})"
    return said.replace("-0 ", "0 ").replace("-", "−")


def _changes(row: VariantResult) -> str:
    flips = row.scores.get("sensitivity.flip_rate")
    words = row.scores.get("sensitivity.answer_change")
    if flips is None or words is None:
        return ""
    return (
        f"From one form to another the verdict changes on {percent(flips.value)} of the questions "
        f"({interval(flips)}), the words of the answer on {percent(words.value)} "
        f"({interval(words)})."
    )


def _binding(row: VariantResult) -> str:
    """What the source tag does in front of a question."""
    lift, bound = row.scores.get("tag.lift"), row.scores.get("tag.specificity")
    if lift is None or bound is None or bound.low is None:
        return ""
    said = f"The source tag in front of the question is worth {points(lift)} against none, and "
    said += f"{points(bound)} against a wrong one: "
    if bound.low <= 0:
        return said + "nothing here shows that it has to be this tag."
    if lift.low is not None and lift.low > 0:
        return said + "some answers hang on it being this tag."
    return said + "a wrong tag does harm, but that the right one helps is not shown."


def _signal(row: VariantResult) -> str:
    signal = row.scores.get("tag.signal")
    if signal is None or signal.low is None:
        return ""
    said = f"It puts the tag before right answers {points(signal)} more often than before invented "
    return said + ("ones." if signal.low > 0 else "ones: the tag does not tell them apart.")
