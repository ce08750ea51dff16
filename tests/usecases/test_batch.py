"""Letters for many: chosen, checked, issued one by one, each in its own case."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from uuid import UUID

import pytest
from pypdf import PdfReader

from clinic_desk.clinical.measures import Side
from clinic_desk.errors import InvalidInput, Locked
from clinic_desk.usecases import (
    address_book,
    batch,
    case_contacts,
    cases,
    contact_merge,
    letters,
    papers,
    patients,
    programs,
)
from clinic_desk.usecases.address_book import Address, Entry
from clinic_desk.usecases.desk import Desk
from tests.usecases.answers import STRAIN
from tests.usecases.conftest import Clock
from tests.usecases.test_letters import evaluated

GP = "referral-gp"
QUESTION = {"question": "Would you please see this patient again?"}


@pytest.fixture
def doctor(desk: Desk) -> UUID:
    address = Address("postal", "9 Surgery Road", "EX1 1AA", "Sampletown")
    entry = Entry("Pat Sample", "Dr", "Dr Sample", "gp", addresses=(address,))
    return address_book.save(desk, entry).id


def _case(desk: Desk, name: str, doctor: UUID | None, evaluate: bool = True) -> UUID:
    who = patients.register(
        desk,
        patients.PatientDetails(
            name,
            "Alex",
            birth_date=date(1990, 1, 1),
            address="1 Way",
            consent_on=date(2026, 1, 23),
        ),
    )
    details = cases.CaseDetails("hamstring strain", Side.LEFT, onset_on=date(2026, 1, 21))
    case = cases.open_case(desk, who, details)
    if doctor is not None:
        case_contacts.put(desk, case, doctor, "gp")
    if evaluate:
        evaluated(desk, case, STRAIN)
    return case


def _planned(desk: Desk, whom: batch.Whom = "seen_today") -> list[batch.Planned]:
    return [batch.plan(desk, one, QUESTION) for one in batch.choose(desk, whom, GP, "gp")]


def test_each_letter_is_issued_in_its_own_case_and_they_print_in_order(
    desk: Desk, doctor: UUID
) -> None:
    ids = [_case(desk, name, doctor) for name in ("Zebra", "Apple")]
    planned = _planned(desk)
    assert [one.patient for one in planned] == ["ZEBRA, Alex", "APPLE, Alex"]
    assert not any(one.state == "failed" for one in planned)
    made = [batch.issue(desk, one) for one in planned]
    assert [one.state for one in made] == ["issued", "issued"]
    documents = [papers.open_document(desk, one.document_id) for one in made if one.document_id]
    assert [one.case_id for one in documents] == ids
    together = batch.together(desk, [one.id for one in documents])
    pages = PdfReader(BytesIO(together)).pages
    assert len(pages) == sum(papers.page_count(one.pdf) for one in documents)
    assert "ZEBRA" in pages[0].extract_text()
    assert "APPLE" in pages[-1].extract_text()


def test_a_case_without_somebody_of_the_role_fails_with_the_reason(desk: Desk) -> None:
    _case(desk, "Nobody", None)
    (one,) = _planned(desk)
    assert one.state == "failed"
    assert "Nobody of this role" in one.why[0]
    with pytest.raises(Locked):
        batch.issue(desk, one)


def test_what_preflight_blocks_fails_with_its_words(desk: Desk) -> None:
    homeless = address_book.save(desk, Entry("Dr No Address", role="gp")).id
    _case(desk, "Blocked", homeless)
    (one,) = _planned(desk)
    assert one.state == "failed"
    assert one.why[0] == "Dr No Address has no address."


def test_an_unfinished_letter_of_a_case_is_never_lost_to_a_batch(desk: Desk, doctor: UUID) -> None:
    case = _case(desk, "Typing", doctor)
    (planned,) = _planned(desk)
    draft = letters.compose(desk, case, GP, doctor)
    letters.keep(desk, case, draft)
    with pytest.raises(Locked, match="unfinished"):
        batch.issue(desk, planned)
    assert _planned(desk)[0].state == "failed"
    assert letters.kept(desk, case) is not None


def test_those_with_an_open_case_and_somebody_of_the_role_are_chosen(
    desk: Desk, doctor: UUID
) -> None:
    with_gp = _case(desk, "With", doctor, evaluate=False)
    _case(desk, "Without", None, evaluate=False)
    closed = _case(desk, "Closed", doctor, evaluate=False)
    cases.close_case(desk, closed, "well again")
    assert [one.case_id for one in batch.choose(desk, "open", GP, "gp")] == [with_gp]


def test_a_part_in_the_case_comes_before_a_role_in_the_book(desk: Desk, doctor: UUID) -> None:
    case = _case(desk, "Both", doctor, evaluate=False)
    own = address_book.save(desk, Entry("Surgeon Who Is GP Here", role="orthopaedics")).id
    case_contacts.put(desk, case, own, "other")
    case_contacts.put(desk, case, own, "orthopaedics")
    (one,) = batch.choose(desk, "open", GP, "orthopaedics")
    assert one.recipient_id == own
    address_book.archive(desk, own)
    assert batch.choose(desk, "open", GP, "orthopaedics") == ()


def test_a_review_day_that_passed_unseen_is_overdue(desk: Desk, doctor: UUID, clock: Clock) -> None:
    case = _case(desk, "Overdue", doctor)
    content = programs.from_template(desk, case, "acute_g2_late")
    review = desk.today() + timedelta(days=7)
    programs.prescribe(desk, case, replace(content, review_on=review))
    assert batch.choose(desk, "overdue", GP, "gp") == ()
    clock.move(days=7)
    assert batch.choose(desk, "overdue", GP, "gp") == ()  # it is today
    clock.move(days=1)
    assert [one.case_id for one in batch.choose(desk, "overdue", GP, "gp")] == [case]
    evaluated(desk, case, STRAIN)
    assert batch.choose(desk, "overdue", GP, "gp") == ()


def test_seen_since_needs_a_day_that_is_not_in_the_future(
    desk: Desk, doctor: UUID, clock: Clock
) -> None:
    case = _case(desk, "Since", doctor)
    begun = desk.today()
    clock.move(days=3)
    assert batch.choose(desk, "seen_today", GP, "gp") == ()
    assert [one.case_id for one in batch.choose(desk, "seen_since", GP, "gp", begun)] == [case]
    for day in (None, desk.today() + timedelta(days=1)):
        with pytest.raises(InvalidInput):
            batch.choose(desk, "seen_since", GP, "gp", day)


def test_what_the_record_leaves_empty_is_named_and_filled_by_one_text_for_all(
    desk: Desk, doctor: UUID
) -> None:
    _case(desk, "Empty", doctor)
    (one,) = batch.choose(desk, "seen_today", GP, "gp")
    bare = batch.plan(desk, one)
    assert (bare.state, bare.empty) == ("failed", (("question", "Clinical question"),))
    filled = batch.plan(desk, one, QUESTION)
    assert filled.state in ("ready", "warned")
    assert filled.draft is not None
    assert {one.id: one.text for one in filled.draft.parts}["question"] == QUESTION["question"]


def test_an_issued_letter_stays_as_it_is_when_its_addressee_is_merged(
    desk: Desk, doctor: UUID
) -> None:
    address = Address("postal", "1 Old Road", town="Sampletown")
    loser = address_book.save(desk, Entry("Pat Sampel", addresses=(address,)))
    _case(desk, "Merged", loser.id)
    (planned,) = _planned(desk)
    made = batch.issue(desk, planned)
    assert made.document_id is not None
    before = papers.open_document(desk, made.document_id)
    (pair,) = contact_merge.pairs(desk)
    contact_merge.merge(desk, pair, {})
    assert papers.open_document(desk, made.document_id) == before
    assert address_book.uses(desk, doctor).letters == 1
    assert _planned(desk)[0].recipient_id == doctor  # the next one goes to who stands now
