"""A patient's record with a row in every table that hangs on a patient."""

from hashlib import sha256
from uuid import UUID

from clinic_desk.storage.models import (
    Addendum,
    Case,
    DecisionRow,
    Document,
    Evaluation,
    FileContent,
    FiledFile,
    FilePiece,
    FlagActionRow,
    PatientIdentifier,
    Program,
    ReturnedSheet,
    SupersededDecision,
    Visit,
)
from clinic_desk.storage.numbers import next_document
from clinic_desk.storage.visit_acts import keep_draft, sign
from clinic_desk.usecases.desk import Desk
from tests.support.records import NOW

SCAN = b"\x89PNG not really a picture"


def keep_draft_of(desk: Desk, patient: UUID, referrer: UUID) -> None:
    """A case with a signed visit, all that can hang on it, and a visit that is still a draft."""
    by = desk.actor.id
    with desk.store.unit(by) as unit:
        case = Case(
            patient_id=patient,
            title="hamstring strain",
            side="left",
            protocol="posterior-thigh",
            opened_on=NOW.date(),
            referrer_id=referrer,
        )
        unit.session.add(case)
        unit.session.flush()
        usual = {"protocol": "posterior-thigh", "protocol_version": "1.0.0"}
        visit, later = (
            Visit(
                case_id=case.id,
                number=number,
                kind="first_evaluation" if number == 1 else "follow_up",
                care_at=NOW,
                clinician_id=by,
                subjective="Pulled up while sprinting." if number == 1 else "",
                **usual,
            )
            for number in (1, 2)
        )
        unit.session.add(visit)
        unit.session.flush()
        decided = {"visit_id": visit.id, "decided": "2", "by": "Dana Demo", "at": NOW}
        unit.session.add_all(
            [
                Evaluation(
                    visit_id=visit.id,
                    side="left",
                    answers={"pain_now": 4, "ake": {"left": 34, "right": 20}},
                    findings={"red_flags": []},
                    **usual,
                ),
                DecisionRow(subject="grade", suggested="1", reason="walks badly", **decided),
                SupersededDecision(subject="grade", suggested="1", superseded_at=NOW, **decided),
                FlagActionRow(visit_id=visit.id, flag="rf_dvt", kind="phoned", by="Dana", at=NOW),
            ]
        )
        sign(unit.session, visit, by, "Dana Demo", NOW)
        unit.session.add(
            Addendum(visit_id=visit.id, clinician_id=by, by="Dana Demo", at=NOW, text="Also sore.")
        )
        unit.session.add(later)
        unit.session.flush()
        keep_draft(unit.session, "visit", later.id, by, {"note": {"subjective": "Better."}}, NOW)
        program = Program(
            case_id=case.id,
            visit_id=visit.id,
            content={"lines": []},
            prescribed_at=NOW,
            prescribed_by="Dana Demo",
            clinician_id=by,
        )
        unit.session.add(program)
        unit.session.flush()
        number, reference = next_document(unit.session, "letter", 2026)
        pdf = b"%PDF-1.7 a letter"
        unit.session.add_all(
            [
                Document(
                    case_id=case.id,
                    visit_id=visit.id,
                    program_id=program.id,
                    kind="letter",
                    year=2026,
                    number=number,
                    reference=reference,
                    title="Referral",
                    recipient="Dr Robin Sample",
                    recipient_id=referrer,
                    content={"kind": "referral"},
                    bytes=pdf,
                    sha256=sha256(pdf).hexdigest(),
                    issued_at=NOW,
                    issued_by="Dana Demo",
                    clinician_id=by,
                ),
                ReturnedSheet(
                    case_id=case.id,
                    program_id=program.id,
                    first_on=NOW.date(),
                    times_per_day=1,
                    days_per_week=7,
                    days={"days": [[1, 3], [None, None]]},
                    entered_at=NOW,
                    entered_by="Dana Demo",
                    clinician_id=by,
                ),
            ]
        )
        scan = SCAN + patient.bytes  # each patient's own
        content = FileContent(sha256=sha256(scan).hexdigest(), size=len(scan), media="image/png")
        unit.session.add(content)
        unit.session.flush()
        unit.session.add_all(
            [
                FilePiece(content_id=content.id, place=0, bytes=scan[:7]),
                FilePiece(content_id=content.id, place=1, bytes=scan[7:]),
                FiledFile(
                    patient_id=patient,
                    case_id=case.id,
                    content_id=content.id,
                    name="scan.png",
                    title="Scan",
                    added_at=NOW,
                    added_by="Dana Demo",
                    clinician_id=by,
                ),
                PatientIdentifier(patient_id=patient, system="NHS", value="000", key="000"),
            ]
        )
        unit.session.flush()
        unit.audit("make", "record", case.id)
        unit.commit()
