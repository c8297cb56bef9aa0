"""The split of a writer's questions into what is taught and what is only asked."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from harness.corpora import gates
from harness.records import Corpus, Question, Span
from harness.writing import split
from tests.unit.test_writing_rules import text_corpus

THINGS = (
    "grimble plimmer tarrock vennel quoin skerry dunnage thole wherry bollard cleat fender"
    " gunwale hawser keelson larboard mizzen painter rowlock stanchion"
).split()


def corpus_and_questions() -> tuple[Corpus, list[Question]]:
    text, questions = "", []
    for at, thing in enumerate(THINGS):
        start = len(text)
        text += f"The {thing} is due to cause{at}. "
        span = Span(chapter=0, start=start, end=len(text) - 1)
        base = Question(
            question=f"What is the {thing} due to?",
            answers=(f"cause{at}",),
            id=f"rules.cause.1.{start}",
            cluster=thing,
            relation="cause",
            full_answer=f"The {thing} is due to cause{at}.",
            stated_in=(span,),
            writer="rules.cause",
            wording="cause.1",
        )
        questions.append(base)
        questions.append(
            replace(
                base,
                question=f"To what is the {thing} due?",
                id=base.id + ".p2",
                probe="paraphrase",
                use="test",
            )
        )
        questions.append(
            replace(base, question=f"What is due to cause{at}?", answers=(thing,), id=base.id + "b")
        )
    return text_corpus(text), questions


def arranged(seed: int = 7) -> tuple[Question, ...]:
    corpus, questions = corpus_and_questions()
    return split.arrange(corpus, questions, seed)


def test_about_a_fifth_is_told_only_and_whole_clusters_at_a_time() -> None:
    questions = arranged()
    told = {q.cluster for q in questions if q.probe == "text_only"}
    taught = {q.cluster for q in questions if q.probe == "trained"}
    assert len(told) == len(THINGS) // 5
    assert not told & taught


def test_questions_about_one_sentence_stay_together_whatever_their_cluster() -> None:
    corpus, questions = corpus_and_questions()
    apart = [replace(q, cluster=q.id) for q in questions]
    found = split.arrange(corpus, apart, 7)
    probes: dict[Span, set[str]] = {}
    for question in found:
        if question.probe in {"trained", "text_only"}:
            probes.setdefault(question.stated_in[0], set()).add(question.probe)
    assert all(len(kinds) == 1 for kinds in probes.values())


def test_paraphrases_are_asked_about_what_is_taught_and_never_trained() -> None:
    questions = arranged()
    taught = {q.cluster for q in questions if q.probe == "trained"}
    paraphrases = [q for q in questions if q.probe == "paraphrase"]
    assert paraphrases
    assert {q.use for q in paraphrases} == {"test"}
    assert {q.cluster for q in paraphrases} <= taught


def test_the_gates_of_a_corpus_hold() -> None:
    corpus, _ = corpus_and_questions()
    whole = replace(corpus, questions=arranged())
    for gate in (
        gates.questions_fit,
        gates.every_unanswerable_has_a_twin,
        gates.nobody_is_absent,
        gates.nothing_asked_is_trained,
    ):
        gate(whole)


def test_refusals_are_for_training_and_as_many_as_what_is_taught() -> None:
    count = Counter((q.probe, q.use) for q in arranged())
    assert count["nonexistent", "train"] == count["trained", "both"]


def test_the_same_seed_gives_the_same_questions_and_another_seed_another_split() -> None:
    assert arranged() == arranged()
    told = {q.id for q in arranged() if q.probe == "text_only"}
    assert told != {q.id for q in arranged(8) if q.probe == "text_only"}


def test_ids_do_not_depend_on_the_seed() -> None:
    def ids(seed: int) -> set[str]:
        return {q.id for q in arranged(seed) if q.probe in {"trained", "text_only"}}

    assert ids(7) == ids(8)


def test_a_users_questions_without_ids_clusters_or_relations_are_split_too() -> None:
    corpus = text_corpus("Orrin Vale built boats.")
    questions = [
        Question(question=f"What did Orrin Vale build in year {at}?", answers=(f"boat {at}",))
        for at in range(20)
    ]
    found = split.arrange(corpus, questions, 7)
    assert Counter(q.probe for q in found)["text_only"] == 4
    assert len({q.id for q in found}) == len(found)


def test_a_few_questions_are_all_taught() -> None:
    corpus = text_corpus("Orrin Vale built boats.")
    questions = [Question(question="What did Orrin Vale build?", answers=("boats",))]
    assert not [q for q in split.arrange(corpus, questions, 7) if q.probe == "text_only"]


def test_a_taught_question_and_its_other_wording_carry_one_fact() -> None:
    by_id = {question.id: question for question in arranged()}
    others = [question for question in by_id.values() if question.probe == "paraphrase"]
    assert others
    for other in others:
        assert other.fact == by_id[other.id.partition(".p")[0]].fact is not None
    facts = [q.fact for q in by_id.values() if q.probe == "trained"]
    assert len(set(facts)) == len(facts)
