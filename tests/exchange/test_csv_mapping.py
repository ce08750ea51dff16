"""What columns and values mean: guessed where they can mean one thing, asked where two."""

from datetime import date

import pytest

from clinic_desk.clinical.measures import Sex
from clinic_desk.errors import InvalidInput
from clinic_desk.exchange import csv_mapping, map_file
from clinic_desk.exchange.csv_mapping import CsvMapping, guess, questions
from clinic_desk.exchange.csv_rows import people as records
from clinic_desk.exchange.csv_tables import read
from clinic_desk.exchange.dates import DateStyle, Order
from clinic_desk.exchange.map_file import MapFile


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("Patient No,Last Name,First Name,DOB,Sex,Phone,E-mail,Post Code,City", "F"),
        ("Nr;Nachname;Vorname;Geb.-Datum;Geschlecht;Telefon;E-Mail;PLZ;Ort", "w"),
        ("N°;Nom;Prénom;Date de naissance;Sexe;Téléphone;Courriel;Code postal;Ville", "F"),
        ("Nº;Apellidos;Nombre;Fecha de nacimiento;Sexo;Teléfono;Correo;C.P.;Ciudad", "mujer"),
        ("Número;Apelido;Nome;Data de nascimento;Sexo;Telefone;E-mail;CEP;Cidade", "F"),
        ("Nmuber;Familly name;Givenname;Birth  date;Gender;Telephone;Mail;Zip-Code;Town", "f"),
    ],
)
def test_headers_in_five_languages_are_known(header: str, row: str) -> None:
    sign = ";" if ";" in header else ","
    cells = sign.join(
        ("7", "Example", "Alex", "14/06/1991", row, "555-0142", "a@b.example", "1", "S")
    )
    table = read(f"{header}\n{cells}\n".encode())
    mapping, _guesses = guess(table)
    expected = ["family_name", "given_name", "birth_date", "sex", "phone", "email"]
    assert list(mapping.columns.values())[-8:-2] == expected
    (record,), problems = records(table, mapping)
    assert problems == ()
    assert (record.family_name, record.given_name) == ("Example", "Alex")
    assert (record.birth_date, record.sex) == (date(1991, 6, 14), Sex.FEMALE)
    assert (record.place, record.address) == ("line 2", "1 S")


def test_what_no_field_takes_is_named() -> None:
    table = read(b"Surname,Shoe size\nExample,42\n")
    mapping, _guesses = guess(table)
    assert csv_mapping.not_taken(table, mapping) == ("Shoe size",)


def test_no_field_has_two_columns() -> None:
    table = read(b"Surname,Phone,Tel\nExample,1234567,7654321\n")
    mapping, _guesses = guess(table)
    assert list(mapping.columns.values()) == ["family_name", "phone"]
    assert csv_mapping.not_taken(table, mapping) == ("Tel",)


def test_an_ambiguous_date_is_asked_about_and_never_taken() -> None:
    table = read(b"Surname,DOB\nExample,03/04/2001\nOther,05/05/01\n")
    mapping, _guesses = guess(table)
    assert [one.field for one in questions(table, mapping)] == [
        "birth_date:order",
        "birth_date:years_from",
    ]
    found, problems = records(table, mapping)
    assert found == ()
    assert [one.place for one in problems] == ["line 2", "line 3"]
    declared = CsvMapping(mapping.columns, {"birth_date": DateStyle(Order.DMY, 1930)})
    assert questions(table, declared) == ()
    assert [one.birth_date for one in records(table, declared)[0]] == [
        date(2001, 4, 3),
        date(2001, 5, 5),
    ]


@pytest.mark.parametrize(
    ("words", "meaning", "unclear"),
    [
        ("f m", [Sex.FEMALE, Sex.MALE], []),
        ("W M", [Sex.FEMALE, Sex.MALE], []),
        ("H M", [Sex.MALE, Sex.FEMALE], []),
        ("H F", [Sex.MALE, Sex.FEMALE], []),
        ("männlich divers", [Sex.MALE, Sex.OTHER], []),
        ("M M", [], ["M"]),
        ("H M F", [Sex.MALE, Sex.FEMALE], ["M"]),
        ("1 2", [], ["1", "2"]),
    ],
)
def test_a_word_for_a_sex_is_asked_about_where_it_is_unclear(
    words: str, meaning: list[Sex], unclear: list[str]
) -> None:
    rows = "".join(f"Example,{word}\n" for word in words.split())
    table = read(f"Surname,Sex\n{rows}".encode())
    mapping, _guesses = guess(table)
    found, problems = records(table, mapping)
    assert [one.sex for one in found] == meaning
    assert [one.field for one in questions(table, mapping)] == [f"sex:{w}" for w in unclear]
    assert all("no sex" in one.why for one in problems)


def test_a_whole_name_is_parted_by_its_comma_or_as_declared() -> None:
    table = read(b"Name;Ort\nExample, Alex;A\nAlex Other;B\nAna Sofia Third;C\n")
    mapping, _guesses = guess(table)
    assert mapping.columns["Name"] == "full_name"
    found, problems = records(table, mapping)
    assert [(one.family_name, one.given_name) for one in found] == [("Example", "Alex")]
    assert [one.place for one in problems] == ["line 3", "line 4"]
    declared = CsvMapping(mapping.columns, family_first=False)
    assert [one.family_name for one in records(table, declared)[0]] == ["Example", "Other"]


def test_a_phone_number_that_a_spreadsheet_shortened_is_refused() -> None:
    table = read(b"Surname,Phone\nExample,4.91761E+11\nOther,'+49 555 0100\n")
    found, (problem,) = records(table, guess(table)[0])
    assert "spreadsheet" in problem.why
    assert found[0].phone == "+49 555 0100"


def test_a_mended_row_is_taken_in_place_of_the_broken_one() -> None:
    table = read(b"Surname,Given\nExample\nOther,Sam\n")
    mapping = CsvMapping({"Surname": "family_name", "Given": "given_name"})
    found, problems = records(table, mapping)
    assert ([one.family_name for one in found], len(problems)) == (["Other"], 1)
    found, problems = records(table, mapping, {2: ("Example", "Alex")})
    assert ([one.given_name for one in found], problems) == (["Alex", "Sam"], ())


def test_a_map_file_says_the_same_again() -> None:
    kept = MapFile(
        CsvMapping(
            {"Nachname": "family_name", "Geb.": "birth_date"},
            {"birth_date": DateStyle(Order.DMY, 1930)},
            {"1": Sex.MALE},
            True,
        ),
        ";",
        "cp1252",
        True,
    )
    assert map_file.read(map_file.write(kept)) == kept


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("colums = 1", "colums"),
        ("format = 2", "format"),
        ("columns = 1", "columns"),
        ("[columns]\nA = 'shoe'", "columns.A"),
        ("[columns]\nA = 'phone'\nB = 'phone'", "columns.B"),
        ("[dates]\nphone = {order = 'dmy'}", "dates.phone"),
        ("[dates]\nbirth_date = {order = 'ydm'}", "dates.birth_date"),
        ("[dates]\nbirth_date = {years_from = true}", "dates.birth_date"),
        ("[sexes]\n1 = 'yes'", "sexes.1"),
        ("name_order = 'first'", "name_order"),
        ("header = 'no'", "header"),
        ("delimiter = 1", "delimiter"),
        ("a = [", "map file"),
        ("a = " + "[" * 5000, "map file"),
    ],
)
def test_a_faulty_map_file_is_refused_by_its_key(text: str, place: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        map_file.read(text.encode())
    assert list(refused.value.fields) == [place]
