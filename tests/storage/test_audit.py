"""The trail shows every later change, and holds no names."""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, text

from clinic_desk.storage import Store, verify_audit
from clinic_desk.storage.audit import BrokenEntry, head
from tests.support.records import ACTOR, add_clinician, add_patient


@pytest.fixture
def trail(either: Store) -> Store:
    """A practice with six entries in its trail."""
    add_clinician(either)
    for count in range(5):
        add_patient(either, f"Example{count}")
    return either


def _without_triggers(store: Store, work: Callable[[Connection], None]) -> None:
    """What somebody with the key and a database tool could do."""
    with store._engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("DROP TRIGGER closed_audit_update")
            connection.exec_driver_sql("DROP TRIGGER closed_audit_delete")
        else:
            connection.exec_driver_sql("ALTER TABLE audit DISABLE TRIGGER USER")
        work(connection)


def _run(sql: str) -> Callable[[Connection], None]:
    return lambda connection: connection.execute(text(sql)) and None


ALTERED = "altered"
TAMPERING = (
    ("UPDATE audit SET act = 'look' WHERE sequence = 3", BrokenEntry(3, ALTERED)),
    ("UPDATE audit SET details = '{\"a\": 1}' WHERE sequence = 2", BrokenEntry(2, ALTERED)),
    ("UPDATE audit SET at = '2020-01-01 00:00:00' WHERE sequence = 4", BrokenEntry(4, ALTERED)),
    ("UPDATE audit SET hash = repeat_zero WHERE sequence = 6", BrokenEntry(6, ALTERED)),
    ("DELETE FROM audit WHERE sequence = 4", BrokenEntry(4, "missing")),
    ("DELETE FROM audit WHERE sequence = 1", BrokenEntry(1, "missing")),
    ("UPDATE audit SET previous = hash WHERE sequence = 5", BrokenEntry(5, "moved")),
    (
        "INSERT INTO audit SELECT 7, at, actor_id, act, subject, subject_id, details, hash, hash "
        "FROM audit WHERE sequence = 6",
        BrokenEntry(7, ALTERED),
    ),
)


def test_an_untouched_trail_is_whole(trail: Store) -> None:
    assert verify_audit(trail) is None
    with trail.reading() as session:
        assert head(session)[0] == 6


@pytest.mark.parametrize(("sql", "broken"), TAMPERING)
def test_tampering_is_found_where_it_happened(trail: Store, sql: str, broken: BrokenEntry) -> None:
    sql = sql.replace("repeat_zero", f"'{'0' * 64}'")
    _without_triggers(trail, _run(sql))
    assert verify_audit(trail) == broken


def test_a_cut_tail_shows_against_a_head_kept_elsewhere(trail: Store) -> None:
    with trail.reading() as session:
        kept = head(session)
    _without_triggers(trail, _run("DELETE FROM audit WHERE sequence = 6"))
    assert verify_audit(trail) is None
    with trail.reading() as session:
        assert head(session) != kept


def test_the_trail_refuses_free_text(trail: Store) -> None:
    for value in ("Alex Example", "ż", {"note": "was in pain"}, ["two words"], 1.5):
        with pytest.raises(ValueError, match="audit trail"), trail.unit(ACTOR) as unit:
            unit.audit("correct", "patient", ACTOR, {"field": value})  # type: ignore[dict-item]


def test_details_of_ids_and_words_are_kept(trail: Store) -> None:
    with trail.unit(ACTOR) as unit:
        details = {"ids": [ACTOR], "kind": "letter", "count": 2, "ok": True, "none": None}
        unit.audit("note", "case", ACTOR, details)
        unit.commit()
    assert verify_audit(trail) is None


def test_an_entry_of_a_unit_that_failed_is_not_in_the_trail(trail: Store) -> None:
    with trail.unit(ACTOR) as unit:
        unit.audit("look", "patient", ACTOR)
    with trail.reading() as session:
        assert head(session)[0] == 6
