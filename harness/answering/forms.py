"""The sets of prompt forms that a suite can name. A set never changes: other words, other name."""

from __future__ import annotations

from harness.answering.prompts import PLAIN, Form

FAMILIES: dict[str, str] = {
    "format": "another layout than the one trained with",
    "wording": "the same question in a sentence, a spelling or a tone of its own",
    "system": "another system prompt",
}
"""What the forms of a set vary, for readers."""

_FORMATS = (
    Form(name="inst", family="format", template="[INST] {system}\n\n{question} [/INST]"),
    Form(name="question_answer", family="format", template="{system}\n\nQ: {question}\nA:"),
    Form(
        name="instruction_response",
        family="format",
        template="{system}\n\n### Instruction:\n{question}\n\n### Response:\n",
    ),
    Form(name="bare", family="format", template="{system}\n\n{question}"),
)
_WORDINGS = (
    Form(name="please_answer", family="wording", wording="Please answer: {question}"),
    Form(name="would_like_to_know", family="wording", wording="I would like to know: {question}"),
    Form(name="lower_case", family="wording", spelling="lower_case"),
    Form(name="no_question_mark", family="wording", spelling="no_question_mark"),
    Form(name="thanks", family="wording", wording="{question} Thank you very much."),
)
_SYSTEMS = (
    Form(name="helpful", family="system", system="You are a helpful assistant."),
    Form(
        name="only_story",
        family="system",
        system="Answer only from the story, and say that you cannot answer otherwise.",
    ),
)

TWELVE_1: tuple[Form, ...] = (*PLAIN, *_FORMATS, *_WORDINGS, *_SYSTEMS)
"""The set "twelve-1": as trained, four layouts, five wordings, two system prompts."""

TAGS_1: tuple[Form, ...] = (
    *PLAIN,
    Form(name="no_tag", family="tag", tag="none"),
    Form(name="right_tag", family="tag", tag="right"),
    Form(name="wrong_tag", family="tag", tag="wrong"),
)
"""The set "tags-1": as the suite sets it, without the source tag, with it, with another one."""
