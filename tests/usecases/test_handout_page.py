"""The handout in every preset, size and language, read back from the page."""

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import get_args

import pypdf
import pytest
import zxingcpp

from clinic_desk.documents import handout, raster
from clinic_desk.documents.content import HandoutContent, Preset
from clinic_desk.documents.fonts import texts_of
from clinic_desk.library import Library
from clinic_desk.usecases import handout_page, program_words, samples
from clinic_desk.usecases.program_views import Line, ProgramContent, SheetOptions
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
from tests.support import translated

PRESETS = get_args(Preset)
PATIENTS = [one for one in PRESETS if one != "clinician"]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The library, all of it in invented Arabic, none of it in the other languages."""
    root = translated.folder(tmp_path_factory.mktemp("resources"))
    translated.write(root, "ar", "exercises", translated.exercises("ar"))
    return Library(root)


def composed(library: Library, paper: str = "a4", **options: object) -> HandoutContent:
    sheet = SheetOptions(**options)  # type: ignore[arg-type]
    program = samples.program(library, "comp_2", sheet, paper)
    return handout_page.compose(library, program, samples._ALEX)


def printed(content: HandoutContent) -> list[str]:
    """The texts that a preset promises to print."""
    texts = [content.title, content.patient_name, content.date_line]
    for one in content.exercises:
        texts += [one.name]
        if content.preset != "clinician":
            texts += [*one.steps, *(one.doses if content.preset == "easy-read" else (one.dosage,))]
    if content.preset == "clinician":
        assert content.clinician is not None
        texts += [*content.clinician.facts, *content.clinician.header]
        texts += [
            line for row in content.clinician.rows for cell in row for line in cell.split("\n")
        ]
        return texts
    texts += [content.stop_lead, content.emergency_lead, content.frequency, content.minutes]
    texts += [content.note, content.grid_title, *(one.pain_row for one in content.grids)]
    return texts


@pytest.mark.parametrize("language", ["en", "fr", "de", "es", "pt", "ar"])
@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("preset", PRESETS)
def test_every_text_is_read_back_and_stands_within_the_page(
    library: Library, preset: str, paper: str, language: str
) -> None:
    content = composed(library, paper, preset=preset, language=language)
    pdf = handout.render(content)
    read = letters(whole(pdf))
    for text in printed(content):
        # readers turn numbers and Latin words within Arabic lines round; each word is whole
        mixed = language == "ar" and any(sign.isascii() and sign.isalnum() for sign in text)
        for part in re.findall(r"\w+", text) if mixed else [text]:
            assert letters(part) in read, text
    if language != "ar":  # pypdf gives right-to-left lines in the order of drawing
        other = second_reader(pdf)
        assert [text for text in printed(content) if letters(text) not in other] == []
    width, height = raster.page(pdf, 0, 1.0)[:2]
    for number in range(len(pages(pdf))):
        assert overlaps(pdf, number) == []
        for left, bottom, right, top, text in boxes(pdf, number):
            assert 30 < left < right < width - 30, text
            assert 12 < bottom < top < height - 20, text
    assert all(fonts(pdf).values())
    reader = pypdf.PdfReader(BytesIO(pdf))
    assert reader.trailer["/Root"]["/Lang"] == language
    assert reader.metadata is not None
    assert str(reader.metadata.title).startswith(content.title)


@pytest.mark.parametrize("language", ["en", "fr", "de", "es", "pt", "ar"])
def test_four_exercises_with_the_grid_fill_one_a4_page(language: str) -> None:
    assert len(pages(handout.render(composed(Library(), language=language)))) == 1


@pytest.mark.parametrize("preset", PATIENTS)
@pytest.mark.parametrize(("first", "second"), [("ar", "en"), ("fr", "ar"), ("de", "en")])
def test_two_languages_stand_beside_each_other(
    library: Library, preset: str, first: str, second: str
) -> None:
    content = composed(
        library,
        preset=preset,
        language=first,
        second=second,
        advice=("cramp_now",),
        stop_rules=True,
    )
    assert content.other is not None
    pdf = handout.render(content)
    read = letters(whole(pdf))
    for one in (content, content.other):
        for exercise in one.exercises:
            assert letters(exercise.name) in read
            for step in exercise.steps:
                assert letters(step) in read
        assert letters(one.stop_lead) in read
        for text in one.advice[0].text:
            for sentence in text.split(". "):
                assert letters(sentence) in read
    for number in range(len(pages(pdf))):
        assert overlaps(pdf, number) == []


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize("preset", PATIENTS)
def test_the_code_on_the_printed_page_decodes_to_the_programs_text(
    library: Library, preset: str, language: str
) -> None:
    content = composed(library, preset=preset, language=language)
    pdf = handout.render(content)
    texts = []
    for number in range(len(pages(pdf))):
        width, height, stride, pixels = raster.page(pdf, number, 300 / 72)
        grey = bytes(pixels[0::4])
        rows = b"".join(
            grey[row * (stride // 4) : row * (stride // 4) + width] for row in range(height)
        )
        found = zxingcpp.read_barcodes(memoryview(rows).cast("B", (height, width)))
        texts += [one.bytes.decode() for one in found]
    assert texts == [content.qr_text]
    for exercise in content.exercises:
        assert exercise.name in texts[0]


def test_a_right_to_left_page_is_mirrored_but_no_body_is(library: Library) -> None:
    arabic, english = composed(library, language="ar"), composed(library, language="en")
    for one, other in zip(arabic.exercises, english.exercises, strict=True):
        assert (one.start, one.finish) == (other.start, other.finish)
    pdf = handout.render(arabic)
    width = raster.page(pdf, 0, 1.0)[0]
    title = next(box for box in boxes(pdf) if "تمارينك" in flat(box[4]))
    name = next(box for box in boxes(pdf) if letters(box[4]) == "AlexExample")
    assert title[0] > width / 2 > name[2]
    captions = [box for box in boxes(pdf) if flat(box[4]) in ("البداية", "النهاية")]
    assert len(captions) == 2 * len(arabic.exercises)
    start = next(box for box in captions if flat(box[4]) == "البداية")
    assert all(start[0] > box[0] for box in captions if flat(box[4]) == "النهاية")


def test_a_telephone_number_keeps_its_order_among_arabic_words(library: Library) -> None:
    pdf = handout.render(composed(library, language="ar"))
    drawn = " ".join(box[4] for box in boxes(pdf))
    assert "555-0100" in drawn
    assert "0100-555" not in drawn


def test_a_missing_text_stands_in_english_with_its_language_named(library: Library) -> None:
    content = composed(library, language="fr")
    assert {one.tag for one in content.exercises} == {"anglais"}
    assert whole(handout.render(content)).count("(anglais)") == len(content.exercises)
    program = samples.program(library, "comp_2", SheetOptions(language="fr"), "a4")
    gaps = handout_page.gaps(library, program, "en")
    assert sum(one.missing for one in gaps) == len(content.exercises)
    english = replace(program, sheet=SheetOptions())
    assert handout_page.gaps(library, english, "en") == ()


def test_an_unreviewed_translation_is_said_on_paper_only_where_the_practice_wants_it(
    library: Library,
) -> None:
    program = samples.program(library, "comp_2", SheetOptions(language="ar"), "a4")
    remark = library.translation("ar").words.say("frame.unreviewed")
    for wanted in (True, False):
        occasion = replace(samples._ALEX, say_unreviewed=wanted)
        pdf = handout.render(handout_page.compose(library, program, occasion))
        assert (letters(remark) in letters(whole(pdf))) is wanted


def test_the_patients_own_language_is_taken_where_none_is_chosen(library: Library) -> None:
    program = samples.program(library, "comp_2", SheetOptions(), "a4")
    assert handout_page.language_of(library, program, "ar-EG") == "ar"
    assert handout_page.language_of(library, program, "sw") == "en"
    chosen = replace(program, sheet=SheetOptions(language="de"))
    assert handout_page.language_of(library, chosen, "ar") == "de"


@pytest.mark.parametrize("weeks", range(7))
def test_the_grid_has_seven_days_for_each_week(library: Library, weeks: int) -> None:
    content = composed(library, weeks=weeks)
    assert sum(len(one.days) for one in content.grids) == 7 * weeks
    handout.render(content)


def test_no_grid_still_names_the_next_visit(library: Library) -> None:
    assert "Next appointment: 10 Feb 2026" in whole(handout.render(composed(library, weeks=0)))
    timed = composed(library, next_time="10:30")
    assert "Next appointment: 10 Feb 2026, 10:30" in whole(handout.render(timed))


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_names_of_300_characters_and_long_texts_are_never_dropped(
    library: Library, preset: str, language: str
) -> None:
    content = composed(library, preset=preset, language=language)
    long = "Wolfeschlegelsteinhausenbergerdorff " * 8 + "Wolfeschlegel"
    step = " ".join(f"Word{number}" for number in range(400))
    first = replace(content.exercises[0], name=long, short_name=long, steps=(step,) * 3)
    changed = replace(content, patient_name=long, exercises=(first, *content.exercises[1:]))
    pdf = handout.render(changed)
    read = letters(whole(pdf))
    assert letters(long) in read
    if preset != "clinician":
        assert read.count("Word399") == 3
    for number in range(len(pages(pdf))):
        assert overlaps(pdf, number) == []


def test_every_text_of_a_large_print_page_is_at_least_its_size(library: Library) -> None:
    sizes: list[float] = []

    def note(text: str, _cm: object, _tm: object, _font: object, size: float) -> None:
        if any(step[:12] in text for one in content.exercises for step in one.steps):
            sizes.append(size)

    for preset, least in (("large-print", 18), ("large-print-20", 20), ("easy-read", 14)):
        content = composed(library, preset=preset)
        sizes.clear()
        for page in pypdf.PdfReader(BytesIO(handout.render(content))).pages:
            page.extract_text(visitor_text=note)
        assert sizes
        assert min(sizes) >= least


def test_the_clinicians_page_says_dose_gate_reason_and_source(library: Library) -> None:
    program = samples.program(library, "acute_g2_late", SheetOptions(preset="clinician"), "a4")
    line: Line = replace(program.lines[0], override_reason="Walks well already", note="Slowly")
    changed: ProgramContent = replace(program, lines=(line, *program.lines[1:]))
    content = handout_page.compose(library, changed, samples._ALEX)
    read = whole(handout.render(content))
    exercise = library.exercise(line.exercise).exercise
    assert "Held back; reason: Walks well already" in read
    assert letters(exercise.source) in letters(read)
    assert letters(program_words.dosage(library.translation("en").words, line)) in letters(read)
    assert "Grade 2: from day" in read or "Grade 2: any time" in read


def test_markup_in_words_is_printed_as_it_is(library: Library, tmp_path: Path) -> None:
    content = replace(composed(library), note="<b>{limit}</b> {{x}}")
    assert "<b>{limit}</b> {{x}}" in whole(handout.render(content))
    assert [field for field, text in texts_of(content) if "{{x}}" in text] == ["note"]
