"""A patient's chart put together: banner, cases, journal. Read inside one session."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from clinic_desk.clinical.measures import Side
from clinic_desk.errors import NotFound
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import lock_queries
from clinic_desk.storage.models import Addendum, Case, Contact, Patient, Program, Visit
from clinic_desk.usecases import (
    answer_journal,
    contact_journal,
    cosign_state,
    flag_state,
    lockbox,
    patient_rows,
    plain,
    sent_words,
    words,
)
from clinic_desk.usecases.flag_state import FlagState
from clinic_desk.usecases.letterhead import day_number
from clinic_desk.usecases.patient_views import (
    Banner,
    CaseRow,
    JournalEntry,
    PatientFile,
)

KINDS: Mapping[str, str] = {
    "first_evaluation": "First evaluation",
    "re_evaluation": "Re-evaluation",
    "follow_up": "Follow-up",
}
SUMMARY = 160  # characters of a journal line


def patient(session: chart.Reading, patient_id: UUID) -> Patient:
    """A patient. Raises NotFound."""
    found = session.get(Patient, patient_id)
    if found is None:
        raise NotFound("This patient is not in the record.", "Look again.")
    return found


def case(session: chart.Reading, case_id: UUID) -> Case:
    """A case. Raises NotFound, AccessDenied (a part that the patient wants closed)."""
    found = session.get(Case, case_id)
    if found is None:
        raise NotFound("This case is not in the record.", "Look again.")
    lockbox.refuse_hidden(session, case_id)
    return found


def side_of(row: Case) -> Side | None:
    """The case's side."""
    return Side(row.side) if row.side else None


def banner(
    session: chart.Reading, who: Patient, today: date, case_id: UUID | None = None
) -> Banner:
    """Identity and warnings, for the given case or the newest open one."""
    hidden = lock_queries.hidden_cases(session)
    cases = [one for one in chart.cases(session, who.id) if one.id not in hidden]
    chosen = case(session, case_id) if case_id else newest(cases)
    state = flag_state.of_case(session, chosen.id) if chosen else FlagState()
    shown = banner_of(who, chosen, state, today)
    if state.state != "open" and any(
        flag_state.of_case(session, one.id).state == "open"
        for one in chart.cases(session, who.id)
        if one.id in hidden
    ):
        shown = replace(shown, red_flag="open", red_flag_text="Red flag open, in a closed part")
    closed = sum(not one.opened for one in lockbox.parts(session, who.id))
    return replace(shown, closed_parts=closed)


def newest(cases: Sequence[Case]) -> Case | None:
    """The newest open case."""
    return next((one for one in cases if one.closed_on is None), None)


def banner_of(who: Patient, chosen: Case | None, state: FlagState, today: date) -> Banner:
    """The banner from rows that are already at hand."""
    side = side_of(chosen) if chosen else None
    return Banner(
        patient_id=who.id,
        number=who.number,
        family_name=who.family_name,
        given_name=who.given_name,
        birth_date=who.birth_date,
        age=words.age(who.birth_date, today, who.birth_part),
        case_id=chosen.id if chosen else None,
        case_title=words.sided(chosen.title, side) if chosen else "",
        side=side,
        day=day_number(chosen.onset_on, today) if chosen and not chosen.closed_on else None,
        red_flag=state.state,
        red_flag_text=state.text,
        allergies=who.allergies,
        alerts=who.alerts,
        consent_on=who.consent_on,
        preferred_name=who.preferred_name,
        pronouns=who.pronouns,
        birth_part=who.birth_part,
        age_words=words.age_range(who.birth_date, today, who.birth_part),
        no_allergies=who.no_allergies,
        interpreter=(who.interpreter_language or "yes") if who.interpreter == "yes" else "",
        archived=who.archived_on is not None,
    )


def file(
    session: chart.Reading, patient_id: UUID, today: date, case_id: UUID | None = None
) -> PatientFile:
    """The whole page of a patient."""
    who = patient(session, patient_id)
    cases = chart.cases(session, patient_id)
    if case_id is not None and case_id not in {one.id for one in cases}:
        raise NotFound("This case is not one of the patient's.", "Look again.")
    hidden = lock_queries.hidden_cases(session)
    open_ids = [one.id for one in cases if one.id not in hidden]
    visits = chart.visits(session, open_ids)
    said = patient_rows.details(session, who)
    if lock_queries.is_hidden(session, who.id, lockbox.HISTORY):
        said = replace(said, history="")
    return PatientFile(
        id=who.id,
        version=who.version,
        details=said,
        banner=banner(session, who, today, None if case_id in hidden else case_id),
        cases=tuple(
            _closed_row(one) if one.id in hidden else _case_row(one, visits) for one in cases
        ),
        journal=journal(session, open_ids, visits),
        closed=lockbox.parts(session, who.id),
        care_team=tuple(
            (one.role, found.name)
            for one in said.contacts
            if (found := session.get(Contact, one.contact_id)) is not None
        ),
        hold_reason=who.hold_reason,
    )


def _closed_row(row: Case) -> CaseRow:
    """A case of which only that it is there may be seen."""
    return CaseRow(
        id=row.id,
        title=lockbox.CLOSED_CASE,
        side=None,
        opened_on=row.opened_on,
        onset_on=None,
        closed_on=row.closed_on,
        visits=0,
        goal="",
        hidden=True,
    )


def _case_row(row: Case, visits: Sequence[Visit]) -> CaseRow:
    return CaseRow(
        id=row.id,
        title=row.title,
        side=side_of(row),
        opened_on=row.opened_on,
        onset_on=row.onset_on,
        closed_on=row.closed_on,
        visits=sum(one.case_id == row.id for one in visits),
        goal=row.goal,
    )


def journal(
    session: chart.Reading, case_ids: Sequence[UUID], visits: Sequence[Visit]
) -> tuple[JournalEntry, ...]:
    """Everything that happened in the cases, the newest first."""
    numbers = {one.id: one for one in visits}
    supervised = cosign_state.of_visits(session, list(numbers))
    entries = [_visit_entry(one, supervised.get(one.id)) for one in visits]
    entries += [
        _addendum_entry(one, numbers[one.visit_id]) for one in chart.addenda(session, list(numbers))
    ]
    entries += [_program_entry(one) for one in chart.programs(session, case_ids)]
    entries += answer_journal.entries(session, case_ids)
    entries += contact_journal.entries(session, case_ids)
    papers = chart.documents(session, case_ids)
    went = sent_words.said(session, [one.id for one in papers])
    entries += [_paper_entry(one, went.get(one.id, "")) for one in papers]
    return tuple(sorted(entries, key=lambda one: (one.at, one.id), reverse=True))


def visit_title(kind: str, number: int) -> str:
    """ "Re-evaluation, visit 4"."""
    return f"{KINDS.get(kind, words.capital(kind.replace('_', ' ')))}, visit {number}"


def late(care_at: datetime, entered_at: datetime) -> bool:
    """Whether a visit was written on a later day than its care."""
    return words.local(entered_at).date() > words.local(care_at).date()


def _visit_entry(row: Visit, supervised: cosign_state.Cosigning | None) -> JournalEntry:
    if row.status == "draft":
        summary = "Not signed yet."
    else:
        summary = first_words(row.assessment or row.subjective or row.objective or row.plan)
        if row.signed_at and late(row.care_at, row.signed_at):
            summary = f"Late entry, signed {words.moment(row.signed_at)}. {summary}"
        if supervised is not None:
            summary = supervised.brief + summary
    return JournalEntry(
        kind="visit",
        id=row.id,
        at=row.care_at,
        title=visit_title(row.kind, row.number),
        summary=summary,
        state=supervised.state if supervised is not None and supervised.open else row.status,
        case_id=row.case_id,
    )


def _addendum_entry(row: Addendum, visit: Visit) -> JournalEntry:
    return JournalEntry(
        kind="addendum",
        id=visit.id,
        at=row.at,
        title=f"Addendum to visit {visit.number}",
        summary=first_words(row.text),
        state="signed",
        case_id=visit.case_id,
    )


def _program_entry(row: Program) -> JournalEntry:
    lines = plain.tables(row.content, "lines")
    name = plain.text(row.content, "template_name")
    count = words.counted(len(lines), "exercise", "exercises")
    return JournalEntry(
        kind="program",
        id=row.id,
        at=row.prescribed_at,
        title=f"Program prescribed: {name}" if name else "Program prescribed",
        summary=f"{count}, by {row.prescribed_by}.",
        state="prescribed",
        case_id=row.case_id,
    )


def _paper_entry(row: chart.DocumentLine, went: str) -> JournalEntry:
    to = f" to {row.recipient}" if row.recipient else ""
    title = f"Letter{to}" if row.kind == "letter" else f"Handout issued: {row.title}"
    return JournalEntry(
        kind=row.kind,
        id=row.id,
        at=row.issued_at,
        title=title,
        summary=" ".join(
            text
            for text in (
                f"{row.title}." if row.kind == "letter" else "",
                f"{row.reference}.",
                went or "Exact copy filed.",
            )
            if text
        ),
        state="issued",
        case_id=row.case_id,
    )


def first_words(text: str) -> str:
    """The beginning of a text in one line, cut between words."""
    joined = " ".join(text.split())
    if len(joined) <= SUMMARY:
        return joined
    return f"{joined[:SUMMARY].rsplit(' ', 1)[0]} …"
