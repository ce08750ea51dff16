"""The recovery sheet, and pages as pixels."""

import pytest

from clinic_desk.documents import raster, recovery_sheet
from clinic_desk.documents.content import RecoverySheetContent
from clinic_desk.errors import DocumentFailed
from tests.documents import sample
from tests.documents.reading import fonts, letters, overlaps, pages, whole

CODE = "ABCD-EFGH-2345-6789-QRST-UVWX-3A4B-9XYZ"
SHEET = RecoverySheetContent(
    sample.PRACTICE, "Dana Demo", CODE, "03 Feb 2026", "/srv/dana/Clinic Desk"
)


def test_the_recovery_sheet_is_one_page_with_its_code() -> None:
    pdf = recovery_sheet.render(SHEET)
    assert len(pages(pdf)) == 1
    read = whole(pdf)
    assert letters(CODE) in letters(read)
    for text in ("Dana Demo", "03 Feb 2026", "/srv/dana/Clinic Desk"):
        assert text in read
    assert "birth date" not in read  # it is the practice's, and no patient's
    assert overlaps(pdf) == []
    assert all(fonts(pdf).values())


def test_a_page_comes_as_pixels_on_white() -> None:
    pdf = recovery_sheet.render(SHEET)
    assert raster.page_count(pdf) == 1
    width, height, stride, pixels = raster.page(pdf, 0, 0.5)
    assert (width, height) == (298, 421)
    assert len(pixels) == stride * height
    assert pixels[:4] == b"\xff\xff\xff\xff"
    assert min(pixels[0::4]) < 60


def test_bad_input_to_the_raster_is_refused_in_words() -> None:
    pdf = recovery_sheet.render(SHEET)
    with pytest.raises(DocumentFailed, match="not a readable PDF"):
        raster.page_count(b"no PDF at all")
    with pytest.raises(DocumentFailed, match="no page 2"):
        raster.page(pdf, 1, 1.0)
    with pytest.raises(DocumentFailed, match="this size"):
        raster.page(pdf, 0, 10_000)
