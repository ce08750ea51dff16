"""`clinic-desk import` and `export` without a window: JSON out, and what the exit code says."""

import json
from pathlib import Path

import pytest

from clinic_desk import cli
from clinic_desk.ui.single_instance import SingleInstance
from clinic_desk.usecases.desk import Desk
from tests.support.records import PASSPHRASE

GOOD = "Surname,First name,DOB\nMuster,Jo,1980-12-25\n"


@pytest.fixture
def data(desk: Desk, tmp_path: Path) -> list[str]:
    """The options that open the practice; the desk itself has let go of it."""
    desk.store.close()
    secret = tmp_path / "secret"
    secret.write_text(PASSPHRASE + "\r\nmore\n")
    return ["--data", str(tmp_path / "practice"), "--passphrase-file", str(secret)]


def _run(
    capsys: pytest.CaptureFixture[str], *arguments: object
) -> tuple[int, dict[str, object], str]:
    code = cli.run([str(one) for one in arguments])
    out, err = capsys.readouterr()
    return code, json.loads(out) if out else {}, err


def test_import_reports_and_exits_by_what_was_taken(
    tmp_path: Path, data: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "people.csv"
    path.write_text(GOOD)
    code, said, _err = _run(capsys, "import", path, "--dry-run", *data)
    assert (code, said["new"], said["files"][0]["dry_run"]) == (0, 1, True)  # type: ignore[index]
    code, said, _err = _run(capsys, *data[:2], "import", path, *data[2:])
    assert (code, said["read"], said["new"], said["refused"]) == (0, 1, 1, [])
    path.write_text(GOOD + "Sonst,Kim,1990-02-30\nNeu,Ida,1990-02-03\n")
    code, said, _err = _run(capsys, "import", path, *data)
    assert (code, said["new"], said["known"]) == (1, 1, 1)
    (refused,) = said["refused"]  # type: ignore[misc]
    assert (refused["file"], refused["row"]) == ("people.csv", "line 3")
    path.write_text("Surname,DOB\nSonst,1990-02-30\n")
    assert _run(capsys, "import", path, *data)[0] == 2


def test_a_map_says_what_columns_mean(
    tmp_path: Path, data: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    path, declared = tmp_path / "people.csv", tmp_path / "map.toml"
    path.write_text("A;B\nMuster;03/04/2001\n")
    declared.write_text(
        "[columns]\nA = 'family_name'\nB = 'birth_date'\n[dates]\nbirth_date = {order = 'dmy'}\n"
    )
    code, said, _err = _run(capsys, "import", path, "--map", declared, *data)
    assert (code, said["new"]) == (0, 1)
    declared.write_text("[columns]\nC = 'family_name'\n")
    code, said, _err = _run(capsys, "import", path, "--map", declared, *data)
    assert (code, said["refused"][0]["row"]) == (2, "C")  # type: ignore[index]


def test_a_broken_file_does_not_stop_the_next_one(
    tmp_path: Path, data: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    good, broken = tmp_path / "good.csv", tmp_path / "broken.csv"
    good.write_text(GOOD)
    broken.write_text('a,b\n"1,2\n')
    code, said, _err = _run(capsys, "import", broken, tmp_path / "none.csv", good, *data)
    assert (code, said["new"]) == (1, 1)
    assert [one["file"] for one in said["refused"]] == ["broken.csv", "none.csv"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda data: [data[0], "/nowhere", *data[2:]], "holds no practice"),
        (lambda data: data[:2], "nobody to ask"),
        (lambda data: [*data[:3], "/nowhere"], "--passphrase-file"),
    ],
)
def test_what_cannot_be_opened_is_refused(
    tmp_path: Path,
    data: list[str],
    capsys: pytest.CaptureFixture[str],
    change: object,
    says: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "people.csv"
    path.write_text(GOOD)
    code, _said, err = _run(capsys, "import", path, *change(data))  # type: ignore[operator]
    assert code == 2
    assert says in err


def test_a_wrong_passphrase_is_refused(
    tmp_path: Path, data: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "secret").write_text("something else\n")
    code, _said, err = _run(capsys, "import", tmp_path / "x.csv", *data)
    assert code == 2
    assert "passphrase" in err


def test_an_open_window_holds_the_practice(
    tmp_path: Path, data: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    holder = SingleInstance(tmp_path / "practice")
    assert holder.take()
    try:
        code, _said, err = _run(capsys, "import", tmp_path / "x.csv", *data)
    finally:
        holder.release()
    assert (code, "already open" in err) == (2, True)


def test_an_exported_practice_is_imported_again(
    tmp_path: Path, data: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    people, seal = tmp_path / "people.csv", tmp_path / "seal"
    people.write_text(GOOD)
    seal.write_text("a passphrase for the archive\n")
    _run(capsys, "import", people, *data)
    out = tmp_path / "out"
    code, said, _err = _run(capsys, "export", "--all", "--out", out, *data)
    assert (code, said["patients"], said["encrypted"]) == (0, 1, False)
    code, again, _err = _run(capsys, "import", said["out"], *data)
    assert (code, again["known"], again["files"][0]["as"]) == (0, 1, "archive")  # type: ignore[index]
    sealed = ["--archive-passphrase-file", seal]
    code, said, _err = _run(
        capsys, "export", "--patient", "1", "--out", out, "--encrypt", *sealed, *data
    )
    assert (code, said["encrypted"]) == (0, True)
    code, again, _err = _run(capsys, "import", said["out"], *sealed, *data)
    assert (code, again["known"]) == (0, 1)
    seal.write_text("another passphrase\n")
    assert _run(capsys, "import", said["out"], *sealed, *data)[0] == 2
    for kind in ("fhir", "csv"):
        code, said, _err = _run(
            capsys, "export", "--all", "--as", kind, "--out", tmp_path / kind, *data
        )
        (file,) = (
            one
            for pattern in ("*.fhir.json", "patients.csv")
            for one in Path(str(said["out"])).glob(pattern)
        )
        code, again, _err = _run(capsys, "import", file, *data)
        assert (code, again["read"]) == (0, 1)
        assert again["known"] == 1
    code, _said, err = _run(capsys, "export", "--patient", "CD-00099", "--out", out, *data)
    assert (code, "CD-00099" in err) == (2, True)
