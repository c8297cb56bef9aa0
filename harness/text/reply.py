"""What of a reply is the answer: its first segment, without tag, markup and what runs on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from harness.text.languages import base
from harness.text.tags import strip_tag

_ROLE = r"(?:#{1,4}[ \t]*)?(?:system|user|human|assistant|instruction|response|model)"
_MARKUP = re.compile(
    r"\[/?INST\]|<</?SYS>>|<\|im_start\|>|<\|start_header_id\|>|<\|end_header_id\|>"
    r"|<start_of_turn>|<\|(?:system|user|assistant)\|>"
    rf"|^[ \t]*{_ROLE}[ \t]*[:\n]",
    re.IGNORECASE | re.MULTILINE,
)
_OPENING = re.compile(
    r"\s*(?:<\|im_start\|>(?:system|user|assistant)?|<start_of_turn>(?:user|model)?"
    r"|<\|start_header_id\|>\w+<\|end_header_id\|>|<\|(?:system|user|assistant)\|>"
    r"|\[INST\].*?\[/INST\]|<<SYS>>.*?<</SYS>>|\[/?INST\]|<</?SYS>>|<s>|<bos>"
    rf"|{_ROLE}[ \t]*:|{_ROLE}[ \t]*\n|(?:answer|a)[ \t]*:)",
    re.IGNORECASE | re.DOTALL,
)
_END = re.compile(
    r"\n|\r|<\|im_end\|>|<\|im_start\|>|<\|endoftext\|>|<\|eot_id\|>|</s>|<eos>|<end_of_turn>"
    r"|<start_of_turn>|\[/?INST\]|\bQ:|\bQuestion:"
)
_OTHER_QUESTION = {
    "ja": "質問|問い?|問題|[QqＱ]",
    "zh": "问题?|問題?|提问|[QqＱ]",
    "th": "คำถาม",
    "de": "Frage",
    "fr": "Question",
    "es": "Pregunta",
}
_OTHER_ANSWER = {
    "ja": "答え?|回答|解答|[AaＡ]",
    "zh": "答案?|回答|[AaＡ]",
    "th": "คำตอบ",
    "de": "Antwort",
    "fr": "Réponse",
    "es": "Respuesta",
}
_MARKS = {"ja": "答え：", "zh": "答案：", "th": "คำตอบ:"}
_MARKS |= {language: f"{_OTHER_ANSWER[language]}:" for language in ("de", "fr", "es")}
_SENTENCE_ENDS = ".!?…\"'”’)。！？」』"


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply as it is judged."""

    text: str
    """The first segment, stripped: the `y` of every definition of a score. Where it recites a
    sentence first and then says "Answer:", what follows that."""
    tag: str | None
    """The source tag that the reply began with."""
    markup: bool
    """Whether prompt markup stood anywhere in the reply."""
    open: bool
    """Whether the segment runs to the end of the reply, so that a length limit may have cut it."""
    recitation: str = ""
    """The sentence in front of "Answer:"; empty where a reply does not recite."""


@cache
def _answer_opens(language: str) -> re.Pattern[str] | None:
    words = _OTHER_ANSWER.get(language)
    return re.compile(rf"\s*(?:{words})[ \t]*[:：]") if words else None


@cache
def _question_opens(language: str) -> re.Pattern[str] | None:
    words = _OTHER_QUESTION.get(language)
    return re.compile(rf"(?<!\w)(?:{words})[ \t]*[:：]") if words else None


def answer_mark(language: str = "en") -> str:
    """What stands between a recited sentence and the answer, in the words of the language."""
    return _MARKS.get(base(language), "Answer:")


@cache
def _answer_follows(language: str) -> re.Pattern[str]:
    """The mark behind the end of a sentence, on its line."""
    marks = "|".join(re.escape(mark) for mark in dict.fromkeys(("Answer:", answer_mark(language))))
    return re.compile(rf"(?<=[{re.escape(_SENTENCE_ENDS)}])[ \t]*(?:{marks})")


def _recited(segment: str, language: str) -> tuple[str, str]:
    """A segment's recitation and its answer, up to where a further one would begin."""
    parts = _answer_follows(language).split(segment, maxsplit=2)
    return (parts[0].strip(), parts[1].strip()) if len(parts) > 1 else ("", segment.strip())


def _end_of_segment(rest: str, language: str) -> int | None:
    """Where the segment ends; a reply that opens with "Q:" has no earlier one."""
    start = min(1, len(rest))
    other = _question_opens(language)
    found = [each.search(rest, start) for each in (_END, *([other] if other else []))]
    return min((match.start() for match in found if match), default=None)


def read_reply(text: str, language: str = "en") -> Reply:
    """Take the first segment of a reply, after leading markup and source tag.

    A segment ends at a line's end, an end of turn, or a following "Q:" or "Question:", in the
    words of the language too. In recite form the answer is what follows "Answer:".
    """
    language = base(language)
    answer = _answer_opens(language)
    rest, tag = text.lstrip(), None
    while True:
        before = rest
        opening = _OPENING.match(rest) or (answer.match(rest) if answer else None)
        if opening is not None:
            rest = rest[opening.end() :].lstrip()
        rest, found = strip_tag(rest)
        tag = tag or found
        if rest == before:
            break
    end = _end_of_segment(rest, language)
    recitation, answer_text = _recited(rest[:end], language)
    return Reply(
        text=answer_text,
        tag=tag,
        markup=_MARKUP.search(text) is not None,
        open=end is None,
        recitation=recitation,
    )
