"""The look in force: light or dark, the zoom, and what follows from them.

Own-painted widgets ask `colour`, `font` and `px` whenever they paint, so a change of theme or
zoom needs nothing but a repaint; Qt's own widgets follow the palette and the style sheet.
The first paint waits for `start`, so the `Qt` namespace (20 ms) and the focus ring come after it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from clinic_desk import paths
from clinic_desk.ui import tokens
from clinic_desk.ui.theme_sheet import sheet

if TYPE_CHECKING:
    from clinic_desk.ui.theme_ring import FocusRing

FAMILY = "Inter"
WEIGHTS = ("Regular", "Medium", "SemiBold", "Bold")
MODES = ("system", "light", "dark")


class _Look(QObject):
    """The one state behind the functions of this module."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.colours = tokens.LIGHT
        self.mode = "system"
        self.zoom = 100
        self.families: list[str] = []
        self.ring: FocusRing | None = None
        self.in_fusion = False

    def settle(self, app: QApplication) -> None:
        """What would hold up the first paint: the focus ring, and following the system."""
        from clinic_desk.ui.theme_ring import FocusRing

        if self.ring is not None:
            return
        if not self.in_fusion:
            app.setStyle(QStyleFactory.create("Fusion"))
        self.ring = FocusRing(app, lambda: colour("focus"))
        QGuiApplication.styleHints().colorSchemeChanged.connect(self.follow_system)
        if self.mode == "system" and _system_is_dark() != is_dark():
            self.follow_system()

    def follow_system(self) -> None:
        """The system changed between light and dark."""
        app = QApplication.instance()
        if self.mode == "system" and isinstance(app, QApplication):
            apply(app, self.mode, self.zoom)


_look = _Look()
changed = _look.changed  # after a new theme or zoom is in force


def arguments() -> list[str]:
    """What to give to QApplication, so that it begins in Fusion: setting it later costs 6 ms."""
    _look.in_fusion = True
    return ["-style", "fusion"]


def start(app: QApplication, mode: str = "system", zoom: int = 100) -> None:
    """Load the fonts and put the look in force, before the first window."""
    if not _look.families:
        _look.families = _load_fonts()
    _put_in_force(app, mode, zoom, _palette_is_dark() if _look.ring is None else _system_is_dark())


def settle(app: QApplication) -> None:
    """What `start` leaves for after the first paint: the focus ring, following the system."""
    _look.settle(app)


def apply(app: QApplication, mode: str, zoom: int) -> None:
    """Put a theme (system, light or dark) and a zoom (90 to 150 %) in force."""
    _put_in_force(app, mode, zoom, _system_is_dark())


def _put_in_force(app: QApplication, mode: str, zoom: int, system_is_dark: bool) -> None:
    _look.mode = mode if mode in MODES else "system"
    _look.zoom = min(150, max(90, zoom))
    dark = _look.mode == "dark" or (_look.mode == "system" and system_is_dark)
    _look.colours = tokens.DARK if dark else tokens.LIGHT
    _font.cache_clear()
    app.setFont(font("body"))
    app.setPalette(_palette())
    app.setStyleSheet(sheet(_look.colours, _look.zoom, points()))
    _look.changed.emit()


def is_dark() -> bool:
    return _look.colours is tokens.DARK


def zoom() -> int:
    """In percent."""
    return _look.zoom


def hexed(role: str) -> str:
    """A colour role's value as text."""
    value: str = getattr(_look.colours, role)
    return value


def colour(role: str) -> QColor:
    """A colour by its role, such as "ink" or "flag_line"."""
    return QColor.fromRgba(_rgba(hexed(role)))


@lru_cache(maxsize=128)
def _rgba(value: str) -> int:
    return QColor(value).rgba()  # reading the text is the dear part


def px(size: float) -> int:
    """A size at zoom 100 % as pixels at the zoom in force."""
    return round(size * _look.zoom / 100)


def points() -> float:
    """How many points 1/72 inch at 96 dpi is on this screen: macOS counts 72 to the inch."""
    screen = QGuiApplication.primaryScreen()
    return 96 / screen.logicalDotsPerInchY() if screen else 1.0


def font(role: str, figures: bool = False) -> QFont:
    """A font of the type scale: caption, label, body, medium, strong, section, title, number.

    `figures` makes digits equally wide, for columns and numbers that change. It is not for
    running text: Inter then widens the hyphen too. It is everybody's: one that is changed must
    be a copy.
    """
    return _font(role, figures)


@lru_cache(maxsize=32)
def _font(role: str, figures: bool) -> QFont:
    size, weight = tokens.TYPE[role]
    made = QFont([*_look.families, QFont().defaultFamily()])
    made.setPointSizeF(size * points() * _look.zoom / 100)
    made.setWeight(QFont.Weight(weight))
    if figures:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


def _load_fonts() -> list[str]:
    folder = paths.resources() / "fonts"
    loaded = [
        QFontDatabase.addApplicationFont(str(folder / f"{FAMILY}-{weight}.ttf"))
        for weight in WEIGHTS
    ]
    return [FAMILY] if all(number >= 0 for number in loaded) else []


def _palette_is_dark() -> bool:
    """Whether the palette is the dark one; before ours is set it is the system's."""
    window = QPalette().color(QPalette.ColorRole.Window)
    return window.lightness() < 128


def _system_is_dark() -> bool:
    from PySide6.QtCore import Qt

    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def _palette() -> QPalette:
    made = QPalette()
    roles = {
        QPalette.ColorRole.Window: "canvas",
        QPalette.ColorRole.WindowText: "ink",
        QPalette.ColorRole.Base: "surface",
        QPalette.ColorRole.AlternateBase: "sunken",
        QPalette.ColorRole.Text: "ink",
        QPalette.ColorRole.Button: "surface",
        QPalette.ColorRole.ButtonText: "ink",
        QPalette.ColorRole.BrightText: "flag",
        QPalette.ColorRole.ToolTipBase: "surface",
        QPalette.ColorRole.ToolTipText: "ink",
        QPalette.ColorRole.PlaceholderText: "ink3",
        QPalette.ColorRole.Highlight: "primary",
        QPalette.ColorRole.HighlightedText: "on_primary",
        QPalette.ColorRole.Link: "primary",
        QPalette.ColorRole.LinkVisited: "primary",
        QPalette.ColorRole.Light: "surface",
        QPalette.ColorRole.Midlight: "line",
        QPalette.ColorRole.Mid: "line",
        QPalette.ColorRole.Dark: "field",
        QPalette.ColorRole.Shadow: "field",
        QPalette.ColorRole.Accent: "primary",
    }
    for role, name in roles.items():
        made.setColor(role, colour(name))
    off = QPalette.ColorGroup.Disabled
    for role in (
        QPalette.ColorRole.Text,
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.ButtonText,
    ):
        made.setColor(off, role, colour("ink3"))
    return made


def roles() -> tuple[str, ...]:
    """All colour roles."""
    return tokens.Colours._fields
