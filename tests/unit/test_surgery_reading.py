"""The Manual of Surgery is read clean, or refused with what is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.corpora import folder
from harness.corpora.build import build
from harness.corpora.surgery import book as books
from harness.corpora.surgery import sample
from harness.corpora.surgery.book import read_book, read_file
from harness.corpora.surgery.corpus import BOOK_NOTICE, OTHER_ISSUE, book_corpus
from harness.errors import UserError
from harness.records import CorpusChoice
from tests.support.small_book import FIRST, small_book


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "book.txt"
    path.write_text(small_book(), encoding="utf-8")
    return path


def first_chapter() -> list[str]:
    return [block.text for block in read_book(small_book()).chapters[0].blocks]


def test_every_chapter_is_found_and_the_list_of_contents_is_not_one() -> None:
    book = read_book(small_book())
    assert [chapter.number for chapter in book.chapters] == list(range(1, 22))
    assert book.chapters[0].title == "Of Repair"
    assert book.chapters[1].paragraphs[0].text == "Nothing is told in number 2."


def test_nothing_but_the_chapters_is_left() -> None:
    said = " ".join(block.text for c in read_book(small_book()).chapters for block in c.blocks)
    for alien in (
        *("Gutenberg", "License", "Produced", "preface", "PREFACE", "INDEX", "Introduction"),
        *("shelf", "drawing", "neighbour", "author", "family of", "Mended", "|", "--", "+"),
        *("Fig", "p. 9", "[", "]", "#", "_", "\u00a0"),
    ):
        assert alien not in said, alien


def test_what_was_dropped_is_counted() -> None:
    assert read_book(small_book()).dropped == {
        "drawing": 3,
        "figure": 2,
        "footnote": 1,
        "summary": 1,
    }


def test_words_that_were_broken_at_a_line_end_are_whole_again() -> None:
    assert first_chapter()[1] == (
        "A kettle is mended by a tinker, who is well-known in the village. "
        "He carries a bag—it is heavy—on his back."
    )


def test_references_to_pages_and_figures_leave_a_whole_sentence() -> None:
    assert first_chapter()[3] == (
        "A kettle that leaks is put on page two of the list, as is told elsewhere, "
        "and as is seen in a figure."
    )


def test_headings_stand_alone_with_their_level() -> None:
    headings = [(block.level, block.text) for block in read_book(small_book()).chapters[0].headings]
    assert headings == [
        (1, "On Kettles"),
        (2, "Leaking Kettles"),
        (3, "Signs"),
        (2, "Rust or Decay"),
        (2, "Kettles of the Second Kind"),
        (2, "A. Old Ones"),
        (3, "New Ones"),
        (1, "On Tinkers of the South"),
        (3, "(1) In Summer"),
        (1, "Pans, or Skillets"),
    ]


def test_a_heading_printed_before_the_summary_is_not_kept_twice() -> None:
    doubled = FIRST.replace("Introduction--", "ON KETTLES\n\nIntroduction--")
    heads = [block.text for block in read_book(small_book(doubled)).chapters[0].headings]
    assert heads.count("On Kettles") == 1


def test_a_paragraph_knows_its_line_in_the_file() -> None:
    lines = small_book().split("\n")
    for chapter in read_book(small_book()).chapters:
        for block in chapter.paragraphs:
            words = block.text.split()
            assert words[0].strip(".,") in lines[block.line - 1]


def test_a_bracket_that_never_closes_swallows_one_paragraph_only() -> None:
    torn = FIRST.replace("neighbour.)]", "neighbour.)")
    assert "Rust is brown." in [
        block.text for block in read_book(small_book(torn)).chapters[0].paragraphs
    ]


def test_line_ends_byte_order_mark_and_encoding_make_no_difference(tmp_path: Path) -> None:
    plain = small_book()
    one, other = tmp_path / "unix.txt", tmp_path / "old.txt"
    one.write_bytes(plain.encode())
    other.write_bytes(plain.replace("\n", "\r\n").encode("latin-1"))
    assert read_book(read_file(one)) == read_book(read_file(other))
    other.write_bytes(b"\xef\xbb\xbf" + plain.encode())
    assert read_book(read_file(one)) == read_book(read_file(other))


def test_another_issue_may_mark_bold_dashes_and_ligatures_otherwise() -> None:
    usual = FIRST.replace("Rust is brown", "Rust is œ-brown")
    other = usual.replace("#", "=").replace("--", "\u2014").replace("œ", "[oe]")
    text = small_book(other).replace("BURSÆ", "BURSAE").replace("START OF THIS", "START OF THE")
    assert read_book(text).chapters[0] == read_book(small_book(usual)).chapters[0]


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        (small_book().replace("Manual of Surgery", "Cookery").replace("MANUAL", "BOOK"), "title"),
        (small_book().replace("Thomson", "Smith"), "the authors"),
        (small_book().replace("*** START", "***"), "START OF THIS PROJECT"),
        (small_book().partition("INDEX")[0], "END OF THIS PROJECT"),
        (small_book(leave_out=(21,)), "chapter 21"),
        ("Once upon a time.\n", "chapters 1 to 21"),
        ("", "the title"),
    ],
    ids=["title", "authors", "start", "cut off", "a chapter", "another text", "empty"],
)
def test_a_wrong_file_is_refused_with_what_it_lacks(text: str, missing: str) -> None:
    with pytest.raises(UserError, match="is not the Manual of Surgery: it lacks") as caught:
        read_book(text, "wrong.txt")
    assert missing in caught.value.message
    assert "17921" in caught.value.hint


def test_a_file_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot read"):
        build(CorpusChoice(kind="surgery", size="book", text=str(tmp_path / "nowhere.txt")))


def test_the_corpus_has_a_chapter_a_chapter_and_says_what_it_is(file: Path) -> None:
    corpus = build(CorpusChoice(kind="surgery", size="book", text=str(file)))
    assert len(corpus.chapters) == 21
    assert corpus.questions == ()
    assert corpus.chapters[0].text == "\n\n".join(first_chapter())
    assert "not medical advice" in corpus.notice
    assert "1921" in corpus.title


def test_sections_are_nested_and_begin_with_their_titles() -> None:
    corpus = book_corpus(read_book(small_book()))
    text = corpus.chapters[0].text
    parts = {section.title: text[section.start : section.end] for section in corpus.sections}
    for title, part in parts.items():
        assert part.startswith(title)
    assert parts["Leaking Kettles"].endswith("well-known man.")
    assert parts["Signs"] in parts["Leaking Kettles"]
    assert parts["On Kettles"].endswith("of steel.")
    assert parts["Pans, or Skillets"].endswith("handle.")


def test_chapters_are_chosen_by_number(file: Path) -> None:
    some = build(CorpusChoice(kind="surgery", size="book", text=str(file), chapters=(3, 1)))
    assert [chapter.title for chapter in some.chapters] == ["Of Repair", "Of Inflammation"]
    assert {section.chapter for section in some.sections} == {0}
    with pytest.raises(UserError, match="no chapter 22"):
        build(CorpusChoice(kind="surgery", size="book", text=str(file), chapters=(22,)))


def test_another_issue_only_warns(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    choice = CorpusChoice(kind="surgery", size="book", text=str(file))
    assert build(choice).notice == f"{BOOK_NOTICE} {OTHER_ISSUE}"
    monkeypatch.setattr(books, "is_known_issue", lambda path: True)
    assert build(choice).notice == BOOK_NOTICE


def test_a_corpus_folder_gives_the_book_back(file: Path, tmp_path: Path) -> None:
    corpus = build(CorpusChoice(kind="surgery", size="book", text=str(file)))
    folder.write(corpus, tmp_path / "out")
    (tmp_path / "out" / "questions.jsonl").touch()
    assert folder.read(tmp_path / "out") == corpus


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (CorpusChoice(kind="surgery", size="XS"), "unknown surgery size"),
        (CorpusChoice(kind="surgery", path="folder"), "corpus.path does not go with"),
        (CorpusChoice(kind="surgery", questions="q.csv"), "corpus.questions does not go with"),
        (CorpusChoice(kind="surgery", size="small", chapters=(1,)), "corpus.chapters does not go"),
        (CorpusChoice(kind="surgery", text="book.txt"), "corpus.text does not go with the small"),
    ],
)
def test_keys_that_do_not_go_together_are_refused(choice: CorpusChoice, said: str) -> None:
    with pytest.raises(UserError, match=said):
        build(choice)


def test_a_sample_is_the_same_for_a_seed_and_says_where_it_stands(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    book = read_book(small_book())
    assert sample.sample(book, 5, 1) == sample.sample(book, 5, 1)
    assert sample.sample(book, 5, 1) != sample.sample(book, 5, 2)
    monkeypatch.setattr("sys.argv", ["sample", str(file), "--number", "999"])
    assert sample.main() == 0
    assert "[chapter 21, line" in capsys.readouterr().out
    monkeypatch.setattr("sys.argv", ["sample", "nowhere.txt"])
    assert sample.main() == 2
    assert "cannot read nowhere.txt" in capsys.readouterr().err
