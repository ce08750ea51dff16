"""A patient's record as the neutral record that becomes a FHIR bundle."""

from collections.abc import Iterator, Mapping
from uuid import UUID, uuid5

from clinic_desk.clinical.measures import Side
from clinic_desk.clinical.protocol import Kind, Protocol
from clinic_desk.exchange import fhir_out
from clinic_desk.exchange.records import (
    PERSON_FIELDS,
    CaseRecord,
    ClinicianRecord,
    MeasureRecord,
    PaperRecord,
    PatientRecord,
    VisitRecord,
    WholeRecord,
)
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage.models import Case, Document, Patient, Visit
from clinic_desk.usecases import answer_words, charts, patient_rows, record_words, words
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
    acted = {visit.clinician_id for visit in visits} | {UUID(one.clinician_id) for one in papers}
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
    )


def person(session: chart.Reading, who: Patient) -> PatientRecord:
    """The neutral record of a patient: every field that both know."""
    details = patient_rows.details(session, who)
    said = {name: getattr(details, name, None) for name in PERSON_FIELDS}
    kept = {name: value for name, value in said.items() if value not in (None, "")}
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
    system = f"{fhir_out.SYSTEM}:protocol:{visit.protocol}:{visit.protocol_version}"
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
        number = answer_words.numeric(value)
        if number is not None:
            yield MeasureRecord(key, number=number, unit=item.unit, **usual)  # type: ignore[arg-type]
        elif said := words.sentence(answer_words.answer(item, value, side, protocol.say)):
            yield MeasureRecord(key, text=said, **usual)  # type: ignore[arg-type]
