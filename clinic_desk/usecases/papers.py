"""Documents: handouts and letters as the very bytes, previewed and kept for ever."""

from collections.abc import Mapping
from hashlib import sha256
from hmac import compare_digest
from uuid import UUID

from clinic_desk.clinical.measures import Side
from clinic_desk.documents import fonts, handout, raster
from clinic_desk.documents.content import HandoutContent
from clinic_desk.errors import InvalidInput, Locked, NotFound, StorageDamaged
from clinic_desk.library import Library, handout_words
from clinic_desk.library.exercises import Illustrated
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import numbers
from clinic_desk.storage.models import Case, Document
from clinic_desk.usecases import (
    charts,
    habits,
    handout_page,
    lockbox,
    paper_file,
    plain,
    program_content,
    programs,
    shelf,
    words,
)
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.handout_page import Gap, Occasion
from clinic_desk.usecases.letterhead import identity, letterhead
from clinic_desk.usecases.paper_views import DocumentView, PageImage, Preview, Problem
from clinic_desk.usecases.practice import PracticeView
from clinic_desk.usecases.practice import view as practice_view
from clinic_desk.usecases.program_views import ProgramContent

__all__ = [
    "DocumentView",
    "PageImage",
    "Preview",
    "Problem",
    "issue_handout",
    "language_notes",
    "open_document",
    "page",
    "page_count",
    "preview_handout",
]


def language_notes(desk: Desk, content: ProgramContent, own: str) -> tuple[tuple[str, ...], bool]:
    """What stands in English for want of a text, and whether a translation is not yet reviewed.

    Pure and quick: called at every key. `own` is the patient's language.
    """
    gaps = handout_page.gaps(desk.library, content, own)
    return tuple(map(_said_missing, gaps_missing(gaps))), any(not one.missing for one in gaps)


def gaps_missing(gaps: tuple[Gap, ...]) -> tuple[Gap, ...]:
    """The texts that their language lacks."""
    return tuple(one for one in gaps if one.missing)


def _said_missing(gap: Gap) -> str:
    name = handout_words.language_name(gap.language, handout_words.SOURCE)
    return f"{gap.what} has no {name} text yet and stands in English."


def preview_handout(desk: Desk, case_id: UUID, content: ProgramContent) -> Preview:
    """The handout of a program that is not issued yet, marked DRAFT."""
    try:
        content = program_content.cleaned(content)
    except InvalidInput as fault:
        return Preview(b"", 0, tuple(Problem(text, True, at) for at, text in fault.fields.items()))
    seen = practice_view(desk)
    with desk.store.reading() as session:
        case = charts.case(session, case_id)
        own = charts.patient(session, case.patient_id).language
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
    problems += _language_gaps(desk.library, content, own)
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
        lockbox.refuse_hidden(session, row.case_id)
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
        filename=paper_file.name_for(row.reference, row.title),
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
    return handout_page.compose(
        desk.library, content, _occasion(desk, session, case, seen, reference)
    )


def _occasion(
    desk: Desk, session: chart.Reading, case: Case, seen: PracticeView, reference: str = ""
) -> Occasion:
    today = desk.today()
    who = charts.patient(session, case.patient_id)
    practice = seen.practice
    return Occasion(
        practice=letterhead(practice),
        clinician=desk.actor.name,
        identity=identity(who, case, today),
        patient_name=f"{who.given_name} {who.family_name}".strip(),
        given_name=who.preferred_name or who.given_name or who.family_name,
        born=who.birth_date,
        birth_part=who.birth_part,
        side=charts.side_of(case),
        today=today,
        language=who.language,
        emergency_number=practice.emergency_number,
        reference=reference,
        say_unreviewed=_says_unreviewed(desk),
    )


def _says_unreviewed(desk: Desk) -> bool:
    """Whether the practice wants it printed that a translation is not yet reviewed."""
    return habits.of(desk).print_unreviewed


def _language_gaps(library: Library, content: ProgramContent, own: str) -> list[Problem]:
    """Texts that fall back to English, and translations that no clinician has reviewed."""
    found = handout_page.gaps(library, content, own)
    problems = []
    for one in gaps_missing(found):
        problems.append(Problem(_said_missing(one), False, "sheet.language"))
    unreviewed = [one for one in found if not one.missing]
    for language in dict.fromkeys(one.language for one in unreviewed):
        name = handout_words.language_name(language, "en")
        count = sum(one.language == language for one in unreviewed)
        texts = words.counted(count, "text", "texts")
        problems.append(
            Problem(
                f"Translation not yet reviewed by a clinician ({name}, {texts}).",
                False,
                "sheet.language",
            )
        )
    return problems
