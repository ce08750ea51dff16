"""A FHIR R4 (4.0.1) file as people: what is understood is taken, everything else is listed.

Resources are checked by the library's R4B classes and by our own tables of codes; other versions
are refused by their name.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from clinic_desk.errors import InvalidInput
from clinic_desk.exchange import fhir_checks, fhir_person, fhir_versions
from clinic_desk.exchange.archive_json import parsed
from clinic_desk.exchange.fhir_around import Around, Refused, Resource, documents
from clinic_desk.exchange.fhir_words import clinical_line, dicts
from clinic_desk.exchange.incoming import Incoming
from clinic_desk.exchange.records import IncomingFile, PatientRecord, Problem
from clinic_desk.i18n import _

MOST_BYTES = 100 * 1024 * 1024
TAKEN = (
    "Patient",
    "Practitioner",
    "Condition",
    "Encounter",
    "Observation",
    "MedicationStatement",
    "MedicationRequest",
    "AllergyIntolerance",
    "DocumentReference",
    "PractitionerRole",
    "Organization",
)
_BESIDE = ("PractitionerRole", "Organization")  # taken with the practitioner whom they speak of
_BUNDLES = {"collection", "document", "searchset", "batch", "transaction", "message"}
_LONGEST = 2_000  # signs of a block of the record

Plain = Mapping[str, object]


@dataclass(slots=True)
class _Found:
    """What a file brings, filled resource by resource."""

    people: dict[str, PatientRecord] = field(default_factory=dict)  # by what refers to them
    order: list[str] = field(default_factory=list)
    lines: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    by_number: dict[tuple[str, str], PatientRecord] = field(default_factory=dict)
    contacts: list[Incoming] = field(default_factory=list)
    files: list[IncomingFile] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class FhirFile:
    """The people of a file; `problems` are resources that cannot be read, `notes` the rest."""

    people: tuple[PatientRecord, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    resources: Mapping[str, int]  # how many of each kind
    contacts: tuple[Incoming, ...] = ()
    files: tuple[IncomingFile, ...] = ()


def read(data: bytes) -> FhirFile:
    """Read a bundle or a single resource. Raises InvalidInput by place: no JSON, no FHIR, another
    version.
    """
    if len(data) > MOST_BYTES:
        said = _("at most {most} MB are read").format(most=MOST_BYTES // 1024**2)
        raise InvalidInput({_("file"): said})
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise InvalidInput({_("file"): _("this is XML; FHIR is read as JSON here")})
    whole = parsed(data, _("file"))
    if not isinstance(whole, dict) or not isinstance(whole.get("resourceType"), str):
        raise InvalidInput({_("file"): _("this is no FHIR: it has no resourceType")})
    found = _Found()
    resources = _resources(whole, found)
    version, known_by = fhir_versions.of([whole, *(one for _place, _url, one in resources)])
    if version != fhir_versions.R4:
        said = _("this is FHIR {version} ({where}); only R4 (4.0.1) is read")
        raise InvalidInput({_("file"): said.format(version=version, where=known_by)})
    resources = _without_twins(resources, found)
    valid = [one for one in resources if _is_valid(one, found)]
    around = Around(valid)
    _patients(valid, found, around)
    counts: dict[str, int] = {}
    for _place, _url, one in resources:
        kind = str(one["resourceType"])
        counts[kind] = counts.get(kind, 0) + 1
    for place, _url, one in valid:
        _clinical(place, one, found, around)
    people = tuple(_with_lines(found, key) for key in found.order)
    return FhirFile(
        people,
        tuple(found.problems),
        tuple(found.notes),
        counts,
        tuple(found.contacts),
        tuple(found.files),
    )


def _resources(whole: Plain, found: _Found) -> list[Resource]:
    if whole["resourceType"] != "Bundle":
        return [(_place_of(whole, ""), "", whole)]
    kind = whole.get("type")
    if kind not in _BUNDLES:
        said = _("a bundle of type “{kind}” is not read; allowed are {kinds}")
        said = said.format(kind=str(kind)[:40], kinds=", ".join(sorted(_BUNDLES)))
        raise InvalidInput({"Bundle.type": said})
    entries = whole.get("entry", [])
    if not isinstance(entries, list):
        raise InvalidInput({"Bundle.entry": _("a list is expected")})
    listed: list[Resource] = []
    for number, entry in enumerate(entries, 1):
        place = f"entry[{number}]"
        if not isinstance(entry, dict) or not isinstance(entry.get("resource"), dict):
            found.problems.append(Problem(place, "", _("there is no resource in it")))
            continue
        request = entry.get("request")
        if isinstance(request, dict) and request.get("method") in (
            "DELETE",
            "GET",
            "HEAD",
            "PATCH",
        ):
            said = _("a request to {method} is not followed").format(method=request["method"])
            found.notes.append(Problem(place, "", said))
            continue
        resource = entry["resource"]
        if not isinstance(resource.get("resourceType"), str):
            found.problems.append(Problem(place, "", _("it has no resourceType")))
            continue
        url = entry.get("fullUrl")
        listed.append((_place_of(resource, place), url if isinstance(url, str) else "", resource))
    return listed


def _place_of(resource: Plain, otherwise: str) -> str:
    key = resource.get("id")
    kind = str(resource["resourceType"])[:60]
    if isinstance(key, str) and key:
        return f"{kind}/{key[:64]}"
    return f"{otherwise} {kind}".strip()


def _without_twins(listed: list[Resource], found: _Found) -> list[Resource]:
    """A resource that stands twice is taken once; two that differ under one id are refused."""
    seen: dict[tuple[str, str], Plain] = {}
    kept, at_odds = [], set[tuple[str, str]]()
    for place, url, one in listed:
        key = (str(one["resourceType"]), str(one.get("id") or url or id(one)))
        if key in seen:
            if seen[key] == one:
                found.notes.append(Problem(place, "", _("stands twice and is taken once")))
            elif key not in at_odds:
                at_odds.add(key)
                said = _("two different ones have this id; none is taken")
                found.problems.append(Problem(place, "", said))
            continue
        seen[key] = one
        kept.append((key, (place, url, one)))
    return [resource for key, resource in kept if key not in at_odds]


def _is_valid(resource: Resource, found: _Found) -> bool:
    """Whether a resource can be taken; says so where it cannot."""
    place, _url, one = resource
    kind = str(one["resourceType"])
    if kind not in TAKEN:
        found.notes.append(Problem(place, "", _("this kind of resource is not taken")))
        return False
    wrong = [Problem(place, name, why) for name, why in fhir_checks.wrong(one)]
    wrong += [Problem(place, name, why) for name, why in _by_library(kind, one)]
    found.problems += wrong
    if not wrong and fhir_checks.is_void(one):
        found.notes.append(Problem(place, "", _("entered in error or refuted: not taken")))
        return False
    return not wrong


def _by_library(kind: str, one: Plain) -> Iterator[tuple[str, str]]:
    from fhir.resources.R4B import get_fhir_model_class  # a third of a second, seldom needed
    from pydantic import ValidationError

    try:
        get_fhir_model_class(kind).model_validate(dict(one))
    except ValidationError as error:
        for fault in error.errors(include_url=False, include_input=False)[:10]:
            where = ".".join(str(part) for part in fault["loc"])
            yield where[:120], fault["msg"][:200]


def _patients(valid: Sequence[Resource], found: _Found, around: Around) -> None:
    for place, url, one in valid:
        if one["resourceType"] != "Patient":
            continue
        record = _patient(place, one, found, around)
        found.order.append(place)
        for key in {place, url, f"Patient/{one.get('id')}"} - {""}:
            found.people[key] = record
        for number in dicts(one.get("identifier")):
            whose = (str(number.get("system") or ""), str(number.get("value") or ""))
            found.by_number.setdefault(whose, record)
        found.lines[place] = {"allergies": [], "medicines": [], "history": []}


def _patient(place: str, one: Plain, found: _Found, around: Around) -> PatientRecord:
    def note(name: str, why: str) -> None:
        found.notes.append(Problem(place, name, why))

    doctors = [around.name(each) for each in dicts(one.get("generalPractitioner"))]
    named = [name for name in doctors if name]
    if len(doctors) > len(named):
        note("generalPractitioner", _("one is not in this file and has no name"))
    if len(named) > 1:
        note("generalPractitioner", _("not taken: {values}").format(values=", ".join(named[1:])))
    return fhir_person.patient(place, one, note, named[0] if named else "")


_INTO = {
    "AllergyIntolerance": "allergies",
    "MedicationStatement": "medicines",
    "MedicationRequest": "medicines",
    "Condition": "history",
    "Encounter": "history",
    "Observation": "history",
}


def _clinical(place: str, one: Plain, found: _Found, around: Around) -> None:
    kind = str(one["resourceType"])
    if kind == "Patient" or kind in _BESIDE:
        return
    if kind == "Practitioner":
        try:
            found.contacts.append(around.practitioner(place, one))
        except Refused as error:
            found.notes.append(Problem(place, "", str(error)))
        return
    reference = one.get("patient" if kind == "AllergyIntolerance" else "subject")
    who = _about(reference, found)
    if who is None:
        said = _("it is about {who}, who is not in this file")
        shown = reference.get("reference") if isinstance(reference, Mapping) else None
        shown = str(shown)[:80] if shown else _("nobody")
        found.problems.append(Problem(place, "subject", said.format(who=shown)))
        return
    if kind == "DocumentReference":
        try:
            found.files += documents(place, who.place, one, around)
        except Refused as error:
            found.notes.append(Problem(place, "", str(error)))
        return
    line = clinical_line(one)
    if not line:
        found.notes.append(Problem(place, "", _("it has no text that could be taken")))
        return
    found.lines[who.place][_INTO[kind]].append(line)


def _about(reference: object, found: _Found) -> PatientRecord | None:
    """Whom a resource is about: by reference, or by a number that only one has."""
    if not isinstance(reference, Mapping):
        return None
    key = str(reference.get("reference") or "")
    who = found.people.get(key) or found.people.get("/".join(key.split("/")[-2:]))
    number = reference.get("identifier")
    if who is None and not key and isinstance(number, Mapping):
        who = found.by_number.get((str(number.get("system") or ""), str(number.get("value") or "")))
    return who


def _with_lines(found: _Found, place: str) -> PatientRecord:
    """The person with what the other resources say; what is too long for its field is listed."""
    blocks: dict[str, str] = {}
    own = found.people[place].history  # of this program's own bundles
    for name, lines in found.lines[place].items():
        kept = own if name == "history" else ""
        for line in dict.fromkeys(lines):
            longer = f"{kept}\n{line}" if kept else line
            if len(longer) > _LONGEST:
                said = _("no room for it: {line}").format(line=line[:200])
                found.notes.append(Problem(place, name, said))
            else:
                kept = longer
        blocks[name] = kept
    return replace(
        found.people[place],
        allergies=blocks["allergies"],
        medicines=blocks["medicines"],
        history=blocks["history"],
    )
