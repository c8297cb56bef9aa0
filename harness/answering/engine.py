"""The answering engine: a batch of prompts in, replies out. One loop for greedy and sampled rows.

Greedy means the largest float32 logit, the lowest id among equals. The log-probability that is
summed is that of the chosen tokens under the model's own distribution, at temperature 1.

A row may carry the reply that was given before. Up to the first token that differs both replies
are the same, so the pass has read the former reply's own words, and its logits at that place say
by how much the token that was chosen then was beaten now.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor

from harness.answering.decoding import Decoder
from harness.answering.sampling import Decoding
from harness.records import StopName

KEEP_MULTIPLE = 4
"""Finished rows leave in steps of this many: the kernels of a new row count must be built first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One prompt as token ids. `temperature` 0 is greedy; otherwise `seed` decides the draws."""

    ids: tuple[int, ...]
    temperature: float = 0.0
    seed: int = 0
    decoding: Decoding | None = None
    """Where given it decides instead of `temperature`; draws follow `seed` all the same."""
    before: tuple[int, ...] | None = None
    """The ids that were replied before, to be compared with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopping:
    """When a reply ends. A stop string is cut off the text, with whatever follows it."""

    max_new_tokens: int
    stop_ids: tuple[int, ...]
    stop_strings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The new ids, the one that ended the reply included, and why it stopped."""

    ids: tuple[int, ...]
    text: str
    prompt_tokens: int
    stop: StopName
    logprob_sum: float
    differs_at: int | None = None
    """Position of the first id that is not that of `Request.before`; None: no difference."""
    gap: float | None = None
    """There: largest logit minus that of the id that stood there before; 0 where they are at most
    one rounding step of the logits' own type apart (its epsilon times the largest)."""


@dataclass(slots=True)
class _Row:
    """A reply in the making."""

    request: Request
    generator: torch.Generator | None
    filters: Callable[[Sequence[int], Tensor], Tensor] | None
    ids: list[int] = field(default_factory=list)
    logprob: float = 0.0
    stop: StopName | None = None
    differs_at: int | None = None
    gap: float | None = None

    @property
    def chooses(self) -> bool:
        """Whether anything but the largest logit may come next."""
        return self.generator is not None or self.filters is not None

    @property
    def awaited(self) -> int | None:
        """The id that came next before; None where nothing is compared, or no longer."""
        before, at = self.request.before, len(self.ids)
        if before is None or self.differs_at is not None or at >= len(before):
            return None
        return before[at]


def common_prefix(prompts: Sequence[Sequence[int]]) -> int:
    """How many first ids all prompts share, leaving at least one id of each to be read."""
    if not prompts:
        return 0
    ordered = sorted(tuple(prompt) for prompt in prompts)
    low, high = ordered[0], ordered[-1]  # the two that differ earliest
    shortest = min(len(prompt) for prompt in prompts)
    count = 0
    while count < shortest - 1 and low[count] == high[count]:
        count += 1
    return count


def generate(
    decoder: Decoder,
    requests: Sequence[Request],
    stopping: Stopping,
    decode: Callable[[list[int]], str],
    prefix: int | None = None,
) -> list[Reply]:
    """Answer all requests as one batch; replies come in the order of the requests.

    `prefix`: how many first ids are the same in all prompts and worth keeping for later batches;
    None: as many as are the same in this batch.
    """
    rows = [_Row(request, _generator(request), _filters(request)) for request in requests]
    shared = common_prefix([request.ids for request in requests]) if prefix is None else prefix
    with torch.inference_mode():
        logits = decoder.start([row.request.ids for row in rows], shared, stopping.max_new_tokens)
        slots = list(rows)
        while True:
            tokens = _advance(logits, slots, stopping, decode)
            kept = _to_keep(slots)
            if not kept:
                break
            if len(kept) < len(slots):
                index = torch.tensor(kept, device=logits.device)
                decoder.keep(index)
                tokens, slots = tokens[index], [slots[number] for number in kept]
            logits = decoder.step(tokens)
    return [_reply(row, stopping, decode) for row in rows]


def _generator(request: Request) -> torch.Generator | None:
    """A generator of the row's own: a draw does not depend on who shares the batch."""
    drawn = request.decoding.sample if request.decoding else request.temperature > 0
    return torch.Generator().manual_seed(request.seed) if drawn else None


def _filters(request: Request) -> Callable[[Sequence[int], Tensor], Tensor] | None:
    decoding = request.decoding
    return None if decoding is None or decoding.plain else decoding.filters()


def _advance(
    logits: Tensor, slots: Sequence[_Row], stopping: Stopping, decode: Callable[[list[int]], str]
) -> Tensor:
    """Choose one token a row, note it in the rows still going, and return all, (batch,)."""
    finest = torch.finfo(logits.dtype).eps
    logits = logits.float()
    highest, tokens = logits.max(-1)  # the first of equal maxima
    for slot, row in enumerate(slots):
        if row.chooses and row.stop is None:
            tokens[slot] = _choose(logits[slot], row)
    _compare(logits, highest, tokens, slots, finest)
    chosen = logits.gather(-1, tokens[:, None]).squeeze(-1)
    total = logits.sub_(highest[:, None]).exp_().sum(-1).log_()  # in place: nobody reads them again
    logprobs = (chosen - highest - total).tolist()
    for token, logprob, row in zip(tokens.tolist(), logprobs, slots, strict=True):
        if row.stop is None:
            row.ids.append(token)
            row.logprob += logprob
            row.stop = _stopped(row.ids, stopping, decode)
    return tokens


def _compare(
    logits: Tensor, highest: Tensor, tokens: Tensor, slots: Sequence[_Row], finest: float
) -> None:
    """Note, in rows that go on, where a token is the first that is not the one of before."""
    for slot, row in enumerate(slots):
        awaited = None if row.stop is not None else row.awaited
        if awaited is None or awaited == int(tokens[slot]):
            continue
        most = float(highest[slot])
        gap = most - float(logits[slot, awaited])
        row.differs_at = len(row.ids)
        row.gap = 0.0 if gap <= finest * abs(most) else round(gap, 6)


def _choose(logits: Tensor, row: _Row) -> int:
    """The next id of a row that draws, or filters what it may take, or both."""
    scores, temperature = logits, row.request.temperature
    if row.request.decoding is not None:
        temperature = 1.0  # the filters hold it
    if row.filters is not None:
        scores = row.filters([*row.request.ids, *row.ids], logits)
    return int(scores.argmax()) if row.generator is None else _draw(scores, temperature, row)


def _draw(logits: Tensor, temperature: float, row: _Row) -> int:
    """One id drawn at a temperature, by inverting the cumulated distribution."""
    shares = torch.softmax(logits.double().cpu() / temperature, dim=-1).cumsum(-1)
    point = torch.rand(1, generator=row.generator, dtype=torch.float64) * shares[-1]
    return min(int(torch.searchsorted(shares, point, right=True)), len(shares) - 1)


def _stopped(
    ids: list[int], stopping: Stopping, decode: Callable[[list[int]], str]
) -> StopName | None:
    if ids[-1] in stopping.stop_ids:
        return "end"
    if stopping.stop_strings and _cut(decode(ids), stopping.stop_strings) is not None:
        return "stop_string"
    return "length" if len(ids) >= stopping.max_new_tokens else None


def _cut(text: str, stop_strings: Sequence[str]) -> int | None:
    """Where the earliest stop string begins in `text`; None where there is none."""
    found = [at for at in (text.find(string) for string in stop_strings) if at >= 0]
    return min(found, default=None)


def _to_keep(slots: Sequence[_Row]) -> list[int]:
    """Slots to go on with: those not finished, filled up with finished ones to a round number.

    As many as can stay in their place; those behind the end move to where rows have finished.
    """
    going = sum(row.stop is None for row in slots)
    size = min(-(-going // KEEP_MULTIPLE) * KEEP_MULTIPLE, len(slots))
    behind = [number for number in range(size, len(slots)) if slots[number].stop is None]
    return [
        behind.pop(0) if slots[number].stop is not None and behind else number
        for number in range(size)
    ]


def _reply(row: _Row, stopping: Stopping, decode: Callable[[list[int]], str]) -> Reply:
    text = decode(row.ids)
    if row.stop == "stop_string":
        text = text[: _cut(text, stopping.stop_strings)]
    assert row.stop is not None
    before = row.request.before
    if before is not None and row.differs_at is None and len(row.ids) != len(before):
        row.differs_at = min(len(row.ids), len(before))  # one goes on where the other ends
    return Reply(
        ids=tuple(row.ids),
        text=text,
        prompt_tokens=len(row.request.ids),
        stop=row.stop,
        logprob_sum=round(row.logprob, 6),
        differs_at=row.differs_at,
        gap=row.gap,
    )
