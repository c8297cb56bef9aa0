"""What the scores about change mean: asking again, fewer bits, and what training broke."""

from __future__ import annotations

from collections.abc import Mapping

SAME = "1 is best."

CHANGING: Mapping[str, tuple[str, str]] = {
    "determinism.process": (
        "Share of questions that a fresh process answered with the same tokens. Nothing else was "
        "changed.",
        SAME,
    ),
    "determinism.rerun": (
        "Share of questions answered with the same tokens when asked again in the same process. "
        "It is compared with the first answer of that process.",
        SAME,
    ),
    "determinism.batch": (
        "Share of questions with the same answer at every batch size that was tried. Batches "
        "change the order of additions, and so the last digits.",
        SAME,
    ),
    "determinism.batch_SIZE": (
        "Share of questions with the same answer as before when so many are asked at a time. "
        "Batches change the order of additions, and so the last digits.",
        SAME,
    ),
    "determinism.sampled": (
        "Share of questions with the same answer in every draw at temperature 1. Sampling is "
        "meant to differ; this says how much.",
        "Ceiling 1.",
    ),
    "determinism.shipped": (
        "The same with the sampling settings that the model was published with. Many users run "
        "it so without knowing.",
        "Ceiling 1.",
    ),
    "determinism.WAY.distinct": (
        "Mean number of different replies that a question got over the draws. Replies that "
        "differ in one token are different.",
        "1 for one that always says the same; at most the number of draws.",
    ),
    "determinism.WAY.entropy": (
        "Mean uncertainty, in nats, of what a draw says, case, punctuation and articles aside. 0 "
        "is one answer always; the more answers share the draws evenly, the larger.",
        "0 for one that always says the same.",
    ),
    "determinism.first_difference": (
        "Tokens that two answers to one question have in common before they part (median of the "
        "greedy ones that differ). An early difference changes the whole answer.",
        "Absent where no answer differs.",
    ),
    "determinism.gap": (
        "How much the model preferred the token of the new answer to that of the stored one, in "
        "logits, at the place where they part: the largest seen. 0 is a tie, which rounding "
        "decides.",
        "0 where only ties were decided otherwise.",
    ),
    "determinism.gap_median": (
        "The median of these gaps. Near 0 it is rounding that answers part over.",
        "0 where only ties were decided otherwise.",
    ),
    "determinism.ties": (
        "Share of the answers that part whose two tokens lay within one rounding step of each "
        "other, so that either could have come out on top. The rest was decided by rounding "
        "elsewhere, or by something worse.",
        "1 where only ties were decided otherwise.",
    ),
    "determinism.noise": (
        "Share of answerable questions whose verdict turned from right to not right, or back, "
        "when a fresh process asked them again. A difference between levels has to rise above it.",
        "0 is best.",
    ),
    "determinism.verdicts.HOW": (
        "Share of questions with the same verdict when asked again in that way. Answers can "
        "differ in words and mean the same.",
        SAME,
    ),
    "noise.rounding": (
        "Share of answerable questions that turn from right to not right, or back, when the same "
        "training starts from weights that are a thousandth off. It is what rounding alone can do "
        "to verdicts, and the floor of every flip.",
        "0 is best.",
    ),
    "noise.rounding_replies": (
        "Share of replies to all questions, right or not, that came out in other words. Words "
        "change before verdicts do.",
        "0 is best.",
    ),
    "quantization.flips": (
        "Share of answerable questions that are right at one level of exactness of the weights "
        "and not at the reference, or the other way round. All else is the same.",
        "0 for the reference itself.",
    ),
    "quantization.all_flips": (
        "The same with questions added that both have wrong in different words. It sees changes "
        "that no verdict shows.",
        "At least the flips.",
    ),
    "quantization.net": (
        "Questions gained minus questions lost, as a share. Many answers can flip at no net loss.",
        "-1 to 1.",
    ),
    "quantization.excess": (
        "Flips minus the noise of asking the reference again. Only what is above 0 can be laid to "
        "the level.",
        "0 for a level that changes nothing.",
    ),
    "quantization.kl": (
        "How far the probabilities of the next token move from those of the reference "
        "(Kullback-Leibler divergence, nats a token, mean), on the right answers. It is computed "
        "over the reference's 1,024 likeliest tokens and the rest as one.",
        "0 for the reference itself.",
    ),
    "quantization.kl_median": (
        "The median over tokens instead of the mean. Most tokens are certain at either level, so "
        "it lies far below the mean.",
        "0 for the reference itself.",
    ),
    "quantization.kl_p99": (
        "The value that one token in a hundred exceeds. Answers change at such tokens.",
        "0 for the reference itself.",
    ),
    "quantization.kl_neutral": (
        "The mean divergence on neutral passages that have nothing to do with the text. It shows "
        "what the level does to the model as a whole.",
        "0 for the reference itself.",
    ),
    "quantization.top1_agreement": (
        "Share of tokens of the right answers at which the likeliest token is that of the "
        "reference. Greedy answers part where it is not.",
        SAME,
    ),
    "quantization.top1_agreement_neutral": (
        "The same on the neutral passages. They have nothing to do with the text.",
        SAME,
    ),
    "locality.correct": (
        "Share of questions of general knowledge answered rightly. They have nothing to do with "
        "the text.",
        "The untrained model's own share is what can be lost.",
    ),
    "locality.agreement": (
        "Share of questions of general knowledge answered as the untrained model answers them. "
        "It counts changes of right and wrong answers alike.",
        SAME,
    ),
    "locality.forgetting": (
        "Share of the questions of general knowledge that the untrained model has right and the "
        "trained one has not. Training on the text took these away.",
        "0 is best.",
    ),
    "locality.leak": (
        "Share of answers to questions of general knowledge that name somebody or something of "
        "the text. The text has nothing to do with them.",
        "0 is best.",
    ),
    "locality.perplexity_ratio": (
        "How much more surprised by neutral passages the trained model is than the untrained one, "
        "as a ratio of perplexities. Above 1 its language as a whole has suffered.",
        "1 for no change.",
    ),
}
