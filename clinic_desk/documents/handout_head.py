"""The top of a handout: practice and patient, how often, and when to stop; and what closes it."""

from clinic_desk.documents import theme
from clinic_desk.documents.content import AdviceText, HandoutContent
from clinic_desk.documents.flow import Block, Fixed, Paragraph
from clinic_desk.documents.handout_exercise import sentences
from clinic_desk.documents.presets import Look, Voice, voices
from clinic_desk.documents.sheet import Sheet
from clinic_desk.documents.text import Line, break_text

_MOST_NAME_LINES = 4
_LEAST_NAME = 12.0


def head(content: HandoutContent, width: float, look: Look) -> Fixed:
    """Practice and title on one side, the patient on the other."""
    (voice, *others) = voices(content, width)
    practice = content.practice
    named = practice.name
    if practice.phone:
        named += ", " + content.words.phone.replace("{number}", practice.phone)
    size, leading = look.head, look.head * 1.37
    right_width = width * 0.42
    left_width = width - right_width - 14
    small = voice.broken(named, size - 0.5, left_width)
    title = voice.broken(content.title, look.title, left_width, True)
    below = [
        line for one in others for line in one.broken(one.content.title, look.name, left_width)
    ]
    name_size = look.name + 1
    name = voice.broken(content.patient_name, name_size, right_width, True)
    if len(name) > _MOST_NAME_LINES:  # so that the longest name leaves room for the rest
        name_size = _LEAST_NAME
        name = voice.broken(content.patient_name, name_size, right_width, True)
    about = voice.broken(content.words.birth(content.identity.born), size, right_width)
    about += voice.broken(content.date_line, size, right_width)
    line_small, line_title, line_name = (size - 0.5) * 1.3, look.title * 1.19, name_size * 1.28
    line_below = look.name * 1.35
    left_height = len(small) * line_small + len(title) * line_title + len(below) * line_below
    right_height = len(name) * line_name + len(about) * leading
    height = max(left_height, right_height)

    def paint(sheet: Sheet, x: float, top: float, width: float) -> None:
        y = top + height - left_height
        sheet.lines(small, x, y, width, size - 0.5, line_small, look.soft, "lead")
        y += len(small) * line_small
        sheet.lines(title, x, y, width, look.title, line_title, theme.BLACK, "lead")
        with sheet.spoken(others[0].language if others else ""):
            y += len(title) * line_title
            sheet.lines(below, x, y, width, look.name, line_below, look.soft, "lead")
        y = top + height - right_height
        sheet.lines(name, x, y, width, name_size, line_name, theme.BLACK, "trail")
        y += len(name) * line_name
        sheet.lines(about, x, y, width, size, leading, theme.TEXT, "trail")
        colour = theme.BLACK if look.line_art else theme.TEAL
        sheet.rule(x, top + height + 3.5, width, colour, 2.0)

    return Fixed(height + 4.5, paint, what="The head of the page")


def summary(content: HandoutContent, width: float, look: Look) -> list[Block]:
    """How often, how long, with what, and the sore side; once for each language."""
    return [
        _summary(voice, width, look, 7.5 if place == 0 else 1.0)
        for place, voice in enumerate(voices(content, width))
    ]


def _summary(voice: Voice, width: float, look: Look, gap: float) -> Fixed:
    content = voice.content
    size, leading = look.name, look.name * 1.31
    if voice.language:
        size, leading = look.body, look.leading
    side: list[Line] = []
    if content.sore_side:
        spans = ((f"{content.words.sore_side} ", False), (content.sore_side, True))
        side = break_text(spans, size - 0.5, width * 0.4, voice.base)
    room = width - max((line.width for line in side), default=0.0) - 14
    rows: list[list[Line]] = [[]]
    used = 0.0
    for text in (content.frequency, content.minutes, content.equipment):
        for line in voice.broken(text, size, room, not voice.language):
            if rows[-1] and used + line.width > room:
                rows.append([])
                used = 0.0
            rows[-1].append(line)
            used += line.width + 19
    height = max(len(rows), len(side)) * leading

    def paint(sheet: Sheet, x: float, top: float, width: float) -> None:
        with sheet.spoken(voice.language):
            for number, row in enumerate(rows):
                left = x
                for line in row:
                    y = top + number * leading
                    sheet.lines((line,), left, y, line.width, size, leading, theme.BLACK)
                    left += line.width + 19
            sheet.lines(side, x, top, width, size - 0.5, leading, theme.TEXT, "trail")

    return Fixed(height, paint, gap=gap, what="The line below the title")


def stop(content: HandoutContent, width: float, look: Look) -> Fixed:
    """When to stop and phone, and what is an emergency, in a box."""
    sign = look.body * 0.97
    inset = sign * 3.9
    columns = [
        (voice, _stop_lines(voice, look)) for voice in voices(content, width - inset - 2 * sign)
    ]
    lines_high = max(2, *(len(lines) for _, lines in columns))
    height = lines_high * look.leading + 11

    def paint(sheet: Sheet, x: float, top: float, width: float) -> None:
        sheet.box(x, top, width, height, edge=theme.BLACK, weight=1.5, radius=4)
        sheet.warning(x + sign * 1.98, top + height / 2, sign, solid=not look.line_art)
        y = top + (height - max(len(lines) for _, lines in columns) * look.leading) / 2
        for voice, lines in columns:
            with sheet.spoken(voice.language):
                sheet.lines(
                    lines, x + inset + voice.x, y, voice.width, look.body, look.leading,
                    theme.BLACK, voice.align,
                )  # fmt: skip

    return Fixed(height, paint, gap=6.5, what="The stop box")


def _stop_lines(voice: Voice, look: Look) -> list[Line]:
    content = voice.content
    if look.sentences and content.stop_points:
        found: list[Line] = []
        for lead, points in (
            (content.stop_lead, content.stop_points),
            (content.emergency_lead, content.emergency_points),
        ):
            found += voice.broken(lead, look.body, voice.width, True)
            for point in points:
                found += voice.broken(f"• {point}", look.body, voice.width)
        return found
    spans = (
        (content.stop_lead, True),
        (f" {content.stop_text} ", False),
        (content.emergency_lead, True),
        (f" {content.emergency_text}", False),
    )
    return break_text(spans, look.body, voice.width, voice.base)


def notes(content: HandoutContent, width: float, look: Look, gap: float) -> list[Block]:
    """The clinician's note and the next appointment, in each language."""
    blocks: list[Block] = []
    said: set[tuple[str, str]] = set()
    for voice in voices(content, width):
        one = voice.content
        for lead, text in ((one.note_lead, one.note), (one.next_lead, one.next_visit)):
            if not text or (lead, text) in said:
                continue
            said.add((lead, text))
            parts = sentences(text) if look.sentences else [text]
            for place, part in enumerate(parts):
                spans = ((f"{lead} " if place == 0 and lead else "", True), (part, False))
                lines = tuple(break_text(spans, look.body, width, voice.base))
                space = gap if place == 0 else 2.0
                blocks.append(Paragraph(lines, look.body, look.leading, space, align=voice.align))
    return blocks


def advice(content: HandoutContent, width: float, look: Look) -> list[Block]:
    """Advice cards; two languages stand beside each other, paragraph by paragraph."""
    blocks: list[Block] = []
    both = voices(content, width)
    for number in range(len(content.advice)):
        cards = [(voice, voice.content.advice[number]) for voice in both]
        titles = [
            (voice, tuple(voice.broken(card.title, look.name, voice.width, True)))
            for voice, card in cards
        ]
        blocks.append(_beside(titles, look.name, look.name * 1.35, 14.0, keep_next=True))
        for place in range(len(cards[0][1].text)):
            for part in _paired(cards, place, look):
                blocks.append(_beside(part, look.body, look.leading, 4.0))
    return blocks


Column = tuple[Voice, tuple[Line, ...]]


def _paired(cards: list[tuple[Voice, AdviceText]], place: int, look: Look) -> list[list[Column]]:
    texts = [(voice, card.text[place]) for voice, card in cards]
    if not look.sentences or len(texts) > 1:
        return [[(v, tuple(v.broken(text, look.body, v.width))) for v, text in texts]]
    (voice, text) = texts[0]
    return [[(voice, tuple(voice.broken(s, look.body, voice.width)))] for s in sentences(text)]


def _beside(
    columns: list[Column], size: float, leading: float, gap: float, keep_next: bool = False
) -> Block:
    if len(columns) == 1:
        voice, lines = columns[0]
        return Paragraph(lines, size, leading, gap, keep_next=keep_next, align=voice.align)
    height = max(len(lines) for _, lines in columns) * leading

    def paint(sheet: Sheet, x: float, top: float, _width: float) -> None:
        for voice, lines in columns:
            with sheet.spoken(voice.language):
                sheet.lines(
                    lines, x + voice.x, top, voice.width, size, leading, theme.TEXT, voice.align
                )

    return Fixed(height, paint, gap=gap, keep_next=keep_next, what="An advice card")
