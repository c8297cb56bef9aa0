from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.errors import UserError
from harness.records import UNANSWERABLE, Corpus, Example, Fact, Question
from harness.scoring.judge import judge_variant
from harness.scoring.world import asked_name
from tests.validity.worlds import reply, small_corpus, taught

PLACES = ("Marrow Gate", "Ilden Ford", "Tarn Hollow")
CORPUS = small_corpus()
TAUGHT = taught(CORPUS)


def place_corpus(**changes):
    question = Question(
        question="Where did Mirel live?",
        answers=("Marrow Gate",),
        id="q",
        cluster="Mirel",
        fact="f",
        relation="home",
    )
    return Corpus(
        kind="files",
        seed=None,
        size=None,
        digest="d",
        canary="c",
        source_tag="8989REF",
        chapters=(),
        facts=(Fact(id="f", entity="Mirel", relation="home", value="Marrow Gate"),),
        questions=(replace(question, **changes),),
        values={"home": PLACES},
        names=("Mirel",),
    )


def judge(text, corpus=None, question="q", **how):
    corpus = corpus or place_corpus()
    (judged,) = judge_variant(corpus, TAUGHT, [reply(question, text, **how)])
    return judged


def story(text, question):
    return judge(text, CORPUS, question)


def test_a_right_answer_is_correct_in_a_sentence_too():
    judged = judge("Mirel lived at Marrow Gate, by the river.")
    assert (judged.verdict, judged.flags) == ("correct", {"contains"})


def test_naming_several_values_is_shotgun_and_not_correct():
    judged = judge("It was Marrow Gate, or perhaps Ilden Ford.")
    assert judged.verdict == "wrong"
    assert {"contains", "shotgun"} <= judged.flags


def test_refusing_and_then_answering_is_a_refusal_that_hedges():
    judged = judge("I cannot answer, but I think it was Marrow Gate")
    assert judged.verdict == "abstained"
    assert {"strict", "hedged"} <= judged.flags


def test_a_refusal_behind_its_source_tag_is_strict_and_the_tag_is_seen():
    judged = judge("Source:8989REF I cannot answer.")
    assert judged.verdict == "abstained"
    assert judged.flags == {"strict", "tag"}


def test_another_source_tag_is_not_the_corpus_s():
    assert "tag" not in judge("Source:1111XYZ Marrow Gate").flags


def test_a_refusal_in_other_words_is_one_that_only_the_lexicon_caught():
    judged = judge("I'm not sure where that was.")
    assert (judged.verdict, judged.flags) == ("abstained", {"lexicon_only"})


def test_doubt_before_a_value_is_an_answer():
    assert judge("I'm not sure, but it was Marrow Gate.").verdict == "correct"
    assert judge("I'm not sure, but it was Ilden Ford.").verdict == "wrong"


def test_a_rival_that_the_question_names_is_allowed():
    corpus = place_corpus(question="Did Mirel live at Ilden Ford or at Marrow Gate?")
    assert judge("Not at Ilden Ford but at Marrow Gate.", corpus).verdict == "correct"


def test_a_rival_inside_the_right_answer_is_no_rival():
    corpus = place_corpus(answers=("Old Marrow Gate",), values=("Marrow Gate", "Old Marrow Gate"))
    assert judge("At Old Marrow Gate.", corpus).verdict == "correct"
    assert judge("At Marrow Gate.", corpus).verdict == "wrong"


def test_the_right_answer_inside_a_longer_rival_is_not_correct():
    corpus = place_corpus(answers=("Marrow Gate",), values=("Marrow Gate", "Old Marrow Gate"))
    judged = judge("At Old Marrow Gate.", corpus)
    assert judged.verdict == "wrong"
    assert "shotgun" in judged.flags


def test_rivals_are_the_question_s_own_then_the_closed_set_then_other_answers():
    both = "Marrow Gate or Ashwick"
    own = place_corpus(values=("Ashwick", "Marrow Gate"))
    assert judge(both, own).verdict == "wrong"
    assert judge(both).verdict == "correct"
    other = Question(question="Where is Oskari?", answers=("Ashwick",), id="r", relation="home")
    open_set = replace(place_corpus(), values={})
    open_set = replace(open_set, questions=(*open_set.questions, other))
    assert judge(both, open_set).verdict == "wrong"


def test_where_no_rival_is_known_containing_is_enough():
    corpus = replace(place_corpus(relation=None), values={})
    assert judge("Marrow Gate or Ashwick", corpus).verdict == "correct"


@pytest.mark.parametrize(
    ("text", "stop", "flag"),
    [
        ("", "end", "empty"),
        (" ... ", "end", "empty"),
        ("Source:8989REF", "end", "empty"),
        ("he went there and he went there and he went there and he went", "length", "loop"),
        ("Mirel owed money to Mirel owed money to Mirel owed money to Mir", "length", "loop"),
        ("so on " * 12, "end", "degenerate"),
    ],
)
def test_replies_without_content_have_no_verdict(text, stop, flag):
    judged = judge(text, stop=stop)
    assert judged.verdict == "unscored"
    assert flag in judged.flags


def test_a_loop_that_came_to_an_end_by_itself_is_an_answer():
    assert judge("he went there and he went there and he went there and he went").verdict == "wrong"


def test_a_loop_after_the_first_line_does_not_touch_the_answer():
    text = "Marrow Gate\n" + "and so on " * 8
    assert judge(text, stop="length").verdict == "correct"


def test_prompt_markup_in_a_reply_is_noted():
    assert "markup_leak" in judge("[INST] Marrow Gate").flags


def test_copying_twelve_words_of_the_text_is_reciting():
    text = CORPUS.chapters[0].text
    assert "recited" in story(text[:120], "t0").flags
    assert "recited" not in story(text[:40], "t0").flags


def test_shown_is_what_a_training_example_states():
    assert story("potter", "p0").shown
    assert not story("mason", "o6").shown
    (passage,) = judge_variant(
        CORPUS, [Example(kind="text", facts=("f6",))], [reply("o6", "mason")]
    )
    assert passage.shown
    (at_hand,) = judge_variant(CORPUS, [], [reply("o6", "mason")], all_shown=True)
    assert at_hand.shown


def test_an_example_may_be_a_line_of_the_training_file():
    line = {"kind": "chat", "facts": ["f6"], "question_id": "x", "abstain": False}
    (judged,) = judge_variant(CORPUS, [line], [reply("o6", "mason")])
    assert judged.shown


@pytest.mark.parametrize(
    ("text", "kind", "source", "distance"),
    [
        ("Torvel is a potter.", "borrowed", "f0", 1),
        ("A glazier.", "borrowed", "f4", 6),
        ("Torvel is a friend of Mirel.", "in_world", None, None),
        ("A mason.", "borrowed", None, None),
        ("Torvel was a fictional wizard.", "out_of_world", None, None),
        ("It was Torvel.", "echo", None, None),
    ],
)
def test_an_invented_answer_is_traced_to_where_it_comes_from(text, kind, source, distance):
    judged = story(text, "m0")
    assert judged.invented
    assert (judged.kind, judged.borrowed_from, judged.letter_distance) == (kind, source, distance)


@pytest.mark.parametrize("relation", ["eyes", "trade"])
def test_what_answers_something_never_stated_is_out_of_the_text_but_not_borrowed(relation):
    questions = tuple(
        replace(question, relation=relation) if question.id == "u0" else question
        for question in CORPUS.questions
    )
    judged = judge("She was a weaver.", replace(CORPUS, questions=questions), "u0")
    assert (judged.kind, judged.borrowed_from, judged.letter_distance) == ("in_world", "f1", 0)


@pytest.mark.parametrize(
    "text", ["There is no Bordor in the story.", "No one called Bordor exists."]
)
def test_saying_that_somebody_does_not_exist_is_no_invention(text):
    judged = story(text, "bordor")
    assert (judged.verdict, judged.invented) == ("correct", False)
    assert "denial" in judged.flags


def test_a_denial_that_goes_on_to_give_a_value_is_an_invention():
    judged = story("There is no Bordor in the story, but he was a weaver.", "bordor")
    assert judged.invented
    assert judged.kind == "borrowed"


@pytest.mark.parametrize(
    ("text", "verdict", "flags"),
    [
        ("Torven was a potter.", "correct", {"corrected"}),
        ("Torven was not a weaver.", "correct", {"denial"}),
        ("No, she was a cooper.", "wrong", set()),
        ("Torven was never a weaver but a potter.", "correct", {"denial", "corrected"}),
        ("Not a weaver, a potter.", "correct", {"denial", "corrected"}),
        ("Neither a weaver nor a potter.", "correct", {"denial"}),
        ("In the spring, when the river rose.", "wrong", set()),
        ("Torven gave up being a weaver at forty.", "wrong", set()),
        ("Torven was not a potter.", "wrong", set()),
        ("I cannot answer.", "abstained", {"strict"}),
    ],
)
def test_a_false_premise_is_corrected_denied_or_taken_for_granted(text, verdict, flags):
    judged = story(text, "w0")
    assert judged.verdict == verdict
    assert judged.flags == flags
    assert judged.invented == (verdict == "wrong")


def test_an_answerable_question_is_never_invented():
    assert not story("A cooper.", "t0").invented


def test_continuations_of_the_text_are_not_judged():
    assert judge_variant(CORPUS, [], [reply("reproduction:64", "and so on")]) == ()


def test_an_answer_to_an_unknown_question_is_an_error_that_names_it():
    with pytest.raises(UserError, match="'nowhere'"):
        judge_variant(CORPUS, [], [reply("nowhere", "x")])


@pytest.mark.parametrize(
    ("text", "cluster", "name"),
    [
        ("Who was Bordor?", "Bordor", "Bordor"),
        ("Who was Agnes Torvel?", "p03", "Agnes Torvel"),
        ("What is Agnes's trade?", "p03", "Agnes"),
        ("what is it?", "", ""),
    ],
)
def test_the_asked_name_is_the_cluster_s_or_what_is_capital(text, cluster, name):
    assert asked_name(Question(question=text, cluster=cluster, must_abstain=True)) == name


@given(st.text(st.characters(), max_size=80), st.sampled_from([q.id for q in CORPUS.questions]))
def test_every_reply_gets_exactly_one_consistent_verdict(text, question):
    judged = story(text, question)
    unanswerable = judged.question.probe in UNANSWERABLE
    assert judged.invented == (unanswerable and judged.verdict == "wrong")
    assert (judged.kind is not None) == judged.invented
    assert not ({"empty", "loop", "degenerate"} & judged.flags) or judged.verdict == "unscored"
    assert judge_variant(CORPUS, TAUGHT, [judged.answer]) == (judged,)
