"""The fonts of paper: which one has a character, how wide it is, and which characters none has.

Fonts are read on first need, once per process; Arabic and Chinese ones only when a text
asks for them. Never the machine's fonts: a page looks the same wherever it is made.
"""

import threading
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import lru_cache

from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfbase.ttfonts import FF_NONSYMBOLIC, FF_SYMBOLIC, SUBSETN, TTFont

from clinic_desk import paths
from clinic_desk.documents.content import UnprintableCharacter
from clinic_desk.drawing.shapes import Picture
from clinic_desk.errors import DocumentFailed

REGULAR = "NotoSans-Regular"
BOLD = "NotoSans-Bold"

_LATIN = (REGULAR, "DejaVuSans", "NotoNaskhArabic-Regular", "DroidSansFallback")
_LATIN_BOLD = (BOLD, "DejaVuSans-Bold", "NotoNaskhArabic-Bold", "DroidSansFallback")
_ARABIC = ("NotoNaskhArabic-Regular", "DejaVuSans")
_ARABIC_BOLD = ("NotoNaskhArabic-Bold", "DejaVuSans-Bold")

# Scripts whose letters change shape or place by their neighbours. Drawn letter by letter
# they would be wrong text, so they are named as unprintable although a font may have them.
_NEEDS_SHAPING = (
    (0x0700, 0x085F),
    (0x0900, 0x0DFF),
    (0x0E00, 0x109F),
    (0x1700, 0x18AF),
    (0x1900, 0x1CFF),
    (0xA800, 0xABFF),
    (0x1F3FB, 0x1F3FF),
)

_lock = threading.RLock()


def is_arabic(code: int) -> bool:
    """Whether a code point belongs to the Arabic blocks, presentation forms included."""
    return (
        0x0600 <= code <= 0x06FF
        or 0x0750 <= code <= 0x077F
        or 0x08A0 <= code <= 0x08FF
        or 0xFB50 <= code <= 0xFDFF
        or 0xFE70 <= code <= 0xFEFC
    )


def _unicode_of(code: int) -> str:
    """What a reader copies for a glyph: letters, not their joined forms, as UTF-16 in hex."""
    text = chr(code)
    if 0xFB50 <= code <= 0xFDFF or 0xFE70 <= code <= 0xFEFC:
        letters = unicodedata.normalize("NFKC", text).strip()
        # A ligature stays one sign: readers turn a right-to-left line round sign by sign,
        # and would turn the two letters round as well.
        if len(letters) == 1:
            text = letters
    return text.encode("utf-16-be").hex().upper()


def _to_unicode(name: str, subset: tuple[int, ...]) -> str:
    pairs = [f"<{i:02X}> <{_unicode_of(code)}>" for i, code in enumerate(subset) if code]
    blocks = []
    for first in range(0, len(pairs), 100):  # the format allows 100 in one block
        part = pairs[first : first + 100]
        blocks += [f"{len(part)} beginbfchar", *part, "endbfchar"]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
            f"/CMapName /{name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<00> <FF>",
            "endcodespacerange",
            *blocks,
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )


@dataclass(frozen=True, slots=True)
class _Subset:
    """What a PDF says about up to 256 characters of a font, ready to be written."""

    outlines: bytes  # compressed
    outlines_length: int
    to_unicode: bytes  # compressed
    widths: str


class _PaperFont(TTFont):  # type: ignore[misc]  # ReportLab carries no types
    """A TrueType font whose copied text is letters, and which cuts the same subset only once."""

    def __init__(self, name: str, filename: str, *, ascii_first: bool) -> None:
        super().__init__(name, filename, asciiReadable=ascii_first)
        self._cut = lru_cache(maxsize=64)(self._cut_subset)

    def _cut_subset(self, base: str, codes: tuple[int, ...]) -> _Subset:
        with _lock:  # the font file is read through one moving position
            outlines = self.face.makeSubset(list(codes))
        return _Subset(
            zlib.compress(outlines),
            len(outlines),
            zlib.compress(_to_unicode(base, codes).encode("ascii")),
            "[" + " ".join(f"{self.face.getCharWidth(code):g}" for code in codes) + "]",
        )

    def addObjects(self, doc: pdfdoc.PDFDocument) -> None:  # noqa: N802  # ReportLab's name
        """Write one font object per 256 characters used."""
        state = self._assignState(doc)
        state.frozen = 1
        face = self.face
        for number, codes in enumerate(state.subsets):
            internal = self.getSubsetInternalName(number, doc)[1:]
            base = b"".join((SUBSETN(number), b"+", face.name)).decode("pdfdoc")
            subset = self._cut(base, tuple(codes))
            outlines = _compressed(subset.outlines)
            outlines.dictionary["Length1"] = subset.outlines_length
            descriptor = pdfdoc.PDFDictionary(
                {
                    "Type": "/FontDescriptor",
                    "FontName": pdfdoc.PDFName(base),
                    "Flags": face.flags & ~FF_NONSYMBOLIC | FF_SYMBOLIC,
                    "FontBBox": pdfdoc.PDFArray(face.bbox),
                    "Ascent": face.ascent,
                    "Descent": face.descent,
                    "CapHeight": face.capHeight,
                    "ItalicAngle": face.italicAngle,
                    "StemV": face.stemV,
                    "MissingWidth": face.defaultWidth,
                    "FontFile2": doc.Reference(outlines, "outlines:" + internal),
                }
            )
            font = pdfdoc.PDFTrueTypeFont()
            font.Name = internal
            font.BaseFont = base
            font.FirstChar = 0
            font.LastChar = len(codes) - 1
            font.Widths = subset.widths
            font.ToUnicode = doc.Reference(_compressed(subset.to_unicode), "unicode:" + internal)
            font.FontDescriptor = doc.Reference(descriptor, "descriptor:" + internal)
            doc.Reference(font, internal)
            doc.idToObject["BasicFonts"].dict[internal] = font
        del self.state[doc]


def _compressed(content: bytes) -> pdfdoc.PDFStream:
    stream = pdfdoc.PDFStream(content=content)
    stream.dictionary["Filter"] = pdfdoc.PDFName("FlateDecode")
    return stream


_fonts: dict[str, _PaperFont] = {}


def _loaded(name: str) -> _PaperFont:
    font = _fonts.get(name)
    if font is not None:
        return font
    with _lock:
        if name not in _fonts:
            path = paths.resources() / "fonts" / f"{name}.ttf"
            font = _PaperFont(name, str(path), ascii_first=name in (REGULAR, BOLD))
            pdfmetrics.registerFont(font)
            _fonts[name] = font
        return _fonts[name]


def ready(name: str = REGULAR) -> str:
    """Register a font if it is not yet, and return its name."""
    _loaded(name)
    return name


def _has(name: str, code: int) -> bool:
    return code in _loaded(name).face.charToGlyph


def font_of(character: str, bold: bool) -> str | None:
    """The font that draws a character, or None where no shipped font can."""
    code = ord(character)
    if any(first <= code <= last for first, last in _NEEDS_SHAPING):
        return None
    if unicodedata.category(character) in ("Cc", "Cs", "Co", "Cn"):
        return None
    order: tuple[str, ...]
    if is_arabic(code):
        order = _ARABIC_BOLD if bold else _ARABIC
    else:
        order = _LATIN_BOLD if bold else _LATIN
    return next((name for name in order if _has(name, code)), None)


class Glyphs(dict[str, tuple[str, float]]):
    """Character → (font, advance in thousandths of the size), filled as texts ask."""

    def __init__(self, bold: bool) -> None:
        super().__init__()
        self._bold = bold

    def __missing__(self, character: str) -> tuple[str, float]:
        # A sign that only the regular weight has is better regular than refused.
        name = font_of(character, self._bold) or font_of(character, False)
        if name is None:
            raise DocumentFailed(_refusal(character, "text"))
        found = (name, float(_loaded(name).face.getCharWidth(ord(character))))
        self[character] = found
        return found


class Advances(dict[str, float]):
    """Character → advance, for summing at the speed of C."""

    def __init__(self, glyphs: Glyphs) -> None:
        super().__init__()
        self._glyphs = glyphs

    def __missing__(self, character: str) -> float:
        advance = self[character] = self._glyphs[character][1]
        return advance


GLYPHS = (Glyphs(False), Glyphs(True))
ADVANCES = (Advances(GLYPHS[0]), Advances(GLYPHS[1]))

_printable: set[str] = {chr(code) for code in range(32, 127)}


def _character_name(character: str) -> str:
    return unicodedata.name(character, "unnamed").lower()


def _refusal(character: str, field: str) -> str:
    return (
        f"The character “{character}” ({_character_name(character)}, U+{ord(character):04X}) "
        f"in {field} cannot be printed: no font that comes with the program has it."
    )


def unprintable(texts: Mapping[str, str] | Iterable[tuple[str, str]]) -> list[UnprintableCharacter]:
    """Each character that no shipped font has, once per field, in order of standing."""
    from clinic_desk.documents.text import safe_text  # text measures with this module

    pairs = texts.items() if isinstance(texts, Mapping) else texts
    found: list[UnprintableCharacter] = []
    for field, text in pairs:
        if text.isascii():
            continue
        named: set[str] = set()
        for character in dict.fromkeys(safe_text(text)):
            if character in _printable or character in "\n\u200c\u200d\u200b" or character in named:
                continue
            if font_of(character, False) is None:
                named.add(character)
                found.append(UnprintableCharacter(field, character, _character_name(character)))
            else:
                _printable.add(character)
    return found


def require_printable(content: object) -> None:
    """Refuse (DocumentFailed) a content with a character that would leave a gap on the page."""
    found = unprintable(texts_of(content))
    if found:
        raise DocumentFailed(
            " ".join(_refusal(one.character, one.field) for one in found[:5]),
            "Take it out or write it in words. Nothing was issued.",
        )


def texts_of(content: object, field: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a content with the words that say where it stands ("parts 2, heading")."""
    if isinstance(content, str):
        yield field, content
    elif isinstance(content, tuple):
        for number, part in enumerate(content, 1):
            heading = getattr(part, "heading", "") or getattr(part, "name", "")
            called = f" ({heading})" if heading else ""
            yield from texts_of(part, f"{field} {number}{called}")
    elif isinstance(content, Picture):
        return  # a picture's labels are ours, checked where it is made
    elif is_dataclass(content):
        for one in fields(content):
            name = one.name.replace("_", " ")
            yield from texts_of(getattr(content, one.name), f"{field}, {name}" if field else name)
