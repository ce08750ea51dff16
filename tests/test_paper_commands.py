"""Exercises and handouts from the command line."""

import hashlib
import json
from pathlib import Path

import pytest

from clinic_desk import cli
from clinic_desk.library import Library
from tests.documents.reading import letters, overlaps, pages, whole
from tests.support import translated

Run = tuple[int, str, str]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    def go(*arguments: str) -> Run:
        try:
            code = cli.run(arguments)
        except SystemExit as end:  # argparse refuses by itself
            code = int(str(end.code))
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return go


def test_the_list_has_every_exercise_with_stage_minutes_and_languages(run) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = run("exercises", "list")
    rows = json.loads(out)
    assert code == 0
    assert [row["id"] for row in rows] == [one.exercise.id for one in Library().exercises()]
    assert all(row["minutes"] > 0 and row["stage"] in range(1, 5) for row in rows)
    assert all(row["languages"]["en"] == {"reviewed": True} for row in rows)


def test_the_shipped_library_has_no_fault(run) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = run("exercises", "check")
    assert code == 0, out
    assert out.endswith("en, ar, de, es, fr, pt: all right\n")


def test_check_names_file_key_and_reason_of_every_fault(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    root = translated.folder(tmp_path)
    tables = translated.exercises("fr")
    tables["s1_clam"]["steps"] = ["Un."]  # type: ignore[index]
    translated.write(root, "fr", "exercises", tables)
    broken = root / "exercises" / "s2_bridge.toml"
    broken.write_text(broken.read_text("utf-8").replace("stage = 2", "stage = 9"), "utf-8")
    code, out, _ = run("exercises", "check", str(root))
    assert code == 1
    assert "s2_bridge.toml: stage: Input should be less than or equal to 4" in out
    assert "fr/exercises.toml: s1_clam.steps: has 1 entries, English has 3" in out


def test_check_refuses_what_is_no_folder(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    code, _, err = run("exercises", "check", str(tmp_path / "nothing"))
    assert code == 2
    assert "is no folder" in err


def test_the_contact_sheet_shows_every_exercise_once(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    out = tmp_path / "sheet.pdf"
    assert run("exercises", "sheet", "--out", str(out))[0] == 0
    pdf = out.read_bytes()
    read = letters(whole(pdf))
    for one in Library().exercises():
        assert letters(one.exercise.name) in read
        assert read.count(f"{one.exercise.id},stage{one.exercise.stage}") == 1
    assert all(overlaps(pdf, number) == [] for number in range(len(pages(pdf))))
    again = tmp_path / "again.pdf"
    run("exercises", "sheet", "--out", str(again))
    assert again.read_bytes() == pdf


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--paper", "letter", "--preset", "large-print"),
        ("--preset", "clinician", "--lang", "de"),
        ("--lang", "ar", "--lang2", "en", "--weeks", "6", "--advice", "cramp_now", "--stop-rules"),
    ],
)
def test_the_same_handout_is_the_same_bytes(run, tmp_path: Path, options: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    marks = set()
    for name in ("one.pdf", "two.pdf"):
        out = tmp_path / name
        code, said, err = run("handout", "comp_2", "--out", str(out), *options)
        assert (code, said, err) == (0, "", "")
        marks.add(hashlib.sha256(out.read_bytes()).hexdigest())
    assert len(marks) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("acute_g4",), "TEMPLATE: there is no “acute_g4”; did you mean acute_g"),
        (("comp_2", "--lang", "xx"), "--lang: there is no “xx”; known are en, ar"),
        (("comp_2", "--lang2", "frr"), "--lang2: there is no “frr”; did you mean fr"),
        (("comp_2", "--advice", "cramp"), "--advice: there is no “cramp”; did you mean cramp_now"),
        (("comp_2", "--preset", "huge"), "invalid choice: 'huge'"),
    ],
)
def test_what_is_unknown_is_refused_with_what_may_be_meant(
    run,  # type: ignore[no-untyped-def]
    tmp_path: Path,
    arguments: tuple[str, ...],
    said: str,
) -> None:
    out = tmp_path / "x.pdf"
    code, _, err = run("handout", *arguments, "--out", str(out))
    assert code == 2
    assert said in err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_refused_and_nothing_is_left(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    out = tmp_path / "missing" / "x.pdf"
    code, _, err = run("handout", "comp_2", "--out", str(out))
    assert code == 2
    assert "x.pdf could not be saved" in err
    assert list(tmp_path.iterdir()) == []


def test_a_target_that_is_a_folder_stays_as_it_was(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    target = tmp_path / "x.pdf"
    target.mkdir()
    (target / "kept").write_text("kept", "utf-8")
    code, _, err = run("handout", "comp_2", "--out", str(target))
    assert code == 2
    assert "could not be saved" in err
    assert [one.name for one in tmp_path.iterdir()] == ["x.pdf"]
