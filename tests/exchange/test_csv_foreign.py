"""Lists as other programs write them: their signs, their titles, their names, their nothings."""

import pytest

from clinic_desk.errors import InvalidInput
from clinic_desk.exchange import csv_mapping, csv_rows, csv_tables
from clinic_desk.exchange.records import PatientRecord

HEADER = "Surname,First name,DOB\n"
ROW = "Müller,Zoë,1985-04-13\n"


def _people(data: bytes) -> tuple[PatientRecord, ...]:
    table = csv_tables.read(data)
    mapping, _guesses = csv_mapping.guess(table)
    found, problems = csv_rows.people(table, mapping)
    assert problems == ()
    return found


@pytest.mark.parametrize(
    "data",
    [
        *((HEADER + ROW).encode(page) for page in
          ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman", "cp850")),
        *((HEADER + ROW).replace(",", sign).encode() for sign in ";\t|^~"),
        ("sep=;\r\n" + HEADER + ROW).replace(",", ";").encode("utf-16"),
        f"{HEADER}{ROW}\x1a".encode(),
        f"Patient list\nPrinted 01.02.2024\n\n{HEADER}{ROW}".encode(),
        f"Patient list,,\n,,\n{HEADER}{ROW}{ROW}".encode()[: -len(ROW.encode())],
        "'Surname','First name','DOB'\n'Müller','Zoë','1985-04-13'\n".encode(),
        '"Surname", "First name", "DOB"\n"Müller", "Zoë", "1985-04-13"\n'.encode(),
        'Surname, First name, DOB, Notes\nMüller, "Zoë", 1985-04-13, "a, b"\n'.encode(),
        'Surname,First name,DOB,Notes\nMüller,Zoë,1985-04-13,"said \\"ow, no\\""\n'.encode(),
        "Surname,First name,DOB\n\u200bMüller\xa0,Zoë,1985-04-13\n".encode(),
    ],
)  # fmt: skip
def test_a_list_is_read_by_whatever_signs_it_is_written_with(data: bytes) -> None:
    (one,) = _people(data)
    assert (one.family_name, one.given_name, str(one.birth_date)) == ("Müller", "Zoë", "1985-04-13")


def test_a_title_above_the_columns_is_kept_to_be_named() -> None:
    table = csv_tables.read(f"Patient list\n{HEADER}{ROW}".encode())
    assert [(row.line, row.cells) for row in table.above] == [(1, ("Patient list",))]
    assert csv_tables.read(f"Surname,DOB\nMono,\n{ROW}".encode()).above == ()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"<html><table>", "web page or XML"),
        (b"\xef\xbb\xbf <?xml version='1.0'?>", "web page or XML"),
        (b"%PDF-1.7", "PDF"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"BEGIN:VCARD\r\nVERSION:3.0", "contacts"),
    ],
)
def test_what_is_no_list_is_refused_as_what_it_is(data: bytes, says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        csv_tables.read(data)


@pytest.mark.parametrize(
    ("header", "cells", "field", "value"),
    [
        ("lname,fname,mname", "Smith,Jo,Ann", "given_name", "Jo Ann"),
        ("Apellido 1,Apellido 2,Nombre", "García,López,Ana", "family_name", "García López"),
        ("first,last", "Jo,Smith", "family_name", "Smith"),
        ("patient_last_name,patient_phone", "Smith,0770090012", "phone", "0770090012"),
        ("Last Name,Contact number,Email", "A,0770090012,", "phone", "0770090012"),
        ("Last Name,Contact No", "A,0770090012", "number", ""),
        ("Last Name,Home,Work", "Smith,0201111111,0202222222", "phone_kind", "home"),
        ("Last Name,Work", "Smith,nurse", "occupation", ""),
        ("Name;Vorname;Strasse;Hausnummer;PLZ;Ort", "A;B;Weg;7;123;X", "address",
         "Weg 7\n123 X"),
        ("Last Name,Addr1,Addr2,Addr3", "A,1 Road,Flat 2,Yard", "address", "1 Road\nFlat 2\nYard"),
        ("LAST,STATE,COUNTY", "A,Ohio,Kent", "address", "Ohio"),
        ("Last Name,Gender,Sex", "A,non-binary,F", "gender", "non-binary"),
        ("Last Name,Gender", "A,F", "sex", "female"),
        ("Last Name,DOB", "Null,0000-00-00", "family_name", "Null"),
        ("Last Name,Phone,Email", "A,'0770090012,NULL", "phone", "0770090012"),
        ("Last Name,Phone", 'A,"=""0770090012"""', "phone", "0770090012"),
        ("Last Name,Medicare No", "A,123", "identifiers", (("Medicare No", "123"),)),
        ("Nom;N° Sécurité sociale", "A;1 85", "identifiers", (("N° Sécurité sociale", "1 85"),)),
    ],
)  # fmt: skip
def test_what_other_programs_call_a_field_is_that_field(
    header: str, cells: str, field: str, value: object
) -> None:
    (one,) = _people(f"{header}\n{cells}\n".encode())
    assert getattr(one, field) == value
    assert one.email == ""
