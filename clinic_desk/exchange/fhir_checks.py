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


def required_codes(one: Plain, name: str) -> list[str]:
    """The codes of an element whose value set is required; those of other systems stand beside."""
    concept = one.get(name)
    system, _allowed = CONCEPTS[str(one.get("resourceType")), name]
    codings = concept.get("coding") if isinstance(concept, Mapping) else None
    return [
        str(each["code"])
        for each in (codings if isinstance(codings, list) else ())
        if isinstance(each, Mapping)
        and "code" in each
        and str(each.get("system") or system).endswith(system)
    ]


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
            codes = required_codes(one, name)
            if not codes or not set(codes) <= allowed:
                said = _("“{value}” is no code of R4; allowed are {codes}")
                shown = ", ".join(codes)[:40] or _("nothing")
                yield name, said.format(value=shown, codes=", ".join(sorted(allowed)))
    if "modifierExtension" in one:
        yield "modifierExtension", _("it changes what the resource means and is not understood")
    if one.get("implicitRules"):
        yield "implicitRules", _("rules of its own that are not understood")


# What the library's kinds of fault mean, in words.
_FAULTS = {
    "extra_forbidden": "R4 has no such element here",
    "missing": "it has to be there and is not",
    "list_type": "a list is expected",
    "string_type": "a text is expected",
    "bool_type": "true or false is expected",
    "int_type": "a whole number is expected",
    "decimal_type": "a number is expected",
    "model_type": "an object is expected",
    "string_pattern_mismatch": "it has signs that R4 does not allow here",
    "string_too_long": "it is too long",
    "string_too_short": "it is empty",
}


def by_library(one: Plain) -> Iterator[tuple[str, str]]:
    """What the library's classes find wrong with a resource: element and reason."""
    from fhir.resources.R4B import get_fhir_model_class  # a third of a second, seldom needed
    from pydantic import ValidationError

    try:
        get_fhir_model_class(str(one["resourceType"])).model_validate(dict(one))
    except ValidationError as error:
        for fault in error.errors(include_url=False, include_input=False)[:10]:
            where = ".".join(str(part) for part in fault["loc"])
            told = fault["msg"].removeprefix("Value error, ")[:200]
            why = _(_FAULTS[fault["type"]]) if fault["type"] in _FAULTS else told
            if "does not match spec regex" in told:
                why = _("this is no date or time of R4, which are written as 1991-06-14")
            yield where[:120], why


def is_void(one: Plain) -> bool:
    """Whether the sender says that it was entered in error, or refuted."""
    said = {str(one.get("status"))}
    if (str(one.get("resourceType")), "verificationStatus") in CONCEPTS:
        said |= set(required_codes(one, "verificationStatus"))
    return bool(said & {"entered-in-error", "refuted"})
