"""What the windows are made of: colours by role, type, space and sizes.

The only hexadecimal colours of the program stand here; style sheets, painters and icons all
read them by role. Ratios (WCAG 2) are checked by a test: text 4.5, edges and icons 3.
"""

from typing import NamedTuple


class Colours(NamedTuple):
    """One theme's colours by what they mean."""

    canvas: str
    surface: str
    sunken: str
    line: str
    field: str
    ink: str
    ink2: str
    ink3: str
    primary: str
    on_primary: str
    primary_hover: str
    tint: str
    primary_ink: str
    suggest_tint: str
    suggest: str
    suggest_line: str
    flag_tint: str
    flag: str
    flag_line: str
    on_flag: str
    caution_tint: str
    caution: str
    caution_line: str
    good_tint: str
    good: str
    good_line: str
    focus: str
    rail: str
    rail_ink: str
    rail_active: str
    white: str = "#FFFFFF"
    page: str = "#FFFFFF"  # a sheet of paper is white in every theme
    logo: str = "#5CC8BD"
    logo_mark: str = "#06211F"
    # complaints on the body chart; each has a hatch and a letter of its own beside its colour
    pain: str = "#A8245E"
    pins: str = "#2458B8"
    numbness: str = "#40555A"
    cramp: str = "#85500A"
    stiffness: str = "#0A6B67"
    prop: str = "#A8864F"  # wood of a drawn chair or step; decoration


LIGHT = Colours(
    canvas="#F3F6F6",
    surface="#FFFFFF",
    sunken="#E9EFEF",
    line="#D3DDDE",
    field="#76898C",
    ink="#15282B",
    ink2="#40555A",
    ink3="#566A6E",
    primary="#0A6B67",
    on_primary="#FFFFFF",
    primary_hover="#085A57",
    tint="#DDF0EE",
    primary_ink="#085A57",
    suggest_tint="#F7F5FD",
    suggest="#573DB0",
    suggest_line="#7A64CC",
    flag_tint="#FDECEA",
    flag="#A61B1B",
    flag_line="#B01E1E",
    on_flag="#FFFFFF",
    caution_tint="#FFF3D9",
    caution="#734500",
    caution_line="#A86E0C",
    good_tint="#E2F3E8",
    good="#1A6439",
    good_line="#2F8A55",
    focus="#1A5FD0",
    rail="#0E3437",
    rail_ink="#C9DCDB",
    rail_active="#1F5558",
)

DARK = Colours(
    canvas="#0E1516",
    surface="#162022",
    sunken="#1F2B2D",
    line="#304044",
    field="#73878B",
    ink="#E7EFEF",
    ink2="#BCCACB",
    ink3="#9DAEB0",
    primary="#5CC8BD",
    on_primary="#06211F",
    primary_hover="#7AD6CC",
    tint="#17393A",
    primary_ink="#7AD6CC",
    suggest_tint="#1E1C30",
    suggest="#BDADFF",
    suggest_line="#8B77DE",
    flag_tint="#3A1718",
    flag="#FF9C94",
    flag_line="#E4635C",
    on_flag="#2A0505",
    caution_tint="#33280F",
    caution="#F0C266",
    caution_line="#B98A2E",
    good_tint="#143325",
    good="#82D6A4",
    good_line="#4CA374",
    focus="#8CB9FF",
    rail="#091011",
    rail_ink="#A9BCBD",
    rail_active="#1D4043",
    pain="#FF9CC2",
    pins="#8CB9FF",
    numbness="#BCCACB",
    cramp="#E5B25E",
    stiffness="#5CC8BD",
    prop="#B89A66",
)

# Type: points at zoom 100 % and weight.
TYPE: dict[str, tuple[float, int]] = {
    "caption": (9, 400),
    "label": (9, 600),
    "caption_strong": (9, 500),
    "body": (10, 400),
    "medium": (10, 500),
    "strong": (10, 600),
    "section": (11, 600),
    "title": (14, 600),
    "number": (20, 600),
}

# Space: the 4 px grid.
XS, S, M, L, XL = 4, 8, 12, 16, 20

# Sizes in px at zoom 100 %.
CONTROL = 32
COMPACT = 28
HIT = 24
CHIP = 22
ROW = 48
ROW_TALL = 66  # with two lines below its heading
STEP_ROW = 36
COMMAND_BAR = 52
BANNER = 56
FLAG_BANNER = 64
TABS = 48
FOOTER = 56
STATUS = 28
RAIL = 76
RAIL_NARROW = 56
NARROW_BELOW = 1400  # width of the window under which the rail shows icons only

# Corners.
R_SMALL, R_CONTROL, R_CARD = 4, 6, 8

RING = 2  # width of the focus ring
RING_GAP = 2
