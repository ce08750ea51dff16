"""A generated practice of any size: invented patients, three cases and ten visits for each, with
an evaluation at the first visit of each running case and of one other in ten.

Seeded, so that a size and a seed are always the same people, cases and notes, with the same ids.
All go in by time, as they would have come: who was registered last stands last, and the visits of
one patient lie scattered among those of all others. One patient has a case with 40 visits.
Run: python tests/benchmarks/practice.py FOLDER [--patients N] [--seed N]
"""

import argparse
import sys
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

sys.path.insert(0, str(Path(__file__).parents[2]))

from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic_desk.library import Library
from clinic_desk.storage import audit, dues
from clinic_desk.storage.folding import (
    fold,
    note_words,
    number_text,
    phone_digits,
    search_text,
)
from clinic_desk.storage.keys import Kdf
from clinic_desk.storage.models import (
    Audit,
    Case,
    Contact,
    Counter,
    Evaluation,
    Patient,
    SearchText,
    Visit,
)
from clinic_desk.usecases import practice
from clinic_desk.usecases.desk import Desk
from tests.benchmarks import examined
from tests.benchmarks.bulk import Loader, loading

PASSPHRASE = "a passphrase to measure with"
QUICK = Kdf(memory_kib=64, passes=1, lanes=1)
CASES, VISITS, MANY = 3, 10, 40
BATCH = 20_000  # rows of a transaction
BEGUN = datetime(2016, 1, 4, 8, tzinfo=UTC)
NOW = datetime(2026, 2, 3, 10, tzinfo=UTC)
_SPREAD = 4000  # different paragraphs of each part of a note
_RARE = 30_000  # words that stand in few notes: names of clubs, places, makers


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


class _Seen(NamedTuple):
    """A visit that is still to be written."""

    at: datetime
    case: UUID
    number: int
    examined: bool  # with an evaluation


class _Said(NamedTuple):
    """One paragraph of a note, with its words as the search keeps them."""

    text: str
    words: frozenset[str]


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
    chance = Random(seed)
    with loading(desk.store) as loader:
        with loader.chunk():
            loader.add(Contact.__table__, _contacts(chance, max(20, patients // 50)))
            loader.add(Counter.__table__, iter([{"name": "patient", "value": patients}]))
        cases: list[dict[str, Any]] = []
        visits: list[_Seen] = []
        people = _patients(chance, patients, cases, visits)
        while batch := list(islice(people, BATCH)):
            with loader.chunk():
                loader.add(Patient.__table__, batch)
        cases.sort(key=lambda one: one["opened_on"])
        with loader.chunk():
            loader.add(Case.__table__, cases)
        cases.clear()
        visits.sort()
        signed = _write_visits(loader, chance, visits, desk.actor.id)
        with desk.store.reading() as session:
            sequence, previous = audit.head(session)
        with loader.chunk():
            loader.add(Audit.__table__, _trail(desk, signed, sequence, previous))
    with Session(desk.store._engine) as session:
        running = session.scalars(select(Case.id).where(Case.closed_on.is_(None))).all()
        for start in range(0, len(running), 500):
            dues.reckon(session, running[start : start + 500])
        session.commit()
    return desk


def _id(at: datetime, chance: Random) -> UUID:
    """A key of version 7, as of that moment."""
    drawn = chance.getrandbits(74)
    moment = int(at.timestamp() * 1000) << 80
    return UUID(int=moment | 7 << 76 | (drawn >> 62) << 64 | 2 << 62 | drawn & (1 << 62) - 1)


def _patients(
    chance: Random, count: int, cases: list[dict[str, Any]], visits: list[_Seen]
) -> Iterator[dict[str, Any]]:
    """All patients by the day of their registration; their cases and visits are put by."""
    names = [
        chance.choice(_STARTS) + chance.choice(_MIDDLES) + chance.choice(_ENDS)
        for _ in range(max(200, count // 4))
    ]
    step = (NOW - timedelta(days=120) - BEGUN) / count
    for serial in range(1, count + 1):
        family = names[min(int(chance.paretovariate(0.6)) - 1, len(names) - 1)]
        if chance.random() < 0.7:
            family = chance.choice(names)
        given = chance.choice(_GIVEN)
        if chance.random() < 0.03:
            family, given = chance.choice(_FAR)
        born = date(1935, 1, 1) + timedelta(days=chance.randrange(80 * 365))
        phone = f"+44 7700 {chance.randrange(1_000_000):06d}"
        former = fold(chance.choice(names)) if chance.random() < 0.05 else ""
        number = number_text(serial)
        came = BEGUN + step * (serial - 1)
        who = _id(came, chance)
        for place, begun in enumerate(_begins(chance, came)):
            many = MANY if serial == 1 and place == CASES - 1 else (4, 3, 3)[place]
            stays_open = place == CASES - 1 and (serial < 3 or chance.random() < 0.06)
            case = _case(chance, who, begun, stays_open, many, visits)
            cases.append(case)
        yield {
            "id": who,
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
            "registered_at": came,
        }


def _begins(chance: Random, came: datetime) -> list[datetime]:
    """When each of the cases began: the first at once, the others at any time since."""
    room = int((NOW - timedelta(days=100) - came).total_seconds() // 3600)
    return [came, *sorted(came + timedelta(hours=chance.randrange(room)) for _ in (1, 2))]


def _case(
    chance: Random, who: UUID, begun: datetime, stays_open: bool, many: int, visits: list[_Seen]
) -> dict[str, Any]:
    case = _id(begun, chance)
    gap = timedelta(days=2 if many == MANY else chance.randrange(4, 15))
    seen = [begun + gap * place for place in range(many)]
    done = seen[-1] + timedelta(days=14)
    runs = stays_open or done > NOW
    evaluated = runs or chance.random() < 0.1
    visits.extend(
        _Seen(min(at, NOW), case, place, evaluated and place == 1)
        for place, at in enumerate(seen, 1)
    )
    return {
        "id": case,
        "version": 1,
        "patient_id": who,
        "title": f"{chance.choice(_FILL['part'])} strain",
        "side": chance.choice(("left", "right")),
        "protocol": "posterior-thigh",
        "opened_on": begun.date(),
        "closed_on": None if runs else done.date(),
        "planned_visits": chance.choice((None, many, 2 * many)),
    }


def _write_visits(
    loader: Loader, chance: Random, visits: list[_Seen], clinician: UUID
) -> list[tuple[datetime, UUID]]:
    """All visits and their words, by time; returns when each was signed."""
    signed = []
    rare = _rare_words(chance)
    evaluation = examined.source(Library(), chance)
    parts = [
        _paragraphs(chance, says, count, rare)
        for says, count in ((_SAYS, 4), (_SEES, 3), (_THINKS, 2), (_PLANS, 2))
    ]
    for start in range(0, len(visits), BATCH):
        rows, texts, evaluated = [], [], []
        for seen in visits[start : start + BATCH]:
            said = [one[int(chance.random() * _SPREAD)] for one in parts]
            row = _visit(_id(seen.at, chance), seen, said, clinician)
            rows.append(row)
            if seen.examined:
                evaluated.append(evaluation(_id(seen.at, chance), row["id"]))
            texts.append(_text(row, said))
            signed.append((row["signed_at"], row["id"]))
        with loader.chunk():
            loader.add(Visit.__table__, rows)
            loader.add(Evaluation.__table__, evaluated)
            loader.add(SearchText.__table__, texts)
    return signed


def _visit(key: UUID, seen: _Seen, said: list[_Said], clinician: UUID) -> dict[str, Any]:
    return {
        "id": key,
        "version": 1,
        "case_id": seen.case,
        "number": seen.number,
        "kind": "first_evaluation" if seen.examined else "follow_up",
        "care_at": seen.at,
        "status": "signed",
        "clinician_id": clinician,
        "signed_at": seen.at + timedelta(hours=1),
        "signed_by": "Dana Demo",
        "signed_by_id": clinician,
        "protocol": "posterior-thigh",
        "protocol_version": "1.0.0",
        "subjective": said[0].text,
        "objective": said[1].text,
        "assessment": said[2].text,
        "plan": said[3].text,
    }


def _text(visit: Mapping[str, Any], said: list[_Said]) -> dict[str, Any]:
    return {
        "kind": "visit",
        "source_id": visit["id"],
        "opens_id": visit["id"],
        "case_id": visit["case_id"],
        "at": visit["care_at"],
        "words": " ".join(sorted(frozenset().union(*(one.words for one in said)))),
    }


def _rare_words(chance: Random) -> list[str]:
    return [
        chance.choice(_STARTS) + "".join(chance.choices(_MIDDLES, k=2)) + chance.choice(_ENDS)
        for _ in range(_RARE)
    ]


def _paragraphs(
    chance: Random, from_these: tuple[str, ...], count: int, rare: list[str]
) -> list[_Said]:
    """Different wordings; about two in three name something that few others name."""
    found = []
    for _ in range(_SPREAD):
        filled = {name: chance.choice(values) for name, values in _FILL.items()}
        said = " ".join(one.format(**filled) for one in chance.sample(from_these, count))
        if chance.random() < 0.65:
            said += f" Mentions {chance.choice(rare)}."
        found.append(_Said(said, frozenset(note_words(said))))
    return found


def _trail(
    desk: Desk, signed: list[tuple[datetime, UUID]], sequence: int, previous: str
) -> Iterator[dict[str, Any]]:
    """The audit trail of all signing, chained to what set-up wrote."""
    for place, (at, visit) in enumerate(signed, sequence + 1):
        entry = audit.Entry(at, desk.actor.id, "sign", "visit", visit, {})
        digest = audit._hash(desk.store._audit_key, place, previous, entry)
        yield {
            "sequence": place,
            "at": entry.at,
            "actor_id": entry.actor_id,
            "act": entry.act,
            "subject": entry.subject,
            "subject_id": entry.subject_id,
            "details": entry.details,
            "previous": previous,
            "hash": digest,
        }
        previous = digest


def _contacts(chance: Random, count: int) -> Iterator[dict[str, Any]]:
    for _ in range(count):
        family = chance.choice(_STARTS) + chance.choice(_ENDS)
        name = f"{chance.choice(_GIVEN)} {family}"
        yield {
            "id": _id(BEGUN, chance),
            "version": 1,
            "name": name,
            "role": "gp",
            "name_key": fold(name),
            "search_text": fold(f"{name} sampletown surgery"),
        }


def main() -> None:
    asked = argparse.ArgumentParser(description="Make a generated practice in a new folder.")
    asked.add_argument("folder", type=Path)
    asked.add_argument("--patients", type=int, default=1000)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    begun = time.perf_counter()
    made = make(given.folder, given.patients, given.seed)
    made.store.close()
    taken = time.perf_counter() - begun
    size = (given.folder / "clinic.db").stat().st_size
    print(
        f"{given.patients} patients in {taken:.1f} s: {given.patients / taken:.0f} patients and "
        f"{given.patients * VISITS / taken:.0f} visits a second, {size / 1e6:.0f} megabytes"
    )


if __name__ == "__main__":
    main()
