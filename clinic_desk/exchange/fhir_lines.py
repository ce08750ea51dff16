"""A clinical resource as one line of the record, with its day and every doubt that it carries.

What is only suspected, planned, stopped or forbidden says so in its line; the line says how soon
it is to be read.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from clinic_desk.exchange.fhir_checks import required_codes
from clinic_desk.exchange.fhir_words import concept_text, dicts
from clinic_desk.i18n import _

Plain = Mapping[str, object]
Look = Callable[[object], Plain | None]  # what a reference points at, in the file

CURRENT, PAST, EVENT = 0, 1, 2  # how soon a line is to be read
_FINAL = ("final", "amended", "corrected")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a block of the record: "allergies", "medicines", "history" or "alerts"."""

    block: str
    text: str
    rank: int = EVENT
    day: str = ""


def line_of(one: Plain, look: Look) -> Line | None:
    """What a resource says, or None where it has no words."""
    kind = str(one["resourceType"])
    line = _MAKERS[kind](one, look)
    return line if line.text else None


def _allergy(one: Plain, _look: Look) -> Line:
    reactions = [
        _with(concept_text(sign), [str(reaction.get("severity") or "")])
        for reaction in dicts(one.get("reaction"))
        for sign in dicts(reaction.get("manifestation"))
    ]
    said = concept_text(one.get("code")) or ", ".join(
        substance
        for reaction in dicts(one.get("reaction"))
        if (substance := concept_text(reaction.get("substance")))
    )
    states = [code for code in required_codes(one, "clinicalStatus") if code != "active"]
    doubts = [code for code in required_codes(one, "verificationStatus") if code != "confirmed"]
    marks = [_("high risk")] if one.get("criticality") == "high" else []
    text = _marked(_with(said, reactions), [*states, *doubts, *marks])
    return Line("allergies", text, PAST if states else CURRENT)


def _medicine(one: Plain, look: Look) -> Line:
    name = concept_text(one.get("medicationCodeableConcept"))
    reference = one.get("medicationReference")
    if not name and isinstance(reference, Mapping):
        held = look(reference)
        name = concept_text(held.get("code")) if held is not None else ""
        name = name or str(reference.get("display") or "")
    day = _day(one, "authoredOn", "effectiveDateTime", "effectivePeriod", "dateAsserted")
    if one.get("doNotPerform") is True:
        said = _("Must not be given: {medicine}").format(medicine=name) if name else ""
        return Line("alerts", said, CURRENT, day)
    doses = [_dose(each) for each in dicts(one.get("dosage") or one.get("dosageInstruction"))]
    states = [state for state in (str(one.get("status")),) if state != "active"]
    intent = one.get("intent")
    marks = [str(intent)] if intent in ("proposal", "plan", "option") else []
    period = one.get("effectivePeriod")
    if end := str(period.get("end") or "")[:10] if isinstance(period, Mapping) else "":
        marks.append(_("until {day}").format(day=end))
    rank = PAST if states or marks else CURRENT
    return Line("medicines", _marked(_with(name, doses), [*states, *marks]), rank, day)


def _dose(one: Plain) -> str:
    for name in ("text", "patientInstruction"):
        if isinstance(one.get(name), str) and one[name]:
            return str(one[name])
    amounts = [
        _quantity(each.get("doseQuantity")) or _range(each.get("doseRange"))
        for each in dicts(one.get("doseAndRate"))
    ]
    timing = one.get("timing")
    often = _often(timing) if isinstance(timing, Mapping) else ""
    needed = _("as needed") if one.get("asNeededBoolean") is True else ""
    return " ".join(part for part in (*amounts, often, needed) if part)


_UNITS = ("s", "min", "h", "d", "wk", "mo", "a")


def _often(timing: Plain) -> str:
    """How often, in the sender's words or as 2×/d."""
    if said := concept_text(timing.get("code")):
        return said
    repeat = timing.get("repeat")
    if not isinstance(repeat, Mapping) or repeat.get("periodUnit") not in _UNITS:
        return ""
    times, span, unit = (repeat.get(name) for name in ("frequency", "period", "periodUnit"))
    if span is None:
        return ""
    often, longest = str(times or 1), repeat.get("periodMax")
    if most := repeat.get("frequencyMax"):
        often = f"{often}–{most}"
    whole = f"{span}–{longest} {unit}" if longest else unit if span == 1 else f"{span} {unit}"
    return f"{often}×/{whole}"


def _condition(one: Plain, _look: Look) -> Line:
    sites = [concept_text(each) for each in dicts(one.get("bodySite"))]
    said = _with(concept_text(one.get("code")), [concept_text(one.get("severity")), *sites])
    states = [code for code in required_codes(one, "clinicalStatus") if code != "active"]
    doubts = required_codes(one, "verificationStatus")
    doubts = [code for code in doubts if code != "confirmed"]
    over = _day(one, "abatementDateTime", "abatementPeriod") or str(
        one.get("abatementString") or ""
    )
    marks = [*states, *doubts, *([_("until {day}").format(day=over)] if over else [])]
    day = _day(one, "onsetDateTime", "onsetPeriod", "recordedDate")
    onset = one.get("onsetString")
    if isinstance(onset, str):
        marks.append(_("since {when}").format(when=onset))
    elif age := _quantity(one.get("onsetAge")):
        marks.append(_("since the age of {age}").format(age=age))
    rank = PAST if states or doubts or over else CURRENT
    return Line("history", _dated(_marked(said, marks), day), rank, day)


def _encounter(one: Plain, look: Look) -> Line:
    words = [concept_text(each) for each in dicts(one.get("type"))]
    words = [word for word in words if word] or [concept_text(one.get("serviceType"))]
    reasons = [concept_text(each) for each in dicts(one.get("reasonCode"))]
    for each in dicts(one.get("reasonReference")):
        held = look(each)
        reasons.append(concept_text(held.get("code")) if held else str(each.get("display") or ""))
    said = ", ".join(word for word in words if word) or _("Encounter")
    status = str(one.get("status"))
    marks = [status] if status not in ("finished", "unknown") else []
    day = _day(one, "period")
    return Line("history", _dated(_marked(_with(said, reasons), marks), day), EVENT, day)


def _observation(one: Plain, _look: Look) -> Line:
    said = concept_text(one.get("code"))
    parts = [
        f"{concept_text(part.get('code'))} {value}"
        for part in dicts(one.get("component"))
        if (value := _value(part))
    ]
    found = ", ".join(part for part in (_value(one), *parts) if part)
    if not said or not found:
        return Line("history", "")
    status = str(one.get("status"))
    marks = [concept_text(each) for each in dicts(one.get("interpretation"))]
    marks += [status] if status not in _FINAL else []
    said = _with(said, [concept_text(one.get("bodySite"))])
    day = _day(one, "effectiveDateTime", "effectivePeriod", "effectiveInstant", "issued")
    return Line("history", _dated(_marked(f"{said}: {found}", marks), day), EVENT, day)


_MAKERS: Mapping[str, Callable[[Plain, Look], Line]] = {
    "AllergyIntolerance": _allergy,
    "MedicationStatement": _medicine,
    "MedicationRequest": _medicine,
    "Condition": _condition,
    "Encounter": _encounter,
    "Observation": _observation,
}


def _with(said: str, details: Sequence[str]) -> str:
    inside = ", ".join(part for part in details if part)
    return f"{said} ({inside})" if said and inside else said


def _marked(said: str, marks: Sequence[str]) -> str:
    inside = ", ".join(mark for mark in marks if mark)
    return f"{said} [{inside}]" if said and inside else said


def _dated(said: str, day: str) -> str:
    return f"{day} {said}".strip() if said else ""


def _day(one: Plain, *names: str) -> str:
    """The first day that is said: of a moment, or where a period begins."""
    for name in names:
        value = one.get(name)
        if isinstance(value, Mapping):
            value = value.get("start")
        if isinstance(value, str):
            return value[:10]
    return ""


def _value(one: Plain) -> str:
    if said := _quantity(one.get("valueQuantity")):
        return said
    if isinstance(one.get("valueBoolean"), bool):
        return _("yes") if one["valueBoolean"] else _("no")
    for name in ("valueString", "valueInteger", "valueDateTime", "valueTime"):
        if name in one:
            return str(one[name])
    span, ratio, period = (one.get(f"value{name}") for name in ("Range", "Ratio", "Period"))
    if isinstance(span, Mapping):
        return _range(span)
    if isinstance(ratio, Mapping):
        top, bottom = _quantity(ratio.get("numerator")), _quantity(ratio.get("denominator"))
        return f"{top} : {bottom}" if top and bottom else top
    if isinstance(period, Mapping):
        return _span(str(period.get("start") or "")[:10], str(period.get("end") or "")[:10])
    return concept_text(one.get("valueCodeableConcept"))


def _range(value: object) -> str:
    if not isinstance(value, Mapping):
        return ""
    return _span(_quantity(value.get("low")), _quantity(value.get("high")))


def _span(low: str, high: str) -> str:
    return f"{low or '…'} – {high or '…'}" if low or high else ""


def _quantity(value: object) -> str:
    if not isinstance(value, Mapping) or "value" not in value:
        return ""
    unit = value.get("unit") or value.get("code") or ""
    sign = value.get("comparator") or ""
    return f"{sign}{value['value']} {unit}".strip()
