"""A patient's record as a paper, and the one page that a colleague takes over with."""

from uuid import UUID

from clinic_desk.clinical.measures import Side
from clinic_desk.documents import record as paper
from clinic_desk.documents.content import Identity
from clinic_desk.documents.raster import page_count
from clinic_desk.documents.record import RecordContent, RecordSection, RecordTable
from clinic_desk.i18n import _
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage.models import Case, Patient
from clinic_desk.usecases import (
    charts,
    cosign_state,
    flag_state,
    letterhead,
    outcomes,
    practice,
    record_words,
    typed,
    words,
)
from clinic_desk.usecases.desk import Desk

_TWO = (0.24, 0.76)
_LENGTHS = (900, 500, 260, 120, 60)  # signs of each long text, tried until the page holds it


def content(desk: Desk, who: Patient, sections: tuple[RecordSection, ...]) -> RecordContent:
    """The whole record as it is printed and shown."""
    return _content(desk, who, _("Record"), sections)


def whole(desk: Desk, patient_id: UUID) -> bytes:
    """The whole record as a PDF."""
    with desk.store.reading() as session:
        who = charts.patient(session, patient_id)
        sections = record_words.whole(session, desk.library, who)
        made = content(desk, who, sections)
    return paper.render(made)


def summary(desk: Desk, patient_id: UUID) -> bytes:
    """The take-over summary: one page of what a colleague needs first."""
    with desk.store.reading() as session:
        who = charts.patient(session, patient_id)
        cases = chart.cases(session, who.id)
        newest = charts.newest(cases) or (cases[0] if cases else None)
    scores = outcomes.histories(desk, newest.id) if newest else ()
    pdf = b""
    for length in _LENGTHS:
        with desk.store.reading() as session:
            sections = _summary(desk, session, who, newest, scores, length)
        pdf = paper.render(_content(desk, who, _("Take-over summary"), sections))
        if page_count(pdf) == 1:
            break
    return pdf


def _content(
    desk: Desk, who: Patient, title: str, sections: tuple[RecordSection, ...]
) -> RecordContent:
    seen = practice.view(desk)
    made = _("Made {when} by {name}. The record itself says more; this is a copy of that moment.")
    return RecordContent(
        letterhead.letterhead(seen.practice),
        Identity(
            words.full_name(who.given_name, who.family_name),
            words.day(who.birth_date),
            words.age_text(who.birth_date, desk.today()),
            who.number,
        ),
        title,
        made.format(when=words.moment(desk.now()), name=desk.actor.name),
        sections,
        paper=letterhead.paper_of(seen.practice.paper),
    )


def _cut(text: str, length: int) -> str:
    joined = " ".join(text.split())
    return joined if len(joined) <= length else f"{joined[:length].rsplit(' ', 1)[0]} …"


def _summary(
    desk: Desk,
    session: chart.Reading,
    who: Patient,
    case: Case | None,
    scores: tuple[outcomes.History, ...],
    length: int,
) -> tuple[RecordSection, ...]:
    unknown = _("not recorded")
    about = [
        (_("Phone"), who.phone or unknown),
        (_("Address"), ", ".join(typed.lines(who.address)) or unknown),
        (_("Allergies"), _cut(who.allergies, length) or unknown),
        (_("Alerts"), _cut(who.alerts, length) or unknown),
        (_("Medicines"), _cut(who.medicines, length) or unknown),
        (_("Occupation"), _cut(who.occupation, length) or unknown),
        (_("Sport"), _cut(who.sport, length) or unknown),
        (_("Consent"), words.day(who.consent_on) or unknown),
    ]
    sections = [RecordSection(_("Patient"), table=RecordTable(tuple(about), shares=_TWO))]
    if case is None:
        none = (("", _("No case was opened yet.")),)
        return (*sections, RecordSection(_("Case"), paragraphs=none))
    return (*sections, *_case(desk, session, case, scores, length))


def _case(
    desk: Desk,
    session: chart.Reading,
    case: Case,
    scores: tuple[outcomes.History, ...],
    length: int,
) -> list[RecordSection]:
    visits = chart.visits(session, [case.id])
    signed = [one for one in visits if one.status == "signed"]
    state = flag_state.of_case(session, case.id)
    side = Side(case.side) if case.side else None
    rows = [
        (_("Opened"), words.day(case.opened_on)),
        (_("Onset"), words.day(case.onset_on) or _("not recorded")),
        (_("Goal"), _cut(case.goal, length) or _("not recorded")),
        (_("Red flags"), state.text or _("none open")),
        (_("Visits"), _("{signed} signed, {open} not signed").format(
            signed=len(signed), open=len(visits) - len(signed))),
    ]  # fmt: skip
    rows += [(history.name, _cut(history.sentence(), length)) for history in scores]
    sections = [
        RecordSection(words.sided(case.title, side), table=RecordTable(tuple(rows), shares=_TWO))
    ]
    if signed:
        last = signed[0]
        said = [
            (f"{_(name.capitalize())}:", _cut(text, length))
            for name in ("subjective", "objective", "assessment", "plan")
            if (text := getattr(last, name)).strip()
        ]
        signature = f"{last.signed_by}, {words.moment(last.care_at)}"
        said.append((_("Signed:"), signature))
        supervised = cosign_state.of_visits(session, [last.id]).get(last.id)
        if supervised is not None:
            said.append((_("Supervision:"), supervised.said))
        title = _("Last visit: {title}")
        title = title.format(title=charts.visit_title(last.kind, last.number))
        sections.append(RecordSection(title, paragraphs=tuple(said)))
    programs = chart.programs(session, [case.id])
    if programs:
        last_program = record_words.program(desk.library, programs[0])
        table = last_program.table
        if table is not None:
            lines = "; ".join(f"{row[0]}: {row[1]}" for row in table.rows)
            said_program = (("", _cut(lines, 2 * length)),)
            sections.append(RecordSection(last_program.heading, paragraphs=said_program))
    return sections
