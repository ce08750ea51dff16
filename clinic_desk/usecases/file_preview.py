"""What of a file can be looked at inside the program: a PDF, a picture, text. In memory alone."""

from dataclasses import dataclass
from uuid import UUID

from clinic_desk.documents import raster, still
from clinic_desk.errors import ClinicError, DocumentFailed
from clinic_desk.i18n import _
from clinic_desk.usecases import file_kinds, files, typed
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.files import FileRow
from clinic_desk.usecases.paper_views import PageImage

LARGEST = 80_000_000  # bytes that are taken into memory to be looked at
MOST_TEXT = 200_000  # characters; more is nothing that a person reads here
MOST_PAGES = 300
_TURNS = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
_LEGAL = frozenset("\n\t")


@dataclass(frozen=True, slots=True)
class FilePreview:
    """One of a PDF, a picture and a text; or only the reason why nothing is shown."""

    file_id: UUID
    pdf: bytes = b""
    pages: int = 0
    sizes: tuple[tuple[float, float], ...] = ()  # of the pages that are shown, in points
    picture: PageImage | None = None
    text: str = ""
    reason: str = ""


def of(desk: Desk, row: FileRow) -> FilePreview:
    """A file to look at. Raises NotFound, StorageDamaged; a file that is damaged in itself is
    no error here: it was filed as it is.
    """
    shown = row.media == file_kinds.PDF or row.media in file_kinds.IMAGES
    if row.media == file_kinds.PROGRAM:
        return FilePreview(row.id, reason=_("A program is never opened here."))
    if not shown and row.media != file_kinds.TEXT:
        what = file_kinds.named(row.media)
        text = _("No preview: this is a {what}. Save a copy to open it elsewhere.")
        return FilePreview(row.id, reason=text.format(what=what))
    if row.size > LARGEST:
        text = _("With {size} it is too large to be shown here. Save a copy to open it elsewhere.")
        return FilePreview(row.id, reason=text.format(size=files.said_size(row.size)))
    data = files.content(desk, row.id)
    try:
        return _shown(row, data)
    except DocumentFailed as problem:
        kept = _("The file is kept as it came; a copy may open elsewhere.")
        return FilePreview(row.id, reason=f"{_reason(row, problem)} {kept}")


def _shown(row: FileRow, data: bytes) -> FilePreview:
    if row.media == file_kinds.PDF:
        pages, sizes = raster.page_sizes(data, MOST_PAGES)
        return FilePreview(row.id, pdf=data, pages=pages, sizes=sizes)
    if row.media in file_kinds.IMAGES:
        return FilePreview(row.id, picture=PageImage(*still.pixels(data)))
    text = _text(data)
    cut = text[:MOST_TEXT].translate(_TURNS)
    seen = "".join(sign for sign in cut if sign in _LEGAL or sign.isprintable())
    if len(text) > MOST_TEXT:
        seen += "\n\n" + _("… The rest is not shown here.")
    return FilePreview(row.id, text=typed.storable(seen))


def _reason(row: FileRow, problem: ClinicError) -> str:
    if row.media == file_kinds.PDF:
        return _("This PDF is damaged or locked with a password and cannot be shown.")
    return problem.message


def _text(data: bytes) -> str:
    for encoding, mark in (("utf-8-sig", b""), ("utf-16", b"\xff\xfe"), ("utf-16", b"\xfe\xff")):
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                continue
    from charset_normalizer import from_bytes  # slow to load, and few texts need it

    found = from_bytes(data[: 64 * 1024]).best()
    return data.decode(found.encoding if found else "latin-1", errors="replace")
