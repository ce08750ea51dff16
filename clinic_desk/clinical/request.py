"""An evaluation as plain data: who, when, which side, and the answers; checked as one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from clinic_desk.clinical.answers import shown
from clinic_desk.clinical.measures import Sex, Side
from clinic_desk.clinical.protocol import Case, Kind, Protocol
from clinic_desk.errors import InvalidInput

_OLDEST = 130  # years
_KEYS = ("patient", "date", "side", "answers", "decisions")
_READ_BEFORE = ("protocol", "version")  # who reads the request finds the protocol by them
_PATIENT_KEYS = ("birth_date", "sex")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Request:
    case: Case
    answers: Mapping[str, object]
    decisions: Mapping[str, str] = field(default_factory=dict)


def read(protocol: Protocol, plain: Mapping[str, object]) -> Request:
    """The case and the raw answers of a request; InvalidInput names each key that is wrong.

    `plain` has `date`, and may have `patient` (`birth_date`, `sex`), `side`, `answers` and
    `decisions` (`grade`, `flag.<id>`).
    """
    faults = {
        key: f"there is no such key; allowed are {', '.join((*_READ_BEFORE, *_KEYS))}"
        for key in plain
        if key not in _KEYS
    }
    patient = _table(plain, "patient", faults)
    for key in patient:
        if key not in _PATIENT_KEYS:
            faults[f"patient.{key}"] = "there is no such key; allowed are birth_date, sex"
    answers = _table(plain, "answers", faults)
    on = _day(plain.get("date"), "date", faults)
    born = None
    if patient.get("birth_date") is not None:
        born = _day(patient["birth_date"], "patient.birth_date", faults)
    sex = _word(patient.get("sex", Sex.UNKNOWN.value), "patient.sex", tuple(Sex), faults)
    side = None
    if plain.get("side") is not None:
        side = _word(plain["side"], "side", tuple(Side), faults)
    elif any(_is_pair(protocol, name, value) for name, value in answers.items()):
        faults["side"] = "missing, but a left/right item is answered; allowed is left, right, both"
    if on is not None and born is not None:
        if born > on:
            faults["patient.birth_date"] = (
                f"given {born.isoformat()}; allowed is a date no later than {on.isoformat()}"
            )
        elif on.year - born.year > _OLDEST:
            faults["patient.birth_date"] = (
                f"given {born.isoformat()}; allowed is an age of at most {_OLDEST} years"
            )
    decisions = _decisions(protocol, _table(plain, "decisions", faults), faults)
    if faults or on is None:
        raise InvalidInput(faults)
    case = Case(
        on=on,
        side=Side(side) if side else None,
        birth_date=born,
        sex=Sex(sex) if sex else Sex.UNKNOWN,
    )
    return Request(case, answers, decisions)


def _table(plain: Mapping[str, object], key: str, faults: dict[str, str]) -> Mapping[str, object]:
    value = plain.get(key, {})
    if isinstance(value, Mapping):
        return value
    faults[key] = f"given {shown(value)}; allowed is an object with names and values"
    return {}


def _day(value: object, key: str, faults: dict[str, str]) -> date | None:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and _ISO_DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            faults[key] = f'given "{value}", which is no day; allowed is a date like 2026-02-03'
            return None
    given = "missing" if value is None else f"given {shown(value)}"
    faults[key] = f"{given}; allowed is a date written as 2026-02-03"
    return None


def _word(value: object, key: str, allowed: tuple[str, ...], faults: dict[str, str]) -> str | None:
    if isinstance(value, str) and value in allowed:
        return value
    faults[key] = f"given {shown(value)}; allowed is {', '.join(str(one) for one in allowed)}"
    return None


def _is_pair(protocol: Protocol, name: str, value: object) -> bool:
    item = protocol.items.get(name)
    return item is not None and item.kind is Kind.PAIR and isinstance(value, Mapping)


def _quoted(words: tuple[str, ...]) -> str:
    return ", ".join(f'"{word}"' for word in words)


def _decisions(
    protocol: Protocol, given: Mapping[str, object], faults: dict[str, str]
) -> dict[str, str]:
    highest = protocol.grade.highest if protocol.grade else -1
    grades = tuple(str(grade) for grade in range(highest + 1))
    taken = {}
    for key, value in given.items():
        flag = key.removeprefix("flag.")
        if key == "grade" and value in grades:
            taken[key] = str(value)
        elif key != flag and flag in protocol.flags and isinstance(value, str) and value:
            taken[key] = value
        else:
            faults[f"decisions.{key}"] = (
                f"given {shown(value)}; allowed is grade as one of {_quoted(grades)}"
                " and flag.ID as a text"
            )
    return taken
