"""The recovery sheet: the one piece of paper that opens the data when a passphrase is lost."""

from clinic_desk.documents import theme
from clinic_desk.documents.content import RecoverySheetContent
from clinic_desk.documents.flow import Block, Fixed, Paragraph, spread
from clinic_desk.documents.fonts import require_printable
from clinic_desk.documents.page import Draw, Frame, Meta, foot, make
from clinic_desk.documents.sheet import Sheet
from clinic_desk.documents.text import Span, break_text, safe_text
from clinic_desk.i18n import _

_SIDE = 19 * theme.MM
_BODY = 12.0
_LEADING = 17.0


def render(content: RecoverySheetContent) -> bytes:
    """The sheet as a PDF of one page; DocumentFailed names a character that no font has."""
    require_printable(content)
    width = theme.PAPERS[content.paper][0] - 2 * _SIDE
    practice = " ".join(safe_text(content.practice.name).split())  # it belongs to no patient
    frame = Frame(
        content.paper,
        _SIDE,
        16 * theme.MM,
        9 * theme.MM,
        foot(practice, content.made_on, content.words, width),
    )
    pages: list[list[Draw]] = [
        [
            lambda sheet, block=block, y=y: block.draw(  # type: ignore[misc]
                sheet, frame.side, frame.top + y, width
            )
            for block, y in placed
        ]
        for placed in spread(_blocks(content, width), frame.height)
    ]
    title = _("Recovery sheet")
    return make(frame, Meta(title, content.practice.name, content.made_on, "en"), pages)


def _blocks(content: RecoverySheetContent, width: float) -> list[Block]:
    practice = _words(content.practice.name, width, bold=True, colour_heading=True)
    title = break_text(((_("Recovery sheet"), True),), 21, width)
    code = break_text(((_in_rows(content.code), True),), 24, width - 36)
    code_height = len(code) * 34 + 28.0

    def paint(sheet: Sheet, x: float, top: float, width: float) -> None:
        sheet.box(x, top, width, code_height, edge=theme.BLACK, weight=1.5, radius=4)
        sheet.lines(code, x + 18, top + 14, width - 36, 24, 34, theme.BLACK, "middle")

    return [
        practice,
        Paragraph(tuple(title), 21, 28, 4, theme.BLACK),
        _rule(),
        _words(
            _("This code opens your clinic's data when a passphrase is forgotten."), width, gap=14
        ),
        Fixed(code_height, paint, gap=14),
        _heading(_("Keep it safe"), width),
        _words(
            _(
                "Keep this sheet on paper, locked away, and not in the same place as the computer. "
                "Whoever holds it and a copy of the data can read every patient's record."
            ),
            width,
        ),
        _words(
            _(
                "Do not photograph it and do not send it by e-mail. The program keeps no copy of "
                "this code and cannot show it again."
            ),
            width,
        ),
        _heading(_("To use it"), width),
        _words(
            _(
                "On the unlock page choose the recovery code, type it in as it stands here, "
                "and set a new passphrase. Capital or small letters and hyphens make no difference."
            ),
            width,
        ),
        _heading(_("What it belongs to"), width),
        _pair(_("Made for"), content.clinician, width),
        _pair(_("Made on"), content.made_on, width),
        _pair(_("Data folder"), content.data_folder, width),
    ]


def _in_rows(code: str) -> str:
    """Four groups to a row, so that a finger can follow while typing."""
    groups = code.split("-")
    rows = ["-".join(groups[first : first + 4]) for first in range(0, len(groups), 4)]
    return "-\n".join(rows)


def _rule() -> Fixed:
    return Fixed(2.0, lambda sheet, x, top, width: sheet.rule(x, top, width, theme.TEAL, 2.0), 6.0)


def _heading(text: str, width: float) -> Paragraph:
    lines = tuple(break_text(((text, True),), 13, width))
    return Paragraph(lines, 13, 18, 16, theme.DEEP_TEAL, keep_next=True)


def _pair(name: str, value: str, width: float) -> Paragraph:
    spans: tuple[Span, ...] = ((f"{name}: ", True), (value, False))
    return Paragraph(tuple(break_text(spans, _BODY, width)), _BODY, _LEADING)


def _words(
    text: str, width: float, gap: float = 4.0, bold: bool = False, colour_heading: bool = False
) -> Paragraph:
    colour = theme.DEEP_TEAL if colour_heading else theme.TEXT
    return Paragraph(tuple(break_text(((text, bold),), _BODY, width)), _BODY, _LEADING, gap, colour)
