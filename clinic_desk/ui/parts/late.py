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
    while before is not None and before is not after and not _takes_focus(before):
        before = before.previousInFocusChain()
    if before is not None:
        follow(form, before)


def follow(form: QWidget, before: QWidget) -> None:
    """Tab goes from `before` into a form."""
    for field in _fields(form):
        QWidget.setTabOrder(before, field)
        before = field


def _fields(form: QWidget) -> list[QWidget]:
    """What takes the focus in a form, in the order of Tab."""
    found: list[QWidget] = []
    field: QWidget | None = form
    while field is not None and (field is form or form.isAncestorOf(field)):
        if _takes_focus(field):
            found.append(field)
        field = field.nextInFocusChain()
    return found


def _at(then: QWidget) -> QWidget:
    """The first that takes the focus, from a widget on."""
    field: QWidget | None = then
    while field is not None and not _takes_focus(field):
        field = field.nextInFocusChain()
        if field is then:
            break
    return field or then


def _takes_focus(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
