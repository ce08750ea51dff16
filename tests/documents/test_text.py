"""Text from people becomes safe lines: measured, broken, reordered."""

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic_desk.documents.fonts import unprintable
from clinic_desk.documents.text import Line, break_text, one_line, safe_text, width_of
from clinic_desk.errors import DocumentFailed


def drawn(text: str, width: float = 200, bold: bool = False) -> list[str]:
    return [
        "".join(run.text for run in line.runs) for line in break_text(((text, bold),), 10, width)
    ]


def test_control_characters_overrides_and_lone_surrogates_leave_nothing() -> None:
    assert safe_text("a\x00b\x1b[31m\u202eevil\u2066x\ud800\ufeffy") == "ab[31mevilxy"
    assert safe_text("e\u0301\r\nx\ty\u2028z") == "é\nx    y\nz"
    assert safe_text("☑\ufe0f") == "☑"


def test_markup_is_only_text() -> None:
    text = '<b>&amp; <img src="/etc/passwd"/> {{ name }} %s'
    assert drawn(text, 1000) == [text]


def test_lines_never_exceed_the_width_and_lose_no_word() -> None:
    text = (
        "The back of the left thigh tingles, well-known since 21 Jan 2026, worse on sitting. " * 9
    )
    lines = break_text(((text, False),), 10, 173)
    assert all(line.width <= 173 for line in lines)
    assert " ".join("".join(run.text for run in line.runs) for line in lines).replace(
        "- ", "-"
    ) == " ".join(text.split())


@pytest.mark.parametrize(
    "day",
    [
        "10 Feb 2026",
        "10. Februar 2026",
        "10 de febrero de 2026",
        "10 février 2026",
        "1er mars 2026",
    ],
)
def test_a_date_stays_on_one_line_as_each_language_writes_it(day: str) -> None:
    for width in range(110, 300, 3):
        assert any(f"{day}." in line for line in drawn(f"I will see you on {day}. Yes", width))


def test_a_range_is_not_parted_but_a_hyphened_word_is() -> None:
    assert drawn("pain 0-10", width_of("pain 0-", 10) + 1) == ["pain", "0-10"]
    assert drawn("a zinc-oxide", width_of("a zinc-", 10) + 1) == ["a zinc-", "oxide"]


def test_chinese_breaks_anywhere_but_not_before_a_full_stop() -> None:
    lines = drawn("病人說左腿後側疼痛。" * 6, 95)
    assert len(lines) > 5
    assert not any(line.startswith("。") for line in lines)


def test_bold_and_plain_share_a_line_and_a_word_may_change_weight() -> None:
    (line,) = break_text((("LEFT", True), ("ish thigh", False)), 10, 400)
    assert [run.text for run in line.runs] == ["LEFT", "ish thigh"]
    assert line.runs[0].font == "NotoSans-Bold"
    assert line.width == pytest.approx(width_of("LEFT", 10, True) + width_of("ish thigh", 10))
    broken = break_text((("xx LEFT", True), ("ish", False)), 10, width_of("xx LEFT", 10, True) + 2)
    assert ["".join(run.text for run in one.runs) for one in broken] == ["xx", "LEFTish"]


def test_arabic_lines_hold_their_words_in_logical_order() -> None:
    words = [f"كلمة{number}" for number in range(1, 9)]
    lines = break_text(((" ".join(words), False),), 10, 110)
    assert len(lines) > 1
    assert all(line.rtl and line.width <= 110 for line in lines)
    # On each line the first word stands right, so digits run down from right to left.
    digits = [[c for run in line.runs for c in run.text if c.isdigit()] for line in lines]
    assert [sorted(one, reverse=True) for one in digits] == digits
    assert [one[-1] for one in digits] == sorted(one[-1] for one in digits)


def test_arabic_letters_join_and_brackets_turn() -> None:
    line = one_line("(سلام)", 10)
    text = "".join(run.text for run in line.runs)
    assert text[0] + text[-1] == "()"
    assert any(0xFE70 <= ord(sign) <= 0xFEFC for sign in text)


def test_an_arabic_name_in_an_english_line_keeps_the_line_left() -> None:
    line = one_line("Patient محمد, born 1990", 10)
    assert not line.rtl
    text = "".join(run.text for run in line.runs)
    assert text.startswith("Patient ")
    assert text.endswith(", born 1990")


def test_a_composed_line_keeps_its_languages_direction_whatever_the_name() -> None:
    line = one_line("محمد عبد الرحمن بن عبد العزيز, born 1990", 10, base="L")
    assert not line.rtl
    assert "".join(run.text for run in line.runs).endswith(", born 1990")


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ("أقل 15°", "15°"),
        ("أضعف 28 %", "28 %"),
        ("القوة 182 N", "182 N"),
        ("تغير -5", "-5"),
        ("القوة ≥ 4,5 kg", "≥ 4,5 kg"),
        ("حرارة 37.5 °C", "37.5 °C"),
        ("يوم 12/02/2026", "12/02/2026"),
        ("هاتف +44 20 7946 0958", "+44 20 7946 0958"),
        ("كيس 6 kg، 8 kg", "8 kg ،6 kg"),  # a list goes on from right to left
        ("(34) 3 × 12", "(34) 3 × 12"),  # numbers alone stay as they are
        ("[…].", ".[…]"),
    ],
)
def test_a_number_keeps_its_sign_and_unit_on_their_sides_in_arabic(said: str, seen: str) -> None:
    (line,) = break_text(((said, False),), 10, 400, "R")
    assert line.rtl
    assert "".join(run.text for run in line.runs).startswith(seen)


@pytest.mark.parametrize("text", ["more than this (28 %), then", "أضعف من الجهة (28 %)، ثم"])
def test_a_number_and_its_unit_are_never_parted(text: str) -> None:
    for width in range(40, 130, 3):
        for line in break_text(((text, False),), 10, width):
            said = "".join(run.text for run in line.runs)
            assert ("28" in said) == ("%" in said), (width, said)


def test_a_text_in_latin_letters_reads_from_left_to_right_on_an_arabic_page() -> None:
    (line,) = break_text((("Seen by Dr Sample.", False),), 10, 400, "R")
    assert not line.rtl
    assert "".join(run.text for run in line.runs) == "Seen by Dr Sample."


def test_combining_marks_stay_with_their_letter_when_a_word_is_split() -> None:
    lines = drawn("x\u0331" * 200, 100)
    assert len(lines) > 1
    assert all(line.startswith("x") for line in lines)


@pytest.mark.parametrize("text", ["w" * 80_000, "سلام" * 20_000, "word " * 16_000, "-" * 80_000])
def test_a_huge_paste_is_broken_in_linear_time(text: str) -> None:
    started = time.process_time()
    lines = break_text(((text, False),), 10, 400)
    assert time.process_time() - started < 3
    assert all(line.width <= 400.01 for line in lines)


def test_a_character_without_a_font_never_becomes_a_gap() -> None:
    with pytest.raises(DocumentFailed, match=r"flexed biceps.*U\+1F4AA"):
        drawn("strong 💪")


def test_empty_and_blank_texts_are_one_empty_line() -> None:
    assert drawn("") == [""]
    assert len(drawn("a\n\nb")) == 3
    assert drawn("   ", 5) == [""]


_SCRIPTS = st.text(
    st.one_of(
        st.sampled_from("abc def-/0123 .,()<>&«»\n\t\u00a0\u200b\u200c\u200d\u202e"),
        st.sampled_from("سلاملأآبِسْمِ،؟٠١٢"),
        st.sampled_from("שלוםעִברית"),
        st.sampled_from("病人說。한국어あ「」"),
        st.characters(),
    ),
    max_size=80,
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(_SCRIPTS, st.booleans()), max_size=4), st.floats(15, 300))
def test_any_text_is_set_whole_within_the_width_or_refused(
    spans: list[tuple[str, bool]], width: float
) -> None:
    fields = {str(number): text for number, (text, _) in enumerate(spans)}
    refused = unprintable(fields)
    if refused:
        with pytest.raises(DocumentFailed):
            break_text(spans, 10, width)
        return
    lines = break_text(spans, 10, width)
    assert all(line.width <= width + 0.01 or len(letters_of([line])) <= 2 for line in lines)
    given_letters = sorted(
        unicodedata.normalize("NFKC", "".join(safe_text(text) for text, _ in spans))
    )
    assert [sign for sign in sorted(letters_of(lines)) if sign not in _DROPPED] == [
        sign for sign in given_letters if sign not in _DROPPED
    ]


_DROPPED = set(" \n\u00a0\u200b\u200c\u200d()<>[]{}«»")  # brackets turn round


def letters_of(lines: list[Line]) -> str:
    return unicodedata.normalize("NFKC", "".join(run.text for line in lines for run in line.runs))
