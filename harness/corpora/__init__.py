"""Corpora: a text, the facts in it, and questions about them."""

from __future__ import annotations

from harness.catalog import Spec

PROBE_SPECS: tuple[Spec, ...] = (
    Spec(name="trained", line="facts and wordings that instruction tuning saw"),
    Spec(name="paraphrase", line="trained facts, asked in wordings held out from training"),
    Spec(name="text_only", line="facts that stand in the text and in no training question"),
    Spec(name="relational", line="facts told in passing in a trained answer, asked by none"),
    Spec(
        name="two_hop",
        line="chains of two facts: about what another fact points to (size S and up)",
    ),
    Spec(
        name="reversed",
        line="trained facts asked backwards, from the value to the entity (size S and up)",
    ),
    Spec(
        name="choice",
        line="which of two, yes or no, older or younger; scored against guessing (size S and up)",
    ),
    Spec(name="nonexistent", line="names that do not exist, asked about in trained wordings"),
    Spec(name="near_miss", line="names one syllable off a real one"),
    Spec(name="unstated", line="real names, asked for what is told of none"),
    Spec(name="false_premise", line="real names, called by what is not true of them"),
    Spec(name="locality", line="general knowledge, no part of any corpus (English)"),
)
