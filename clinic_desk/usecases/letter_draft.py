"""A letter's draft from the record of a case, and as JSON and back."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from clinic_desk.clinical.findings import FlagFinding
from clinic_desk.clinical.measures import Side
from clinic_desk.library.letter_kind import PATIENT
from clinic_desk.library.letters import LetterKind, LetterPartKind, Value
from clinic_desk.library.phrases import phrase_book
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage.models import Case, Patient
from clinic_desk.usecases import (
    charts,
    decision_history,
    flowsheet,
    home_kept,
    letter_course,
    letter_medicines,
    letter_sentences,
    letter_supervision,
    letter_tongue,
    letter_words,
    outcomes,
    plain,
    program_content,
    programs,
    recall_letters,
    shelf,
    words,
)
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.letter_record import Record
from clinic_desk.usecases.letter_supervision import Supervision
from clinic_desk.usecases.letter_tongue import Said
from clinic_desk.usecases.letter_views import (
    LetterDraft,
    Override,
    Part,
    PartChanges,
    Sentence,
)
from clinic_desk.usecases.letterhead import day_number
from clinic_desk.usecases.measured import Evaluated, evaluated
from clinic_desk.usecases.recall_letters import Welcome
from clinic_desk.usecases.reckoning import reckoning


@dataclass(frozen=True, slots=True)
class Source:
    """All that a letter is composed from."""

    case: Case
    patient: Patient
    record: Record | None
    visits: int
    first_visit: date | None
    values: dict[str, Value]
    welcome: Welcome | None = None  # of a letter to the patient
    supervision: Supervision = field(default_factory=Supervision)  # of the notes behind it
    said: Said | None = None  # what the letter's own language can say of it

    @property
    def visit_signed(self) -> bool:
        """Whether the evaluation behind the letter is signed; true where there is none."""
        return self.record is None or self.record.newest.signed


def source(desk: Desk, session: chart.Reading, case_id: UUID, kind: LetterKind) -> Source:
    """Read the record of a case. Raises NotFound."""
    case = charts.case(session, case_id)
    who = charts.patient(session, case.patient_id)
    found = _record(desk, session, case, who)
    visits = chart.visits(session, [case_id])
    first = words.local(visits[-1].care_at).date() if visits else None
    side = charts.side_of(case)
    complaint = letter_words.complaint(case.title, side)
    today = desk.today()
    day = day_number(case.onset_on, today)
    values: dict[str, Value] = letter_words.empty_values()
    if found is not None:
        values |= letter_words.record_values(found)
    values |= {
        "patient": words.full_name(who.given_name, who.family_name),
        "given_name": who.preferred_name or who.given_name or who.family_name,
        "complaint": complaint,
        "side": "both sides" if side is Side.BOTH else side.value if side else "",
        "today": words.day(today),
        "day": "" if day is None else f"day {day}",
        "since_onset": "" if day is None else words.counted(day, "day", "days"),
        "onset_on": words.day(case.onset_on),
        "referrer": "",
        "clinician": desk.actor.name,
        "question": letter_words.question(found, complaint, day, kind.role) if found else "",
        "story": letter_words.story(found, complaint, case.onset_on)
        if found
        else [words.sentence(complaint)],
        "allergies": "none known" if who.no_allergies else _inline(who.allergies),
        **letter_medicines.values(found, who),
        "alerts": _inline(who.alerts),
        "visits": len(visits),
        "first_visit": words.day(first),
        "goal": case.goal,
        "consent_on": words.day(who.consent_on),
        "plan": [],
    }
    values |= _program(desk, session, case_id)
    values |= letter_course.values(session, case, who, visits, found, today)
    values |= recall_letters.values(session, case, today)
    values["clinic_done"] = words.listed(flowsheet.named(session, case_id))
    welcome = recall_letters.welcome(session, who) if kind.role == PATIENT else None
    newest = found.newest.visit.id if found else None
    supervision = letter_supervision.of_case(session, visits, newest)
    said = letter_tongue.said(desk, session, kind, case, who, found, values)
    return Source(case, who, found, len(visits), first, values, welcome, supervision, said)


def _record(desk: Desk, session: chart.Reading, case: Case, who: Patient) -> Record | None:
    visits = evaluated(session, case.id)
    if not visits:
        return None
    newest = visits[0]
    reckoned = reckoning(desk.library, who, case, newest.visit, session)
    decided = {one.subject: one.decided for one in newest.decisions}
    if "grade" not in decided:
        newest = _with_earlier_grade(newest, visits[1:])
        decided = {one.subject: one.decided for one in newest.decisions}
    return Record(
        reckoned=reckoned,
        newest=newest,
        earlier=next(iter(visits[1:]), None),
        found=reckoned.findings(newest.standing, decided),
        book=phrase_book(reckoned.protocol.id),
        past=decision_history.chain(
            one for visit in visits for one in (*visit.decisions, *visit.superseded)
        ),
        first=visits[-1] if len(visits) > 1 else None,
        outcomes=outcomes.of_visits(desk.library, visits),
        before=tuple(visits[1:]),
    )


def _with_earlier_grade(newest: Evaluated, earlier: Sequence[Evaluated]) -> Evaluated:
    """A grade that was decided at an earlier visit stays decided, with its own date."""
    for visit in earlier:
        for one in visit.decisions:
            if one.subject == "grade":
                return replace(newest, decisions=(*newest.decisions, one))
    return newest


def _inline(text: str) -> str:
    """A text of several lines inside a sentence, without its full stop."""
    return "; ".join(part.strip() for part in text.splitlines() if part.strip()).rstrip(".")


def _program(desk: Desk, session: chart.Reading, case_id: UUID) -> dict[str, Value]:
    found = chart.programs(session, [case_id])
    seen = home_kept.summary_of(session, case_id)
    kept = seen.line if seen else ""
    if not found:
        none = {"program": "", "program_minutes": "", "program_kept": kept}
        return {**none, "exercises": [], "program_overrides": [], "review_on": ""}
    content = program_content.read(found[0].content)
    known = shelf.exercises(desk.library)
    held = [line for line in content.lines if line.exercise in known]
    names = [words.lowered(known[line.exercise].exercise.name) for line in held]
    reasons = [line.override_reason for line in held]
    name = plain.text(found[0].content, "template_name")
    minutes = max(1, round(programs.gauge(desk, content).seconds / 60))
    return {
        "program": words.lowered(name) or words.listed(names),
        "program_minutes": f"about {words.counted(minutes, 'minute', 'minutes')} a session",
        "program_kept": kept,
        "exercises": names,
        "program_overrides": [
            *(f"{name}: {_inline(why)}" for name, why in zip(names, reasons, strict=True) if why),
            *filter(None, [_inline(content.override_reason)]),
        ],
        "review_on": words.day(content.review_on),
    }


def composed(
    kind: LetterKind, found: Source, recipient_id: UUID | None, paper: str, today: date
) -> LetterDraft:
    """A new draft with every part in words."""
    flags = _flags(found)
    return LetterDraft(
        kind=kind.id,
        recipient_id=recipient_id,
        copies=(),
        see_by=letter_words.due(kind, flags, today),
        parts=tuple(_part(part, found) for part in kind.parts),
        paper=paper,
        table=letter_tongue.table(kind, found.said, found.record),
        visit_id=found.record.newest.visit.id if found.record else None,
        flags=tuple(one.id for one in flags),
        side=case_side.value if (case_side := charts.side_of(found.case)) else "",
        chart=letter_words.body_chart(found.record) if found.record else None,
        case_id=found.case.id,
    )


def _flags(found: Source) -> list[FlagFinding]:
    fired = found.record.found.red_flags if found.record else ()
    return [one for one in fired if one.urgency.blocks_signing]


def referred_flags(draft: LetterDraft, found: Source) -> list[FlagFinding]:
    """The red flags that the letter acts on: those that it was written about, that still fire,
    while the part that tells of them goes with it. A letter without such a part, such as a
    certificate, acts on none.
    """
    telling = next((one for one in draft.parts if one.id == "red_flags"), None)
    if telling is None or not (telling.included and telling.text.strip()):
        return []
    return [one for one in _flags(found) if one.id in draft.flags]


def emergency(found: Source) -> bool:
    """Whether an emergency or same-day flag stands behind the letter."""
    return any(one.urgency.locks_exercises for one in _flags(found))


def _part(kind: LetterPartKind, found: Source) -> Part:
    text, language = letter_tongue.filled(kind, found.said, found.values)
    filled = bool(text) or (kind.table and found.record is not None)
    return Part(
        id=kind.id,
        title=kind.title,
        included=kind.required or (kind.included and filled),
        required=kind.required,
        text=text,
        composed=text,
        origin=_origin(kind, found),
        has_table=kind.table,
        has_chart=kind.chart,
        sentences=letter_sentences.of_record(text),
        language=language,
    )


def refreshed(draft: LetterDraft, fresh: LetterDraft, only: str = "") -> LetterDraft:
    """The draft with the record's words of now, in all parts or in one; what the clinician wrote,
    left out, ticked and set in order stays.

    A draft that became another kind takes that kind's order.
    """
    now = {one.id: one for one in fresh.parts}
    held = {one.id: one for one in draft.parts}
    if only:
        taken = replace(
            draft,
            parts=tuple(
                _taken(one, now[one.id]) if one.id == only and one.id in now else one
                for one in draft.parts
            ),
        )
        if held[only].has_table:
            taken = replace(taken, table=fresh.table)
        return replace(taken, chart=fresh.chart) if held[only].has_chart else taken
    same = set(held) == set(now)
    order = [one.id for one in (draft if same else fresh).parts]
    return replace(
        fresh,
        parts=tuple(_taken(held[name], now[name]) if name in held else now[name] for name in order),
        copies=draft.copies,
        enclosures=draft.enclosures,
        overrides=draft.overrides,
        see_by=draft.see_by or fresh.see_by,
        paper=draft.paper,
        corrects=draft.corrects,
    )


def _taken(held: Part, fresh: Part) -> Part:
    part = letter_sentences.refreshed(held, fresh.composed)
    return replace(fresh, text=part.text, sentences=part.sentences, included=held.included)


def changes(kind: LetterKind, draft: LetterDraft, found: Source) -> tuple[PartChanges, ...]:
    """What the record says otherwise than the draft was composed from, part by part."""
    table = letter_tongue.table(kind, found.said, found.record)
    chart = letter_words.body_chart(found.record) if found.record else None
    templates = {one.id: one for one in kind.parts}
    seen = []
    for one in draft.parts:
        template = templates.get(one.id)
        if template is None:
            continue
        composed, _language = letter_tongue.filled(template, found.said, found.values)
        change = PartChanges(
            one.id,
            one.title,
            letter_sentences.changes(one, composed) if composed != one.composed else (),
            table=one.has_table and draft.table != table,
            chart=one.has_chart and draft.chart != chart,
        )
        if change.sentences or change.table or change.chart:
            seen.append(change)
    return tuple(seen)


def _origin(kind: LetterPartKind, found: Source) -> str:
    """Where a part comes from, in a few words beside its name."""
    record = found.record
    day = words.day(record.day) if record else ""
    match kind.id:
        case "question":
            return "Required, suggested from the record" if found.values["question"] else "Required"
        case "body_chart" if record and not found.values.get("body_chart"):
            return "Nothing marked"
        case "history" | "findings" | "body_chart":
            return f"From the evaluation of {day}" if record else "No evaluation yet"
        case "red_flags":
            return record.screen.counts if record and record.screen.asked else "Not asked"
        case "grade":
            if found.values["grade_decided"]:
                return f"Decided by {found.values['grade_by']}, {found.values['grade_at']}"
            return "Suggested, not decided" if found.values["grade"] else "No grade"
        case "treatment":
            visits = words.counted(found.visits, "visit", "visits")
            return f"{visits} and home program" if found.values["program"] else visits
        case "goal":
            return str(found.values["goal"]).split("\n")[0][:60]
    return ""


def heading(part: Part, found: Source) -> str:
    """A part's heading on paper: "Red-flag screen, 03 Feb 2026: 21 asked, 1 yes, 20 no"."""
    record = found.record
    if record is None or part.id not in ("red_flags", "findings", "body_chart"):
        return part.title
    day = record.screened_on if part.id == "red_flags" else record.day
    dated = f"{part.title}, {words.day(day)}"
    if part.id == "red_flags" and record.screen.asked:
        return f"{dated}: {record.screen.counts}"
    return dated


def read(data: plain.Plain) -> LetterDraft:
    """The draft of a payload or of an issued letter's content."""
    rows = data.get("table")
    return LetterDraft(
        kind=plain.text(data, "kind"),
        recipient_id=plain.maybe_id(data, "recipient_id"),
        copies=plain.texts(data, "copies"),
        see_by=plain.maybe_day(data, "see_by"),
        parts=tuple(_read_part(one) for one in plain.tables(data, "parts")),
        paper=plain.text(data, "paper") or "a4",
        table=tuple(tuple(map(str, row)) for row in rows) if isinstance(rows, list) else (),
        visit_id=plain.maybe_id(data, "visit_id"),
        flags=plain.texts(data, "flags"),
        side=plain.text(data, "side"),
        chart=plain.inner(data, "chart") or None,
        case_id=plain.maybe_id(data, "case_id"),
        corrects=plain.maybe_id(data, "corrects"),
        enclosures=plain.texts(data, "enclosures"),
        overrides=tuple(
            Override(
                plain.text(one, "check"),
                plain.text(one, "reason"),
                plain.text(one, "by"),
                plain.maybe_moment(one, "at"),
                plain.text(one, "problem"),
            )
            for one in plain.tables(data, "overrides")
        ),
    )


def _read_part(data: plain.Plain) -> Part:
    return Part(
        id=plain.text(data, "id"),
        title=plain.text(data, "title"),
        included=plain.flag(data, "included"),
        required=plain.flag(data, "required"),
        text=plain.text(data, "text"),
        composed=plain.text(data, "composed"),
        origin=plain.text(data, "origin"),
        has_table=plain.flag(data, "has_table"),
        has_chart=plain.flag(data, "has_chart"),
        sentences=tuple(
            Sentence(
                plain.text(one, "text"),
                plain.text(one, "composed"),
                plain.text(one, "lead"),
                plain.flag(one, "included"),
            )
            for one in plain.tables(data, "sentences")
        ),
        language=plain.text(data, "language"),
    )
