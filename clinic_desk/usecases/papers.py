"""Documents: handouts and letters as the very bytes, previewed and kept for ever."""

from collections.abc import Mapping
from datetime import timedelta
from hashlib import sha256
from hmac import compare_digest
from uuid import UUID

from clinic_desk.clinical.measures import Side
from clinic_desk.documents import fonts, handout, raster
from clinic_desk.documents.content import HandoutContent, HandoutExercise
from clinic_desk.errors import InvalidInput, Locked, NotFound, StorageDamaged
from clinic_desk.library.exercises import Illustrated
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import numbers
from clinic_desk.storage.models import Case, Document
from clinic_desk.usecases import (
    charts,
    plain,
    program_content,
    program_words,
    programs,
    shelf,
    words,
)
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.letterhead import identity, letterhead, paper_of
from clinic_desk.usecases.paper_views import DocumentView, PageImage, Preview, Problem
from clinic_desk.usecases.practice import PracticeView
from clinic_desk.usecases.practice import view as practice_view
from clinic_desk.usecases.program_views import Line, ProgramContent

__all__ = [
    "DocumentView",
    "PageImage",
    "Preview",
    "Problem",
    "issue_handout",
    "open_document",
    "page",
    "page_count",
    "preview_handout",
]


def preview_handout(desk: Desk, case_id: UUID, content: ProgramContent) -> Preview:
    """The handout of a program that is not issued yet, marked DRAFT."""
    try:
        content = program_content.cleaned(content)
    except InvalidInput as fault:
        return Preview(b"", 0, tuple(Problem(text, True, at) for at, text in fault.fields.items()))
    seen = practice_view(desk)
    with desk.store.reading() as session:
        case = charts.case(session, case_id)
        sheet = _handout(desk, session, case, content, seen)
    known = shelf.exercises(desk.library)
    faults = program_content.problems(content, known, desk.today())
    problems = [Problem(text, True, field) for field, text in faults.items()]
    problems += unprintable(sheet, _FIELDS)
    if any(one.blocking for one in problems):
        return Preview(b"", 0, tuple(problems))
    warnings = programs.warnings(programs.gauge(desk, content))
    problems += [Problem(text, False, "lines") for text in warnings]
    problems += _other_side(content, charts.side_of(case), known)
    pdf = handout.render(sheet)
    return Preview(pdf, raster.page_count(pdf), tuple(problems))


def _other_side(
    content: ProgramContent, side: Side | None, known: Mapping[str, Illustrated]
) -> list[Problem]:
    """Lines that are for the leg that isn't sore."""
    if side not in (Side.LEFT, Side.RIGHT):
        return []
    other = words.other(side)
    return [
        Problem(
            f"{known[line.exercise].exercise.name} is for the {other.value} leg; "
            f"the sore side is the {side.value}.",
            False,
            f"lines[{place}].side",
        )
        for place, line in enumerate(content.lines)
        if line.side == other.value
    ]


def issue_handout(desk: Desk, program_id: UUID) -> DocumentView:
    """Make the handout of a prescribed program and keep its exact bytes.

    Raises NotFound, Locked (a character that no font has, by its field).
    """
    seen = practice_view(desk)
    now = desk.now()
    with desk.store.unit(desk.actor.id) as unit:
        program = programs.row_of(unit.session, program_id)
        case = charts.case(unit.session, program.case_id)
        year = desk.today().year
        number, reference = numbers.next_document(unit.session, "handout", year)
        content = program_content.read(program.content)
        sheet = _handout(desk, unit.session, case, content, seen, reference)
        refuse_unprintable(unprintable(sheet, _FIELDS))
        title = plain.text(program.content, "template_name") or sheet.title
        row = Document(
            case_id=case.id,
            visit_id=program.visit_id,
            program_id=program.id,
            kind="handout",
            year=year,
            number=number,
            reference=reference,
            title=title,
            content={"program": plain.plain(content)},
            bytes=handout.render(sheet),
            sha256="",
            issued_at=now,
            issued_by=desk.actor.name,
            clinician_id=desk.actor.id,
        )
        row.sha256 = sha256(row.bytes).hexdigest()
        unit.session.add(row)
        unit.session.flush()
        unit.audit("issue", "handout", row.id, {"sha256": row.sha256}, at=now)
        unit.commit()
        return view(row)


def open_document(desk: Desk, document_id: UUID) -> DocumentView:
    """An issued document; its bytes are checked against the kept SHA-256 (StorageDamaged)."""
    with desk.store.reading() as session:
        row = session.get(Document, document_id)
        if row is None:
            raise NotFound("This document is not in the record.", "Look again.")
        found = view(row)
    if not compare_digest(sha256(found.pdf).hexdigest(), found.sha256):
        raise StorageDamaged(
            f"The kept copy of {found.reference} is not what was issued.",
            "Put back the data folder from a backup.",
        )
    return found


def view(row: Document) -> DocumentView:
    """An issued document as it is shown."""
    return DocumentView(
        id=row.id,
        kind=row.kind,
        reference=row.reference,
        title=row.title,
        issued_at=row.issued_at,
        issued_by=row.issued_by,
        sha256=row.sha256,
        pdf=row.bytes,
        filename=f"{row.reference}.pdf",
        case_id=row.case_id,
    )


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has."""
    return raster.page_count(pdf)


def page(pdf: bytes, index: int, scale: float) -> PageImage:
    """A page as pixels; scale 1.0 is 72 dpi. Needs no open store: runs in the papers lane."""
    width, height, stride, pixels = raster.page(pdf, index, scale)
    return PageImage(width, height, stride, pixels)


def unprintable(content: object, fields: dict[str, str]) -> list[Problem]:
    """Each character that no font has, as a blocking problem that names where it stands."""
    found = []
    for one in fonts.unprintable(fonts.texts_of(content)):
        root = one.field.replace(",", " ").split(" ")[0]
        text = f"The character “{one.character}” ({one.name}) in {one.field} cannot be printed."
        found.append(Problem(text, True, fields.get(root, root)))
    return found


def refuse_unprintable(problems: list[Problem]) -> None:
    """Raise Locked for what stops a paper."""
    if problems:
        raise Locked(problems[0].text, "Write it with other characters; nothing was issued.")


_FIELDS = {"exercises": "lines", "identity": "patient", "patient": "patient"}


def _handout(
    desk: Desk,
    session: chart.Reading,
    case: Case,
    content: ProgramContent,
    seen: PracticeView,
    reference: str = "",
) -> HandoutContent:
    today = desk.today()
    who = charts.patient(session, case.patient_id)
    known = shelf.exercises(desk.library)
    lines = [line for line in content.lines if line.exercise in known]
    own_times = not program_words.same_times(lines)
    exercises = tuple(_exercise(desk, line, own_times) for line in lines)
    gauge = programs.gauge(desk, content)
    given = who.given_name or who.family_name
    clinician = desk.actor.name
    day = words.day(today)
    practice = seen.practice
    tail = f"Stop if pain goes above {content.pain_limit}/10."
    if practice.phone:
        tail += f" Phone {practice.phone}."
    return HandoutContent(
        practice=letterhead(practice),
        identity=identity(who, case, today),
        patient_name=f"{who.given_name} {who.family_name}".strip(),
        date_line=f"{day}, from {clinician}",
        title="Your home exercises",
        frequency=program_words.frequency(lines),
        minutes=program_words.minutes(gauge.seconds),
        equipment=program_words.equipment(gauge.equipment),
        sore_side=words.side_upper(charts.side_of(case)),
        stop_lead="Stop and phone us",
        stop_text=program_words.stop_text(content.pain_limit, tingling=True),
        emergency_lead=program_words.emergency_lead(practice.emergency_number),
        emergency_text=program_words.EMERGENCY_TEXT,
        exercises=exercises,
        note_lead=f"From {clinician.split(' ')[0]}:" if clinician else "",
        note=content.note or program_words.default_note(content.pain_limit),
        grid_title=program_words.grid_title(content.review_on),
        grid=program_words.grid(today + timedelta(days=1)),
        qr_text=program_words.qr_text(
            f"Home exercises for {given}, {day}",
            [(one.name, one.dosage) for one in exercises],
            tail,
        ),
        reference=reference,
        language="en",
        paper=paper_of(content.paper),
        draft=not reference,
    )


def _exercise(desk: Desk, line: Line, own_times: bool) -> HandoutExercise:
    found = shelf.exercise(desk.library, line.exercise)
    start, finish = shelf.pictures(desk.library, line.exercise, line.side)
    return HandoutExercise(
        name=program_words.with_side(found.exercise.name, line.side),
        dosage=program_words.dosage(line, own_times),
        steps=found.exercise.steps,
        start=start,
        finish=finish,
        short_name=found.exercise.short_name,
        note=line.note,
    )
