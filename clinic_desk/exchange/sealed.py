"""An encrypted archive as it was written before `aes_zip`: AES-256-GCM in pieces, under a key from
Argon2id. It is only read.

The container, for whoever has to read it in thirty years:

    8 bytes   "CDARCH1\\n"
    4 bytes   length of the header, big-endian
    header    JSON: {"kdf": "argon2id", "memory_kib", "passes", "lanes", "salt" (base64),
              "cipher": "aes-256-gcm", "nonce" (base64, 7 bytes), "piece": bytes of a piece}
    pieces    each `piece` bytes of content (the last one shorter) and its 16-byte tag

The nonce of a piece is the header's 7 bytes, the piece's number in 4 bytes big-endian, and one
byte: 1 for the last piece, else 0 (the STREAM construction, so that no piece can be dropped,
moved or cut off). The header's bytes are the associated data of every piece. The content is a
ZIP file.
"""

import base64
import json
import struct

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from clinic_desk.errors import AccessDenied, InvalidInput
from clinic_desk.i18n import _

MAGIC = b"CDARCH1\n"
_TAG = 16
_MOST_MEMORY_KIB = 2 * 1024 * 1024  # what a stranger's file may ask of this computer


def _key(passphrase: str, salt: bytes, memory_kib: int, passes: int, lanes: int) -> bytes:
    return hash_secret_raw(passphrase.encode("utf-8"), salt, passes, memory_kib, lanes, 32, Type.ID)


def _nonce(prefix: bytes, number: int, last: bool) -> bytes:
    return prefix + struct.pack(">IB", number, last)


def opened(data: bytes, passphrase: str) -> bytes:
    """The content. Raises AccessDenied (the passphrase is not its own), InvalidInput (damaged)."""
    start = len(MAGIC) + 4
    damaged = InvalidInput({_("archive"): _("this encrypted archive is damaged or cut off")})
    if not data.startswith(MAGIC) or len(data) < start:
        raise damaged
    (length,) = struct.unpack(">I", data[len(MAGIC) : start])
    header = data[start : start + length]
    try:
        said = json.loads(header)
        salt, prefix = (base64.b64decode(said[name], validate=True) for name in ("salt", "nonce"))
        memory, passes, lanes = (int(said[name]) for name in ("memory_kib", "passes", "lanes"))
        piece = int(said["piece"])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise damaged from None
    if said.get("kdf") != "argon2id" or said.get("cipher") != "aes-256-gcm":
        raise InvalidInput({_("archive"): _("it is encrypted in a way that is not known here")})
    asked = memory <= _MOST_MEMORY_KIB and 1 <= passes <= 20 and 1 <= lanes <= 16
    if not asked or not 8 * lanes <= memory or len(prefix) != 7 or not 8 <= len(salt) <= 64:
        raise damaged
    if not 1 <= piece <= 1 << 26:
        raise damaged
    cipher = AESGCM(_key(passphrase, salt, memory, passes, lanes))
    found = bytearray()
    at, number = start + length, 0
    while True:
        end = min(at + piece + _TAG, len(data))
        last = end == len(data)
        try:
            found += cipher.decrypt(_nonce(prefix, number, last), data[at:end], header)
        except (InvalidTag, ValueError):
            if number:
                raise damaged from None
            raise AccessDenied(
                _("This passphrase does not open the archive, or its beginning is damaged.")
            ) from None
        if last:
            return bytes(found)
        at, number = end, number + 1
