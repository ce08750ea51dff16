"""Patients: register, correct, find, open.

Names are text from people: any script, any length up to 200 characters.
"""

from dataclasses import replace
from uuid import UUID

from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import lock_queries, patient_queries
from clinic_desk.storage.models import Patient
from clinic_desk.usecases import (
    charts,
    likeness,
    lockbox,
    patient_checks,
    patient_rows,
    typed,
    visit_content,
)
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.patient_views import (
    Banner,
    CaseRow,
    JournalEntry,
    PatientDetails,
    PatientFile,
    PatientRow,
)
from clinic_desk.usecases.reckoning import reckoning

__all__ = [
    "Banner",
    "CaseRow",
    "JournalEntry",
    "PatientDetails",
    "PatientFile",
    "PatientRow",
    "alike",
    "banner",
    "case_banner",
    "correct",
    "find",
    "flag_anew",
    "open_file",
    "register",
]


def register(desk: Desk, details: PatientDetails) -> UUID:
    """Register a new patient and give them the next number.

    Raises InvalidInput by field: a missing family name, a birth date in the future or more
    than 130 years ago, text over its limit.
    """
    with desk.store.unit(desk.actor.id) as unit:
        details = _checked(desk, unit.session, details)
        row = Patient(registered_at=desk.now())
        patient_rows.write(unit.session, row, details)
        patient_queries.register(unit.session, row)
        unit.session.flush()
        patient_rows.write_lists(unit.session, row, details)
        unit.audit("register", "patient", row.id, at=desk.now())
        unit.commit()
        return row.id


def correct(desk: Desk, patient_id: UUID, version: int, details: PatientDetails) -> int:
    """Save changed details; returns the new version. Raises EditConflict, InvalidInput."""
    with desk.store.unit(desk.actor.id) as unit:
        row = unit.get(Patient, patient_id, version)
        details = _checked(desk, unit.session, details)
        if lock_queries.is_hidden(unit.session, row.id, lockbox.HISTORY):
            details = replace(details, history=row.history)  # what is not seen is not overwritten
        changed = patient_rows.write(unit.session, row, details)
        patient_rows.write_lists(unit.session, row, details)
        if {"birth_date", "birth_part", "sex"} & set(changed):
            flag_anew(desk, unit.session, row)
        unit.audit("correct", "patient", row.id, {"fields": changed}, at=desk.now())
        unit.commit()
        return row.version


def flag_anew(desk: Desk, session: chart.Reading, who: Patient) -> None:
    """Age and sex decide about red flags: say anew which ones fire in the unsigned visits."""
    for case in chart.cases(session, who.id):
        visit = chart.open_visit(session, case.id)
        draft = chart.draft(session, "visit", visit.id) if visit else None
        if visit is not None and draft is not None:
            held = visit_content.content(draft.payload)
            fired = reckoning(desk.library, who, case, visit, session).of(held).red_flags
            draft.payload = visit_content.payload(held, fired)


def alike(desk: Desk, details: PatientDetails) -> tuple[PatientRow, ...]:
    """Patients who may be the same person, the likeliest first; `likeness` says why."""
    return tuple(one.row for one in likeness.alike(desk, details))


def find(desk: Desk, words: str, limit: int = 50) -> tuple[PatientRow, ...]:
    """Patients by any part of a name (accent- and case-blind, any order), birth date in a
    common form, number or phone; no words gives the most recently seen.
    """
    with desk.store.reading() as session:
        found = patient_queries.find_patients(session, typed.line(words), limit)
        return tuple(patient_rows.row_of(one) for one in found)


def open_file(desk: Desk, patient_id: UUID, case_id: UUID | None = None) -> PatientFile:
    """The whole page of a patient; of one who was merged, the page of the one used instead.
    Raises NotFound.
    """
    with desk.store.reading() as session:
        while (into := charts.patient(session, patient_id).merged_into) is not None:
            patient_id = into
        return charts.file(session, patient_id, desk.today(), case_id)


def banner(desk: Desk, patient_id: UUID, case_id: UUID | None = None) -> Banner:
    """Identity and warnings, for the given case or the newest open one."""
    with desk.store.reading() as session:
        return charts.banner(session, charts.patient(session, patient_id), desk.today(), case_id)


def case_banner(desk: Desk, case_id: UUID) -> Banner:
    """Identity and warnings of the patient whose case this is. Raises NotFound."""
    with desk.store.reading() as session:
        row = charts.case(session, case_id)
        who = charts.patient(session, row.patient_id)
        return charts.banner(session, who, desk.today(), row.id)


def _checked(desk: Desk, session: chart.Reading, details: PatientDetails) -> PatientDetails:
    cleaned = patient_checks.clean(details, chart.practice(session).country)
    patient_checks.check(cleaned, desk.today())
    return cleaned
