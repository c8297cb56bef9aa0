"""One question to a finished variant, for `closedbook ask`."""

from __future__ import annotations

from harness.answering.plan import Item
from harness.answering.prompts import forms
from harness.answering.session import open_session
from harness.corpora import folder as corpora
from harness.records import Answer, PhaseJob

QUESTION = "ask"
"""The id under which a question of the user's own is answered."""


def answer_one(job: PhaseJob, question: str) -> Answer:
    """Load the variant as its answer phase did and ask it `question` in its first prompt form.

    Raises PhaseFailure where the model is not what the variant says.
    """
    session = open_session(job, corpora.read(job.corpus))
    form = forms(job.variant.prompt.forms)[0]
    item = Item(question=QUESTION, form=form.name, draw=0)
    prompt = session.prompt_ids(question, form)
    limit = job.variant.ask.max_new_tokens
    return session.answer([item], [prompt], batch=0, prefix=0, max_new_tokens=limit)[0]
