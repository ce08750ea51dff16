"""The resources of a FHIR file, each with its place: of a bundle, of lines, or one alone."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field

from clinic_desk.errors import InvalidInput
from clinic_desk.exchange.archive_json import parsed
from clinic_desk.exchange.fhir_references import Resource
from clinic_desk.exchange.records import Problem
from clinic_desk.i18n import _

_NOT_FOLLOWED = ("DELETE", "GET", "HEAD", "PATCH")
_BUNDLES = {"collection", "document", "searchset", "batch", "transaction", "message"}

Plain = Mapping[str, object]


@dataclass(slots=True)
class Entries:
    """The resources of a file; `problems` are entries without one, `notes` the rest."""

    whole: Plain  # what the file is, for what it says of its version
    resources: list[Resource]
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)


def of(data: bytes) -> Entries:
    """The resources of a file. Raises InvalidInput by place: no JSON, no FHIR, no such bundle."""
    if (lines := _lines(data)) is not None:
        return lines
    whole = parsed(data, _("file"))
    if not isinstance(whole, dict) or not isinstance(whole.get("resourceType"), str):
        raise InvalidInput({_("file"): _("this is no FHIR: it has no resourceType")})
    found = Entries(whole, [])
    found.resources = _resources(whole, found)
    return found


def of_parts(parts: Iterable[tuple[str, bytes]]) -> Entries:
    """The resources of several files of lines, each by its name."""
    whole = Entries({"resourceType": "Bundle"}, [])
    for name, data in parts:
        found = _lines(data, sure=True) or Entries({}, [])
        if not found.resources and not found.problems:
            whole.notes.append(Problem(name, "", _("there is nothing in it")))
        for place, url, one in found.resources:
            known = place.startswith(f"{str(one['resourceType'])[:60]}/")
            whole.resources.append((place if known else f"{name}, {place}", url, one))
        whole.problems += [
            Problem(f"{name}, {each.place}", each.field, each.why) for each in found.problems
        ]
    return whole


def _lines(data: bytes, sure: bool = False) -> Entries | None:
    """One resource on each line, as servers hand out many; None where the file is not written so,
    unless that is `sure`.

    A line that cannot be read is a problem of its own.
    """
    lines = [(number, line) for number, line in enumerate(data.split(b"\n"), 1) if line.strip()]
    if not sure and (len(lines) < 2 or not all(_is_object(line) for _number, line in lines[:2])):
        return None
    found = Entries({"resourceType": "Bundle"}, [])
    for number, line in lines:
        place = _("line {line}").format(line=number)
        try:
            one = parsed(line, place)
        except InvalidInput as error:
            found.problems.append(Problem(place, "", next(iter(error.fields.values()))))
            continue
        if isinstance(one, dict) and isinstance(one.get("resourceType"), str):
            found.resources.append((_place_of(one, place), "", one))
        else:
            found.problems.append(Problem(place, "", _("it has no resourceType")))
    return found


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(parsed(line, ""), dict)
    except InvalidInput:
        return False


def _resources(whole: Plain, found: Entries) -> list[Resource]:
    if whole["resourceType"] != "Bundle":
        return [(_place_of(whole, ""), "", whole)]
    kind = whole.get("type")
    if kind not in _BUNDLES:
        said = _("a bundle of type “{kind}” is not read; allowed are {kinds}")
        said = said.format(
            kind="" if kind is None else str(kind)[:40], kinds=", ".join(sorted(_BUNDLES))
        )
        raise InvalidInput({"Bundle.type": said})
    entries = whole.get("entry", [])
    if not isinstance(entries, list):
        raise InvalidInput({"Bundle.entry": _("a list is expected")})
    listed: list[Resource] = []
    for number, entry in enumerate(entries, 1):
        place = f"entry[{number}]"
        request = entry.get("request") if isinstance(entry, dict) else None
        method = request.get("method") if isinstance(request, dict) else None
        if method in _NOT_FOLLOWED:
            said = _("a request to {method} is not followed").format(method=method)
            found.notes.append(Problem(place, "", said))
            continue
        if not isinstance(entry, dict) or not isinstance(entry.get("resource"), dict):
            found.problems.append(Problem(place, "", _("there is no resource in it")))
            continue
        resource = entry["resource"]
        if not isinstance(resource.get("resourceType"), str):
            found.problems.append(Problem(place, "", _("it has no resourceType")))
            continue
        url = entry.get("fullUrl")
        listed.append((_place_of(resource, place), url if isinstance(url, str) else "", resource))
    return _each_in_its_place(listed)


def _each_in_its_place(listed: list[Resource]) -> list[Resource]:
    """Resources of two servers may have one id: the second is called by its whole address."""
    urls: dict[str, str] = {}
    placed = []
    for place, url, one in listed:
        if "://" in urls.setdefault(place, url) and "://" in url and urls[place] != url:
            place = url[:200]
        placed.append((place, url, one))
    return placed


def _place_of(resource: Plain, otherwise: str) -> str:
    key = resource.get("id")
    kind = str(resource["resourceType"])[:60]
    if isinstance(key, str) and key:
        return f"{kind}/{key[:64]}"
    return f"{otherwise} {kind}".strip()


def without_twins(found: Entries, taken: Container[object]) -> list[Resource]:
    """A resource that stands twice is taken once; two that differ under one id are refused."""
    seen: dict[tuple[str, str], Plain] = {}
    kept: list[tuple[tuple[str, str], Resource]] = []
    at_odds: set[tuple[str, str]] = set()
    for place, url, one in found.resources:
        if one["resourceType"] not in taken:
            kept.append((("", str(len(kept))), (place, url, one)))
            continue
        key = (place, str(one.get("id") or url or id(one)))
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
