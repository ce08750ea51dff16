"""Files as public collections of broken CSV, JSON and FHIR have them, through the command.

Never a traceback; always the report, with place and reason; the exit code by what was taken; a
file that is refused leaves the practice as it was.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from clinic_desk import cli, exchange_commands
from clinic_desk.storage.base import Base
from clinic_desk.usecases.desk import Desk
from tests.support import hostile_files
from tests.support.hostile_files import DONE, NOTHING, SOME, Case

Said = dict[str, object]


@pytest.fixture
def unlocked(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The practice stands open, so that hundreds of commands need no passphrase each."""

    @contextmanager
    def at_hand(_options: object) -> Iterator[Desk]:
        yield desk

    monkeypatch.setattr(exchange_commands, "_unlocked", at_hand)
    return desk


def _rows(desk: Desk) -> dict[str, int]:
    with desk.store.reading() as session:
        return {
            table.name: session.execute(select(func.count()).select_from(table)).scalar_one()
            for table in Base.metadata.sorted_tables
        }


def _faults(
    desk: Desk, path: Path, case: Case, kind: str, capsys: pytest.CaptureFixture[str]
) -> list[str]:
    """What is wrong with how one file was taken."""
    before = _rows(desk)
    declared = ["--as", kind] if kind else ["--dry-run"]
    code = cli.run(["import", str(path), *declared])
    out, err = capsys.readouterr()
    try:
        said: Said = json.loads(out)
    except ValueError:
        return [f"{case.name}: no report: {out[:100]!r} {err[:100]!r}"]
    after, refused = _rows(desk), said["refused"]
    assert isinstance(refused, list)
    faults = []
    if code not in case.codes:
        faults.append(f"exit {code}, not {case.codes}: {refused[:2]}")
    if case.says not in out:
        faults.append(f"{case.says!r} is not said: {refused[:2]}")
    if err:
        faults.append(f"said beside the report: {err[:100]}")
    if not all(one["row"] and one["reason"] for one in refused):
        faults.append(f"no place or no reason: {refused[:2]}")
    if code == NOTHING and after != before:
        faults.append("the practice is not as it was")
    if (code != DONE) != bool(refused):
        faults.append(f"exit {code} with {len(refused)} refused")
    brought = ("patients", "contacts", "files")
    if sum(after[one] - before[one] for one in brought) != (said["new"] if kind else 0):
        faults.append("the number of new ones is not right")
    return [f"{case.name}: {fault}" for fault in faults]


@pytest.mark.parametrize(
    ("cases", "kind", "at_least"),
    [
        (hostile_files.json_cases, "fhir", 250),
        (hostile_files.fhir_cases, "fhir", 250),
        (hostile_files.csv_cases, "csv", 70),
        (hostile_files.zip_cases, "archive", 20),
    ],
)
def test_every_broken_file_is_refused_with_place_and_reason_and_nothing_half_done(
    unlocked: Desk,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    cases: Callable[[], Iterator[Case]],
    kind: str,
    at_least: int,
) -> None:
    faults, count = [], 0
    for case in cases():
        path = tmp_path / f"{count}-{case.name[-60:]}"
        path.write_bytes(case.data)
        count += 1
        faults += _faults(unlocked, path, case, kind, capsys)
    assert not faults, "\n".join(faults)
    assert count >= at_least


def test_a_file_of_any_kind_is_looked_at_without_being_told_what_it_is(
    unlocked: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    faults, any_code = [], (DONE, SOME, NOTHING)
    for number, case in enumerate(
        (*hostile_files.json_cases(), *hostile_files.csv_cases(), *hostile_files.zip_cases())
    ):
        path = tmp_path / f"{number}-{case.name[-60:]}"
        path.write_bytes(case.data)
        faults += _faults(unlocked, path, replace(case, codes=any_code, says=""), "", capsys)
    assert not faults, "\n".join(faults)


def test_a_folder_with_a_link_is_no_archive(
    unlocked: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "manifest.json").symlink_to("/etc/passwd")
    case = Case("folder", b"", (NOTHING,), "a link")
    assert _faults(unlocked, folder, case, "archive", capsys) == []
