"""One exercise of a handout: number, two pictures and words, in one or two languages."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clinic_desk.documents import picture, theme
from clinic_desk.documents.content import HandoutContent, HandoutExercise
from clinic_desk.documents.flow import Block, Fixed, Paragraph
from clinic_desk.documents.presets import Look, Measure, Voice, voices
from clinic_desk.documents.sheet import Sheet
from clinic_desk.documents.text import Line, break_text, one_line

_PICTURES_AT = 31.5  # from the margin, right of the number
_CLOSER_AT = 25.0
_CHIP = 5.0  # inset of the dosage in its chip

_SENTENCE = re.compile(r"(?<=[.!?؟])\s+")


def sentences(text: str) -> list[str]:
    """A text as its sentences: one idea a line."""
    return [one for one in _SENTENCE.split(text) if one.strip()]


@dataclass(frozen=True, slots=True)
class _Item:
    """Lines of one kind below each other, with what stands before them ("1.")."""

    lines: tuple[Line, ...]
    size: float
    leading: float
    label: Line | None = None
    chip: bool = False
    before: float = 0.0

    @property
    def height(self) -> float:
        return self.before + len(self.lines) * self.leading + (1.5 + 3 if self.chip else 0.0)


def block(content: HandoutContent, place: int, width: float, look: Look, give: Measure) -> Fixed:
    """The exercise as one piece."""
    number = place + 1
    exercise = content.exercises[place]
    shown = exercise.mark or str(number)
    wide = give.width or look.picture_width
    pictures_width = wide if look.layout == "stacked" else 2 * wide + give.between
    pictures_at = _CLOSER_AT if give.leading < 1.0 else _PICTURES_AT
    text_at = 0.0 if look.layout == "above" else pictures_at + pictures_width + give.between - 2
    columns = [
        (voice, _items(voice.content.exercises[place], voice, look))
        for voice in voices(content, width - text_at)
    ]
    text_height = max(sum(item.height for item in items) for _, items in columns)
    drawn = _Pictures(exercise, look, give, columns[0][0])
    if look.layout == "above":
        inner = drawn.height + 6 + text_height
    else:
        inner = max(drawn.height, text_height)
    height = inner + give.air

    def paint(sheet: Sheet, x: float, top: float, width: float) -> None:
        first = top + give.air * 0.25
        sheet.disc(x + look.disc, first + look.disc + 2, look.disc, solid=not look.line_art)
        size = look.disc * (1.18 if len(shown) < 2 else 0.94)
        mark = one_line(shown, size, bold=True)
        colour = theme.BLACK if look.line_art else theme.WHITE
        sheet.lines((mark,), x, first + 2, 2 * look.disc, size, 2 * look.disc, colour, "middle")
        if look.layout == "above":
            drawn.paint(sheet, x + _PICTURES_AT + 8, top + give.air * 0.35)
            y = top + give.air * 0.5 + drawn.height + 6
        else:
            spare = max((inner - drawn.height) / 2, 0.0)
            drawn.paint(sheet, x + pictures_at, top + give.air * 0.35 + spare)
            y = top + give.air * 0.5 + (inner - text_height) / 2
        for voice, items in columns:
            with sheet.spoken(voice.language or exercise.language):
                _paint_items(sheet, items, x + text_at + voice.x, y, voice, look)
        sheet.rule(x, top + height, width, look.separator)

    return Fixed(height, paint, gap=4.0 if number == 1 else 0.0, what=f"Exercise {number}")


def parted(
    content: HandoutContent, place: int, width: float, look: Look, give: Measure
) -> list[Block]:
    """The exercise in parts, for texts that no single page holds: pictures, then words."""
    exercise = content.exercises[place]
    both = voices(content, width)
    drawn = _Pictures(exercise, look, give, both[0])
    mark = one_line(exercise.mark or f"{place + 1}", look.name, bold=True)

    def paint(sheet: Sheet, x: float, top: float, _width: float) -> None:
        sheet.lines((mark,), x, top, mark.width, look.name, look.name * 1.4)
        drawn.paint(sheet, x + _PICTURES_AT, top)

    height = drawn.height + 4
    blocks: list[Block] = [Fixed(height, paint, 4.0, keep_next=True, what=f"Exercise {place + 1}")]
    for voice in both:
        whole = Voice(voice.content, 0.0, width, voice.base, voice.language)
        for item in _items(voice.content.exercises[place], whole, look):
            blocks.append(Paragraph(item.lines, item.size, item.leading, 3.0, align=whole.align))
    return blocks


class _Pictures:
    """Start and finish with their captions, beside or above each other."""

    def __init__(self, shown: HandoutExercise, look: Look, give: Measure, voice: Voice) -> None:
        self._look, self._each, self._between = look, give.picture, give.between
        self._wide = give.width or look.picture_width
        pair = ((shown.start, shown.start_caption), (shown.finish, shown.finish_caption))
        held = [(one, caption) for one, caption in pair if one.shapes]
        self._pictures = tuple(one for one, _ in held)
        self._captions = [  # a picture that stands alone is neither start nor finish
            voice.broken(caption, look.caption, self._wide) if len(held) == 2 else []
            for _, caption in held
        ]
        self._scale = picture.scale_into(self._pictures, self._wide, give.picture)
        self._stacked = look.layout == "stacked"
        bounds = [one.bounds for one in self._pictures]
        if look.layout != "beside":  # lying figures need less height than standing ones
            self._each = max((y1 - y0) * self._scale for _, y0, _, y1 in bounds)
        below = [2 + len(one) * look.small for one in self._captions]
        heights = [self._each + one for one in below]
        self._tops = (0.0, heights[0] + 3 if self._stacked else 0.0)
        self.height = sum(heights) + 3 * (len(heights) - 1) if self._stacked else max(heights)

    def paint(self, sheet: Sheet, x: float, top: float) -> None:
        """Draw them with their upper left corner at (x, top)."""
        look, wide = self._look, self._wide
        for place, shown in enumerate(self._pictures):
            left = x if self._stacked else x + place * (wide + self._between)
            bottom = top + self._tops[place] + self._each
            picture.draw(sheet, shown, left, bottom, wide, self._scale, look.line_art)
            lines = self._captions[place]
            sheet.lines(
                lines, left, bottom + 2, wide, look.caption, look.small, look.soft, "middle"
            )


def _items(exercise: HandoutExercise, voice: Voice, look: Look) -> list[_Item]:
    """The words of an exercise in order."""
    width, body, leading = voice.width, look.body, look.leading
    name = exercise.name + (f" ({exercise.tag})" if exercise.tag else "")
    items = [_Item(tuple(voice.broken(name, look.name, width, True)), look.name, look.name * 1.35)]
    doses = exercise.doses if look.sentences and exercise.doses else (exercise.dosage,)
    for dose in doses:
        if look.sentences:
            items.append(_Item(tuple(voice.broken(dose, body, width, True)), body, leading))
        elif dose:
            inset = 2 * _CHIP if look.chip else 0.0
            lines = tuple(voice.broken(dose, body, width - inset, True))
            items.append(_Item(lines, body, leading, chip=True))
    if look.sentences:
        for text in sentences(exercise.position):
            items.append(_Item(tuple(voice.broken(text, body, width)), body, leading, before=3.0))
    for number, text in enumerate(exercise.steps, 1):
        items += _step(number, text, voice, look)
    if exercise.note:
        items.append(_Item(tuple(voice.broken(exercise.note, body, width)), body, leading))
    for lead, text in exercise.rules:
        lines = tuple(_mixed(voice, ((f"{lead} ", True), (text, False)), body, width))
        items.append(_Item(lines, body, leading, before=2.0))
    return items


def _mixed(
    voice: Voice, spans: Sequence[tuple[str, bool]], size: float, width: float
) -> list[Line]:
    return break_text(spans, size, width, voice.base)


def _step(number: int, text: str, voice: Voice, look: Look) -> Iterator[_Item]:
    rtl = voice.base == "R"
    label = one_line(f".{number}" if rtl else f"{number}.", look.body)
    room = voice.width - label.width - 4
    for place, part in enumerate(sentences(text) if look.sentences else [text]):
        lines = voice.broken(part, look.body, room)
        if not rtl and lines and lines[0].rtl:  # Arabic words on an English page
            label = one_line(f".{number}", look.body)
        shown = label if place == 0 else one_line("", look.body)
        before = 3.0 if look.sentences and place == 0 else 0.0
        yield _Item(
            tuple(lines), look.body, look.leading, _spaced(shown, label.width), False, before
        )


def _spaced(label: Line, width: float) -> Line:
    return Line(label.runs, width, label.rtl)


def _paint_items(
    sheet: Sheet, items: Sequence[_Item], x: float, y: float, voice: Voice, look: Look
) -> None:
    """Draw words below y in the voice's column, whose text begins at x in the page's direction."""
    width, align = voice.width, voice.align
    for item in items:
        y += item.before
        at, room = x, width
        rtl = align == "right" or bool(item.lines and item.lines[0].rtl)
        if item.chip and item.lines and look.chip is not None:
            wide = max(line.width for line in item.lines) + 2 * _CHIP
            # x runs in the page's direction, the lines in their own
            left = x if rtl == sheet.flipped else x + width - wide
            tall = len(item.lines) * item.leading + 1.5
            sheet.box(left, y, wide, tall, edge=None, fill=look.chip, radius=2.5)
            at, room = left + _CHIP, wide - 2 * _CHIP
            sheet.lines(item.lines, at, y + 0.75, room, item.size, item.leading, theme.BLACK, align)
        else:
            if item.label is not None:
                indent = item.label.width + 4
                if rtl == sheet.flipped:
                    at = x + indent
                    label_at = x
                else:
                    label_at = x + width - item.label.width
                room = width - indent
                sheet.lines((item.label,), label_at, y, item.label.width, item.size, item.leading)
            colour = theme.BLACK if item.size == look.name else theme.TEXT
            sheet.lines(item.lines, at, y, room, item.size, item.leading, colour, align)
        y += item.height - item.before
