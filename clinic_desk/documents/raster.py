"""PDF pages as raw pixels, for preview and print.

One page at a time, whoever asks: pdfium is not safe for threads.
"""

import threading

import pypdfium2

from clinic_desk.errors import DocumentFailed


class PasswordNeeded(DocumentFailed):
    """A PDF cannot be read without its password."""


_pdfium = threading.Lock()
_MOST_PIXELS = 120_000_000  # an A3 page at 600 dpi has 70 million; more is a mistake


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has; DocumentFailed where it is not a readable PDF."""
    with _pdfium:
        document = _open(pdf)
        try:
            return len(document)
        finally:
            document.close()


def texts(pdf: bytes, most: int | None = None) -> tuple[str, ...]:
    """The words of each page, or of the first `most`, as a reader program finds them;
    DocumentFailed where it is not a readable PDF.
    """
    with _pdfium:
        document = _open(pdf)
        try:
            pages = range(len(document))[:most]
            return tuple(_words(document, number) for number in pages)
        finally:
            document.close()


def _words(document: pypdfium2.PdfDocument, number: int) -> str:
    sheet = document[number]
    try:
        held = sheet.get_textpage()
        try:
            return str(held.get_text_bounded())
        finally:
            held.close()
    finally:
        sheet.close()


def subject(pdf: bytes) -> str:
    """What a PDF says that it is about; empty where it says nothing or needs a password.

    DocumentFailed where it is not a readable PDF.
    """
    with _pdfium:
        document = _open(pdf)
        try:
            return str(document.get_metadata_value("Subject"))
        finally:
            document.close()


def page(pdf: bytes, index: int, scale: float) -> tuple[int, int, int, bytes]:
    """A page, counted from 0, as (width, height, bytes per row, BGRA bytes) on white.

    Scale 1.0 is 72 dpi. DocumentFailed where the PDF cannot be read, has no such page, or
    the picture would be too large.
    """
    with _pdfium:
        document = _open(pdf)
        try:
            if not 0 <= index < len(document):
                raise DocumentFailed(f"There is no page {index + 1} of {len(document)}.")
            sheet = document[index]
            try:
                width, height = sheet.get_size()
                if scale <= 0 or width * height * scale * scale > _MOST_PIXELS:
                    raise DocumentFailed("The page cannot be shown at this size.")
                bitmap = sheet.render(scale=scale, force_bitmap_format=_BGRA)
                try:
                    return bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer)
                finally:
                    bitmap.close()
            finally:
                sheet.close()
        finally:
            document.close()


_BGRA: int = pypdfium2.raw.FPDFBitmap_BGRA


def _open(pdf: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
            raise PasswordNeeded("The file needs a password.") from error
        raise DocumentFailed("The file is not a readable PDF.") from error


def page_sizes(pdf: bytes, most: int) -> tuple[int, tuple[tuple[float, float], ...]]:
    """How many pages a PDF has, and the width and height in points of the first `most`.

    DocumentFailed where it is not a readable PDF or has no page.
    """
    with _pdfium:
        document = _open(pdf)
        try:
            count = len(document)
            if not count:
                raise DocumentFailed("The PDF has no page.")
            sizes = []
            for index in range(min(count, most)):
                try:
                    sizes.append(document.get_page_size(index))
                except pypdfium2.PdfiumError as error:
                    raise DocumentFailed("The file is not a readable PDF.") from error
            return count, tuple(sizes)
        finally:
            document.close()
