"""Text from people, made safe, broken into lines and put into drawing order.

One line breaker serves every text on paper: it breaks in logical order by measured width,
and only then reorders each line for right-to-left scripts. Nothing here reads markup.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import Literal

from arabic_reshaper import ArabicReshaper
from bidi import algorithm

from clinic_desk.documents.fonts import ADVANCES, GLYPHS

Span = tuple[str, bool]  # text and whether it is bold
Direction = Literal["L", "R"]

_RTL_LANGUAGES = frozenset({"ar", "fa", "he", "ku", "ps", "ug", "ur", "yi"})

_ARABIC_COMMA = _RTL_LANGUAGES - {"he", "yi"}

_NEWLINES = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# Control characters, lone surrogates, direction marks and overrides, variation selectors,
# soft hyphens, tags: nothing of it leaves a mark, and overrides could hide what is said.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u180b-\u180f\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e01ef]"
)
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_JOINERS = re.compile("[\u200c\u200d]")
_CJK = "\u2e80-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
_OPENING = "「『（【〔〈《［｛"
_CLOSING = "、。，．：；！？）」』】〕〉》］｝ー々…ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
_SPACES = re.compile("[\u1680\u2000-\u200a\u205f]")
_UNITS = "%|°C|Nm?|k[gmN]|mg|µg|[cm]m[²³]?|min|[gms]"
# What stays together: spaces; a written date; a number with its unit; a CJK sign with its
# punctuation; a word up to its hyphen, dash or slash when a letter follows (so that 0-10 and
# 12/02 stay whole); else a whole word, with the mark that French sets off behind it.
_ATOM = re.compile(
    rf" +|\d{{1,2}}(?:\.|er)? (?:de )?[^\W\d]{{3,10}}\.? (?:de )?\d{{4}}[^ \w]{{0,2}}(?![^ ])"
    rf"|[^ \w]{{0,2}}\d[\d.,]{{0,8}} (?:{_UNITS})[^ \w]{{0,3}}(?![^ ])"
    f"|\u200b|[{_OPENING}]*[{_CJK}][{_CLOSING}]*"
    f"|[^ \u200b{_CJK}]*?[-‐–—/](?=[^\\W\\d])|[^ \u200b{_CJK}]+(?: [»:;?!]{{1,3}}(?![^ ]))?"
)

# A telephone number keeps its order among Arabic letters, where the plain algorithm would turn
# "555-0100" into "0100-555".
_PARTED_NUMBER = r"\+?\(?(?=(?:\d[-‐–./ ()]{0,3}){6})\d+\)?(?:[-‐–./ ]\(?\d+\)?)+"
# So do a number's sign before it and its unit behind it, which the plain algorithm would turn
# round: "-5" into "5-", "28 %" into "% 28", "15°" into "°15".
_QUANTITY = (
    r"(?:[<>≤≥±≈] ?)?(?:(?<![\w.,/%°])[-−+])?\d+(?:[.,]\d+)*"
    rf"(?:°C?|[ \u00a0\u202f]?(?:{_UNITS}))?(?!\w)"
)
_AS_ONE = re.compile(f"{_PARTED_NUMBER}|{_QUANTITY}")

_reshaper = ArabicReshaper(
    {
        "delete_harakat": False,
        "delete_tatweel": False,
        "support_zwj": True,
        "shift_harakat_position": False,
        # The obligatory lam-alef forms only: rarer ligatures are not in every font.
        "support_ligatures": True,
        "RIAL SIGN": False,
        "ARABIC LIGATURE ALLAH": False,
        "ARABIC LIGATURE AKBAR": False,
        "ARABIC LIGATURE ALAYHE": False,
        "ARABIC LIGATURE BISMILLAH AR-RAHMAN AR-RAHEEM": False,
        "ARABIC LIGATURE JALLAJALALOUHOU": False,
        "ARABIC LIGATURE MOHAMMAD": False,
        "ARABIC LIGATURE RASOUL": False,
        "ARABIC LIGATURE SALAM": False,
        "ARABIC LIGATURE SALLA": False,
        "ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM": False,
        "ARABIC LIGATURE WASALLAM": False,
    }
)


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one font, in drawing order."""

    font: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line ready to draw; width in points. `rtl` lines belong at the right edge."""

    runs: tuple[Run, ...]
    width: float
    rtl: bool = False


def safe_text(text: str) -> str:
    """The text as it can stand on paper: NFC, plain newlines, nothing invisible in it."""
    if text.isascii() and text.isprintable():
        return text
    text = _INVISIBLE.sub("", _NEWLINES.sub("\n", text)).replace("\t", "    ")
    text = _SPACES.sub(" ", text)
    return unicodedata.normalize("NFC", text)


def width_of(text: str, size: float, bold: bool = False) -> float:
    """The width in points of a short text on one line."""
    return sum(line.width for line in break_text(((text, bold),), size, float("inf")))


def direction(language: str) -> Direction:
    """The writing direction of a language: R for Arabic, Hebrew, Persian, Urdu and their kin."""
    return "R" if language.split("-")[0] in _RTL_LANGUAGES else "L"


def base_of(language: str) -> Direction | None:
    """The direction of all that a page says: R in a right-to-left language; else each text's
    own letters say it.
    """
    return "R" if direction(language) == "R" else None


def comma(language: str) -> str:
    """What stands between the parts of a line that the page composes."""
    return "، " if language.split("-")[0] in _ARABIC_COMMA else ", "


def colon(language: str) -> str:
    """What stands between a word that the page composes and what it tells."""
    return "\u00a0: " if language.split("-")[0] == "fr" else ": "


def one_line(text: str, size: float, bold: bool = False, base: Direction | None = None) -> Line:
    """A text that is known to be short, as one line."""
    flat = " ".join(safe_text(text).split("\n"))
    return _break(((flat, bold),), size, float("inf"), base)[0]


def break_text(
    spans: Sequence[Span], size: float, width: float, base: Direction | None = None
) -> list[Line]:
    """Break runs of (text, bold) into lines no wider than `width` points.

    A newline in the text starts a new line; a word wider than a line is split. Without a
    `base` direction each paragraph's own letters decide it; lines that the page composes
    ("NAME, born DATE") give that of their language, which a text in Latin letters alone keeps
    out of: it runs left to right on any page. Takes time in proportion to the length.
    """
    lines: list[Line] = []
    paragraph: list[Span] = []
    for text, bold in spans:
        first, *others = safe_text(text).split("\n")
        paragraph.append((first, bold))
        for other in others:
            lines += _break(paragraph, size, width, base)
            paragraph = [(other, bold)]
    return lines + _break(paragraph, size, width, base)


def _break(spans: Sequence[Span], size: float, width: float, base: Direction | None) -> list[Line]:
    rtl = any(_RTL.search(text) for text, _ in spans if not text.isascii())
    aside = False  # numbers alone keep their order, at the side where the page begins
    if base == "R" and not rtl:
        bare = "".join(text for text, _ in spans)
        if not any(map(str.isalpha, bare)):
            aside = any(map(str.isdigit, bare))
            rtl = not aside
    if rtl:
        base = base or _base_direction("".join(text for text, _ in spans))
        spans = [(_reshaper.reshape(text), bold) for text, bold in spans]
    if not all(text.isascii() for text, _ in spans):
        spans = [(_JOINERS.sub("", text), bold) for text, bold in spans]
    text = "".join(part for part, _ in spans)
    advances: list[float] = []
    for part, bold in spans:
        advances += map(ADVANCES[bold].__getitem__, part.replace("\u200b", ""))
    if "\u200b" in text:
        advances = [
            0.0 if sign == "\u200b" else ADVANCES[bold][sign]
            for part, bold in spans
            for sign in part
        ]
    reach = list(accumulate(advances, initial=0.0))
    scale = size / 1000
    lines = []
    for start, end in _ranges(text, reach, width / scale):
        pieces = _slice(spans, start, end)
        if rtl:
            lines.append(_rtl_line(pieces, base or "L", scale))
        else:
            lines.append(_line(pieces, scale, aside))
    return lines


def _ranges(text: str, reach: list[float], limit: float) -> list[tuple[int, int]]:
    """Where each line starts and ends; spaces at a break hang and are not drawn."""
    if reach[-1] <= limit:
        return [(0, len(text))]
    ranges: list[tuple[int, int]] = []
    start = end = 0
    for atom in _ATOM.finditer(text):
        first, last = atom.span()
        if text[first] == " ":
            continue
        if reach[last] - reach[start] > limit and end > start:
            ranges.append((start, end))
            start = first
        while reach[last] - reach[start] > limit and last - start > 1:
            cut = max(bisect_right(reach, reach[start] + limit, start + 1, last + 1) - 1, start + 1)
            while cut > start + 1 and unicodedata.category(text[cut])[0] == "M":
                cut -= 1
            ranges.append((start, cut))
            start = cut
        end = last
    if end > start or not ranges:
        ranges.append((start, max(start, end)))
    return ranges


def _slice(spans: Sequence[Span], start: int, end: int) -> list[Span]:
    pieces = []
    at = 0
    for text, bold in spans:
        after = at + len(text)
        if at < end and after > start:
            pieces.append((text[max(start - at, 0) : end - at], bold))
        at = after
    return pieces


def _line(pieces: Sequence[Span], scale: float, rtl: bool) -> Line:
    runs: list[Run] = []
    x = 0.0
    for text, bold in pieces:
        advances = ADVANCES[bold]
        for font, part in _by_font(text.replace("\u200b", ""), bold):
            runs.append(Run(font, part))
            x += sum(map(advances.__getitem__, part)) * scale
    return Line(tuple(runs), x, rtl)


def _by_font(text: str, bold: bool) -> list[tuple[str, str]]:
    glyphs = GLYPHS[bold]
    if text.isascii():
        return [(glyphs[text[0]][0], text)] if text else []
    return [
        (font, "".join(signs)) for font, signs in groupby(text, key=lambda sign: glyphs[sign][0])
    ]


def _base_direction(text: str) -> Direction:
    """R where the first letter and most letters are written from right to left."""
    kinds = [unicodedata.bidirectional(sign) for sign in text]
    strong = [kind != "L" for kind in kinds if kind in ("L", "R", "AL")]
    return "R" if strong and strong[0] and sum(strong) * 2 > len(strong) else "L"


def _rtl_line(pieces: Sequence[Span], base: Direction, scale: float) -> Line:
    """Reorder one line by the Unicode bidirectional algorithm, keeping each sign's weight.

    A number with its unit goes through it as one digit.
    """
    signs = [(sign, bold) for text, bold in pieces for sign in text]
    signs = _joined("".join(text for text, _ in pieces), signs)
    storage = algorithm.get_empty_storage()
    storage["base_level"] = 0 if base == "L" else 1
    storage["base_dir"] = base
    algorithm.get_embedding_levels("".join("0" if sign[1:] else sign for sign, _ in signs), storage)
    for one, (sign, bold) in zip(storage["chars"], signs, strict=True):
        one["whole"], one["bold"] = sign if sign[1:] else "", bold
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    algorithm.reorder_resolved_levels(storage, False)
    algorithm.apply_mirroring(storage, False)
    ordered = [
        ("".join(one["whole"] or one["ch"] for one in group), bold)
        for bold, group in groupby(storage["chars"], key=lambda one: bool(one["bold"]))
    ]
    return _line(ordered, scale, base == "R")


def _joined(text: str, signs: list[Span]) -> list[Span]:
    """The signs of a line with each telephone number and each quantity made one."""
    made: list[Span] = []
    at = 0
    for match in _AS_ONE.finditer(text):
        start, end = match.span()
        if end - start == 1 or len({bold for _, bold in signs[start:end]}) > 1:
            continue
        made += [*signs[at:start], (match[0], signs[start][1])]
        at = end
    return made + signs[at:]
