"""Where a letter breaks over pages and lines: nothing stands alone, nothing is lost or runs out."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pypdfium2
import pytest

from clinic_desk.documents import letter, theme
from clinic_desk.documents.content import LetterPart, LetterTable, LetterTrend, Paper
from clinic_desk.documents.flow import Block, Paragraph, Placed, Table
from clinic_desk.drawing.trend import Trend
from tests.documents import sample
from tests.documents.reading import letters, pages

WIDTH, HEIGHT = 400.0, 700.0
TREND = LetterTrend("NPRS", Trend(((0, 6.0), (14, 5.0)), 0, 10, "6", "5"), "lower is better")
URL = "https://records.clinic.example/scan/2026/02/03/" + "a1b2c3" * 30 + "?view=full&side=left"
ROWS = tuple(("x", "y") for _ in range(4))
TALL = tuple(("x", "\n".join("y" * 12)) for _ in range(2))
PARTS = {
    "a line": (LetterPart("H", (((("One line."), False),),)),),
    "short parts": (LetterPart("H", (((("One line."), False),),)),) * 4,
    "rows": (LetterPart("H", table=LetterTable(("a", "b"), ROWS)),),
    "tall rows": (LetterPart("H", table=LetterTable(("a", "b"), TALL)),),
    "curves": (LetterPart("H", trends=(TREND,) * 4),),
}


def filled(lines: int) -> LetterPart:
    return LetterPart("Fill", ((("\n".join("f" * lines), False),),))


def laid(parts: tuple[LetterPart, ...], closing: tuple[str, ...]) -> list[list[Placed]]:
    content = replace(sample.LETTER, draft=False, parts=parts, closing=closing)
    return letter._fitted(letter._blocks(content, WIDTH), HEIGHT)


def said(blocks: Iterator[Block]) -> int:
    """Lines of text; a table or a drawing counts as much as two."""
    return sum(len(one.lines) if isinstance(one, Paragraph) else 2 for one in blocks)


@pytest.mark.parametrize("kind", list(PARTS))
def test_no_heading_line_or_signature_stands_alone_wherever_a_page_ends(kind: str) -> None:
    several = 0
    for lines in range(1, 48):
        for closing in ((), ("One line.",)):
            placed = laid((filled(lines), *PARTS[kind]), closing)
            several += len(placed) > 1
            for page, after in pairwise(placed):
                last, y = page[-1]
                first = after[0][0]
                assert not last.keep_next, (lines, closing)
                assert y + last.height <= HEIGHT + 0.1
                if isinstance(last, Paragraph) and isinstance(first, Paragraph) and not first.gap:
                    assert min(len(last.lines), len(first.lines)) >= 2
            company = said(one for one, _ in placed[-1] if not one.keep_next and not one.company)
            assert len(placed) == 1 or company >= 2, (lines, closing)
    assert several > 20


def test_a_short_table_is_never_parted() -> None:
    for lines in range(1, 48):
        placed = laid((filled(lines), *PARTS["rows"]), ())
        tables = [one for page in placed for one, _top in page if isinstance(one, Table)]
        assert max(len(one.rows) for one in tables[1:]) == len(ROWS), lines
        assert len(tables) == 2, lines  # who it is about, and this one


def test_a_cell_taller_than_a_page_goes_on_under_its_header() -> None:
    cell = "\n".join(f"line {number}" for number in range(150))
    table = LetterTable(("Test", "Said"), (("Story", cell), ("Next", "short")))
    placed = laid((LetterPart("Findings", table=table),), ())
    parted = [one for page in placed for one, _ in page if isinstance(one, Table) and one.header]
    assert len(parted) >= 3
    lines = [line for one in parted for row in one.rows for line in row.cells[1]]
    assert len(lines) == 151
    assert all(max(len(cell) for cell in one.rows[-1].cells) >= 1 for one in parted)


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_long_words_and_addresses_of_the_web_are_broken_inside_the_margins(
    paper: Paper, language: str
) -> None:
    word = "w" * 200
    part = LetterPart(
        f"Heading {word}",
        (((f"See {URL} and {word}.", False),), ((f"كلمة {URL}", False),)),
        LetterTable(("Test", word), ((word, URL), ("short", "34°"))),
    )
    content = replace(
        sample.LETTER, paper=paper, language=language, parts=(part,), urgency=f"URGENT {word}"
    )
    pdf = letter.render(content)
    wide = theme.PAPERS[paper][0]
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            words = page.get_textpage()
            rects = [words.get_rect(n) for n in range(words.count_rects())]
            assert min(one[0] for one in rects) >= 19 * theme.MM - 1
            assert max(one[2] for one in rects) <= wide - 19 * theme.MM + 1
    read = letters(" ".join(pages(pdf)))
    assert read.count("a1b2c3" * 10) >= 3 * 2 or language == "ar"
    assert read.count("w") >= 5 * 200
    assert all("CD-00412" in page for page in pages(pdf))
