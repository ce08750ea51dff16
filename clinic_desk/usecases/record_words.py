"""A patient's record in words, section by section: what the print-out and the page show.

Everything is said with who and when; suggested and decided are never said alike, and what was
not asked is not said at all.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date

from clinic_desk.clinical.measures import Side
from clinic_desk.clinical.protocol import Protocol
from clinic_desk.documents.record import RecordSection, RecordTable
from clinic_desk.errors import LibraryInvalid, NotFound
from clinic_desk.i18n import _
from clinic_desk.library import Library
from clinic_desk.library.handout_words import SOURCE
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import contact_entry_queries
from clinic_desk.storage.models import Addendum, Case, Patient, Program, Visit
from clinic_desk.usecases import (
    answer_words,
    charts,
    contact_journal,
    cosign_state,
    decision_history,
    decision_words,
    note_layouts,
    note_words,
    patient_rows,
    program_content,
    program_words,
    visit_content,
    words,
)
from clinic_desk.usecases.cosign_state import Cosigning
from clinic_desk.usecases.visit_views import Decision, FlagAction, Note, VisitContent

_TWO = (0.3, 0.7)
_LABELS = {
    "family_name": "Family name",
    "given_name": "Given name",
    "birth_date": "Birth date",
    "sex": "Sex",
    "phone": "Phone",
    "email": "E-mail",
    "address": "Address",
    "allergies": "Allergies",
    "alerts": "Alerts",
    "medicines": "Medicines",
    "occupation": "Occupation",
    "sport": "Sport",
    "language": "Language",
    "consent_on": "Consent given on",
}


def whole(session: chart.Reading, library: Library, who: Patient) -> tuple[RecordSection, ...]:
    """Every section of a record, the newest case first, its visits in the order of time."""
    cases = chart.cases(session, who.id)
    sections = [details(session, who)]
    for case in cases:
        sections.append(of_case(case))
        visits = sorted(chart.visits(session, [case.id]), key=lambda one: one.number)
        addenda = chart.addenda(session, [one.id for one in visits])
        supervised = cosign_state.of_visits(session, [one.id for one in visits])
        for visit in visits:
            own = [one for one in addenda if one.visit_id == visit.id]
            sections += _visit(session, library, case, visit, own, supervised.get(visit.id))
        sections += _contacts(session, case)
        sections += [program(library, one) for one in reversed(chart.programs(session, [case.id]))]
        sections += _documents(session, case)
    return tuple(sections)


def details(session: chart.Reading, who: Patient) -> RecordSection:
    """Who it is, as a table; what is not known is said so."""
    typed = patient_rows.details(session, who)
    rows = [(_("Number"), who.number)]
    for name in typed.__slots__:
        label = _LABELS.get(name, words.capital(name.replace("_", " ")))
        rows.append((_(label), _shown(getattr(typed, name))))
    rows.append((_("Registered"), words.moment(who.registered_at)))
    return RecordSection(_("Patient"), table=RecordTable(tuple(rows), shares=_TWO))


def _shown(value: object) -> str:
    if value in (None, "", ()):
        return _("not recorded")
    if isinstance(value, bool):
        return _("yes") if value else _("not said")
    if isinstance(value, date):
        return words.day(value)
    if isinstance(value, tuple):
        return "\n".join(_line(one) for one in value)
    return str(value)


def _line(one: object) -> str:
    """A line of one of the lists; ids of other rows say nothing to a reader."""
    if not is_dataclass(one):
        return str(one)
    values = (getattr(one, part.name) for part in fields(one))
    said = (words.day(v) if isinstance(v, date) else v for v in values)
    return ", ".join(part for part in said if isinstance(part, str) and part)


def of_case(case: Case) -> RecordSection:
    """A case's head."""
    side = Side(case.side) if case.side else None
    rows = [
        (_("Opened"), words.day(case.opened_on)),
        (_("Onset"), words.day(case.onset_on) or _("not recorded")),
        (_("Goal"), case.goal or _("not recorded")),
        (_("Closed"), words.day(case.closed_on) or _("open")),
    ]
    if case.outcome:
        rows.append((_("Outcome"), case.outcome))
    title = _("Case: {title}").format(title=words.sided(case.title, side))
    return RecordSection(title, table=RecordTable(tuple(rows), shares=_TWO))


def _visit(
    session: chart.Reading,
    library: Library,
    case: Case,
    visit: Visit,
    addenda: Sequence[Addendum],
    supervised: Cosigning | None,
) -> list[RecordSection]:
    title = f"{charts.visit_title(visit.kind, visit.number)}, {words.moment(visit.care_at)}"
    said: list[tuple[str, str]] = []
    if visit.status == "draft":
        said.append((_("Not signed:"), _("this is how far it was written.")))
        draft = chart.draft(session, "visit", visit.id)
        content = visit_content.content(draft.payload) if draft else VisitContent()
        answers: Mapping[str, object] = content.answers
    else:
        note = Note(*(getattr(visit, name) for name in note_layouts.PARTS))
        content = VisitContent(note, layout=note_layouts.stored(visit.layout))
        evaluation = chart.evaluation(session, visit.id)
        answers = evaluation.answers if evaluation else {}
    said += [
        (f"{_(one.title)}:", one.text)
        for one in note_layouts.sections_of(content)
        if one.text.strip()
    ]
    protocol = protocol_of(library, visit)
    programs = note_words.programs_of(library)
    for one in decision_history.standing(session, [visit.id]):
        said.append((_("Decision:"), _decision(protocol, one, programs)))
    for one in decision_history.superseded(session, [visit.id]):
        said.append((_("Changed decision:"), _decision(protocol, one, programs)))
    for row in chart.flag_actions(session, [visit.id]):
        act = FlagAction(row.flag, row.kind, row.text, row.by, row.at)
        text = f"{row.flag}: {note_words.action_words(act)}, {row.by}, {words.moment(row.at)}"
        said.append((_("Red flag:"), text))
    if visit.signed_at is not None:
        signed = f"{visit.signed_by}, {words.moment(visit.signed_at)}"
        if charts.late(visit.care_at, visit.signed_at):
            signed += _(" (late entry)")
        said.append((_("Signed:"), signed))
    for added in addenda:
        lead = _("Addendum, {name}, {when}:")
        said.append((lead.format(name=added.by, when=words.moment(added.at)), added.text))
    said += _supervision(supervised)
    sections = [RecordSection(title, 2, tuple(said))]
    rows = _answers(protocol, case, answers)
    if rows:
        table = RecordTable(rows, (_("Asked or tested"), _("Answer")), (0.5, 0.5))
        sections.append(RecordSection("", 2, table=table))
    return sections


def _supervision(cosigning: Cosigning | None) -> list[tuple[str, str]]:
    """How a note under supervision stands, and the remarks with which it was given back."""
    if cosigning is None:
        return []
    said = [
        (_("Given back:"), f"{one.by}, {words.moment(one.at)}: {one.remark}")
        for one in cosigning.acts
        if one.act == "returned" and one is not cosigning.last
    ]
    return [*said, (_("Supervision:"), cosigning.said)]


def _contacts(session: chart.Reading, case: Case) -> list[RecordSection]:
    """Signed calls, e-mails and messages in the order of time, each with its addenda."""
    rows = sorted(contact_entry_queries.in_cases(session, [case.id]), key=lambda one: one.at)
    addenda = contact_entry_queries.addenda(session, [one.id for one in rows])
    supervised = cosign_state.of_contacts(session, [one.id for one in rows])
    sections = []
    for row in rows:
        signed = f"{row.signed_by}, {words.moment(row.signed_at)}"
        if charts.late(row.at, row.signed_at):
            signed += _(" (late entry)")
        said = [("", row.text), (_("Signed:"), signed)]
        lead = _("Addendum, {name}, {when}:")
        said += [
            (lead.format(name=one.by, when=words.moment(one.at)), one.text)
            for one in addenda
            if one.entry_id == row.id
        ]
        said += _supervision(supervised.get(row.id))
        title = f"{contact_journal.title(row.kind, row.with_whom)}, {words.moment(row.at)}"
        sections.append(RecordSection(title, 2, tuple(said)))
    return sections


def protocol_of(library: Library, visit: Visit) -> Protocol | None:
    """The protocol that a visit was recorded with, where this program has it."""
    try:
        return library.protocol(visit.protocol, visit.protocol_version)
    except (LibraryInvalid, NotFound):
        return None  # of a region or a version that this program does not have


def _decision(protocol: Protocol | None, one: Decision, programs: Mapping[str, str]) -> str:
    subject = one.subject
    if protocol is None:
        return f"{subject}: {one.decided} ({one.by})"
    about = decision_words.about(protocol, subject)
    return f"{about}: {decision_words.line(protocol, one, programs)}"


def _answers(
    protocol: Protocol | None, case: Case, answers: Mapping[str, object]
) -> tuple[tuple[str, str], ...]:
    side = Side(case.side) if case.side else None
    rows = []
    for name, value in answers.items():
        item = protocol.items.get(name) if protocol else None
        if value == "not_testable":
            said = _("not testable")
        elif not answer_words.is_given(value):
            continue
        elif item is None or protocol is None:
            said = json.dumps(value, ensure_ascii=False, sort_keys=True)
        else:
            said = answer_words.answer(item, value, side, protocol.say)
        label = protocol.say(item.label) if item and protocol else name
        rows.append((label, said))
    return tuple(rows)


def program(library: Library, row: Program) -> RecordSection:
    """A home program as it was prescribed."""
    names = {one.exercise.id: one.exercise.name for one in library.exercises()}
    says = library.translation(SOURCE).words
    lines = tuple(
        (
            program_words.with_side(says, names.get(one.exercise, one.exercise), one.side),
            program_words.dosage(says, replace(one, note="")),
            one.note,
        )
        for one in program_content.read(row.content).lines
    )
    title = _("Home program, {when}, {name}")
    title = title.format(when=words.moment(row.prescribed_at), name=row.prescribed_by)
    header = (_("Exercise"), _("Dose"), _("Note"))
    return RecordSection(title, 2, table=RecordTable(lines, header, (0.28, 0.5, 0.22)))


def _documents(session: chart.Reading, case: Case) -> list[RecordSection]:
    rows = tuple(
        (one.reference, one.title, one.recipient, words.moment(one.issued_at), one.issued_by)
        for one in reversed(chart.documents(session, [case.id]))
    )
    if not rows:
        return []
    header = (_("Reference"), _("Title"), _("To"), _("Issued"), _("By"))
    shares = (0.16, 0.26, 0.22, 0.2, 0.16)
    return [RecordSection(_("Issued papers"), 2, table=RecordTable(rows, header, shares))]
