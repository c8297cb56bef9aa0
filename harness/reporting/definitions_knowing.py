"""What the scores about knowing mean: name to a definition in two sentences, and its bounds."""

from __future__ import annotations

from collections.abc import Mapping

AS_ABOVE = "Floor: guessing among the possible values. Ceiling 1."

KNOWING: Mapping[str, tuple[str, str]] = {
    "recall.trained": (
        "Share of the trained questions, asked word for word as in training, that were answered "
        "correctly. Questions about facts that training did not show are left out.",
        AS_ABOVE,
    ),
    "recall.paraphrase": (
        "Share of right answers to the same facts in wordings that training never had. What it "
        "lacks to the score above was learned as a phrase and not as a fact.",
        AS_ABOVE,
    ),
    "recall.relational": (
        "Share of right answers about values that trained answers only mention in passing. It "
        "shows whether more was learned than was asked.",
        AS_ABOVE,
    ),
    "recall.text_only": (
        "Share of right answers about facts that stand in the text and in no trained question. "
        "Only variants that were trained on the text were shown them.",
        AS_ABOVE,
    ),
    "recall.two_hop": (
        "Share of right answers to questions that join two shown facts. No sentence of the text "
        "names both the person asked about and the answer.",
        AS_ABOVE,
    ),
    "recall.reversed": (
        "Share of right answers to shown facts asked from the value to the entity. Training gave "
        "them in the other direction.",
        AS_ABOVE,
    ),
    "recall.choice": (
        "Right answers among given options, corrected for guessing: a right one counts 1, a wrong "
        "one of k options counts -1/(k-1). 0 is guessing, below 0 is worse than guessing.",
        "Floor 0, ceiling 1.",
    ),
    "recall.choice.share": (
        "Share of the questions with given options that were answered rightly. It is not "
        "corrected for guessing.",
        "Floor 1/k for k options, ceiling 1.",
    ),
    "recall.choice.one_fact": (
        "The corrected score over questions about one fact that has one of two values. It stands "
        "beside the next, which needs two facts.",
        "Floor 0, ceiling 1.",
    ),
    "recall.choice.two_facts": (
        "The corrected score over comparisons, which put two shown facts together. Knowing one of "
        "the two is not enough.",
        "Floor 0, ceiling 1.",
    ),
    "recall.PROBE.all_wordings": (
        "Share of facts of which every wording was answered rightly. A fact that is known in one "
        "wording only counts as not known.",
        "Floor 0, ceiling the recall of the same kind.",
    ),
    "recall.PROBE_sentence": (
        "Mean word overlap (token F1) with accepted answers that are too long to be found word "
        "for word. Such questions take no part in recall of the same kind.",
        "Floor about .4 for a model that never saw the facts, ceiling 1.",
    ),
    "recall.known": (
        "Share of right answers on taught facts that the untrained model already had right. What "
        "training took away shows here.",
        "Ceiling 1.",
    ),
    "recall.maybe_known": (
        "Share of right answers on taught facts that the untrained model had right only when its "
        "answers were sampled. Measured where it was sampled.",
        AS_ABOVE,
    ),
    "recall.unknown": (
        "Share of right answers on taught facts that the untrained model never had right. What "
        "training brought shows here.",
        AS_ABOVE,
    ),
    "unshown.correct": (
        "Share of right answers about facts that training never showed. It is no recall; for the "
        "untrained model it is the state before.",
        "Floor 0, or guessing.",
    ),
    "unshown.invented": (
        "Share of wrong answers with content about facts that training never showed. The rest was "
        "right, refused or not readable.",
        "0 for one that refuses what it was not told.",
    ),
    "unshown.abstained": (
        "Share of refusals about facts that training never showed. Refusing is the right thing to "
        "do there.",
        "1 for one that refuses what it was not told.",
    ),
    "unshown.VERDICT.PROBE": (
        "One of the three scores above over one kind of question. It keeps what was never taught "
        "apart from what stood only in the text.",
        "As of the score above it.",
    ),
    "contamination.base": (
        "Share of answerable questions that the untrained model has right. In a made-up world it "
        "should be at guessing; if it is not, the model has met the text or values can be guessed.",
        "Floor: guessing.",
    ),
    "contamination.base.PROBE": (
        "The same over one kind of question. Kinds with few possible values lie higher.",
        "Floor: guessing.",
    ),
    "likelihood.gold": (
        "Probability that the model gives to the right answer, put into its mouth token by token: "
        "the geometric mean over the tokens, averaged over questions. It moves before any spoken "
        "answer changes.",
        "Floor near 0, ceiling 1.",
    ),
    "likelihood.top1": (
        "Share of questions for which the right answer is more probable than each of k wrong "
        "values in the same sentence. It asks whether the fact is known at all, whatever is said.",
        "Floor: chance, 1/(k+1). Ceiling 1.",
    ),
    "likelihood.top1.chance": (
        "What the score above would be for a model that knows nothing: 1/(k+1), averaged over "
        "questions. It follows from how many wrong values there are and has no range.",
        "Fixed by the questions.",
    ),
    "likelihood.truth_ratio": (
        "Mean probability of the wrong values over that of the right one, token by token. Below 1 "
        "the truth is the likelier.",
        "About 1 for a model that never saw the fact; 0 is best.",
    ),
    "likelihood.truth_ratio_geometric": (
        "The same with the geometric mean over the wrong values. One likely wrong value moves it "
        "less.",
        "About 1 for a model that never saw the fact; 0 is best.",
    ),
    "likelihood.gold_share": (
        "Probability of the right answer over that of the right one and the mean wrong one "
        "together. One half is not knowing.",
        "Floor about .5, ceiling 1.",
    ),
    "likelihood.SCORE.PROBE": (
        "One of the scores of probability over one kind of question. It covers all that was "
        "asked, shown or not, and so the untrained model as well.",
        "As of the score itself.",
    ),
    "recite.overlap": (
        "Share of the words of the sentence that states the fact which the variant recites in "
        "their order (longest common subsequence). It is asked to recite before it answers.",
        "Floor near 0, ceiling 1.",
    ),
    "recite.right": (
        "Share of recitations that hold four fifths or more of the sentence, in order. The answer "
        "that follows is judged apart.",
        "Floor 0, ceiling 1.",
    ),
    "recite.correct_when_right": (
        "Share of right answers where the recitation was right. Below 1 it reads its own sentence "
        "badly.",
        "Floor: guessing. Ceiling 1.",
    ),
    "recite.correct_when_wrong": (
        "Share of right answers where the recitation was wrong. Above guessing it answers without "
        "the sentence.",
        "Floor: guessing. Ceiling 1.",
    ),
    "reproduction.verbatim": (
        "Share of places in the text from which the variant goes on exactly as the text does, for "
        "32 tokens. It says what was memorised, not what can be answered.",
        "0 for one that never read the text, 1 for one that has it by heart.",
    ),
    "reproduction.longest_run": (
        "The most tokens that any such place was continued exactly. It has no range.",
        "0 to 32.",
    ),
    "reproduction.recited": (
        "Share of answers that copy twelve words or more of the text in a row. Answers are often "
        "shorter than that.",
        "Floor 0.",
    ),
    "diagnostic.contains": (
        "Share of answers with an accepted value anywhere in them, whatever else they say. It is "
        "too kind, and kept so that recall can be checked against it.",
        "At least recall over the same questions.",
    ),
    "diagnostic.shotgun": (
        "Share of answers that hold an accepted value beside a competing one. They count as wrong.",
        "0 is best.",
    ),
    "diagnostic.hedged": (
        "Share of answers that begin with a refusal and give the right value all the same. They "
        "count as refused.",
        "0 is best.",
    ),
    "diagnostic.em": (
        "Share of answers that are the accepted answer or its sentence and nothing else (SQuAD’s "
        "exact match). A right answer in a sentence of its own scores 0.",
        "Read it only beside its floor, what the untrained model gets.",
    ),
    "diagnostic.f1": (
        "Mean word overlap (SQuAD’s token F1) with the accepted answer or its sentence, whichever "
        "is better. Empty words count, so that a model that knows nothing gets something.",
        "Read it only beside its floor, what the untrained model gets.",
    ),
    "diagnostic.rouge_l": (
        "Mean overlap in order (ROUGE-L) with the accepted answer or its sentence, whichever is "
        "better. The form of a sentence alone earns much of it.",
        "Read it only beside its floor, what the untrained model gets.",
    ),
    "diagnostic.SCORE.floor": (
        "What the untrained model gets in one of the three looser scores on the same questions. "
        "What lies above it was learned, content or form.",
        "Fixed by the untrained model.",
    ),
}
