"""An exercise figure that moves at the tempo of its exercise, until it is paused.

Each place of the movement is drawn once and kept as pixels: a repetition passes the same
places again and again, so that playing costs little more than copying them.
"""

from PySide6.QtCore import QElapsedTimer, QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from clinic_desk.drawing import figure
from clinic_desk.drawing.pose import Pose
from clinic_desk.drawing.timing import Beat
from clinic_desk.i18n import _
from clinic_desk.ui import theme
from clinic_desk.ui.widgets import picture

FRAME_MS = 16
MOST = 180  # places of a movement that are kept as pixels; a slow one passes them slower


class FigureView(QWidget):
    """Plays and pauses by Space or a click. At rest it shows the finish with its arrow."""

    played = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pose: Pose | None = None
        self._beat = Beat.of(1, 0, 1, 0)
        self._mirror = False
        self._name = ""
        self._kept: dict[int, QPixmap] = {}
        self._box: figure.Bounds = (0.0, 0.0, 1.0, 1.0)
        self._places = 1
        self._begun = QElapsedTimer()
        self._before_ms = 0  # of the movement, when it was paused
        self._shown = -1
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self._step)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_exercise(self, pose: Pose, beat: Beat, name: str, side: str | None = None) -> None:
        """Show another exercise at rest; `name` is what a screen reader says."""
        self.pause()
        self._pose, self._beat, self._name = pose, beat, name
        self._box = figure.frame(pose)[1].bounds  # of the whole movement
        self._places = min(MOST, round(max(beat.move, beat.back) * 1000 / FRAME_MS))
        self._mirror = figure.mirrors(pose, side)
        self._before_ms = 0
        self._forget()
        self._say()

    @property
    def playing(self) -> bool:
        return self._timer.isActive()

    def play(self) -> None:
        """Move until it is paused; also where the system asks for calm, since a person did."""
        if self._pose is None or self.playing or not self.isVisible():
            return
        self._begun.start()
        self._timer.start()
        self._say()
        self.played.emit(True)

    def pause(self) -> None:
        """Stop where it is."""
        if not self.playing:
            return
        self._timer.stop()
        self._before_ms += self._begun.elapsed()
        self._say()
        self.played.emit(False)

    def toggle(self) -> None:
        """Play or pause."""
        if self.playing:
            self.pause()
        else:
            self.play()

    # -- drawing ------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._pose is None:
            return
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._pixels(self._shown))
        painter.end()

    def _step(self) -> None:
        """The next place, painted only where it is another one."""
        seconds = (self._before_ms + self._begun.elapsed()) / 1000
        place = round(self._beat.share(seconds) * self._places)
        if place != self._shown:
            self._shown = place
            self.update()

    def _pixels(self, place: int) -> QPixmap:
        """The figure at one place; -1 is at rest, with ghost and arrow."""
        kept = self._kept.get(place)
        if kept is None:
            kept = self._kept[place] = self._drawn(place)
        return kept

    def _drawn(self, place: int) -> QPixmap:
        if self._pose is None:
            return QPixmap()
        rest = place < 0
        drawn = figure.draw(
            self._pose,
            at=1.0 if rest else place / self._places,
            mirror=self._mirror,
            ghost=rest,
            arrow=rest,
            bounds=self._box,
        )
        ratio = self.devicePixelRatioF()
        pixels = QPixmap(self.size() * ratio)
        pixels.setDevicePixelRatio(ratio)
        pixels.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixels)
        picture.draw(painter, drawn, QRectF(self.rect()).adjusted(4, 4, -4, -4))
        painter.end()
        return pixels

    def _forget(self) -> None:
        self._kept = {}
        if not self.playing:
            self._shown = -1 if self._before_ms == 0 else self._shown
        self.update()

    def _say(self) -> None:
        state = _("moving, Space pauses") if self.playing else _("still, Space plays")
        self.setAccessibleName(f"{self._name}: {state}" if self._name else state)

    # -- the person ---------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.toggle()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.toggle()
        else:
            super().mousePressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.pause()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._forget()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        self._forget()  # another theme or zoom
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(240), theme.px(150))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(80), theme.px(56))
