"""Letters that call patients back: to the patient, discreet, for the recalls that are due."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from uuid import UUID

import pytest
from pypdf import PdfReader

from clinic_desk.clinical.measures import Side
from clinic_desk.errors import Locked
from clinic_desk.usecases import (
    batch,
    cases,
    letters,
    lockbox,
    papers,
    patient_states,
    patients,
    todos,
    visits,
)
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.patient_details import Consent, OtherAddress
from clinic_desk.usecases.patients import PatientDetails
from clinic_desk.usecases.todos import TodoDetails
from tests.usecases.answers import STRAIN
from tests.usecases.test_letters import evaluated

KIND = "recall"


def person(desk: Desk, name: str, address: str = "1 Way\nTown", **more: object) -> UUID:
    details = PatientDetails(
        name,
        "Alex",
        birth_date=date(1990, 1, 1),
        address=address,
        consents=(Consent("reminders", desk.today(), "spoken"),),
    )
    return patients.register(desk, replace(details, **more))


def a_case(desk: Desk, who: UUID) -> UUID:
    return cases.open_case(desk, who, cases.CaseDetails("hamstring strain", Side.LEFT))


def recall(desk: Desk, who: UUID, days: int = 0, case: UUID | None = None) -> UUID:
    due = desk.today() + timedelta(days=days)
    details = TodoDetails("tumour excluded?", due, recall=True, patient_id=who, case_id=case)
    return todos.add(desk, details)


def planned(desk: Desk) -> list[batch.Planned]:
    return [batch.plan(desk, one) for one in batch.choose(desk, "recalls", KIND, "patient")]


def text_of(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def test_a_recall_letter_goes_to_the_patient_and_tells_nothing_clinical(desk: Desk) -> None:
    who = person(desk, "Example", preferred_name="Lex")
    case = a_case(desk, who)
    evaluated(desk, case, STRAIN)
    recall(desk, who)
    (one,) = planned(desk)
    assert (one.state, one.why) == ("ready", ())
    made = batch.issue(desk, one)
    assert made.document_id is not None
    document = papers.open_document(desk, made.document_id)
    assert document.case_id == case
    assert letters.recent(desk)[0].title == "Recall of a patient, to Alex Example"
    said = text_of(document.pdf)
    assert "Dear Lex Example" in said
    assert "1 Way" in said
    for clinical in ("hamstring", "strain", "tumour", "LEFT", "day "):
        assert clinical not in said


def test_only_what_is_due_is_chosen_and_one_letter_speaks_for_a_case(desk: Desk) -> None:
    who = person(desk, "Example")
    case = a_case(desk, who)
    recall(desk, who, 30)
    assert planned(desk) == []
    recall(desk, who, -3, case)
    recall(desk, who, -9)
    (one,) = planned(desk)
    assert one.draft is not None
    first = desk.today() - timedelta(days=9)
    assert f"has been due since {first:%d %b %Y}" in one.draft.parts[0].text


def test_one_without_a_case_or_an_address_is_named_and_stays_on_the_list(desk: Desk) -> None:
    homeless = person(desk, "Homeless")
    recall(desk, homeless)
    nowhere = person(desk, "Nowhere", address="")
    a_case(desk, nowhere)
    recall(desk, nowhere)
    states = {one.patient: (one.state, " ".join(one.why)) for one in planned(desk)}
    assert states["HOMELESS, Alex"][0] == states["NOWHERE, Alex"][0] == "failed"
    assert "no case" in states["HOMELESS, Alex"][1]
    assert "no address" in states["NOWHERE, Alex"][1]
    assert len(todos.board(desk).open) == 2
    with pytest.raises(Locked):
        batch.issue(desk, next(one for one in planned(desk) if one.case_id is None))


def test_a_second_letter_about_the_same_recall_is_left_out_until_taken_back(desk: Desk) -> None:
    who = person(desk, "Example")
    a_case(desk, who)
    recall(desk, who)
    (one,) = planned(desk)
    batch.issue(desk, one)
    (again,) = planned(desk)
    assert not again.included
    assert "A letter about this recall went on" in again.why[-1]
    assert todos.board(desk).open  # the recall itself waits for a person


def test_who_took_reminders_back_is_not_written_to_without_a_reason(desk: Desk) -> None:
    today = desk.today()
    said = Consent("reminders", today, withdrawn_on=today)
    who = person(desk, "Example", consents=(said,))
    case = a_case(desk, who)
    recall(desk, who)
    (one,) = planned(desk)
    assert one.state == "failed"
    assert "took back" in one.why[0]
    assert one.draft is not None
    draft = letters.set_aside(desk, one.draft, "contact:withdrawn", "Asked for it by phone")
    letters.issue(desk, case, draft)


def test_reminders_that_were_not_asked_about_are_said_and_stop_nothing(desk: Desk) -> None:
    who = person(desk, "Example", consents=())
    a_case(desk, who)
    recall(desk, who)
    (one,) = planned(desk)
    assert (one.state, one.why) == (
        "warned",
        ("Whether the patient wants to be reminded is not noted.",),
    )


def test_an_archived_file_stops_the_letter(desk: Desk) -> None:
    who = person(desk, "Example")
    a_case(desk, who)
    recall(desk, who)
    patient_states.archive(desk, who)
    assert [one.state for one in planned(desk)] == ["failed"]


def test_a_closed_part_shows_neither_its_reason_nor_its_case(desk: Desk) -> None:
    who = person(desk, "Example")
    case = a_case(desk, who)
    recall(desk, who, case=case)
    lockbox.close_part(desk, who, "case", case)
    (one,) = planned(desk)
    assert (one.case_id, one.state) == (None, "failed")
    assert "tumour" not in f"{one.case} {one.why}"


def test_an_address_for_letters_is_taken_before_the_first_one(desk: Desk) -> None:
    today = desk.today()
    old = OtherAddress("9 Old Street\nTown", "post", until=today - timedelta(days=1))
    now = OtherAddress("PO Box 7\nTown", "post")
    who = person(desk, "Example", addresses=(old, now))
    case = a_case(desk, who)
    recall(desk, who)
    said = text_of(letters.preview(desk, case, letters.compose(desk, case, KIND)).pdf)
    assert "PO Box 7" in said
    assert "Old Street" not in said


def test_only_what_tells_of_the_record_waits_for_the_signature(desk: Desk) -> None:
    who = person(desk, "Example")
    case = a_case(desk, who)
    recall(desk, who)
    visit = visits.start(desk, case)
    content = replace(visits.open_visit(desk, visit).content, answers=STRAIN)
    visits.keep(desk, visit, content)
    found = letters.preview(desk, case, letters.compose(desk, case, KIND)).problems
    assert not [one for one in found if one.check == "visit"]
