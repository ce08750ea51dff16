"""What needs the clinician, where it is much."""

import uuid

from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from clinic_desk.ui.parts.todo_needs import MORE, NeedsCard
from clinic_desk.usecases.today import Need


def opening(card: NeedsCard) -> list[QAbstractButton]:
    QApplication.processEvents()
    buttons = card.findChildren(QAbstractButton)
    return [one for one in buttons if one.property("need") and one.isVisible()]


def way_on(card: NeedsCard) -> QAbstractButton:
    (found,) = (
        b for b in card.findChildren(QAbstractButton) if b.isVisible() and "more" in b.text()
    )
    return found


def test_of_many_some_are_shown_then_more_and_the_count_is_of_all(qtbot: QtBot) -> None:
    card = NeedsCard()
    qtbot.addWidget(card)
    card.show()
    many = [
        Need("retest", f"EXAMPLE, {n}", "due", uuid.uuid4(), uuid.uuid4()) for n in range(MORE + 3)
    ]
    card.show_needs(many, in_all={"retest": 3000})
    assert len(opening(card)) == MORE
    assert way_on(card).text() == "Show 3 more"
    assert way_on(card).accessibleName() == "Re-evaluations due: Show 3 more"
    way_on(card).click()
    assert [one.property("need") for one in opening(card)] == many
    assert card.window().focusWidget() is opening(card)[MORE]
    said = [one.text() for one in card.findChildren(QLabel) if one.isVisible()]
    assert "3000" in said
    assert f"{3000 - len(many)} more come up as these are done" in said


def test_a_word_longer_than_the_card_leaves_its_button_in_sight(qtbot: QtBot) -> None:
    card = NeedsCard()
    qtbot.addWidget(card)
    card.resize(360, 300)
    card.show()
    card.show_needs([Need("red_flag", f"{'A' * 200}, Alex", "B" * 200, uuid.uuid4(), uuid.uuid4())])
    (button,) = opening(card)
    assert card.minimumSizeHint().width() <= 360
    assert button.mapTo(card, button.rect().topRight()).x() < 360
