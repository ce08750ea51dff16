"""What is signed, issued, prescribed or audited can't be changed by any way in."""

from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import delete, insert, select, text, update

from clinic_desk.errors import Locked
from clinic_desk.storage import Store
from clinic_desk.storage.base import Base
from clinic_desk.storage.models import (
    Addendum,
    Audit,
    Correction,
    DecisionRow,
    Document,
    DocumentCopy,
    Evaluation,
    FlagActionRow,
    Program,
    ReturnedSheet,
    Sending,
    SupersededDecision,
    Visit,
)
from clinic_desk.storage.unit import UnitOfWork
from tests.support.records import (
    ACTOR,
    NOW,
    add_case,
    add_clinician,
    add_papers,
    add_patient,
    add_visit,
)

CLOSED: dict[type[Base], str] = {
    Visit: "plan",
    Evaluation: "side",
    DecisionRow: "decided",
    FlagActionRow: "text",
    Addendum: "text",
    Document: "title",
    Program: "prescribed_by",
    ReturnedSheet: "entered_by",
    Audit: "act",
    DocumentCopy: "recipient",
    Sending: "way",
}


@pytest.fixture
def signed(either: Store) -> Store:
    """A practice with one of each closed row."""
    add_clinician(either)
    case = add_case(either, add_patient(either))
    visit = add_visit(either, case)
    add_papers(either, case)
    with either.unit(ACTOR) as unit:
        unit.session.add(
            Addendum(visit_id=visit, clinician_id=ACTOR, by="Dana Demo", at=NOW, text="Phoned.")
        )
        unit.audit("add", "addendum", visit)
        unit.commit()
    return either


def by_object(unit: UnitOfWork, kind: type[Base], column: str) -> None:
    setattr(unit.session.scalars(select(kind)).first(), column, "altered")
    unit.session.flush()


def by_statement(unit: UnitOfWork, kind: type[Base], column: str) -> None:
    unit.session.execute(update(kind).values({column: "altered"}))


def by_sql(unit: UnitOfWork, kind: type[Base], column: str) -> None:
    table = kind.__table__.name
    unit.session.connection().exec_driver_sql(f"UPDATE {table} SET {column} = 'altered'")


def deleted_object(unit: UnitOfWork, kind: type[Base], _: str) -> None:
    unit.session.delete(unit.session.scalars(select(kind)).first())
    unit.session.flush()


def deleted_by_statement(unit: UnitOfWork, kind: type[Base], _: str) -> None:
    unit.session.execute(delete(kind))


def deleted_by_sql(unit: UnitOfWork, kind: type[Base], _: str) -> None:
    unit.session.connection().exec_driver_sql(f"DELETE FROM {kind.__table__.name}")


ROUTES = (by_object, by_statement, by_sql, deleted_object, deleted_by_statement, deleted_by_sql)


def test_every_route_to_a_closed_row_is_refused(signed: Store) -> None:
    for kind, column in CLOSED.items():
        for route in ROUTES:
            with pytest.raises(Locked, match="cannot be changed"), signed.unit(ACTOR) as unit:
                route(unit, kind, column)
    assert signed.verify_audit() is None
    with signed.reading() as session:
        for kind, column in CLOSED.items():
            values = session.scalars(select(getattr(kind, column))).all()
            assert values
            assert "altered" not in values


def _evaluation(visit: UUID) -> dict[str, object]:
    return {"side": None, "protocol": "p", "protocol_version": "1", "answers": {}, "findings": {}}


LATE: tuple[tuple[type[Base], Callable[[UUID], dict[str, object]]], ...] = (
    (Evaluation, _evaluation),
    (DecisionRow, lambda _: {"subject": "stage", "decided": "2", "by": "D", "at": NOW}),
    (
        SupersededDecision,
        lambda _: {"subject": "stage", "decided": "2", "by": "D", "at": NOW, "superseded_at": NOW},
    ),
    (FlagActionRow, lambda _: {"flag": "rf", "kind": "phoned", "by": "D", "at": NOW}),
)


def test_nothing_is_hung_on_a_visit_after_its_signature(signed: Store) -> None:
    with signed.reading() as session:
        visit = session.scalars(select(Visit.id)).one()
    for kind, values in LATE:
        with pytest.raises(Locked), signed.unit(ACTOR) as unit:
            unit.session.execute(insert(kind).values(visit_id=visit, **values(visit)))


def test_a_row_of_another_visit_is_not_moved_onto_a_signed_one(signed: Store) -> None:
    case = add_case(signed, add_patient(signed))
    draft = add_visit(signed, case, signed=False)
    with signed.reading() as session:
        closed = session.scalars(select(Visit.id).where(Visit.status == "signed")).one()
    for kind in (DecisionRow, FlagActionRow, Evaluation):
        with pytest.raises(Locked), signed.unit(ACTOR) as unit:
            unit.session.execute(update(kind).where(kind.visit_id == draft).values(visit_id=closed))


def test_a_draft_visit_can_still_be_changed_and_discarded(either: Store) -> None:
    add_clinician(either)
    visit = add_visit(either, add_case(either, add_patient(either)), signed=False)
    with either.unit(ACTOR) as unit:
        unit.get(Visit, visit).plan = "Walk daily."
        for kind in (Evaluation, DecisionRow, FlagActionRow):
            unit.session.execute(delete(kind).where(kind.visit_id == visit))
        unit.audit("change", "visit", visit)
        unit.commit()
    with either.unit(ACTOR) as unit:
        unit.session.delete(unit.get(Visit, visit))
        unit.audit("discard", "visit", visit)
        unit.commit()


def test_only_a_signed_visit_takes_an_addendum(either: Store) -> None:
    add_clinician(either)
    visit = add_visit(either, add_case(either, add_patient(either)), signed=False)
    with pytest.raises(Locked, match="signed visit"), either.unit(ACTOR) as unit:
        unit.session.add(
            Addendum(visit_id=visit, clinician_id=ACTOR, by="Dana", at=NOW, text="More.")
        )
        unit.session.flush()


def test_replace_does_not_slip_past_the_triggers(store: Store) -> None:
    add_clinician(store)
    add_visit(store, add_case(store, add_patient(store)))
    names = [column.name for column in Visit.__table__.c]
    columns = ", ".join("'altered'" if name == "plan" else name for name in names)
    with pytest.raises(Locked), store.unit(ACTOR) as unit:
        unit.session.execute(text(f"REPLACE INTO visits SELECT {columns} FROM visits"))


def test_a_correction_is_never_turned_to_another_letter_or_taken_back(signed: Store) -> None:
    case = add_case(signed, add_patient(signed))
    _program, newer = add_papers(signed, case)
    with signed.reading() as session:
        older = session.scalars(select(Document.id).where(Document.id != newer)).one()
    with signed.unit(ACTOR) as unit:
        unit.session.add(Correction(document_id=newer, corrects_id=older))
        unit.audit("correct", "letter", newer)
        unit.commit()
    for act in (update(Correction).values(corrects_id=newer), delete(Correction)):
        with pytest.raises(Locked, match="cannot be changed"), signed.unit(ACTOR) as unit:
            unit.session.execute(act)


def test_a_server_refuses_to_empty_the_tables(pg: Store) -> None:
    for kind in CLOSED:
        with pytest.raises(Locked), pg.unit(ACTOR) as unit:
            unit.session.execute(text(f"TRUNCATE {kind.__table__.name} CASCADE"))


def test_a_visit_cannot_claim_a_signature_without_a_signer(either: Store) -> None:
    add_clinician(either)
    visit = add_visit(either, add_case(either, add_patient(either)), signed=False)
    with pytest.raises(RuntimeError, match="signature"), either.unit(ACTOR) as unit:
        unit.session.execute(update(Visit).where(Visit.id == visit).values(status="signed"))


def test_a_case_with_visits_cannot_be_deleted(either: Store) -> None:
    add_clinician(either)
    case = add_case(either, add_patient(either))
    add_visit(either, case)
    with pytest.raises(RuntimeError), either.unit(ACTOR) as unit:
        unit.session.execute(text("DELETE FROM cases"))
