"""Running numbers without gaps: two transactions never get the same one, and a number that
was taken by a transaction that came to nothing is given again.
"""

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from clinic_desk.storage.models_practice import Counter

_LETTERS = {"handout": "H", "letter": "L"}


def next_number(session: Session, series: str) -> int:
    """The next number of a series, from 1. Other writers of the series wait for this commit."""
    return next_numbers(session, series, 1)


def next_numbers(session: Session, series: str, count: int) -> int:
    """The first of `count` numbers in a row."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = (
        insert(Counter)
        .values(name=series, value=count)
        .on_conflict_do_update(index_elements=[Counter.name], set_={"value": Counter.value + count})
        .returning(Counter.value)
    )
    return session.execute(statement).scalar_one() - count + 1


def next_document(session: Session, kind: str, year: int) -> tuple[int, str]:
    """The next document of a kind in a year: its number and its reference ("H-2026-014")."""
    number = next_number(session, f"{kind}:{year}")
    return number, f"{_LETTERS.get(kind, kind[:1].upper())}-{year}-{number:03d}"


def at_least(session: Session, series: str, value: int) -> None:
    """Let a series go on behind a number that was brought along."""
    row = session.get(Counter, series)
    if row is None:
        session.add(Counter(name=series, value=value))
    elif row.value < value:
        row.value = value
    session.flush()
