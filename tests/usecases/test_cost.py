"""What the acts of every day ask of the database: how often, and never a whole table."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import event, select, text

from clinic_desk.storage.models import Case, Patient
from clinic_desk.usecases import find, patients, today, visits
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.visits import Note, VisitContent
from tests.benchmarks import practice

BIG = re.compile(r"SCAN (patients|cases|visits|search_texts|documents|addenda)\b(?! USING)")
PAGE, FIND, SIGN = 34, 24, 26  # statements
TYPED = ("a", "al", "alb", "Sam H", "Sam Holvas", "14.06.1991", "CD-00007", "0142", "Alxberg",
         "hamstring spr", "palpable g", "kicking saturday x")  # fmt: skip


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A small one of the practices that are measured."""
    desk = practice.make(Path(tmp_path_factory.mktemp("practice")) / "30", 30)
    yield desk
    desk.store.close()


def asked(desk: Desk, act: Callable[[], object]) -> list[tuple[str, object]]:
    """The statements of an act, with what was put into them."""
    found: list[tuple[str, object]] = []

    def note(_one: object, _two: object, said: str, values: object, *_more: object) -> None:
        if not said.startswith(("PRAGMA", "BEGIN")):
            found.append((said, values))

    event.listen(desk.store._engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        event.remove(desk.store._engine, "before_cursor_execute", note)
    return found


def plans(desk: Desk, statements: list[tuple[str, object]]) -> dict[str, str]:
    """The steps by which statements are answered, each with a statement of which it is one."""
    found = {}
    with desk.store.reading() as session:
        connection = session.connection()
        for said, values in statements:
            if said.startswith("SELECT"):
                plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {said}", values)  # type: ignore[arg-type]
                found.update({row[3]: said for row in plan})
    return found


def scans(desk: Desk, statements: list[tuple[str, object]]) -> list[str]:
    """The steps that walk through all rows of a table that grows with the practice."""
    return [f"{row}: {said}" for row, said in plans(desk, statements).items() if BIG.match(row)]


def who(desk: Desk, serial: int) -> UUID:
    with desk.store.reading() as session:
        return session.scalars(select(Patient.id).where(Patient.serial == serial)).one()


def test_the_generated_practice_is_whole(large: Desk) -> None:
    with large.store.reading() as session:
        assert session.scalar(text("PRAGMA integrity_check")) == "ok"
        assert session.execute(text("PRAGMA foreign_key_check")).all() == []
        words = set(session.scalars(text("SELECT word FROM search_words")))
    assert large.store.verify_audit() is None
    assert {"hamstring", "reports"} <= words
    assert find.how_many(large) == 30
    file = patients.open_file(large, who(large, 1))
    assert max(case.visits for case in file.cases) == practice.MANY
    assert find.everything(large, "hamstr").notes


def test_the_same_seed_gives_the_same_practice(large: Desk, tmp_path: Path) -> None:
    again = practice.make(tmp_path / "again", 30)
    try:
        everybody = select(Patient.id, Patient.family_name, Patient.search_text)
        notes = text("SELECT id, subjective, plan FROM visits ORDER BY id")
        with large.store.reading() as one, again.store.reading() as other:
            assert one.execute(everybody).all() == other.execute(everybody).all()
            assert one.execute(notes).all() == other.execute(notes).all()
    finally:
        again.store.close()


def test_a_patients_page_asks_as_often_whatever_happened(large: Desk) -> None:
    busy, quiet = who(large, 1), who(large, 7)
    many = asked(large, lambda: patients.open_file(large, busy))
    few = asked(large, lambda: patients.open_file(large, quiet))
    assert len(many) <= PAGE
    assert abs(len(many) - len(few)) <= 8  # without an open case its flags are not asked for
    assert scans(large, many) == []


@pytest.mark.parametrize("words", TYPED)
def test_finding_asks_seldom_and_never_walks_through_a_table(large: Desk, words: str) -> None:
    statements = asked(large, lambda: find.everything(large, words))
    assert len(statements) <= FIND
    assert scans(large, statements) == []


def test_a_page_of_the_list_of_all_walks_along_an_index(large: Desk) -> None:
    statements = asked(large, lambda: find.page(large, 10, 10))
    assert scans(large, statements) == []


def test_signing_asks_seldom(large: Desk) -> None:
    with large.store.reading() as session:
        query = select(Case.id).join(Patient)
        open_case = query.where(Patient.serial == 2, Case.closed_on.is_(None))
        case = session.scalars(open_case).one()
    visit = visits.start(large, case, "follow_up")
    note = VisitContent(note=Note("Pull while sprinting.", "Tender.", "Grade two.", "Bridge."))
    statements = asked(large, lambda: visits.sign(large, visit, note))
    assert len(statements) <= SIGN
    assert scans(large, statements) == []


def test_today_walks_through_nothing_but_what_is_open(large: Desk) -> None:
    """What is done grows with the years; Today must not."""
    walks = {
        row
        for row in plans(large, asked(large, lambda: today.today(large)))
        if re.match(r"SCAN (patients|cases|visits|evaluations|programs|documents|loops|todos)", row)
        or "ix_visits_care_at (care_at<?)" in row
    }
    assert walks <= {
        "SCAN cases USING INDEX ix_cases_open",
        "SCAN visits USING INDEX ix_visits_unsigned",
        "SCAN loops USING INDEX ix_loops_open",
        "SCAN patients USING COVERING INDEX sqlite_autoindex_patients_1",  # to the first
    }
    assert len(walks) >= 3
