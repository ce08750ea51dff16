"""Names, addresses and concepts of resources, as the words that a record has."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

Plain = Mapping[str, object]


def dicts(value: object) -> list[Plain]:
    """The objects of a list; nothing of what is none."""
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def texts(value: object) -> list[str]:
    """The texts of a list; nothing of what is none."""
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def over(one: Plain) -> bool:
    """Whether the sender says that a name, a number or an address is no longer used."""
    period = one.get("period")
    end = period.get("end") if isinstance(period, Mapping) else None
    ended = isinstance(end, str) and end[:10] < date.today().isoformat()[: len(end[:10])]
    return ended or one.get("use") == "old"


_RANKS = {"official": 0, "usual": 1, "None": 2}


def _names(one: Plain) -> list[Plain]:
    """The names, first that which is used officially today."""
    ranked = sorted(dicts(one.get("name")), key=lambda name: _RANKS.get(str(name.get("use")), 3))
    first = next((name for name in ranked if not over(name)), ranked[0] if ranked else None)
    return [] if first is None else [first, *(name for name in ranked if name is not first)]


def name_of(one: Plain) -> tuple[str, str]:
    """Family and given name as used officially; a whole name in one text is parted at its comma."""
    names = _names(one)
    return _parts(names[0]) if names else ("", "")


def _parts(name: Plain) -> tuple[str, str]:
    family, given = str(name.get("family") or ""), " ".join(texts(name.get("given")))
    if not family and not given:
        family, _comma, given = (
            part.strip() for part in str(name.get("text") or "").partition(",")
        )
    return family, given


def other_names(one: Plain) -> tuple[str, list[tuple[str, str, str]]]:
    """What the person is called, and the other names: family, given, former or also."""
    official, _given = name_of(one)
    preferred, found = "", []
    for name in _names(one)[1:]:
        family, given = _parts(name)
        former = name.get("use") == "maiden" or over(name)
        called = not family or (name.get("use") in ("usual", "nickname") and family == official)
        if called and given and not former and not preferred:
            preferred = given
        elif family or given:
            known_as = (family, given) if family else (given, "")
            found.append((*known_as, "former" if former else "also"))
    return preferred, found


@dataclass(frozen=True, slots=True)
class Points:
    """How somebody is reached: phones with their use, e-mail, fax, and what has no place here."""

    phones: list[tuple[str, str]]
    emails: list[str]
    faxes: list[str]
    rest: list[str]
    old: list[str]  # no longer used

    def __add__(self, more: "Points") -> "Points":
        return Points(
            self.phones + more.phones,
            self.emails + more.emails,
            self.faxes + more.faxes,
            self.rest + more.rest,
            self.old + more.old,
        )


def telecom(one: Plain) -> Points:
    """How somebody is reached, in the order that the sender prefers."""
    found = Points([], [], [], [], [])
    for point in sorted(dicts(one.get("telecom")), key=_rank):
        value, system = str(point.get("value") or ""), point.get("system")
        if not value:
            continue
        if over(point):
            found.old.append(value)
        elif system in ("phone", "sms"):
            found.phones.append((value, str(point.get("use") or "")))
        elif system == "email":
            found.emails.append(value)
        else:
            (found.faxes if system == "fax" else found.rest).append(value)
    return found


def _rank(point: Plain) -> int:
    rank = point.get("rank")
    return rank if isinstance(rank, int) else 99


def lines_of_address(one: Plain) -> str:
    """An address in lines."""
    town = " ".join(str(one[part]) for part in ("postalCode", "city") if one.get(part))
    lines = [*texts(one.get("line")), town]
    lines += [str(one[part]) for part in ("district", "state", "country") if one.get(part)]
    built = "\n".join(line for line in lines if line)
    text = str(one.get("text") or "")
    return text if text and not texts(one.get("line")) else built


# Code systems that a code without words is named with.
_SYSTEMS = {
    "http://snomed.info/sct": "SNOMED CT",
    "http://loinc.org": "LOINC",
    "http://hl7.org/fhir/sid/icd-10": "ICD-10",
    "http://fhir.de/CodeSystem/bfarm/icd-10-gm": "ICD-10-GM",
    "http://www.nlm.nih.gov/research/umls/rxnorm": "RxNorm",
    "http://www.whocc.no/atc": "ATC",
}


def concept_text(concept: object) -> str:
    """A concept in words: its text, else the first display, else a code."""
    if not isinstance(concept, Mapping):
        return ""
    if isinstance(concept.get("text"), str) and concept["text"]:
        return str(concept["text"])
    codings = dicts(concept.get("coding"))
    for coding in codings:
        if said := coding.get("display"):
            return str(said)
    for coding in codings:
        if code := coding.get("code"):
            system = _SYSTEMS.get(str(coding.get("system")), "")
            return f"{system} {code}".strip()
    return ""
