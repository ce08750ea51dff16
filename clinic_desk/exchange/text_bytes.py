"""Bytes of a text file into text: by its mark, as UTF-8, or in the code page that it looks like.

A file that is nearly UTF-8 is a damaged one and is refused with the place; it is never read in
another code page, where each damaged name would look like a name.
"""

import codecs
import re
from dataclasses import dataclass

from clinic_desk.errors import InvalidInput
from clinic_desk.i18n import _

# A longer mark comes before the one that it begins with.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CODE_PAGES = (
    "cp1252",
    "cp1250",
    "iso8859_2",
    "iso8859_15",
    "cp1251",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "cp1257",
    "mac_roman",
    "cp850",
    "shift_jis",
    "gb18030",
    "big5",
    "euc_kr",
)
_SAMPLE = 200_000  # bytes that a code page is guessed from
# What no name has: a sign in a word, an opening quotation mark behind one, or a capital between
# small letters or right behind another. It betrays the wrong code page.
_ODD = re.compile(
    r"(?<=[^\W\d_])[\x80-\xbf\xd7\xf7§±¿†‡•™˛˙‰¤](?=[^\W\d_])"
    r"|(?<=[^\W\d_])[‘“„‚](?!\w)"
    r"|(?<=[a-z])[À-ÖØ-ÞŠŽŸŒŁŚŹŻĄĘĆŃ]"
    r"|(?<=[A-Z])[À-ÖØ-ÞŠŽŸŒŁŚŹŻĄĘĆŃ](?=[a-z])"
)
_SIGNS = re.compile(r"[^\x00-\x7f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and how it was read; `sure` is false where the code page was only guessed."""

    text: str
    encoding: str
    sure: bool


def decoded(data: bytes, encoding: str = "") -> Decoded:
    """The text of a file. Raises InvalidInput with line and reason."""
    if encoding:
        return Decoded(_without_nul(_strictly(data, _known(encoding))), encoding, True)
    for mark, name in _MARKS:
        if data.startswith(mark):
            return Decoded(_without_nul(_strictly(data, name)), name.removesuffix("-sig"), True)
    if b"\0" in data:
        return _without_mark(data)
    try:
        return Decoded(data.decode("utf-8"), "utf-8", True)
    except UnicodeDecodeError as error:
        if _is_damaged_utf8(data):
            raise _refused(data, error.start, _("this is no valid UTF-8")) from None
    return _guessed(data)


def _known(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        said = _("“{name}” is no encoding that is known here; cp1252 or utf-8 are")
        raise InvalidInput({"encoding": said.format(name=encoding[:40])}) from None


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        why = _("this cannot be read as {encoding}").format(encoding=encoding)
        raise _refused(data, error.start, why) from None
    except (LookupError, AttributeError):  # a codec that turns no bytes into text
        raise InvalidInput({"encoding": _("“{name}” is no text").format(name=encoding)}) from None


def _refused(data: bytes, at: int, why: str) -> InvalidInput:
    line = data.count(b"\n", 0, at) + 1
    begin = data.rfind(b"\n", 0, at) + 1
    place = _("line {line}, byte {byte}").format(line=line, byte=at - begin + 1)
    return InvalidInput({place: why}, _("Nothing was taken. Save the file as UTF-8 again."))


def _without_nul(text: str) -> str:
    at = text.find("\0")
    if at >= 0:
        place = _("line {line}").format(line=text.count("\n", 0, at) + 1)
        raise InvalidInput({place: _("a NUL character stands here: this is no whole text file")})
    return text


def _without_mark(data: bytes) -> Decoded:
    """NUL bytes at every second place are UTF-16 that lost its mark; elsewhere they are damage."""
    sample = data[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) / 2
    for share, other, name in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if share > 0.3 * half and other < 0.02 * half and len(data) % 2 == 0:
            return Decoded(_without_nul(_strictly(data, name)), name, False)
    at = data.find(b"\0")
    raise _refused(data, at, _("a NUL byte stands here: this is no whole text file"))


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether far more signs beyond ASCII are valid UTF-8 than are not."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = len(_SIGNS.findall(text)) - broken
    return whole > broken


def _guessed(data: bytes) -> Decoded:
    from charset_normalizer import from_bytes  # slow to load, and seldom needed

    likely = {}
    for match in from_bytes(data[:_SAMPLE], cp_isolation=list(CODE_PAGES)):
        for name in match.could_be_from_charset:  # pages in which this text is the same
            if name in CODE_PAGES:
                likely[name] = match.chaos
    if not likely:
        likely["cp1252"] = 0.0
    read: list[tuple[int, float, int, str, str]] = []
    for name, chaos in likely.items():
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        odd = len(_ODD.findall(text[:_SAMPLE]))
        read.append((odd, chaos, CODE_PAGES.index(name), name, text))
    if read:
        *_rank, name, text = min(read)
        return Decoded(text, name, False)
    said = _("The file is in no encoding that can be recognised; declare it, such as cp1252.")
    raise InvalidInput({"encoding": said})
