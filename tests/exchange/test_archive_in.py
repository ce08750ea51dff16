"""Archives that were made to do harm: refused, with the member's name, and nothing unpacked."""

import hashlib
import io
import json
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desk.errors import AccessDenied, InvalidInput
from clinic_desk.exchange import archive_in, sealed
from tests.support.sealed_out import SealedOut


def _manifest(files: dict[str, bytes]) -> bytes:
    listed = [
        {"path": path, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for path, data in files.items()
    ]
    return json.dumps({"format": "clinic-desk-archive", "version": 1, "files": listed}).encode()


def _zip(files: dict[str, bytes], **extra: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for path, data in {**files, "manifest.json": _manifest(files), **extra}.items():
            zipped.writestr(path, data)
    return out.getvalue()


def _refused(tmp_path: Path, data: bytes) -> dict[str, str]:
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    before = set(tmp_path.rglob("*"))
    with pytest.raises(InvalidInput) as refused:
        archive = archive_in.open_archive(path)
        for name in archive.files:
            archive.read(name)
    assert set(tmp_path.rglob("*")) == before
    return refused.value.fields


@pytest.mark.parametrize(
    "path",
    ["../out", "/etc/passwd", "a/../../b", "C:/windows", "a\\b", "..", "//server/x"],
)
def test_a_name_that_leads_out_is_refused(tmp_path: Path, path: str) -> None:
    assert "leads out" in " ".join(_refused(tmp_path, _zip({path: b"x"})).values())


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    fields = _refused(tmp_path, _zip({"bomb": b"\0" * 50_000_000}))
    assert "too tightly" in fields["bomb"]


def test_a_size_that_is_not_so_is_refused(tmp_path: Path) -> None:
    data = bytearray(_zip({"a.txt": b"x" * 100}))
    at = data.rfind(b"PK\x01\x02")
    entry = data.find(b"PK\x01\x02")
    assert entry <= at
    struct.pack_into("<I", data, entry + 24, 3)  # says 3 bytes
    assert _refused(tmp_path, bytes(data))


def test_files_over_each_other_are_refused(tmp_path: Path) -> None:
    data = bytearray(_zip({"a": b"x" * 500, "b": b"y" * 500}))
    first = data.find(b"PK\x01\x02")
    second = data.find(b"PK\x01\x02", first + 1)
    struct.pack_into("<I", data, second + 42, 2)  # its data begin inside the first file's
    assert _refused(tmp_path, bytes(data))


def test_a_name_that_stands_twice_and_a_link_are_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    files = {"a": b"x"}
    with zipfile.ZipFile(out, "w") as zipped:
        zipped.writestr("manifest.json", _manifest(files))
        zipped.writestr("a", b"x")
        with pytest.warns(UserWarning, match="Duplicate"):
            zipped.writestr("a", b"y")
    assert "twice" in _refused(tmp_path, out.getvalue())["a"]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        link = zipfile.ZipInfo("a")
        link.external_attr = 0o120777 << 16
        zipped.writestr(link, "/etc/hosts")
        zipped.writestr("manifest.json", _manifest({"a": b"/etc/hosts"}))
    assert "link" in _refused(tmp_path, out.getvalue())["a"]


@pytest.mark.parametrize(
    "manifest",
    [
        b"",
        b"{}",
        b"[" * 10_000,
        b'{"format": "clinic-desk-archive", "version": 2}',
        b'{"format": "clinic-desk-archive", "version": 1, "files": [1]}',
        b'{"format": "clinic-desk-archive", "version": 1, "files": [{"path": "a"}]}',
        b'{"format": "clinic-desk-archive", "version": 1, "files": [{"path": "../a", "bytes": 1, '
        b'"sha256": "' + b"0" * 64 + b'"}]}',
        b'{"format": "clinic-desk-archive", "version": 1, "files": [{"path": "none", "bytes": 1, '
        b'"sha256": "' + b"0" * 64 + b'"}]}',
    ],
)
def test_a_manifest_that_is_not_right_is_refused(tmp_path: Path, manifest: bytes) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        zipped.writestr("manifest.json", manifest)
    assert _refused(tmp_path, out.getvalue())


@pytest.mark.parametrize("cut", [0, 1, 4, 30, 100, -1, -10, -22])
def test_a_cut_off_zip_is_refused(tmp_path: Path, cut: int) -> None:
    data = _zip({"a.txt": b"hello" * 100})
    assert _refused(tmp_path, data[:cut])


@given(st.binary(max_size=200))
def test_any_bytes_are_no_sealed_archive(data: bytes) -> None:
    for begin in (b"", sealed.MAGIC, sealed.MAGIC + b"\0\0\0\x02{}"):
        with pytest.raises((InvalidInput, AccessDenied)):
            sealed.opened(begin + data, "passphrase")


def _sealed(content: bytes) -> bytes:
    out = io.BytesIO()
    target = SealedOut(out, "a passphrase", memory_kib=64)
    for start in range(0, len(content), 300_000):
        target.write(content[start : start + 300_000])
    target.close()
    return out.getvalue()


@pytest.mark.parametrize("size", [0, 1, 1 << 20, (1 << 20) + 1, 3_000_000])
def test_what_was_sealed_is_opened(size: int) -> None:
    content = bytes(index % 251 for index in range(1000)) * (size // 1000 + 1)
    assert sealed.opened(_sealed(content[:size]), "a passphrase") == content[:size]


def test_a_piece_cannot_be_changed_dropped_or_moved() -> None:
    data = _sealed(b"x" * 3_000_000)
    piece = (1 << 20) + 16
    start = len(data) - (3_000_000 + 3 * 16)
    first, second, third = (
        data[start:][:piece],
        data[start:][piece : 2 * piece],
        data[start:][2 * piece :],
    )
    head = data[:start]
    changed = bytes([second[0] ^ 1]) + second[1:]
    for harmed in (
        first + changed + third,
        first + third,
        second + first + third,
        first + second,
        first + second + third + third,
    ):
        with pytest.raises((InvalidInput, AccessDenied)):
            sealed.opened(head + harmed, "a passphrase")


def test_a_strangers_file_cannot_ask_for_all_memory() -> None:
    data = _sealed(b"x")
    harmed = data.replace(b'"memory_kib": 64,', b'"memory_kib": 999999999,')
    head = harmed.index(b"{")
    length = harmed.index(b"}") + 1 - head
    harmed = harmed[: head - 4] + struct.pack(">I", length) + harmed[head:]
    with pytest.raises(InvalidInput):
        sealed.opened(harmed, "a passphrase")
