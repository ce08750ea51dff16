"""Archives with rows that a record cannot have, and texts that try every printer and page."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

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


def test_an_archive_of_an_older_program_is_taken_and_what_it_must_say_is_asked_for(
    desk: Desk, other: Desk, full: UUID, tmp_path: Path
) -> None:
    folder = exporting.export(desk, tmp_path / "out", full).out

    def without_what_came_later(tables: Tables) -> None:
        for rows in tables.values():
            for row in rows:
                for name in [one for one, value in row.items() if value is None]:
                    del row[name]

    _rewrite(folder, without_what_came_later)
    assert import_archive.take(other, folder, dry_run=True).new == 1
    assert patients.find(other, "") == ()
    _rewrite(folder, lambda tables: tables["visits"][0].pop("signed_by"))
    for dry_run in (True, False):
        with pytest.raises(InvalidInput, match=r"visits\[1\]\.signed_by"):
            import_archive.take(other, folder, dry_run=dry_run)


def test_two_patients_of_one_number_get_two(
    desk: Desk, other: Desk, full: UUID, tmp_path: Path
) -> None:
    patients.register(desk, PatientDetails("Second", "Sam"))
    folder = exporting.export(desk, tmp_path / "out", None).out

    def first(tables: Tables) -> None:
        tables["patients"][0] |= {"number": "CD-00002", "serial": 2}

    _rewrite(folder, first)
    report = import_archive.take(other, folder)
    assert (report.new, report.refused) == (2, ())
    assert sorted(row.number for row in patients.find(other, "")) == ["CD-00002", "CD-00003"]
