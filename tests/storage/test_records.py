"""What is written comes back as it was, on both databases."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy import select

from clinic_desk.errors import EditConflict, NotFound
from clinic_desk.storage import Store
from clinic_desk.storage.base import new_id
from clinic_desk.storage.models import Audit, Contact, Document, Draft, Evaluation, Patient, Visit
from clinic_desk.storage.visit_acts import keep_draft
from tests.support.records import (
    ACTOR,
    NOW,
    add_case,
    add_clinician,
    add_papers,
    add_patient,
    add_visit,
)


@pytest.fixture
def desk(either: Store) -> Store:
    add_clinician(either)
    return either


def test_text_of_any_script_and_dates_come_back_equal(desk: Store) -> None:
    name = 'Łucja <b>&amp; 王 محمد 🙂 O\'Neil "q" %_'
    key = add_patient(desk, name, "Zoë", birth_date=date(1991, 6, 14), phone="+48 600 100 200")
    with desk.reading() as session:
        found = session.get_one(Patient, key)
        assert (found.family_name, found.birth_date) == (name, date(1991, 6, 14))
        assert found.number == "CD-00001"
        assert found.registered_at.tzinfo is UTC


def test_a_moment_of_any_zone_is_kept_as_the_same_moment(desk: Store) -> None:
    at = datetime(2026, 2, 3, 23, 30, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    visit = add_visit(desk, add_case(desk, add_patient(desk)), at=at)
    with desk.reading() as session:
        kept = session.get_one(Visit, visit)
        assert kept.care_at == at
        assert kept.care_at.utcoffset() == timedelta(0)


def test_a_moment_without_a_zone_is_refused(desk: Store) -> None:
    case = add_case(desk, add_patient(desk))
    with pytest.raises(Exception, match="time zone"):
        add_visit(desk, case, at=datetime(2026, 2, 3))


def test_answers_keep_null_apart_from_absent(desk: Store) -> None:
    visit = add_visit(desk, add_case(desk, add_patient(desk)))
    with desk.reading() as session:
        answers = session.scalars(select(Evaluation.answers).filter_by(visit_id=visit)).one()
        assert answers == {"pop": "yes", "ake": {"left": 34, "right": None}}


def test_numbers_run_without_gaps_by_kind_and_year(desk: Store) -> None:
    case = add_case(desk, add_patient(desk))
    papers = [add_papers(desk, case)[1] for _ in range(2)]
    with desk.reading() as session:
        references = [session.get_one(Document, key).reference for key in papers]
        assert references == ["H-2026-001", "H-2026-002"]


def test_a_number_taken_in_vain_is_given_again(desk: Store) -> None:
    from clinic_desk.storage.numbers import next_number

    for _ in range(2):
        with desk.unit(ACTOR) as unit:
            assert next_number(unit.session, "patient") == 1


def test_the_older_of_two_edits_is_told_and_writes_nothing(desk: Store) -> None:
    key = add_patient(desk)
    with desk.reading() as session:
        seen = session.get_one(Patient, key).version
    with desk.unit(ACTOR) as unit:
        unit.get(Patient, key, seen).phone = "1"
        unit.audit("correct", "patient", key)
        unit.commit()
    with pytest.raises(EditConflict), desk.unit(ACTOR) as unit:
        unit.get(Patient, key, seen)


def test_a_row_that_changed_under_the_session_is_a_conflict(desk: Store) -> None:
    key = add_patient(desk)
    with desk.unit(ACTOR) as unit:
        stale = unit.get(Patient, key)
    with desk.unit(ACTOR) as unit:
        unit.get(Patient, key).phone = "1"
        unit.audit("correct", "patient", key)
        unit.commit()
    with pytest.raises(EditConflict), desk.unit(ACTOR) as unit:
        unit.session.add(stale)
        stale.phone = "2"
        unit.audit("correct", "patient", key)
        unit.commit()
    with desk.reading() as session:
        assert session.get_one(Patient, key).phone == "1"


def test_what_is_not_there_is_not_found(desk: Store) -> None:
    with pytest.raises(NotFound), desk.unit(ACTOR) as unit:
        unit.get(Patient, new_id())


def test_a_second_draft_visit_of_a_case_is_a_conflict(desk: Store) -> None:
    case = add_case(desk, add_patient(desk))
    add_visit(desk, case, signed=False)
    with pytest.raises(EditConflict):
        add_visit(desk, case, number=2, signed=False)


def test_a_draft_is_kept_again_and_again_without_audit(desk: Store) -> None:
    ref = new_id()
    for count in range(3):
        with desk.unit(ACTOR) as unit:
            keep_draft(unit.session, "visit", ref, ACTOR, {"n": count}, NOW + timedelta(0, count))
            unit.commit(drafts_only=True)
    with desk.reading() as session:
        draft = session.scalars(select(Draft)).one()
        assert (draft.payload, draft.started_at) == ({"n": 2}, NOW)
        assert draft.kept_at == NOW + timedelta(seconds=2)
        assert session.scalars(select(Audit.act)).all() == ["set_up"]


def test_a_write_without_an_audit_entry_is_refused(desk: Store) -> None:
    for drafts_only in (False, True):
        with pytest.raises(RuntimeError), desk.unit(ACTOR) as unit:
            unit.session.add(Contact(name="Dr Robin Sample"))
            unit.commit(drafts_only=drafts_only)
    with pytest.raises(RuntimeError), desk.unit(ACTOR) as unit:
        unit.session.add(Contact(name="Dr Robin Sample"))
        unit.session.commit()
    with desk.reading() as session:
        assert session.scalars(select(Contact)).all() == []


def test_a_unit_that_is_not_committed_keeps_nothing(desk: Store) -> None:
    with desk.unit(ACTOR) as unit:
        unit.session.add(Contact(name="Dr Robin Sample"))
        unit.session.flush()
    with desk.reading() as session:
        assert session.scalars(select(Contact)).all() == []


def test_a_reading_cannot_write(desk: Store) -> None:
    with pytest.raises(Exception, match=r"read-only|refused"), desk.reading() as session:
        session.add(Contact(name="Dr Robin Sample"))
        session.flush()


def test_an_error_never_quotes_the_row(desk: Store) -> None:
    with pytest.raises(RuntimeError) as refused, desk.unit(ACTOR) as unit:
        patient = Patient(serial=0, number="CD-0", family_name="Secretname", given_name="X")
        unit.session.add(patient)
        unit.session.flush()
    assert "Secretname" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_a_value_that_a_server_cannot_hold_is_not_mistaken_for_an_outage(pg: Store) -> None:
    with pytest.raises(RuntimeError, match="refused"), pg.unit(ACTOR) as unit:
        unit.session.add(Contact(name="Secret\0name"))
        unit.session.flush()
