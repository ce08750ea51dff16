"""Files of any content are put together and taken apart without the loss of a single value.

Every table is compared, so that one that comes later is compared too.
"""

import random
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from clinic_desk.clinical.findings import Urgency
from clinic_desk.clinical.measures import Sex
from clinic_desk.storage.models import Base
from clinic_desk.usecases import (
    appointments,
    cases,
    contact_entries,
    files,
    lockbox,
    loops,
    mergers,
    patient_states,
    patients,
    todos,
    visits,
)
from clinic_desk.usecases.appointments import Booking
from clinic_desk.usecases.contact_entries import EntryContent
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.loops import OrderDetails
from clinic_desk.usecases.patient_details import (
    Allergy,
    CareContact,
    Consent,
    Identifier,
    OtherAddress,
    OtherName,
    OtherPhone,
    PatientDetails,
)
from clinic_desk.usecases.todos import TodoDetails
from clinic_desk.usecases.visit_views import Note, VisitContent

TRAIL = {"audit", "patient_merges", "merge_moves"}  # what a merger itself leaves behind
COUNTED = {"version"}
LINES = {  # a person's own lines, which are written anew as a whole and have no name of their own
    "patient_names",
    "patient_identifiers",
    "patient_addresses",
    "patient_phones",
    "patient_allergies",
    "patient_consents",
    "patient_contacts",
}
WORDS = ("Muster", "Élodie", "Łucja", "O'Neill", "van der Berg", "محمد", "李", "x" * 60)


def _details(dice: random.Random, surgeon: UUID) -> PatientDetails:
    def maybe(text: str) -> str:
        return text if dice.random() < 0.5 else ""

    def some(*of: object) -> tuple[object, ...]:
        return tuple(dice.sample(of, dice.randint(0, len(of))))

    day = date(1950, 1, 1) + timedelta(days=dice.randint(0, 20_000))
    known = dice.random() < 0.6
    return PatientDetails(
        dice.choice(WORDS),
        dice.choice(WORDS),
        birth_date=day if known else None,
        birth_part="" if known else maybe(f"{day:%Y-%m}"),
        sex=dice.choice(tuple(Sex)),
        preferred_name=maybe("Sandy"),
        pronouns=maybe("they/them"),
        phone=maybe(f"555-01{dice.randint(0, 99):02}"),
        email=maybe("a@example.org"),
        address=maybe("1 Old Lane\nSampletown"),
        alerts=maybe("Pacemaker"),
        medicines=maybe("Apixaban 5 mg"),
        history=maybe("Appendix out, 2004"),
        funding=maybe("Sample Insurance"),
        claim_number=maybe("C-77 12"),
        dominant_leg=dice.choice(("", "left", "right", "both")),
        names=some(OtherName("Muster"), OtherName("Former", "Al")),  # type: ignore[arg-type]
        identifiers=some(Identifier("Insurer", f"H-{dice.randint(1, 9)}")),  # type: ignore[arg-type]
        addresses=some(OtherAddress("2 New Lane", "work")),  # type: ignore[arg-type]
        phones=some(OtherPhone("555-0999", "work"), OtherPhone("555-0998")),  # type: ignore[arg-type]
        allergy_list=some(Allergy("latex"), Allergy("nickel", "rash", "mild")),  # type: ignore[arg-type]
        consents=some(Consent("record", date(2026, 1, 23), "written")),  # type: ignore[arg-type]
        contacts=some(CareContact(surgeon, "gp")),  # type: ignore[arg-type]
    )


def _file(desk: Desk, dice: random.Random, surgeon: UUID, folder: Path) -> UUID:
    who = patients.register(desk, _details(dice, surgeon))
    for number in range(dice.randint(0, 2)):
        case = cases.open_case(desk, who, cases.CaseDetails(f"strain {number}"))
        for _visit in range(dice.randint(0, 2)):
            visit = visits.start(desk, case, "follow_up")
            content = VisitContent(note=Note(subjective=dice.choice(WORDS)))
            if dice.random() < 0.5:
                visits.sign(desk, visit, content)
            else:
                visits.keep(desk, visit, content)
                break
        if dice.random() < 0.5:
            said = EntryContent("phone", "Erin", desk.now(), "Called.")
            contact_entries.sign(desk, case, said)
        if dice.random() < 0.5:
            loops.order(desk, case, OrderDetails("imaging", "MRI", "", Urgency.URGENT_2W))
        if dice.random() < 0.5:
            todos.add(desk, TodoDetails("Call", date(2026, 3, 1), patient_id=who, case_id=case))
        if dice.random() < 0.3:
            lockbox.close_part(desk, who, lockbox.CASE, case, "")
    if dice.random() < 0.6:
        path = folder / f"{who}.txt"
        path.write_text(dice.choice(WORDS))
        files.add(desk, who, files.examine(path))
    if dice.random() < 0.6:
        appointments.book(desk, Booking(desk.today(), f"{dice.randint(8, 18):02}:30", who))
    if dice.random() < 0.3:
        patient_states.hold(desk, who, "Court, file 12")
    return who


def _tables(desk: Desk) -> dict[str, set[tuple[tuple[str, object], ...]]]:
    """Every value of every table, without how often a row was written."""
    found = {}
    with desk.store.reading() as session:
        for table in Base.metadata.sorted_tables:
            if table.name not in TRAIL:
                passing = COUNTED | ({"id"} if table.name in LINES else set())
                rows = session.execute(select(table)).mappings()
                found[table.name] = {
                    tuple((name, repr(row[name])) for name in row if name not in passing)
                    for row in rows
                }
    return found


@pytest.mark.parametrize("seed", range(5))
def test_what_was_merged_is_taken_apart_without_loss(
    desk: Desk, surgeon: UUID, tmp_path: Path, seed: int
) -> None:
    dice = random.Random(seed)
    kept, other = (_file(desk, dice, surgeon, tmp_path) for _n in range(2))
    before = _tables(desk)
    ids = {
        case.id for who in (kept, other) for case in patients.open_file(desk, who).cases
    }  # closed ones too
    merged = mergers.merge(desk, kept, other)
    seen = patients.open_file(desk, kept)
    assert {case.id for case in seen.cases} == ids
    mergers.take_apart(desk, merged)
    after = _tables(desk)
    for name, rows in before.items():
        assert after[name] == rows, name
    assert desk.store.verify_audit() is None


def test_merged_twice_and_parted_twice_in_turn_is_as_before(
    desk: Desk, surgeon: UUID, tmp_path: Path
) -> None:
    dice = random.Random(99)
    first, second, third = (_file(desk, dice, surgeon, tmp_path) for _n in range(3))
    before = _tables(desk)
    inner = mergers.merge(desk, second, third)
    outer = mergers.merge(desk, first, second)
    mergers.take_apart(desk, outer)
    mergers.take_apart(desk, inner)
    assert _tables(desk) == before
