"""What is asked, in which batches, and what is left of it after an interruption."""

import json

import pytest

from harness.answering import reproduction
from harness.answering.plan import even_batches, make_plan
from harness.answering.prompts import PLAIN, Form, forms, reading_turn, render, user_turn
from harness.answering.reading import Reader, passages
from harness.answering.recorded import keep_whole_batches
from harness.errors import PhaseFailure, UserError
from harness.records import Ask, Chapter, Corpus, ModelChoice, Prompt, Question, Variant


def question(number, probe="trained", text=None, **more):
    return Question(
        id=f"q{number:02}", question=text or "Who?" + "x" * (number % 3), probe=probe, **more
    )


def corpus(questions=(), texts=("A text.",)):
    return Corpus(
        kind="files",
        seed=None,
        size=None,
        digest="d",
        canary="c",
        source_tag="TAG",
        chapters=tuple(Chapter(title="t", text=text) for text in texts),
        facts=(),
        questions=tuple(questions),
        values={},
        names=(),
    )


def variant(prompt=None, **ask):
    return Variant(
        name="v", model=ModelChoice(name="tiny"), ask=Ask(**ask), prompt=prompt or Prompt()
    )


def test_only_asked_probes_and_questions_for_asking_are_in_the_plan():
    made = make_plan(
        corpus(
            [
                question(1),
                question(2, use="train"),
                question(3, probe="locality", use="test"),
                question(4, probe="nonexistent", use="test", must_abstain=True),
            ]
        ),
        variant(probes=("trained", "nonexistent")),
    )
    assert {item.question for batch in made.batches for item in batch} == {"q01", "q04"}


def test_questions_come_by_characters_then_id():
    made = make_plan(corpus([question(number) for number in (5, 4, 3, 2, 1, 0)]), variant())
    (batch,) = made.batches
    assert [item.question for item in batch] == ["q00", "q03", "q01", "q04", "q02", "q05"]


def test_batches_are_as_few_as_possible_and_of_even_size():
    assert [len(batch) for batch in even_batches(range(103), 48)] == [34, 34, 35]
    assert [len(batch) for batch in even_batches(range(48), 48)] == [48]
    assert even_batches([], 4) == []
    assert sum(even_batches(range(103), 48), ()) == tuple(range(103))


def test_sampled_draws_follow_and_leave_the_greedy_batches_as_they_were():
    questions = [question(number) for number in range(5)]
    greedy = make_plan(corpus(questions), variant(batch_size=3))
    drawn = make_plan(corpus(questions), variant(batch_size=3, draws=2, temperature=0.7))
    assert drawn.batches[: len(greedy.batches)] == greedy.batches
    assert drawn.items == 15
    assert {item.draw for batch in drawn.batches[len(greedy.batches) :] for item in batch} == {1, 2}


def test_draws_at_temperature_zero_are_refused():
    with pytest.raises(UserError, match="temperature"):
        make_plan(corpus([question(1)]), variant(draws=2))


def test_an_unknown_form_set_is_answered_with_the_nearest():
    with pytest.raises(UserError) as caught:
        make_plan(corpus([question(1)]), variant(Prompt(forms="plane")))
    assert "plain" in caught.value.hint
    assert forms("plain") == PLAIN


@pytest.mark.parametrize(
    ("place", "turn"),
    [
        ("none", "Who?"),
        ("answer", "Who?"),
        ("question", "Source:TAG Who?"),
        ("both", "Source:TAG Who?"),
    ],
)
def test_the_source_tag_stands_where_the_suite_puts_it(place, turn):
    assert user_turn("Who?", PLAIN[0], Prompt(source_tag=place), "TAG") == turn


class Chat:
    """One token a character."""

    pad_id, stop_ids = 0, (3,)

    def prompt(self, system, question):
        return f"[{system}|{question}]"

    def passage(self, text):
        return f"^{text}$"

    def encode(self, text):
        return [ord(character) for character in text]

    def decode(self, ids):
        return "".join(chr(each) for each in ids)


def test_a_form_words_the_question_and_may_replace_the_system_prompt():
    form = Form(name="f", wording="Q: {question}", system="Be brief.")
    turn = user_turn("Who {x}?", form, Prompt(system="s"), "TAG")
    assert render(Chat(), turn, form, Prompt(system="s")) == "[Be brief.|Q: Who {x}?]"
    assert render(Chat(), turn, PLAIN[0], Prompt(system="s")) == "[s|Q: Who {x}?]"


def record(batch, question="q", asked="a"):
    return json.dumps({"asked": asked, "batch": batch, "question": question}) + "\n"


def test_a_torn_last_line_and_an_unfinished_batch_are_dropped(tmp_path, capsys):
    path = tmp_path / "answers.jsonl"
    path.write_text(record(0) + record(0) + record(1) + '{"asked": "a", "ba')
    assert keep_whole_batches(path, [2, 2, 1], "a") == 1
    assert path.read_text() == record(0) + record(0)
    printed = capsys.readouterr().out
    assert "torn last line" in printed
    assert "dropped 1 answers that are asked again" in printed


def test_whole_batches_are_kept_but_for_the_last_of_the_plan(tmp_path):
    path = tmp_path / "answers.jsonl"
    assert keep_whole_batches(path, [1, 1, 1], "a") == 0
    path.write_text(record(0) + record(1))
    assert keep_whole_batches(path, [1, 1, 1], "a") == 2
    assert path.read_text() == record(0) + record(1)
    path.write_text(record(0) + record(1) + record(2))
    assert keep_whole_batches(path, [1, 1, 1], "a") == 2
    assert path.read_text() == record(0) + record(1)


def test_a_damaged_line_is_told_with_file_and_line(tmp_path):
    path = tmp_path / "answers.jsonl"
    path.write_text(record(0) + "{rubbish\n" + record(1))
    with pytest.raises(PhaseFailure, match=r"answers\.jsonl:2: not JSON"):
        keep_whole_batches(path, [1, 1, 1], "a")


def test_answers_to_something_else_are_never_continued(tmp_path):
    path = tmp_path / "answers.jsonl"
    path.write_text(record(0, asked="other"))
    with pytest.raises(PhaseFailure, match="--fresh"):
        keep_whole_batches(path, [1], "a")


def test_windows_lie_inside_the_passages_that_training_shows():
    text = "".join(chr(97 + number % 26) for number in range(100))
    chapters = (text[:60], text[60:])
    made = reproduction.windows(corpus(texts=chapters), Chat(), size=8, stride=8)
    inside_first = list(range(0, 60 - 15, 8))
    inside_second = [60 + start for start in range(0, 40 - 15, 8)]
    assert [window.offset for window in made] == inside_first + inside_second
    tokens = [ord(character) for character in text]
    for window in made:
        assert window.question == f"reproduction:{window.offset}"
        assert window.prompt == (ord("^"), *tokens[window.offset : window.offset + 8])
        assert list(window.expected) == tokens[window.offset + 8 : window.offset + 16]


def test_a_text_shorter_than_two_windows_has_none():
    assert reproduction.windows(corpus(texts=("short",)), Chat()) == []


def test_long_paragraphs_are_cut_between_sentences():
    made = passages(["One two three. Four five six! Seven eight?\n\nNine ten."], size=6)
    assert made == ["One two three. Four five six!", "Seven eight?", "Nine ten."]


def test_the_reader_finds_the_passage_that_the_question_is_about():
    pytest.importorskip("bm25s")
    reader = Reader(
        corpus(
            texts=(
                "Marro lives in Ilden.\n\nThe tower of Quen is tall.\n\nBora keeps bees by night.",
            )
        )
    )
    assert reader.best("Who keeps bees?") == "Bora keeps bees by night."
    assert reader.best("How tall is the tower?") == "The tower of Quen is tall."
    assert reader.best("zzz") == "Marro lives in Ilden."
    assert reader("Who keeps bees?", "Source:TAG Who keeps bees?") == reading_turn(
        "Bora keeps bees by night.", "Source:TAG Who keeps bees?"
    )
