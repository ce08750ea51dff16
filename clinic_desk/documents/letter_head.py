"""The top of a letter: letterhead, addressee, date and reference, with or without a window."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from clinic_desk.documents import theme
from clinic_desk.documents.content import LetterContent, Letterhead, LetterImage, Paper, Window
from clinic_desk.documents.content import Wording as Words
from clinic_desk.documents.flow import Fixed
from clinic_desk.documents.letter_window import AddressField, field
from clinic_desk.documents.sheet import Align, Sheet
from clinic_desk.documents.text import Direction, Line, base_of, break_text
from clinic_desk.errors import DocumentFailed

SIDE = 19 * theme.MM
TOP = 13 * theme.MM
BODY = 10.5
LEADING = 14.4
SMALL = 9.5
SMALL_LEADING = 12.9

_SMALLER = (SMALL, 8.5, 7.5)  # sizes of the contact lines, where a window leaves less room
_LOGO = (46 * theme.MM, 15 * theme.MM)  # the widest and the tallest
_LOGO_GAP = 10.0
_WINDOW_LEADING = 12.9  # six lines fill the address zone
_CLOSEST = 11.5
_SENDER = 6.8
_SENDER_LEADING = 8.4
_FOLD = (4 * theme.MM, 3.5 * theme.MM)  # from the paper's edge, and how long


def left_side(content: LetterContent) -> float:
    """The left margin: where the address stands, so that the text stands under it."""
    place = field(content.window, content.paper)
    return place.left if place else SIDE


def blocks(content: LetterContent, width: float) -> list[Fixed]:
    """Letterhead and addressee."""
    place = field(content.window, content.paper)
    if place is None:
        return [_letterhead(content, width), _addressee(content, width)]
    return [_windowed(content, width, place)]


def fits(practice: Letterhead, words: Words, window: Window, paper: Paper) -> bool:
    """Whether a letterhead leaves the address field of a window free."""
    place = field(window, paper)
    if place is None:
        return True
    width = theme.PAPERS[paper][0] - place.left - SIDE
    return _above(practice, words, width, place) is not None


@dataclass(frozen=True, slots=True)
class _Head:
    height: float
    above: float  # the height of what stands above a window, not beside it
    paint: Callable[[Sheet, float, float, float], None]


def _head(
    practice: Letterhead,
    words: Words,
    width: float,
    base: Direction | None = None,
    size: float = SMALL,
    beside: bool = False,
) -> _Head:
    """The letterhead with its contact lines at a size, down to the rule below it. With `beside`
    the rule is only as long as the contact lines, which may then stand beside a window.
    """
    leading = size * SMALL_LEADING / SMALL
    right_width = width * 0.46
    logo_width, logo_height = scaled(practice.logo, *_LOGO)
    indent = logo_width + _LOGO_GAP if practice.logo else 0.0
    left_width = width - right_width - 12 - indent
    name = break_text(((practice.name, True),), 15, left_width)
    subtitle = small(practice.subtitle, left_width)
    right = [
        line
        for text in _contact(practice, words)
        for line in break_text(((text, False),), size, right_width, base)
    ]
    left_height = len(name) * 19.0 + len(subtitle) * SMALL_LEADING + 2
    height = max(left_height, logo_height, len(right) * leading) + 9

    def paint(sheet: Sheet, x: float, top: float, width: float) -> None:
        if practice.logo:
            picture(sheet, practice.logo, x, top, logo_width, logo_height)
        sheet.lines(name, x + indent, top - 2, left_width, 15, 19, theme.DEEP_TEAL, "lead")
        below = top + len(name) * 19
        sheet.lines(
            subtitle, x + indent, below, left_width, SMALL, SMALL_LEADING, theme.SOFT, "lead"
        )
        sheet.lines(right, x, top, width, size, leading, theme.SOFT, "trail")
        short = right_width if beside else width
        sheet.rule(x + width - short, top + height, short, theme.TEAL, 1.5)

    return _Head(height, max(left_height, logo_height) if beside else height, paint)


def _contact(practice: Letterhead, words: Words) -> list[str]:
    phone = words.phone_line.replace("{number}", practice.phone) if practice.phone else ""
    texts = (*practice.address, phone, practice.email, practice.website, *practice.registrations)
    return [text for text in texts if text]


def _letterhead(content: LetterContent, width: float) -> Fixed:
    head = _head(content.practice, content.words, width, base_of(content.language))
    return Fixed(head.height, head.paint, what="The letterhead")


def small(text: str, width: float, base: Direction | None = None) -> list[Line]:
    """A text in small lines; none where there is no text."""
    return break_text(((text, False),), SMALL, width, base) if text else []


def scaled(image: LetterImage | None, width: float, height: float) -> tuple[float, float]:
    """The size of an image on paper, within a width and a height."""
    if image is None:
        return 0.0, 0.0
    factor = min(width / image.width, height / image.height)
    return image.width * factor, image.height * factor


def picture(
    sheet: Sheet, image: LetterImage, x: float, top: float, width: float, height: float
) -> None:
    """Draw an image below `top`."""
    sheet.photo(image.jpeg, sheet.left_of(x, width), sheet.height - top - height, width, height)


def _to(content: LetterContent) -> Sequence[str]:
    """Whose address stands on the page: on a copy, that of who gets it."""
    return content.copy_to.split("\n") if content.copy_to else content.recipient


def _dated(content: LetterContent, width: float) -> tuple[list[Line], list[Line]]:
    base = base_of(content.language)
    date = break_text(((content.date, False),), BODY, width, base) if content.date else []
    said = ((content.reference, False),)
    reference = break_text(said, BODY, width, base) if content.reference else []
    return date, reference


def _addressee(content: LetterContent, width: float) -> Fixed:
    right_width = width * 0.4
    left = [
        line
        for text in _to(content)
        for line in break_text(((text, False),), BODY, width - right_width - 12)
    ]
    date, reference = _dated(content, right_width)

    def paint(sheet: Sheet, x: float, top: float, width: float) -> None:
        sheet.lines(left, x, top, width, BODY, LEADING, align="lead")
        sheet.lines(date, x, top, width, BODY, LEADING, align="trail")
        below = top + len(date) * LEADING
        sheet.lines(reference, x, below, width, BODY, LEADING, theme.SOFT, "trail")

    return Fixed(
        max(len(left), len(date) + len(reference)) * LEADING, paint, gap=13.0, what="The addressee"
    )


def _above(
    practice: Letterhead,
    words: Words,
    width: float,
    place: AddressField,
    base: Direction | None = None,
) -> _Head | None:
    """The letterhead in the room above a window, in a smaller size where it must; None where
    it does not go there.
    """
    for size in _SMALLER:
        head = _head(practice, words, width, base, size)
        if TOP + head.height + 4 <= place.clear:
            return head
    if base == "R":  # the contact lines stand above the window then
        return None
    for size in _SMALLER:
        head = _head(practice, words, width, base, size, beside=True)
        if TOP + head.above + 4 <= place.clear and TOP + head.height + 4 <= place.free:
            return head
    return None


def _windowed(content: LetterContent, width: float, place: AddressField) -> Fixed:
    """Letterhead, address field and fold marks at their measured places on the first page."""
    head = _above(content.practice, content.words, width, place, base_of(content.language))
    if head is None:
        raise DocumentFailed(
            "The letterhead is too high for a window envelope.",
            "Shorten it in Settings, or choose there that letters go without a window.",
        )
    address = [
        line for text in _to(content) for line in break_text(((text, False),), BODY, place.width)
    ]
    address_leading = _WINDOW_LEADING
    if place.low:  # four lines go into the lowest window, set a little closer
        closer = (place.bottom - place.top) / max(1, len(address))
        address_leading = max(_CLOSEST, min(_WINDOW_LEADING, closer))
    begin = place.bottom - len(address) * address_leading
    if not place.low:
        begin = min(place.top, begin)
    room = begin - (TOP + head.above + 4)
    sender = _sender(content.practice, place.width, room) if place.sender else []
    sender_tall = len(sender) * _SENDER_LEADING + 2.5
    if room < 0:
        raise DocumentFailed(
            "The address has too many lines for the window of the envelope.",
            "Shorten the contact's address, or choose in Settings that letters go without one.",
        )
    date, reference = _dated(content, width - place.width - 12)
    # the window is at the left of an envelope whichever way its letter is written
    side: Align = "right" if any(line.rtl for line in address) else "left"

    def paint(sheet: Sheet, x: float, top: float, width: float) -> None:
        head.paint(sheet, x, top, width)
        field = sheet.left_of(place.left, place.width)
        if sender:
            high, leading = begin - sender_tall, _SENDER_LEADING
            sheet.lines(sender, field, high, place.width, _SENDER, leading, theme.SOFT, side)
            sheet.rule(field, begin - 2.0, place.width)
        sheet.lines(address, field, begin, place.width, BODY, address_leading, align=side)
        sheet.lines(date, x, begin, width, BODY, LEADING, align="right")
        below = begin + len(date) * LEADING
        sheet.lines(reference, x, below, width, BODY, LEADING, theme.SOFT, "right")
        for fold in place.folds:
            sheet.rule(sheet.left_of(_FOLD[0], _FOLD[1]), fold, _FOLD[1])

    return Fixed(place.below - TOP, paint, what="The letterhead with its address field")


def _sender(practice: Letterhead, width: float, room: float) -> list[Line]:
    """Where the letter comes from, in at most two small lines; nothing where no room is left."""
    most = min(2, int((room - 2.5) / _SENDER_LEADING))
    for text in (", ".join((practice.name, *practice.address)), practice.name):
        lines = break_text(((text, False),), _SENDER, width)
        if len(lines) <= most:
            return lines
    return []
