"""Self-instruction: a local model reads a sliding window and writes questions with answers.

One straight line a group of windows: write, parse, screen, ask back, keep. The model sits in a
process of its own; everything here is plain data and gives the same result whenever the same
replies come back, from the model or from the file that holds what it wrote before.
"""

from __future__ import annotations

from collections.abc import Sequence

from harness.answering.plan import even_batches
from harness.errors import UserError
from harness.records import Corpus, Progress, Question, Span, Writing, WritingOrder, Written
from harness.writing.reading_windows import Window, reading_windows
from harness.writing.selfinstruct import prompts, roundtrip
from harness.writing.selfinstruct.asking import Asker, Batch, ModelProcess, Reply
from harness.writing.selfinstruct.filters import Candidate
from harness.writing.selfinstruct.parsing import parse
from harness.writing.selfinstruct.passes import FILL, NAME, Clock, Pass, questions_of, result
from harness.writing.selfinstruct.records import Recorded
from harness.writing.selfinstruct.sieve import Sieve
from harness.writing.text_names import proper_names


def write(corpus: Corpus, order: WritingOrder, progress: Progress) -> Written:
    """Have the order's model write training questions about the corpus's text.

    With `order.folder` what the model has written is kept there, and a later call with the same
    text, model and settings goes on where this one stopped. Raises UserError for an order that
    cannot be followed and where the model's process ends by itself.
    """
    writing = order.writing
    windows = reading_windows(
        corpus.chapters,
        words=writing.window_words,
        overlap=writing.overlap_words,
        language=corpus.language,
    )
    with _open_model(order) as model:
        asker = recorded(model, order)
        clock = Clock(writing.max_seconds)
        names = corpus.names or proper_names(corpus)
        first = Pass(windows, NAME, Sieve(), names)
        run_pass(first, asker, order, corpus, clock=clock, progress=progress)
        passes = [first]
        if writing.fill and not clock.stopped:
            from harness.writing import fill

            gaps = fill.windows(corpus, questions_of(first, corpus), writing)
            second = Pass(gaps, FILL, Sieve(first.sieve.accepted), names)
            run_pass(second, asker, order, corpus, clock=clock, progress=progress)
            passes.append(second)
    return result(passes, corpus, asker, clock)


def write_fill(
    corpus: Corpus, questions: Sequence[Question], order: WritingOrder, progress: Progress
) -> Written:
    """The second pass alone, beside questions that any writer has written: see `fill.write`."""
    from harness.writing import fill

    with _open_model(order) as model:
        asker = recorded(model, order)
        clock = Clock(order.writing.max_seconds)
        gaps = fill.windows(corpus, questions, order.writing)
        taken = [_taken(question, corpus.language) for question in questions if question.answers]
        work = Pass(gaps, FILL, Sieve(taken), corpus.names or proper_names(corpus))
        run_pass(work, asker, order, corpus, clock=clock, progress=progress)
    return result([work], corpus, asker, clock)


def _taken(question: Question, language: str) -> Candidate:
    """A question that there is already, so that it is not written again."""
    nowhere = Window(span=Span(chapter=0, start=0, end=0), text="")
    return Candidate(
        question=question.question,
        answer=question.answers[0],
        window=nowhere,
        language=language,
    )


def _open_model(order: WritingOrder) -> ModelProcess:
    if order.model is None:
        raise UserError("no model is named that could write questions", "give --model NAME")
    writing = order.writing
    return ModelProcess(
        order.model,
        quantization=writing.quantization,
        threads=writing.threads,
        device=order.device,
    )


def recorded(asker: Asker, order: WritingOrder) -> Recorded:
    """The asker with the file of what it was asked before, keyed by all that decides a reply."""
    assert order.model is not None
    settings = {
        "weights": order.model.weights_digest,
        "tokenizer": order.model.tokenizer_digest,
        "template": order.model.template_digest,
        "quantization": order.writing.quantization,
        "threads": order.writing.threads,
        "device": order.device.partition(":")[0],
    }
    return Recorded(asker, settings, order.folder)


def run_pass(
    work: Pass,
    asker: Recorded,
    order: WritingOrder,
    corpus: Corpus,
    *,
    clock: Clock,
    progress: Progress,
) -> None:
    """Read the windows group by group until all are read or time is up."""
    total = len(work.windows)
    what = "filling gaps" if work.writer == FILL else "writing questions"
    progress(0, total, what)
    for group in groups(total, order.writing):
        if clock.is_over(asker.asked):
            break
        _read_group(work, group, asker, order.writing, corpus)
        work.read += len(group)
        progress(work.read, total, f"{what}, {len(work.sieve.accepted)} so far")


def groups(total: int, writing: Writing) -> list[tuple[int, ...]]:
    """Numbers of the windows that are finished together, in the order of reading.

    Any first part of that order is spread over the whole text, so that writing which stops early
    has asked about all of it, not about its beginning.
    """
    size = 1 if len(prompts.openings_of(writing)) > 1 else writing.batch_size
    bits = max(1, (total - 1).bit_length())
    turned = (int(f"{number:0{bits}b}"[::-1], 2) for number in range(2**bits))
    order = [number for number in turned if number < total]
    return [tuple(order[at : at + size]) for at in range(0, total, size)]


def _read_group(
    work: Pass, group: Sequence[int], asker: Recorded, writing: Writing, corpus: Corpus
) -> None:
    """Have pairs written about some windows, screen them, ask back, keep the good ones."""
    found: dict[int, list[Candidate]] = {number: [] for number in group}
    for number, opening, reply in _write_about(work, group, asker, writing):
        parsed = parse(opening + reply.text, cut_off=reply.stop == "length")
        work.words += parsed.words
        work.unparsed += parsed.unparsed_words
        found[number] += [
            Candidate(
                question=pair.question,
                answer=pair.answer,
                window=work.windows[number],
                language=corpus.language,
            )
            for pair in parsed.pairs
        ]
    for number in group:
        kept = work.sieve.screen(found[number])
        work.pairs[number] = []
        for candidate, reply in zip(kept, _ask_back(kept, asker, writing), strict=True):
            failure = roundtrip.failure(candidate, reply.text)
            work.sieve.settle(candidate, failure)
            if failure is None:
                work.pairs[number].append(candidate)


def _write_about(
    work: Pass, group: Sequence[int], asker: Recorded, writing: Writing
) -> list[tuple[int, str, Reply]]:
    """Window number, opening and reply of everything that is written about the group."""
    alone = prompts.openings_of(writing) == ("",)
    rows = [
        (number, opening)
        for number in group
        for opening in prompts.openings_for(writing, work.windows[number], work.names)
    ]
    if alone:
        return _ask(work, rows, asker, writing, writing.max_new_tokens, ())
    found = _ask(work, rows, asker, writing, prompts.PAIR_TOKENS, prompts.PAIR_ENDS)
    # A small model may end its turn, or begin another, after the question: its answer is asked for.
    unanswered = [
        (number, f"{question}\n{prompts.ANSWER}")
        for number, opening, reply in found
        if (question := prompts.unanswered(opening + reply.text)) is not None
    ]
    found = [each for each in found if prompts.unanswered(each[1] + each[2].text) is None]
    return found + _ask(work, unanswered, asker, writing, prompts.PAIR_TOKENS, prompts.ANSWER_ENDS)


def _ask(
    work: Pass,
    rows: Sequence[tuple[int, str]],
    asker: Recorded,
    writing: Writing,
    limit: int,
    stop_strings: tuple[str, ...],
) -> list[tuple[int, str, Reply]]:
    """Window number, opening and reply of each row, asked batch by batch."""
    found = []
    for part in even_batches(rows, writing.batch_size):
        batch = Batch(
            turns=tuple(prompts.writing_turn(writing, work.windows[number]) for number, _ in part),
            openings=tuple(opening for _, opening in part),
            max_new_tokens=limit,
            stop_strings=stop_strings,
        )
        replies = asker.ask(batch)
        found += [
            (number, opening, reply) for (number, opening), reply in zip(part, replies, strict=True)
        ]
    return found


def _ask_back(kept: Sequence[Candidate], asker: Recorded, writing: Writing) -> list[Reply]:
    """What the model answers to its own questions, the window before its eyes."""
    found: list[Reply] = []
    for part in even_batches(kept, writing.batch_size):
        found += asker.ask(
            Batch(
                turns=tuple(prompts.asking_turn(each.window, each.question) for each in part),
                openings=(prompts.ANSWER,) * len(part),
                max_new_tokens=roundtrip.TOKENS,
                stop_strings=("\n",),
            )
        )
    return found
