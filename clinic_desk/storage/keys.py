"""The key file: one random data key, wrapped for each person and for the recovery sheet.

Changing a passphrase wraps the same key anew; the data file is never written again for it.
Where several people work, their names stand here in the clear, so that one can be chosen before
anything is open; a single person's name does not.
"""

import base64
import hashlib
import json
import os
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from uuid import UUID

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from clinic_desk.errors import AccessDenied, Locked, StorageDamaged, StorageUnavailable

_FORMAT = 1  # also bound into every wrap
_NAMED = 2  # with names beside the wraps
_GROUPS, _GROUP = 8, 4  # 32 signs of 5 bits: 160 bits
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O, U
_MISREAD = str.maketrans("OILU", "011V")


@dataclass(frozen=True, slots=True)
class Kdf:
    """Argon2id: memory in KiB, passes, lanes. The defaults take about 0.2 s on a laptop."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4


@dataclass(frozen=True, slots=True)
class Wrap:
    """The data key under one secret; `owner` is a person's id or "recovery"."""

    owner: str
    kdf: Kdf
    salt: bytes
    nonce: bytes
    sealed: bytes
    name: str = ""  # of the person; not part of what is sealed

    def _bound(self) -> bytes:
        return f"clinic-desk key {_FORMAT} {self.owner}".encode()

    def open(self, secret: bytes) -> bytes | None:
        """The data key, or None when the secret is not the one."""
        try:
            return AESGCM(_derive(secret, self.salt, self.kdf)).decrypt(
                self.nonce, self.sealed, self._bound()
            )
        except InvalidTag:
            return None


_RECOVERY = "recovery"


def _derive(secret: bytes, salt: bytes, kdf: Kdf) -> bytes:
    return hash_secret_raw(
        secret, salt, kdf.passes, kdf.memory_kib, kdf.lanes, hash_len=32, type=Type.ID
    )


def _seal(owner: str, secret: bytes, key: bytes, kdf: Kdf) -> Wrap:
    blank = Wrap(owner, kdf, secrets.token_bytes(16), secrets.token_bytes(12), b"")
    sealed = AESGCM(_derive(secret, blank.salt, kdf)).encrypt(blank.nonce, key, blank._bound())
    return replace(blank, sealed=sealed)


def _passphrase_bytes(passphrase: str) -> bytes:
    """The same bytes however the keyboard composes the letters."""
    return unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")


def new_recovery_code() -> str:
    """Eight groups of four signs, 160 random bits."""
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def _code_bytes(code: str) -> bytes:
    """The code's signs alone; case, spaces, dashes and look-alikes do not matter."""
    upper = unicodedata.normalize("NFKC", code).upper().translate(_MISREAD)
    return "".join(sign for sign in upper if sign in _ALPHABET).encode()


@dataclass(frozen=True, slots=True)
class Keys:
    """The content of the key file."""

    people: tuple[Wrap, ...]
    recovery: Wrap

    @staticmethod
    def create(person: UUID, passphrase: str, kdf: Kdf) -> tuple["Keys", bytes, str]:
        """New keys with the data key and the recovery code, which are kept nowhere else."""
        key, code = secrets.token_bytes(32), new_recovery_code()
        return (
            Keys(
                (_seal(str(person), _passphrase_bytes(passphrase), key, kdf),),
                _seal(_RECOVERY, _code_bytes(code), key, kdf),
            ),
            key,
            code,
        )

    def unlock(self, passphrase: str, person: UUID | None = None) -> tuple[UUID, bytes]:
        """Whose passphrase it is, and the data key; of one person, if one is given. Raises
        AccessDenied, with the same words whether the person has a wrap or not.
        """
        secret = _passphrase_bytes(passphrase)
        found = [
            (UUID(wrap.owner), key)
            for wrap in self.people
            if person in (None, UUID(wrap.owner)) and (key := wrap.open(secret)) is not None
        ]
        if len(found) > 1:
            raise AccessDenied(
                "More than one person has this passphrase, so it does not say who acts.",
                "Unlock in the window, where the person is chosen, and change one of them.",
            )
        if found:
            return found[0]
        raise AccessDenied("This passphrase does not open the data.", "Nothing was changed.")

    def unlock_with_recovery(self, code: str) -> bytes:
        """The data key by the code of the recovery sheet. Raises AccessDenied."""
        key = self.recovery.open(_code_bytes(code))
        if key is None:
            raise AccessDenied(
                "This recovery code does not open the data.",
                "The code has 8 groups of 4 signs; compare it with the printed sheet.",
            )
        return key

    def holds(self, person: UUID) -> bool:
        """Whether a person has a passphrase here."""
        return any(wrap.owner == str(person) for wrap in self.people)

    def with_passphrase(self, person: UUID, passphrase: str, key: bytes, kdf: Kdf) -> "Keys":
        """The same keys with another passphrase for one person, or a wrap for a new one."""
        mine = _seal(str(person), _passphrase_bytes(passphrase), key, kdf)
        if not self.holds(person):
            return replace(self, people=(*self.people, mine))
        return replace(
            self,
            people=tuple(
                replace(mine, name=wrap.name) if wrap.owner == mine.owner else wrap
                for wrap in self.people
            ),
        )

    def without(self, person: UUID) -> "Keys":
        """The same keys without a person's wrap. Raises Locked for the last one."""
        left = tuple(wrap for wrap in self.people if wrap.owner != str(person))
        if not left:
            raise Locked("One person must be able to open the records.", "Add another one first.")
        return replace(self, people=left)

    def named(self, names: Mapping[UUID, str]) -> "Keys":
        """The same keys with these names, where there is more than one person to choose from."""
        known = {str(person): name for person, name in names.items()}
        several = len(self.people) > 1
        people = (
            replace(wrap, name=known.get(wrap.owner, wrap.name) if several else "")
            for wrap in self.people
        )
        return replace(self, people=tuple(people))

    def render(self) -> bytes:
        """The file's bytes: JSON with a checksum over all the rest."""
        named = any(wrap.name for wrap in self.people)
        content: dict[str, object] = {
            "format": _NAMED if named else _FORMAT,
            "people": [_plain(wrap) for wrap in self.people],
            "recovery": _plain(self.recovery),
        }
        content["checksum"] = hashlib.sha256(_canonical(content)).hexdigest()
        return json.dumps(content, indent=1, sort_keys=True).encode() + b"\n"

    @staticmethod
    def parse(raw: bytes) -> "Keys":
        """Read the file's bytes. Raises StorageDamaged for any change of a single byte, and
        StorageUnavailable for a format of a newer program.
        """
        try:
            content = json.loads(raw)
            checksum = content.pop("checksum")
            whole = hashlib.sha256(_canonical(content)).hexdigest() == checksum
            if whole and content["format"] > _NAMED:
                raise StorageUnavailable(
                    "The key file was written by a newer Clinic Desk.",
                    "Install the newer version; nothing was changed.",
                )
            keys = Keys(
                tuple(_wrap(plain) for plain in content["people"]), _wrap(content["recovery"])
            )
            whole = whole and keys.render() == raw
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            whole = False
        if not whole:
            raise StorageDamaged(
                "The key file clinic.keys is damaged.",
                "Put back clinic.keys and clinic.db together from a backup. Nothing was changed.",
            )
        return keys


def _canonical(content: Mapping[str, object]) -> bytes:
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode()


def _plain(wrap: Wrap) -> dict[str, object]:
    name = {"name": wrap.name} if wrap.name else {}
    return {
        **name,
        "owner": wrap.owner,
        "kdf": {"name": "argon2id", **asdict(wrap.kdf)},
        "salt": base64.b64encode(wrap.salt).decode(),
        "nonce": base64.b64encode(wrap.nonce).decode(),
        "sealed": base64.b64encode(wrap.sealed).decode(),
    }


def _wrap(plain: Mapping[str, object]) -> Wrap:
    kdf = plain["kdf"]
    if not isinstance(kdf, dict) or kdf.get("name") != "argon2id":
        raise ValueError("unknown key derivation")
    salt, nonce, sealed = (
        base64.b64decode(str(plain[name]), validate=True) for name in ("salt", "nonce", "sealed")
    )
    return Wrap(
        str(plain["owner"]),
        Kdf(int(kdf["memory_kib"]), int(kdf["passes"]), int(kdf["lanes"])),
        salt,
        nonce,
        sealed,
        str(plain.get("name", "")),
    )


def read(path: Path) -> Keys:
    """The key file. Raises StorageDamaged, StorageUnavailable."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise StorageUnavailable(
            "The key file cannot be read now.", "Check the data folder and its permissions."
        ) from error
    return Keys.parse(raw)


def write(path: Path, keys: Keys) -> None:
    """Replace the key file in one step: after a power cut it is the old or the new one."""
    fresh = path.with_name(path.name + ".new")
    try:
        fresh.unlink(missing_ok=True)
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(keys.render())
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise StorageUnavailable(
            "The key file could not be written; the one from before is still in place.",
            "Check free space and the data folder's permissions.",
        ) from error


def sync_folder(folder: Path) -> None:
    """Make a rename last through a power cut; Windows does so by itself and cannot be asked."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
