"""A generated practice of any size: invented patients, three cases and ten visits for each.

Seeded, so that a size is always the same practice. Rows go in by Core in large batches, on the
same tables, triggers and folded columns that the program fills. One patient has a case with 40
visits. Run: python tests/benchmarks/practice.py FOLDER [patients]
"""

import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, insert

from clinic_desk.library import Library
from clinic_desk.storage.base import new_id
from clinic_desk.storage.folding import (
    fold,
    note_words,
    number_text,
    phone_digits,
    search_text,
)
from clinic_desk.storage.keys import Kdf
from clinic_desk.storage.models import Case, Contact, Counter, Patient, SearchText, Visit
from clinic_desk.usecases import practice
from clinic_desk.usecases.desk import Desk

PASSPHRASE = "a passphrase to measure with"
QUICK = Kdf(memory_kib=64, passes=1, lanes=1)
CASES, VISITS, MANY = 3, 10, 40
BATCH = 5000
NOW = datetime(2026, 2, 3, 10, tzinfo=UTC)


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


_STARTS = _listed(
    "Al Ba Bren Cor Dan El Fer Gar Hol Iv Jan Kel Lo Mar Nor Ol Pet Quin Ros Sam Tor Ul Vin Wil"
)
_MIDDLES = _listed("a an ber de do en er i il in ko la le li ma mi na ne o ra ri sa ta ti va ve wi")
_ENDS = _listed(
    "berg berger dale ford ham hart ic ley lund man mann ner no ova owski sen ska son "
    "ster ton vić wald well wood"
)
_GIVEN = _listed(
    "Ada Alex Ana Ben Bo Chloé Dan Elif Emil Eva Finn Gil Hana Ida Ivo Jan José Kim "
    "Łucja Lea Leo Liam Lin Mae Max Mia Nia Noa Olga Omar Pia Raj Rosa Sam Søren Tara "
    "Tim Uma Vera Yusuf Zoë"
)
_FAR = (("王", "小明"), ("李", "娜"), ("محمد", "أحمد"), ("Иванова", "Анна"), ("佐藤", "健"))
_SAYS = (
    "Reports a sudden pull at the back of the {part} while {doing}.",
    "Pain {pain} of 10 at worst, eases with rest and {eases}.",
    "Morning stiffness for {minutes} minutes; sleeps through.",
    "No pins and needles, no night sweats, no weight loss.",
    "Returned to {doing} twice this week without a flare.",
    "Worried about the match on {day}; goal is to be back by the end of term.",
    "Did the home program on {days} of 7 days, the bridge felt too easy.",
)
_SEES = (
    "Tender {width} cm below the origin, no palpable gap in the {part}.",
    "Active knee extension {angle} degrees left, {other} degrees right.",
    "Strength {strength} of 5 in mid range, {eases} afterwards.",
    "Single leg bridge {times} on the left against {more} on the right.",
    "Gait normal, hop cautious, {doing} at {speed} percent.",
)
_THINKS = (
    "Grade two strain of the {part}, healing as expected.",
    "Load tolerance improving; still short of the goal for {doing}.",
    "Findings fit a referred component from the lower back.",
    "No red flags today; re-evaluate in {days} days.",
)
_PLANS = (
    "Progress the Nordic lowers to {times} repetitions.",
    "Add {doing} intervals, {minutes} minutes every second day.",
    "Keep {eases}; call if pain is above {pain}.",
    "Review in {days} days with strength test.",
)
_FILL: dict[str, tuple[object, ...]] = {
    "part": ("hamstring", "calf", "adductor", "quadriceps", "biceps femoris", "gluteus"),
    "doing": ("sprinting", "kicking", "dancing", "hurdling", "gardening", "stair climbing"),
    "eases": ("ice", "walking", "gentle stretching", "heat", "compression"),
    "day": ("Saturday", "Sunday", "Friday"),
    "pain": tuple(range(2, 9)),
    "minutes": (5, 10, 15, 20, 30),
    "days": (3, 5, 7, 14),
    "width": tuple(range(4, 15)),
    "angle": tuple(range(20, 70)),
    "other": tuple(range(5, 25)),
    "strength": (3, 4, 5),
    "times": tuple(range(6, 15)),
    "more": tuple(range(12, 25)),
    "speed": (50, 60, 70, 80, 90),
}


def make(folder: Path, patients: int, seed: int = 1) -> Desk:
    """A new practice in the folder, open."""
    desk, _code = practice.set_up(
        folder,
        Library(),
        practice.PracticeDetails(name="Generated practice"),
        practice.ClinicianDetails("Dana Demo"),
        PASSPHRASE,
        QUICK,
    )
    with desk.store._engine.begin() as connection:
        _contacts(connection, Random(seed), max(20, patients // 50))
    rows = _patients(Random(seed), patients)
    while batch := list(islice(rows, BATCH // VISITS)):
        with desk.store._engine.begin() as connection:
            _write(connection, batch, Random(f"{seed} {batch[0]['serial']}"), desk.actor.id)
    with desk.store._engine.begin() as connection:
        connection.execute(insert(Counter), [{"name": "patient", "value": patients}])
    return desk


def _patients(chance: Random, count: int) -> Iterator[dict[str, Any]]:
    names = [
        chance.choice(_STARTS) + chance.choice(_MIDDLES) + chance.choice(_ENDS)
        for _ in range(max(200, count // 4))
    ]
    for serial in range(1, count + 1):
        family = names[min(int(chance.paretovariate(0.6)) - 1, len(names) - 1)]
        if chance.random() < 0.7:
            family = chance.choice(names)
        given = chance.choice(_GIVEN)
        if chance.random() < 0.03:
            family, given = chance.choice(_FAR)
        born = date(1935, 1, 1) + timedelta(days=chance.randrange(85 * 365))
        phone = f"+44 7700 {chance.randrange(1_000_000):06d}"
        former = fold(chance.choice(names)) if chance.random() < 0.05 else ""
        number = number_text(serial)
        yield {
            "id": new_id(),
            "version": 1,
            "serial": serial,
            "number": number,
            "family_name": family,
            "given_name": given,
            "birth_date": born,
            "phone": phone,
            "search_more": former,
            "family_key": fold(family),
            "given_key": fold(given),
            "phone_key": phone_digits(phone),
            "search_text": search_text(family, given, born, phone, number, former),
        }


def _write(
    connection: Connection, people: list[dict[str, Any]], chance: Random, clinician: UUID
) -> None:
    cases, visits, texts = [], [], []
    for who in people:
        own = [
            {
                "id": new_id(),
                "version": 1,
                "patient_id": who["id"],
                "title": f"{chance.choice(_FILL['part'])} strain",
                "side": chance.choice(("left", "right")),
                "protocol": "posterior-thigh",
                "opened_on": date(2022 + place, 1, 1) + timedelta(chance.randrange(300)),
                "closed_on": None if place == CASES - 1 else date(2023 + place, 1, 1),
            }
            for place in range(CASES)
        ]
        cases += own
        for place in range(MANY if who["serial"] == 1 else VISITS):
            case = own[-1] if who["serial"] == 1 else own[place % CASES]
            visits.append(_visit(chance, case, place, clinician))
            texts.append(_text(visits[-1]))
    for kind, rows in ((Patient, people), (Case, cases), (Visit, visits), (SearchText, texts)):
        connection.execute(insert(kind.__table__), rows)


def _visit(chance: Random, case: dict[str, Any], place: int, clinician: UUID) -> dict[str, Any]:
    at = datetime.combine(case["opened_on"], datetime.min.time(), UTC)
    at += timedelta(days=4 * place, hours=8 + chance.randrange(9))
    return {
        "id": new_id(),
        "version": 1,
        "case_id": case["id"],
        "number": place + 1,
        "kind": "follow_up",
        "care_at": min(at, NOW),
        "status": "signed",
        "clinician_id": clinician,
        "signed_at": min(at, NOW) + timedelta(hours=1),
        "signed_by": "Dana Demo",
        "signed_by_id": clinician,
        "protocol": "posterior-thigh",
        "protocol_version": "1.0",
        "subjective": _said(chance, _SAYS, 4),
        "objective": _said(chance, _SEES, 3),
        "assessment": _said(chance, _THINKS, 2),
        "plan": _said(chance, _PLANS, 2),
    }


def _said(chance: Random, from_these: tuple[str, ...], count: int) -> str:
    filled = {name: chance.choice(values) for name, values in _FILL.items()}
    return " ".join(one.format(**filled) for one in chance.sample(from_these, count))


@lru_cache(maxsize=50_000)
def _words(sentence: str) -> tuple[str, ...]:
    return tuple(note_words(sentence))


def _text(visit: dict[str, Any]) -> dict[str, Any]:
    words = {
        word
        for part in ("subjective", "objective", "assessment", "plan")
        for sentence in visit[part].split(". ")
        for word in _words(sentence)
    }
    return {
        "kind": "visit",
        "source_id": visit["id"],
        "opens_id": visit["id"],
        "case_id": visit["case_id"],
        "at": visit["care_at"],
        "words": " ".join(sorted(words)),
    }


def _contacts(connection: Connection, chance: Random, count: int) -> None:
    rows = []
    for _ in range(count):
        family = chance.choice(_STARTS) + chance.choice(_ENDS)
        name = f"{chance.choice(_GIVEN)} {family}"
        rows.append(
            {
                "id": new_id(),
                "version": 1,
                "name": name,
                "role": "gp",
                "name_key": fold(name),
                "search_text": fold(f"{name} sampletown surgery"),
            }
        )
    connection.execute(insert(Contact.__table__), rows)


if __name__ == "__main__":
    begun = time.perf_counter()
    made = make(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1000)
    made.store.close()
    print(f"{time.perf_counter() - begun:.1f} s")
