"""The letter on paper, read back by two readers."""

import hashlib
import re
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdf
import pytest

from clinic_desk.clinical.measures import BodyChart, Mark, Place, Side
from clinic_desk.documents import letter
from clinic_desk.documents.content import LetterChart, LetterContent, LetterPart, LetterTable
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
    right_edge,
    second_reader,
    whole,
)

HOSTILE = [
    '<b>&amp;</b> <img src="/etc/passwd"/> <font color="[].append(1)">x</font>',
    "Pain <br> down & unclosed <b>",
    "{{ name }} {% for x in y %} %s ${x}",
    "Größe 5 µm ≥ ≤ ± ½ ☑ ✓ → “quoted” – dash — ’",
    "Ελληνικά, Русский, Tiếng Việt",
    "病人說左腿後側疼痛。",
    "한국어 환자, 日本語の患者",
]


def with_text(text: str) -> LetterContent:
    part = LetterPart("A part", (((text, False),),))
    return replace(sample.LETTER, parts=(part,))


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_referral_stands_on_one_page_with_every_text(paper: str) -> None:
    pdf = letter.render(replace(sample.LETTER, paper=paper))  # type: ignore[arg-type]
    read = letters(whole(pdf))
    skipped = ("words", "title", "language", "paper")
    for field, text in texts_of(sample.LETTER):
        if not field.startswith(skipped):
            assert letters(text) in read, field
    assert len(pages(pdf)) == 1


def test_paper_sizes_are_exact() -> None:
    for paper, size in (("a4", (595.276, 841.89)), ("letter", (612, 792))):
        pdf = letter.render(replace(sample.LETTER, paper=paper))  # type: ignore[arg-type]
        box = pypdf.PdfReader(BytesIO(pdf)).pages[0].mediabox
        assert (float(box.width), float(box.height)) == pytest.approx(size, abs=0.01)


@pytest.mark.parametrize("text", HOSTILE)
def test_text_from_people_is_printed_as_it_is(text: str) -> None:
    pdf = letter.render(with_text(text))
    assert letters(text) in letters(whole(pdf))
    assert letters(text) in second_reader(pdf)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_every_field_is_printed_everywhere(text: str) -> None:
    identity = replace(sample.IDENTITY, name=text, born=text, number=text, address=text)
    table = LetterTable((text, "Left"), ((text, text), ("x", text)))
    content = replace(
        sample.LETTER,
        practice=replace(sample.PRACTICE, name=text, subtitle=text, address=(text,)),
        identity=identity,
        recipient=(text, text),
        salutation=text,
        urgency=text,
        parts=(LetterPart(text, (((text, True),),), table, (((text, False),),)),),
        closing=(text,),
        author=text,
        signed_line=text,
    )
    pdf = letter.render(content)
    assert letters(whole(pdf)).count(letters(text)) >= 18
    for number in range(len(pages(pdf))):
        assert overlaps(pdf, number) == []


@pytest.mark.parametrize(
    "text",
    [
        "يشكو المريض من ألم في الفخذ الأيسر منذ أسبوعين، ويزداد الألم عند الجلوس والمشي. " * 4,
        "המטופל מתלונן על כאב בירך שמאל מזה שבועיים, והכאב מחמיר בישיבה ממושכת ובהליכה מהירה. " * 3,
    ],
)
def test_right_to_left_text_wraps_in_logical_order(text: str) -> None:
    pdf = letter.render(with_text(text))
    assert flat(text) in whole(pdf)
    edges = right_edge(pdf, "ARABIC" if "من" in text else "HEBREW")
    right = 595.276 - 19 * 72 / 25.4
    assert max(edges) == pytest.approx(right, abs=2)
    assert sum(edge > right - 12 for edge in edges) >= 3  # each line starts at the right


def test_copied_arabic_is_letters_not_joined_forms() -> None:
    pdf = letter.render(with_text("يشكو المريض من ألم شديد"))
    read = "".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages)
    assert "المريض" in read
    assert not re.search("[\ufe70-\ufefc]", read)


def test_an_arabic_patient_is_named_on_every_page() -> None:
    identity = replace(sample.IDENTITY, name="محمد عبد الرحمن")
    content = replace(with_text("A long story. " * 900), identity=identity)
    read = pages(letter.render(content))
    assert len(read) > 2
    # Readers put right-to-left words inside a left-to-right line in an order of their own.
    assert all(word in page for page in map(flat, read) for word in ("محمد", "عبد", "الرحمن"))


def test_a_paste_of_20_000_characters_flows_over_numbered_pages() -> None:
    text = " ".join(f"word{number}" for number in range(2_300))[:20_000]
    pdf = letter.render(with_text(text))
    read = pages(pdf)
    assert len(read) > 3
    body = "".join(
        line
        for page in read
        for line in page.splitlines()
        if not line.startswith("Alex EXAMPLE, born 14 Jun 1991, CD-00412. Confidential.")
    )
    assert letters(text) in letters(body)
    for number, page in enumerate(read, 1):
        assert f"Page {number} of {len(read)}" in flat(page)
        assert "Alex EXAMPLE, born 14 Jun 1991, CD-00412" in flat(page)


def test_nothing_stands_outside_the_margins_or_over_another_text() -> None:
    table = LetterTable(("Test", "Left"), tuple((f"Test {n} " * 9, "x" * 300) for n in range(30)))
    for paper, width, height in (("a4", 595.276, 841.89), ("letter", 612, 792)):
        content = replace(
            sample.LETTER,
            paper=paper,  # type: ignore[arg-type]
            parts=(*sample.LETTER.parts, LetterPart("More", (), table)),
            identity=replace(sample.IDENTITY, name="Wolfeschlegelsteinhausen " * 8),
            practice=replace(sample.PRACTICE, name="A very long practice name " * 4),
        )
        pdf = letter.render(content)
        for number in range(len(pages(pdf))):
            assert overlaps(pdf, number) == []
            for left, bottom, right, top, text in boxes(pdf, number):
                assert 52 < left < right < width - 52, text
                assert 20 < bottom < top < height - 30, text


def test_a_long_table_repeats_its_header_and_loses_no_row() -> None:
    rows = tuple((f"Test {number}", "1", "2") for number in range(120))
    table = LetterTable(("Measure", "Left side", "Right side"), rows)
    content = replace(sample.LETTER, parts=(LetterPart("Findings", (), table),))
    read = pages(letter.render(content))
    assert len(read) > 2
    with_rows = [page for page in read if "Test " in page]
    assert all(flat(page).count("Measure Left side Right side") == 1 for page in with_rows)
    assert flat(" ".join(read)).count("Test ") == 120


def test_a_row_longer_than_a_page_is_parted() -> None:
    text = " ".join(f"word{number}" for number in range(1_500))
    table = LetterTable(("Measure", "Left"), (("short", "x"), (text, "y"), ("last", "z")))
    pdf = letter.render(replace(sample.LETTER, parts=(LetterPart("Findings", (), table),)))
    read = whole(pdf)
    assert all(f"word{number}" in read for number in range(1_500))
    assert "last z" in read


@pytest.mark.parametrize("lines", range(20, 75))
def test_a_signature_is_never_alone_and_a_heading_never_last(lines: int) -> None:
    text = "\n".join(f"Line number {number}." for number in range(lines))
    plan = "\n".join(f"Rest {number}." for number in range(5))
    content = replace(
        sample.LETTER,
        parts=(
            LetterPart("History", (((text, False),),)),
            LetterPart("Plan", (((plan, False),),)),
        ),
    )
    for closing in (("Please see Alex soon.",), ()):
        for page in pages(letter.render(replace(content, closing=closing))):
            read = flat(page)
            before, found, _ = read.partition("Yours sincerely,")
            if found:
                assert "Line number" in before or "Rest" in before or "Please see" in before
            assert "Plan" not in read or read.count("Rest") >= 2


def test_a_signature_takes_the_end_of_a_table_along() -> None:
    for count in range(18, 45):
        rows = tuple((f"Test {number}", "1") for number in range(count))
        part = LetterPart("Findings", (), LetterTable(("Measure", "Left side"), rows))
        read = pages(letter.render(replace(sample.LETTER, parts=(part,), closing=())))
        page = next(flat(one) for one in read if "Yours sincerely" in one)
        assert "Test " in page.partition("Yours sincerely")[0]
        assert flat(" ".join(read)).count("Test ") == count


@pytest.mark.parametrize("lines", range(30, 60, 2))
def test_a_paragraph_leaves_no_single_line_behind(lines: int) -> None:
    text = "\n".join(f"Line number {number}." for number in range(lines))
    part = LetterPart("History", (((text, False),),))
    for page in pages(letter.render(replace(sample.LETTER, parts=(part,)))):
        assert flat(page).count("Line number") != 1


def test_the_same_content_gives_the_same_bytes_in_another_process() -> None:
    code = (
        "import sys, hashlib; from tests.documents import sample; "
        "from clinic_desk.documents import letter; "
        "sys.stdout.write(hashlib.sha256(letter.render(sample.LETTER)).hexdigest())"
    )
    root = Path(__file__).resolve().parents[2]
    found = {
        subprocess.run(
            [sys.executable, "-c", code], cwd=root, check=True, capture_output=True, text=True
        ).stdout
        for _ in range(2)
    }
    assert len(found) == 1
    assert letter.render(sample.LETTER) == letter.render(sample.LETTER)
    letter.render(with_text("Something else with 中文 between"))
    assert found == {hashlib.sha256(letter.render(sample.LETTER)).hexdigest()}


def test_every_font_is_embedded_and_helvetica_is_not_there() -> None:
    found = fonts(letter.render(with_text("≥ ☑ محمد 中文 שלום")))
    assert len(found) >= 5
    assert all(found.values())
    assert not any("Helvetica" in name for name in found)
    assert b"Helvetica" not in letter.render(sample.LETTER)


def test_title_author_and_language_are_set() -> None:
    reader = pypdf.PdfReader(BytesIO(letter.render(replace(sample.LETTER, language="fr"))))
    assert reader.metadata is not None
    assert reader.metadata.title == "Referral\u00a0: Alex EXAMPLE"
    assert reader.metadata.author == "Dana Demo"
    assert reader.trailer["/Root"]["/Lang"] == "fr"


def test_a_draft_says_so_on_each_page_and_has_no_signature() -> None:
    draft = replace(with_text("A long story. " * 900), draft=True)
    for page in pages(letter.render(draft)):
        assert "DRAFT" in page
    read = whole(letter.render(draft))
    assert "Signed 03 Feb 2026" not in read
    assert "Fingerprint" not in read
    assert "DRAFT" not in whole(letter.render(sample.LETTER))


def test_a_character_that_no_font_has_is_refused_with_its_field() -> None:
    content = replace(sample.LETTER, recipient=("Dr Robin 💪 Sample",))
    with pytest.raises(DocumentFailed, match=r"flexed biceps.*recipient 1"):
        letter.render(content)


def test_a_text_that_no_page_can_hold_is_refused_in_words() -> None:
    with pytest.raises(DocumentFailed, match="too long"):
        letter.render(
            replace(sample.LETTER, identity=replace(sample.IDENTITY, name="long " * 4000))
        )
    with pytest.raises(DocumentFailed, match="addressee is longer than a whole page"):
        letter.render(replace(sample.LETTER, recipient=("long " * 4000,)))


def test_the_body_chart_is_drawn_with_its_legend_and_its_words_can_be_copied() -> None:
    mark = Mark("pins_and_needles", 4, (Place("calf_back", Side.LEFT),))
    chart = LetterChart(
        BodyChart((mark,)), (("back", "Back"),), (("pins_and_needles", "Pins and needles"),)
    )
    words = "Pins and needles 4 of 10 in the left calf."
    part = LetterPart("Body chart", (((words, False),),), chart=chart)
    made = letter.render(replace(sample.LETTER, parts=(part,)))
    text = whole(made)
    for wanted in (words, "Back", "Left", "Right", "T4", "T Pins and needles", "0 to 10"):
        assert letters(wanted) in letters(text), wanted
    assert not overlaps(made)
