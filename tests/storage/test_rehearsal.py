"""Statements worked out on an empty store in memory are known to the store opened next."""

from sqlalchemy import event, text

from clinic_desk.library import Library
from clinic_desk.storage.store import Store
from clinic_desk.usecases import practice, rehearsal, today
from tests.support.records import PASSPHRASE, QUICK


def practice_in(folder):
    opened, _code = practice.set_up(
        folder,
        Library(),
        practice.PracticeDetails("Example Street Physiotherapy", "", "", "", ""),
        practice.ClinicianDetails("Dana Demo", "physiotherapist", ""),
        PASSPHRASE,
        kdf=QUICK,
    )
    opened.store.close()


def texts_worked_out(desk, act) -> int:
    """How many statements had to be worked out anew while something was read."""
    anew = []

    def met(_connection, _cursor, _statement, _values, context, _many) -> None:
        if context.compiled is not None and context.cache_hit.name == "CACHE_MISS":
            anew.append(_statement)

    engine = desk.store._reader
    event.listen(engine, "before_cursor_execute", met)
    act()
    event.remove(engine, "before_cursor_execute", met)
    return len(anew)


def test_today_meets_no_new_statement_after_a_rehearsal(tmp_path) -> None:
    practice_in(tmp_path / "practice")
    cold = practice.unlock(tmp_path / "practice", Library(), PASSPHRASE)
    before = texts_worked_out(cold, lambda: today.today(cold))
    cold.store.close()
    rehearsal.rehearse(Library())
    warm = practice.unlock(tmp_path / "practice", Library(), PASSPHRASE)
    after = texts_worked_out(warm, lambda: today.today(warm))
    warm.store.close()
    assert before > 10
    assert after == 0


def test_a_rehearsed_store_reads_the_records_and_nothing_of_the_rehearsal(tmp_path) -> None:
    practice_in(tmp_path / "practice")

    def leave_something(empty: Store) -> None:
        with empty._engine.begin() as connection:
            connection.execute(text("CREATE TABLE left_over (one INTEGER)"))

    Store.rehearse(leave_something)
    desk = practice.unlock(tmp_path / "practice", Library(), PASSPHRASE)
    with desk.store.reading() as session:
        found = session.scalars(
            text("SELECT name FROM sqlite_master WHERE name IN ('left_over', 'practice')")
        ).all()
        assert session.connection().exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    desk.store.close()
    assert found == ["practice"]


def test_only_one_store_takes_over_what_was_rehearsed(tmp_path) -> None:
    for name in ("one", "other"):
        practice_in(tmp_path / name)
    Store.rehearse(lambda _empty: None)
    one = practice.unlock(tmp_path / "one", Library(), PASSPHRASE)
    other = practice.unlock(tmp_path / "other", Library(), PASSPHRASE)
    assert one.store._engine is not other.store._engine
    one.store.close()
    other.store.close()
