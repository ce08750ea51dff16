"""The look in force: light or dark, the zoom, and what follows from them.

Own-painted widgets ask `colour`, `font` and `px` whenever they paint, so a change of theme or
zoom needs nothing but a repaint; Qt's own widgets follow the palette and the style sheet.
"""

from __future__ import annotations

from dataclasses import asdict
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
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

    def add_ring(self) -> None:
        """The focus ring comes right after the first paint, which it would hold up."""
        from clinic_desk.ui.theme_ring import FocusRing

        app = QApplication.instance()
        if self.ring is None and isinstance(app, QApplication):
            self.ring = FocusRing(app, lambda: colour("focus"))

    def follow_system(self) -> None:
        """The system changed between light and dark."""
        app = QApplication.instance()
        if self.mode == "system" and isinstance(app, QApplication):
            apply(app, self.mode, self.zoom)


_look = _Look()
changed = _look.changed  # after a new theme or zoom is in force


def start(app: QApplication, mode: str = "system", zoom: int = 100) -> None:
    """Load the fonts, set Fusion, and put the look in force. Once, before the first window."""
    app.setStyle(QStyleFactory.create("Fusion"))
    _look.families = _load_fonts()
    hints = QGuiApplication.styleHints()
    hints.colorSchemeChanged.connect(_look.follow_system)
    apply(app, mode, zoom)
    QTimer.singleShot(0, _look.add_ring)


def apply(app: QApplication, mode: str, zoom: int) -> None:
    """Put a theme (system, light or dark) and a zoom (90 to 150 %) in force."""
    _look.mode = mode if mode in MODES else "system"
    _look.zoom = min(150, max(90, zoom))
    dark = _look.mode == "dark" or (_look.mode == "system" and _system_is_dark())
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
    return QColor(hexed(role))


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
    running text: Inter then widens the hyphen too.
    """
    return QFont(_font(role, figures))


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


def _system_is_dark() -> bool:
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
    return tuple(asdict(tokens.LIGHT))
