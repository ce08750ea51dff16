"""The key file opens with the right words only, and shows any damage."""

import json
import unicodedata
from pathlib import Path

import pytest

from clinic_desk.errors import AccessDenied, ClinicError, StorageDamaged, StorageUnavailable
from clinic_desk.storage import keys
from clinic_desk.storage.keys import Keys
from tests.support.records import ACTOR, PASSPHRASE, QUICK


@pytest.fixture
def made() -> tuple[Keys, bytes, str]:
    return Keys.create(ACTOR, PASSPHRASE, QUICK)


def test_the_passphrase_gives_the_person_and_the_key(made: tuple[Keys, bytes, str]) -> None:
    content, key, _ = made
    assert Keys.parse(content.render()).unlock(PASSPHRASE) == (ACTOR, key)


def test_a_wrong_passphrase_is_denied_in_constant_words(made: tuple[Keys, bytes, str]) -> None:
    said = set()
    for wrong in ("", " ", PASSPHRASE + " ", PASSPHRASE.upper(), "x" * 1_000_000, "\0", "\ud800"):
        with pytest.raises(AccessDenied) as denied:
            made[0].unlock(wrong)
        said.add(str(denied.value))
    assert len(said) == 1


def test_composed_and_decomposed_letters_are_the_same_passphrase() -> None:
    content, key, _ = Keys.create(ACTOR, unicodedata.normalize("NFC", "zażółć éclair"), QUICK)
    assert content.unlock(unicodedata.normalize("NFD", "zażółć éclair"))[1] == key


def test_the_recovery_code_forgives_how_it_is_typed(made: tuple[Keys, bytes, str]) -> None:
    content, key, code = made
    assert [len(group) for group in code.split("-")] == [4] * 8
    assert not set(code) & set("ILOU")
    for typed in (
        code,
        code.lower(),
        code.replace("-", " "),
        f"  {code.replace('-', '')}\n",
        code.replace("0", "O").replace("1", "l"),
        code.replace("0", "o").replace("1", "I").replace("-", "–"),
    ):
        assert content.unlock_with_recovery(typed) == key


def test_another_recovery_code_is_denied(made: tuple[Keys, bytes, str]) -> None:
    for typed in ("", keys.new_recovery_code(), made[2][:-1], PASSPHRASE):
        with pytest.raises(AccessDenied):
            made[0].unlock_with_recovery(typed)


def test_the_passphrase_does_not_pass_for_the_recovery_code() -> None:
    content, _, code = Keys.create(ACTOR, PASSPHRASE, QUICK)
    with pytest.raises(AccessDenied):
        content.unlock(code)


def test_every_flipped_bit_and_every_cut_is_damage(made: tuple[Keys, bytes, str]) -> None:
    raw = made[0].render()
    for place in range(len(raw)):
        altered = bytearray(raw)
        altered[place] ^= 1 << place % 8
        with pytest.raises(StorageDamaged):
            Keys.parse(bytes(altered))
    for length in range(0, len(raw), 7):
        with pytest.raises(StorageDamaged):
            Keys.parse(raw[:length])
    for content in (
        raw[:-1],
        raw + b"\n",
        raw.replace(b" ", b"  ", 1),
        b"null",
        b"[]",
        b"{}",
        b"[" * 100_000,
        b"\xff\xfe",
    ):
        with pytest.raises(StorageDamaged):
            Keys.parse(content)


def test_a_wrap_moved_to_another_person_does_not_open(made: tuple[Keys, bytes, str]) -> None:
    plain = json.loads(made[0].render())
    plain["people"][0]["owner"] = "01900000-0000-7000-8000-000000000002"
    del plain["checksum"]
    plain["checksum"] = keys.hashlib.sha256(keys._canonical(plain)).hexdigest()
    moved = Keys.parse(json.dumps(plain, indent=1, sort_keys=True).encode() + b"\n")
    with pytest.raises(AccessDenied):
        moved.unlock(PASSPHRASE)


def test_a_newer_format_is_refused_by_name(made: tuple[Keys, bytes, str]) -> None:
    plain = json.loads(made[0].render())
    del plain["checksum"]
    plain["format"] = 3
    plain["checksum"] = keys.hashlib.sha256(keys._canonical(plain)).hexdigest()
    with pytest.raises(StorageUnavailable, match="newer"):
        Keys.parse(json.dumps(plain, indent=1, sort_keys=True).encode() + b"\n")


def test_the_same_passphrase_is_never_wrapped_the_same_way() -> None:
    first, second = (Keys.create(ACTOR, PASSPHRASE, QUICK)[0].render() for _ in range(2))
    assert first != second


def test_a_write_that_fails_leaves_the_file_from_before(
    tmp_path: Path, made: tuple[Keys, bytes, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "clinic.keys"
    keys.write(path, made[0])
    before = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(keys.os, "fsync", full)
    with pytest.raises(ClinicError, match="from before"):
        keys.write(path, Keys.create(ACTOR, "another one", QUICK)[0])
    assert path.read_bytes() == before
    monkeypatch.undo()
    keys.write(path, made[0])
    assert [item.name for item in tmp_path.iterdir()] == ["clinic.keys"]
    assert path.stat().st_mode & 0o777 in (0o600, 0o666)  # Windows has no such modes
