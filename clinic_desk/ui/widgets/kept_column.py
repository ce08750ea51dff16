"""An upright layout that remembers how tall it is."""

from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget


class KeptColumn(QVBoxLayout):
    """An upright layout that remembers its height by width until something in it changes.

    A column of cards asks each card at each change of any of them; a plain layout remembers one
    width and would ask all its words again.
    """

    _tall: dict[int, int]

    def __init__(self, widget: QWidget, spacing: int = 0) -> None:
        super().__init__(widget)  # invalidates
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def invalidate(self) -> None:
        self._tall = {}
        super().invalidate()

    def heightForWidth(self, width: int) -> int:
        tall = self._tall.get(width)
        if tall is None:
            if not self._tall:
                _ask_anew(self)
            tall = self._tall[width] = super().heightForWidth(width)
        return tall

    def minimumHeightForWidth(self, width: int) -> int:
        return self.heightForWidth(width)


def _ask_anew(layout: QLayout) -> None:
    """Rows within rows hear of a change only when all is laid out, which is after the asking."""
    for place in range(layout.count()):
        inner = layout.itemAt(place)
        if isinstance(inner, QLayout):
            inner.invalidate()
            _ask_anew(inner)
