"""Before a letter of another language goes: who has read its words, and which side they name."""

from dataclasses import replace
from uuid import UUID

import pytest

from clinic_desk.library.speech import speech
from clinic_desk.usecases import letters, preflight_words
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.letter_views import LetterDraft
from tests.ui.paper_stage import evaluated
from tests.usecases.answers import STRAIN

OTHER = {
    "de": "Das rechte Bein ist betroffen.",
    "fr": "La jambe droite est atteinte.",
    "es": "La pierna derecha está afectada.",
    "pt": "A perna direita está afetada.",
    "ar": "الساق اليمنى مصابة.",
}


def checks(desk: Desk, case: UUID, draft: LetterDraft) -> dict[str, bool]:
    view = letters.preview(desk, case, draft)
    return {one.check: one.blocking for one in view.problems}


@pytest.mark.parametrize("language", OTHER)
def test_words_that_nobody_reviewed_are_said_and_let_the_letter_go(
    language: str, desk: Desk, strain: UUID
) -> None:
    evaluated(desk, strain, STRAIN)
    draft = letters.compose(desk, strain, f"referral-gp@{language}")
    assert checks(desk, strain, draft)["translation"] is False
    english = letters.compose(desk, strain, "referral-gp")
    assert "translation" not in checks(desk, strain, english)


@pytest.mark.parametrize("language", OTHER)
def test_a_part_that_names_the_other_side_is_found(language: str, desk: Desk, strain: UUID) -> None:
    evaluated(desk, strain, STRAIN)
    draft = letters.compose(desk, strain, f"referral-gp@{language}")
    assert not [one for one in checks(desk, strain, draft) if one.startswith("side")]
    parts = tuple(
        replace(one, text=f"{one.text} {OTHER[language]}", sentences=())
        if one.id == "history"
        else one
        for one in draft.parts
    )
    assert "side:history" in checks(desk, strain, replace(draft, parts=parts))


NO_DAY = {
    "de": ("am 31. Februar 2026", "am 28. Februar 2026", "31.02.2026"),
    "fr": ("le 30 février 2026", "le 1er mars 2026", "30/02/2026"),
    "es": ("el 31 de abril de 2026", "el 30 de abril de 2026", "31/04/2026"),
    "pt": ("a 31 de junho de 2026", "a 30 de junho de 2026", "31/06/2026"),
    "ar": ("في 30 فبراير 2026", "في 28 فبراير 2026", "30/02/2026"),
}
ENCLOSED = {
    "de": "Der Befund liegt in der Anlage.",
    "fr": "Veuillez trouver ci-joint le compte rendu.",
    "es": "Se adjuntan las imágenes.",
    "pt": "O relatório segue em anexo.",
    "ar": "الصور مرفقة.",
}


def said(desk: Desk, case: UUID, language: str, text: str) -> dict[str, bool]:
    draft = letters.compose(desk, case, f"referral-gp@{language}")
    parts = tuple(
        replace(one, text=text, sentences=(), included=True) if one.id == "history" else one
        for one in draft.parts
    )
    return checks(desk, case, replace(draft, parts=parts))


@pytest.mark.parametrize("language", OTHER)
def test_a_day_that_does_not_exist_is_read_in_the_letters_language(
    language: str, desk: Desk, strain: UUID
) -> None:
    evaluated(desk, strain, STRAIN)
    wrong, right, numbers = NO_DAY[language]
    assert said(desk, strain, language, f"… {wrong}.")["date:history"] is False
    assert said(desk, strain, language, f"… {numbers}.")["date:history"] is False
    assert "date:history" not in said(desk, strain, language, f"… {right}.")


@pytest.mark.parametrize("language", OTHER)
def test_an_enclosure_that_is_absent_is_read_in_the_letters_language(
    language: str, desk: Desk, strain: UUID
) -> None:
    evaluated(desk, strain, STRAIN)
    assert said(desk, strain, language, ENCLOSED[language])["enclosure"] is False
    assert "enclosure" not in said(desk, strain, language, "…")


def test_an_elbow_in_arabic_is_no_enclosure() -> None:
    assert not preflight_words.speaks_of_enclosure("خلف المرفق", "ar")


@pytest.mark.parametrize("language", OTHER)
def test_a_language_names_all_twelve_months(language: str) -> None:
    found = speech(language)
    assert found is not None
    assert len(found.words["naming_months"].split()) == 12
