"""An encrypted archive as a ZIP with AES-256, which 7-Zip, WinZip, Keka and others open.

A ZIP shows the names of what it holds to everybody, so the archive is one ZIP inside the other:
outside stand only `records.zip`, encrypted, and a word on how to open it. The format's own key
stretching is weak by today's measure, which is why a short passphrase is refused; and programs
differ in how they read other letters than those of a plain keyboard, which is why these are too.
"""

import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import BinaryIO, cast

from clinic_desk.errors import AccessDenied, InvalidInput
from clinic_desk.i18n import _

INSIDE = "records.zip"
HOW = "how to open this.txt"
SHORTEST = 12  # signs of a passphrase
FEWEST = 5  # different ones among them
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_HOW = """\
This is an encrypted copy of records from Clinic Desk: a ZIP file with AES-256.

Open it with 7-Zip, WinZip, Keka or another program that knows AES-256 in ZIP files, and give the
passphrase for records.zip. The Explorer of Windows and the Finder of macOS do not know it.
records.zip is a plain ZIP; unpack it and open index.html in any browser.
"""
_BROKEN = (
    zipfile.BadZipFile,
    AttributeError,  # of the library, where the two headers of a member differ
    struct.error,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    ValueError,
)


def refuse_weak(passphrase: str) -> None:
    """Raises InvalidInput for a passphrase that would not hold, or not open elsewhere."""
    if len(passphrase) < SHORTEST:
        raise InvalidInput({"passphrase": _("at least {count} characters").format(count=SHORTEST)})
    if len(set(passphrase)) < FEWEST:
        raise InvalidInput(
            {"passphrase": _("at least {count} different characters").format(count=FEWEST)}
        )
    if not (passphrase.isascii() and passphrase.isprintable()):
        raise InvalidInput(
            {"passphrase": _("only A to Z, digits and plain signs, so that other programs open it")}
        )


def write(target: BinaryIO, passphrase: str, fill: Callable[[zipfile.ZipFile], int]) -> int:
    """Write an encrypted archive; `fill` puts the members into the ZIP inside, and its number is
    given back. Nothing of it is in the clear meanwhile.
    """
    import pyzipper  # a tenth of a second, and seldom needed

    refuse_weak(passphrase)
    with pyzipper.AESZipFile(target, "w", allowZip64=True) as outer:
        outer.writestr(outer.zipinfo_cls(HOW, _EARLIEST), _HOW.encode())
        outer.setpassword(passphrase.encode("ascii"))
        outer.setencryption(pyzipper.WZ_AES, nbits=256)
        with (
            outer.open(outer.zipinfo_cls(INSIDE, _EARLIEST), "w", force_zip64=True) as held,
            zipfile.ZipFile(cast("BinaryIO", held), "w", zipfile.ZIP_DEFLATED) as inner,
        ):
            return fill(inner)


def is_one(file: BinaryIO) -> bool:
    """Whether it is an archive that `write` made."""
    try:
        with zipfile.ZipFile(file) as outer:
            return bool(outer.getinfo(INSIDE).flag_bits & 1)
    except (KeyError, RuntimeError, *_BROKEN):
        return False


def opened(data: bytes, passphrase: str, most: int) -> bytes:
    """The ZIP inside. Raises AccessDenied (the passphrase is not its own), InvalidInput (damaged,
    or more than `most` bytes).
    """
    import pyzipper  # a tenth of a second, and seldom needed

    damaged = InvalidInput({_("archive"): _("this encrypted archive is damaged or cut off")})
    try:
        with pyzipper.AESZipFile(BytesIO(data)) as outer:
            info = outer.getinfo(INSIDE)
            if info.compress_type != zipfile.ZIP_STORED or info.file_size > most:
                raise damaged
            outer.setpassword(passphrase.encode("utf-8", "replace"))
            return bytes(outer.read(info))
    except RuntimeError as error:
        if "password" in str(error).lower():
            raise AccessDenied(
                _("This passphrase does not open the archive, or its beginning is damaged.")
            ) from None
        raise damaged from None
    except (KeyError, pyzipper.BadZipFile, *_BROKEN):
        raise damaged from None
