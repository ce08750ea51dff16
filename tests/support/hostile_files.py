"""Broken and odd files as public collections of them have: each with the exit code it must give.

A case is a name, the bytes, the exit codes that are right, and words that the report must have.
"""

import hashlib
import json
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

DONE, SOME, NOTHING = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Case:
    name: str
    data: bytes
    codes: tuple[int, ...] = (NOTHING,)
    says: str = ""


# JSON texts that no reader may take (n_), and those that every one must (y_)
NOT_JSON: tuple[tuple[str, bytes], ...] = (
    ("array_1_true_without_comma", b"[1 true]"),
    ("array_colon", b'["": 1]'),
    ("array_comma_after_close", b'[""],'),
    ("array_double_comma", b"[1,,2]"),
    ("array_extra_close", b'["x"]]'),
    ("array_extra_comma", b'["",]'),
    ("array_incomplete", b'["x"'),
    ("array_inner_without_comma", b"[3[4]]"),
    ("array_invalid_utf8", b"[\xff]"),
    ("array_just_comma", b"[,]"),
    ("array_just_minus", b"[-]"),
    ("array_newlines_unclosed", b'["a",\n4\n,1,'),
    ("array_spaces_vertical_tab", b'["\x0ba"\\f]'),
    ("array_star_inside", b"[*]"),
    ("incomplete_false", b"[fals]"),
    ("incomplete_null", b"[nul]"),
    ("incomplete_true", b"[tru]"),
    ("multidigit_then_00", b"123\x00"),
    ("number_plus_plus", b"[++1234]"),
    ("number_plus_1", b"[+1]"),
    ("number_plus_inf", b"[+Inf]"),
    ("number_minus_01", b"[-01]"),
    ("number_minus_1_0_dot", b"[-1.0.]"),
    ("number_minus_2_dot", b"[-2.]"),
    ("number_minus_nan", b"[-NaN]"),
    ("number_dot_minus_1", b"[.-1]"),
    ("number_dot_2e_minus_3", b"[.2e-3]"),
    ("number_0_1_2", b"[0.1.2]"),
    ("number_0_3e", b"[0.3e]"),
    ("number_0_capital_E_plus", b"[0E+]"),
    ("number_1_000", b"[1 000.0]"),
    ("number_1eE2", b"[1eE2]"),
    ("number_2_dot_e3", b"[2.e3]"),
    ("number_9_dot_e_plus", b"[9.e+]"),
    ("number_inf", b"[Inf]"),
    ("number_nan", b"[NaN]"),
    ("number_infinity", b"[Infinity]"),
    ("number_minus_infinity", b"[-Infinity]"),
    ("number_full_width_digit", "[１]".encode()),
    ("number_expression", b"[1+2]"),
    ("number_hex", b"[0x42]"),
    ("number_bad_bytes_after_e", b"[0e\xff]"),
    ("number_leading_zero", b"[012]"),
    ("number_starting_with_dot", b"[.123]"),
    ("number_with_alpha", b"[1.2a-3]"),
    ("object_bad_value", b'["x", truth]'),
    ("object_bracket_key", b'{[: "x"}\n'),
    ("object_comma_instead_of_colon", b'{"x", null}'),
    ("object_double_colon", b'{"x"::"b"}'),
    ("object_emoji", "{🇨🇭}".encode()),
    ("object_garbage_at_end", b'{"a":"a" 123}'),
    ("object_key_with_single_quotes", b"{key: 'value'}"),
    ("object_lone_continuation_byte", b'{"\xb9":"0",}'),
    ("object_missing_colon", b'{"a" b}'),
    ("object_missing_key", b'{:"b"}'),
    ("object_missing_value", b'{"a":'),
    ("object_no_colon", b'{"a"'),
    ("object_non_string_key", b"{1:1}"),
    ("object_repeated_null", b"{null:null,null:null}"),
    ("object_trailing_comma", b'{"id":0,}'),
    ("object_trailing_comment", b'{"a":"b"}/**/'),
    ("object_slash_comment", b'{"a":"b"}//'),
    ("object_unquoted_key", b'{a: "b"}'),
    ("object_unterminated_value", b'{"a":"a'),
    ("object_with_single_string", b'{ "foo" : "bar", "a" }'),
    ("single_space", b" "),
    ("string_1_surrogate_then_escape", b'["\\uD800\\"]'),
    ("string_escape_u1x", b'["\\uD800\\u1x"]'),
    ("string_accented_without_quotes", "[é]".encode()),
    ("string_backslash_00", b'["\\\x00"]'),
    ("string_escape_x", b'["\\x00"]'),
    ("string_escaped_ctrl_tab", b'["\\\x09"]'),
    ("string_invalid_unicode_escape", b'["\\uqqqq"]'),
    ("string_invalid_utf8_after_escape", b'["\\\xe5"]'),
    ("string_leading_uescaped_thinspace", b'[\\u0020"asd"]'),
    ("string_no_quotes_with_escape", b"[\\n]"),
    ("string_single_doublequote", b'"'),
    ("string_single_quote", b"['single quote']"),
    ("string_unescaped_newline", b'["new\nline"]'),
    ("string_unescaped_tab", b'["\t"]'),
    ("string_unescaped_nul", b'["a\x00a"]'),
    ("structure_open_arrays", b"[" * 100_000),
    ("structure_open_objects", b'[{"":' * 50_000),
    ("structure_deep_and_closed", b"[" * 100_000 + b"]" * 100_000),
    ("structure_angle_bracket", b"<.>"),
    ("structure_ascii_unicode_identifier", b"a\xc3\xa5"),
    ("structure_capitalized_true", b"[True]"),
    ("structure_double_array", b"[][]"),
    ("structure_end_array", b"]"),
    ("structure_incomplete_bom", b"\xef\xbb{}"),
    ("structure_lone_bom", b"\xef\xbb\xbf"),
    ("structure_nul_byte_outside", b"[\x00]"),
    ("structure_no_data", b""),
    ("structure_uescaped_lf", b'[\\u000A""]'),
    ("structure_two_objects", b"{}{}"),
    ("structure_unclosed_object", b'{"asd":"asd"'),
    ("structure_whitespace_word_joiner", b"[\xe2\x81\xa0]"),
    ("structure_whitespace_formfeed", b"[\x0c]"),
    ("huge_exponent", b"[123.456e78999]"),
    ("minus_huge_exponent", b"[-123123e100000]"),
    ("whole_number_of_10000_digits", b"[" + b"9" * 10_000 + b"]"),
    ("same_key_twice", b'{"a":1,"a":2}'),
    ("same_key_twice_escaped", b'{"a":1,"\\u0061":2}'),
    ("lone_high_surrogate", b'["\\uDADA"]'),
    ("lone_low_surrogate", b'["\\uDd1e\\uD834"]'),
    ("surrogate_in_utf8", b'["\xed\xa0\x80"]'),
    ("overlong_utf8", b'["\xc0\xaf"]'),
    ("truncated_utf8", b'["\xe0\xff"]'),
    ("utf8_beyond_unicode", b'["\xf4\xbf\xbf\xbf"]'),
    ("latin_1", '["é"]'.encode("latin-1")),
    ("utf_16_be_no_bom", '["é"]'.encode("utf-16-be")),
    ("utf_16_le_with_bom", '["é"]'.encode("utf-16")),
    ("utf_32", '["é"]'.encode("utf-32")),
    ("nul_in_text", b'["\\u0000"]'),
)
YES_JSON: tuple[tuple[str, bytes], ...] = (
    ("object_empty", b"{}"),
    ("array_empty", b"[]"),
    ("array_with_spaces", b"[[]   ]"),
    ("number", b"[123e65]"),
    ("number_0e1", b"[0e1]"),
    ("number_minus_zero", b"[-0]"),
    ("number_real_capital_e", b"[1E22]"),
    ("number_close_to_zero", b"[-0.000000000000000000000000000000000000000000000000000000000001]"),
    ("object_escaped_null_in_key", b'{"foo\\u00e9bar": 42}'),
    ("object_extreme_numbers", b'{"min": -1.0e+28, "max": 1.0e+28}'),
    ("string_surrogate_pair", b'["\\uD801\\udc37"]'),
    ("string_nonbmp", '["\U0010ffff"]'.encode()),
    ("string_bidi", '["\u202e\u2066"]'.encode()),
    ("string_in_array", b'["asd"]'),
    ("structure_lonely_string", b'"asd"'),
    ("structure_lonely_null", b"null"),
    ("structure_lonely_number", b"42"),
    ("structure_trailing_newline", b'["a"]\n'),
    ("nested_500", b"[" * 500 + b"]" * 500),
    ("nested_900", b"[" * 900 + b"]" * 900),
)


def json_cases() -> Iterator[Case]:
    """Each text as a file, and each array's inside as a value within a Patient."""
    for name, data in NOT_JSON:
        yield Case(f"n_{name}.json", data)
        yield Case(f"n_{name}_in_patient.json", _in_patient(data))
    for name, data in YES_JSON:
        yield Case(f"y_{name}.json", data, says="resourceType")
    whole = json.dumps(patient()).encode()
    yield Case("y_with_bom.json", b"\xef\xbb\xbf" + whole, (DONE,))
    yield Case("y_with_spaces_before.json", b"\n\t  " + whole, (DONE,))
    for at in range(1, len(whole), max(1, len(whole) // 25)):
        yield Case(f"n_truncated_at_{at}.json", whole[:at])
    for depth in (50, 200, 400, 700, 960):
        yield Case(
            f"i_patient_nested_{depth}.json",
            _in_patient(b'{"extension":[' * depth + b"{}" + b"]}" * depth),
            (DONE, NOTHING),
        )
    yield Case("utf_16.json", whole.decode().encode("utf-16"), says="UTF-8")
    yield Case("lines.ndjson", whole + b"\n" + whole, (DONE,), says="stands twice")
    yield Case("lines_broken.ndjson", whole + b"\n{}\n" + whole[:-1], says="line 3")
    yield Case("together.json", whole + b" " + whole, says="Extra data")


def _in_patient(data: bytes) -> bytes:
    return (
        b'{"resourceType":"Patient","name":[{"family":"Nest"}],"extension":[{"url":"http://x.example",'
        b'"valueString":' + data + b"}]}"
    )


def patient(**more: object) -> dict[str, object]:
    """A plain R4 patient."""
    return {
        "resourceType": "Patient",
        "id": "p1",
        "name": [{"family": "Plain", "given": ["Kim"]}],
        "birthDate": "1980-12-25",
        **more,
    }


def bundle(*resources: object, kind: object = "collection", **more: object) -> bytes:
    """Resources in a bundle."""
    entries = [{"resource": one} for one in resources]
    whole = {"resourceType": "Bundle", "type": kind, "entry": entries, **more}
    return json.dumps(whole).encode()


_OTHER_VERSIONS: tuple[tuple[str, dict[str, object]], ...] = (
    ("DSTU2", {"resourceType": "Patient", "name": [{"family": ["Old"], "given": ["A"]}]}),
    ("DSTU2", {"resourceType": "MedicationOrder", "id": "m"}),
    ("DSTU2", {"resourceType": "Conformance", "fhirVersion": "1.0.2"}),
    ("DSTU2", {"resourceType": "Condition", "patient": {}, "dateRecorded": "2015-01-01"}),
    ("STU3", {"resourceType": "CapabilityStatement", "fhirVersion": "3.0.1"}),
    ("STU3", {"resourceType": "Condition", "assertedDate": "2017-01-01"}),
    ("STU3", {"resourceType": "MedicationStatement", "taken": "y"}),
    ("STU3", {"resourceType": "ReferralRequest"}),
    ("R4B", {"resourceType": "CapabilityStatement", "fhirVersion": "4.3.0"}),
    ("R4B", patient(meta={"profile": ["http://hl7.org/fhir/StructureDefinition/Patient|4.3.0"]})),
    ("R5", {"resourceType": "CapabilityStatement", "fhirVersion": "5.0.0"}),
    ("R5", {"resourceType": "Encounter", "status": "completed", "class": [{}]}),
    ("R5", {"resourceType": "MedicationStatement", "medication": {"concept": {}}}),
    ("R5", {"resourceType": "Transport"}),
    ("R6", {"resourceType": "CapabilityStatement", "fhirVersion": "6.0.0-ballot2"}),
)


def fhir_cases() -> Iterator[Case]:
    """Bundles and resources: versions, kinds of bundles, shapes that cannot be."""
    for number, (version, one) in enumerate(_OTHER_VERSIONS):
        yield Case(f"version_{number}_{version}.json", json.dumps(one).encode(), says=version)
        yield Case(f"version_{number}_{version}_in_bundle.json", bundle(one), says=version)
        yield Case(
            f"version_{number}_{version}_beside_r4.json", bundle(patient(), one), says=version
        )
    for kind in ("collection", "transaction", "batch", "searchset", "document", "message"):
        yield Case(f"bundle_{kind}.json", bundle(patient(), kind=kind), (DONE,))
    for kind in ("history", "transaction-response", "batch-response", "subscription", "", None, 7):
        yield Case(f"bundle_{kind}.json", bundle(patient(), kind=kind), says="Bundle.type")
    shapes: tuple[object, ...] = (None, 7, "x", True, [], {}, [[]], [None], [7], ["x"], [{"a": []}])
    for number, shape in enumerate(shapes):
        for name in (
            "name",
            "identifier",
            "telecom",
            "address",
            "gender",
            "birthDate",
            "communication",
            "contact",
            "photo",
            "extension",
            "_birthDate",
            "deceasedDateTime",
            "generalPractitioner",
            "contained",
            "link",
            "meta",
            "id",
            "active",
        ):
            one = patient()
            one[name] = shape
            yield Case(
                f"patient_{name}_{number}.json", json.dumps(one).encode(), (DONE, SOME, NOTHING)
            )
        whole = {"resourceType": "Bundle", "type": "collection", "entry": shape}
        yield Case(f"bundle_entry_{number}.json", json.dumps(whole).encode())
        yield Case(f"bundle_resource_{number}.json", bundle(shape))
        yield Case(f"kind_{number}.json", json.dumps({"resourceType": shape}).encode())
    for day in ("1980", "1980-12", "1980-13", "1980-02-30", "0000-01-01", "3000-01-01", "25.12.80"):
        yield Case(f"born_{day}.json", json.dumps(patient(birthDate=day)).encode(), (DONE, NOTHING))
    for kind in ("Organization", "ValueSet", "Group", "Nonsense", "Bundle", "a" * 5000, "../x"):
        yield Case(f"only_{kind[:20].strip('./')}.json", bundle({"resourceType": kind, "id": "1"}))
    yield Case("no_entries.json", bundle(), says="nobody")
    yield Case("xml.json", b'<Patient xmlns="http://hl7.org/fhir"/>', says="XML")
    yield Case("xml.xml", b'<?xml version="1.0"?><Patient/>', says="XML")
    yield Case("entity_bomb.xml", b'<!DOCTYPE x [<!ENTITY a "aa">]><x>&a;</x>', says="XML")


_HEADER = "Surname,First name,DOB\n"


def csv_cases() -> Iterator[Case]:
    """Lists with everything that public collections of broken CSV have."""
    yield Case("empty.csv", b"", says="no row")
    yield Case("only_bom.csv", b"\xef\xbb\xbf", says="no row")
    yield Case("only_bom_16.csv", b"\xff\xfe", says="no row")
    yield Case("only_breaks.csv", b"\r\n\r\n\n\r", says="no row")
    yield Case("only_spaces.csv", b"  \t \n ", says="no row")
    yield Case("only_delimiters.csv", b",,,\n,,,\n", says="no row")
    yield Case("only_header.csv", _HEADER.encode(), says="nobody")
    yield Case("only_separator.csv", b"sep=;\n", says="no row")
    yield Case("no_name_column.csv", b"a,b\n1,2\n", says="family name")
    yield Case("one_number.csv", b"42", says="family name")
    text = 'Surname,First name,DOB\n"Da ""X"" Silva","Jo\nAnn {0}",198{0}-12-25\nSon {0},Kim,\n'
    for number, ends in enumerate(("\n", "\r\n", "\r")):
        data = text.format(number).replace("\n", ends).encode()
        yield Case(f"ends_{number}.csv", data, (DONE,))
    yield Case("ends_mixed.csv", b"Surname,DOB\r\nA1,1980-01-01\nB1,1980-01-02\rC1,\r\n", (DONE,))
    yield Case("no_end.csv", b"Surname,DOB\nEnd,1980-01-01", (DONE,))
    for number, sign in enumerate((",", ";", "\t", "|")):
        rows = "\n".join(sign.join(row) for row in (("Surname", "DOB"), ("Sign", "1970-01-01")))
        yield Case(f"sign_{number}.csv", rows.encode(), (DONE, NOTHING))
    yield Case("told_sign.csv", b"sep=^\nSurname^DOB\nTold^1971-01-01\n", (DONE,))
    yield Case("told_sign_quoted.csv", b'"sep=;"\r\nSurname;DOB\r\nQuoted;1972-01-01\r\n', (DONE,))
    for code in (
        "latin-1",
        "cp1252",
        "cp1250",
        "mac_roman",
        "utf-8",
        "utf-8-sig",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
    ):
        rows = f"Surname,First name\nMüller {code},Jörg Straße\nGrün {code},Käthe\n"
        yield Case(f"code_{code}.csv", rows.encode(code), (DONE,))
    for code in ("cp1251", "koi8_r", "iso8859_5", "cp866"):
        rows = f"Surname,First name\nИванов,Пётр {code}\nСмирнова,Анна {code}\n"
        yield Case(f"code_{code}.csv", rows.encode(code), (DONE, NOTHING))
    for code in ("shift_jis", "euc_jp", "iso2022_jp"):
        rows = f"Surname,First name\n山田,太郎 {code}\n田中,花子 {code}\n"
        yield Case(f"code_{code}.csv", rows.encode(code), (DONE, NOTHING))
    yield Case("damaged_utf8.csv", "Surname\nMüllär\nJö".encode() + b"\xc3\n", says="line 3")
    yield Case("surrogate.csv", b"Surname\nA\xed\xa0\x80\n", (DONE, NOTHING))
    yield Case("utf16_odd.csv", "Surname\nOdd".encode("utf-16") + b"\x00", says="line")
    yield Case("utf16_surrogate.csv", b"\xff\xfeS\x00u\x00\x00\xd8a\x00", says="line 1")
    yield Case("nul.csv", b"Surname\nA\x00B\n", says="line 2")
    yield Case("nul_first.csv", b"\x00Surname\nAB\n", says="line 1")
    yield Case("nul_escaped_in_16.csv", "Surname\nA\0B\n".encode("utf-16"), says="line 2")
    yield Case("control.csv", b"Surname\nBell\x07\x1b[31m\n", (DONE, NOTHING))
    yield Case("unclosed.csv", b'Surname,DOB\n"Open,1980-01-01\nX,\n', (SOME,), "never closed")
    yield Case("unclosed_long.csv", b'Surname\n"' + b"x\n" * 200_000, says="never closed")
    yield Case("after_quote.csv", b'Surname\n"A"b\n', says="quotation")
    yield Case("quote_inside.csv", b'Surname,DOB\nA"b"c,\n', (DONE,))
    yield Case("only_quotes.csv", b'""\n""\n', says="no row")
    yield Case("ragged_short.csv", b"Surname,First name\nFull,A\nShort\n", (SOME,), "cells")
    yield Case("ragged_long.csv", b"Surname,First name\nFull2,A\nLong,B,C,D\n", (SOME,), "cells")
    yield Case("ragged_all.csv", b"Surname,First name\nA\nB\n", says="line 2")
    yield Case("trailing_signs.csv", b"Surname,First name,,\nTrail,B,,\n", (DONE,))
    yield Case("same_headers.csv", b"Surname,Surname,DOB\nTwin,Other,1990-01-01\n", (DONE,))
    yield Case("empty_headers.csv", b",,\nEmpty,,\n", says="family name")
    yield Case("cell_1_mb.csv", b"Surname\n" + b"x" * 1024 * 1024 + b"\n", says="line 2")
    yield Case("line_2_mb.csv", b"Surname," + b"," * 2_000_000 + b"\n", says="line 1")
    yield Case("columns_10000.csv", b",".join([b"Surname"] * 10_000) + b"\nA\n", says="10000")
    yield Case("name_of_100000.csv", b"Surname\n" + b"y" * 99_999 + b"\n", says="line 2")
    yield Case("png.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", says="line")
    yield Case("pdf.csv", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\n")
    yield Case("xls.csv", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, says="Excel")
    yield Case("exe.csv", b"MZ\x90\0\x03\0\0\0", says="line 1")
    yield Case("gzip.csv", b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03abc")
    yield Case("html.csv", b"<html><table><tr><td>Surname</td></tr></table></html>", says="")
    yield Case("formula.csv", b"Surname,First name\n=1+1,\"=cmd|' /C calc'!A0\"\n", (DONE,))
    yield Case("bad_dates.csv", b"Surname,DOB\nD1,31.02.1990\nD2,1990-13-01\nD3,soon\n")
    yield Case("far_dates.csv", b"Surname,DOB\nF1,9999-12-31\nF2,0001-01-01\nF3,99999-01-01\n")
    yield Case("dates_mixed.csv", b"Surname,DOB\nM1,03/04/2001\n", says="day or the month")
    yield Case("no_family.csv", b"Surname,First name\n,Kim\n", says="family name")
    yield Case("twins_in_file.csv", b"Surname,DOB\nTw,1991-01-01\nTw,1991-01-01\n", (SOME,), "same")
    yield Case(
        "broken_number.csv",
        b"Surname,Phone,DOB\nExp,4.91512E+11,1990-02-02\n",
        says="shortened by a spreadsheet",
    )


_MANIFEST = {"format": "clinic-desk-archive", "version": 1, "files": []}


def zip_cases() -> Iterator[Case]:
    """Archives that lead out of themselves, unpack to far too much, or are none."""
    plain = _zipped({"manifest.json": json.dumps(_MANIFEST).encode()})
    yield Case("empty_archive.zip", plain)
    yield Case("nothing.zip", b"")
    yield Case("empty.zip", _zipped({}), says="manifest")
    for at in (4, 20, 40, len(plain) // 2, len(plain) - 3):
        yield Case(f"truncated_{at}.zip", plain[:at])
    for number, name in enumerate(
        (
            "../out.txt",
            "a/../../out.txt",
            "/etc/passwd",
            "C:\\out.txt",
            "a\\..\\..\\out.txt",
            "./a",
            "a//b",
            "con\x01trol",
            "x" * 5000,
        )
    ):
        yield Case(f"name_{number}.zip", _zipped(_listed({name: b"x"})))
    link = zipfile.ZipInfo("link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    yield Case("link.zip", _zipped(_listed({"link": b"/etc/passwd"}), link), says="link")
    yield Case("bomb.zip", _zipped({"record.json": b"0" * 50_000_000}), says="tightly")
    nested = _zipped({"a.zip": _zipped({"b.zip": _zipped({"c": b"0" * 10_000_000})})})
    yield Case("bomb_in_bomb.zip", nested, says="manifest")
    yield Case("workbook.zip", _zipped({"[Content_Types].xml": b"<x/>"}), says="workbook")
    for number, manifest in enumerate(
        (b"", b"{}", b"[]", b"null", b"[" * 100_000, b"\xff", b'{"files":7}', b"NaN")
    ):
        yield Case(f"manifest_{number}.zip", _zipped({"manifest.json": manifest}))
    yield Case("record_deep.zip", _zipped(_listed({"record.json": b"[" * 100_000})))
    yield Case("record_none.zip", _zipped(_listed({"record.json": b"null"})))
    yield Case("no_record.zip", _zipped(_listed({"x.txt": b"x"})), says="record.json")


def _listed(files: dict[str, bytes]) -> dict[str, bytes]:
    """Files with the manifest that fits them."""
    lines = [
        {"path": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in files.items()
    ]
    return {**files, "manifest.json": json.dumps(_MANIFEST | {"files": lines}).encode()}


def _zipped(files: dict[str, bytes], *infos: zipfile.ZipInfo) -> bytes:
    own = {info.filename: info for info in infos}
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, data in files.items():
            zipped.writestr(own.get(name, name), data)
    return out.getvalue()
