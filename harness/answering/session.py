"""A loaded variant that can be asked: model, adapter, prompts and engine in one hand."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from harness.answering.decoders import open_decoder
from harness.answering.decoding import Decoder
from harness.answering.engine import Reply, Request, Stopping, common_prefix, generate
from harness.answering.plan import Item
from harness.answering.prompts import Chat, Form, forms, render, user_turn
from harness.catalog import get, load
from harness.corpora.asked import askable
from harness.errors import Unavailable
from harness.records import Answer, Corpus, PhaseJob, Resources
from harness.storage.folders import VariantFolder

FIRST_IDS = 16
Turn = Callable[[str, str], str]
"""From a question and the user's turn made of it to the turn that is used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Everything that stays the same from batch to batch."""

    job: PhaseJob
    corpus: Corpus
    loaded: Any
    """`harness.models.load.Loaded`."""
    decoder: Decoder
    turn: Turn
    resources: Resources
    """What loading measured: load time, weights, adapter."""

    @property
    def chat(self) -> Chat:
        """The chat format of the loaded model."""
        chat: Chat = self.loaded.chat
        return chat

    def prompt_ids(self, question: str, form: Form) -> tuple[int, ...]:
        """The rendered prompt as token ids."""
        prompt = self.job.variant.prompt
        turn = self.turn(question, user_turn(question, form, prompt, self.corpus.source_tag))
        return tuple(self.chat.encode(render(self.chat, turn, form, prompt)))

    def answer(
        self,
        items: Sequence[Item],
        prompts: Sequence[tuple[int, ...]],
        *,
        batch: int,
        prefix: int,
        max_new_tokens: int,
    ) -> list[Answer]:
        """Answer one batch; records come in the order of `items`."""
        stopping = Stopping(max_new_tokens=max_new_tokens, stop_ids=self.chat.stop_ids)
        requests = [self._request(item, ids) for item, ids in zip(items, prompts, strict=True)]
        replies = generate(self.decoder, requests, stopping, self.chat.decode, prefix)
        return [
            self.record(item, reply, prompt, batch)
            for item, prompt, reply in zip(items, prompts, replies, strict=True)
        ]

    def record(self, item: Item, reply: Reply, prompt: tuple[int, ...], batch: int) -> Answer:
        """A reply as it is kept."""
        return Answer(
            asked=self.job.asked,
            question=item.question,
            form=item.form,
            draw=item.draw,
            batch=batch,
            text=reply.text,
            ids=reply.ids,
            prompt_tokens=reply.prompt_tokens,
            new_tokens=len(reply.ids),
            stop=reply.stop,
            logprob_sum=reply.logprob_sum,
            first_ids=tuple(prompt[:FIRST_IDS]),
        )

    def _request(self, item: Item, ids: tuple[int, ...]) -> Request:
        if item.draw == 0:
            return Request(ids=ids)
        name = f"{self.job.variant.seed}|{item.question}|{item.form}|{item.draw}"
        seed = int.from_bytes(hashlib.sha256(name.encode()).digest()[:7], "big")
        return Request(ids=ids, temperature=self.job.variant.ask.temperature, seed=seed)


def open_session(job: PhaseJob, corpus: Corpus) -> Session:
    """Load the model at its level, put the adapter on it unmerged, and verify both.

    Raises PhaseFailure where what was loaded is not what the variant says, Unavailable where the
    answerer lacks its library.
    """
    from harness.models import adapters
    from harness.models import load as loading

    started = time.monotonic()
    turn: Turn = load(_available(job.variant.answerer))(corpus)
    loaded = loading.load_variant(job)
    resources: Resources = dict(loading.weight_resources(loaded))
    model = loaded.model
    if job.variant.tuned:
        folder = VariantFolder(job.folder).adapter
        model = adapters.restore(loaded, folder)
        resources |= adapters.resources(model, folder)
    model.eval()
    loaded.verify()
    print(f"kernel: {loaded.allow_packing()}")  # nothing is trained or saved in this process
    resources["time.load_s"] = round(time.monotonic() - started, 3)
    decoder = open_decoder(model, loaded.chat.pad_id)
    return Session(
        job=job, corpus=corpus, loaded=loaded, decoder=decoder, turn=turn, resources=resources
    )


def closed_book(corpus: Corpus) -> Turn:
    """The answerer "model": the turn is used as it is."""
    return lambda question, turn: turn


def prompts_of_forms(session: Session, items: Sequence[Item]) -> dict[Item, tuple[int, ...]]:
    """The prompt of every item; the draws of a question share one."""
    named = {form.name: form for form in forms(session.job.variant.prompt.forms)}
    questions = askable(session.corpus, session.job.variant.ask.probes)
    wording = {question.id: question.question for question in questions}
    made: dict[tuple[str, str], tuple[int, ...]] = {}
    for item in items:
        key = (item.question, item.form)
        if key not in made:
            made[key] = session.prompt_ids(wording[item.question], named[item.form])
    return {item: made[item.question, item.form] for item in items}


def prefixes(prompts: dict[Item, tuple[int, ...]]) -> dict[str, int]:
    """For each form, how many first ids are the same in all its prompts."""
    by_form: dict[str, list[tuple[int, ...]]] = {}
    for item, ids in prompts.items():
        by_form.setdefault(item.form, []).append(ids)
    return {form: common_prefix(every) for form, every in by_form.items()}


def _available(answerer: str) -> str:
    """The target of an answerer whose packages are installed."""
    from importlib.util import find_spec

    spec = get("answerer", answerer)
    missing = [name for name in spec.needs if find_spec(name) is None]
    if missing:
        raise Unavailable(f"the answerer {answerer!r} needs {', '.join(missing)}")
    return spec.target
