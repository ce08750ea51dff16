"""Which elements of a resource are taken; whatever else it says is listed, never passed over."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from clinic_desk.exchange.fhir_words import dicts
from clinic_desk.exchange.records import Problem
from clinic_desk.i18n import _

Plain = Mapping[str, object]

# What stands inside a resource and is looked up by it.
LOOKED_UP = ("Medication", "Practitioner", "PractitionerRole", "Organization", "Binary")
# What only orders, or shows once more what the elements say.
_ORDER = frozenset(
    {"resourceType", "id", "meta", "language", "text", "implicitRules", "contained", "status"}
)
_CLINICAL = frozenset({"identifier", "subject", "patient", "encounter", "context"})
_MEDICINE = _CLINICAL | {
    "medicationCodeableConcept",
    "medicationReference",
    "authoredOn",
    "effectiveDateTime",
    "effectivePeriod",
    "dateAsserted",
    "dosage",
    "dosageInstruction",
    "intent",
    "doNotPerform",
}
_ONSET = ("onsetDateTime", "onsetPeriod", "onsetString", "onsetAge", "recordedDate")
_END = ("abatementDateTime", "abatementPeriod", "abatementString")
_VALUES = frozenset(
    f"value{kind}"
    for kind in (
        "Quantity",
        "Boolean",
        "String",
        "Integer",
        "DateTime",
        "Time",
        "Range",
        "Ratio",
        "Period",
        "CodeableConcept",
    )
)
_TAKEN: Mapping[str, frozenset[str]] = {
    # of a patient the rest is named by `fhir_person`, with what stands in it
    "Practitioner": frozenset({"name", "telecom", "address", "qualification"}),
    "AllergyIntolerance": _CLINICAL | {"code", "reaction", "clinicalStatus", "criticality"}
    | {"verificationStatus"},
    "MedicationStatement": _MEDICINE,
    "MedicationRequest": _MEDICINE,
    "Condition": _CLINICAL | {"code", "severity", "bodySite", "clinicalStatus", *_ONSET, *_END}
    | {"verificationStatus"},
    "Encounter": _CLINICAL | {"class", "type", "serviceType", "reasonCode", "reasonReference"}
    | {"period"},
    "Observation": _CLINICAL | _VALUES | {"code", "component", "interpretation", "bodySite"}
    | {"effectiveDateTime", "effectivePeriod", "effectiveInstant", "issued"},
    "DocumentReference": _CLINICAL | {"type", "description", "date", "author", "content"}
    | {"docStatus"},
}  # fmt: skip
_DOSE = frozenset({"text", "patientInstruction", "doseAndRate", "timing", "asNeededBoolean"})
# What a dose without words of its own is told by; a limit or a time of day has no place in a line.
_DOSES = ("dosage", "dosageInstruction")
_AMOUNT = frozenset({"type", "doseQuantity", "doseRange"})
_REPEAT = frozenset({"frequency", "frequencyMax", "period", "periodMax", "periodUnit"})
_INSIDE: Mapping[tuple[str, str], frozenset[str]] = {
    ("AllergyIntolerance", "reaction"): frozenset({"manifestation", "severity", "substance"}),
    ("Observation", "component"): _VALUES | {"code"},
    ("MedicationStatement", "dosage"): _DOSE | {"sequence"},
    ("MedicationRequest", "dosageInstruction"): _DOSE | {"sequence"},
    ("DocumentReference", "content"): frozenset({"attachment"}),
}


@dataclass(slots=True)
class Untaken:
    """The elements that were not taken, each once, with how many resources have it."""

    _found: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def look(self, place: str, one: Plain) -> None:
        """Remember what of a resource is not taken."""
        kind = str(one["resourceType"])
        for name in dict.fromkeys(_left(kind, one)):
            self._found.setdefault((kind, name), []).append(place)

    def notes(self) -> list[Problem]:
        """One note for each element of each kind."""
        said = _("not taken: {element}, of {places}")
        more = _("not taken: {element}, of {places} and {count} more")
        return [
            Problem(
                places[0],
                name,
                (more if len(places) > 3 else said).format(
                    element=name, places=", ".join(places[:3]), count=len(places) - 3
                ),
            )
            for (_kind, name), places in self._found.items()
        ]


def _left(kind: str, one: Plain) -> Iterator[str]:
    taken = _TAKEN.get(kind)
    if taken is None:
        return
    for name, value in one.items():
        if name == "extension":
            yield from (f"extension {each.get('url')}" for each in dicts(value))
        elif name == "contained":
            kinds = (str(each.get("resourceType")) for each in dicts(value))
            yield from (f"contained {each}" for each in kinds if each not in LOOKED_UP)
        elif name not in taken and name not in _ORDER:
            yield name
        elif inside := _INSIDE.get((kind, name)):
            for part in dicts(value):
                yield from (f"{name}.{each}" for each in part if each not in inside)
                if name in _DOSES and not (part.get("text") or part.get("patientInstruction")):
                    yield from (f"{name}.{each}" for each in _left_of_dose(part))


def _left_of_dose(dose: Plain) -> Iterator[str]:
    for amount in dicts(dose.get("doseAndRate")):
        yield from (f"doseAndRate.{each}" for each in amount if each not in _AMOUNT)
    timing = dose.get("timing")
    if not isinstance(timing, Mapping):
        return
    yield from (f"timing.{each}" for each in timing if each not in ("code", "repeat"))
    repeat = timing.get("repeat")
    if isinstance(repeat, Mapping) and "code" not in timing:
        yield from (f"timing.repeat.{each}" for each in repeat if each not in _REPEAT)
