"""An archive as somebody reads it who has never heard of the program that made it."""

import csv
import hashlib
import io
import json
import re
from datetime import date, datetime
from html.parser import HTMLParser
from pathlib import Path
from uuid import UUID

import pytest

from clinic_desk.exchange import csv_out
from clinic_desk.usecases import exporting, files, patients
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.patients import PatientDetails
from tests.usecases.records import keep_draft_of

KINDS = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "object": dict,
    "array": list,
    "null": type(None),
}
FORMATS = {
    "uuid": UUID,
    "date": date.fromisoformat,
    "date-time": lambda text: datetime.fromisoformat(text.replace("Z", "+00:00")),
}


def _against(schema: dict, value: object, place: str) -> list[str]:
    """What is wrong with a value by its JSON Schema, of the words that ours use."""
    known = {"$schema", "title", "description", "type", "properties", "required", "const"}
    assert set(schema) <= known | {"items", "format", "additionalProperties"}
    if "const" in schema:
        return [] if value == schema["const"] else [f"{place}: {value!r}"]
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if not any(
        isinstance(value, KINDS[kind]) and (kind == "boolean" or not isinstance(value, bool))
        for kind in kinds
    ):
        return [f"{place}: {value!r} is no {kinds}"]
    faults: list[str] = []
    if isinstance(value, str) and "format" in schema:
        FORMATS[schema["format"]](value)
    if isinstance(value, list) and "items" in schema:
        for number, one in enumerate(value):
            faults += _against(schema["items"], one, f"{place}[{number}]")
    if isinstance(value, dict) and "properties" in schema:
        faults += [
            f"{place}.{key} missing" for key in schema.get("required", ()) if key not in value
        ]
        for key, one in value.items():
            if key in schema["properties"]:
                faults += _against(schema["properties"][key], one, f"{place}.{key}")
            elif schema.get("additionalProperties") is False:
                faults.append(f"{place}.{key} is not in the schema")
    return faults


class _Page(HTMLParser):
    VOID = ("meta", "br", "img", "link", "hr", "col")

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in ("script", "iframe", "object", "form")
        assert not any(name.startswith("on") for name, _value in attrs)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture
def archive(desk: Desk, alex: UUID, surgeon: UUID, tmp_path: Path) -> Path:
    keep_draft_of(desk, alex, surgeon)
    scan = tmp_path / "scan.txt"
    scan.write_text("Nothing broken.")
    files.add(desk, alex, files.examine(scan))
    patients.register(desk, PatientDetails('<b>"=1+1"</b>', "'-2", alerts="@SUM(A1)"))
    return exporting.export(desk, tmp_path / "out").out


def test_the_manifest_lists_every_file_with_its_hash(archive: Path) -> None:
    listed = json.loads((archive / "manifest.json").read_text())["files"]
    there = {one.relative_to(archive).as_posix() for one in archive.rglob("*") if one.is_file()}
    assert {one["path"] for one in listed} == there - {"manifest.json"}
    for one in listed:
        data = (archive / one["path"]).read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (one["bytes"], one["sha256"])


def test_every_record_is_as_its_schema_says(archive: Path) -> None:
    path = archive / "schema" / "record.schema.json"
    schema = json.loads(path.read_text())
    records = list(archive.rglob("record.json"))
    assert len(records) == 2
    for one in records:
        assert _against(schema, json.loads(one.read_text()), one.parent.name) == []


def test_every_page_is_whole_and_links_only_to_files_beside_it(archive: Path) -> None:
    pages = list(archive.rglob("*.html"))
    assert len(pages) == 3
    for path in pages:
        page = _Page()
        page.feed(path.read_text())
        assert page.open == []
        for link in page.links:
            assert not re.match(r"[a-z]+:|//", link)
            assert (path.parent / link).is_file()
        assert '<b>"=1+1"' not in path.read_text()


def test_every_bundle_is_fhir_and_its_documents_are_beside_it(archive: Path) -> None:
    from fhir.resources.R4B.bundle import Bundle

    bundles = list(archive.rglob("fhir.json"))
    assert len(bundles) == 2
    documents = 0
    for path in bundles:
        whole = Bundle.model_validate_json(path.read_text())
        references = {entry.fullUrl for entry in whole.entry}
        for reference in re.findall(r'"reference": "([^"]+)"', path.read_text()):
            assert reference in references
        for entry in json.loads(path.read_text())["entry"]:
            if entry["resource"]["resourceType"] == "DocumentReference":
                held = entry["resource"]["content"][0]["attachment"]
                documents += 1
                assert "data" not in held
                assert len((path.parent / held["url"]).read_bytes()) == held["size"]
    assert documents > 1


def test_no_cell_of_a_list_becomes_a_formula(desk: Desk, archive: Path, tmp_path: Path) -> None:
    out = exporting.export(desk, tmp_path / "lists", kind="csv").out
    cells = [
        cell
        for path in out.rglob("*.csv")
        for row in csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline=""))
        for cell in row
    ]
    assert "'@SUM(A1)" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert csv_out.unsafe("'@SUM(A1)") == "@SUM(A1)"
