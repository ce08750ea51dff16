"""Before a letter of another language goes: who has read its words, and which side they name."""

from dataclasses import replace
from uuid import UUID

import pytest

from clinic_desk.library.speech import speech
from clinic_desk.usecases import letters, preflight_words
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.letter_views import LetterDraft
from clinic_desk.usecases.preflight_tongue import names_side
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


# texts of a case on the left: what contradicts it, and what only looks as if it did
CONTRADICTS = {
    "de": (
        "MRT des rechten Oberschenkels",
        "MRT Oberschenkel, rechts",
        "Zerrung links: MRT rechts",
        "MRT re. Oberschenkel",
        "rechtsseitige Schmerzen",
    ),
    "fr": (
        "La jambe droite est atteinte",
        "IRM de la cuisse droite",
        "cuisse, à droite",
        "Je pense que la cuisse droite est lésée",
    ),
    "es": (
        "RM del muslo derecho",
        "la pierna derecha",
        "muslo derecho de la paciente",
        "rodilla dcha",
    ),
    "pt": (
        "RM da coxa direita",
        "o joelho direito de 2019",
        "à direita",
    ),
    "ar": (
        "الساق اليمنى مصابة",
        "رنين للساق اليمنى",
        "في اليمنى",
        "باليمنى",
        "رنين فخذ أيمن",
    ),
}
LOOKS_SO = {
    "de": (
        "schwächer als rechts",
        "kleiner als am rechten Bein",
        "im Vergleich zum gesunden rechten Bein",
        "rechts unauffällig",
        "im rechten Winkel",
        "links und rechts",
        "Rechte des Patienten",
        "in rechter Seitenlage",
        "das gesunde rechte Bein",
        "links 5, rechts 5",
        "recht gut",
        "rechtzeitig",
        "beidseits",
        "zu Recht",
    ),
    "fr": (
        "plus faible que la jambe droite",
        "plus faible qu’à droite",
        "par rapport au côté droit",
        "la jambe droite saine",
        "muscle droit fémoral",
        "À qui de droit",
        "tout droit",
        "5 à gauche, 5 à droite",
        "les cuisses gauche et droite",
        "des deux côtés",
        "maladroit",
        "il a le droit de refuser",
    ),
    "es": (
        "más débil que la pierna derecha",
        "comparado con el muslo derecho",
        "la pierna derecha sana",
        "tiene derecho a verlo",
        "5 a la izquierda, 5 a la derecha",
        "muslos izquierdo y derecho",
        "ambos lados",
        "derechos del paciente",
    ),
    "pt": (
        "mais fraca do que a perna direita",
        "em comparação com a coxa direita",
        "a perna direita sã",
        "tem direito a recusar",
        "5 à esquerda, 5 à direita",
        "esquerda e direita",
        "dos dois lados",
        "endireitado",
    ),
    "ar": (
        "أضعف من الساق اليمنى",
        "مقارنة بالساق اليمنى",
        "الساق اليمنى السليمة",
        "الدكتور أيمن",
        "اليسار 5، اليمين 5",
        "اليسرى واليمنى",
        "الجهتان",
        "اليمن",
    ),
}


@pytest.mark.parametrize("language", OTHER)
def test_a_side_is_told_from_what_only_looks_like_one(language: str) -> None:
    named = {text: names_side(text, language, "right") for text in CONTRADICTS[language]}
    assert named == dict.fromkeys(CONTRADICTS[language], True)
    looks = {text: names_side(text, language, "right") for text in LOOKS_SO[language]}
    assert looks == dict.fromkeys(LOOKS_SO[language], False)


# MRI, X-ray of the hip, CT of the pelvis, contrast, puncture
TESTS = {
    "de": (
        "MRT Oberschenkel",
        "Röntgenaufnahme der linken Hüfte",
        "Becken: CT",
        "mit Kontrastmittel",
        "Punktion",
    ),
    "fr": (
        "IRM de la cuisse",
        "radiographie du bassin",
        "hanche : scanner",
        "avec injection de gadolinium",
        "ponction",
    ),
    "es": (
        "RM del muslo",
        "radiografía de la cadera",
        "pelvis: TAC",
        "con contraste",
        "infiltración",
    ),
    "pt": (
        "RM da coxa",
        "radiografia da bacia",
        "anca: TAC",
        "com contraste",
        "punção",
    ),
    "ar": (
        "رنين مغناطيسي للفخذ",
        "أشعة سينية للحوض",
        "الورك: أشعة مقطعية",
        "مع صبغة",
        "بزل",
    ),
}
NO_TEST = {
    "de": "Ultraschall des Oberschenkels; die Schmerzen strahlen aus.",
    "fr": "Échographie de la cuisse ; le contrôle radial est normal.",
    "es": "Ecografía del muslo; fuerza normal.",
    "pt": "Ecografia da coxa; força normal.",
    "ar": "تصوير الفخذ بالموجات فوق الصوتية.",
}


@pytest.mark.parametrize("language", OTHER)
def test_words_that_call_for_a_test_are_read_in_the_letters_language(language: str) -> None:
    tests = preflight_words.tests(language)
    assert tests is not None
    asked = ("safety_mri", "safety_xray", "safety_xray", "safety_contrast", "safety_puncture")
    for section, text in zip(asked, TESTS[language], strict=True):
        assert [name for name, one in tests.items() if one.search(text)] == [section], text
    assert not any(one.search(NO_TEST[language]) for one in tests.values())


@pytest.mark.parametrize("language", OTHER)
def test_open_safety_questions_stop_a_request_in_any_language(
    language: str, desk: Desk, strain: UUID
) -> None:
    evaluated(desk, strain, STRAIN)
    draft = letters.compose(desk, strain, f"imaging-request@{language}")
    for text, open_ones in ((TESTS[language][0], True), (NO_TEST[language], False)):
        parts = tuple(
            replace(one, text=text if one.id == "exam" else "…", sentences=(), included=True)
            for one in draft.parts
        )
        found = checks(desk, strain, replace(draft, parts=parts))
        assert [found[name] for name in found if name.startswith("safety")] == [True] * open_ones
