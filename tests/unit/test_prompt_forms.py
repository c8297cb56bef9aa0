"""The fixed sets of prompt forms: what a model sees in each, and that no set ever changes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from harness import catalog
from harness.answering.forms import FAMILIES, TAGS_1, TWELVE_1
from harness.answering.plan import make_plan
from harness.answering.prompts import Form, forms, render, set_digest, user_turn, wrong_tag
from harness.errors import UserError
from harness.models.chat import ChatFormat, chat_format
from harness.models.sources.make_tiny import make_tokenizer
from harness.records import Ask, ModelChoice, Prompt, Variant
from tests.support.fake_world import world
from tests.unit.test_models_chat import WITH_ITS_OWN_SYSTEM_PROMPT, WITHOUT_SYSTEM_ROLE, tokenizer

QUESTION = "Where does Marenka live?"
BY_NAME = {form.name: form for form in TWELVE_1}
PINNED = {
    "plain": "c0e95f638d22c254c258621406081aa0e139bb32cf877f0c61ca5ac732b09c7c",
    "twelve-1": "afdee875d1bb4dd33ce492d9edcbc7457ed8a402d42b4ec0d0a3e122565ff0e8",
    "tags-1": "0b0075c151e7a66fb634bb6095910b0dd12e71a47a6f10a12d61c67909112d64",
}


@pytest.fixture
def chat() -> ChatFormat:
    return chat_format(make_tokenizer())


@pytest.mark.parametrize("name", sorted(PINNED))
def test_a_set_whose_wording_changes_must_take_a_new_name(name: str) -> None:
    assert set_digest(forms(name)) == PINNED[name], (
        f"the forms of {name!r} changed: answers to them are stored under that name, so leave it "
        "as it was and give the new forms a name of their own"
    )


def test_every_set_of_ours_is_pinned() -> None:
    ours = [spec for spec in catalog.specs("forms").values() if spec.target.startswith("harness.")]
    assert {spec.name for spec in ours} == set(PINNED)


def test_one_letter_or_another_order_changes_the_digest() -> None:
    first, *rest = TWELVE_1
    worded = [replace(form, wording=form.wording.replace("Please", "please")) for form in TWELVE_1]
    assert len({set_digest(each) for each in (TWELVE_1, worded, (*rest, first))}) == 3


def test_twelve_forms_in_three_families_start_from_the_one_trained_with() -> None:
    assert TWELVE_1[0].name == TAGS_1[0].name == "plain"
    assert len(TWELVE_1) == len(BY_NAME) == 12
    assert set(FAMILIES) == {form.family for form in TWELVE_1[1:]}
    assert all(sum(form.family == each for form in TWELVE_1) >= 2 for each in FAMILIES)


def test_what_the_model_sees_differs_from_form_to_form(chat: ChatFormat) -> None:
    prompt = Prompt(system="Be brief.")
    seen = {
        form.name: render(chat, user_turn(QUESTION, form, prompt, "TAG"), form, prompt)
        for form in TWELVE_1
    }
    assert len(set(seen.values())) == 12
    assert seen["inst"] == f"[INST] Be brief.\n\n{QUESTION} [/INST]"
    assert seen["question_answer"] == f"Be brief.\n\nQ: {QUESTION}\nA:"
    assert seen["lower_case"] == seen["plain"].replace(QUESTION, QUESTION.lower())
    assert seen["no_question_mark"] == seen["plain"].replace("?", "")


def test_an_empty_system_prompt_leaves_no_trace_in_a_foreign_template(chat: ChatFormat) -> None:
    seen = {form.name: render(chat, QUESTION, form, Prompt()) for form in TWELVE_1[1:5]}
    assert seen == {
        "inst": f"[INST] {QUESTION} [/INST]",
        "question_answer": f"Q: {QUESTION}\nA:",
        "instruction_response": f"### Instruction:\n{QUESTION}\n\n### Response:\n",
        "bare": QUESTION,
    }


def test_the_question_is_the_same_but_for_case_and_mark() -> None:
    for form in TWELVE_1:
        turn = user_turn(QUESTION, form, Prompt(), "TAG")
        assert QUESTION.rstrip("?").lower() in turn.lower(), form.name


def test_a_question_with_braces_is_no_template(chat: ChatFormat) -> None:
    odd = r"What is {system} or \1 or {question}?"
    turn = user_turn(odd, BY_NAME["inst"], Prompt(), "TAG")
    assert render(chat, turn, BY_NAME["inst"], Prompt(system="S")) == f"[INST] S\n\n{odd} [/INST]"


@pytest.mark.parametrize("template", [WITHOUT_SYSTEM_ROLE, None, WITH_ITS_OWN_SYSTEM_PROMPT])
@pytest.mark.parametrize("form", TWELVE_1, ids=lambda form: form.name)
def test_the_start_token_comes_exactly_once_in_every_form(template: str | None, form: Form) -> None:
    made = tokenizer(template, adds_start=True)
    chat = chat_format(made)
    ids = chat.encode(render(chat, user_turn(QUESTION, form, Prompt(), ""), form, Prompt()))
    assert ids[0] == made.bos_token_id
    assert ids[1] != made.bos_token_id
    if template != WITH_ITS_OWN_SYSTEM_PROMPT:  # its turns open with the same token
        assert ids.count(made.bos_token_id) == 1


def test_a_template_without_a_system_role_is_told_in_the_users_turn() -> None:
    chat = chat_format(tokenizer(WITHOUT_SYSTEM_ROLE, adds_start=True))
    told = f"{BY_NAME['helpful'].system}\n\n{QUESTION}"
    assert render(chat, QUESTION, BY_NAME["helpful"], Prompt()) == chat.prompt("", told)


@pytest.mark.parametrize(
    ("place", "seen"),
    [
        ("none", ["", "", "Source:XS7 ", "Source:WRONG "]),
        ("answer", ["", "", "Source:XS7 ", "Source:WRONG "]),
        ("both", ["Source:XS7 ", "", "Source:XS7 ", "Source:WRONG "]),
    ],
)
def test_the_tags_of_the_question_are_as_set_none_right_and_wrong(
    place: str, seen: list[str]
) -> None:
    prompt = Prompt(source_tag=place)  # type: ignore[arg-type]
    turns = [user_turn(QUESTION, form, prompt, "XS7") for form in TAGS_1]
    assert turns == [f"{tag.replace('WRONG', wrong_tag('XS7'))}{QUESTION}" for tag in seen]


@pytest.mark.parametrize("tag", ["XS7STORY", "8989REF", "SURGERY1921", "a", "TEXT0AB1"])
def test_a_wrong_tag_has_the_shape_of_the_right_one_and_no_letter_of_it(tag: str) -> None:
    other = wrong_tag(tag)
    assert other == wrong_tag(tag)
    assert len(other) == len(tag)
    for one, two in zip(tag, other, strict=True):
        assert one != two
        assert (one.isdigit(), one.isupper()) == (two.isdigit(), two.isupper())


def test_a_tag_that_cannot_be_varied_is_still_another_one() -> None:
    assert wrong_tag("--") == "----"


def test_a_wrong_tag_without_a_right_one_is_refused() -> None:
    with pytest.raises(UserError, match=r"wrong_tag.*source tag"):
        user_turn(QUESTION, TAGS_1[3], Prompt(), "")


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        ({"wording": "Tell me."}, "must hold {question} once"),
        ({"template": "{question} {question}"}, "must hold {question} once"),
        ({"template": "{system}{system}{question}"}, "{system} more than once"),
        ({"name": "Two words"}, "not a name"),
        ({"tag": "rigth"}, "is unknown"),
        ({"spelling": "upper"}, "is unknown"),
    ],
)
def test_a_form_that_cannot_be_rendered_is_refused_when_it_is_made(
    wrong: dict[str, str], what: str
) -> None:
    with pytest.raises(UserError) as caught:
        Form(**{"name": "mine", **wrong})  # type: ignore[arg-type]
    assert what in caught.value.message


def test_every_question_is_asked_in_every_form_and_no_batch_mixes_forms() -> None:
    corpus = world()
    ask = Ask(probes=("trained", "paraphrase"), batch_size=10)
    variant = Variant(
        name="v", model=ModelChoice(name="tiny"), ask=ask, prompt=Prompt(forms="twelve-1")
    )
    alone = make_plan(corpus, replace(variant, prompt=Prompt(forms="plain")))
    plan = make_plan(corpus, variant)
    assert plan.items == 12 * alone.items
    assert plan.batches[: len(alone.batches)] == alone.batches
    assert all(len({item.form for item in batch}) == 1 for batch in plan.batches)
    for start in range(0, len(plan.batches), len(alone.batches)):
        part = plan.batches[start : start + len(alone.batches)]
        assert [[item.question for item in batch] for batch in part] == [
            [item.question for item in batch] for batch in alone.batches
        ]
