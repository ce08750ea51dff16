"""Files: taken in whole or not at all, known by their content, never run, never deleted."""

import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import pytest
from PIL import Image
from sqlalchemy import func, select

from clinic_desk.errors import InvalidInput, NotFound, StorageDamaged
from clinic_desk.storage.models import FileContent, FiledFile, FilePiece
from clinic_desk.usecases import cases, file_kinds, file_preview, files, patients
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.files import FileDetails, Stopped

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)
Put = Callable[..., UUID]


@pytest.fixture
def put(desk: Desk, alex: UUID, tmp_path: Path) -> Put:
    """Add a file with a name and bytes to Alex."""

    def add(name: str, data: bytes, **more: UUID) -> UUID:
        path = tmp_path / name
        path.write_bytes(data)
        return files.add(desk, alex, files.examine(path), **more).id

    return add


def counted(desk: Desk) -> tuple[int, int, int]:
    with desk.store.reading() as session:
        kinds = (FileContent, FilePiece, FiledFile)
        return tuple(session.scalar(select(func.count()).select_from(one)) or 0 for one in kinds)


def test_a_file_comes_back_as_it_was(desk: Desk, put: Put, alex: UUID) -> None:
    data = os.urandom(files.PIECE * 2 + 17)
    found = put("scan of the knee.bin", data)
    assert files.content(desk, found) == data
    (row,) = files.listed(desk, alex)
    assert (row.name, row.details.title, row.size) == (
        "scan of the knee.bin",
        "scan of the knee",
        len(data),
    )
    assert row.sha256 == sha256(data).hexdigest()
    assert counted(desk) == (1, 3, 1)


def test_the_same_content_is_kept_once(desk: Desk, put: Put, alex: UUID) -> None:
    first, again = put("one.pdf", PDF), put("two.pdf", PDF)
    assert again == first
    other = patients.register(desk, patients.PatientDetails("Sample", "Sam"))
    with desk.store.reading() as session:
        assert session.get(FiledFile, first) is not None
    path = Path(desk.store.folder).parent / "two.pdf"  # type: ignore[arg-type]
    assert files.add(desk, other, files.examine(path)).before is False
    assert counted(desk) == (1, 1, 2)


@pytest.mark.parametrize(
    ("name", "data", "media", "warns"),
    [
        ("report.pdf", PDF, file_kinds.PDF, ""),
        ("late.pdf", b"junk\n" + PDF, file_kinds.PDF, ""),
        ("report.pdf", b"\x89PNG\r\n\x1a\n....", "image/png", "the content is a PNG picture"),
        ("report.pdf", b"MZ\x90\0", file_kinds.PROGRAM, "never run"),
        ("run.sh", b"echo hello\n", file_kinds.PROGRAM, "never run"),
        ("run", b"#!/bin/sh\n", file_kinds.PROGRAM, "never run"),
        ("notes.txt", "Zürich\n".encode(), file_kinds.TEXT, ""),
        ("notes.txt", "Zürich\n".encode("latin-1"), file_kinds.TEXT, ""),
        ("notes.txt", "Zürich\n".encode("utf-16"), file_kinds.TEXT, ""),
        ("photo.jpg", b"plain words", file_kinds.TEXT, "the content is a text"),
        ("study.dcm", b"\0" * 128 + b"DICM", file_kinds.DICOM, ""),
        ("data.bin", b"\0\1\2\3", file_kinds.OTHER, ""),
    ],
)
def test_what_a_file_is_stands_in_its_bytes(name: str, data: bytes, media: str, warns: str) -> None:
    assert file_kinds.sniff(data, name) == media
    said = file_kinds.warning(name, media)
    assert (warns in said) if warns else said == ""


def test_text_that_the_head_cuts_inside_a_sign_is_text() -> None:
    data = ("a" + "é" * 4000).encode()[: file_kinds.HEAD]
    assert file_kinds.sniff(data, "long.txt") == file_kinds.TEXT


@pytest.mark.parametrize(
    ("raw", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("report\u202efdp.exe", "reportfdp.exe"),
        ("a\0b\nc.pdf", "ab c.pdf"),
        ("con.txt", "_con.txt"),
        ("..", "file"),
        ("", "file"),
        ("what? why*.pdf", "what why .pdf"),
        ("\udcff.pdf", "pdf"),
    ],
)
def test_a_name_keeps_no_folder_and_nothing_that_turns_it(raw: str, safe: str) -> None:
    assert file_kinds.safe_name(raw) == safe


def test_a_long_name_keeps_its_ending() -> None:
    name = file_kinds.safe_name("x" * 400 + ".pdf")
    assert len(name) == 120
    assert name.endswith(".pdf")


def test_a_name_that_is_no_unicode_can_be_filed(desk: Desk, alex: UUID, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe scan.txt"))
    path.write_bytes(b"words")
    found = files.add(desk, alex, files.examine(path))
    assert files.one(desk, found.id).name == "scan.txt"


def test_an_empty_file_is_refused_in_words(desk: Desk, put: Put) -> None:
    with pytest.raises(InvalidInput, match="0 bytes"):
        put("nothing.pdf", b"")
    assert counted(desk) == (0, 0, 0)


def test_a_gigabyte_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "film.iso"
    with path.open("wb") as file:
        file.truncate(1_000_000_000)
    told: list[int] = []
    with pytest.raises(InvalidInput, match=r"film\.iso has 1\.0 GB; a file may have 200 MB"):
        files.examine(path, lambda done, _of: bool(told.append(done)) or True)
    assert told == []


def test_a_folder_and_a_pipe_are_no_files(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (tmp_path, pipe):
        with pytest.raises(InvalidInput, match="not a file"):
            files.examine(path)
    with pytest.raises(InvalidInput, match="could not be read"):
        files.examine(tmp_path / "gone.pdf")


def test_adding_can_be_stopped_and_leaves_nothing(desk: Desk, alex: UUID, tmp_path: Path) -> None:
    path = tmp_path / "large.bin"
    path.write_bytes(os.urandom(files.PIECE * 4))
    found = files.examine(path)
    told: list[tuple[int, int]] = []

    def going(done: int, size: int) -> bool:
        told.append((done, size))
        return len(told) < 3

    with pytest.raises(Stopped):
        files.add(desk, alex, found, going=going)
    assert told[-1] == (files.PIECE * 3, files.PIECE * 4)
    assert counted(desk) == (0, 0, 0)


def test_a_file_that_changes_while_it_is_read_is_refused_whole(
    desk: Desk, alex: UUID, tmp_path: Path
) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(PDF)
    found = files.examine(path)
    path.write_bytes(PDF.replace(b"300", b"301"))
    with pytest.raises(InvalidInput, match="changed while it was read"):
        files.add(desk, alex, found)
    path.write_bytes(PDF + b"more")
    with pytest.raises(InvalidInput, match="changed while it was read"):
        files.add(desk, alex, found)
    assert counted(desk) == (0, 0, 0)


def test_nothing_of_a_file_lies_outside_the_encryption(desk: Desk, put: Put) -> None:
    secret = b"Examplename has a clearly legible secret " * 2000
    put("secret.txt", secret)
    folder = desk.store.folder
    assert folder is not None
    for path in folder.rglob("*"):
        if path.is_file():
            assert b"legible secret" not in path.read_bytes()


def test_a_file_is_described_and_needs_a_title(
    desk: Desk, put: Put, alex: UUID, strain: UUID
) -> None:
    found = put("a.pdf", PDF)
    details = FileDetails("report", "MRI report", None, "Sample Imaging", "", strain)
    version = files.describe(desk, found, 1, details)
    row = files.one(desk, found)
    assert (row.version, row.details, row.case) == (version, details, "Left hamstring strain")
    with pytest.raises(InvalidInput) as refused:
        files.describe(desk, found, version, FileDetails("film", " "))
    assert set(refused.value.fields) == {"kind", "title"}


def test_a_file_cannot_go_to_another_patients_case(desk: Desk, put: Put) -> None:
    found = put("a.pdf", PDF)
    sam = patients.register(desk, patients.PatientDetails("Sample", "Sam"))
    theirs = cases.open_case(desk, sam, cases.CaseDetails("knee pain"))
    with pytest.raises(NotFound):
        files.describe(desk, found, 1, FileDetails("report", "Report", case_id=theirs))


def test_archiving_keeps_all_and_can_be_taken_back(desk: Desk, put: Put, alex: UUID) -> None:
    found = put("a.pdf", PDF)
    assert files.archive(desk, found) is None
    assert files.one(desk, found).archived_at is not None
    assert files.content(desk, found) == PDF
    files.restore(desk, found)
    assert files.one(desk, found).archived_at is None


def test_a_copy_is_written_whole_and_only_where_it_was_asked(
    desk: Desk, put: Put, tmp_path: Path
) -> None:
    data = os.urandom(files.PIECE + 5)
    found = put("a.bin", data)
    out = tmp_path / "out"
    out.mkdir()
    files.save_copy(desk, found, out / "copy.bin")
    assert [path.name for path in out.iterdir()] == ["copy.bin"]
    assert (out / "copy.bin").read_bytes() == data
    assert not os.access(out / "copy.bin", os.X_OK)
    with pytest.raises(Stopped):
        files.save_copy(desk, found, out / "other.bin", lambda _done, _of: False)
    assert [path.name for path in out.iterdir()] == ["copy.bin"]


def test_a_content_that_lost_a_piece_is_told(desk: Desk, put: Put) -> None:
    found = put("a.bin", os.urandom(files.PIECE + 5))
    with desk.store._engine.begin() as connection:  # past every door of the program
        connection.exec_driver_sql("DROP TRIGGER closed_file_pieces_delete")
        connection.exec_driver_sql("DELETE FROM file_pieces WHERE place = 1")
    with pytest.raises(StorageDamaged):
        files.content(desk, found)


def preview(desk: Desk, found: UUID) -> file_preview.FilePreview:
    return file_preview.of(desk, files.one(desk, found))


def test_a_pdf_is_shown_by_its_pages(desk: Desk, put: Put) -> None:
    seen = preview(desk, put("a.pdf", PDF))
    assert (seen.pages, seen.pdf, seen.reason) == (1, PDF, "")


@pytest.mark.parametrize("data", [b"%PDF-1.7\nnothing more", PDF[:80]])
def test_a_damaged_pdf_is_kept_and_says_so(desk: Desk, put: Put, data: bytes) -> None:
    found = put("a.pdf", data)
    assert "damaged or locked" in preview(desk, found).reason
    assert files.content(desk, found) == data


def test_a_picture_is_shown_and_a_damaged_or_giant_one_says_so(
    desk: Desk, put: Put, tmp_path: Path
) -> None:
    Image.new("RGB", (40, 30), (200, 10, 10)).save(tmp_path / "p.png")
    data = (tmp_path / "p.png").read_bytes()
    seen = preview(desk, put("p.png", data)).picture
    assert seen is not None
    assert (seen.width, seen.height, seen.pixels[:4]) == (40, 30, bytes((10, 10, 200, 255)))
    assert "damaged" in preview(desk, put("q.png", data[:40])).reason
    wide = (30_000).to_bytes(4, "big")
    giant = data[:16] + wide + wide + data[24:]
    assert preview(desk, put("r.png", giant)).reason


def test_text_is_shown_without_what_turns_it(desk: Desk, put: Put) -> None:
    seen = preview(desk, put("a.txt", "Knie\u202e tset\0\n<b>bold</b>".replace("\0", "").encode()))
    assert seen.text == "Knie tset\n<b>bold</b>"


def test_a_program_is_kept_and_never_opened(desk: Desk, put: Put) -> None:
    found = put("setup.pdf", b"MZ\x90\0" + b"\0" * 100)
    assert files.one(desk, found).warning
    assert "never opened" in preview(desk, found).reason
