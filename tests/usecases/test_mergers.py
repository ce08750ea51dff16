"""Two registrations of one person are put together and taken apart without loss."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import text

from clinic_desk.errors import Locked
from clinic_desk.storage import merge_queries
from clinic_desk.usecases import cases, mergers, patient_plain, patients, visits
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.patient_details import Allergy, PatientDetails
from clinic_desk.usecases.visits import VisitContent
from tests.usecases.test_patient_file import WHOLE


@pytest.fixture
def other(desk: Desk) -> UUID:
    who = patients.register(desk, replace(WHOLE, alerts="Pacemaker"))
    cases.open_case(desk, who, cases.CaseDetails("calf strain"))
    return who


def _rows(desk: Desk, *tables: str) -> dict[str, list[tuple[object, ...]]]:
    with desk.store.reading() as session:
        return {
            table: [tuple(row) for row in session.execute(text(f"SELECT * FROM {table}"))]
            for table in tables
        }


def test_details_go_through_json_unchanged() -> None:
    assert patient_plain.from_plain(patient_plain.to_plain(WHOLE)) == WHOLE


def test_a_merger_brings_cases_warnings_and_what_was_not_known(
    desk: Desk, alex: UUID, strain: UUID, other: UUID
) -> None:
    mergers.merge(desk, alex, other)
    seen = patients.open_file(desk, alex)
    assert {case.title for case in seen.cases} == {"hamstring strain", "calf strain"}
    assert seen.banner.alerts == "Pacemaker"
    assert seen.details.allergies == "zinc-oxide tape\npenicillin (rash, severe)\nlatex"
    assert (seen.details.given_name, seen.details.pronouns) == ("Alex", "she/her")
    assert (seen.details.birth_date, seen.details.birth_part) == (date(1991, 6, 14), "")


@pytest.mark.parametrize("words", ["CD-00002", "alexandra", "sandy", "muster", "h2231"])
def test_what_the_other_was_found_by_finds_the_kept_one(
    desk: Desk, alex: UUID, other: UUID, words: str
) -> None:
    mergers.merge(desk, alex, other)
    assert [row.id for row in patients.find(desk, words)] == [alex]
    assert [row.id for row in patients.find(desk, "")] == [alex]


def test_taken_apart_at_once_everything_is_as_before(
    desk: Desk, alex: UUID, strain: UUID, other: UUID
) -> None:
    before = [patients.open_file(desk, who) for who in (alex, other)]
    mergers.take_apart(desk, mergers.merge(desk, alex, other))
    after = [patients.open_file(desk, who) for who in (alex, other)]
    for old, new in zip(before, after, strict=True):
        assert replace(new, version=old.version) == old
    assert [row.id for row in patients.find(desk, "CD-00002")] == [other]
    assert mergers.mergers(desk, alex) == ()


def test_work_done_since_stays_where_it_belongs(
    desk: Desk, alex: UUID, strain: UUID, other: UUID
) -> None:
    calf = patients.open_file(desk, other).cases[0].id
    merged = mergers.merge(desk, alex, other)
    visit = visits.start(desk, calf, "follow_up")
    visits.keep(desk, visit, VisitContent(answers={}))
    knee = cases.open_case(desk, alex, cases.CaseDetails("knee pain"))
    seen = patients.open_file(desk, alex)
    more = replace(
        seen.details,
        phone="555-0200",
        allergies="",
        allergy_list=(*seen.details.allergy_list, Allergy("nickel")),
    )
    patients.correct(desk, alex, seen.version, more)
    mergers.take_apart(desk, merged)
    kept, parted = patients.open_file(desk, alex), patients.open_file(desk, other)
    assert {case.id for case in kept.cases} == {strain, knee}
    assert {case.id for case in parted.cases} == {calf}
    assert [entry.id for entry in parted.journal] == [visit]
    assert kept.details.allergies == "zinc-oxide tape\nnickel"
    assert (kept.details.phone, kept.details.pronouns, kept.details.alerts) == ("555-0200", "", "")


def test_signed_rows_do_not_change(desk: Desk, alex: UUID, other: UUID) -> None:
    calf = patients.open_file(desk, other).cases[0].id
    visits.start(desk, calf, "follow_up")
    tables = ("visits", "evaluations", "decisions", "documents", "programs", "addenda")
    before = _rows(desk, *tables)
    merged = mergers.merge(desk, alex, other)
    assert _rows(desk, *tables) == before
    mergers.take_apart(desk, merged)
    assert _rows(desk, *tables) == before


def test_whoever_is_merged_is_not_merged_again_and_chains_open_from_the_end(
    desk: Desk, alex: UUID, other: UUID
) -> None:
    third = patients.register(desk, PatientDetails("Third", "T"))
    first = mergers.merge(desk, alex, other)
    with pytest.raises(Locked):
        mergers.merge(desk, third, other)
    with pytest.raises(Locked):
        mergers.merge(desk, third, third)
    second = mergers.merge(desk, third, alex)
    assert [row.id for row in patients.find(desk, "CD-00002")] == [third]
    with pytest.raises(Locked):
        mergers.take_apart(desk, first)
    assert mergers.take_apart(desk, second) == alex
    assert mergers.take_apart(desk, first) == other
    with pytest.raises(Locked):
        mergers.take_apart(desk, first)
    assert desk.store.verify_audit() is None


def test_every_table_that_points_at_patients_is_moved_or_is_the_persons_own() -> None:
    moved = {table.name for table, _column in merge_queries.movable()}
    assert {"cases", "files", "patient_locks"} <= moved
    assert not moved & {"patient_names", "patient_phones", "patient_merges", "patients"}


def test_comparing_names_what_differs_and_changes_nothing(
    desk: Desk, alex: UUID, other: UUID
) -> None:
    seen = mergers.compare(desk, alex, other)
    named = {one.field: (one.kept, one.other) for one in seen.differences}
    assert named["given_name"] == ("Alex", "Alexandra")
    assert named["alerts"] == ("", "Pacemaker")
    assert (seen.kept_cases, seen.other_cases) == (0, 1)
    assert len(patients.find(desk, "example")) == 2
