"""The order of Tab on a screen that is built in pieces: what is made later stands last in Qt's own
chain, though it stands first on the screen.
"""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

MARGIN = 40  # px kept free around what has the focus


def go_on(
    whole: QWidget, parts: Sequence[QWidget], forward: bool, moving: QWidget | None = None
) -> bool:
    """Move the focus within a screen by the order of its parts, and after the last one out of it;
    False where the focus is in none of them. In a `moving` part, whose cards change places, it
    goes by what is seen: from line to line.
    """
    now = QApplication.focusWidget()
    if now is None or not whole.isAncestorOf(now):
        return False
    held: list[list[QWidget]] = [[] for _part in parts]
    for one in _chain(whole, forward=True):
        if _is_stop(one):
            for place, part in enumerate(parts):
                if part is one or part.isAncestorOf(one):
                    held[place].append(one)
                    break
    for part, some in zip(parts, held, strict=True):
        if part is moving:
            some.sort(key=lambda one: _seen(whole, one))
    stops = [one for some in held for one in some]
    if now not in stops:
        return False
    place = stops.index(now) + (1 if forward else -1)
    wanted = stops[place] if 0 <= place < len(stops) else _outside(whole, now, forward)
    if wanted is None:
        return False
    ways = Qt.FocusReason
    wanted.setFocus(ways.TabFocusReason if forward else ways.BacktabFocusReason)
    _reveal(wanted)
    return True


def _reveal(wanted: QWidget) -> None:
    above = wanted.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(wanted, 0, MARGIN)
        above = above.parentWidget()


def _outside(whole: QWidget, now: QWidget, forward: bool) -> QWidget | None:
    for one in _chain(now, forward):
        if _is_stop(one) and one is not whole and not whole.isAncestorOf(one):
            return one
    return None


def _chain(start: QWidget, forward: bool) -> Iterator[QWidget]:
    """All widgets of the window from one on, once around."""
    one = start
    while True:
        found = one.nextInFocusChain() if forward else one.previousInFocusChain()
        if found is None or found is start:
            return
        one = found
        yield one


def _seen(whole: QWidget, one: QWidget) -> tuple[int, int]:
    place = one.mapTo(whole, one.rect().center())
    return place.y(), place.x() if whole.isLeftToRight() else -place.x()


def _is_stop(widget: QWidget) -> bool:
    takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(takes) and widget.isEnabled() and widget.isVisible() and not widget.focusProxy()
