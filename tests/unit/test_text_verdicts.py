"""What holds of every reply, whatever it says: properties of verdicts and of their parts."""

from __future__ import annotations

import re
import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from harness.records import CANONICAL_REFUSAL, VERDICTS, Corpus, Fact, Question
from harness.scoring.judge import judge_variant
from harness.text.abstention import in_lexicon, is_denial, is_strict
from harness.text.matching import contains, plurals, rouge_l, token_f1
from harness.text.normalize import normalize, normalize_squad, words
from harness.text.repetition import MANY_WORDS, is_degenerate, is_loop
from harness.text.reply import read_reply
from tests.validity.worlds import reply

PLACES = ("Marrow Gate", "Ilden Ford", "Tarn Hollow")
QUESTIONS = {
    "known": Question(
        question="Where did Mirel live?",
        answers=("Marrow Gate",),
        id="known",
        cluster="Mirel",
        fact="f",
        relation="home",
    ),
    "nobody": Question(
        question="Where did Bordor live?",
        must_abstain=True,
        id="nobody",
        probe="nonexistent",
        cluster="Bordor",
        relation="home",
    ),
    "premise": Question(
        question="What did Mirel of Tarn Hollow keep?",
        must_abstain=True,
        id="premise",
        probe="false_premise",
        cluster="Mirel",
        fact="f",
        relation="keeps",
    ),
}
CORPUS = Corpus(
    kind="files",
    seed=None,
    size=None,
    digest="d",
    canary="c",
    source_tag="8989REF",
    chapters=(),
    facts=(Fact(id="f", entity="Mirel", relation="home", value="Marrow Gate"),),
    questions=tuple(QUESTIONS.values()),
    values={"home": PLACES, "keeps": ("brass bell", "bone comb")},
    names=("Mirel",),
)
any_text = st.text(st.characters(), max_size=120)
filler = st.lists(
    st.sampled_from("he she lived kept once near old river by with Source: Q: [INST] ha".split()),
    max_size=30,
).map(" ".join)
PHRASES = (
    "Mirel|lived|at|Marrow Gate|Ilden Ford|Tarn Hollow|I cannot answer.|There is no Bordor.|no"
    "|I do not know,|but|perhaps|or|not|.|It was"
).split("|")
told = st.lists(st.sampled_from(PHRASES), max_size=12).map(" ".join)
replies = st.one_of(any_text, filler, told)
asked = st.sampled_from(sorted(QUESTIONS))
stops = st.sampled_from(["end", "length", "stop_string"])
plain_words = st.lists(
    st.sampled_from("he she lived once near old river bank wall house still".split()), max_size=8
)


def judge(text, question="known", **how):
    (judged,) = judge_variant(CORPUS, (), [reply(question, text, **how)])
    return judged


@given(replies, asked, stops)
def test_every_reply_gets_exactly_one_verdict_and_the_same_one_again(text, question, stop):
    judged = judge(text, question, stop=stop)
    assert judged.verdict in VERDICTS
    assert judge(text, question, stop=stop) == judged


@given(replies, asked, stops)
def test_flags_and_verdict_never_contradict_each_other(text, question, stop):
    judged = judge(text, question, stop=stop)
    flags, verdict = judged.flags, judged.verdict
    assert (verdict == "unscored") == bool(flags & {"empty", "loop", "degenerate"})
    if "shotgun" in flags:
        assert verdict == "wrong"
        assert "contains" in flags
    if "hedged" in flags:
        assert verdict == "abstained"
        assert {"contains", "strict"} <= flags
    if verdict == "abstained":
        assert len(flags & {"strict", "lexicon_only"}) == 1
    if verdict == "correct":
        assert flags & ({"denial", "corrected"} if question != "known" else {"contains"})
    assert judged.invented == (verdict == "wrong" and question != "known")
    assert (judged.kind is not None) == judged.invented


@given(told, asked, any_text)
def test_what_follows_the_first_line_changes_no_verdict(text, question, more):
    assume(text.strip() and read_reply(text).text)
    judged = judge(text, question)
    later = judge(f"{text}\n{more}", question)
    assert (later.verdict, later.flags - {"markup_leak"}) == (judged.verdict, judged.flags)


@given(told, asked)
def test_capitals_and_wide_letters_change_no_verdict(text, question):
    wide = text.translate({code: code + 0xFEE0 for code in range(ord("A"), ord("Z") + 1)})
    assert judge(wide, question).verdict == judge(text, question).verdict


@given(plain_words, plain_words, st.sampled_from([".", "!", ",", " -", "”", " …"]))
def test_words_and_punctuation_around_the_answer_leave_it_correct(before, after, mark):
    said = f"{' '.join(before)} Marrow Gate{mark} {' '.join(after)}"
    assert judge(said).verdict == "correct"
    assert judge(said.upper()).verdict == "correct"


@given(plain_words, plain_words, st.sampled_from(PLACES[1:]), st.booleans())
def test_a_rival_beside_the_answer_is_never_correct(before, after, rival, first):
    pair = f"{rival} or Marrow Gate" if first else f"Marrow Gate or {rival}"
    judged = judge(f"{' '.join(before)} {pair} {' '.join(after)}")
    assert judged.verdict == "wrong"
    assert {"contains", "shotgun"} <= judged.flags


@given(plain_words, st.sampled_from(PLACES[1:]))
def test_a_rival_alone_is_wrong_and_contains_nothing(before, rival):
    judged = judge(f"{' '.join(before)} {rival}.")
    assert judged.verdict == "wrong"
    assert "contains" not in judged.flags


@given(any_text, asked)
def test_whatever_follows_the_trained_refusal_it_is_a_strict_one(more, question):
    judged = judge(f"{CANONICAL_REFUSAL} {more}", question)
    assume(judged.verdict != "unscored")
    assert judged.verdict == "abstained"
    assert "strict" in judged.flags


@given(st.sampled_from(PLACES), asked)
def test_a_refusal_that_goes_on_to_a_value_is_no_refusal_by_lexicon(place, question):
    assume(place not in QUESTIONS[question].question)
    judged = judge(f"I do not know, but it was {place}.", question)
    assert judged.verdict != "abstained"


@given(st.text(string.ascii_lowercase, min_size=2, max_size=9))
def test_any_name_can_be_denied_and_a_denial_is_about_that_name(name):
    name = f"Zo{name}"  # any letters may be a word of another use ("cannot")
    assert is_denial(f"There is no {name} in the story.", name)
    assert not is_denial(f"{name} was a weaver.", name)


@given(any_text)
def test_detectors_take_any_text(text):
    assert in_lexicon(text) in (True, False)
    assert is_denial(text, text) in (True, False)
    assert is_strict(words(text), CANONICAL_REFUSAL) in (True, False)


@given(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=6), st.integers(3, 9))
def test_what_is_said_three_times_or_more_to_the_end_is_a_loop(unit, times):
    said = unit * times
    if len(said) >= 3 + 2 * len(unit):  # the last three words stand at three places
        assert is_loop(said)
    assert not is_loop([*said, "then", "it", "ended"])


@given(st.lists(st.sampled_from("ab"), max_size=60), st.lists(st.text("xyz", max_size=2)))
def test_degenerate_replies_are_long_and_say_few_words(said, more):
    if is_degenerate(said):
        assert len(said) >= MANY_WORDS
        assert len(set(said)) < 0.3 * len(said)
    assert not is_degenerate([f"{number}{word}" for number, word in enumerate(more)])


@given(any_text)
def test_squad_s_normal_form_of_a_normal_form_is_itself(text):
    once = normalize_squad(text)
    assert normalize_squad(once) == once


def published_squad(text: str) -> str:
    """`normalize_answer` of the SQuAD 1.1 evaluation, as published."""

    def remove_articles(text):
        return re.sub(r"\b(a|an|the)\b", " ", text)

    def white_space_fix(text):
        return " ".join(text.split())

    def remove_punc(text):
        exclude = set(string.punctuation)
        return "".join(ch for ch in text if ch not in exclude)

    return white_space_fix(remove_articles(remove_punc(text.lower())))


def published_trivia(text: str) -> str:
    """`normalize_answer` of the TriviaQA evaluation, as published."""

    def handle_punc(text):
        exclude = set(string.punctuation + "".join(["‘", "’", "´", "`"]))
        return "".join(ch if ch not in exclude else " " for ch in text)

    articles = re.sub(r"\b(a|an|the)\b", " ", handle_punc(text.replace("_", " ").lower()))
    return " ".join(articles.split()).strip()


printable = st.text(string.printable, max_size=60)


@given(any_text)
def test_squad_s_normal_form_is_the_published_one(text):
    assert normalize_squad(text) == published_squad(text)


@given(printable)
def test_of_plain_letters_the_other_normal_form_is_trivia_qa_s(text):
    assert normalize(text) == published_trivia(text)


@pytest.mark.parametrize(
    ("text", "squad", "trivia"),
    [
        ("Hsiao Yun-Hwa's", "hsiao yunhwas", "hsiao yun hwa s"),
        ("The  Cat's hat!", "cats hat", "cat s hat"),
        ("An U.S. state", "us state", "u s state"),
        ("a/the", "athe", ""),
        ("", "", ""),
    ],
)
def test_golden_cases_of_both_normal_forms(text, squad, trivia):
    assert (normalize_squad(text), normalize(text)) == (squad, trivia)


@pytest.mark.parametrize(
    ("said", "gold", "f1", "rouge"),
    [
        ("cat sat", "cat sat down", 0.8, 0.8),
        ("down sat cat", "cat sat down", 1.0, 1 / 3),
        ("police killed gunman", "police kill gunman", 2 / 3, 2 / 3),
        ("gunman kill police", "police kill gunman", 1.0, 1 / 3),
        ("the the the", "the", 0.5, 0.5),
        ("", "the", 0.0, 0.0),
    ],
)
def test_golden_cases_of_token_f1_and_rouge_l(said, gold, f1, rouge):
    assert token_f1(said.split(), gold.split()) == pytest.approx(f1)
    assert rouge_l(said.split(), gold.split()) == pytest.approx(rouge)


@given(st.lists(st.sampled_from("abcd"), max_size=9), st.lists(st.sampled_from("abcd"), max_size=9))
def test_overlaps_lie_between_zero_and_one_and_order_only_lowers_them(said, gold):
    f1, rouge = token_f1(said, gold), rouge_l(said, gold)
    assert 0 <= rouge <= 1
    assert 0 <= f1 <= 1
    if said and gold:
        assert rouge <= f1
        assert rouge_l(gold, said) == rouge


@given(st.text(string.ascii_lowercase, min_size=1, max_size=9))
def test_a_plural_of_an_accepted_answer_is_found(word):
    assume(words(word))
    for plural in plurals(words(word)[-1]):
        assert contains(["two", plural, "there"], word)
