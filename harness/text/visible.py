"""Strangers' text made harmless: what cannot be seen becomes visible, on a page or in a file."""

from __future__ import annotations

import unicodedata

_BIDI = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C}


def visible(text: str) -> str:
    """The same text with every control and direction character made visible.

    Tabs and newlines stay; other controls become their Unicode pictures or `<U+XXXX>`, so that a
    model's reply can neither hide anything nor turn the page around it.
    """
    if text.isprintable():
        return text
    return "".join(_visible_character(character) for character in text)


def _visible_character(character: str) -> str:
    code = ord(character)
    if character in "\n\t":
        return character
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if code in _BIDI or 0xD800 <= code <= 0xDFFF or unicodedata.category(character) in ("Cc", "Cn"):
        return f"<U+{code:04X}>"
    if character in "\u2028\u2029\ufeff\u200b":
        return f"<U+{code:04X}>"
    return character
