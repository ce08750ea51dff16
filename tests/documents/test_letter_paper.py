"""A letter's letterhead, window, signature, copies and outline on paper."""

from dataclasses import replace
from io import BytesIO

import pypdf
import pypdfium2
import pytest
from PIL import Image

from clinic_desk.documents import letter, letter_head
from clinic_desk.documents.content import (
    LetterContent,
    LetterImage,
    LetterPart,
    LetterTable,
    LetterTrend,
    Window,
)
from clinic_desk.drawing.trend import Trend
from clinic_desk.errors import DocumentFailed
from tests.documents import sample
from tests.documents.reading import flat, overlaps, pages, whole

MM = 72 / 25.4
COPIES = ("Dr Pat Sample (GP)\n3 High Street\nSampletown EX1 3CD", "Alex Example\n7 Sample Lane")


def image(width: int = 300, height: int = 100) -> LetterImage:
    out = BytesIO()
    Image.new("RGB", (width, height), (20, 30, 90)).save(out, "JPEG")
    return LetterImage(out.getvalue(), width, height)


def box_of(pdf: bytes, text: str, page: int = 0) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a text, in points from the upper left corner."""
    with pypdfium2.PdfDocument(pdf) as document:
        seen = document[page]
        words = seen.get_textpage()
        found = words.search(text).get_next()
        assert found is not None, text
        rects = [words.get_charbox(found[0] + n) for n in range(found[1])]
        high = seen.get_height()
        left = min(one[0] for one in rects)
        right = max(one[2] for one in rects)
        return left, high - max(one[3] for one in rects), right, high - min(one[1] for one in rects)


def images_on(pdf: bytes, page: int = -1) -> int:
    return len(pypdf.PdfReader(BytesIO(pdf)).pages[page].images)


def recipient(lines: int) -> tuple[str, ...]:
    return tuple(f"Address line {number}" for number in range(1, lines + 1))


@pytest.mark.parametrize("lines", [3, 6, 7])
@pytest.mark.parametrize("window", ["dl", "c5"])
def test_the_address_stands_in_the_window_of_a_european_envelope(
    window: Window, lines: int
) -> None:
    content = replace(sample.LETTER, window=window, recipient=recipient(lines))
    pdf = letter.render(content)
    first, last = box_of(pdf, "Address line 1"), box_of(pdf, f"Address line {lines}")
    assert first[0] == pytest.approx(25 * MM, abs=1.5)
    assert first[1] >= 45 * MM
    assert last[3] <= 90 * MM
    if lines <= 6:
        assert first[1] >= 62.7 * MM
    # the next text leaves the window free however the sheet slides in the envelope
    assert box_of(pdf, "URGENT REFERRAL")[1] > 95 * MM


@pytest.mark.parametrize("lines", [3, 4, 6])
def test_the_address_stands_in_the_window_of_an_american_envelope(lines: int) -> None:
    content = replace(sample.LETTER, window="us10", paper="letter", recipient=recipient(lines))
    pdf = letter.render(content)
    first, last = box_of(pdf, "Address line 1"), box_of(pdf, f"Address line {lines}")
    assert first[0] >= 1.0 * 72  # one eighth of an inch inside, with the sheet at the far side
    assert last[2] <= 4.375 * 72
    # the sheet lies at the bottom of the envelope
    assert first[1] >= 2.042 * 72
    assert last[3] <= 3.167 * 72
    if lines <= 4:
        assert first[1] >= 2.4 * 72


def test_the_text_of_a_windowed_letter_stands_under_its_address() -> None:
    pdf = letter.render(replace(sample.LETTER, window="dl"))
    assert box_of(pdf, "Dear Dr Sample")[0] == pytest.approx(25 * MM, abs=2)
    assert box_of(pdf, "Page 1 of 2")[2] == pytest.approx(595.276 - 19 * MM, abs=1)


def test_a_letterhead_that_would_cover_the_window_is_refused_with_what_to_do() -> None:
    tall = replace(sample.PRACTICE, registrations=tuple(f"Number {n}" for n in range(20)))
    assert not letter_head.fits(tall, sample.LETTER.words, "dl", "a4")
    assert letter_head.fits(tall, sample.LETTER.words, "none", "a4")
    assert letter_head.fits(sample.PRACTICE, sample.LETTER.words, "us10", "letter")
    with pytest.raises(DocumentFailed, match="window"):
        letter.render(replace(sample.LETTER, window="dl", practice=tall))


def test_website_registrations_and_logo_stand_in_the_letterhead() -> None:
    practice = replace(
        sample.PRACTICE,
        website="www.clinic.example",
        registrations=("Company number 01234567", "Provider EX-9981"),
        logo=image(),
    )
    pdf = letter.render(replace(sample.LETTER, practice=practice))
    for text in ("www.clinic.example", "Company number 01234567", "Provider EX-9981"):
        assert box_of(pdf, text)[3] < box_of(pdf, "Dr Robin Sample")[1]
    assert images_on(pdf, 0) == 1


def test_the_signature_stands_between_valediction_and_name_and_on_no_draft() -> None:
    content = replace(sample.LETTER, signature=image(600, 200))
    pdf = letter.render(content)
    assert images_on(pdf) == 1
    gap = box_of(pdf, "Dana Demo, phys", len(pages(pdf)) - 1)[1]
    gap -= box_of(pdf, "Yours sincerely", len(pages(pdf)) - 1)[3]
    assert gap > 17 * MM - 4
    assert images_on(letter.render(replace(content, draft=True))) == 0


def test_each_copy_has_its_own_address_and_says_that_it_is_one() -> None:
    content = replace(sample.LETTER, copies=COPIES, window="dl")
    first, second = letter.copies(content)
    assert "Copy to Dr Pat Sample (GP). The letter itself went to Dr Robin Sample" in flat(
        whole(first)
    )
    assert "Sampletown EX1 3CD" in whole(first)
    assert box_of(first, "3 High Street")[3] <= 90 * MM
    assert "1 Hospital Way" not in whole(first)
    assert "Copy to Alex Example." in whole(second)
    original = letter.render(content)
    assert "Copy to" not in whole(original)
    assert "Separate copies: Dr Pat Sample (GP); Alex Example." in flat(whole(original))


def test_enclosures_and_the_letter_that_is_corrected_are_named() -> None:
    said = "This letter corrects our letter L-2026-012 of 03 Feb 2026."
    content = replace(
        sample.LETTER, enclosures=("MRI report", "Body chart"), corrects=said, draft=True
    )
    read = flat(whole(letter.render(content)))
    assert "Enclosures: MRI report; Body chart." in read
    assert said in read


def test_the_outline_leads_to_each_part_on_its_page() -> None:
    table = LetterTable(("Test", "Left"), tuple((f"Test {n}", str(n)) for n in range(90)))
    parts = (
        LetterPart("Findings ≥ 5, Größe", table=table),
        LetterPart("Treatment so far", ((("Four visits.", False),),)),
    )
    pdf = letter.render(replace(sample.LETTER, parts=parts))
    reader = pypdf.PdfReader(BytesIO(pdf), strict=True)
    found = [(one.title, reader.get_destination_page_number(one)) for one in reader.outline]
    last = len(reader.pages) - 1
    assert found == [("Findings ≥ 5, Größe", 0), ("Treatment so far", last)]
    top = reader.outline[1].top
    height = float(reader.pages[last].mediabox.height)
    assert height - float(top) == pytest.approx(box_of(pdf, "Treatment so far", last)[1], abs=12)


def test_title_author_and_language_are_set() -> None:
    reader = pypdf.PdfReader(BytesIO(letter.render(sample.LETTER)))
    assert reader.metadata is not None
    assert reader.metadata.title == "Referral: Alex EXAMPLE"
    assert reader.metadata.author == "Dana Demo"
    assert reader.trailer["/Root"]["/Lang"] == "en"


def long_table(content: LetterContent) -> bytes:
    rows = tuple((f"Row {n} of a long table", "1", "2") for n in range(120))
    part = LetterPart("Findings", table=LetterTable(("Test", "Left", "Right"), rows))
    return letter.render(replace(content, parts=(part,)))


def test_a_long_table_repeats_its_header_and_every_page_says_who_it_is_about() -> None:
    read = pages(long_table(replace(sample.LETTER, window="dl", practice=sample.PRACTICE)))
    assert len(read) >= 3
    for number, text in enumerate(read, 1):
        assert "Test" in text
        assert f"Page {number} of {len(read)}" in text
        assert "Alex EXAMPLE, born 14 Jun 1991, CD-00412" in flat(text)


def test_curves_stand_in_rows_of_three_with_name_values_and_dates() -> None:
    trends = tuple(
        LetterTrend(
            f"Measure {number}",
            Trend(((0, 6.0), (14, 5.0), (28, 2.5)), 0, 10, "6", "2.5"),
            "20 Jan 2026 to 17 Feb 2026; lower is better",
        )
        for number in range(1, 6)
    )
    pdf = letter.render(replace(sample.LETTER, parts=(LetterPart("Course", trends=trends),)))
    places = [box_of(pdf, f"Measure {number}") for number in range(1, 6)]
    assert places[0][1] == pytest.approx(places[2][1], abs=1)
    assert places[3][1] > places[0][3] + 40
    assert places[4][0] > places[3][2]
    read = flat(whole(pdf))
    assert read.count("lower is better") == 5
    assert overlaps(pdf, 0) == []
