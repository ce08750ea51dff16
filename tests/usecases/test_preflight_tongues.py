"""Before a letter of another language goes: who has read its words, and which side they name."""

from dataclasses import replace
from uuid import UUID

import pytest

from clinic_desk.usecases import letters
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
