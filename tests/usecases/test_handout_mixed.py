"""Handouts with all at once: supersets, distance, load, own photos, notes, many languages."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from clinic_desk.clinical.dosage import Mode
from clinic_desk.documents import handout
from clinic_desk.documents.content import HandoutContent
from clinic_desk.drawing import shapes
from clinic_desk.library import Library
from clinic_desk.library.own import Entry
from clinic_desk.usecases import handout_page, program_content, program_words, samples
from clinic_desk.usecases.program_views import SheetOptions
from tests.documents.reading import boxes, letters, overlaps, pages, whole
from tests.usecases.test_handout_page import PATIENTS, printed

TEMPLATES = [one.id for one in Library().templates() if len(one.exercises) == 4]


def photo(colour: str) -> shapes.Picture:
    out = BytesIO()
    Image.new("RGB", (900, 700), colour).save(out, "JPEG")
    return shapes.photo(out.getvalue(), 900, 700)


@pytest.fixture(scope="module")
def library() -> Library:
    shipped = Library()
    tables = {key: one for key, one in shipped.shipped_tables("s2_bridge").items() if key != "pose"}
    mine = {**tables, "id": "own_bridge", "name": "Our own bridge with two photos"}
    entry = Entry("own_bridge", mine, photos=(photo("tan"), photo("steelblue")))
    return shipped.of_clinic(lambda: [entry])


def mixed(library: Library, paper: str, **options: object) -> HandoutContent:
    sheet = SheetOptions(stop_rules=True, weeks=6, **options)  # type: ignore[arg-type]
    program = samples.program(library, "subacute", sheet, paper)
    own = program_content.line_from(library.exercise("own_bridge").exercise, None)
    walk = program_content.line_from(library.exercise("s1_easy_walk").exercise, None)
    lines = (
        replace(own, superset=1, sets=3),
        replace(program.lines[1], superset=1, load="12.5 kg", effort=4),
        replace(program_content.in_mode(walk, Mode.DISTANCE), distance_m=1500, note="Level ground"),
        program.lines[3],
    )
    changed = replace(program, lines=lines, note="Keep & <b>going</b>.")
    return handout_page.compose(library, changed, samples._ALEX)


@pytest.mark.parametrize("preset", PATIENTS)
@pytest.mark.parametrize(
    ("language", "second", "paper"),
    [
        ("de", "", "a4"),
        ("fr", "", "letter"),
        ("ar", "", "letter"),
        ("ar", "en", "a4"),
        ("de", "ar", "letter"),
    ],
)
def test_nothing_is_dropped_and_nothing_overlaps(
    library: Library, preset: str, language: str, second: str, paper: str
) -> None:
    content = mixed(library, paper, preset=preset, language=language, second=second)
    pdf = handout.render(content)
    read = letters(whole(pdf))
    sides = [content] if content.other is None else [content, content.other]
    for side in sides:
        # head and grid are the patient's own, in their language alone
        own = {side.date_line, *(one.pain_row for one in side.grids)}
        for text in printed(side):
            if side is not content and text in own:
                continue
            turned = "ar" in (language, second) and any(
                sign.isascii() and sign.isalnum() for sign in text
            )
            for part in re.findall(r"\w+", text) if turned else [text]:
                assert letters(part) in read, text
        for one in side.exercises:
            assert all(letters(lead) in read for lead, _ in one.rules)
    for number in range(len(pages(pdf))):
        assert overlaps(pdf, number) == []
        assert all(bottom > 12 for _left, bottom, _right, _top, _text in boxes(pdf, number))


@pytest.mark.parametrize("language", ["de", "fr"])
def test_every_template_of_four_fills_one_a4_page_where_english_does(language: str) -> None:
    library = Library()
    sheet = SheetOptions(language=language)
    longer = [
        name for name in TEMPLATES if len(pages(samples.handout_of(library, name, sheet))) != 1
    ]
    assert longer == []


@pytest.mark.parametrize(
    ("language", "far", "load"),
    [("en", "1.5 km", "12.5 kg"), ("de", "1,5 km", "12,5 kg"), ("ar", "1.5 كم", "12.5 kg")],
)
def test_numbers_are_written_as_the_language_writes_them(
    language: str, far: str, load: str
) -> None:
    says = Library().translation(language).words
    assert program_words.distance(says, 1500) == far
    assert program_words.load(says, "12.5 kg") == load
