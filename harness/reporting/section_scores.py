"""Which scores stand in which table of the report, and what is said above each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from harness.reporting.data import RunData
from harness.reporting.roles import tried
from harness.reporting.score_tables import Column, ScoreTable, TableSpec, table
from harness.reporting.wording import listed, percent, share_with_range

LIKELIHOOD = TableSpec(
    id="likelihood",
    title="How probable it finds the right answer",
    intro="Here nothing is said: the right answer is put into the model’s mouth, and its "
    "probability is read off beside that of wrong values in the same sentence. A fact that is "
    "half learned shows here before it shows in answers.",
    caption="Probabilities of right and wrong answers to taught facts.",
    columns=(
        Column(score="likelihood.gold", heading="right answer", style="graded", hint="a token"),
        Column(score="likelihood.top1", heading="right one is likeliest"),
        Column(
            score="likelihood.truth_ratio",
            heading="wrong over right",
            style="number",
            hint="0 is best, about 1 is not knowing",
        ),
        Column(
            score="likelihood.truth_ratio_geometric",
            heading="the same, geometric",
            style="number",
            hint="0 is best, about 1 is not knowing",
        ),
        Column(
            score="likelihood.gold_share",
            heading="share of the right one",
            style="graded",
            hint="about .5 is not knowing",
        ),
    ),
    by_probe=True,
)
RECITE = TableSpec(
    id="recite",
    title="Reciting first, then answering",
    intro="These variants recite the sentence that states the fact before they answer. So an "
    "answer can be wrong because the sentence is, or because the sentence is right and badly read.",
    caption="Recitations, and right answers after right and after wrong ones.",
    columns=(
        Column(score="recite.overlap", heading="overlap with the text", style="graded"),
        Column(score="recite.right", heading="recited rightly"),
        Column(score="recite.correct_when_right", heading="right answer after a right one"),
        Column(score="recite.correct_when_wrong", heading="right answer after a wrong one"),
    ),
)
TAG = TableSpec(
    id="tag",
    needs=("tag.signal", "tag.lift", "tag.specificity"),
    title="The source tag",
    intro="Training can put a tag before what comes from the text. It helps a reader only if it "
    "stands before right answers more than before invented ones, and a question with the right "
    "tag is only then bound to the source if a wrong tag does worse.",
    caption="The tag in answers, and what a tag in the question does.",
    columns=(
        Column(score="tag.emitted", heading="answers with the tag"),
        Column(
            score="tag.signal",
            heading="right minus invented",
            style="number",
            hint="0: the tag tells nothing",
        ),
        Column(
            score="tag.lift", heading="with tag minus without", style="number", hint="0: no effect"
        ),
        Column(
            score="tag.specificity",
            heading="right tag minus wrong tag",
            style="number",
            hint="0: not bound to the source",
        ),
    ),
)
LOOSER = TableSpec(
    id="looser",
    needs=("diagnostic.f1.floor",),
    title="Looser ways to count",
    intro="Other benchmarks count words in common. Such figures are high even for a model that "
    "never saw the facts, because sentences of one form share words; so each stands beside what "
    "the untrained model gets for the same questions, and only what is above that was learned.",
    caption="Answers about facts that were taught, read more loosely than in the tables above.",
    columns=(
        Column(score="diagnostic.contains", heading="value anywhere in it"),
        Column(score="diagnostic.shotgun", heading="beside a rival value", hint="0 is best"),
        Column(score="diagnostic.hedged", heading="refused, then told", hint="0 is best"),
        *(
            Column(score=f"diagnostic.{name}{part}", heading=f"{title}{says}", style="graded")
            for name, title in (("em", "exact match"), ("f1", "F1"), ("rouge_l", "ROUGE-L"))
            for part, says in (("", ""), (".floor", ", untrained"))
        ),
    ),
)
SELECTIVE = TableSpec(
    id="selective",
    title="What answers are worth if wrong ones cost",
    intro="A wrong answer can cost more than none. The first columns weigh right answers against "
    "wrong ones at growing prices; the last ask whether the model’s own confidence tells the two "
    "apart.",
    caption="Answers to all questions as one figure, and confidence against being right.",
    columns=(
        Column(score="selective.f", heading="F", style="graded", hint="1 is best"),
        *(
            Column(
                score=f"selective.score_{price}",
                heading=f"a wrong answer costs {cost}",
                style="number",
                hint="0: refusing everything",
            )
            for price, cost in (
                ("0", "nothing"),
                ("50", "one right one"),
                ("75", "three"),
                ("90", "nine"),
            )
        ),
        Column(
            score="selective.aurc",
            heading="errors among the surest",
            style="graded",
            hint="0 is best",
        ),
        Column(
            score="calibration.ece",
            heading="confidence, gap (ECE)",
            style="graded",
            hint="0 is best",
        ),
        Column(
            score="calibration.brier", heading="confidence, Brier", style="graded", hint="0 is best"
        ),
    ),
)
LOCALITY = TableSpec(
    id="locality",
    title="What training broke",
    intro="Questions of general knowledge and neutral passages have nothing to do with the text. "
    "Whatever changes there is damage.",
    caption="General knowledge after training, held against the untrained model.",
    columns=(
        Column(score="locality.correct", heading="right"),
        Column(score="locality.agreement", heading="as before training"),
        Column(score="locality.forgetting", heading="forgotten", hint="0 is best"),
        Column(score="locality.leak", heading="names from the text", hint="0 is best"),
        Column(
            score="locality.perplexity_ratio",
            heading="perplexity, ratio",
            style="number",
            hint="1: no change",
        ),
    ),
)
DISTANCE = TableSpec(
    id="distance",
    title="How far the probabilities move",
    intro="Verdicts change only where a probability moves past another. How far probabilities "
    "move from those of the reference shows what a level does before any verdict changes.",
    caption="Distance from the reference level in nats a token, and agreement on the likeliest "
    "token, on right answers and on neutral text.",
    columns=(
        Column(score="quantization.kl", heading="KL, mean", style="number", hint="0 is best"),
        Column(score="quantization.kl_median", heading="KL, median", style="number"),
        Column(score="quantization.kl_p99", heading="KL, 99th percentile", style="number"),
        Column(score="quantization.kl_neutral", heading="KL, neutral text", style="number"),
        Column(score="quantization.top1_agreement", heading="same likeliest token"),
        Column(score="quantization.top1_agreement_neutral", heading="the same, neutral text"),
    ),
)


def tables(data: RunData) -> dict[str, tuple[ScoreTable, ...]]:
    """Section to the tables that this run can fill."""
    chance = likelihood_chance(data)
    hints: Mapping[str, str] = {"likelihood.top1": f"chance {percent(chance)}"} if chance else {}
    wanted = {
        "knows": (LIKELIHOOD, RECITE, TAG, LOOSER),
        "invents": (SELECTIVE,),
        "levels": (DISTANCE,),
        "training": (LOCALITY,),
    }
    return {
        section: tuple(
            replace(found, said=SAID[spec.id](data)) if spec.id in SAID else found
            for spec in specs
            if (found := table(data, spec, hints)) is not None
        )
        for section, specs in wanted.items()
    }


def likelihood_chance(data: RunData) -> float | None:
    """What `likelihood.top1` is by chance; None where it was not read off."""
    chances = [row.scores.get("likelihood.top1.chance") for row in data.results.variants]
    return next((each.value for each in chances if each is not None and each.value), None)


def silence_said(data: RunData) -> str:
    """Who does better than saying nothing, where a wrong answer costs one right one."""
    found = [(row.name, row.scores.get("selective.score_50")) for row in tried(data.results)]
    known = [(name, score) for name, score in found if score is not None]
    better = [name for name, score in known if (score.low or 0.0) > 0]
    worse = [name for name, score in known if score.high is not None and score.high < 0]
    if not known:
        return ""
    text = "Where a wrong answer costs as much as a right one brings, "
    if better:
        text += f"{listed(better)} visibly {_does(better)} better than saying nothing"
    else:
        text += "no variant visibly does better than saying nothing"
    return f"{text}, and {listed(worse)} visibly {_does(worse)} worse." if worse else f"{text}."


def _does(names: list[str]) -> str:
    return "does" if len(names) == 1 else "do"


def forgotten_said(data: RunData) -> str:
    """Which variant lost most of what the untrained model knew."""
    found = [(row.name, row.scores.get("locality.forgetting")) for row in tried(data.results)]
    known = [(name, score) for name, score in found if score is not None and score.n]
    if not known:
        return ""
    most = max((score.value or 0.0 for _, score in known), default=0.0)
    losing = [(name, score) for name, score in known if score.value == most]
    score = losing[0][1]
    lost = round(most * score.n)
    if not lost:
        return f"No variant lost any of the {score.n} answers that were right before."
    return (
        f"Most was lost by {listed([name for name, _ in losing])}: {lost} of the {score.n} answers "
        f"that were right before{share_with_range(score)}."
    )


SAID: Mapping[str, Callable[[RunData], str]] = {
    "selective": silence_said,
    "locality": forgotten_said,
}
"""Table to the rule that says what came out."""
