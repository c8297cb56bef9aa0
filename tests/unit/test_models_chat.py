"""Prompts and replies as each model wants them: one start token, one template, one end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tokenizers import processors

from harness.errors import UserError
from harness.models.chat import ChatFormat, chat_format, open_chat
from harness.models.sources.make_tiny import END, START, make, make_tokenizer

WITH_ITS_OWN_SYSTEM_PROMPT = (
    "{% for message in messages %}"
    "{% if loop.first and messages[0]['role'] != 'system' %}"
    "{{ '<|im_start|>system\\nYou are a helpful assistant<|im_end|>\\n' }}{% endif %}"
    "{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>\\n' }}"
    "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
)
WITHOUT_SYSTEM_ROLE = (
    "{{ bos_token }}{% if messages[0]['role'] == 'system' %}"
    "{{ raise_exception('System role not supported') }}{% endif %}"
    "{% for message in messages %}{{ '[' + message['role'] + '] ' + message['content'] + "
    "'<|im_end|>' }}{% endfor %}{% if add_generation_prompt %}{{ '[model] ' }}{% endif %}"
)


def tokenizer(template: str | None, *, adds_start: bool = False) -> Any:
    made = make_tokenizer()
    made.chat_template = template
    if adds_start:
        made.bos_token = START
        made._tokenizer.post_processor = processors.TemplateProcessing(
            single=f"{START} $A", special_tokens=[(START, made.convert_tokens_to_ids(START))]
        )
    return made


@pytest.fixture
def plain() -> ChatFormat:
    return chat_format(tokenizer(None))


def test_no_system_prompt_means_none_even_where_a_template_has_its_own() -> None:
    chat = chat_format(tokenizer(WITH_ITS_OWN_SYSTEM_PROMPT))
    assert chat.prompt("", "Who?") == (
        "<|im_start|>system\n<|im_end|>\n<|im_start|>user\nWho?<|im_end|>\n<|im_start|>assistant\n"
    )
    assert "helpful" not in chat.prompt("Be short.", "Who?")
    assert "Be short." in chat.prompt("Be short.", "Who?")


def test_a_template_without_a_system_role_still_takes_questions() -> None:
    chat = chat_format(tokenizer(WITHOUT_SYSTEM_ROLE, adds_start=True))
    assert chat.prompt("", "Who?") == f"{START}[user] Who?{END}[model] "


@pytest.mark.parametrize("template", [WITHOUT_SYSTEM_ROLE, None, WITH_ITS_OWN_SYSTEM_PROMPT])
def test_the_start_token_comes_exactly_once_at_the_beginning(template: str | None) -> None:
    made = tokenizer(template, adds_start=True)
    chat = chat_format(made)
    ids = chat.encode(chat.prompt("", "Who was it?"))
    assert ids[0] == made.bos_token_id
    assert ids[1] != made.bos_token_id
    assert chat.encode(chat.passage("Once upon a time"))[0] == made.bos_token_id


def test_a_passage_has_no_start_token_where_the_tokenizer_adds_none(plain: ChatFormat) -> None:
    assert plain.passage("Once.") == "Once."


def test_without_a_template_a_question_takes_a_plain_form(plain: ChatFormat) -> None:
    assert plain.prompt("", "Who?") == "Question: Who?\nAnswer:"
    assert plain.prompt("Be short.", "Who?") == "Be short.\n\nQuestion: Who?\nAnswer:"
    assert plain.reply("Lila.") == f" Lila.{END}"


@pytest.mark.parametrize("template", [None, WITH_ITS_OWN_SYSTEM_PROMPT, WITHOUT_SYSTEM_ROLE])
def test_a_reply_ends_with_a_token_that_stops_generation(template: str | None) -> None:
    chat = chat_format(tokenizer(template))
    ids = chat.encode(chat.reply("Lila is a weaver."))
    assert ids[-1] in chat.stop_ids
    assert not set(ids[:-1]) & set(chat.stop_ids)
    assert chat.decode(ids).strip() == "Lila is a weaver."


@pytest.mark.parametrize("template", [None, WITH_ITS_OWN_SYSTEM_PROMPT])
def test_padding_is_no_stop_token(template: str | None) -> None:
    made = tokenizer(template)
    made.pad_token = END
    chat = chat_format(made)
    assert chat.pad_id not in chat.stop_ids
    assert made.pad_token_id == chat.pad_id


def test_prompt_and_reply_together_are_what_the_template_renders() -> None:
    made = tokenizer(WITH_ITS_OWN_SYSTEM_PROMPT)
    chat = chat_format(made)
    whole = made.apply_chat_template(
        [
            {"role": "system", "content": ""},
            {"role": "user", "content": "Who?"},
            {"role": "assistant", "content": "Lila."},
        ],
        tokenize=False,
    )
    assert whole == chat.prompt("", "Who?") + chat.reply("Lila.") + "\n"


def test_any_text_comes_back_from_its_tokens_unchanged(plain: ChatFormat) -> None:
    text = "Ünïted 1234 kéys — 日本 'quoted' (Source:TAG)\n\n  twice  "
    assert plain.decode(plain.encode(text)) == text


def test_a_tokenizer_without_an_end_is_a_users_error() -> None:
    made = tokenizer(None)
    made.eos_token = None
    with pytest.raises(UserError, match="no token that ends a reply"):
        chat_format(made)


def test_stops_that_a_model_declares_are_kept(tmp_path: Path) -> None:
    make(tmp_path)
    (tmp_path / "generation_config.json").write_text('{"eos_token_id": [2, 7]}')
    assert open_chat(tmp_path).stop_ids == (2, 7)


def test_a_folder_without_a_tokenizer_is_a_users_error(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot read the tokenizer"):
        open_chat(tmp_path)
