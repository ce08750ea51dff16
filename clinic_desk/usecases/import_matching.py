"""Whether a person of a file is registered already: surely, perhaps, or not.

Surely: the same number and family name, or the same whole name and birth date. Perhaps: names
that nearly agree with the same birth date, the same whole name where a birth date is missing, or
the same family name and phone. Perhaps is never settled by the program.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from rapidfuzz import fuzz

from clinic_desk.i18n import _
from clinic_desk.storage.folding import fold, phone_digits
from clinic_desk.usecases.patient_views import PatientDetails

_NEAR = 86.0  # of 100, over the words of a name in any order
_PHONE = 6  # digits; a shorter one is an extension


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is registered, or who stands further up in the same file (no id yet)."""

    id: UUID | None
    shown: str  # "CD-00012", "line 3"
    family: str
    given: str
    birth_date: date | None
    phone: str


@dataclass(frozen=True, slots=True)
class Match:
    """Who it is (`same`), or who it may be (`perhaps`); `why` says it in words."""

    same: Person | None = None
    perhaps: tuple[Person, ...] = ()
    why: str = ""


class People:
    """Everyone known so far, looked up by number, birth date, name and phone."""

    def __init__(self, known: Iterable[Person], numbers: dict[str, UUID]) -> None:
        self._by_id: dict[UUID, Person] = {}
        self._by_number: dict[str, Person] = {}
        self._by_birth: dict[date, list[Person]] = defaultdict(list)
        self._by_name: dict[tuple[str, str], list[Person]] = defaultdict(list)
        self._by_phone: dict[tuple[str, str], list[Person]] = defaultdict(list)
        for one in known:
            self._add(one)
            self._by_number[one.shown.casefold()] = one
        for number, who in numbers.items():
            if found := self._by_id.get(who):
                self._by_number[number.casefold()] = found

    def add(self, details: PatientDetails, number: str, place: str) -> None:
        """Remember somebody whom the file brings, for the rows below."""
        one = Person(
            None,
            place,
            fold(details.family_name) or details.family_name.casefold(),
            fold(details.given_name) or details.given_name.casefold(),
            details.birth_date,
            phone_digits(details.phone),
        )
        self._add(one)
        if number:
            self._by_number.setdefault(number.casefold(), one)

    def _add(self, one: Person) -> None:
        if one.id is not None:
            self._by_id[one.id] = one
        if one.birth_date is not None:
            self._by_birth[one.birth_date].append(one)
        self._by_name[one.family, one.given].append(one)
        if len(one.phone) >= _PHONE:
            self._by_phone[one.family, one.phone].append(one)

    def numbered(self, number: str) -> Person | None:
        """Who has a number, of this practice or of where they came from."""
        return self._by_number.get(number.casefold())

    def match(self, details: PatientDetails, number: str) -> Match:
        """Who a person of the file is."""
        family = fold(details.family_name) or details.family_name.casefold()
        given = fold(details.given_name) or details.given_name.casefold()
        born = details.birth_date
        if number and (holder := self._by_number.get(number.casefold())):
            if holder.family == family and born in (None, holder.birth_date):
                return Match(same=holder, why=_("the same number and name"))
            if holder.id is None or holder.shown.casefold() != number.casefold():
                return Match(
                    perhaps=(holder,), why=_("the same number, but another name or birth date")
                )
        same_name = self._by_name.get((family, given), ())
        if born is not None:
            exact = [one for one in same_name if one.birth_date == born]
            if len(exact) == 1:
                return Match(same=exact[0], why=_("the same name and birth date"))
            if exact:
                return Match(perhaps=tuple(exact), why=_("several have this name and birth date"))
            whole = f"{family} {given}"
            near = [
                one
                for one in self._by_birth.get(born, ())
                if fuzz.token_sort_ratio(whole, f"{one.family} {one.given}") >= _NEAR
                or (
                    one.family == family
                    and (not given or not one.given or one.given[0] == given[0])
                )
            ]
            if near:
                return Match(
                    perhaps=tuple(near), why=_("the same birth date and nearly the same name")
                )
        unborn = [one for one in same_name if born is None or one.birth_date is None]
        if unborn:
            return Match(perhaps=tuple(unborn), why=_("the same name, a birth date is missing"))
        digits = phone_digits(details.phone)
        if len(digits) >= _PHONE and (kin := self._by_phone.get((family, digits))):
            alike = [one for one in kin if born in (None, one.birth_date) or one.birth_date is None]
            if alike:
                return Match(perhaps=tuple(alike), why=_("the same family name and phone"))
        return Match()
