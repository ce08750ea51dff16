"""A home program on paper: content in, PDF bytes out.

Four exercises with the tick grid fill one A4 page. Where the page is shorter or the texts are
longer, the pictures shrink first, then the grid goes to the next page; body text never does.
"""

from dataclasses import dataclass

from clinic_desk.documents import picture, theme, tick_grid
from clinic_desk.documents.content import HandoutContent, HandoutExercise
from clinic_desk.documents.flow import Block, Fixed, Paragraph, Placed, spread
from clinic_desk.documents.fonts import require_printable
from clinic_desk.documents.page import Draw, Frame, Meta, foot, identity_line, make
from clinic_desk.documents.sheet import Sheet
from clinic_desk.documents.text import Line, break_text, direction, one_line
from clinic_desk.errors import DocumentFailed

_SIDE = 13 * theme.MM
_BODY = 12.0
_LEADING = 15.4
_CAPTION = 9.5
_DISC = 10.6
_PICTURE_WIDTH = 37 * theme.MM


@dataclass(frozen=True, slots=True)
class _Measure:
    """What gives way when a page is short: picture height and the air around it, in points."""

    picture: float
    air: float


_ROOMY = _Measure(28 * theme.MM, 17.0)
_EASY = _Measure(28 * theme.MM, 13.0)
_CLOSE = _Measure(28 * theme.MM, 9.0)
_SMALL = _Measure(24 * theme.MM, 9.0)
_LEAST = _Measure(24 * theme.MM, 4.0)


def render(content: HandoutContent) -> bytes:
    """The handout as a PDF; the same content gives the same bytes.

    DocumentFailed names a character that no font has, or a text that no page can hold.
    """
    require_printable(content)
    words = content.words
    width = theme.PAPERS[content.paper][0] - 2 * _SIDE
    middle = words.filed_as.replace("{reference}", content.reference) if content.reference else ""
    if content.draft:
        middle = words.draft_short
    about = identity_line(content.identity, words)
    frame = Frame(
        content.paper,
        _SIDE,
        12 * theme.MM,
        7.5 * theme.MM,
        foot(about, middle, words, width, direction(content.language)),
    )
    pages: list[list[Draw]] = [
        [
            lambda sheet, block=block, y=y: block.draw(  # type: ignore[misc]
                sheet, frame.side, frame.top + y, width
            )
            for block, y in placed
        ]
        for placed in _fitted(content, width, frame.height)
    ]
    return make(
        frame,
        Meta(
            f"{content.title}: {content.identity.name}",
            content.practice.name,
            content.reference,
            content.language,
        ),
        pages,
        words.draft if content.draft else "",
    )


def _fitted(content: HandoutContent, width: float, height: float) -> list[list[Placed]]:
    """The first measure at which all stands on one page, else the roomiest with fewest pages."""
    best: list[list[Placed]] | None = None
    for measure in (_ROOMY, _EASY, _CLOSE, _SMALL, _LEAST):
        pages = spread(_blocks(content, width, measure), height)
        if len(pages) == 1:
            return pages
        if best is None or len(pages) < len(best):
            best = pages
    if best is None:
        raise DocumentFailed("The handout is empty.")
    return best


def _blocks(content: HandoutContent, width: float, measure: _Measure) -> list[Block]:
    blocks: list[Block] = [_head(content, width), _summary(content, width)]
    if content.stop_lead or content.emergency_lead:
        blocks.append(_stop(content, width))
    for number, exercise in enumerate(content.exercises, 1):
        blocks.append(_exercise(number, exercise, width, measure))
    if content.note or content.note_lead:
        spans = ((f"{content.note_lead} ", True), (content.note, False))
        gap = min(measure.air, 9.0)
        blocks.append(Paragraph(tuple(break_text(spans, _BODY, width)), _BODY, _LEADING, gap))
    blocks += tick_grid.blocks(content, width, min(measure.air, 11.0))
    return blocks


def _head(content: HandoutContent, width: float) -> Fixed:
    practice = content.practice
    named = practice.name
    if practice.phone:
        named += ", " + content.words.phone.replace("{number}", practice.phone)
    right_width = width * 0.42
    left_width = width - right_width - 14
    small = break_text(((named, False),), 10, left_width)
    title = break_text(((content.title, True),), 21, left_width)
    name = break_text(((content.patient_name, True),), 14, right_width)
    about = break_text(((content.words.birth(content.identity.born), False),), 10.5, right_width)
    about += break_text(((content.date_line, False),), 10.5, right_width)
    left_height = len(small) * 13 + len(title) * 25
    right_height = len(name) * 18 + len(about) * 14.4
    height = max(left_height, right_height)

    def paint(sheet: Sheet, x: float, top: float, width: float) -> None:
        y = top + height - left_height
        sheet.lines(small, x, y, width, 10, 13, theme.SOFT, "left")
        sheet.lines(title, x, y + len(small) * 13, width, 21, 25, theme.BLACK, "left")
        y = top + height - right_height
        sheet.lines(name, x, y, width, 14, 18, theme.BLACK, "right")
        sheet.lines(about, x, y + len(name) * 18, width, 10.5, 14.4, theme.TEXT, "right")
        sheet.rule(x, top + height + 3.5, width, theme.TEAL, 2.0)

    return Fixed(height + 4.5, paint, what="The head of the page")


def _summary(content: HandoutContent, width: float) -> Fixed:
    side = break_text(
        ((f"{content.words.sore_side} ", False), (content.sore_side, True)), 12.5, width * 0.4
    )
    if not content.sore_side:
        side = []
    room = width - max((line.width for line in side), default=0.0) - 14
    rows: list[list[Line]] = [[]]
    used = 0.0
    for text in (content.frequency, content.minutes, content.equipment):
        for line in break_text(((text, True),), 13, room) if text else ():
            if rows[-1] and used + line.width > room:
                rows.append([])
                used = 0.0
            rows[-1].append(line)
            used += line.width + 19
    height = max(len(rows), len(side)) * 17.0

    def paint(sheet: Sheet, x: float, top: float, width: float) -> None:
        for number, row in enumerate(rows):
            left = x
            for line in row:
                sheet.lines((line,), left, top + number * 17, line.width, 13, 17, theme.BLACK)
                left += line.width + 19
        sheet.lines(side, x, top, width, 12.5, 17, theme.TEXT, "right")

    return Fixed(height, paint, gap=7.5, what="The line below the title")


def _stop(content: HandoutContent, width: float) -> Fixed:
    spans = (
        (content.stop_lead, True),
        (f" {content.stop_text} ", False),
        (content.emergency_lead, True),
        (f" {content.emergency_text}", False),
    )
    lines = break_text(spans, _BODY, width - 45 - 24)
    height = max(2, len(lines)) * _LEADING + 11

    def paint(sheet: Sheet, x: float, top: float, width: float) -> None:
        sheet.box(x, top, width, height, edge=theme.BLACK, weight=1.5, radius=4)
        sheet.warning(x + 23, top + height / 2, 11.6, solid=True)
        sheet.lines(lines, x + 45, top + 5.5, width - 69, _BODY, _LEADING, theme.BLACK)

    return Fixed(height, paint, gap=6.5, what="The stop box")


def _exercise(number: int, exercise: HandoutExercise, width: float, measure: _Measure) -> Fixed:
    pictures_at = 31.5
    text_at = pictures_at + 2 * _PICTURE_WIDTH + 11.5 + 9.5
    text_width = width - text_at
    name = break_text(((exercise.name, True),), 13, text_width)
    dosage = break_text(((exercise.dosage, True),), _BODY, text_width - 10)
    chip = len(dosage) * _LEADING + 1.5 if exercise.dosage else 0.0
    steps = _steps(exercise, text_width)
    note = break_text(((exercise.note, False),), _BODY, text_width) if exercise.note else []
    text_height = (
        len(name) * 17.5 + chip + 3 + (sum(len(one[1]) for one in steps) + len(note)) * _LEADING
    )
    captions = [
        break_text(((text, False),), _CAPTION, _PICTURE_WIDTH)
        for text in (exercise.start_caption, exercise.finish_caption)
    ]
    caption_height = max(map(len, captions)) * 12.0
    drawn = measure.picture + caption_height
    inner = max(drawn, text_height)
    height = inner + measure.air
    scale = picture.scale_into((exercise.start, exercise.finish), _PICTURE_WIDTH, measure.picture)

    def paint(sheet: Sheet, x: float, top: float, width: float) -> None:
        sheet.disc(x + _DISC, top + measure.air * 0.25 + _DISC + 2, _DISC)
        mark = one_line(str(number), 12.5, bold=True)
        sheet.lines(
            (mark,),
            x,
            top + measure.air * 0.25 + 2,
            2 * _DISC,
            12.5,
            2 * _DISC,
            theme.WHITE,
            "middle",
        )
        bottom = top + measure.air * 0.35 + max((inner - drawn) / 2, 0.0) + measure.picture
        left = x + pictures_at
        for shown, caption in zip((exercise.start, exercise.finish), captions, strict=True):
            picture.draw(sheet, shown, left, bottom, _PICTURE_WIDTH, scale)
            sheet.lines(
                caption, left, bottom + 2, _PICTURE_WIDTH, _CAPTION, 12, theme.SOFT, "middle"
            )
            left += _PICTURE_WIDTH + 11.5
        y = top + measure.air * 0.5 + (inner - text_height) / 2
        left = x + text_at
        sheet.lines(name, left, y, text_width, 13, 17.5, theme.BLACK)
        y += len(name) * 17.5
        if chip:
            wide = max(line.width for line in dosage) + 10
            at = left + text_width - wide if dosage[0].rtl else left
            sheet.box(at, y, wide, chip, edge=None, fill=theme.CHIP, radius=2.5)
            sheet.lines(dosage, at + 5, y + 0.75, wide - 10, _BODY, _LEADING, theme.BLACK)
        y += chip + 3
        for label, lines in steps:
            if lines[0].rtl:
                sheet.lines((label,), left, y, text_width, _BODY, _LEADING, align="right")
                sheet.lines(lines, left, y, text_width - label.width - 4, _BODY, _LEADING)
            else:
                sheet.lines((label,), left, y, text_width, _BODY, _LEADING)
                indent = label.width + 4
                sheet.lines(lines, left + indent, y, text_width - indent, _BODY, _LEADING)
            y += len(lines) * _LEADING
        sheet.lines(note, left, y, text_width, _BODY, _LEADING)
        sheet.rule(x, top + height, width, theme.SEPARATOR)

    return Fixed(height, paint, gap=4.0 if number == 1 else 0.0, what=f"Exercise {number}")


def _steps(exercise: HandoutExercise, width: float) -> list[tuple[Line, list[Line]]]:
    steps = []
    for number, text in enumerate(exercise.steps, 1):
        label = one_line(f"{number}.", _BODY)
        lines = break_text(((text, False),), _BODY, width - label.width - 4)
        if lines[0].rtl:
            label = one_line(f".{number}", _BODY)
        steps.append((label, lines))
    return steps
