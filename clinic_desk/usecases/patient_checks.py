"""Details as they were typed, made fit to keep: cleaned, said the same way in short and one by
one, and refused by field where they cannot stand.
"""

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date
from typing import Any, TypeVar

from clinic_desk.clinical import births
from clinic_desk.usecases import typed
from clinic_desk.usecases.patient_details import (
    Allergy,
    CareContact,
    Consent,
    Identifier,
    OtherAddress,
    OtherName,
    OtherPhone,
    PatientDetails,
)
from clinic_desk.usecases.phones import tidy

BLOCKS = ("address", "alerts", "medicines", "history")
LINES = (
    "family_name", "given_name", "phone", "email", "occupation", "sport", "language",
    "preferred_name", "gender", "pronouns", "phone_kind", "interpreter_language",
    "emergency_name", "emergency_relation", "emergency_phone", "funding", "claim_number",
)  # fmt: skip
_LIMITS = dict.fromkeys((*BLOCKS, "allergies"), typed.BLOCK) | {
    "language": 20,
    "history": typed.NOTE,
}
RECORD = "record"  # the consent to keeping the record and writing about it
SEVERITIES = ("mild", "moderate", "severe")
SIDES = ("left", "right", "both")
_CHOICES = {
    "interpreter": ("yes", "no"),
    "dominant_hand": SIDES,
    "dominant_leg": SIDES,
}
MANY = 50  # lines of one list
_Line = TypeVar(
    "_Line", OtherName, Identifier, OtherAddress, OtherPhone, Allergy, Consent, CareContact
)


def allergies_in_short(lines: Iterable[Allergy]) -> str:
    """ "penicillin (rash, severe); latex": one after the other, in one line each."""
    found = []
    for one in lines:
        more = ", ".join(part for part in (one.reaction, one.severity) if part)
        found.append(f"{one.substance} ({more})" if more else one.substance)
    return "\n".join(found)


def consent_in_short(lines: Iterable[Consent]) -> date | None:
    """The day of the newest standing consent to the record."""
    return max((c.given_on for c in lines if c.what == RECORD and not c.withdrawn_on), default=None)


def clean(details: PatientDetails, country: str = "") -> PatientDetails:
    """The same details in normal form; what is said in short becomes a list, and back.

    A phone that can be understood is written in its usual groups; any other stays as typed.
    """
    texts: dict[str, Any] = {name: typed.line(getattr(details, name)) for name in LINES}
    texts |= {name: typed.block(getattr(details, name)) for name in BLOCKS}
    for name in ("phone", "emergency_phone"):
        texts[name] = tidy(texts[name], country)
    phones = _lines(details.phones, "number")
    allergies = _allergies(details)
    consents = _consents(details)
    return replace(
        details,
        **texts,
        birth_part=typed.line(details.birth_part),
        names=_lines(details.names, "family_name"),
        identifiers=_lines(details.identifiers, "value"),
        addresses=_lines(details.addresses, "address"),
        phones=tuple(replace(one, number=tidy(one.number, country)) for one in phones),
        allergy_list=allergies,
        allergies=allergies_in_short(allergies),
        consents=consents,
        consent_on=consent_in_short(consents),
        contacts=tuple(dict.fromkeys(details.contacts)),
    )


def _lines(lines: tuple[_Line, ...], key: str) -> tuple[_Line, ...]:
    """Cleaned lines; those without their main word are none."""
    cleaned = (_line(one) for one in lines)
    return tuple(one for one in cleaned if getattr(one, key))


def _line(one: _Line) -> _Line:
    texts: dict[str, Any] = {
        field.name: (typed.block if field.name == "address" else typed.line)(value)
        for field in fields(one)
        if isinstance(value := getattr(one, field.name), str)
    }
    return replace(one, **texts)


def _allergies(details: PatientDetails) -> tuple[Allergy, ...]:
    """The list; where the short form says something else, whoever wrote that meant it."""
    lines = _lines(details.allergy_list, "substance")
    short = typed.block(details.allergies)
    if not short or short in {allergies_in_short(lines), allergies_in_short(details.allergy_list)}:
        return lines
    return tuple(Allergy(line) for line in typed.lines(short))


def _consents(details: PatientDetails) -> tuple[Consent, ...]:
    lines = _lines(details.consents, "what")
    day = details.consent_on
    if day is None or day == consent_in_short(lines):
        return lines
    return (*lines, Consent(RECORD, day))


def check(details: PatientDetails, today: date) -> None:
    """Raise InvalidInput by field for clean details that cannot stand."""
    problems = typed.over_limit(
        {name: str(getattr(details, name)) for name in (*LINES, *BLOCKS, "allergies")}, _LIMITS
    )
    if not details.family_name:
        problems["family_name"] = "A patient needs a family name."
    problems["birth_date"] = _birth(details, today)
    problems["consent_on"] = typed.past_day(details.consent_on, today, "The consent")
    if details.no_allergies and details.allergy_list:
        problems["allergy_list"] = "There are allergies listed: it cannot be said that none exist."
    for name, allowed in _CHOICES.items():
        if getattr(details, name) not in ("", *allowed):
            problems[name] = f"One of {', '.join(allowed)}, or not asked."
    for name in ("names", "identifiers", "addresses", "phones", "allergy_list", "consents"):
        problems.setdefault(name, _wrong_line(getattr(details, name), today))
    if problems["consent_on"]:  # the same consent, said in short
        problems["consents"] = ""
    typed.refuse(problems)


def _birth(details: PatientDetails, today: date) -> str:
    if details.birth_date is not None and details.birth_part:
        return "Give the whole birth date or a part of it, not both."
    try:
        days = births.between(details.birth_date, details.birth_part)
    except ValueError:
        return "Type the birth date as 3 feb 1990, feb 1990 or 1990."
    if days is None:
        return ""
    if days[0] <= today <= days[1]:
        return ""
    return typed.past_day(days[0], today, "The birth date")


def _wrong_line(lines: tuple[object, ...], today: date) -> str:
    """What is wrong with a list: the first line that cannot stand, by its place."""
    if len(lines) > MANY:
        return f"At most {MANY} fit here."
    for number, one in enumerate(lines, 1):
        said = _wrong_in(one, today)
        if said:
            return f"Line {number}: {said}"
    return ""


def _wrong_in(one: object, today: date) -> str:
    limits = {"address": typed.BLOCK}
    texts = {
        field.name: value
        for field in fields(one)  # type: ignore[arg-type]  # (each is a dataclass)
        if isinstance(value := getattr(one, field.name), str)
    }
    if over := typed.over_limit(texts, limits):
        return next(iter(over.values()))
    match one:
        case Allergy(severity=severity) if severity not in ("", *SEVERITIES):
            return f"the severity is one of {', '.join(SEVERITIES)}."
        case OtherAddress(since=since, until=until) if since and until and until < since:
            return "it ended before it began."
        case Consent(given_on=given, withdrawn_on=withdrawn):
            if withdrawn and withdrawn < given:
                return "it was withdrawn before it was given."
            return typed.past_day(given, today, "the consent") or typed.past_day(
                withdrawn, today, "the withdrawal"
            )
    return ""
