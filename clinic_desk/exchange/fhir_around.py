"""Who and what stands around the patients of a FHIR file: practitioners with their roles and
organisations, and documents.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from clinic_desk.exchange.contact_entry import Address, Entry, Phone
from clinic_desk.exchange.csv_values import fold
from clinic_desk.exchange.fhir_words import concept_text, dicts, name_of, telecom
from clinic_desk.exchange.incoming import Incoming, role_of
from clinic_desk.exchange.records import SYSTEM, IncomingFile
from clinic_desk.i18n import _

MOST_BYTES = 200_000_000  # of one document
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

Plain = Mapping[str, object]
Resource = tuple[str, str, Plain]  # place, full URL, content


class Refused(ValueError):
    """Why a resource brings nothing; the message says it."""


class Around:
    """The practitioners, roles and organisations of a file, by what refers to them."""

    def __init__(self, resources: Iterable[Resource]) -> None:
        self._by_reference: dict[str, Plain] = {}
        self._roles: dict[int, list[Plain]] = {}
        roles = []
        for place, url, one in resources:
            for key in {place, url, f"{one.get('resourceType')}/{one.get('id')}"} - {""}:
                self._by_reference[key] = one
            if one.get("resourceType") == "PractitionerRole":
                roles.append(one)
        for role in roles:
            who = self.found(role.get("practitioner"))
            if who is not None:
                self._roles.setdefault(id(who), []).append(role)

    def found(self, reference: object) -> Plain | None:
        """What a reference points at, in this file."""
        if not isinstance(reference, Mapping):
            return None
        key = str(reference.get("reference") or "")
        return self._by_reference.get(key) or self._by_reference.get("/".join(key.split("/")[-2:]))

    def name(self, reference: object) -> str:
        """Somebody's name as a reference says it, or as they are called in the file."""
        one = self.found(reference)
        if one is not None and one.get("resourceType") == "PractitionerRole":
            reference = one.get("practitioner")
            one = self.found(reference)
        if one is not None:
            return str(one["name"]) if isinstance(one.get("name"), str) else whole_name(one)
        said = reference.get("display") if isinstance(reference, Mapping) else None
        return said if isinstance(said, str) else ""

    def practitioner(self, place: str, one: Plain) -> Incoming:
        """A practitioner as somebody of the address book. Raises Refused."""
        systems = {each.get("system") for each in dicts(one.get("identifier"))}
        if f"{SYSTEM}:clinician" in systems:
            raise Refused(_("a clinician of the practice that sent it: not a contact"))
        name = whole_name(one)
        if not name:
            raise Refused(_("it has no name"))
        roles = self._roles.get(id(one), [])
        words = [concept_text(each.get("code")) for each in dicts(one.get("qualification"))]
        organisation, points = "", telecom(one)
        for role in roles:
            for part in ("code", "specialty"):
                words += [concept_text(each) for each in dicts(role.get(part))]
            organisation = organisation or self.name(role.get("organization"))
            more = telecom(role)
            points = (points[0] + more[0], points[1] + more[1], points[2])
        phones, emails, _rest = points
        prefix = [each for name in dicts(one.get("name"))[:1] for each in _texts(name, "prefix")]
        return Incoming(
            place,
            Entry(
                name,
                title=" ".join(prefix),
                role=role_of(fold(" ".join(words))) or "other",
                organisation=organisation,
                addresses=tuple(_address(each) for each in dicts(one.get("address"))[:8]),
                phones=tuple(Phone(number, use) for number, use in phones[:8]),
                email=emails[0] if emails else "",
            ),
        )


def _texts(one: Plain, key: str) -> list[str]:
    held = one.get(key)
    return [each for each in held if isinstance(each, str)] if isinstance(held, list) else []


def whole_name(one: Plain) -> str:
    """Given and family name, or whatever stands for them."""
    family, given, _more = name_of(one)
    return f"{given} {family}".strip()


def _address(one: Plain) -> Address:
    street = "\n".join(_texts(one, "line"))
    parts = (str(one.get(key) or "") for key in ("postalCode", "city", "country"))
    return Address("postal", street or str(one.get("text") or ""), *parts)


def documents(place: str, about: str, one: Plain, around: Around) -> Sequence[IncomingFile]:
    """The files that a document brings with it. Raises Refused: only a link, or damaged."""
    title = concept_text(one.get("type")) or str(one.get("description") or "")
    authors = (around.name(each) for each in dicts(one.get("author")))
    source = ", ".join(name for name in authors if name)
    found, links = [], 0
    for content in dicts(one.get("content")):
        held = content.get("attachment")
        if not isinstance(held, Mapping):
            continue
        data = held.get("data")
        if not isinstance(data, str):
            links += "url" in held
            continue
        named = str(held.get("title") or title or _("Document"))
        when = str(one.get("date") or held.get("creation") or "")[:10]
        found.append(
            IncomingFile(
                place,
                about,
                named,
                str(held.get("contentType") or ""),
                _bytes(data, held),
                date.fromisoformat(when) if _DAY.fullmatch(when) else None,
                source,
                str(one.get("description") or ""),
            )
        )
    if not found:
        said = _("“{title}” is only a link; the document itself is not in the file")
        if links:
            raise Refused(said.format(title=(title or _("Document"))[:100]))
        raise Refused(_("there is no document in it"))
    return found


def _bytes(text: str, held: Plain) -> bytes:
    try:
        data = base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        raise Refused(_("its data is no base64: damaged")) from None
    if not data:
        raise Refused(_("it is empty"))
    if len(data) > MOST_BYTES:
        raise Refused(_("it is larger than a file may be"))
    told = held.get("hash")
    if isinstance(told, str):
        digest = hashlib.sha1(data, usedforsecurity=False).digest()  # what R4 asks for
        if told != base64.b64encode(digest).decode():
            raise Refused(_("its data is not what its hash says: damaged"))
    return data
