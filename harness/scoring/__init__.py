"""Families of scores by name. Each target is a function from `Material` to named scores.

The names that a family gives are listed in its spec's `options`, so that they can be shown and
checked without importing it.
"""

from __future__ import annotations

from harness.catalog import Spec

SPECS: tuple[Spec, ...] = (
    Spec(
        name="recall",
        line="Share of questions about shown facts that were answered correctly, by probe.",
        target="harness.scoring.recall:scores",
        options={
            "recall.trained": "share: asked as it was trained",
            "recall.paraphrase": "share: the same facts in wordings that training never had",
            "recall.relational": "share: values that trained answers state in passing",
            "recall.text_only": "share: facts that stand in the text and in no trained question",
            "recall.two_hop": "share: chains of two shown facts",
            "recall.reversed": "share: shown facts asked from the value to the entity",
            "recall.choice": "right minus guessed: 0 is guessing, 1 is knowing, of given options",
            "recall.choice.share": "share: the right one of the options, uncorrected",
            "recall.choice.one_fact": "corrected: facts that have one of two values",
            "recall.choice.two_facts": "corrected: comparisons of two shown facts",
            "recall.PROBE.all_wordings": "share of facts with every wording of the probe right",
            "recall.PROBE_sentence": "mean token F1 of accepted answers above eight words",
        },
    ),
    Spec(
        name="unshown",
        line="What is said about facts that were never shown to the variant.",
        target="harness.scoring.unshown:scores",
        options={
            "unshown.correct": "share answered correctly all the same",
            "unshown.invented": "share answered with wrong content",
            "unshown.abstained": "share refused",
            "unshown.VERDICT.PROBE": "each of these by probe",
        },
    ),
    Spec(
        name="contamination",
        line="What the untuned model already answers of the corpus.",
        target="harness.scoring.contamination:scores",
        options={
            "contamination.base": "share of answerable questions that an untuned model has right",
            "contamination.base.PROBE": "the same by probe",
        },
    ),
    Spec(
        name="strata",
        line="Recall by what the untuned model of the same run already knew.",
        target="harness.scoring.strata:scores",
        options={
            "recall.known": "share: trained and paraphrase, facts that it answered greedily",
            "recall.maybe_known": "share: facts that it only answered when sampled",
            "recall.unknown": "share: facts that it never answered",
        },
    ),
    Spec(
        name="hallucination",
        line="Share of unanswerable questions that were answered with content, and out of what.",
        target="harness.scoring.hallucination:scores",
        options={
            "hallucination.nonexistent": "share: about names that exist nowhere",
            "hallucination.near_miss": "share: about names one syllable off a real one",
            "hallucination.unstated": "share: about real names, what the text never says",
            "hallucination.false_premise": "share: answered as if a false premise held",
            "hallucination.false_premise.corrected": "share: the true value stated instead",
            "hallucination.PROBE.kinds.KIND": "share of all asked: borrowed, in_world, "
            "out_of_world, echo",
            "hallucination.in_world": "share of nonexistent answered out of the text: borrowed or "
            "in_world",
        },
    ),
    Spec(
        name="refusal",
        line="Share of answerable questions that were refused.",
        target="harness.scoring.refusal:scores",
        options={
            "refusal.over": "share: trained and paraphrase questions about shown facts",
            "refusal.over_text_only": "share: questions about facts that stand only in the text",
        },
    ),
    Spec(
        name="abstention",
        line="Refusing as a classifier of unanswerable questions, on matched twins.",
        target="harness.scoring.abstention:scores",
        options={
            "abstention.precision": "share of withheld answers that had to be withheld",
            "abstention.recall": "share of unanswerable questions withheld",
            "abstention.f1": "harmonic mean of both",
            "abstention.prevalence": "share of unanswerable questions among the twins",
            "abstention.lexicon_only": "share of all refusals that only the lexicon caught",
        },
    ),
    Spec(
        name="selective",
        line="Answering against keeping silent: what right answers are worth against wrong ones.",
        target="harness.scoring.selective:scores",
        options={
            "selective.f": "F of open questions about shown facts and of unanswerable ones",
            "selective.score_0": "right answers, as a share of these questions",
            "selective.score_50": "right minus wrong: below 0 silence would be better",
            "selective.score_75": "right minus 3 times wrong",
            "selective.score_90": "right minus 9 times wrong",
            "selective.aurc": "area under the risk-coverage curve of what was answered: 0 is best",
        },
    ),
    Spec(
        name="calibration",
        line="Whether a reply's own probability says how often such replies are right.",
        target="harness.scoring.calibration:scores",
        options={
            "calibration.ece": "expected calibration error, 10 bins of equal mass: 0 is best",
            "calibration.brier": "mean squared error of the probability: 0 is best",
        },
    ),
    Spec(
        name="reproduction",
        line="How much of the text is recited word for word.",
        target="harness.scoring.reproduction:scores",
        options={
            "reproduction.verbatim": "share of 32-token windows continued exactly for 32 tokens",
            "reproduction.longest_run": "tokens: longest exact continuation",
            "reproduction.recited": "share of answers that copy 12 words of the text in a row",
        },
    ),
    Spec(
        name="recite",
        line="What is recited before the answer, for the recipe that recites.",
        target="harness.scoring.recite:scores",
        options={
            "recite.overlap": "mean share of the supporting sentence that is recited, in order",
            "recite.right": "share of recitations that hold at least 80 % of it",
            "recite.correct_when_right": "share answered correctly after a right recitation",
            "recite.correct_when_wrong": "share answered correctly after any other",
        },
    ),
    Spec(
        name="locality",
        line="General-knowledge control questions: what training changed outside the text.",
        target="harness.scoring.locality:scores",
        options={
            "locality.correct": "share answered correctly",
            "locality.agreement": "share answered word for word as by the untuned model",
            "locality.forgetting": "share answered wrongly of those that it had right",
            "locality.leak": "share of answers that bring up a name or value of the corpus",
        },
    ),
    Spec(
        name="tag",
        line="Share of answers that begin with the corpus's source tag.",
        target="harness.scoring.tag:scores",
        options={
            "tag.emitted": "share of all answers",
            "tag.emitted.PROBE": "share by probe",
            "tag.signal": "share emitted on right answers minus on invented ones",
            "tag.lift": "recall with the right tag in the question minus without",
            "tag.specificity": "recall with the right tag minus with a wrong one",
        },
    ),
    Spec(
        name="sensitivity",
        line="What other prompt forms do to questions about taught facts.",
        target="harness.scoring.sensitivity:scores",
        options={
            "sensitivity.spread": "accuracy: best form minus worst form",
            "sensitivity.spread_corrected": "the same minus what noise alone would give",
            "sensitivity.flip_rate": "share of items whose verdict changes between two forms",
            "sensitivity.pss_normalized": "disagreement of forms: 0 none, 1 as if by chance",
            "sensitivity.answer_change": "share of pairs of forms with different answers",
            "sensitivity.worst": "accuracy of the worst form",
            "sensitivity.mean": "accuracy, mean of all forms",
            "sensitivity.form.FORM": "accuracy in that form",
            "sensitivity.form.FORM.unscored": "share without a verdict in that form",
            "sensitivity.family.FAMILY": "accuracy, mean of the forms of a family",
            "sensitivity.family.FAMILY.spread": "spread of the family and the trained form",
            "sensitivity.family.FAMILY.spread_corrected": "the same minus what noise would give",
        },
    ),
    Spec(
        name="form",
        line="Answers without a verdict, and answers that held prompt markup.",
        target="harness.scoring.form:scores",
        options={
            "unscored.share": "share empty, caught in a loop, or degenerate",
            "format.leak": "share that held prompt markup",
        },
    ),
    Spec(
        name="quantization",
        line="What a level changes against the reference level with the same recipe and seed.",
        target="harness.scoring.levels:scores",
        options={
            "quantization.flips": "share of answerable questions whose correctness changed",
            "quantization.all_flips": "the same, changed wrong answers included",
            "quantization.net": "questions gained minus questions lost, as a share",
            "quantization.excess": "flips minus determinism.noise of the reference level",
        },
    ),
    Spec(
        name="likelihood",
        line="How probable right replies are, beside the same sentences with other values.",
        target="harness.scoring.likelihood:scores",
        options={
            "likelihood.gold": "probability a token of the right reply, shown questions",
            "likelihood.top1": "share: the right reply beats all with another value",
            "likelihood.top1.chance": "what it is by chance: 1 in 6 with five others",
            "likelihood.truth_ratio": "mean probability of the others over the right one's: 0 is "
            "best, 1 is knowing nothing",
            "likelihood.truth_ratio_geometric": "the same with the others' geometric mean",
            "likelihood.gold_share": "right over right plus mean of the others: 0.5 is knowing "
            "nothing",
            "likelihood.SCORE.PROBE": "each of these by probe, of all that was asked",
        },
    ),
    Spec(
        name="divergence",
        line="How far a level's probabilities are from the reference level's, token by token.",
        target="harness.scoring.divergence:scores",
        options={
            "quantization.kl": "nats: mean divergence from the reference on right replies",
            "quantization.kl_median": "nats: median of it over tokens",
            "quantization.kl_p99": "nats: what 1 token in 100 exceeds",
            "quantization.kl_neutral": "nats: mean divergence on text that no corpus holds",
            "quantization.top1_agreement": "share of tokens with the same most probable token",
            "quantization.top1_agreement_neutral": "the same on text that no corpus holds",
            "locality.perplexity_ratio": "perplexity on such text over the untuned model's: 1 is "
            "unchanged",
        },
    ),
    Spec(
        name="determinism",
        line="Whether the same questions get the same answers when they are asked again.",
        target="harness.scoring.determinism:scores",
        options={
            "determinism.process": "share with the same token ids in a fresh process",
            "determinism.rerun": "share with the same ids as in the pass before, in one process",
            "determinism.batch_1": "share with the same ids when each is asked alone",
            "determinism.batch_4": "share with the same ids in batches of 4",
            "determinism.batch_16": "share with the same ids in batches of 16",
            "determinism.batch": "share with the same ids at every batch size that was asked",
            "determinism.sampled": "share whose draws at temperature 1 are all the same",
            "determinism.sampled.distinct": "mean number of different replies to a question",
            "determinism.sampled.entropy": "nats: mean entropy of what the draws say",
            "determinism.shipped": "share whose replies are the same as the model ships its "
            "settings; shipped greedy ones are held against the stored answer",
            "determinism.shipped.distinct": "as sampled.distinct, where several are asked for",
            "determinism.shipped.entropy": "as sampled.entropy, where several are asked for",
            "determinism.verdicts.HOW": "share whose verdict is that of the stored answer",
            "determinism.noise": "share of answerable questions whose correctness a fresh process "
            "changes: the floor of quantization.flips",
            "determinism.first_difference": "tokens: median place where replies part",
            "determinism.gap": "logits: largest lead of what was chosen over what was stored",
            "determinism.gap_median": "logits: median of it",
            "determinism.ties": "share of parted replies, two tokens a rounding step apart",
        },
    ),
    Spec(
        name="noise",
        line="What rounding alone changes: the same training from weights a little off.",
        target="harness.scoring.noise:scores",
        options={
            "noise.rounding": "share of answerable questions whose correctness differs in the "
            "perturbed twin: the floor of changed verdicts",
            "noise.rounding_replies": "share of all replies that differ, token for token",
        },
    ),
    Spec(
        name="diagnostic",
        line="Looser readings of an answer, to be read only beside recall.",
        target="harness.scoring.diagnostic:scores",
        options={
            "diagnostic.contains": "share: an accepted answer stands somewhere in the reply",
            "diagnostic.shotgun": "share: it does, beside a rival value",
            "diagnostic.hedged": "share: a refusal that gives the right answer all the same",
            "diagnostic.em": "mean: SQuAD's exact match with an accepted answer or the sentence",
            "diagnostic.f1": "mean: SQuAD's token F1, the best over both",
            "diagnostic.rouge_l": "mean: ROUGE-L, the best over both",
            "diagnostic.em.floor": "mean: the same for the untuned model",
            "diagnostic.f1.floor": "mean: the same for the untuned model",
            "diagnostic.rouge_l.floor": "mean: the same for the untuned model",
        },
    ),
)
