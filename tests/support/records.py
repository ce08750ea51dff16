"""Small, clearly invented records for the tests."""

from datetime import UTC, date, datetime
from uuid import UUID

from clinic_desk.storage import Store
from clinic_desk.storage.keys import Kdf
from clinic_desk.storage.models import (
    Case,
    Clinician,
    DecisionRow,
    Document,
    DocumentCopy,
    Evaluation,
    FlagActionRow,
    Patient,
    Program,
    ReturnedSheet,
    Sending,
    Visit,
)
from clinic_desk.storage.numbers import next_document
from clinic_desk.storage.patient_queries import register
from clinic_desk.storage.visit_acts import sign

QUICK = Kdf(memory_kib=64, passes=1, lanes=1)
PASSPHRASE = "correct horse demo"
ACTOR = UUID("01900000-0000-7000-8000-000000000001")
NOW = datetime(2026, 2, 3, 10, 58, tzinfo=UTC)


def add_clinician(store: Store) -> None:
    with store.unit(ACTOR) as unit:
        unit.session.add(Clinician(id=ACTOR, name="Dana Demo"))
        unit.audit("set_up", "practice")
        unit.commit()


def add_patient(store: Store, family: str = "Example", given: str = "Alex", **more: object) -> UUID:
    with store.unit(ACTOR) as unit:
        patient = register(unit.session, Patient(family_name=family, given_name=given, **more))
        unit.session.flush()
        unit.audit("register", "patient", patient.id)
        unit.commit()
        return patient.id


def add_case(store: Store, patient_id: UUID, title: str = "hamstring strain") -> UUID:
    with store.unit(ACTOR) as unit:
        case = Case(
            patient_id=patient_id,
            title=title,
            side="left",
            protocol="posterior-thigh",
            opened_on=date(2026, 1, 23),
        )
        unit.session.add(case)
        unit.session.flush()
        unit.audit("open", "case", case.id)
        unit.commit()
        return case.id


def add_visit(
    store: Store, case_id: UUID, *, number: int = 1, signed: bool = True, at: datetime = NOW
) -> UUID:
    """A visit with an evaluation, a decision and a flag action, signed unless told."""
    with store.unit(ACTOR) as unit:
        visit = Visit(
            case_id=case_id,
            number=number,
            kind="first_evaluation",
            care_at=at,
            clinician_id=ACTOR,
            protocol="posterior-thigh",
            protocol_version="1.0",
            subjective="Pulled up while sprinting.",
        )
        unit.session.add(visit)
        unit.session.flush()
        unit.session.add_all(
            [
                Evaluation(
                    visit_id=visit.id,
                    side="left",
                    protocol="posterior-thigh",
                    protocol_version="1.0",
                    answers={"pop": "yes", "ake": {"left": 34, "right": None}},
                    findings={"grade": {"suggested": 2}},
                ),
                DecisionRow(visit_id=visit.id, subject="grade", decided="2", by="Dana", at=at),
                FlagActionRow(visit_id=visit.id, flag="rf_dvt", kind="phoned", by="Dana", at=at),
            ]
        )
        if signed:
            sign(unit.session, visit, ACTOR, "Dana Demo", at)
        unit.audit("sign" if signed else "start", "visit", visit.id)
        unit.commit()
        return visit.id


def add_papers(store: Store, case_id: UUID) -> tuple[UUID, UUID]:
    """A prescribed program, its issued handout and the sheet that came back."""
    with store.unit(ACTOR) as unit:
        program = Program(
            case_id=case_id,
            content={"lines": []},
            prescribed_at=NOW,
            prescribed_by="Dana Demo",
            clinician_id=ACTOR,
        )
        unit.session.add(program)
        unit.session.flush()
        number, reference = next_document(unit.session, "handout", 2026)
        document = Document(
            case_id=case_id,
            program_id=program.id,
            kind="handout",
            year=2026,
            number=number,
            reference=reference,
            title="Home program",
            content={},
            bytes=b"%PDF-1.7",
            sha256="0" * 64,
            issued_at=NOW,
            issued_by="Dana Demo",
            clinician_id=ACTOR,
        )
        sheet = ReturnedSheet(
            case_id=case_id,
            program_id=program.id,
            first_on=NOW.date(),
            times_per_day=1,
            days_per_week=7,
            days={"days": [[1, 3]]},
            entered_at=NOW,
            entered_by="Dana Demo",
            clinician_id=ACTOR,
        )
        unit.session.add_all([document, sheet])
        unit.session.flush()
        copy = DocumentCopy(
            document_id=document.id, place=1, recipient="Dr Pat", bytes=b"%PDF", sha256="1" * 64
        )
        sent = Sending(
            document_id=document.id,
            way="printed",
            form="issued",
            sha256="0" * 64,
            at=NOW,
            by="Dana Demo",
            clinician_id=ACTOR,
        )
        unit.session.add_all([copy, sent])
        unit.audit("issue", "document", document.id)
        unit.commit()
        return program.id, document.id
