"""Who stands around the patients of a FHIR file: practitioners with their roles and
organisations.
"""

from collections.abc import Callable, Mapping, Sequence

from clinic_desk.exchange.contact_entry import Address, Entry, Phone
from clinic_desk.exchange.csv_values import fold
from clinic_desk.exchange.fhir_references import References, Resource
from clinic_desk.exchange.fhir_words import (
    concept_text,
    dicts,
    lines_of_address,
    name_of,
    over,
    telecom,
    texts,
)
from clinic_desk.exchange.incoming import Incoming, role_of
from clinic_desk.exchange.records import SYSTEM
from clinic_desk.i18n import _

Plain = Mapping[str, object]
Note = Callable[[str, str], None]  # the element, and why it was not taken


class Refused(ValueError):
    """Why a resource brings nothing; the message says it."""


class Around:
    """The practitioners, roles and organisations of a file, by what refers to them."""

    def __init__(self, resources: Sequence[Resource]) -> None:
        self.references = References(resources)
        self._roles: dict[int, list[Plain]] = {}
        self._used: set[int] = set()
        for _place, _url, one in resources:
            if one.get("resourceType") == "PractitionerRole":
                who = self.found(one.get("practitioner"), one)
                if who is not None:
                    self._roles.setdefault(id(who), []).append(one)
                    self._used.add(id(one))

    def found(self, reference: object, within: Plain | None = None) -> Plain | None:
        """What a reference points at, in this file."""
        held = self.references.found(reference, within)
        if held is not None:
            self._used.add(id(held[2]))
        return held[2] if held is not None else None

    def is_used(self, one: Plain) -> bool:
        """Whether anything that is taken speaks of a resource."""
        return id(one) in self._used

    def name(self, reference: object, within: Plain | None = None) -> str:
        """Somebody's name as a reference says it, or as they are called in the file."""
        one = self.found(reference, within)
        if one is not None and one.get("resourceType") == "PractitionerRole":
            reference, within = one.get("practitioner"), one
            one = self.found(reference, within)
        if one is not None:
            return str(one["name"]) if isinstance(one.get("name"), str) else whole_name(one)
        said = reference.get("display") if isinstance(reference, Mapping) else None
        return said if isinstance(said, str) else ""

    def practitioner(self, place: str, one: Plain, note: Note) -> Incoming:
        """A practitioner as somebody of the address book. Raises Refused."""
        systems = {each.get("system") for each in dicts(one.get("identifier"))}
        if f"{SYSTEM}:clinician" in systems:
            raise Refused(_("a clinician of the practice that sent it: not a contact"))
        name = whole_name(one)
        if not name:
            raise Refused(_("it has no name"))
        roles = self._roles.get(id(one), [])
        words = [concept_text(each.get("code")) for each in dicts(one.get("qualification"))]
        organisation, reached = "", telecom(one)
        for role in roles:
            for part in ("code", "specialty"):
                words += [concept_text(each) for each in dicts(role.get(part))]
            organisation = organisation or self.name(role.get("organization"), role)
            reached += telecom(role)
        addresses = [each for each in dicts(one.get("address")) if not over(each)]
        rest = [*(number for number, _use in reached.phones[8:]), *reached.emails[1:]]
        rest += [*reached.faxes[1:], *reached.rest, *reached.old]
        rest += [lines_of_address(each).replace("\n", ", ") for each in addresses[8:]]
        if rest:
            note("telecom", _("not taken: {values}").format(values=", ".join(rest)[:200]))
        prefix = [each for name in dicts(one.get("name"))[:1] for each in texts(name.get("prefix"))]
        return Incoming(
            place,
            Entry(
                name,
                title=" ".join(prefix),
                role=role_of(fold(" ".join(words))) or "other",
                organisation=organisation,
                addresses=tuple(_address(each) for each in addresses[:8]),
                phones=tuple(Phone(number, use) for number, use in reached.phones[:8]),
                fax=reached.faxes[0] if reached.faxes else "",
                email=reached.emails[0] if reached.emails else "",
            ),
        )


def whole_name(one: Plain) -> str:
    """Given and family name, or whatever stands for them."""
    family, given = name_of(one)
    return f"{given} {family}".strip()


def _address(one: Plain) -> Address:
    street = "\n".join(texts(one.get("line")))
    parts = (str(one.get(key) or "") for key in ("postalCode", "city", "country"))
    return Address("postal", street or str(one.get("text") or ""), *parts)
