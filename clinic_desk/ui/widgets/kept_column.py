"""An upright layout that remembers how tall it is."""

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget


class KeptColumn(QVBoxLayout):
    """An upright layout that remembers its height by width until something in it changes.

    A column of cards asks each card at each change of any of them; a plain layout remembers one
    width and would ask all its words again.
    """

    _tall: dict[int, int]
    _changed: bool

    def __init__(self, widget: QWidget, spacing: int = 0) -> None:
        super().__init__(widget)  # invalidates
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def invalidate(self) -> None:
        self._tall, self._changed = {}, True
        super().invalidate()

    def heightForWidth(self, width: int) -> int:
        tall = self._tall.get(width)
        if tall is None:
            tall = self._tall[width] = super().heightForWidth(width)
        return tall

    def minimumHeightForWidth(self, width: int) -> int:
        return self.heightForWidth(width)

    def renew(self) -> None:
        """Let rows within rows know that something changed. By themselves they hear of it only
        when all is laid out, and a height asked for before that would be the old one.
        """
        if self._changed:
            _renew(self)

    def settle(self) -> bool:
        """Lay out what changed, now; whether anything did. Being laid out is no change: the
        heights stay known.
        """
        tall = self._tall
        done = self.activate()
        self._tall, self._changed = tall, False
        return done


def _renew(layout: QLayout) -> None:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if isinstance(item, QLayout):
            item.invalidate()
            _renew(item)
            continue
        widget = item.widget() if item is not None else None
        if widget is not None and widget.isHidden():
            continue  # it takes no room
        held = widget.layout() if widget is not None else None
        if widget is not None and held is not None:
            _renew(held)
            if held.activate():  # its height is asked for now, so it need not be told once more
                QCoreApplication.removePostedEvents(widget, QEvent.Type.LayoutRequest)
