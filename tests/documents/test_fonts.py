"""Each character takes a shipped font, or is named as unprintable."""

from pathlib import Path

from clinic_desk import paths
from clinic_desk.documents.content import UnprintableCharacter
from clinic_desk.documents.fonts import font_of, texts_of, unprintable
from tests.documents import sample


def test_each_script_takes_its_font() -> None:
    expected = {
        "a": "NotoSans-Regular",
        "é": "NotoSans-Regular",
        "Ж": "NotoSans-Regular",
        "≥": "DejaVuSans",
        "☑": "DejaVuSans",
        "✓": "DejaVuSans",
        "→": "DejaVuSans",
        "א": "DejaVuSans",
        "م": "NotoNaskhArabic-Regular",
        "中": "DroidSansFallback",
        "あ": "DroidSansFallback",
        "한": "DroidSansFallback",
    }
    assert {sign: font_of(sign, False) for sign in expected} == expected
    assert font_of("≥", True) == "DejaVuSans-Bold"


def test_unprintable_characters_are_named_with_their_field() -> None:
    found = unprintable({"name": "Zoë 病人 محمد", "note": "ok 💪💪 x", "other": "\x00\u202e"})
    assert found == [UnprintableCharacter("note", "💪", "flexed biceps")]


def test_a_script_that_needs_shaping_is_refused_rather_than_set_wrongly() -> None:
    assert [one.character for one in unprintable({"note": "हिन्दी"})] == list(dict.fromkeys("हिन्दी"))
    assert unprintable({"note": "ไทย"})


def test_texts_of_a_content_say_where_they_stand() -> None:
    found = dict(texts_of(sample.LETTER))
    assert found["identity, name"] == "Alex EXAMPLE"
    assert found["parts 2 (History), heading"] == "History"
    assert found["recipient 2"].startswith("Orthopaedic")


def test_every_font_file_comes_with_its_licence() -> None:
    folder = Path(paths.resources() / "fonts")
    licences = [one.name for one in folder.glob("*.txt")]
    for font in folder.glob("*.ttf"):
        family = font.name.split("-")[0].removesuffix(".ttf")
        assert any(licence.startswith(family) for licence in licences), font.name
