"""Letter kinds and samples from the command line."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from clinic_desk import cli
from tests.documents.reading import overlaps, pages, whole

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


def test_the_list_has_every_kind_with_languages_and_parts(run) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = run("letter", "kinds")
    rows = {row["id"]: row for row in json.loads(out)}
    assert code == 0
    assert len(rows) == 15
    assert rows["referral-gp"]["required"] == ["question"]
    assert "history" in rows["referral-gp"]["optional"]
    assert "imaging_safety" in rows["imaging-request"]["needs"]
    for row in rows.values():
        assert list(row["languages"]) == ["en", "ar", "de", "es", "fr", "pt"]
        assert row["languages"]["en"] == {"reviewed": True}
        assert row["languages"]["fr"] == {"reviewed": False}


@pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("letter", (612, 792))])
def test_a_sample_is_a_draft_on_the_paper_asked_for(run, tmp_path: Path, paper, size) -> None:  # type: ignore[no-untyped-def]
    out = tmp_path / "sample.pdf"
    code, _, err = run(
        "letter", "sample", "certificate-work", "--out", str(out), "--paper", paper, "--lang", "fr"
    )
    assert (code, err) == (0, "")
    pdf = out.read_bytes()
    read = whole(pdf)
    assert "BROUILLON" in read
    assert "hamstring" not in read
    first = PdfReader(BytesIO(pdf)).pages[0].mediabox
    assert (round(first.width), round(first.height)) == size
    assert all(overlaps(pdf, number) == [] for number in range(len(pages(pdf))))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("referal-gp",), "KIND: there is no “referal-gp”; did you mean referral-gp"),
        (("referral-gp", "--lang", "xx"), "--lang: there is no “xx”; known are en"),
        (("referral-gp", "--paper", "a5"), "invalid choice: 'a5'"),
    ],
)
def test_what_is_not_known_is_refused_with_what_was_meant(
    run, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:  # type: ignore[no-untyped-def]
    out = tmp_path / "sample.pdf"
    code, _, err = run("letter", "sample", *arguments, "--out", str(out))
    assert code == 2
    assert said in err
    assert not out.exists()


def test_a_place_that_cannot_be_written_to_is_named(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    out = tmp_path / "nothing" / "sample.pdf"
    code, _, err = run("letter", "sample", "letter-free", "--out", str(out))
    assert code == 2
    assert "sample.pdf" in err
