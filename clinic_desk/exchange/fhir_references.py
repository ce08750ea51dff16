"""What a reference of a FHIR file points at: by R4's own rules, and never at somebody else.

A reference is a whole address, an address beside the referring resource's own, a number (also as
a search), or the name of a resource that stands inside. What could mean two resources means none.
"""

import re
from collections.abc import Iterable, Mapping

Plain = Mapping[str, object]
Resource = tuple[str, str, Plain]  # place, full URL, content

_VERSION = re.compile(r"/_history/[^/]*$")
_SEARCH = re.compile(r"(\w+)\?identifier=(?:(.*)\|)?(.+)")


class References:
    """The resources of a file, by what refers to them."""

    def __init__(self, resources: Iterable[Resource]) -> None:
        self._by_url: dict[str, list[Resource]] = {}
        self._by_id: dict[str, list[Resource]] = {}
        self._by_number: dict[tuple[str, str], list[Resource]] = {}
        self._urls: dict[int, str] = {}
        for resource in resources:
            _place, url, one = resource
            kind = str(one.get("resourceType"))
            url = _VERSION.sub("", url)
            self._urls[id(one)] = url
            if url:
                self._by_url.setdefault(url, []).append(resource)
            key = one.get("id") or url.removeprefix("urn:uuid:")
            self._by_id.setdefault(f"{kind}/{key}", []).append(resource)
            numbers = one.get("identifier")
            values = {
                number["value"]
                for number in (numbers if isinstance(numbers, list) else ())
                if isinstance(number, Mapping) and isinstance(number.get("value"), str)
            }
            for value in values:  # once, though two numbers may be alike
                self._by_number.setdefault((kind, value), []).append(resource)

    def found(self, reference: object, within: Plain | None = None) -> Resource | None:
        """What a reference of the resource `within` points at, if it is in this file."""
        if not isinstance(reference, Mapping):
            return None
        key = _VERSION.sub("", str(reference.get("reference") or ""))
        if key.startswith("#"):
            return _contained(key[1:], within)
        if key:
            return self._addressed(key, within)
        number = reference.get("identifier")
        if not isinstance(number, Mapping):
            return None
        kind = str(reference.get("type") or "Patient")
        return self._numbered(kind, str(number.get("system") or ""), str(number.get("value") or ""))

    def _addressed(self, key: str, within: Plain | None) -> Resource | None:
        if found := self._by_url.get(key):
            return _only(found)
        if search := _SEARCH.fullmatch(key):
            return self._numbered(search[1], search[2] or "", search[3])
        tail = "/".join(key.split("/")[-2:])
        alike = self._by_id.get(tail, [])
        base = self._base(within)
        if beside := self._by_url.get(f"{base}/{key}") if base else None:
            return _only(beside)
        if "://" in key or base:  # of two servers, the one that is meant
            alike = [one for one in alike if "://" not in one[1]]
        return _only(alike)

    def _base(self, within: Plain | None) -> str:
        """The server that a resource was got from."""
        url = self._urls.get(id(within), "")
        return "/".join(url.split("/")[:-2]) if "://" in url else ""

    def _numbered(self, kind: str, system: str, value: str) -> Resource | None:
        alike = [
            one
            for one in self._by_number.get((kind, value), [])
            if not system or _has_number(one[2], system, value)
        ]
        return _only(alike)


def _only(alike: list[Resource]) -> Resource | None:
    return alike[0] if len(alike) == 1 else None


def _has_number(one: Plain, system: str, value: str) -> bool:
    numbers = one.get("identifier")
    return isinstance(numbers, list) and any(
        isinstance(number, Mapping)
        and number.get("value") == value
        and number.get("system") == system
        for number in numbers
    )


def _contained(key: str, within: Plain | None) -> Resource | None:
    inside = within.get("contained") if within is not None else None
    for one in inside if isinstance(inside, list) else ():
        if isinstance(one, Mapping) and one.get("id") == key:
            return "", "", one
    return None
