"""What resources say, as the lines and names that a record has."""

from collections.abc import Mapping, Sequence

from clinic_desk.exchange.fhir_checks import codes_of
from clinic_desk.i18n import _

Plain = Mapping[str, object]


def dicts(value: object) -> list[Plain]:
    """The objects of a list; nothing of what is none."""
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def _texts(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def name_of(one: Plain) -> tuple[str, str, list[str]]:
    """Family and given name as used officially, and the other names as text."""
    names = dicts(one.get("name"))
    ranks = {"official": 0, "usual": 1, None: 2}
    ordered = sorted(names, key=lambda name: ranks.get(name.get("use"), 3))  # type: ignore[call-overload]
    if not ordered:
        return "", "", []
    first, rest = ordered[0], ordered[1:]
    family, given = str(first.get("family") or ""), " ".join(_texts(first.get("given")))
    if not family and not given:
        family = str(first.get("text") or "")
    return family, given, [_whole(name) for name in rest]


def _whole(name: Plain) -> str:
    parts = [*_texts(name.get("given")), str(name.get("family") or "")]
    return str(name.get("text") or " ".join(part for part in parts if part))


_FORMER = ("old", "maiden")


def other_names(one: Plain) -> tuple[str, list[tuple[str, str, str]]]:
    """What the person is called, and the other names: family, given, former or also."""
    names = dicts(one.get("name"))
    ranks = {"official": 0, "usual": 1, None: 2}
    rest = sorted(names, key=lambda name: ranks.get(name.get("use"), 3))[1:]  # type: ignore[call-overload]
    preferred, found = "", []
    for name in rest:
        family, given = str(name.get("family") or ""), " ".join(_texts(name.get("given")))
        former = name.get("use") in _FORMER
        if not family and not given:
            family = str(name.get("text") or "")
        if not family and given and not former and not preferred:
            preferred = given
        elif family or given:
            known_as = (family, given) if family else (given, "")
            found.append((*known_as, "former" if former else "also"))
    return preferred, found


def telecom(one: Plain) -> tuple[list[tuple[str, str]], list[str], list[str]]:
    """Phone numbers with their use, e-mail addresses and the rest, those that are no longer used
    left out.
    """
    phones: list[tuple[str, str]]
    phones, emails, rest = [], [], []
    points = sorted(dicts(one.get("telecom")), key=_rank)
    for point in points:
        value = str(point.get("value") or "")
        if not value or point.get("use") == "old":
            continue
        if point.get("system") in ("phone", "sms"):
            phones.append((value, str(point.get("use") or "")))
        elif point.get("system") == "email":
            emails.append(value)
        else:
            rest.append(value)
    return phones, emails, rest


def _rank(point: Plain) -> int:
    rank = point.get("rank")
    return rank if isinstance(rank, int) else 99


def lines_of_address(one: Plain) -> str:
    """An address in lines."""
    town = " ".join(str(one[part]) for part in ("postalCode", "city") if one.get(part))
    lines = [*_texts(one.get("line")), town]
    lines += [str(one[part]) for part in ("district", "state", "country") if one.get(part)]
    built = "\n".join(line for line in lines if line)
    text = str(one.get("text") or "")
    return text if text and not _texts(one.get("line")) else built


def concept_text(concept: object) -> str:
    """A concept in words: its text, else the display or the code of its first coding."""
    if not isinstance(concept, Mapping):
        return ""
    if isinstance(concept.get("text"), str) and concept["text"]:
        return str(concept["text"])
    for coding in dicts(concept.get("coding")):
        if said := coding.get("display") or coding.get("code"):
            return str(said)
    return ""


def clinical_line(one: Plain) -> str:
    """A resource as one line of the record, with its day and state."""
    kind = one["resourceType"]
    if kind == "AllergyIntolerance":
        reactions = [
            concept_text(sign)
            for reaction in dicts(one.get("reaction"))
            for sign in dicts(reaction.get("manifestation"))
        ]
        said = _with(concept_text(one.get("code")), reactions)
        return _stated(said, codes_of(one.get("clinicalStatus")), "active")
    if kind in ("MedicationStatement", "MedicationRequest"):
        name = concept_text(one.get("medicationCodeableConcept"))
        held = one.get("medicationReference")
        if not name and isinstance(held, Mapping):
            name = str(held.get("display") or "")
        doses = one.get("dosage") or one.get("dosageInstruction")
        said = _with(name, [str(dose["text"]) for dose in dicts(doses) if dose.get("text")])
        return _stated(said, [str(one.get("status"))], "active")
    if kind == "Condition":
        said = concept_text(one.get("code"))
        line = _stated(said, codes_of(one.get("clinicalStatus")), "active")
        return _dated(line, one, "onsetDateTime", "recordedDate")
    if kind == "Encounter":
        types = [concept_text(each) for each in dicts(one.get("type"))]
        reasons = [concept_text(each) for each in dicts(one.get("reasonCode"))]
        said = ", ".join(part for part in types if part) or _("Encounter")
        period = one.get("period")
        return _dated(_with(said, reasons), period if isinstance(period, Mapping) else {}, "start")
    said = concept_text(one.get("code"))
    value = _value(one)
    parts = [
        f"{concept_text(part.get('code'))} {_value(part)}"
        for part in dicts(one.get("component"))
        if _value(part)
    ]
    found = ", ".join(part for part in (value, *parts) if part)
    if not said or not found:
        return ""
    said = _with(said, [concept_text(one.get("bodySite"))])
    return _dated(f"{said}: {found}", one, "effectiveDateTime", "issued")


def _with(said: str, details: Sequence[str]) -> str:
    inside = ", ".join(part for part in details if part)
    return f"{said} ({inside})" if said and inside else said


def _stated(said: str, states: Sequence[str], usual: str) -> str:
    state = ", ".join(state for state in states if state != usual)
    return f"{said} [{state}]" if said and state else said


def _dated(line: str, one: Plain, *names: str) -> str:
    day = next((str(one[name])[:10] for name in names if isinstance(one.get(name), str)), "")
    return f"{day} {line}".strip() if line else ""


def _value(one: Plain) -> str:
    quantity = one.get("valueQuantity")
    if isinstance(quantity, Mapping) and "value" in quantity:
        unit = quantity.get("unit") or quantity.get("code") or ""
        sign = quantity.get("comparator") or ""
        return f"{sign}{quantity['value']} {unit}".strip()
    for name in ("valueString", "valueInteger", "valueBoolean", "valueDateTime", "valueTime"):
        if name in one:
            return str(one[name])
    return concept_text(one.get("valueCodeableConcept"))
