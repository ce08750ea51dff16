"""The handout on paper, read back by two readers."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO

import pypdf
import pytest

from clinic_desk.documents import handout, qr, raster
from clinic_desk.documents.content import HandoutContent
from clinic_desk.documents.fonts import texts_of
from clinic_desk.errors import DocumentFailed
from tests.documents import sample
from tests.documents.reading import (
    boxes,
    flat,
    fonts,
    letters,
    overlaps,
    pages,
    second_reader,
    whole,
)


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_four_exercises_with_grid_and_code_carry_every_text(paper: str) -> None:
    pdf = handout.render(replace(sample.HANDOUT, paper=paper))  # type: ignore[arg-type]
    read = letters(whole(pdf))
    skipped = (
        "words",
        "language",
        "paper",
        "preset",
        "qr text",
        "practice, subtitle",
        "practice, address",
    )
    ours = ("practice, email", "identity, age", "identity, phone", "identity, address")
    for field, text in texts_of(sample.HANDOUT):
        if not field.startswith((*skipped, *ours, "identity, case line")):
            assert letters(text) in read, field
            assert letters(text) in second_reader(pdf), field
    assert overlaps(pdf) == []
    assert len(pages(pdf)) == 1


def test_body_text_is_never_smaller_than_12_points() -> None:
    sizes: dict[str, float] = {}

    def note(text: str, _cm: object, matrix: list[float], _font: object, size: float) -> None:
        if text.strip():
            sizes[text.strip()] = size

    for exercises in (sample.EXERCISES, sample.EXERCISES + sample.EXERCISES[:2]):
        content = replace(sample.HANDOUT, paper="letter", exercises=exercises)
        for page in pypdf.PdfReader(BytesIO(handout.render(content))).pages:
            page.extract_text(visitor_text=note)
    steps = [size for text, size in sizes.items() if "Squeeze" in text or "pain up to 3" in text]
    assert steps
    assert min(steps) >= 12


def test_a_letter_page_that_is_too_short_puts_the_grid_on_the_next() -> None:
    exercises = tuple(
        replace(one, steps=(*one.steps, "And once more, as slowly as you can do it, please."))
        for one in sample.EXERCISES
    )
    content = replace(sample.HANDOUT, paper="letter", exercises=exercises, note="Take care. " * 60)
    read = pages(handout.render(content))
    assert len(read) == 2
    assert "Arm and leg reach" in read[0]
    assert "Worst pain 0 to 10" in read[1]


def test_seven_exercises_flow_over_pages_each_with_identity_and_number() -> None:
    exercises = sample.EXERCISES + sample.EXERCISES[:3]
    pdf = handout.render(replace(sample.HANDOUT, exercises=exercises))
    read = pages(pdf)
    assert len(read) == 2
    for number, page in enumerate(read, 1):
        assert "Alex EXAMPLE, born 14 Jun 1991, CD-00412" in flat(page)
        assert f"Page {number} of 2" in flat(page)
        assert overlaps(pdf, number - 1) == []


@pytest.mark.parametrize(
    "name",
    ["Wolfeschlegelsteinhausenbergerdorff " * 6, "x" * 250, "歐陽" * 40],
)
def test_a_long_name_wraps_and_lies_over_nothing(name: str) -> None:
    content = replace(
        sample.HANDOUT,
        patient_name=name,
        identity=replace(sample.IDENTITY, name=name),
        exercises=tuple(replace(one, name=name, short_name=name) for one in sample.EXERCISES[:2]),
    )
    pdf = handout.render(content)
    assert letters(whole(pdf)).count(letters(name)) >= 4
    for number in range(len(pages(pdf))):
        assert overlaps(pdf, number) == []
        for left, bottom, right, top, text in boxes(pdf, number):
            assert 35 < left < right < 595.276 - 35, text
            assert 15 < bottom < top < 841.89 - 25, text


def test_markup_is_printed_as_it_is() -> None:
    text = '<b>&amp; <img src="/etc/passwd"/> {{x}}'
    exercise = replace(
        sample.EXERCISES[0], name=text, dosage=text, steps=(text,), note=text, start_caption=text
    )
    content = replace(sample.HANDOUT, exercises=(exercise,), note=text, stop_text=text, title=text)
    assert letters(whole(handout.render(content))).count(letters(text)) >= 7


def test_an_arabic_handout_is_readable_in_logical_order() -> None:
    steps = ("استلق على ظهرك واثن ركبتيك.", "ارفع الحوض ببطء حتى يستقيم الجسم.", "ثم أنزله ببطء.")
    exercise = replace(sample.EXERCISES[0], name="الجسر", dosage="مجموعتان من 8", steps=steps)
    pdf = handout.render(replace(sample.HANDOUT, language="ar", exercises=(exercise,)))
    read = whole(pdf)
    for text in ("الجسر", *steps):
        assert letters(text) in letters(read)


def test_the_same_content_gives_the_same_bytes() -> None:
    assert handout.render(sample.HANDOUT) == handout.render(sample.HANDOUT)


def test_fonts_are_embedded() -> None:
    found = fonts(handout.render(sample.HANDOUT))
    assert found
    assert all(found.values())
    assert not any("Helvetica" in name for name in found)


def test_a_draft_says_so() -> None:
    assert "DRAFT" in whole(handout.render(replace(sample.HANDOUT, draft=True)))
    assert "DRAFT" not in whole(handout.render(sample.HANDOUT))


def test_a_character_that_no_font_has_is_refused_with_its_field() -> None:
    exercise = replace(sample.EXERCISES[0], steps=("Go 🏃 now",))
    with pytest.raises(DocumentFailed, match=r"runner.*exercises 1 .*steps 1"):
        handout.render(replace(sample.HANDOUT, exercises=(exercise,)))


def _printed_code(content: HandoutContent) -> list[list[int]]:
    """The modules of the code as they stand on the rendered page."""
    pdf = handout.render(content)
    scale = 6.0
    _, height, stride, pixels = raster.page(pdf, 0, scale)
    rows = qr.matrix(content.qr_text)
    side = qr.side(content.qr_text)
    assert rows is not None
    assert side is not None
    caption = next(box for box in boxes(pdf) if "Scan to keep" in box[4])
    centre = (caption[0] + caption[2]) / 2
    step = side / len(rows) * scale

    def dark(x: float, y: float) -> bool:
        return pixels[int(y) * stride + int(x) * 4] < 128

    # The finder pattern's upper edge: the first dark row above the caption's column block.
    left = centre * scale - side * scale / 2
    bottom = height - caption[3] * scale
    y = bottom
    while not any(dark(left + step * k, y) for k in range(3, 5)):
        y -= 1
    top = y + 1 - len(rows) * step
    return [
        [int(dark(left + (c + 0.5) * step, top + (r + 0.5) * step)) for c in range(len(rows))]
        for r in range(len(rows))
    ]


def test_the_printed_code_is_the_encoded_text_module_by_module() -> None:
    rows = qr.matrix(sample.HANDOUT.qr_text)
    assert rows is not None
    assert _printed_code(sample.HANDOUT) == [list(row) for row in rows]


def test_the_code_is_28_mm_or_larger_or_absent() -> None:
    mm = 72 / 25.4
    assert qr.side("x" * 400) == pytest.approx(28 * mm)
    more = qr.side("x" * 700)
    assert more is not None
    assert 28 * mm < more <= 44 * mm
    assert qr.side("x" * 2000) is None
    pdf = handout.render(replace(sample.HANDOUT, qr_text="x" * 2000))
    assert "Scan to keep" not in whole(pdf)


def test_a_handout_without_grid_note_or_code_is_fine() -> None:
    content = replace(sample.HANDOUT, grids=(), grid_title="", qr_text="", note="", note_lead="")
    assert len(pages(handout.render(content))) == 1


def test_two_threads_draw_the_same_pages_at_the_same_time() -> None:
    contents = [replace(sample.HANDOUT, note=f"Größe {n} ≥ 中 محمد " * (n + 1)) for n in range(8)]
    alone = [handout.render(content) for content in contents]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(handout.render, contents)) == alone


def test_longer_texts_stand_close_only_as_far_as_the_page_needs() -> None:
    """What the sheet leaves of its page, once it is made to fit, is air between its parts."""
    for steps in range(1, 4):
        more = ("Then do it all once more, as slowly and as quietly as you can do it.",) * steps
        exercises = tuple(replace(one, steps=one.steps + more) for one in sample.EXERCISES)
        pdf = handout.render(replace(sample.HANDOUT, exercises=exercises))
        if len(pages(pdf)) > 1:
            assert steps > 1
            break
        feet = sorted(bottom for _left, bottom, *_rest in boxes(pdf))
        foot, lowest = feet[0], next(one for one in feet if one > feet[0] + 12)
        assert lowest - foot < 40
