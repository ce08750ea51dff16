"""What the library does not check of a resource: required value sets, and what must not be
passed over.
"""

from collections.abc import Iterator, Mapping

from clinic_desk.i18n import _

Plain = Mapping[str, object]

# R4 4.0.1: the codes of required bindings, by resource and element.
CODES: Mapping[tuple[str, str], frozenset[str]] = {
    ("Patient", "gender"): frozenset({"male", "female", "other", "unknown"}),
    ("Practitioner", "gender"): frozenset({"male", "female", "other", "unknown"}),
    ("Encounter", "status"): frozenset(
        {
            "planned",
            "arrived",
            "triaged",
            "in-progress",
            "onleave",
            "finished",
            "cancelled",
            "entered-in-error",
            "unknown",
        }
    ),
    ("Observation", "status"): frozenset(
        {
            "registered",
            "preliminary",
            "final",
            "amended",
            "corrected",
            "cancelled",
            "entered-in-error",
            "unknown",
        }
    ),
    ("MedicationStatement", "status"): frozenset(
        {
            "active",
            "completed",
            "entered-in-error",
            "intended",
            "stopped",
            "on-hold",
            "unknown",
            "not-taken",
        }
    ),
    ("MedicationRequest", "status"): frozenset(
        {
            "active",
            "on-hold",
            "cancelled",
            "completed",
            "entered-in-error",
            "stopped",
            "draft",
            "unknown",
        }
    ),
    ("MedicationRequest", "intent"): frozenset(
        {
            "proposal",
            "plan",
            "order",
            "original-order",
            "reflex-order",
            "filler-order",
            "instance-order",
            "option",
        }
    ),
    ("AllergyIntolerance", "type"): frozenset({"allergy", "intolerance"}),
    ("AllergyIntolerance", "criticality"): frozenset({"low", "high", "unable-to-assess"}),
    ("DocumentReference", "status"): frozenset({"current", "superseded", "entered-in-error"}),
    ("DocumentReference", "docStatus"): frozenset(
        {"preliminary", "final", "amended", "entered-in-error"}
    ),
}
# Concepts whose code is required: the last part of the system, and the codes.
CONCEPTS: Mapping[tuple[str, str], tuple[str, frozenset[str]]] = {
    ("Condition", "clinicalStatus"): (
        "condition-clinical",
        frozenset({"active", "recurrence", "relapse", "inactive", "remission", "resolved"}),
    ),
    ("Condition", "verificationStatus"): (
        "condition-ver-status",
        frozenset(
            {
                "unconfirmed",
                "provisional",
                "differential",
                "confirmed",
                "refuted",
                "entered-in-error",
            }
        ),
    ),
    ("AllergyIntolerance", "clinicalStatus"): (
        "allergyintolerance-clinical",
        frozenset({"active", "inactive", "resolved"}),
    ),
    ("AllergyIntolerance", "verificationStatus"): (
        "allergyintolerance-verification",
        frozenset({"unconfirmed", "confirmed", "refuted", "entered-in-error"}),
    ),
}


def codes_of(concept: object) -> list[str]:
    """The codes of a concept."""
    codings = concept.get("coding") if isinstance(concept, Mapping) else None
    if not isinstance(codings, list):
        return []
    return [str(one["code"]) for one in codings if isinstance(one, Mapping) and "code" in one]


def wrong(one: Plain) -> Iterator[tuple[str, str]]:
    """What is wrong with a resource's codes: element and reason."""
    kind = str(one.get("resourceType"))
    for (of_kind, name), allowed in CODES.items():
        value = one.get(name)
        if kind != of_kind or value is None:
            continue
        if not isinstance(value, str) or value not in allowed:
            said = _("“{value}” is no code of R4; allowed are {codes}")
            yield name, said.format(value=str(value)[:40], codes=", ".join(sorted(allowed)))
    for (of_kind, name), (_system, allowed) in CONCEPTS.items():
        if kind == of_kind and name in one:
            codes = codes_of(one[name])
            if not codes or not set(codes) <= allowed:
                said = _("“{value}” is no code of R4; allowed are {codes}")
                shown = ", ".join(codes)[:40] or _("nothing")
                yield name, said.format(value=shown, codes=", ".join(sorted(allowed)))
    if "modifierExtension" in one:
        yield "modifierExtension", _("it changes what the resource means and is not understood")
    if one.get("implicitRules"):
        yield "implicitRules", _("rules of its own that are not understood")


def is_void(one: Plain) -> bool:
    """Whether the sender says that it was entered in error, or refuted."""
    said = {str(one.get("status"))} | set(codes_of(one.get("verificationStatus")))
    return bool(said & {"entered-in-error", "refuted"})
