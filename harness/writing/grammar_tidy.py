"""A sentence without what stands beside it: run-in headings, brackets, asides."""

from __future__ import annotations

import re

_HEADING = re.compile(r"^(?:[A-Z“\"(][^.;:]{1,70}\.\s?[—–-]+\s?)+")
_PARENTHESES = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_EXAMPLES = re.compile(
    r", for (?:example|instance), (?!(?:is|are|was|were|has|have|may|can|must|should|the|it|they|"
    r"in|on|at|by|with|when|if|as|after|before|from|to)\b)"
)
"""What brings examples of the noun before it, as "such as" does."""
_ASIDES = re.compile(
    r",\s(?:however|therefore|for (?:example|instance)|as a rule|of course|moreover|indeed|too"
    r"|on the other hand|as we have seen|it is true|in fact|also|perhaps|in addition)(?=,)(?:,)"
)


def tidy(sentence: str) -> str:
    """A sentence on one line, without run-in heading, brackets and asides."""
    flat = " ".join(sentence.split())
    found = _HEADING.match(flat)
    if found:
        flat = flat[found.end() :]
    flat = " ".join(flat.replace("—", " — ").split())
    flat = _EXAMPLES.sub(", such as ", _PARENTHESES.sub("", flat))
    return _ASIDES.sub("", flat)
