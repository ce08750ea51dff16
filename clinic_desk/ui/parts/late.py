"""Forms that are made when they are first asked for, in the place that waits for them.

Qt leads Tab in the order of making; what comes late is put where it stands.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QWidget


def put(form: QWidget, place: QBoxLayout, then: QWidget) -> None:
    """Put a form, hidden, into a place; Tab goes through it and from it on to `then`."""
    form.hide()
    place.addWidget(form)
    after = _at(then)
    before = after.previousInFocusChain()
    while not _takes_focus(before) and before is not after:
        before = before.previousInFocusChain()
    follow(form, before)


def follow(form: QWidget, before: QWidget) -> None:
    """Tab goes from `before` into a form."""
    for field in _fields(form):
        QWidget.setTabOrder(before, field)
        before = field


def _fields(form: QWidget) -> list[QWidget]:
    """What takes the focus in a form, in the order of Tab."""
    found, field = [], form
    while field is form or form.isAncestorOf(field):
        if _takes_focus(field):
            found.append(field)
        field = field.nextInFocusChain()
    return found


def _at(then: QWidget) -> QWidget:
    """The first that takes the focus, from a widget on."""
    field = then
    while not _takes_focus(field) and field.nextInFocusChain() is not then:
        field = field.nextInFocusChain()
    return field


def _takes_focus(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
