"""The end of a letter: valediction, signature, who signed, enclosures and copies."""

from clinic_desk.documents import theme
from clinic_desk.documents.content import LetterContent
from clinic_desk.documents.flow import Fixed
from clinic_desk.documents.letter_head import BODY, LEADING, SMALL, picture, scaled, small
from clinic_desk.documents.sheet import Sheet
from clinic_desk.documents.text import base_of, break_text

_SPACE = 32.0  # to sign by hand
_SIGNATURE = (62 * theme.MM, 17 * theme.MM)  # the widest and the tallest


def block(content: LetterContent, width: float) -> Fixed:
    """All of it as one piece, which never stands alone on a page."""
    base = base_of(content.language)
    valediction = break_text(((content.valediction, False),), BODY, width, base)
    author = break_text(((content.author, True), (content.author_line, False)), BODY, width, base)
    notes = [line for text in _notes(content) for line in small(text, width, base)]
    signature = None if content.draft else content.signature
    signed_width, signed_height = scaled(signature, *_SIGNATURE)
    # a draft has no place to sign
    space = 0.0 if content.draft else max(_SPACE, signed_height + 4)
    height = (len(valediction) + len(author)) * LEADING + space + len(notes) * 14.0

    def paint(sheet: Sheet, x: float, top: float, width: float) -> None:
        sheet.lines(valediction, x, top, width, BODY, LEADING, align="lead")
        top += len(valediction) * LEADING
        if signature:
            middle = top + (space - signed_height) / 2
            picture(sheet, signature, x, middle, signed_width, signed_height)
        top += space
        sheet.lines(author, x, top, width, BODY, LEADING, align="lead")
        top += len(author) * LEADING
        sheet.lines(notes, x, top, width, SMALL, 14, theme.SOFT, "lead")

    return Fixed(height, paint, gap=5.0, company=True, what="The signature")


def _notes(content: LetterContent) -> list[str]:
    words = content.words
    signed = "" if content.draft else content.signed_line
    copied = "; ".join(_name(one) for one in content.copies)
    named = copied in signed  # the signed line may say it in its own words
    copies = "" if named else words.copies.replace("{names}", copied)
    notes = [content.supervision, " ".join(part for part in (signed, copies) if part)]
    if content.enclosures:
        notes.append(words.enclosures.replace("{names}", "; ".join(content.enclosures)))
    return [note for note in notes if note]


def _name(copy: str) -> str:
    return copy.split("\n", 1)[0]


def copy_line(content: LetterContent) -> str:
    """What a copy says of itself: whom it is for, and who got the letter."""
    words = content.words
    said = words.copy_to.replace("{name}", _name(content.copy_to))
    if content.recipient:
        said += " " + words.original_to.replace("{name}", ", ".join(content.recipient[:2]))
    return said
