"""Contacts out of a CSV table and into one, with columns known by their names in four languages."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from clinic_desk.exchange import csv_out
from clinic_desk.exchange.contact_entry import POSTAL, ROLES, VISITING, WAYS, Address, Entry, Phone
from clinic_desk.exchange.csv_tables import Row, Table
from clinic_desk.exchange.csv_values import fold
from clinic_desk.exchange.incoming import Incoming, Progress, role_of, unwatched
from clinic_desk.i18n import _

# Field: what a column may be called, folded. The first word is the name it is written under.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "prefix", "titel", "anrede", "titre", "titulo"),
    "name": ("name", "full name", "display name", "contact", "contact name", "nom complet",
             "nombre completo", "doctor", "arzt", "medecin"),
    "given": ("given name", "first name", "forename", "vorname", "prenom", "nombre"),
    "family": ("family name", "last name", "surname", "nachname", "familienname", "nom",
               "apellido", "apellidos"),
    "salutation": ("called in letters", "salutation", "dear", "briefanrede"),
    "role": ("role", "kind", "speciality", "specialty", "fach", "fachgebiet", "rolle",
             "specialite", "especialidad", "category", "type"),
    "organisation": ("organisation", "organization", "practice", "hospital", "company", "praxis",
                     "klinik", "firma", "cabinet", "organisme", "empresa", "clinica"),
    "lines": ("address", "street", "address lines", "address 1", "street address", "strasse",
              "adresse", "anschrift", "rue", "direccion", "calle", "business street"),
    "postcode": ("postcode", "zip", "zip code", "postal code", "plz", "code postal",
                 "codigo postal", "business postal code"),
    "town": ("town", "city", "ort", "stadt", "ville", "ciudad", "business city"),
    "country": ("country", "land", "pays", "pais", "business country region"),
    "visiting lines": ("visiting address", "visiting lines", "besuchsadresse"),
    "visiting postcode": ("visiting postcode",),
    "visiting town": ("visiting town",),
    "visiting country": ("visiting country",),
    "phone": ("phone", "telephone", "tel", "phone number", "business phone", "telefon",
              "telefono"),
    "mobile": ("mobile", "mobile phone", "cell", "handy", "mobil", "portable", "movil"),
    "other phone": ("other phone", "phone 2", "second phone", "telefon 2"),
    "fax": ("fax", "business fax", "fax number", "telefax"),
    "email": ("email", "e mail", "mail", "email address", "e mail address", "courriel", "correo"),
    "preferred": ("letters by", "preferred", "preferred way"),
    "note": ("note", "notes", "comment", "bemerkung", "notiz", "remarque", "nota"),
}  # fmt: skip
_BY_NAME = {name: field for field, names in FIELDS.items() for name in names}
_PHONES = (("phone", ""), ("mobile", "mobile"), ("other phone", ""))


@dataclass(frozen=True, slots=True)
class Mapped:
    """Which field each column was taken for; columns without one are left out."""

    fields: tuple[str, ...]  # by column; empty where it is left out

    def left_out(self, table: Table) -> tuple[str, ...]:
        pairs = zip(table.columns, self.fields, strict=True)
        return tuple(column for column, field in pairs if not field)


def guess(table: Table) -> Mapped:
    """The fields by the names of the columns; each field once."""
    taken: set[str] = set()
    fields = []
    for column in table.columns:
        field = _BY_NAME.get(fold(column), "")
        fields.append("" if field in taken else field)
        taken.add(field)
    return Mapped(tuple(fields))


def declared(table: Table, fields: Mapping[str, str]) -> Mapped:
    """The fields as the person declared them, by column; each field once, unknown ones left out."""
    taken: set[str] = set()
    found = []
    for column in table.columns:
        field = fields.get(column, "")
        found.append(field if field in FIELDS and field not in taken else "")
        taken.add(field)
    return Mapped(tuple(found))


def missing(mapped: Mapped) -> str:
    """Why the columns hold no contacts; empty where they do."""
    if {"name", "given", "family", "organisation"} & set(mapped.fields):
        return ""
    return _("No column is called Name, Last name or Organisation; say which one it is.")


def read(table: Table, mapped: Mapped, progress: Progress = unwatched) -> tuple[Incoming, ...]:
    """Every row as a contact, or with why it is none."""
    wrong = {one.place: one.why for one in table.problems}
    told = {one.place: one.why for one in table.careful}
    found = []
    for number, row in enumerate(table.rows, start=1):
        progress(number, len(table.rows))
        one = _incoming(row, mapped, wrong.get(row.place, ""))
        found.append(replace(one, told=told.get(row.place, "")))
    return tuple(found)


def _incoming(row: Row, mapped: Mapped, wrong: str) -> Incoming:
    cells = {
        field: csv_out.unsafe(cell.strip())
        for field, cell in zip(mapped.fields, row.cells, strict=True)
        if field
    }
    got = {field: cells.get(field, "") for field in FIELDS}
    name = got["name"] or " ".join(filter(None, (got["given"], got["family"])))
    name = name or got["organisation"]
    if wrong:
        return Incoming(row.place, None, wrong, name)
    if not name:
        return Incoming(row.place, None, _("the row has no name"))
    role, way = fold(got["role"]), fold(got["preferred"])
    addresses = (
        Address(POSTAL, *(got[part] for part in ("lines", "postcode", "town", "country"))),
        Address(
            VISITING,
            *(got[f"visiting {part}"] for part in ("lines", "postcode", "town", "country")),
        ),
    )
    entry = Entry(
        name=name,
        title=got["title"],
        salutation=got["salutation"],
        role=role if role in ROLES else role_of(role) or "other",
        organisation=got["organisation"] if got["organisation"] != name else "",
        addresses=tuple(one for one in addresses if one.filled),
        phones=tuple(Phone(got[field], label) for field, label in _PHONES if got[field]),
        fax=got["fax"],
        email=got["email"],
        preferred=way if way in WAYS else "",
        note=got["note"],
    )
    return Incoming(row.place, entry)


_WRITTEN = tuple(field for field in FIELDS if field not in ("given", "family"))


def write(entries: Iterable[Entry]) -> bytes:
    """The entries as a table that a spreadsheet opens; no cell of it becomes a formula."""
    header = [FIELDS[field][0].capitalize() for field in _WRITTEN]
    return csv_out.table(header, (_cells(entry) for entry in entries))


def _cells(entry: Entry) -> Sequence[str]:
    mobile = next((one for one in entry.phones if one.label == "mobile"), None)
    others = [one.number for one in entry.phones if one is not mobile]
    postal, visiting = entry.address(POSTAL), entry.address(VISITING)
    got = {name: getattr(entry, name) for name in Entry.__slots__ if name in FIELDS}
    got |= {part: getattr(postal, part) for part in ("lines", "postcode", "town", "country")}
    got |= {
        f"visiting {part}": getattr(visiting, part)
        for part in ("lines", "postcode", "town", "country")
    }
    got["mobile"] = mobile.number if mobile else ""
    got["phone"] = others[0] if others else ""
    got["other phone"] = "; ".join(others[1:])
    return [str(got.get(field, "")) for field in _WRITTEN]
