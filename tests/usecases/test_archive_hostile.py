"""Archives with rows that a record cannot have, and texts that try every printer and page."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest

from clinic_desk.errors import InvalidInput
from clinic_desk.usecases import exporting, import_archive, patients
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.patients import PatientDetails
from tests.usecases.records import keep_draft_of
from tests.usecases.test_archive import full, other

__all__ = ["full", "other"]

Tables = dict[str, list[dict[str, object]]]
TEXTS = (
    "<script>alert(1)</script>",
    "{{ 7*7 }} ${7*7} %s",
    "=cmd|' /C calc'!A0",
    "المثال עברית 田中さん",
    "Z̮̞̠͙͔ͅḀ̗̞͈̻̗Ḷ͙͎̯̹̞͓G̻O",
    "👩‍👩‍👧‍👦 🏳️‍🌈",
    "]]> --> <!-- \\ \" '",
    "../../etc/passwd",
    "x" * 190,
)


def _rewrite(folder: Path, harm: Callable[[Tables], None]) -> None:
    """Change the record and make the manifest fit again, as an attacker would."""
    path = folder / "patients" / "CD-00001" / "record.json"
    record = json.loads(path.read_text())
    harm(record["tables"])
    data = json.dumps(record).encode()
    path.write_bytes(data)
    manifest = json.loads((folder / "manifest.json").read_text())
    for one in manifest["files"]:
        if one["path"] == "patients/CD-00001/record.json":
            one |= {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    (folder / "manifest.json").write_text(json.dumps(manifest))


def _set(table: str, column: str, value: object) -> Callable[[Tables], None]:
    return lambda tables: tables[table][0].update({column: value})


@pytest.mark.parametrize(
    "harm",
    [
        _set("patients", "birth_date", "yesterday"),
        _set("patients", "registered_at", "2026-02-03T10:00:00"),
        _set("patients", "family_name", None),
        _set("patients", "family_name", 7),
        _set("patients", "id", "not a uuid"),
        _set("patients", "shoe", 42),
        _set("patients", "serial", 10**30),
        _set("cases", "patient_id", str(uuid4())),
        _set("cases", "referrer_id", str(uuid4())),
        _set("visits", "status", "open"),
        _set("visits", "signed_at", None),
        _set("documents", "sha256", "0" * 64),
        _set("documents", "bytes", {"file": "../../../etc/passwd", "sha256": "0" * 64}),
        _set("documents", "bytes", "text"),
        lambda tables: tables.update({"sqlite_master": []}),
        lambda tables: tables.update({"audit": []}),
        lambda tables: tables["patients"].append(dict(tables["patients"][0])),
        lambda tables: tables["visits"].append(tables["visits"][0] | {"id": str(uuid4())}),
        lambda tables: tables["evaluations"].append(
            tables["evaluations"][0] | {"id": str(uuid4())}
        ),
    ],
)
def test_a_row_that_a_record_cannot_have_refuses_the_archive(
    desk: Desk,
    other: Desk,
    full: object,
    tmp_path: Path,
    harm: Callable[[Tables], None],
) -> None:
    out = exporting.export(desk, tmp_path / "out").out
    _rewrite(out, harm)
    with pytest.raises(InvalidInput) as refused:
        import_archive.take(other, out)
    assert all(place and why for place, why in refused.value.fields.items())
    assert patients.find(other, "") == ()


def test_any_text_goes_out_to_every_form_and_comes_back(
    desk: Desk,
    other: Desk,
    tmp_path: Path,
    surgeon: object,
) -> None:
    for text in TEXTS:
        who = patients.register(
            desk,
            PatientDetails(
                text, text, allergies=text, alerts=text, medicines=text, occupation=text
            ),
        )
        keep_draft_of(desk, who, surgeon)  # type: ignore[arg-type]
    first = exporting.export(desk, tmp_path / "out")
    assert import_archive.take(other, first.out).new == len(TEXTS)
    again = exporting.export(other, tmp_path / "again")
    for path in first.out.rglob("record.json"):
        assert (again.out / path.relative_to(first.out)).read_bytes() == path.read_bytes()
    for page in first.out.rglob("*.html"):
        assert "<script" not in page.read_text()
    exporting.export(desk, tmp_path / "csv", kind="csv")
