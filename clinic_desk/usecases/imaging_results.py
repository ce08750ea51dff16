"""What imaging showed, in fields: typed once from the report, and brought into the evaluation.

A report grades by its own scheme; those fields are never the clinician's grade. What is brought
along stands tinted beside its question with "report of 02 Feb 2026" until it is confirmed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from clinic_desk.clinical.measures import Side
from clinic_desk.clinical.protocol import Protocol
from clinic_desk.errors import NotFound
from clinic_desk.i18n import _
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import loop_queries as rows
from clinic_desk.storage.models import Case, FiledFile, ImagingResult
from clinic_desk.storage.unit import UnitOfWork
from clinic_desk.usecases import carrying, charts, plain, typed, visit_content, words
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.reckoning import before, protocol_of, reckoning
from clinic_desk.usecases.visit_views import Carried

MODALITIES = {
    "mri": _("MRI"),
    "ultrasound": _("Ultrasound"),
    "xray": _("X-ray"),
    "ct": _("CT"),
    "other": _("Other"),
}
TENDON = {
    "none": _("Not involved"),
    "intramuscular": _("Tendon inside the muscle"),
    "free": _("Free tendon"),
    "both": _("Both"),
}
MOST_MM = 500
"""A working value: no thigh is longer, so that more is a unit mistaken."""
# field: the protocol's item that takes it, and for which modality
_ITEMS: Mapping[str, tuple[str, str]] = {
    "conclusion": ("imaging_report", ""),
    "bamic": ("mri_bamic", "mri"),
    "munich": ("munich_class", ""),
    "peetrons": ("us_grade", "ultrasound"),
}
_DAYS = {"mri": "mri_date", "ultrasound": "us_date"}
_NO_REPORT = "none"  # the choice that says that nothing was done


@dataclass(frozen=True, slots=True)
class ImagingDetails:
    """What a report says; empty or None: it does not say."""

    modality: str
    studied_on: date | None
    side: Side | None = None
    site: str = ""
    conclusion: str = ""
    bamic: str = ""
    munich: str = ""
    peetrons: str = ""
    tendon: str = ""
    length_mm: int | None = None
    retraction_mm: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class ImagingView:
    """A result as it was entered."""

    id: UUID
    details: ImagingDetails
    line: str  # "MRI of 02 Feb 2026, left: partial tear, British Athletics grade 2b"
    entered_at: datetime
    entered_by: str
    loop_id: UUID | None
    file_id: UUID | None
    other_side: bool  # about the side that is not the case's; never brought along


Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Offered:
    """What the case's protocol can take of a report: choices by field, with their labels."""

    fields: Mapping[str, Choices]
    labels: Mapping[str, str]  # of the fields, in the protocol's words
    side: Side | None  # of the case


def offered(desk: Desk, case: Case) -> Offered:
    """The choices for the form. Schemes that the protocol does not know are not offered."""
    protocol = protocol_of(desk.library, case.protocol)
    fields, labels = {}, {}
    for field, (name, _modality) in _ITEMS.items():
        item = protocol.items.get(name)
        if item is not None:
            fields[field] = tuple(
                (one.id, protocol.say(one.label)) for one in item.choices if one.id != _NO_REPORT
            )
            labels[field] = protocol.say(item.label)
    return Offered(fields, labels, charts.side_of(case))


def problems(desk: Desk, case: Case, details: ImagingDetails) -> dict[str, str]:
    """What is wrong with a report as it is typed, by field."""
    known = offered(desk, case)
    site, text = typed.line(details.site), typed.block(details.text)
    found = typed.over_limit({"site": site, "text": text}, {"text": typed.BLOCK})
    if details.modality not in MODALITIES:
        found["modality"] = "Say how the picture was made."
    if details.studied_on is None:
        found["studied_on"] = "A report is as good as its day: give the day of the study."
    else:
        found["studied_on"] = typed.past_day(details.studied_on, desk.today(), "The study")
    for field, (_item, modality) in _ITEMS.items():
        value = getattr(details, field)
        if not value:
            continue
        if value not in dict(known.fields.get(field, ())):
            found[field] = "There is no such choice."
        elif modality and details.modality != modality:
            found[field] = f"This scheme grades {MODALITIES[modality]} only."
    if details.tendon and details.tendon not in TENDON:
        found["tendon"] = "There is no such choice."
    for field in ("length_mm", "retraction_mm"):
        length = getattr(details, field)
        if length is not None and not 0 <= length <= MOST_MM:
            found[field] = f"Give a length from 0 to {MOST_MM // 10} cm."
    says = (details.conclusion, details.bamic, details.munich, details.peetrons, text)
    if not any(says):
        found["conclusion"] = "Say what the report says, by a choice or in words."
    if details.side is None and known.side is not None:
        found["side"] = "Choose the side of the report; Both where it is both."
    return {name: said for name, said in found.items() if said}


def enter(
    unit: UnitOfWork,
    desk: Desk,
    case: Case,
    details: ImagingDetails,
    loop_id: UUID | None = None,
    file_id: UUID | None = None,
    corrects: UUID | None = None,
) -> ImagingResult:
    """Write a result within an open unit, and lay it beside its questions in the open visit."""
    typed.refuse(problems(desk, case, details))
    held = {name: getattr(details, name) for name in ImagingDetails.__slots__}
    held |= {"site": typed.line(details.site), "text": typed.block(details.text)}
    held["side"] = details.side.value if details.side else None
    if file_id is not None and unit.get(FiledFile, file_id).patient_id != case.patient_id:
        raise NotFound("This file is not one of the patient's.", "Look again.")
    if corrects is not None and unit.get(ImagingResult, corrects).case_id != case.id:
        raise NotFound("This result is not one of the case.", "Look again.")
    now = desk.now()
    row = ImagingResult(
        case_id=case.id,
        loop_id=loop_id,
        file_id=file_id,
        corrects_id=corrects,
        entered_at=now,
        entered_by=desk.actor.name,
        clinician_id=desk.actor.id,
        **held,
    )
    unit.session.add(row)
    unit.session.flush()
    unit.audit("enter", "imaging_result", row.id, at=now)
    _into_open_visit(unit, desk, case)
    return row


def record(
    desk: Desk,
    case_id: UUID,
    details: ImagingDetails,
    file_id: UUID | None = None,
    corrects: UUID | None = None,
) -> UUID:
    """Enter a result that answers no request of ours, or correct one. Raises InvalidInput."""
    with desk.store.unit(desk.actor.id) as unit:
        case = unit.get(Case, case_id)
        before = unit.session.get(ImagingResult, corrects) if corrects else None
        loop_id = before.loop_id if before is not None else None
        row = enter(unit, desk, case, details, loop_id, file_id, corrects)
        unit.commit()
        return row.id


@dataclass(frozen=True, slots=True)
class FileReport:
    """What was entered of a report file, and what its case can take; none without a case."""

    file_id: UUID
    case_id: UUID | None
    offered: Offered | None
    results: tuple[ImagingView, ...]


def of_file(desk: Desk, file_id: UUID) -> FileReport:
    """The results that were entered from a file. Raises NotFound."""
    with desk.store.reading() as session:
        filed = session.get(FiledFile, file_id)
        if filed is None:
            raise NotFound("This file is not in the record.", "Look again.")
        case = session.get(Case, filed.case_id) if filed.case_id else None
        if case is None:
            return FileReport(file_id, None, None, ())
        found = tuple(one for one in of_case(desk, session, case) if one.file_id == file_id)
        return FileReport(file_id, case.id, offered(desk, case), found)


def of_case(desk: Desk, session: chart.Reading, case: Case) -> tuple[ImagingView, ...]:
    """What imaging of a case showed, the newest study first."""
    known, side = offered(desk, case), charts.side_of(case)
    return tuple(_view(row, known, side) for row in rows.imaging_results(session, case.id))


def brought(
    session: chart.Reading,
    case: Case,
    protocol: Protocol,
    answered: Mapping[str, datetime],
    until: date,
) -> dict[str, Carried]:
    """The protocol's items that the reports of a case answer, by the newest study for each.

    `answered` has when each item was last signed: an answer that is newer than the report's
    entry stands. A report about the other side, or of a study after `until`, answers nothing.
    """
    side = charts.side_of(case)
    found: dict[str, Carried] = {}
    for row in rows.imaging_results(session, case.id):
        if _other_side(row, side) or row.studied_on > until:
            continue
        source = f"report of {words.day(row.studied_on)}"
        for name, value in _answers(row, protocol):
            if name in found or (name in answered and answered[name] >= row.entered_at):
                continue
            found[name] = Carried(value, row.studied_on, fact=True, source=source)
    return found


def _answers(row: ImagingResult, protocol: Protocol) -> Iterable[tuple[str, object]]:
    for field, (name, _modality) in _ITEMS.items():
        item, value = protocol.items.get(name), getattr(row, field)
        if item is not None and value and item.choice(value) is not None:
            yield name, value
    day = _DAYS.get(row.modality, "")
    if day in protocol.items:
        yield day, row.studied_on.isoformat()


def _into_open_visit(unit: UnitOfWork, desk: Desk, case: Case) -> None:
    """A report that comes while a visit is open stands in it too, tinted, where nothing was
    answered yet.
    """
    session = unit.session
    visit = chart.open_visit(session, case.id)
    draft = chart.draft(session, "visit", visit.id) if visit is not None else None
    if visit is None or draft is None:
        return
    who = charts.patient(session, case.patient_id)
    reckoned = reckoning(desk.library, who, case, visit, session)
    held = visit_content.content(draft.payload)
    answered = carrying.when_answered(before(session, visit))
    new = brought(session, case, reckoned.protocol, answered, reckoned.case.on)
    fresh = carrying.with_reports(held, new)
    draft.payload = visit_content.payload(fresh, reckoned.of(fresh).red_flags)


def _other_side(row: ImagingResult, side: Side | None) -> bool:
    sides = {Side.LEFT, Side.RIGHT}
    return side in sides and row.side in {one.value for one in sides - {side}}


def details_of(row: ImagingResult) -> ImagingDetails:
    """What was entered."""
    held = {name: getattr(row, name) for name in ImagingDetails.__slots__ if name != "side"}
    return ImagingDetails(**held, side=Side(row.side) if row.side else None)


def read(data: plain.Plain) -> ImagingDetails:
    """A result half typed, as a draft keeps it."""
    side = plain.text(data, "side")
    texts = ("site", "conclusion", "bamic", "munich", "peetrons", "tendon", "text")
    return ImagingDetails(
        modality=plain.text(data, "modality"),
        studied_on=plain.maybe_day(data, "studied_on"),
        side=Side(side) if side in tuple(Side) else None,
        length_mm=plain.maybe_whole(data, "length_mm"),
        retraction_mm=plain.maybe_whole(data, "retraction_mm"),
        **{name: plain.text(data, name) for name in texts},
    )


def _view(row: ImagingResult, known: Offered, side: Side | None) -> ImagingView:
    return ImagingView(
        id=row.id,
        details=details_of(row),
        line=line(details_of(row), known),
        entered_at=row.entered_at,
        entered_by=row.entered_by,
        loop_id=row.loop_id,
        file_id=row.file_id,
        other_side=_other_side(row, side),
    )


def line(details: ImagingDetails, known: Offered) -> str:
    """ "MRI of 02 Feb 2026, left: Partial tear; British Athletics grade by MRI 2b: …"."""
    parts = []
    for field, choices in known.fields.items():
        value = dict(choices).get(getattr(details, field), "")
        if value:
            parts.append(value if field == "conclusion" else f"{known.labels[field]} {value}")
    if details.tendon:
        parts.append(f"tendon: {words.lowered(TENDON[details.tendon])}")
    if details.length_mm is not None:
        parts.append(f"{words.number(details.length_mm / 10)} cm long")
    if details.retraction_mm is not None:
        parts.append(f"retracted by {words.number(details.retraction_mm / 10)} cm")
    if details.text:
        parts.append(charts.first_words(details.text))
    head = (
        f"{MODALITIES.get(details.modality, details.modality)} of {words.day(details.studied_on)}"
    )
    if details.side is not None:
        head = f"{head}, {details.side.value}"
    if details.site:
        head = f"{head}, {details.site}"
    return f"{head}: {'; '.join(parts)}"
