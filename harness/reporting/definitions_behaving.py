"""What the scores about behaviour mean: inventing, refusing, forms, repetition, levels."""

from __future__ import annotations

from collections.abc import Mapping

OPPOSITES = "0 for one that always refuses, 1 for one that always answers."

BEHAVING: Mapping[str, tuple[str, str]] = {
    "hallucination.nonexistent": (
        "Share of questions about names that exist nowhere that were answered with content: not "
        "refused, not denied, and readable. Every such answer is made up.",
        OPPOSITES,
    ),
    "hallucination.near_miss": (
        "The same for names one syllable off a real one. They tempt a model to answer about the "
        "neighbour.",
        OPPOSITES,
    ),
    "hallucination.unstated": (
        "The same for real names and something that the text never says about them. Knowing the "
        "person is no help.",
        OPPOSITES,
    ),
    "hallucination.false_premise": (
        "Share of questions that take something untrue for granted and were answered as if it "
        "held. Rejecting the claim or stating the truth does not count.",
        OPPOSITES,
    ),
    "hallucination.false_premise.corrected": (
        "Share of these questions in which the reply states the true value instead. It is good "
        "news.",
        "Floor 0, ceiling 1.",
    ),
    "hallucination.PROBE.kinds.KIND": (
        "Share of the questions of that kind whose invented answer is of one sort: borrowed from "
        "another's fact, another value of the text, words of the question, or from outside. The "
        "four add up to the score itself.",
        "Floor 0, ceiling the score itself.",
    ),
    "hallucination.in_world": (
        "Share of the names that exist nowhere that were given something out of the text. It "
        "tells mixing the text up from making things up.",
        "Near 0 before training.",
    ),
    "refusal.over": (
        "Share of questions on taught facts that were refused. Inventing less can always be "
        "bought with it, so the two are read together.",
        "0 for one that knows all, 1 for one that always refuses.",
    ),
    "refusal.over_text_only": (
        "Share of questions on facts that stand only in the text that were refused. It shows how "
        "far taught refusal spreads.",
        "0 for one that knows all, 1 for one that always refuses.",
    ),
    "abstention.recall": (
        "On pairs of like questions, one with an answer and one without: share of those without "
        "that were refused, denied or set right. Pairs whose fact was not shown are left out.",
        "0 for one that always answers; 1 is best.",
    ),
    "abstention.precision": (
        "Share of what was withheld on those pairs that had to be withheld. The rest was refused "
        "in error.",
        ".5 for one that always refuses; 1 is best.",
    ),
    "abstention.f1": (
        "Harmonic mean of the two scores above. Below .667 refusing everything would be better.",
        ".667 for one that always refuses; 1 is best.",
    ),
    "abstention.prevalence": (
        "Share of questions without an answer among the pairs. It is one half by construction.",
        "Fixed.",
    ),
    "abstention.lexicon_only": (
        "Share of refusals that only the list of phrases recognised. Where it is large the "
        "verdicts hang on that list.",
        "Near 0 after training on one fixed refusal.",
    ),
    "selective.f": (
        "Harmonic mean of accuracy over all questions and accuracy over those that were answered, "
        "questions without an answer included. A refusal costs less than a wrong answer.",
        "0 for one that always refuses; below 1 even for one that knows all, which stays silent "
        "where there is no answer.",
    ),
    "selective.score_N": (
        "Share right minus share wrong times t/(1-t), where N is t in percent. It is what answers "
        "are worth to a reader who wants at least that much confidence.",
        "0 for one that always refuses; 1 is best; it can be negative.",
    ),
    "selective.aurc": (
        "Share of errors among the k answers given with the most confidence, averaged over all k. "
        "Low means that confidence tells right from wrong.",
        "0 is best; the plain error share for confidence that tells nothing.",
    ),
    "calibration.ece": (
        "Mean gap between confidence and the share right at that confidence. Confidence is the "
        "probability of the given answer.",
        "0 is best, 1 worst.",
    ),
    "calibration.brier": (
        "Mean squared gap between confidence and being right or wrong. It rewards being sure "
        "only where one is right.",
        "0 is best; .25 for always one half.",
    ),
    "sensitivity.spread": (
        "Accuracy in the best form of the prompt minus accuracy in the worst. The questions are "
        "the same in every form.",
        "0 is best; luck alone makes it larger than 0.",
    ),
    "sensitivity.spread_corrected": (
        "The spread minus what luck alone would give, found by shuffling outcomes between forms "
        "within each question. Above 0 the form matters.",
        "0 for forms that do not matter.",
    ),
    "sensitivity.flip_rate": (
        "Share of questions whose verdict changes between two forms of the prompt. Accuracy can "
        "stay the same while verdicts change.",
        "0 is best.",
    ),
    "sensitivity.pss_normalized": (
        "How much an answer's verdict differs between pairs of forms, over what verdicts drawn at "
        "random with the same mean would give. 1 is as unsteady as drawing lots.",
        "0 is best, about 1 for drawing lots.",
    ),
    "sensitivity.answer_change": (
        "Share of pairs of forms in which the answers differ, right or wrong. It also sees a "
        "wrong answer turn into another.",
        "0 is best.",
    ),
    "sensitivity.worst": (
        "Accuracy in the worst form of the prompt. It is what a user with an unlucky form gets.",
        "Ceiling: the mean.",
    ),
    "sensitivity.mean": (
        "Accuracy averaged over all forms. Its range covers the choice of questions.",
        "Between worst and best.",
    ),
    "sensitivity.form.FORM": (
        "Accuracy in one form of the prompt. The questions are the same in every form.",
        "Floor: guessing. Ceiling 1.",
    ),
    "sensitivity.family.FAMILY": (
        "The same over all forms of one family: layout, wording, or system prompt. It shows what "
        "kind of change does harm.",
        "Floor: guessing. Ceiling 1.",
    ),
    "sensitivity.form.FORM.unscored": (
        "Share of replies in that form that cannot be read as an answer. A form can break the "
        "reply without changing what is known.",
        "0 is best.",
    ),
    "sensitivity.family.FAMILY.spread": (
        "Best minus worst accuracy among the forms of one family and the form of training. It "
        "shows which kind of change does harm.",
        "0 is best; luck alone makes it larger than 0.",
    ),
    "sensitivity.family.FAMILY.spread_corrected": (
        "The same minus what luck alone would give. Above 0 this family of forms matters.",
        "0 for forms that do not matter.",
    ),
    "tag.emitted": (
        "Share of answers that begin with the source tag of the text. A tag that stands before "
        "invented answers as often is a habit and no evidence.",
        "0 without tagged training.",
    ),
    "tag.emitted.PROBE": (
        "The same over one kind of question. Compare questions that have an answer with those "
        "that have none.",
        "0 without tagged training.",
    ),
    "tag.signal": (
        "Share of right answers that bear the tag minus share of invented ones that do. Above 0 "
        "the tag tells something.",
        "0 for a tag that tells nothing, 1 is best.",
    ),
    "tag.lift": (
        "Recall with the right tag in the question minus recall without. It does not show that "
        "the tag stands for the source: any cue from training may help.",
        "0 for no effect.",
    ),
    "tag.specificity": (
        "Recall with the right tag minus recall with a wrong one. Only this shows that answers "
        "hang on the tag itself.",
        "0 for no effect.",
    ),
    "unscored.share": (
        "Share of replies that cannot be read as an answer: empty, going round in circles, or a "
        "few words over and over. They count in every total, as neither right nor wrong.",
        "0 is best; above .05 distrust the rest.",
    ),
    "format.leak": (
        "Share of replies that hold markup of the prompt. It points at a template that was "
        "applied wrongly.",
        "0 is best.",
    ),
}
