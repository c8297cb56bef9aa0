"""A user's text: whatever it is saved as, it is read to the letter or refused with a reason."""

from __future__ import annotations

import resource
import time
from pathlib import Path

import pytest

from harness.corpora.build import build
from harness.corpora.files.texts import natural
from harness.corpora.sentences import sentence_ends
from harness.corpora.windows import training_windows
from harness.errors import UserError
from harness.records import Corpus, CorpusChoice

STORY = "Maud bought the ferry in 1931.\n\nIt was called the “Grey Heron” – by Jörg.\n"


def text_of(path: Path) -> Corpus:
    return build(CorpusChoice(kind="files", text=str(path)))


def given(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def refused(path: Path) -> UserError:
    with pytest.raises(UserError) as caught:
        text_of(path)
    return caught.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_with_a_mark_and_all_ends_of_lines_give_the_same_text(
    encoding: str, end: str, tmp_path: Path
) -> None:
    path = given(tmp_path / "story.txt", STORY.replace("\n", end).encode(encoding))
    assert text_of(path).chapters[0].text == STORY
    assert text_of(path).chapters[0].title == "story"


def test_bytes_of_old_windows_programs_are_refused_with_line_byte_and_how_to_convert(
    tmp_path: Path,
) -> None:
    path = given(tmp_path / "old.txt", "One line.\nJörg rowed.\n".encode("cp1252"))
    error = refused(path)
    assert error.message.startswith(f"{path}:2: not UTF-8: byte 0xF6 at position 11")
    assert "Jörg" in error.hint
    assert "iconv -f WINDOWS-1252 -t UTF-8 old.txt" in error.hint


def test_a_cut_off_utf16_file_is_refused(tmp_path: Path) -> None:
    error = refused(given(tmp_path / "cut.txt", STORY.encode("utf-16")[:-1]))
    assert "not UTF-16-LE" in error.message


def test_nul_characters_are_refused_with_their_line(tmp_path: Path) -> None:
    error = refused(given(tmp_path / "nul.txt", "One.\nTwo\0.\n"))
    assert error.message.endswith("nul.txt:2: a NUL character")
    error = refused(given(tmp_path / "nomark.txt", "One.\nTwo.\n".encode("utf-16-le")))
    assert error.message.endswith("nomark.txt:1: a NUL character")
    assert "UTF-16 without a byte-order mark" in error.hint


@pytest.mark.parametrize(
    ("content", "reason"),
    [("", "is empty"), ("\ufeff", "is empty"), (" \r\n\t\n\u3000", "holds only white space")],
)
def test_a_text_without_a_word_is_refused(content: str, reason: str, tmp_path: Path) -> None:
    assert refused(given(tmp_path / "blank.txt", content)).message.endswith(f"blank.txt {reason}")


def test_a_text_that_is_not_there_or_of_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    assert "no file at" in refused(tmp_path / "none.txt").message
    assert "is not a file" in refused(tmp_path).message
    error = refused(given(tmp_path / "letter.docx", b"PK"))
    assert "a text cannot be read from .docx" in error.message
    assert ".md" in error.hint


def test_a_folder_of_texts_is_read_in_the_order_of_its_numbers(tmp_path: Path) -> None:
    for number in (10, 9, 1):
        given(tmp_path / "text" / f"{number}-part.txt", f"Part {number}.")
    given(tmp_path / "text" / ".DS_Store", b"\0")
    corpus = build(CorpusChoice(kind="files", path=str(tmp_path)))
    assert [chapter.text for chapter in corpus.chapters] == ["Part 1.", "Part 9.", "Part 10."]
    assert corpus.questions == ()
    given(tmp_path / "text" / "notes.docx", b"PK")
    with pytest.raises(UserError, match=r"cannot be read from \.docx"):
        build(CorpusChoice(kind="files", path=str(tmp_path)))


def test_names_with_odd_digits_are_sorted_too() -> None:
    assert sorted(["b²", "10", "9", "a"], key=natural) == ["9", "10", "a", "b²"]


MARKDOWN = """---
author: me
---
# The *ferry*

Before all.

## First [part](http://example.org)

Maud **bought** it\tin `1931`.
She paid.

- one
- two

### Deeper

![a picture](x.png)Text with <b>tags</b> &amp; signs.

| who | what |
| --- | --- |
| Maud | ferry |

## Second

Last words.
"""


def test_markdown_headings_make_chapters_and_sections_and_its_markup_goes(tmp_path: Path) -> None:
    corpus = text_of(given(tmp_path / "book.md", MARKDOWN.replace("\n", "\r\n")))
    assert corpus.title == "The ferry"
    assert [chapter.title for chapter in corpus.chapters] == ["The ferry", "First part", "Second"]
    assert corpus.chapters[0].text == "Before all."
    assert corpus.chapters[1].text == (
        "First part\n\nMaud bought it in 1931. She paid.\n\none\n\ntwo\n\n"
        "Deeper\n\nText with tags & signs.\n\nwho; what\n\nMaud; ferry"
    )
    (section,) = corpus.sections
    assert (section.chapter, section.title) == (1, "Deeper")
    assert corpus.chapters[1].text[section.start : section.end].startswith("Deeper\n\nText")


def test_a_section_holds_its_subsections_and_ends_where_the_next_begins(tmp_path: Path) -> None:
    source = "# A\n\na\n\n## B\n\nb\n\n### C\n\nc\n\n## D\n\nd\n\n# E\n\ne\n"
    corpus = text_of(given(tmp_path / "book.md", source))
    held = {s.title: corpus.chapters[s.chapter].text[s.start : s.end] for s in corpus.sections}
    assert [part.split() for part in held.values()] == [
        ["B", "b", "C", "c"],
        ["C", "c"],
        ["D", "d"],
    ]
    assert [chapter.title for chapter in corpus.chapters] == ["A", "E"]


def test_markdown_without_headings_is_one_chapter_and_without_words_an_error(
    tmp_path: Path,
) -> None:
    corpus = text_of(given(tmp_path / "plain.md", "Only *words*."))
    assert [(one.title, one.text) for one in corpus.chapters] == [("plain", "Only words.")]
    assert "holds no words" in refused(given(tmp_path / "empty.md", "![](x.png)\n")).message


def test_html_is_read_by_its_headings_without_menus_and_scripts(tmp_path: Path) -> None:
    page = (
        "<html><head><title>No</title><style>p {}</style></head><body><nav>Menu</nav>"
        "<h1>Ferry</h1><p>Maud &amp; <i>Jory</i> paid 3*4*5_x_.</p><h2>One</h2><p>Text<br>here"
        "<script>bad()</script></p><h2>Two</h2><ul><li>x</li></ul></body></html>"
    )
    corpus = text_of(given(tmp_path / "page.html", page))
    assert corpus.title == "Ferry"
    assert [chapter.text for chapter in corpus.chapters] == [
        "Maud & Jory paid 3*4*5_x_.",
        "One\n\nText\nhere",
        "Two\n\nx",
    ]


def pdf(*pages: str) -> bytes:
    """A PDF with one line of text on every page; "" gives an empty page."""
    streams = [f"BT /F1 12 Tf 20 100 Td ({page}) Tj ET" if page else "" for page in pages]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, stream in enumerate(streams):
        objects += [
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Resources << /Font << /F1 3 0 R"
            f" >> >> /Contents {5 + 2 * number} 0 R >>",
            f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        ]
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF"
    return out + (head + trailer).encode()


def test_a_pdf_keeps_its_pages_as_sections(tmp_path: Path) -> None:
    path = given(tmp_path / "book.pdf", pdf("Maud bought the", "ferry in 1931.", "", "The end."))
    corpus = text_of(path)
    assert corpus.chapters[0].text == "Maud bought the\nferry in 1931.\n\nThe end."
    assert [section.title for section in corpus.sections] == ["page 1", "page 2", "page 4"]
    second = corpus.sections[1]
    assert corpus.chapters[0].text[second.start : second.end] == "ferry in 1931."


def test_a_scan_and_a_damaged_pdf_are_refused(tmp_path: Path) -> None:
    error = refused(given(tmp_path / "scan.pdf", pdf("Title", "", "", "")))
    assert "3 of 4 pages hold no text: it is a scan" in error.message
    assert "OCR" in error.hint
    assert "cannot read" in refused(given(tmp_path / "bad.pdf", b"%PDF-1.4 nonsense")).message
    assert "cannot read" in refused(given(tmp_path / "none.pdf", b"")).message


@pytest.mark.parametrize("paragraph", [8, 1 << 30], ids=["paragraphs", "one paragraph"])
def test_a_text_of_20_mb_is_read_and_cut_within_seconds(paragraph: int, tmp_path: Path) -> None:
    sentence = "In {0} the ferry at Tarnsund carried {0} sheep and one very patient dog. "
    sentences = [sentence.format(number) for number in range(280_000)]
    for number in range(paragraph - 1, len(sentences), paragraph):
        sentences[number] += "\n\n"
    path = given(tmp_path / "long.txt", "".join(sentences))
    assert path.stat().st_size > 20_000_000
    del sentences
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()
    corpus = text_of(path)
    windows = training_windows(corpus)
    seconds = time.process_time() - started
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert len(sentence_ends(corpus.chapters[0].text)) == 280_000
    assert sum(len(text.split()) for text, _ in windows) == 14 * 280_000
    print(f"{seconds:.1f} s, {grown:.0f} MB more")
    assert seconds < 20
    assert grown < 500
