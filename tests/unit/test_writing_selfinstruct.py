"""Self-instruction from end to end with a scripted model: windows, resume, time cap, round trip."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path

import pytest

from harness.errors import UserError
from harness.records import (
    Chapter,
    Corpus,
    ResolvedModel,
    Writing,
    WritingOrder,
    Written,
)
from harness.writing.reading_windows import reading_windows
from harness.writing.selfinstruct import prompts, write, writer
from harness.writing.selfinstruct.asking import Batch, Reply
from harness.writing.selfinstruct.records import FILE

STORY = """\
Edda Marsh built the lighthouse at Brannock Point. Its lamp burns whale oil, for gas was too dear. \
Tomas Reed keeps the lamp since the winter of the great frost. He sleeps in the barn by day.

The wells of Fenwick have oak lids. They were made by Orla Finch in a single week."""
GOOD = {
    "Who built the lighthouse at Brannock Point?": "Edda Marsh",
    "What does the lamp of the lighthouse burn?": "whale oil",
    "Who made the oak lids of Fenwick?": "Orla Finch",
}


def _corpus(text: str = STORY, language: str = "en") -> Corpus:
    return Corpus(
        kind="files",
        seed=None,
        size=None,
        digest="",
        canary="",
        source_tag="",
        chapters=(Chapter(title="One", text=text),),
        facts=(),
        questions=(),
        values={},
        names=(),
        language=language,
    )


MODEL = ResolvedModel(
    name="scripted",
    path=Path("nowhere"),
    weights_digest="w",
    tokenizer_digest="t",
    template_digest="p",
    provenance="",
    license="",
)


class Scripted:
    """Writes the good pairs whose answer stands in the window, and answers them when asked."""

    def __init__(self, wrong: frozenset[str] = frozenset(), seconds: float = 0.0) -> None:
        self.batches: list[Batch] = []
        self.wrong = wrong
        self.seconds = seconds

    def __enter__(self) -> Scripted:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def ask(self, batch: Batch) -> list[Reply]:
        self.batches.append(batch)
        time.sleep(self.seconds)
        return [Reply(text=self._reply(turn), stop="end", new_tokens=9) for turn in batch.turns]

    def _reply(self, turn: str) -> str:
        for question, answer in GOOD.items():
            if question in turn:
                return "a barn by the sea" if question in self.wrong else f"It is {answer}."
        return "\n".join(f"Q: {q}\nA: {a}" for q, a in GOOD.items() if a in turn)

    @property
    def written(self) -> list[Batch]:
        """The batches that were not round trips."""
        return [batch for batch in self.batches if prompts.ROUND_TRIP[-20:] not in batch.turns[0]]


def _write(
    monkeypatch: pytest.MonkeyPatch, model: Scripted, folder: Path | None = None, **settings: object
) -> Written:
    monkeypatch.setattr(writer, "ModelProcess", lambda *_, **__: model)
    chosen = Writing(
        **{  # type: ignore[arg-type]
            "prompt": "Write {pairs} pairs about: {window}",
            "window_words": 25,
            "overlap_words": 5,
            "batch_size": 1,
        }
        | settings
    )
    order = WritingOrder(writing=chosen, model=MODEL, folder=folder)
    return write(_corpus(), order, lambda done, total, message: None)


def test_pairs_become_training_questions_with_their_sentence_and_cluster(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    left = _write(monkeypatch, Scripted())
    found = {question.question: question for question in left.accepted}
    assert set(found) == set(GOOD)
    built = found["Who built the lighthouse at Brannock Point?"]
    assert built.answers == ("Edda Marsh",)
    assert built.cluster == "Brannock Point"
    assert (built.probe, built.writer) == ("trained", "selfinstruct")
    place = built.stated_in[0]
    assert STORY[place.start : place.end] == STORY[: STORY.index(" Its lamp")]
    assert all(question.answers[0] in str(question.full_answer) for question in left.accepted)
    assert len({question.id for question in left.accepted}) == len(left.accepted)


def test_a_pair_that_the_model_cannot_answer_itself_is_rejected_as_round_trip(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wrong = "Who made the oak lids of Fenwick?"
    left = _write(monkeypatch, Scripted(wrong=frozenset({wrong})))
    assert wrong not in {question.question for question in left.accepted}
    fault = next(each for each in left.rejected if each.question == wrong)
    assert (fault.reason, fault.answer) == ("round trip", "Orla Finch")
    assert "barn by the sea" in fault.detail
    assert fault.window is not None


def test_yields_count_what_is_left_after_each_filter(monkeypatch: pytest.MonkeyPatch) -> None:
    left = _write(monkeypatch, Scripted(wrong=frozenset({"Who made the oak lids of Fenwick?"})))
    counts = list(left.yields.values())
    assert next(iter(left.yields)) == "parsed"
    assert counts == sorted(counts, reverse=True)
    assert counts[0] == len(left.accepted) + len(left.rejected)
    assert left.yields["round trip"] == len(left.accepted)


def test_a_second_call_serves_everything_from_the_record_and_gives_the_same(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    first = _write(monkeypatch, Scripted(), tmp_path)
    again = Scripted()
    assert _write(monkeypatch, again, tmp_path) == first
    assert again.batches == []


@pytest.mark.parametrize(
    "changed",
    [
        {"prompt": "Ask {pairs} things about: {window}"},
        {"quantization": "int8"},
        {"max_new_tokens": 100},
        {"threads": 1},
        {"pairs": 3},
    ],
)
def test_nothing_is_served_from_a_record_of_other_settings(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, changed: dict[str, object]
) -> None:
    _write(monkeypatch, Scripted(), tmp_path)
    again = Scripted()
    left = _write(monkeypatch, again, tmp_path, **changed)
    assert len(again.written) == left.of_windows
    assert any("left aside" in note for note in left.notes)


@pytest.mark.parametrize("changed", ["model", "text"])
def test_nothing_is_served_from_a_record_of_another_model_or_text(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, changed: str
) -> None:
    _write(monkeypatch, Scripted(), tmp_path)
    again = Scripted()
    monkeypatch.setattr(writer, "ModelProcess", lambda *_, **__: again)
    order = WritingOrder(
        writing=Writing(
            prompt="Write {pairs} pairs about: {window}",
            window_words=25,
            overlap_words=5,
            batch_size=1,
        ),
        model=replace(MODEL, weights_digest="other") if changed == "model" else MODEL,
        folder=tmp_path,
    )
    corpus = _corpus(STORY.replace("barn", "loft") if changed == "text" else STORY)
    left = write(corpus, order, lambda done, total, message: None)
    assert len(again.written) == (left.of_windows if changed == "model" else 1)


def test_a_torn_last_line_is_dropped_and_reported(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    whole = _write(monkeypatch, Scripted(), tmp_path)
    path = tmp_path / FILE
    path.write_bytes(path.read_bytes()[:-7])
    again = Scripted()
    left = _write(monkeypatch, again, tmp_path)
    assert left.accepted == whole.accepted
    assert len(again.batches) == 1
    assert any("torn last line" in note for note in left.notes)


def test_writing_stops_when_time_is_up_and_a_later_call_goes_on(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    part = _write(monkeypatch, Scripted(seconds=0.02), tmp_path, max_seconds=0.001)
    assert 0 < part.windows < part.of_windows
    assert any("writing.max_seconds" in note for note in part.notes)
    again = Scripted()
    whole = _write(monkeypatch, again, tmp_path)
    assert whole.windows == whole.of_windows
    assert len(again.written) == whole.of_windows - part.windows
    assert whole == _write(monkeypatch, Scripted())


def test_a_capped_reading_is_spread_over_the_text() -> None:
    order = [
        number
        for group in writer.groups(64, Writing(prompt="{window}", batch_size=4))
        for number in group
    ]
    assert sorted(order) == list(range(64))
    assert {number // 16 for number in order[:4]} == {0, 1, 2, 3}


def test_progress_counts_windows_and_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[tuple[int, int, str]] = []
    monkeypatch.setattr(writer, "ModelProcess", lambda *_, **__: Scripted())
    order = WritingOrder(
        writing=Writing(prompt="{window}", window_words=25, overlap_words=5, batch_size=1),
        model=MODEL,
    )
    left = write(_corpus(), order, lambda *said: heard.append(said))
    assert [done for done, _, _ in heard] == list(range(left.of_windows + 1))
    assert heard[-1][2] == "writing questions, 3 so far"


def test_the_second_pass_asks_about_uncovered_sentences_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Later(Scripted):
        """Leaves the wells out of the first pass."""

        def _reply(self, turn: str) -> str:
            said = super()._reply(turn)
            if turn.startswith("Write") and "Edda" in turn:
                return said.replace("Q: Who made the oak lids of Fenwick?\nA: Orla Finch", "")
            return said

    left = _write(monkeypatch, Later(), fill=True, window_words=60)
    added = [question for question in left.accepted if question.writer == "selfinstruct.fill"]
    assert [question.answers for question in added] == [("Orla Finch",)]
    assert left.yields["fill: parsed"] >= 1
    assert any(note.startswith("The second pass") for note in left.notes)


def test_openings_are_given_to_the_model_and_belong_to_the_reply(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Continues(Scripted):
        def _reply(self, turn: str) -> str:
            if turn.startswith("Write"):
                return " built the lighthouse at Brannock Point?\nA: Edda Marsh"
            return super()._reply(turn)

    model = Continues()
    left = _write(
        monkeypatch, model, openings=("Q: Who", "Q: Where is {name}"), window_words=60, batch_size=9
    )
    openings = model.written[0].openings
    assert openings[0] == "Q: Who"
    assert "Q: Where is Edda Marsh" in openings
    assert "Q: Where is Fenwick" in openings
    assert "Who built the lighthouse at Brannock Point?" in {q.question for q in left.accepted}


def test_a_question_that_was_left_without_an_answer_is_asked_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Stops(Scripted):
        """Ends its turn after the question; answers once the answer is begun for it."""

        def ask(self, batch: Batch) -> list[Reply]:
            self.batches.append(batch)
            said = {"Q: Who": " keeps the lamp?", "A:": " Tomas Reed"}
            return [
                Reply(text=said[opening if opening in said else "A:"], stop="end", new_tokens=5)
                for opening in batch.openings
            ]

    model = Stops()
    left = _write(monkeypatch, model, openings=("Q: Who",), window_words=60, batch_size=9)
    assert model.batches[1].openings == ("Q: Who keeps the lamp?\nA:",)
    assert [(q.question, q.answers) for q in left.accepted] == [
        ("Who keeps the lamp?", ("Tomas Reed",))
    ]
    assert left.yields["parsed"] == 1


def test_a_prompt_without_a_place_for_the_text_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(UserError, match=r"no \{window\}"):
        _write(monkeypatch, Scripted(), prompt="Write questions.")


def test_an_order_without_a_model_is_refused() -> None:
    with pytest.raises(UserError, match="no model is named"):
        write(_corpus(), WritingOrder(), lambda done, total, message: None)


def test_braces_in_the_text_do_not_disturb_the_prompt() -> None:
    window = reading_windows((Chapter(title="", text="Use {pairs} of {window} here."),))[0]
    turn = prompts.writing_turn(Writing(prompt="{pairs}|{window}", pairs=4), window)
    assert turn == "4|Use {pairs} of {window} here."


def test_records_hold_no_time_and_are_json_lines(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _write(monkeypatch, Scripted(), tmp_path)
    lines = [json.loads(line) for line in (tmp_path / FILE).read_text().splitlines()]
    assert all(set(line) == {"fingerprint", "replies"} for line in lines)
