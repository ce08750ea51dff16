"""The colours are legible, and no colour stands anywhere else."""

import re
from pathlib import Path

import pytest

import clinic_desk.ui
from clinic_desk.ui import theme, tokens

UI = Path(clinic_desk.ui.__file__).parent


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


TEXT = [
    ("ink", "surface"), ("ink", "canvas"), ("ink", "tint"), ("ink", "sunken"), ("ink2", "surface"),
    ("ink2", "sunken"), ("ink2", "canvas"), ("ink3", "sunken"), ("ink3", "surface"),
    ("primary", "surface"), ("on_primary", "primary"), ("on_primary", "primary_hover"),
    ("primary_ink", "tint"), ("suggest", "suggest_tint"), ("flag", "flag_tint"),
    ("flag", "surface"), ("on_flag", "flag_line"), ("caution", "caution_tint"),
    ("good", "good_tint"), ("rail_ink", "rail"), ("white", "rail_active"), ("ink", "flag_tint"),
]  # fmt: skip
EDGES = [
    ("field", "surface"), ("suggest_line", "suggest_tint"), ("flag_line", "flag_tint"),
    ("caution_line", "surface"), ("good_line", "surface"), ("focus", "canvas"),
    ("focus", "surface"),
]  # fmt: skip


@pytest.mark.parametrize("colours", [tokens.LIGHT, tokens.DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back"), TEXT)
def test_text_stands_out_by_at_least_4_5(colours, front, back):
    assert ratio(getattr(colours, front), getattr(colours, back)) >= 4.5


@pytest.mark.parametrize("colours", [tokens.LIGHT, tokens.DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back"), EDGES)
def test_edges_and_icons_stand_out_by_at_least_3(colours, front, back):
    assert ratio(getattr(colours, front), getattr(colours, back)) >= 3


@pytest.mark.parametrize(
    ("front", "back", "light", "dark"),
    [
        ("field", "surface", 3.7, 4.4),
        ("ink", "surface", 15.3, 14.2),
        ("ink2", "surface", 7.9, 9.9),
        ("on_primary", "primary", 6.3, 8.4),
        ("on_flag", "flag_line", 6.9, 5.6),
        ("focus", "canvas", 5.4, 9.2),
        ("white", "rail_active", 8.4, 11.3),
    ],
)
def test_the_ratios_are_those_that_were_measured(front, back, light, dark):
    for colours, wanted in ((tokens.LIGHT, light), (tokens.DARK, dark)):
        assert ratio(getattr(colours, front), getattr(colours, back)) == pytest.approx(
            wanted, abs=0.06
        )


def test_only_the_tokens_hold_a_colour():
    found = [
        f"{path.relative_to(UI)}: {match[0]}"
        for path in UI.rglob("*.py")
        if path.name != "tokens.py"
        for match in re.finditer(r'"#[0-9A-Fa-f]{6}"', path.read_text(encoding="utf-8"))
        if path.name != "icons.py"  # the default mark of a pixmap, always given by callers
    ]
    assert found == []


def test_inter_is_the_font_on_screen(qapp):
    from PySide6.QtGui import QFontInfo

    assert QFontInfo(theme.font("body")).family() == "Inter"


def test_nothing_is_smaller_than_nine_points(qapp):
    assert min(size for size, _weight in tokens.TYPE.values()) >= 9


def test_zoom_and_theme_apply_at_once(qapp):
    theme.apply(qapp, "dark", 150)
    assert theme.is_dark()
    assert theme.px(32) == 48
    theme.apply(qapp, "light", 400)
    assert theme.zoom() == 150
    assert not theme.is_dark()
