"""`clinic-desk letter verify` says whether a PDF was issued here."""

import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from pypdf import PdfWriter
from reportlab.pdfgen import canvas

from clinic_desk import cli
from clinic_desk.documents import raster
from clinic_desk.usecases import letters, papers, programs
from clinic_desk.usecases.desk import Desk
from tests.support.records import PASSPHRASE


@pytest.fixture
def issued(desk: Desk, strain: UUID, tmp_path: Path) -> Path:
    content = programs.from_template(desk, strain, "comp_1")
    found = papers.issue_handout(desk, programs.prescribe(desk, strain, replace(content)))
    path = tmp_path / "handout.pdf"
    path.write_bytes(found.pdf)
    return path


def asked(
    capsys: pytest.CaptureFixture[str], desk: Desk, file: Path, words: str, tmp_path: Path
) -> tuple[int, str, str]:
    secret = tmp_path / "secret"
    secret.write_text(words + "\n", encoding="utf-8")
    folder = str(desk.store.folder)
    line = ["letter", "verify", str(file), "--data", folder, "--passphrase-file", str(secret)]
    code = cli.run(line)
    out, err = capsys.readouterr()
    return code, out, err


def test_an_issued_file_is_known_and_a_changed_one_named(
    capsys: pytest.CaptureFixture[str], desk: Desk, issued: Path, tmp_path: Path
) -> None:
    code, out, _err = asked(capsys, desk, issued, PASSPHRASE, tmp_path)
    said = json.loads(out)
    assert code == 0
    assert (said["result"], said["reference"]) == ("issued", "H-2026-001")
    assert said["said"] == "issued here as H-2026-001, unchanged"
    issued.write_bytes(issued.read_bytes() + b"\n")
    code, out, _err = asked(capsys, desk, issued, PASSPHRASE, tmp_path)
    assert code == 1
    assert json.loads(out)["said"] == "issued reference H-2026-001, but changed"


def test_a_strange_file_is_not_known_here(
    capsys: pytest.CaptureFixture[str], desk: Desk, tmp_path: Path
) -> None:
    strange = tmp_path / "strange.pdf"
    bare, scan, locked = PdfWriter(), BytesIO(), BytesIO()
    bare.add_blank_page(200, 200)
    bare.write(scan)
    bare.encrypt("secret", algorithm="AES-256")
    bare.write(locked)
    for held, why in (
        (b"%PDF-1.4 strange", "not a PDF that can be read"),
        (b"", "the file is empty"),
        (scan.getvalue(), "its pages are pictures"),
        (locked.getvalue(), "needs a password"),
    ):
        strange.write_bytes(held)
        code, out, _err = asked(capsys, desk, strange, PASSPHRASE, tmp_path)
        assert code == 1
        assert json.loads(out)["said"].startswith("not known here: ")
        assert why in json.loads(out)["said"]
    code, out, err = asked(capsys, desk, tmp_path, PASSPHRASE, tmp_path)
    assert (code, out) == (2, "")
    assert "directory" in err


def test_a_new_print_of_a_letter_is_told_from_another_practices_letter_of_that_number(
    capsys: pytest.CaptureFixture[str], desk: Desk, strain: UUID, tmp_path: Path
) -> None:
    draft = letters.compose(desk, strain, "certificate-work")
    parts = (replace(one, text=one.text.replace("[…]", "10 Feb 2026")) for one in draft.parts)
    issued = letters.issue(desk, strain, replace(draft, parts=tuple(parts)))
    words = [raster.texts(issued.pdf)[0], issued.reference]
    verdicts = []
    for text in words:
        held = BytesIO()
        page = canvas.Canvas(held)
        for line, said in enumerate(text.split("\n")):
            page.drawString(40, 800 - 12 * line, said)
        page.save()
        file = tmp_path / "print.pdf"
        file.write_bytes(held.getvalue())
        code, out, _err = asked(capsys, desk, file, PASSPHRASE, tmp_path)
        verdicts.append((code, json.loads(out)["said"]))
    assert verdicts == [
        (1, "bears the reference and the fingerprint of L-2026-001, but is another file"),
        (1, "not known here"),
    ]


def test_what_cannot_be_read_or_opened_is_refused(
    capsys: pytest.CaptureFixture[str], desk: Desk, issued: Path, tmp_path: Path
) -> None:
    code, out, err = asked(capsys, desk, tmp_path / "missing.pdf", PASSPHRASE, tmp_path)
    assert (code, out) == (2, "")
    assert "cannot be read" in err
    code, out, err = asked(capsys, desk, issued, "wrong passphrase", tmp_path)
    assert (code, out) == (2, "")
    assert PASSPHRASE not in err


def test_the_folder_may_stand_before_the_command(
    capsys: pytest.CaptureFixture[str], desk: Desk, issued: Path, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_text(PASSPHRASE, encoding="utf-8")
    line = ["--data", str(desk.store.folder), "letter", "verify", str(issued)]
    assert cli.run([*line, "--passphrase-file", str(secret)]) == 0
    assert json.loads(capsys.readouterr().out)["result"] == "issued"
