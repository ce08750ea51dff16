"""The window of an envelope shows the address wherever the sheet slides, and nothing else."""

from dataclasses import dataclass, replace

import pypdfium2
import pytest

from clinic_desk.documents import letter, letter_head, theme
from clinic_desk.documents.content import LetterImage, Paper, Window
from tests.documents import sample
from tests.documents.test_letter_paper import box_of, image, recipient

MM = theme.MM
INCH = 25.4
DOTS = 4  # a millimetre of the picture that is looked at


@dataclass(frozen=True)
class Envelope:
    """Millimetres: envelope, folded sheet, and the window from the upper left corner."""

    size: tuple[float, float]
    sheet: tuple[float, float]
    window: tuple[float, float, float, float]
    field: tuple[float, float, float, float]  # of the sheet, for the address and the sender

    def seen(self) -> tuple[float, float, float, float]:
        """All of the sheet that the window shows anywhere."""
        across, down = self.size[0] - self.sheet[0], self.size[1] - self.sheet[1]
        left, top, right, bottom = self.window
        return left - across, top - down, right, bottom


# DIN 680: a window of 90 x 45 mm, 20 mm from the left, 15 mm (DL) or 60 mm (C5) from below, each
# within 1 mm. DIN 5008 form B: the address field, 20 mm from the left and 45 mm from above.
# US #10: 4 1/2 x 1 1/8 in, 7/8 in from the left and 1/2 in from below.
ENVELOPES = {
    "dl": Envelope((220, 110), (210, 105), (20, 50, 110, 95), (20, 45, 105, 90)),
    "c5": Envelope((229, 162), (210, 148.5), (20, 57, 110, 102), (20, 45, 105, 90)),
    "us10": Envelope(
        (9.5 * INCH, 4.125 * INCH),
        (8.5 * INCH, 11 / 3 * INCH),
        (0.875 * INCH, 2.5 * INCH, 5.375 * INCH, 3.625 * INCH),
        (0.9 * INCH, 2.05 * INCH, 4.35 * INCH, 3.167 * INCH),
    ),
}
TOLERANCE = 1.0
LOGO: LetterImage = image(300, 120)
TALL = replace(
    sample.PRACTICE,
    website="www.clinic.example",
    registrations=("Company number 01234567", "Provider EX-9981", "Chamber EX 77"),
    logo=LOGO,
)
CASES: list[tuple[Window, Paper]] = [("dl", "a4"), ("c5", "a4"), ("us10", "letter")]


@pytest.mark.parametrize(("window", "paper"), CASES)
@pytest.mark.parametrize("lines", [1, 4])
def test_the_whole_address_shows_wherever_the_sheet_slides(
    window: Window, paper: Paper, lines: int
) -> None:
    pdf = letter.render(
        replace(sample.LETTER, window=window, paper=paper, recipient=recipient(lines))
    )
    left, top, _, _ = (one / MM for one in box_of(pdf, "Address line 1"))
    _, _, right, bottom = (one / MM for one in box_of(pdf, f"Address line {lines}"))
    one = ENVELOPES[window]
    across, down = one.size[0] - one.sheet[0], one.size[1] - one.sheet[1]
    for x in (0.0, across):
        for y in (0.0, down):
            assert left + x >= one.window[0] + TOLERANCE
            assert right + x <= one.window[2] - TOLERANCE
            assert top + y >= one.window[1]
            assert bottom + y <= one.window[3]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(("window", "paper"), CASES)
def test_nothing_but_the_address_and_its_sender_shows_in_the_window(
    window: Window, paper: Paper, language: str
) -> None:
    practice = TALL if language == "en" else sample.PRACTICE
    assert letter_head.fits(practice, sample.LETTER.words, window, paper)
    content = replace(
        sample.LETTER, window=window, paper=paper, practice=practice, language=language
    )
    one = ENVELOPES[window]
    with pypdfium2.PdfDocument(letter.render(content)) as document:
        page = document[0].render(scale=DOTS / MM, grayscale=True).to_pil()
    page.paste(255, tuple(round(edge * DOTS) for edge in one.field))
    seen = [
        edge + (TOLERANCE if place > 1 else -TOLERANCE) for place, edge in enumerate(one.seen())
    ]
    shown = page.crop(tuple(round(max(edge, 0.0) * DOTS) for edge in seen))
    assert shown.getextrema()[0] == 255


def test_the_letterhead_leaves_the_address_field_to_the_address() -> None:
    pdf = letter.render(replace(sample.LETTER, window="dl", practice=TALL))
    assert box_of(pdf, "Physiotherapy and rehabilitation")[3] <= 45 * MM
    assert box_of(pdf, "Chamber EX 77")[0] >= 110 * MM  # what stands beside the field
