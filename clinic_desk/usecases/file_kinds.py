"""What a file is, read from its first bytes and never from its name; and a name made safe.

Nothing is ever run. A name only says how a copy will be called, so that it keeps no folder, no
sign that turns it around and nothing that a system refuses.
"""

import re
from pathlib import PurePosixPath

from clinic_desk.i18n import _
from clinic_desk.usecases import typed

HEAD = 4096  # bytes that tell what a file is
PROGRAM = "application/x-program"
OTHER = "application/octet-stream"
TEXT = "text/plain"
PDF = "application/pdf"
DICOM = "application/dicom"
IMAGES = frozenset(
    {"image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp", "image/tiff"}
)

_LONGEST = 120  # characters of a name; every file system takes that
_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"MZ", PROGRAM),
    (b"\x7fELF", PROGRAM),
    (b"#!", PROGRAM),
    (b"\xfe\xed\xfa\xce", PROGRAM),
    (b"\xfe\xed\xfa\xcf", PROGRAM),
    (b"\xce\xfa\xed\xfe", PROGRAM),
    (b"\xcf\xfa\xed\xfe", PROGRAM),
    (b"\xca\xfe\xba\xbe", PROGRAM),
    (b"L\x00\x00\x00\x01\x14\x02\x00", PROGRAM),  # a shortcut runs what it points to
    (b"PK\x03\x04", "application/zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole"),
)
# fmt: off
_PROGRAM_ENDINGS = frozenset((
    "app", "bat", "cmd", "com", "cpl", "desktop", "dll", "exe", "hta", "jar", "js", "jse", "lnk",
    "msi", "msp", "pif", "ps1", "reg", "scr", "sh", "so", "vbe", "vbs", "wsf",
))
# fmt: on
# what a name promises, where it promises anything that the bytes can break
_ENDINGS = {
    "pdf": PDF,
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "bmp": "image/bmp",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "dcm": DICOM,
    "txt": TEXT,
}
_NAMES = {
    PDF: _("PDF"),
    "image/png": _("PNG picture"),
    "image/jpeg": _("JPEG picture"),
    "image/gif": _("GIF picture"),
    "image/webp": _("WebP picture"),
    "image/bmp": _("BMP picture"),
    "image/tiff": _("TIFF picture"),
    DICOM: _("DICOM image"),
    TEXT: _("text"),
    PROGRAM: _("program"),
    "application/zip": _("ZIP archive or office document"),
    "application/x-ole": _("office document"),
    OTHER: _("file of another kind"),
}
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def sniff(head: bytes, name: str) -> str:
    """The media type of a file's first bytes. The name decides only whether text is a program."""
    for start, media in _STARTS:
        if head.startswith(start):
            return PROGRAM if _ending(name) in ("msi", "jar") else media
    if head[:1] == b"B" and head[1:2] == b"M" and head[6:10] == b"\0\0\0\0":
        return "image/bmp"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[128:132] == b"DICM":
        return DICOM
    if b"%PDF-" in head[:1024]:
        return PDF
    if _ending(name) in _PROGRAM_ENDINGS:
        return PROGRAM
    return TEXT if _is_text(head) else OTHER


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if b"\0" in head:
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(head) - 3 and len(head) >= HEAD - 3:
            return True  # a sign that the end of the head cuts
        odd = sum(1 for sign in head if sign < 9 or 13 < sign < 32)
        return odd == 0  # an older encoding of text
    return all(sign >= 32 or 9 <= sign <= 13 or sign == 27 for sign in head)


def named(media: str) -> str:
    """A media type in words."""
    return _NAMES.get(media, _NAMES[OTHER])


def warning(name: str, media: str) -> str:
    """What a person must know before they trust a file; empty for an ordinary one."""
    promised = _ENDINGS.get(_ending(name))
    if media == PROGRAM:
        said = _("This is a program. It is kept as it is and never run here.")
        if promised is not None:
            said = f"{said} {_('Its name says something else: be careful with copies.')}"
        return said
    if promised is not None and promised != media:
        text = _("The name ends in .{ending}, but the content is a {what}.")
        return text.format(ending=_ending(name), what=named(media))
    return ""


def safe_name(raw: str) -> str:
    """A file name without folders, control signs or what turns it around: "report.pdf"."""
    last = typed.line(raw.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1])
    clean = _FORBIDDEN.sub(" ", last)
    clean = re.sub(r"\s+", " ", clean).strip(" .")
    if _RESERVED.match(clean):
        clean = f"_{clean}"
    if len(clean) > _LONGEST:
        ending = PurePosixPath(clean).suffix[:12]
        clean = clean[: _LONGEST - len(ending)].rstrip(" .") + ending
    return clean or "file"


def title_of(name: str) -> str:
    """A title to begin with: the name without its ending, in words."""
    stem = PurePosixPath(name).stem.replace("_", " ").strip()
    return stem or name


def guess(media: str) -> str:
    """The kind that a file is filed as until somebody says."""
    if media == DICOM:
        return "imaging"
    return "photo" if media in IMAGES else "other"


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.removeprefix(".").lower()
