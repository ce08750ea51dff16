"""Every page of a letter says who it is about, in each way that a kind can ask for it."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from clinic_desk.clinical.measures import Side
from clinic_desk.documents import raster
from clinic_desk.documents.content import Identity
from clinic_desk.errors import Locked
from clinic_desk.usecases import cases, letters, papers, patients, preflight_identity, shelf
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.letters import LetterDraft
from tests.usecases.answers import STRAIN
from tests.usecases.test_letters import evaluated

BY_MODE = {"full": "referral-orthopaedics", "discreet": "letter-free", "number": "cover-sheet"}
LONG = "\n".join(
    f"{n}. The knee was bent and straightened slowly, and both sides were compared."
    for n in range(260)
)


def long_letter(desk: Desk, case: UUID, kind: str, to: UUID | None) -> LetterDraft:
    draft = letters.compose(desk, case, kind, to)
    long = next(one.id for one in draft.parts if one.id in ("history", "body"))
    return replace(
        draft,
        parts=tuple(
            replace(
                one, text=LONG if one.id == long else one.text.replace("[…]", "6"), included=True
            )
            if one.id == long or one.text
            else one
            for one in draft.parts
        ),
    )


@pytest.mark.parametrize("mode", BY_MODE)
def test_six_pages_each_say_who_the_letter_is_about(
    desk: Desk, strain: UUID, surgeon: UUID, mode: str
) -> None:
    assert shelf.letter_kind(desk.library, BY_MODE[mode]).identity == mode
    evaluated(desk, strain, STRAIN)
    draft = long_letter(desk, strain, BY_MODE[mode], surgeon)
    document = letters.issue(desk, strain, draft)
    said = raster.texts(papers.open_document(desk, document.id).pdf)
    assert len(said) >= 6
    number = patients.case_banner(desk, strain).number
    assert all(number in one for one in said)
    named = [("Alex EXAMPLE" in one) for one in said]
    assert all(named) if mode != "number" else not any(named)


@pytest.mark.parametrize("kind", ["letter-free@ar", "letter-free"])
def test_an_arabic_name_stands_on_every_page_with_the_number(
    desk: Desk, surgeon: UUID, kind: str
) -> None:
    details = patients.PatientDetails(
        "\u0627\u0644\u0623\u062d\u0645\u062f",
        "\u0633\u0627\u0631\u0629",
        birth_date=date(1990, 1, 1),
    )
    who = patients.register(desk, details)
    case = cases.open_case(desk, who, cases.CaseDetails("strain", Side.LEFT))
    shown = letters.preview(desk, case, long_letter(desk, case, kind, surgeon))
    assert shown.pages >= 6
    assert not [one for one in shown.problems if one.check == "identity"]


def test_a_page_that_does_not_say_it_is_never_issued(
    desk: Desk, strain: UUID, surgeon: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    evaluated(desk, strain, STRAIN)
    draft = long_letter(desk, strain, "letter-free", surgeon)
    monkeypatch.setattr("clinic_desk.documents.letter.identity_line", lambda *_given: "Somebody")
    (stopped,) = [
        one for one in letters.preview(desk, strain, draft).problems if one.check == "identity"
    ]
    assert stopped.blocking
    assert stopped.text.startswith("Pages 2, 3, 4")
    with pytest.raises(Locked, match="do not say who"):
        letters.issue(desk, strain, draft)
    assert letters.recent(desk) == ()


@pytest.mark.parametrize(
    ("pages", "wrong"),
    [
        (["Alex EXAMPLE, CD-00412", "CD-00412"], (2,)),
        (["Alex\nEXAMPLE CD-\n00412"], ()),
        (["ALEX EXAMPLE CD-00412"], (1,)),
        (["-00412CD EXAMPLE Alex, \u0633\u0631\u064a"], ()),
        (["-00413CD EXAMPLE Alex, \u0633\u0631\u064a"], (1,)),
        ([""], (1,)),
    ],
)
def test_name_and_number_are_looked_for_in_what_the_page_says(
    pages: list[str], wrong: tuple[int, ...]
) -> None:
    identity = Identity("Alex EXAMPLE", "", "", "CD-00412")
    assert preflight_identity.unnamed(identity, pages) == wrong
