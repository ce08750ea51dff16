"""A patient's record as the neutral record that becomes a FHIR bundle."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time
from uuid import UUID, uuid5

from clinic_desk.clinical.measures import Side
from clinic_desk.clinical.protocol import Kind, Protocol
from clinic_desk.exchange import archive_out, fhir_out
from clinic_desk.exchange.records import (
    PERSON_FIELDS,
    SYSTEM,
    CaseRecord,
    ClinicianRecord,
    ContactRecord,
    MeasureRecord,
    PaperRecord,
    PatientRecord,
    VisitRecord,
    WholeRecord,
)
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import file_queries, lock_queries
from clinic_desk.storage.models import Case, Contact, Document, Patient, Visit
from clinic_desk.usecases import (
    answer_words,
    charts,
    contact_rows,
    lockbox,
    patient_rows,
    record_words,
    words,
)
from clinic_desk.usecases.desk import Desk


def bundle(desk: Desk, session: chart.Reading, who: Patient, beside: bool = True) -> bytes:
    """The record as a bundle. `beside`: the papers stand as files next to it, else inside."""
    return fhir_out.bundle(whole(desk, session, who, beside), desk.now())


def whole(desk: Desk, session: chart.Reading, who: Patient, beside: bool) -> WholeRecord:
    """What other programs understand of a record."""
    cases = chart.cases(session, who.id)
    visits = list(reversed(chart.visits(session, [one.id for one in cases])))
    by_case = {one.id: one for one in cases}
    measures: list[MeasureRecord] = []
    for visit, evaluation in chart.evaluations(session, list(by_case)):
        protocol = record_words.protocol_of(desk.library, visit)
        if protocol is not None:
            measures += _measures(protocol, by_case[visit.case_id], visit, evaluation.answers)
    papers = []
    for line in reversed(chart.documents(session, list(by_case))):
        row = session.get_one(Document, line.id)
        path = f"documents/{row.reference}.pdf" if beside else ""
        papers.append(
            PaperRecord(
                str(row.id),
                str(row.visit_id) if row.visit_id else "",
                row.title,
                row.issued_at,
                str(row.clinician_id),
                "application/pdf",
                row.bytes,
                path,
            )
        )
    papers += _files(session, who, beside)
    details = patient_rows.details(session, who)
    team = {one.contact_id: one.role for one in details.contacts}
    acted = {visit.clinician_id for visit in visits} | {UUID(one.clinician_id) for one in papers}
    gp = next((str(key) for key, role in team.items() if role == "gp"), "")
    return WholeRecord(
        str(who.id),
        person(session, who),
        tuple(
            ClinicianRecord(str(one.id), one.name, one.profession, one.registration)
            for one in chart.clinicians(session)
            if one.id in acted
        ),
        tuple(_case(one) for one in reversed(cases)),
        tuple(_visit(one) for one in visits),
        tuple(measures),
        tuple(papers),
        tuple(_contact(session.get_one(Contact, key), role) for key, role in team.items()),
        gp,
    )


def _files(session: chart.Reading, who: Patient, beside: bool) -> Iterator[PaperRecord]:
    """The files that were filed with the patient; what they want closed stays here."""
    if lock_queries.is_hidden(session, who.id, lockbox.FILES):
        return
    hidden = lock_queries.hidden_cases(session)
    for row, content in reversed(file_queries.of_patient(session, who.id)):
        if row.archived_at is not None or row.case_id in hidden:
            continue
        day = row.dated_on or row.added_at.date()
        data = b"".join(file_queries.pieces(session, content.id))
        suffix = archive_out.suffix(data, content.media)
        yield PaperRecord(
            str(row.id),
            "",
            row.title,
            datetime.combine(day, time(12), UTC) if row.dated_on else row.added_at,
            str(row.clinician_id),
            content.media,
            data,
            path=f"file_contents/{content.id}{suffix}" if beside else "",
            author=row.source,
        )


def _contact(row: Contact, role: str) -> ContactRecord:
    entry = contact_rows.entry_of(row)
    return ContactRecord(
        str(row.id),
        entry.name,
        entry.title,
        role,
        entry.organisation,
        entry.email,
        tuple((one.number, one.label) for one in entry.phones),
        tuple((one.lines, one.postcode, one.town, one.country) for one in entry.addresses),
    )


def person(session: chart.Reading, who: Patient) -> PatientRecord:
    """The neutral record of a patient: every field that both know."""
    details = patient_rows.details(session, who)
    said = {name: getattr(details, name, None) for name in PERSON_FIELDS} | {
        "names": tuple((one.family_name, one.given_name, one.kind) for one in details.names),
        "identifiers": tuple((one.system, one.value) for one in details.identifiers),
        "addresses": tuple((one.address, one.kind) for one in details.addresses),
        "phones": tuple((one.number, one.kind) for one in details.phones),
    }
    kept = {name: value for name, value in said.items() if value not in (None, "", ())}
    return PatientRecord(place=who.number, **(kept | {"number": who.number}))


def _case(one: Case) -> CaseRecord:
    return CaseRecord(
        str(one.id), one.title, one.side or "", one.opened_on, one.onset_on, one.closed_on
    )


def _visit(one: Visit) -> VisitRecord:
    return VisitRecord(
        str(one.id),
        str(one.case_id),
        charts.visit_title(one.kind, one.number),
        one.care_at,
        str(one.clinician_id),
        one.status == "signed",
    )


def _measures(
    protocol: Protocol, case: Case, visit: Visit, answers: Mapping[str, object]
) -> Iterator[MeasureRecord]:
    side = Side(case.side) if case.side else None
    system = f"{SYSTEM}:protocol:{visit.protocol}:{visit.protocol_version}"
    for name, value in answers.items():
        item = protocol.items.get(name)
        if item is None or not answer_words.is_given(value) or value == "not_testable":
            continue  # what was not asked is no observation
        usual = {
            "visit_id": str(visit.id),
            "system": system,
            "code": name,
            "label": protocol.say(item.label),
            "at": visit.care_at,
        }
        if item.kind is Kind.PAIR and isinstance(value, Mapping):
            for one in ("left", "right"):
                number = answer_words.numeric(value.get(one))
                if number is not None:
                    yield MeasureRecord(
                        str(uuid5(visit.id, f"{name}.{one}")),
                        number=number,
                        unit=item.unit,
                        site=one,
                        **usual,  # type: ignore[arg-type]
                    )
            continue
        key = str(uuid5(visit.id, name))
        number = answer_words.amount_of(item, value)
        if number is not None:
            yield MeasureRecord(key, number=number, unit=item.unit, **usual)  # type: ignore[arg-type]
        elif said := words.sentence(answer_words.answer(item, value, side, protocol.say)):
            yield MeasureRecord(key, text=said, **usual)  # type: ignore[arg-type]
