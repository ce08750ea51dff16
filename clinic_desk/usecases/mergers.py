"""Two registrations of one person put together, and taken apart again.

Cases, and all else that hangs on a person, move by a list of what moved; what is signed hangs on
its case and does not change. What the other registration knew joins the kept one; where both
know something else, the kept one's stands and the other's can be read in the merger.
"""

from dataclasses import dataclass, fields, replace
from datetime import datetime
from uuid import UUID

from clinic_desk.clinical.measures import Sex
from clinic_desk.errors import Locked
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import merge_queries
from clinic_desk.storage import patient_file_queries as lists
from clinic_desk.storage.models import Patient, PatientMerge
from clinic_desk.usecases import charts, patient_checks, patient_plain, patient_rows, words
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.patient_details import OtherName, OtherPhone, PatientDetails
from clinic_desk.usecases.patient_rows import LINE_OF

_TOLD_IN_SHORT = {"allergies", "consent_on"}  # follow from their lists
_ADDED = ("alerts", "medicines", "history")  # both texts, one under the other


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that the two registrations know differently."""

    field: str
    kept: str
    other: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two registrations beside each other, before they are put together."""

    kept: PatientDetails
    other: PatientDetails
    kept_number: str
    other_number: str
    kept_cases: int
    other_cases: int
    result: PatientDetails
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Merger:
    """A standing merger into a patient."""

    id: UUID
    number: str  # of the registration that was merged away
    name: tuple[str, str]  # family, given
    at: datetime


def compare(desk: Desk, kept_id: UUID, other_id: UUID) -> Comparison:
    """What putting together would give. Raises NotFound."""
    with desk.store.reading() as session:
        kept, other = charts.patient(session, kept_id), charts.patient(session, other_id)
        mine, theirs = (patient_rows.details(session, row) for row in (kept, other))
        return Comparison(
            kept=mine,
            other=theirs,
            kept_number=kept.number,
            other_number=other.number,
            kept_cases=len(chart.cases(session, kept_id)),
            other_cases=len(chart.cases(session, other_id)),
            result=joined(mine, theirs),
            differences=tuple(_differences(mine, theirs)),
        )


def merge(desk: Desk, kept_id: UUID, other_id: UUID) -> UUID:
    """Put the other registration into the kept one. Raises NotFound, Locked (the same one, or one
    that is merged already).
    """
    now = desk.now()
    with desk.store.unit(desk.actor.id) as unit:
        kept, other = unit.get(Patient, kept_id), unit.get(Patient, other_id)
        if kept_id == other_id:
            raise Locked("This is one registration already.")
        if kept.merged_into is not None or other.merged_into is not None:
            raise Locked("One of the two is merged already.", "Open the one that is used.")
        before = patient_rows.details(unit.session, kept)
        after = joined(before, patient_rows.details(unit.session, other))
        row = PatientMerge(
            kept_id=kept_id,
            merged_id=other_id,
            at=now,
            clinician_id=desk.actor.id,
            before=patient_plain.to_plain(before),
            after=patient_plain.to_plain(after),
        )
        unit.session.add(row)
        unit.session.flush()
        moved = merge_queries.move(unit.session, row)
        other.merged_into = kept_id
        _record(unit.session, kept, after)
        unit.audit(
            "merge",
            "patient",
            kept_id,
            {"other": other_id, "moved": moved, "merge": row.id},
            at=now,
        )
        unit.commit()
        return row.id


def take_apart(desk: Desk, merge_id: UUID) -> UUID:
    """Undo a merger: what it moved goes back, with all that was done in it since; what was
    begun since stays. Gives the patient who stands by themselves again. Raises Locked.
    """
    now = desk.now()
    with desk.store.unit(desk.actor.id) as unit:
        row = unit.get(PatientMerge, merge_id)
        if row.undone_at is not None:
            raise Locked("This merger was taken apart already.")
        kept, other = unit.get(Patient, row.kept_id), unit.get(Patient, row.merged_id)
        if kept.merged_into is not None:
            raise Locked(
                "This patient is merged into another one.", "Take the newer merger apart first."
            )
        moved = merge_queries.move_back(unit.session, row)
        row.undone_at = now
        other.merged_into = None
        now_known = patient_rows.details(unit.session, kept)
        before, after = (patient_plain.from_plain(one) for one in (row.before, row.after))
        _record(unit.session, kept, parted(before, after, now_known))
        lists.refold(unit.session, other)
        unit.audit(
            "take_apart", "patient", row.kept_id, {"other": other.id, "moved": moved}, at=now
        )
        unit.commit()
        return other.id


def mergers(desk: Desk, patient_id: UUID) -> tuple[Merger, ...]:
    """What was merged into a patient and stands, the newest first."""
    with desk.store.reading() as session:
        found = []
        for one in merge_queries.standing(session, patient_id):
            other = charts.patient(session, one.merged_id)
            found.append(
                Merger(one.id, other.number, (other.family_name, other.given_name), one.at)
            )
        return tuple(found)


def joined(kept: PatientDetails, other: PatientDetails) -> PatientDetails:
    """What both know together; where they differ, the kept one's stands, a name and a phone of
    the other's become further ones, and long texts stand one under the other.
    """
    changes: dict[str, object] = {}
    for field in fields(PatientDetails):
        name, mine, theirs = field.name, getattr(kept, field.name), getattr(other, field.name)
        if name in LINE_OF:
            changes[name] = (*mine, *(line for line in theirs if line not in mine))
        elif name in _ADDED and mine and theirs and mine != theirs:
            changes[name] = f"{mine}\n{theirs}"
        elif name not in _TOLD_IN_SHORT and mine in ("", None, Sex.UNKNOWN):
            changes[name] = theirs
    if kept.birth_date is not None or other.birth_date is not None:
        changes["birth_part"] = ""
    result = replace(kept, **changes)  # type: ignore[arg-type]  # (names are the fields')
    names, phones = result.names, result.phones
    if (other.family_name, other.given_name) != (kept.family_name, kept.given_name):
        also = OtherName(other.family_name, other.given_name, "also")
        names = names if also in names else (*names, also)
    if other.phone and other.phone != result.phone:
        more = OtherPhone(other.phone, other.phone_kind or "other")
        phones = phones if more in phones else (*phones, more)
    listed = result.allergy_list
    return replace(
        result,
        names=names,
        phones=phones,
        no_allergies=(kept.no_allergies or other.no_allergies) and not listed,
        allergies=patient_checks.allergies_in_short(listed),
        consent_on=patient_checks.consent_in_short(result.consents),
    )


def parted(before: PatientDetails, after: PatientDetails, now: PatientDetails) -> PatientDetails:
    """The details without what the merger brought: each thing that is still as the merger left
    it becomes what it was, each that was changed since stays; of a list, the lines that came go.
    """
    changes: dict[str, object] = {}
    for field in fields(PatientDetails):
        name = field.name
        old, merged, held = (getattr(one, name) for one in (before, after, now))
        if name in LINE_OF:
            came = [line for line in merged if line not in old]
            changes[name] = tuple(line for line in held if line not in came)
        elif held == merged:
            changes[name] = old
    result = replace(now, **changes)  # type: ignore[arg-type]  # (names are the fields')
    return replace(
        result,
        allergies=patient_checks.allergies_in_short(result.allergy_list),
        consent_on=patient_checks.consent_in_short(result.consents),
        no_allergies=result.no_allergies and not result.allergy_list,
    )


def _record(session: chart.Reading, row: Patient, details: PatientDetails) -> None:
    patient_rows.write(session, row, details)
    patient_rows.write_lists(session, row, details)


def _differences(kept: PatientDetails, other: PatientDetails) -> list[Difference]:
    found = []
    for field in fields(PatientDetails):
        name = field.name
        mine, theirs = getattr(kept, name), getattr(other, name)
        if name in LINE_OF or name in _TOLD_IN_SHORT or name == "birth_part" or mine == theirs:
            continue
        if theirs in ("", None, False, Sex.UNKNOWN):
            continue
        found.append(Difference(name, _said(mine), _said(theirs)))
    born, other_born = (words.birth(one.birth_date, one.birth_part) for one in (kept, other))
    found = [one for one in found if one.field != "birth_date"]
    if other_born and born != other_born:
        found.insert(0, Difference("birth_date", born, other_born))
    return found


def _said(value: object) -> str:
    return "" if value is None or value is False else str(value)
