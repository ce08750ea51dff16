"""An Arabic letter is laid out from right to left, but its window stays where envelopes have it."""

from dataclasses import replace

import pytest

from clinic_desk.documents import letter, theme
from clinic_desk.documents.content import LetterPart, LetterTable, LetterTrend, Window
from clinic_desk.drawing.trend import Trend
from tests.documents import sample
from tests.documents.reading import overlaps
from tests.documents.test_letter_paper import box_of, image, images_on

MM = theme.MM
WIDE = theme.PAPERS["a4"][0]
MIDDLE = WIDE / 2
TREND = LetterTrend("NPRS", Trend(((0, 6.0), (14, 5.0)), 0, 10, "6", "5"), "MCID 2")
CONTENT = replace(
    sample.LETTER,
    language="ar",
    salutation="السلام عليكم Dr Sample،",
    valediction="مع خالص التحية،",
    author_line="، رقم القيد PH-EXAMPLE-01",
    urgency="URGENT",
    parts=(
        LetterPart(
            "الفحص",
            (
                (("[…]", False),),
                (("Typed in English, as it was.", False),),
            ),
            LetterTable(("First", "Second", "Third"), (("34°", "20°", "أضعف بمقدار 28 %"),)),
            trends=(TREND,),
        ),
    ),
)
TABLE = CONTENT.parts[0]


def test_all_that_starts_a_line_stands_at_the_right_and_english_sentences_at_the_left() -> None:
    pages = letter.render(replace(CONTENT, parts=(LetterPart("x", TABLE.paragraphs),)))
    edge = WIDE - 19 * MM
    for text in ("Dana Demo", "[…]", "Dr Robin Sample", "Street Physiotherapy"):
        assert box_of(pages, text)[2] == pytest.approx(edge, abs=3), text
    assert box_of(pages, "Typed in English")[0] == pytest.approx(19 * MM, abs=2)
    assert box_of(pages, "desk@clinic")[0] == pytest.approx(19 * MM, abs=2)
    assert box_of(pages, "URGENT")[0] > MIDDLE


def test_columns_and_curves_go_from_right_to_left() -> None:
    pdf = letter.render(CONTENT)
    places = [box_of(pdf, text) for text in ("First", "Second", "Third")]
    assert places[0][0] > places[1][2]
    assert places[1][0] > places[2][2]
    assert places[0][2] == pytest.approx(box_of(pdf, "34°")[2], abs=2)
    for text in ("NPRS", "MCID 2"):
        assert box_of(pdf, text)[2] == pytest.approx(WIDE - 19 * MM, abs=3)
    assert overlaps(pdf, 0) == []


@pytest.mark.parametrize(("window", "left"), [("dl", 25 * MM), ("c5", 25 * MM), ("us10", 72.0)])
def test_the_window_of_an_envelope_is_at_the_left_of_an_arabic_letter_too(
    window: Window, left: float
) -> None:
    pdf = letter.render(replace(CONTENT, window=window, parts=(LetterPart("x"),)))
    assert box_of(pdf, "Dr Robin Sample")[0] == pytest.approx(left, abs=2)
    assert box_of(pdf, "Our ref")[0] > MIDDLE


def test_the_signature_stands_under_the_valediction() -> None:
    pdf = letter.render(replace(CONTENT, draft=False, signature=image(600, 200)))
    assert images_on(pdf) == 1
