"""A patient is found while typing, however the name is written, on both databases."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text

from clinic_desk.storage import Store
from clinic_desk.storage.likeness_queries import Sought, _queries, candidates
from clinic_desk.storage.models import Patient
from clinic_desk.storage.patient_queries import find_patients
from tests.support.records import ACTOR, NOW, add_case, add_clinician, add_patient, add_visit

PEOPLE = (
    ("Łukasiewicz", "Żaneta", date(1991, 6, 14), "+48 600 100 200"),
    ("Example", "Alex", date(1980, 1, 2), "(555) 010-4477"),
    ("Alexander", "Sam", None, ""),
    ("van der Berg", "José María", date(1975, 12, 31), ""),
    ("محمد", "أحمد", date(2001, 3, 4), ""),
    ("王", "小明", None, ""),
    ("O'Brien-Nowak", "Bo", None, "0600 222 333"),
    ('Quote"Person', "100%", None, ""),
    ("Under_Score", "Straße", None, ""),
    ("Un", "Li", None, ""),
)


@pytest.fixture
def clinic(either: Store) -> Store:
    add_clinician(either)
    for family, given, born, phone in PEOPLE:
        add_patient(either, family, given, birth_date=born, phone=phone)
    return either


def found(store: Store, words: str, limit: int = 50) -> list[str]:
    with store.reading() as session:
        return [row.family_name for row in find_patients(session, words, limit)]


CASES = (
    ("lukas", ["Łukasiewicz"]),
    ("ŁUKAS", ["Łukasiewicz"]),
    ("zaneta luk", ["Łukasiewicz"]),
    ("luk zaneta", ["Łukasiewicz"]),
    ("siewi", ["Łukasiewicz"]),
    ("z lukas", ["Łukasiewicz"]),
    ("ale", ["Alexander", "Example"]),
    ("alex ex", ["Example"]),
    ("al", ["Alexander", "Example"]),
    ("be", ["van der Berg"]),
    ("jose\u0301", ["van der Berg"]),
    ("JOSE maria", ["van der Berg"]),
    ("محمد", ["محمد"]),
    ("أحمد محمد", ["محمد"]),
    ("王", ["王"]),
    ("o'brien", ["O'Brien-Nowak"]),
    ("obrien", ["O'Brien-Nowak"]),
    ("o’brien nowak", ["O'Brien-Nowak"]),
    ('quote"per', ['Quote"Person']),
    ('"', []),
    ("%", []),
    ("_", []),
    ("quote 100%", ['Quote"Person']),
    ("under_sc", ["Under_Score"]),
    ("strasse", ["Under_Score"]),
    ("un", ["Un", "Under_Score"]),
    ("' OR 1=1 --", []),
    ("nobody", []),
    ("exampleexample", []),
    ("1991-06-14", ["Łukasiewicz"]),
    ("14 Jun 1991", ["Łukasiewicz"]),
    ("14 june 1991", ["Łukasiewicz"]),
    ("Jun 14, 1991", ["Łukasiewicz"]),
    ("14/06/1991", ["Łukasiewicz"]),
    ("14.6.1991", ["Łukasiewicz"]),
    ("14061991", ["Łukasiewicz"]),
    ("19910614", ["Łukasiewicz"]),
    ("06/14/1991", ["Łukasiewicz"]),
    ("luk 14.6.1991", ["Łukasiewicz"]),
    ("14.6.91", ["Łukasiewicz"]),
    ("14 Jun 91", ["Łukasiewicz"]),
    ("1991-06", ["Łukasiewicz"]),
    ("6/1991", ["Łukasiewicz"]),
    ("June 1991", ["Łukasiewicz"]),
    ("1991", ["Łukasiewicz"]),
    ("02/01/1980", ["Example"]),
    ("01/02/1980", ["Example"]),  # the other order
    ("zaneta 06/1991", ["Łukasiewicz"]),
    ("14.0", ["Łukasiewicz"]),  # as it is being typed
    ("14.06", ["Łukasiewicz"]),
    ("14.06.", ["Łukasiewicz"]),
    ("14.06.1", ["Łukasiewicz"]),
    ("14.06.199", ["Łukasiewicz"]),
    ("14.06.198", []),
    ("06/14/19", []),  # already a whole one
    ("06/14", ["Łukasiewicz"]),
    ("14.1", []),
    ("31.1", ["van der Berg"]),
    ("4/3", ["محمد"]),
    ("4/4", []),  # two digits are no phone number: nearly everybody has them in theirs
    ("1991-0", ["Łukasiewicz"]),
    ("1991-06-", ["Łukasiewicz"]),
    ("1991-06-0", []),
    ("1991-13-", []),
    ("31.31", []),
    ("10-44", ["Example"]),  # no day of any month, but part of a phone number
    ("example 14.6.1991", []),
    ("31 Feb 1991", []),
    ("CD-00002", ["Example"]),
    ("cd2", ["Example"]),
    ("00002", ["Example"]),
    ("600 100 200", ["Łukasiewicz"]),
    ("+48600100", ["Łukasiewicz"]),
    ("0600100200", ["Łukasiewicz"]),
    ("0600222333", ["O'Brien-Nowak"]),
    ("4477", ["Example"]),
    ("555-010-4477", ["Example"]),
    ("example 4477", ["Example"]),
)


def test_each_way_of_typing_finds_the_patient(clinic: Store) -> None:
    wrong = {words: found(clinic, words) for words, names in CASES if found(clinic, words) != names}
    assert wrong == {}


def test_a_number_without_its_digits_gives_names_and_then_those_seen_last(clinic: Store) -> None:
    recent = found(clinic, "")
    assert found(clinic, "CD-") == recent
    add_patient(clinic, "Cdenek", "Jan")
    assert found(clinic, "cd", 3)[0] == "Cdenek"
    assert found(clinic, "cd", 3)[1:] == [one for one in found(clinic, "") if one != "Cdenek"][:2]


def test_hostile_words_find_nothing_and_break_nothing(clinic: Store) -> None:
    for words in ('" OR "', "a* NEAR(b)", "\\", "\0", "\ud800", "🙂", "x" * 5000, "- - -", "a:b"):
        assert found(clinic, words) in ([], ["Alexander"])


def test_without_words_those_seen_last_come_first_then_the_newest(clinic: Store) -> None:
    with clinic.reading() as session:
        keys = {row.family_name: row.id for row in find_patients(session, "", 50)}
    for days, name in enumerate(("Un", "Example")):
        add_visit(clinic, add_case(clinic, keys[name]), at=NOW + timedelta(days))
    assert found(clinic, "  ", 4) == ["Example", "Un", "Under_Score", 'Quote"Person']


def test_a_line_carries_the_last_visit_and_the_open_case(clinic: Store) -> None:
    with clinic.reading() as session:
        key = find_patients(session, "example")[0].id
    add_visit(clinic, add_case(clinic, key))
    with clinic.reading() as session:
        line = find_patients(session, "example")[0]
    assert (line.last_visit, line.open_case, line.open_case_side) == (
        NOW,
        "hamstring strain",
        "left",
    )


def test_a_changed_name_is_found_and_the_old_one_no_longer(clinic: Store) -> None:
    with clinic.reading() as session:
        key = find_patients(session, "example")[0].id
    with clinic.unit(ACTOR) as unit:
        unit.get(Patient, key).family_name = "Renamed"
        unit.audit("correct", "patient", key)
        unit.commit()
    assert found(clinic, "enamed") == ["Renamed"]
    assert found(clinic, "xampl") == []


def test_no_more_than_the_limit_comes_back_and_beginnings_win(clinic: Store) -> None:
    for count in range(6):
        add_patient(clinic, f"Zalex{count}", "Q")
    assert found(clinic, "alex", 3)[:2] == ["Alexander", "Example"]
    assert len(found(clinic, "alex", 3)) == 3


@pytest.mark.parametrize(
    ("sought", "families"),
    [
        (Sought("LUKASIEWICZ", "Z"), ["lukasiewicz"]),
        (Sought("Lukasevicz", "Zaneta"), ["lukasiewicz"]),  # three letters, two letters
        (Sought("Zaneta", "Lukasiewicz"), ["lukasiewicz"]),
        (Sought("Nobody", born=(date(1991, 6, 14),)), ["lukasiewicz"]),
        (Sought("Nobody", phones=("555 0104477",)), ["example"]),
        (Sought("Nobody", "Else", phones=("12",)), []),
        (Sought("", ""), []),
    ],
)
def test_those_who_may_be_the_same_are_fetched_by_what_matches(
    clinic: Store, sought: Sought, families: list[str]
) -> None:
    with clinic.reading() as session:
        found = candidates(session, sought)
    assert [one.families[0] for one in found] == families


def test_nobody_who_may_be_the_same_is_looked_for_among_all(store: Store) -> None:
    sought = Sought(
        "Example", "Alex", "", (date(1991, 6, 14),), ("5550142",), ("H-1",), ("Muster",)
    )
    with store.reading() as session:
        for query in _queries(sought):
            sql = str(query.compile(session.get_bind(), compile_kwargs={"literal_binds": True}))
            plan = session.execute(text(f"EXPLAIN QUERY PLAN {sql}")).all()
            assert not [row for row in plan if str(row[3]).startswith("SCAN")], sql


def test_a_part_of_a_name_is_searched_by_index(store: Store) -> None:
    with store.reading() as session:
        plan = session.execute(
            text(
                "EXPLAIN QUERY PLAN SELECT id FROM patients WHERE serial IN "
                "(SELECT rowid FROM patients_search WHERE patients_search MATCH '\"abc\"')"
            )
        )
        assert any("SEARCH patients USING INDEX" in str(row[3]) for row in plan)
