"""How each handout preset looks: sizes, where pictures stand, what gives way on a short page."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from reportlab.lib.colors import Color

from clinic_desk.documents import theme
from clinic_desk.documents.content import HandoutContent, Preset
from clinic_desk.documents.sheet import Align
from clinic_desk.documents.text import Direction, Line, break_text, direction

_MM = theme.MM


@dataclass(frozen=True, slots=True)
class Measure:
    """What gives way when a page is short: picture height and the air around it, in points.

    Narrower pictures (`width`, 0 for the look's own) that stand closer (`between`) leave room for
    longer words, and lines may stand a little closer (`leading`, a share); their letters stay as
    large as they are.
    """

    picture: float
    air: float
    width: float = 0.0
    leading: float = 1.0
    between: float = 11.5  # the two pictures


@dataclass(frozen=True, slots=True)
class Look:
    """Sizes in points. `layout`: pictures beside the text, stacked beside it, or above it."""

    body: float
    leading: float
    title: float
    name: float
    head: float  # small words of the head
    caption: float
    disc: float
    picture_width: float
    measures: tuple[Measure, ...]
    layout: Literal["beside", "stacked", "above"] = "beside"
    grid_size: float = 10.5
    grid_row: float = 18.1
    grid_name: float = 113.0
    grid_apart: bool = False  # on a page of its own
    sentences: bool = False  # one idea a line, and how to begin
    line_art: bool = False
    chip: Color | None = theme.CHIP
    soft: Color = theme.SOFT
    separator: Color = theme.SEPARATOR

    @property
    def small(self) -> float:
        """The line distance of captions."""
        return self.caption * 1.26


STANDARD = Look(
    12.0, 15.4, 21.0, 13.0, 10.5, 9.5, 10.6, 37 * _MM,
    (
        Measure(28 * _MM, 17.0), Measure(28 * _MM, 13.0), Measure(28 * _MM, 9.0),
        Measure(24 * _MM, 9.0), Measure(24 * _MM, 4.0),
        Measure(24 * _MM, 7.0, 30 * _MM), Measure(24 * _MM, 3.0, 30 * _MM, 0.94),
        Measure(24 * _MM, 2.0, 30 * _MM, 0.94, 5.0), Measure(24 * _MM, 2.0, 30 * _MM, 0.92, 5.0),
        Measure(24 * _MM, 2.0, 30 * _MM, 0.9, 5.0),
    ),
)  # fmt: skip

_LARGE = Look(
    18.0, 23.0, 26.0, 21.0, 14.0, 14.0, 15.0, 60 * _MM,
    (Measure(44 * _MM, 16.0), Measure(38 * _MM, 12.0), Measure(32 * _MM, 9.0)),
    layout="above", grid_size=16.0, grid_row=33.0, grid_name=190.0,
    grid_apart=True, chip=None, soft=theme.BLACK, separator=theme.BLACK,
)  # fmt: skip

LOOKS: Mapping[Preset, Look] = {
    "standard": STANDARD,
    "large-print": _LARGE,
    "large-print-20": replace(_LARGE, body=20.0, leading=25.5, title=28.0, name=23.0),
    "easy-read": Look(
        14.0, 19.5, 24.0, 16.0, 12.0, 11.0, 12.0, 46 * _MM,
        (Measure(32 * _MM, 18.0), Measure(28 * _MM, 14.0), Measure(24 * _MM, 10.0)),
        layout="stacked", grid_size=13.0, grid_row=26.0, grid_name=150.0,
        sentences=True,
    ),
    "ink-saver": replace(STANDARD, line_art=True, chip=None, soft=theme.BLACK),
}  # fmt: skip


def look_of(content: HandoutContent) -> Look:
    """The look of a patient's page; two languages need the room beside stacked pictures."""
    look = LOOKS[content.preset]
    if content.other is not None and look.layout == "beside":
        low = (Measure(24 * _MM, 9.0), Measure(21 * _MM, 6.0), Measure(19 * _MM, 4.0))
        return replace(look, layout="stacked", measures=low)
    return look


def given(look: Look, give: Measure) -> Look:
    """The look at a measure."""
    if give.leading == 1.0:
        return look
    return replace(look, leading=look.leading * give.leading, grid_row=look.grid_row * give.leading)


@dataclass(frozen=True, slots=True)
class Voice:
    """One language on the page: its content, and where its column stands."""

    content: HandoutContent
    x: float
    width: float
    base: Direction | None  # R in a right-to-left language; else each text's own letters say it
    language: str  # where it is not the page's own

    @property
    def align(self) -> Align:
        """The side at which its lines start."""
        return "right" if self.base == "R" else "start"

    def broken(self, text: str, size: float, width: float, bold: bool = False) -> list[Line]:
        """A text in lines; none for an empty text."""
        return break_text(((text, bold),), size, width, self.base) if text else []


GUTTER = 16.0


def voices(content: HandoutContent, width: float) -> tuple[Voice, ...]:
    """The page's languages side by side: the patient's first, then the clinician's."""
    other = content.other
    if other is None:
        return (Voice(content, 0.0, width, _base(content), ""),)
    half = (width - GUTTER) / 2
    return (
        Voice(content, 0.0, half, _base(content), ""),
        Voice(other, half + GUTTER, half, _base(other), other.language),
    )


def _base(content: HandoutContent) -> Direction | None:
    return "R" if direction(content.language) == "R" else None
