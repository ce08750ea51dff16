"""Who may be registered already, and what speaks for it: names that are nearly the same, a birth
date with two figures turned round, a phone or a number in common.

The weights are working values, set so that one thing alone never says "the same person", except
a number that somebody else gave: a number is given once.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from clinic_desk.clinical import births
from clinic_desk.storage import likeness_queries, patient_queries
from clinic_desk.storage.folding import fold, phone_digits
from clinic_desk.storage.likeness_queries import Candidate, Sought
from clinic_desk.storage.patient_file_queries import identifier_key
from clinic_desk.usecases import patient_checks
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.patient_details import PatientDetails
from clinic_desk.usecases.patient_rows import row_of
from clinic_desk.usecases.patient_views import PatientRow

NEAR = 84  # of 100: names this near may be one name, mistyped
SAME = 0.8  # from here on somebody is shown
_BORN, _NEAR_BORN, _PART_BORN, _PHONE, _NUMBER = 0.5, 0.3, 0.2, 0.4, 1.0
MOST = 5


@dataclass(frozen=True, slots=True)
class Likeness:
    """Somebody who may be the same person. `same` names what matches exactly, `near` what
    nearly does, in words that stand beside the name.
    """

    row: PatientRow
    weight: float
    same: tuple[str, ...]
    near: tuple[str, ...]


def alike(desk: Desk, details: PatientDetails) -> tuple[Likeness, ...]:
    """The people who may be the same, the likeliest first; empty without a family name."""
    details = patient_checks.clean(details)
    if not details.family_name:
        return ()
    typed = _typed(details)
    with desk.store.reading() as session:
        judged = [
            (one, *_judged(typed, one))
            for one in likeness_queries.candidates(session, _sought(details))
        ]
        liked = sorted((j for j in judged if j[1] >= SAME), key=lambda j: -j[1])[:MOST]
        rows = {
            row.id: row_of(row)
            for row in patient_queries.by_ids(session, [one.id for one, *_ in liked])
        }
    return tuple(
        Likeness(rows[one.id], weight, same, near)
        for one, weight, same, near in liked
        if one.id in rows
    )


def without(found: Iterable[Likeness], patient_id: UUID) -> tuple[Likeness, ...]:
    """The others."""
    return tuple(one for one in found if one.row.id != patient_id)


def _sought(details: PatientDetails) -> Sought:
    return Sought(
        family_name=details.family_name,
        given_name=details.given_name,
        preferred_name=details.preferred_name,
        born=tuple(dict.fromkeys((details.birth_date, *_mistyped(details.birth_date))))
        if details.birth_date
        else (),
        phones=(details.phone, *(one.number for one in details.phones)),
        identifiers=tuple(one.value for one in details.identifiers),
        other_names=tuple(one.family_name for one in details.names),
    )


def _mistyped(day: date) -> Iterator[date]:
    """Days that are this one with two figures turned round or one beside it."""
    for year, month, day_of in (
        (day.year, day.day, day.month),
        (day.year + 1, day.month, day.day),
        (day.year - 1, day.month, day.day),
        (day.year + 10, day.month, day.day),
        (day.year - 10, day.month, day.day),
        (_turned(day.year), day.month, day.day),
        (day.year, day.month + 1, day.day),
        (day.year, day.month - 1, day.day),
        (day.year, day.month, _turned(day.day)),
    ):
        try:
            yield date(year, month, day_of)
        except ValueError:
            continue
    for days in (1, -1, 10, -10):
        yield day + timedelta(days=days)


def _turned(number: int) -> int:
    """The last two figures turned round: 1986 and 1968."""
    return number // 100 * 100 + number % 10 * 10 + number // 10 % 10


@dataclass(frozen=True, slots=True)
class _Typed:
    """What was typed, folded once and then held against each candidate."""

    families: tuple[str, ...]
    givens: tuple[str, ...]
    born: tuple[date, date] | None
    near_born: frozenset[date]
    phones: frozenset[str]
    numbers: frozenset[str]


def _typed(details: PatientDetails) -> _Typed:
    families = (details.family_name, *(one.family_name for one in details.names))
    return _Typed(
        families=tuple(fold(name) for name in families),
        givens=(fold(details.given_name), fold(details.preferred_name)),
        born=births.between(details.birth_date, details.birth_part),
        near_born=frozenset(_mistyped(details.birth_date) if details.birth_date else ()),
        phones=frozenset(
            phone_digits(number)
            for number in (details.phone, *(one.number for one in details.phones))
        ),
        numbers=frozenset(identifier_key(one.value) for one in details.identifiers) - {""},
    )


def _judged(mine: _Typed, one: Candidate) -> tuple[float, tuple[str, ...], tuple[str, ...]]:
    same: list[str] = []
    near: list[str] = []
    weight = _names(mine, one, same, near)
    weight += _born(mine, one, same, near)
    if any(_one_phone(number, theirs) for number in mine.phones for theirs in one.phones):
        weight += _PHONE
        same.append("phone")
    if mine.numbers & set(one.identifiers):
        weight += _NUMBER
        same.append("number")
    return weight, tuple(same), tuple(near)


def _names(mine: _Typed, one: Candidate, same: list[str], near: list[str]) -> float:
    """0.6 for a family name and 0.3 for a given one; less where they are only near."""
    families, givens = mine.families, mine.givens
    given = max((_likeness(a, b) for a in givens for b in one.givens if a and b), default=0.0)
    family = max((_likeness(a, b) for a in families for b in one.families if a and b), default=0.0)
    if [families[0], givens[0]] == [*one.givens[:1], one.families[0]]:
        near.append("names the other way round")
        return 0.9
    if family >= NEAR:
        (same if family == 100 else near).append("family name")
    if given >= NEAR:
        (same if given == 100 else near).append("given name")
    weight = 0.6 * _share(family)
    if any(_initial(a, b) for a in givens for b in one.givens if a and b):
        return weight + 0.2
    if weight and not any(givens):
        return weight  # nothing is said of the given name yet
    if weight and one.givens and given < NEAR:
        return weight * 0.6  # another given name: a brother, perhaps
    return weight + 0.3 * _share(given)


def _share(likeness: float) -> float:
    return likeness / 100 if likeness >= NEAR else 0.0


def _initial(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) == 1 and len(long) > 1 and long.startswith(short)


def _likeness(one: str, other: str) -> float:
    """How near two folded names are, 0 to 100; the order of their words does not matter."""
    if one == other:
        return 100.0
    from rapidfuzz import fuzz  # 20 ms, and only needed once somebody is near

    return max(float(fuzz.ratio(one, other)), float(fuzz.token_sort_ratio(one, other)) - 1)


def _born(mine: _Typed, one: Candidate, same: list[str], near: list[str]) -> float:
    theirs = births.between(one.birth_date, one.birth_part)
    if mine.born is None or theirs is None:
        return 0.0
    if mine.born == theirs:
        same.append("birth date")
        return _BORN if theirs[0] == theirs[1] else _PART_BORN
    if mine.born[0] <= theirs[1] and theirs[0] <= mine.born[1]:
        near.append("birth date")
        return _PART_BORN
    if one.birth_date in mine.near_born:
        near.append("birth date")
        return _NEAR_BORN
    return -0.3


def _one_phone(mine: str, theirs: str) -> bool:
    """The same number, with or without its country's code."""
    short, long = sorted((mine, theirs), key=len)
    return len(short) > 4 and (short == long or (len(short) > 6 and long.endswith(short[-8:])))
