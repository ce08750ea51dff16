"""An encrypted archive is a ZIP that other programs open, read here without the library it is
written with: by the format's description alone.
"""

import hashlib
import hmac
import io
import shutil
import struct
import subprocess
import zipfile
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from clinic_desk.errors import AccessDenied, InvalidInput
from clinic_desk.exchange import aes_zip

WORDS = "correct horse battery"
LETTER = b"Dear colleague, " * 5000


def written(passphrase: str = WORDS) -> bytes:
    out = io.BytesIO()

    def fill(zipped: zipfile.ZipFile) -> int:
        zipped.writestr("patients/CD-00001/Robin Example.txt", LETTER)
        return 1

    assert aes_zip.write(out, passphrase, fill) == 1
    return out.getvalue()


def decrypted(data: bytes, passphrase: str) -> bytes:
    """AE-2 as WinZip describes it: salt, two bytes to check, content, ten bytes of HMAC-SHA1."""
    info = zipfile.ZipFile(io.BytesIO(data)).getinfo(aes_zip.INSIDE)
    assert info.compress_type == 99
    extra = info.extra[info.extra.index(b"\x01\x99") :]
    vendor, strength, real = struct.unpack("<4x2x2sBH", extra[:11])
    assert (vendor, strength, real) == (b"AE", 3, 0)  # AES-256, stored
    name, more = struct.unpack("<HH", data[info.header_offset + 26 : info.header_offset + 30])
    start = info.header_offset + 30 + name + more
    held = data[start : start + info.compress_size]
    salt, check, content, mac = held[:16], held[16:18], held[18:-10], held[-10:]
    keys = hashlib.pbkdf2_hmac("sha1", passphrase.encode(), salt, 1000, 66)
    assert keys[64:] == check
    assert hmac.new(keys[32:64], content, "sha1").digest()[:10] == mac
    blocks = b"".join(n.to_bytes(16, "little") for n in range(1, len(content) // 16 + 2))
    stream = Cipher(algorithms.AES(keys[:32]), modes.ECB()).encryptor().update(blocks)
    return bytes(one ^ other for one, other in zip(content, stream, strict=False))


def test_it_is_what_the_format_says_and_shows_no_name_of_a_patient() -> None:
    data = written()
    assert b"Robin" not in data
    assert zipfile.ZipFile(io.BytesIO(data)).namelist() == [aes_zip.HOW, aes_zip.INSIDE]
    assert b"7-Zip" in zipfile.ZipFile(io.BytesIO(data)).read(aes_zip.HOW)
    inner = zipfile.ZipFile(io.BytesIO(decrypted(data, WORDS)))
    assert inner.read("patients/CD-00001/Robin Example.txt") == LETTER


@pytest.mark.skipif(not shutil.which("7zz"), reason="needs 7-Zip")
def test_7_zip_opens_it(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(written())
    subprocess.run(["7zz", "x", f"-p{WORDS}", "a.zip"], cwd=tmp_path, check=True)
    inner = zipfile.ZipFile(tmp_path / aes_zip.INSIDE)
    assert inner.read("patients/CD-00001/Robin Example.txt") == LETTER


def test_it_is_opened_by_its_passphrase_only_and_any_damage_is_said() -> None:
    data = written()
    assert aes_zip.is_one(io.BytesIO(data))
    most = len(data)
    inner = zipfile.ZipFile(io.BytesIO(aes_zip.opened(data, WORDS, most)))
    assert inner.read("patients/CD-00001/Robin Example.txt") == LETTER
    with pytest.raises(AccessDenied):
        aes_zip.opened(data, "another passphrase", most)
    with pytest.raises(AccessDenied):
        aes_zip.opened(data, "ein Schl\u00fcssel", most)
    for place in range(60, len(data), max(1, len(data) // 150)):
        harmed = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
        try:
            held = aes_zip.opened(harmed, WORDS, most)
        except (InvalidInput, AccessDenied):
            continue
        assert held == decrypted(data, WORDS)  # the change was in the word on how to open it
    with pytest.raises(InvalidInput):
        aes_zip.opened(data, WORDS, 100)
    with pytest.raises(InvalidInput):
        aes_zip.opened(data[: len(data) // 2], WORDS, most)


@pytest.mark.parametrize(
    "words",
    ["short", "x" * 11, "a" * 12, " " * 14, "abab" * 4, "zw\u00f6lf Zeichen", "a\nline of words"],
)
def test_a_passphrase_that_holds_or_opens_nowhere_is_refused(words: str) -> None:
    with pytest.raises(InvalidInput):
        written(words)
