"""A FHIR R4 (4.0.1) file as people: what is understood is taken, everything else is listed.

Resources are checked by the library's R4B classes and by our own tables of codes; other versions
are refused by their name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from clinic_desk.errors import InvalidInput
from clinic_desk.exchange import (
    fhir_blocks,
    fhir_checks,
    fhir_documents,
    fhir_entries,
    fhir_person,
    fhir_versions,
)
from clinic_desk.exchange.fhir_around import Around, Refused
from clinic_desk.exchange.fhir_elements import Untaken
from clinic_desk.exchange.fhir_entries import Entries
from clinic_desk.exchange.fhir_lines import Line, line_of
from clinic_desk.exchange.fhir_references import Resource
from clinic_desk.exchange.fhir_words import dicts
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
    "Medication",
    "Binary",
)
# Taken with the resource that speaks of them.
_BESIDE = ("PractitionerRole", "Organization", "Medication", "Binary")


Plain = Mapping[str, object]


@dataclass(slots=True)
class _Found:
    """What a file brings, filled resource by resource."""

    people: dict[str, PatientRecord] = field(default_factory=dict)  # by place
    lines: dict[str, list[Line]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    contacts: list[Incoming] = field(default_factory=list)
    files: list[IncomingFile] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)  # places of resources that cannot be read
    untaken: Untaken = field(default_factory=Untaken)


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
    return _understood(fhir_entries.of(data))


def read_parts(parts: Sequence[tuple[str, bytes]], notes: Sequence[Problem] = ()) -> FhirFile:
    """Read several files of lines, by name, as one: a resource of one may speak of another's.
    Raises InvalidInput for another version.
    """
    entries = fhir_entries.of_parts(parts)
    entries.notes += notes
    return _understood(entries)


def _understood(entries: Entries) -> FhirFile:
    sent = [one for _place, _url, one in entries.resources]
    version, known_by = fhir_versions.of([entries.whole, *sent])
    if version != fhir_versions.R4:
        said = _("this is FHIR {version} ({where}); only R4 (4.0.1) is read")
        raise InvalidInput({_("file"): said.format(version=version, where=known_by)})
    resources = fhir_entries.without_twins(entries, TAKEN)
    found = _Found(problems=entries.problems, notes=entries.notes)
    valid = [one for one in resources if _is_valid(one, found)]
    found.refused = {one.place for one in found.problems}
    around = Around(valid)
    _patients(valid, found, around)
    counts: dict[str, int] = {}
    for _place, _url, one in resources:
        kind = str(one["resourceType"])
        counts[kind] = counts.get(kind, 0) + 1
    for place, _url, one in valid:
        _clinical(place, one, found, around)
    for place, _url, one in valid:
        if one["resourceType"] in _BESIDE and not around.is_used(one):
            said = _("nothing that is taken speaks of it, so it is not taken")
            found.notes.append(Problem(place, "", said))
    people = tuple(_with_lines(found, person) for person in found.people.values())
    found.notes += found.untaken.notes()
    return FhirFile(
        people,
        tuple(found.problems),
        tuple(found.notes),
        counts,
        tuple(found.contacts),
        tuple(found.files),
    )


def _is_valid(resource: Resource, found: _Found) -> bool:
    """Whether a resource can be taken; says so where it cannot."""
    place, _url, one = resource
    kind = str(one["resourceType"])
    if kind not in TAKEN:
        found.notes.append(Problem(place, "", _("this kind of resource is not taken")))
        return False
    wrong = [Problem(place, name, why) for name, why in fhir_checks.wrong(one)]
    wrong += [Problem(place, name, why) for name, why in fhir_checks.by_library(one)]
    found.problems += wrong
    if not wrong and fhir_checks.is_void(one):
        found.notes.append(Problem(place, "", _("entered in error or refuted: not taken")))
        return False
    return not wrong


def _patients(valid: Sequence[Resource], found: _Found, around: Around) -> None:
    for place, _url, one in valid:
        if one["resourceType"] == "Patient":
            found.people[place] = _patient(place, one, found, around)
            found.lines[place] = []


def _patient(place: str, one: Plain, found: _Found, around: Around) -> PatientRecord:
    def note(name: str, why: str) -> None:
        found.notes.append(Problem(place, name, why))

    doctors = [around.name(each, one) for each in dicts(one.get("generalPractitioner"))]
    named = [name for name in doctors if name]
    if len(doctors) > len(named):
        note("generalPractitioner", _("one is not in this file and has no name"))
    if len(named) > 1:
        note("generalPractitioner", _("not taken: {values}").format(values=", ".join(named[1:])))
    return fhir_person.patient(place, one, note, named[0] if named else "")


def _clinical(place: str, one: Plain, found: _Found, around: Around) -> None:
    kind = str(one["resourceType"])
    if kind == "Patient" or kind in _BESIDE:
        return
    if kind == "Practitioner":
        _practitioner(place, one, found, around)
        return
    reference = one.get("patient" if kind == "AllergyIntolerance" else "subject")
    held = around.references.found(reference, one)
    who = found.people.get(held[0]) if held is not None else None
    if who is None:
        shown = reference.get("reference") if isinstance(reference, Mapping) else None
        shown = str(shown)[:80] if shown else _("nobody")
        if "/".join(shown.split("/")[-2:]) in found.refused:
            said = _("it is about {who}, who is refused")
        else:
            said = _("it is about {who}, who is not in this file; send both in one file")
        found.problems.append(Problem(place, "subject", said.format(who=shown)))
        return
    if kind == "DocumentReference":
        brought = fhir_documents.of(place, who.place, one, around)
        found.files += brought.files
        found.problems += brought.damaged
        found.notes += brought.absent
        found.untaken.look(place, one)
        return
    line = line_of(one, lambda reference: around.found(reference, one))
    if line is None:
        found.notes.append(Problem(place, "", _("it has no text that could be taken")))
        return
    found.untaken.look(place, one)
    found.lines[who.place].append(line)


def _practitioner(place: str, one: Plain, found: _Found, around: Around) -> None:
    def note(name: str, why: str) -> None:
        found.notes.append(Problem(place, name, why))

    try:
        found.contacts.append(around.practitioner(place, one, note))
        found.untaken.look(place, one)
    except Refused as error:
        note("", str(error))


def _with_lines(found: _Found, person: PatientRecord) -> PatientRecord:
    """The person with what the other resources say."""
    whole, files, notes = fhir_blocks.laid_out(person, found.lines[person.place])
    found.files += files
    found.notes += notes
    return whole
