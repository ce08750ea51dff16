"""Writes the encrypted archives of earlier versions, so that they go on being read."""

import base64
import json
import os
import struct
from io import RawIOBase
from typing import BinaryIO

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from clinic_desk.exchange import sealed

_PIECE = 1 << 20
_PASSES, _LANES = 3, 4


class SealedOut(RawIOBase):
    """What is written to it goes encrypted into a file; `close` seals the last piece."""

    def __init__(self, target: BinaryIO, passphrase: str, memory_kib: int = 64) -> None:
        salt, self._prefix = os.urandom(16), os.urandom(7)
        self._header = json.dumps(
            {
                "kdf": "argon2id",
                "memory_kib": memory_kib,
                "passes": _PASSES,
                "lanes": _LANES,
                "salt": base64.b64encode(salt).decode(),
                "cipher": "aes-256-gcm",
                "nonce": base64.b64encode(self._prefix).decode(),
                "piece": _PIECE,
            }
        ).encode()
        self._cipher = AESGCM(sealed._key(passphrase, salt, memory_kib, _PASSES, _LANES))
        self._target = target
        self._held = bytearray()
        self._number = 0
        target.write(sealed.MAGIC + struct.pack(">I", len(self._header)) + self._header)

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._held += data
        while len(self._held) > _PIECE:
            self._seal(bytes(self._held[:_PIECE]), False)
            del self._held[:_PIECE]
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._seal(bytes(self._held), True)
            super().close()

    def _seal(self, piece: bytes, last: bool) -> None:
        nonce = sealed._nonce(self._prefix, self._number, last)
        self._target.write(self._cipher.encrypt(nonce, piece, self._header))
        self._number += 1
