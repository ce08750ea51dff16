"""A home program on paper: content in, PDF bytes out, in the preset that the patient needs.

Four exercises with the tick grid fill one A4 page. Where the page is shorter or the texts are
longer, the pictures shrink first, then the grid goes to the next page; body text never does.
"""

from dataclasses import replace

from clinic_desk.documents import clinician_page, handout_exercise, handout_head, theme, tick_grid
from clinic_desk.documents.content import HandoutContent
from clinic_desk.documents.flow import Block, Paragraph, Placed, spread
from clinic_desk.documents.fonts import require_printable
from clinic_desk.documents.page import Draw, Frame, Meta, foot, identity_line, make
from clinic_desk.documents.presets import Look, Measure, given, look_of, voices
from clinic_desk.documents.text import direction

_SIDE = 13 * theme.MM
_SEEN = 1.5  # points: less air more is not worth laying the sheet out again


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
    about = identity_line(content.identity, words, content.language)
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
        for placed in _pages(content, width, frame.height)
    ]
    return make(
        frame,
        Meta(
            f"{content.title}: {content.identity.name}",
            content.practice.name,
            content.reference,
            content.language,
            flips=True,
        ),
        pages,
        words.draft if content.draft else "",
    )


def _pages(content: HandoutContent, width: float, height: float) -> list[list[Placed]]:
    """What stands where: the first measure at which the sheet fits one page, else the roomiest
    with the fewest pages; then what has its own page. Where even the closest measure saves no
    page, those between are not tried. What a closer measure leaves of its page is given back.
    """
    if content.preset == "clinician":
        return spread(clinician_page.blocks(content, width), height)
    usual = look_of(content)
    closing = handout_head.advice(content, width, usual) + _remarks(content, width, usual)

    def laid(give: Measure) -> tuple[list[list[Placed]], bool]:
        """The pages at a measure, and whether all but what closes the sheet fits one."""
        look = given(usual, give)
        blocks = _blocks(content, width, height, look, give)
        grids = tick_grid.blocks(content, look, width, min(give.air, 11.0))
        if look.grid_apart:
            pages = spread(blocks, height)
            if grids:
                pages += spread(grids + closing, height)
            elif closing:
                pages = spread(blocks + closing, height)
            return pages, len(pages) == 1
        alone = len(spread(blocks + grids, height)) == 1
        pages = spread(blocks + grids + closing, height)
        return pages, alone or len(pages) == 1

    def aired(pages: list[list[Placed]], give: Measure) -> list[list[Placed]]:
        """The same sheet with the room that it leaves as air between its parts."""
        block, y = pages[0][-1]
        spare = (height - y - block.height) / (len(content.exercises) + 2)  # the note, the grid
        air = min(give.air + spare, roomiest.air)
        if air - give.air < _SEEN:
            return pages
        wider, fits = laid(replace(give, air=air))
        return wider if fits and len(wider) == len(pages) else pages

    roomiest, *between, closest = usual.measures
    best, fits = laid(roomiest)
    if fits:
        return best
    last, last_fits = laid(closest)
    if not last_fits and len(last) == len(best):
        return best
    for give in between:
        pages, fits = laid(give)
        if fits:
            return aired(pages, give)
        if len(pages) < len(best):
            best = pages
    if last_fits:
        return aired(last, closest)
    return last if len(last) < len(best) else best


def _blocks(
    content: HandoutContent, width: float, height: float, look: Look, give: Measure
) -> list[Block]:
    blocks: list[Block] = [handout_head.head(content, width, look)]
    blocks += handout_head.summary(content, width, look)
    if content.stop_lead or content.emergency_lead:
        blocks.append(handout_head.stop(content, width, look))
    for place in range(len(content.exercises)):
        whole = handout_exercise.block(content, place, width, look, give)
        if whole.height <= height:
            blocks.append(whole)
        else:
            blocks += handout_exercise.parted(content, place, width, look, give)
    return blocks + handout_head.notes(content, width, look, min(give.air, 9.0))


def _remarks(content: HandoutContent, width: float, look: Look) -> list[Block]:
    """That a translation is not yet reviewed, where the practice wants it said."""
    return [
        Paragraph(
            tuple(voice.broken(voice.content.remark, look.caption, width)),
            look.caption,
            look.small,
            10.0,
            look.soft,
            align=voice.align,
        )
        for voice in voices(content, width)
        if voice.content.remark
    ]
