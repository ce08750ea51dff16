"""Reading PDFs back with readers that are not ours."""

import re
import unicodedata
from io import BytesIO

import pypdf
import pypdfium2


def pages(pdf: bytes) -> list[str]:
    """Each page's text as pdfium copies it."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        found = []
        for number in range(len(document)):
            page = document[number]
            words = page.get_textpage()
            found.append(words.get_text_range())
            words.close()
            page.close()
        return found
    finally:
        document.close()


def flat(text: str) -> str:
    """Text without its line breaks; U+FFFE is how pdfium marks a hyphen at a line's end."""
    text = re.sub("\ufffe\\s*", "-", text)
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip()


def whole(pdf: bytes) -> str:
    """The text of all pages, flat."""
    return flat(" ".join(pages(pdf)))


def letters(text: str) -> str:
    """Text without any space, for what lines may part anywhere."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text.replace("\ufffe", "-")))


def second_reader(pdf: bytes) -> str:
    """The text as pypdf reads it, without spaces."""
    return letters(" ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages))


def fonts(pdf: bytes) -> dict[str, bool]:
    """The name of each font that any page may use, and whether it is embedded."""
    found = {}
    for page in pypdf.PdfReader(BytesIO(pdf)).pages:
        for reference in page["/Resources"]["/Font"].values():
            font = reference.get_object()
            descriptor = font.get("/FontDescriptor")
            found[str(font["/BaseFont"])] = bool(
                descriptor and "/FontFile2" in descriptor.get_object()
            )
    return found


def boxes(pdf: bytes, number: int = 0) -> list[tuple[float, float, float, float, str]]:
    """Each piece of text on a page as (left, bottom, right, top, text)."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[number]
        words = page.get_textpage()
        found = []
        for index in range(words.count_rects()):
            box = words.get_rect(index)
            found.append((*box, words.get_text_bounded(*box)))
        words.close()
        page.close()
        return found
    finally:
        document.close()


def overlaps(pdf: bytes, number: int = 0) -> list[tuple[str, str]]:
    """Pairs of texts on a page that lie over each other by more than a hair."""
    # a box with a line break in it is two right-to-left lines that the reader took for one
    found = [box for box in boxes(pdf, number) if "\n" not in box[4]]
    pairs = []
    for index, (left, bottom, right, top, text) in enumerate(found):
        for other in found[index + 1 :]:
            across = min(right, other[2]) - max(left, other[0])
            down = min(top, other[3]) - max(bottom, other[1])
            if across > 1.5 and down > 1.5:
                pairs.append((text, other[4]))
    return pairs


def right_edge(pdf: bytes, script: str, number: int = 0) -> list[float]:
    """The right edges of a page's characters whose Unicode name starts with `script`."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[number]
        words = page.get_textpage()
        text = words.get_text_range()
        found = [
            words.get_charbox(index)[2]
            for index in range(min(len(text), words.count_chars()))
            if unicodedata.name(
                chr(pypdfium2.raw.FPDFText_GetUnicode(words, index)), ""
            ).startswith(script)
        ]
        words.close()
        page.close()
        return found
    finally:
        document.close()
