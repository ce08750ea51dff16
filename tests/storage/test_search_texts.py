"""The words of notes and letters are kept with the record, on both databases, and taken in."""

import importlib.util
from uuid import UUID

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, select, text

from clinic_desk import paths
from clinic_desk.storage import Store
from clinic_desk.storage.folding import note_words, pieces
from clinic_desk.storage.models import Addendum, Document, SearchText, Visit
from clinic_desk.storage.patient_queries import find_by_terms, find_patients
from clinic_desk.storage.search_queries import by_reference, in_order, names_like, texts
from clinic_desk.storage.visit_acts import sign
from tests.support.records import ACTOR, NOW, add_case, add_clinician, add_patient, add_visit

SAID = "Łukasz's Straße, 头痛 and naïve Pain—worse; O’Brien 120° हिन्दी."


@pytest.fixture
def written(either: Store) -> tuple[Store, UUID]:
    """A signed note with an addendum, a letter, a handout and a draft."""
    add_clinician(either)
    who = add_patient(either)
    case = add_case(either, who)
    visit = add_visit(either, case)
    other = add_case(either, who, "calf strain")
    add_visit(either, other, signed=False)
    with either.unit(ACTOR) as unit:
        row = Visit(
            case_id=case, number=2, kind="follow_up", care_at=NOW, clinician_id=ACTOR,
            protocol="posterior-thigh", protocol_version="1.0", subjective=SAID, plan="Bridge",
        )  # fmt: skip
        unit.session.add(row)
        sign(unit.session, row, ACTOR, "Dana Demo", NOW)
        unit.session.add(
            Addendum(
                visit_id=visit, clinician_id=ACTOR, by="Dana", at=NOW, text="Ultrasound clear."
            )
        )
        part = {"text": "A thunderclap.", "included": True}
        unwanted = {"text": "Leftout", "included": False}
        for number, kind in enumerate(("letter", "handout"), 1):
            unit.session.add(
                Document(
                    case_id=case, kind=kind, year=2026, number=number, reference=f"X-2026-{number}",
                    title="Referral", recipient="Dr Pat Sample",
                    content={"draft": {"parts": [part, unwanted]}}, bytes=b"%PDF",
                    sha256="0" * 64, issued_at=NOW, issued_by="Dana", clinician_id=ACTOR,
                )
            )  # fmt: skip
        unit.audit("sign", "visit", row.id)
        unit.commit()
    return either, visit


def kinds(store: Store, *words: str) -> list[str]:
    with store.reading() as session:
        return [one.kind for one in texts(session, words, 20)]


def test_each_kind_is_found_and_drafts_and_left_out_parts_are_not(
    written: tuple[Store, UUID],
) -> None:
    store, _ = written
    assert kinds(store, "sprint") == ["visit"]  # the same words stand in the unsigned visit
    assert kinds(store, "ultra", "clear") == ["addendum"]
    assert kinds(store, "thunder") == kinds(store, "sample") == ["letter"]
    assert kinds(store, "leftout") == []
    for word in note_words(SAID):
        assert kinds(store, word) == ["visit"], word
    with store.reading() as session:
        assert by_reference(session, "X-2026-2") is not None
        assert by_reference(session, "X-2026-3") is None


def test_the_revision_takes_in_what_was_there_just_as_signing_does(
    written: tuple[Store, UUID],
) -> None:
    store, _ = written
    names = list((paths.migrations() / "versions").glob("*_words_of_notes.py"))
    spec = importlib.util.spec_from_file_location("words_of_notes", names[0])
    assert spec is not None
    assert spec.loader is not None
    revision = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(revision)
    columns = select(
        SearchText.kind,
        SearchText.source_id,
        SearchText.opens_id,
        SearchText.case_id,
        SearchText.at,
        SearchText.words,
    ).order_by(SearchText.source_id)
    with store._engine.begin() as connection:
        before = connection.execute(columns).all()
        if connection.dialect.name == "sqlite":
            connection.execute(text("DROP TABLE notes_search"))
        connection.execute(text("DROP TABLE search_texts"))
        connection.execute(text("DROP INDEX ix_patients_in_order"))
        with Operations.context(MigrationContext.configure(connection)):
            revision.upgrade()
        assert connection.execute(columns).all() == before
    assert len(before) == 4
    assert kinds(store, "thunder") == ["letter"]


def test_the_index_is_the_databases_own_and_whole(store: Store) -> None:
    add_clinician(store)
    add_visit(store, add_case(store, add_patient(store)))
    with store._engine.begin() as connection:
        check = "INSERT INTO notes_search(notes_search, rank) VALUES ('integrity-check', 1)"
        connection.execute(text(check))
        connection.execute(text("UPDATE search_texts SET words = 'another'"))
        connection.execute(text(check))
    assert kinds(store, "another") == ["visit"]
    assert kinds(store, "pulled") == []
    with store._engine.begin() as connection:
        connection.execute(text("DELETE FROM search_texts"))
        connection.execute(text(check))
    assert kinds(store, "another") == []


def test_a_word_is_listed_as_long_as_it_stands_in_some_text(store: Store) -> None:
    add_clinician(store)
    case = add_case(store, add_patient(store))
    add_visit(store, case)
    with store._engine.begin() as connection:
        before = occurring_in(connection)
        assert "pulled" in before
        copy = (
            "INSERT INTO search_texts(kind, source_id, opens_id, case_id, at, words) "
            "SELECT kind, 'x', opens_id, case_id, at, 'only ' || words FROM search_texts"
        )
        connection.execute(text(copy))
        assert occurring_in(connection) == before | {"only"}
        connection.execute(text("UPDATE search_texts SET words = 'lonely' WHERE source_id = 'x'"))
        assert occurring_in(connection) == before | {"lonely"}
        connection.execute(text("DELETE FROM search_texts WHERE source_id = 'x'"))
        assert occurring_in(connection) == before
        connection.execute(text("DELETE FROM search_texts"))
        assert occurring_in(connection) == set()


def occurring_in(connection: Connection) -> set[str]:
    return set(connection.scalars(text("SELECT word FROM search_words")))


def test_a_beginning_of_any_length_is_found_whatever_it_can_mean(either: Store) -> None:
    add_clinician(either)
    case = add_case(either, add_patient(either))
    visit = add_visit(either, case)
    many = " ".join(f"sprain{place:03d}" for place in range(100))
    with either.unit(ACTOR) as unit:
        unit.session.add(
            Addendum(visit_id=visit, clinician_id=ACTOR, by="Dana", at=NOW, text=f"{many} zebra")
        )
        unit.audit("add", "addendum", visit)
        unit.commit()
    for begun in ("zebra", "zebr", "zeb", "ze", "z", "s", "sprai", "sprain099"):
        assert kinds(either, begun) == ["addendum"] or begun == "s", begun
        assert kinds(either, "sprain007", begun) == ["addendum"], begun
        assert kinds(either, begun, "sprain007") == ["addendum"], begun
    assert kinds(either, "zebras") == kinds(either, "sprain007", "q") == []


def test_near_names_are_read_by_both_ends_and_are_bounded(either: Store) -> None:
    add_clinician(either)
    for family in ("Lukasiewicz", "Smith", "van der Berg", "Smythe"):
        add_patient(either, family, "Q")
    with either.reading() as session:
        assert "lukasiewicz" in names_like(session, "lukazsiewicz")
        assert "lukasiewicz" in names_like(session, "xukasiewicz")
        assert {"smith", "smythe"} <= names_like(session, "smiht")
        assert "berg" in names_like(session, "xerg")
        assert find_by_terms(session, ()) == ()


def test_too_many_words_find_nobody(either: Store) -> None:
    add_clinician(either)
    add_patient(either)
    with either.reading() as session:
        assert find_patients(session, " ".join(f"a{n}b" for n in range(3000))) == ()


def test_all_patients_stand_in_the_order_of_their_names(either: Store) -> None:
    add_clinician(either)
    last, first = add_patient(either, "Żuk", "A"), add_patient(either, "Ábel", "B")
    with either.reading() as session:
        assert list(in_order(session, 0, 10)) == [first, last]
        assert list(in_order(session, 1, 1)) == [last]


def test_pieces_of_a_text_cover_the_words_it_is_found_by() -> None:
    assert [word for _b, _e, words in pieces(SAID) for word in words] == note_words(SAID)
    begin, end, words = next(iter(pieces("  Łukasz's run")))
    assert ("  Łukasz's run"[begin:end], words) == ("Łukasz's", ("lukaszs",))
