"""A column of cards shows after any change just what it would show drawn anew."""

import random

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from clinic_desk.ui import theme
from clinic_desk.ui.parts import layout
from clinic_desk.ui.widgets.card_column import CardColumn
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.labels import Label
from tests.ui.evaluation_stage import at
from tests.ui.visit_stage import VisitStage, start
from tests.usecases.answers import STRAIN

__all__ = ["at"]  # the fixture

WIDTH, HEIGHT, SPACING = 300, 400, 12
# Pixels of round corners, and of dashed edges, that a part drawn alone smooths otherwise.
CORNERS, DASHES = 150, 400


def paint(widget: QWidget) -> None:
    for _ in range(3):
        QApplication.processEvents()
        QApplication.sendPostedEvents()


def as_drawn_anew(widget: QWidget, most: int = CORNERS) -> bool:
    """Whether the window's own pixels are those of a drawing made now.

    What a timer changes between the two is given the time to be shown.
    """
    widget = widget.window()
    for _ in range(4):
        paint(widget)
        stands = widget.screen().grabWindow(widget.winId()).toImage()
        anew = widget.grab().toImage().convertToFormat(stands.format())
        if stands == anew or _differing(stands, anew) <= most:
            return True
    return False


def _differing(one: QImage, other: QImage) -> int:
    here, there = bytes(one.constBits()), bytes(other.constBits())
    return sum(here[at : at + 4] != there[at : at + 4] for at in range(0, len(here), 4))


def card(words: str) -> Card:
    made = Card()
    made.add(Label(words, "body", wrap=True))
    return made


@pytest.fixture
def column(qtbot):
    pane = QFrame()
    pane.setProperty("surface", "pane-right")
    made = CardColumn((16, 2, 10, 16), SPACING, "surface")
    layout.column(pane).addWidget(made)
    qtbot.addWidget(pane)
    pane.resize(WIDTH, HEIGHT)
    pane.show()
    yield made
    pane.close()


def words_of(one: Card) -> Label:
    return one.findChildren(Label)[-1]


def test_cards_stand_one_below_another_without_a_gap_where_one_is_hidden(column) -> None:
    one, two, three = card("first"), card("second"), card("third")
    for made in (one, two, three):
        column.add(made)
    two.hide()
    paint(column)
    tops = [made.mapTo(column.widget(), QPoint(0, 0)).y() for made in (one, three)]
    assert tops[0] == 2
    assert tops[1] == tops[0] + one.height() + SPACING
    assert not two.isVisible()


def test_a_card_grows_with_its_words_and_those_below_give_way(column) -> None:
    one, two = card("short"), card("below")
    column.add(one)
    column.add(two)
    paint(column)
    low, place = one.height(), two.mapTo(column.widget(), QPoint(0, 0)).y()
    words_of(one).setText("many words that need more than a line of this column to be read " * 3)
    paint(column)
    grown = one.height() - low
    assert grown > 0
    assert two.mapTo(column.widget(), QPoint(0, 0)).y() == place + grown
    assert as_drawn_anew(column)


def test_a_card_that_was_taken_out_is_not_seen_and_comes_back_as_it_was(column) -> None:
    one, two = card("first"), card("second")
    column.add(one)
    column.add(two)
    column.remove(one)
    paint(column)
    assert not one.isVisible()
    assert column.standing() == (two,)
    column.place(one, 0)
    paint(column)
    assert one.isVisible()
    assert column.standing() == (one, two)


def test_what_changed_deep_in_a_card_is_arranged_once(column, monkeypatch) -> None:
    """Settled from the inside out, no layout asks for the same change once more."""
    made, line = Card(), QWidget()
    words = Label("short", "body", wrap=True)
    layout.row(line).addWidget(words)
    made.add(line)
    column.add(made)
    paint(column)
    low, done = made.height(), []
    arrange = CardColumn.arrange
    monkeypatch.setattr(CardColumn, "arrange", lambda self: (done.append(1), arrange(self)))
    column.hold()
    words.setText("many words that need more than a line of this column to be read " * 3)
    made.body.invalidate()
    column.arrange()
    tall = made.height()
    paint(column)
    assert (made.height(), len(done)) == (tall, 1)
    assert tall > low


def test_a_card_of_another_parent_is_refused(column) -> None:
    with pytest.raises(ValueError, match="never adopted"):
        column.place(card("stranger"), 0)


def test_a_row_within_a_row_that_is_hidden_takes_no_room(column) -> None:
    """A layout in a layout hears of it only when all is laid out, after the height was asked."""
    made = Card()
    rows = QVBoxLayout()
    rows.setSpacing(3)
    lines = [Label(f"line {number}", "body", wrap=True) for number in range(3)]
    for line in lines:
        rows.addWidget(line)
    made.body.addLayout(rows)
    column.add(made)
    paint(column)
    whole = made.height()
    column.hold()
    lines[1].hide()
    column.arrange()
    assert made.height() == whole - lines[0].height() - 3


@pytest.mark.parametrize("seed", range(6))
def test_what_is_seen_after_many_changes_is_what_a_new_drawing_shows(column, seed: int) -> None:
    chance = random.Random(seed)
    cards = [card(f"card {number} " * chance.randint(1, 30)) for number in range(8)]
    for made in cards:
        column.adopt(made)
    for _ in range(30):
        standing = list(column.standing())
        column.hold()
        for _ in range(chance.randint(1, 3)):
            made = chance.choice(cards)
            match chance.randint(0, 3):
                case 0 if made in standing:
                    column.remove(made)
                    standing.remove(made)
                case 1:
                    words_of(made).setText("other words " * chance.randint(1, 40))
                case 2:
                    made.setVisible(made.isHidden())
                case _:
                    if made in standing:
                        standing.remove(made)
                    place = chance.randint(0, len(standing))
                    standing.insert(place, made)
                    column.place(made, place)
        column.arrange()
        bar = column.verticalScrollBar()
        bar.setValue(chance.randint(0, bar.maximum()))
        assert as_drawn_anew(column)


def test_another_theme_is_on_every_card_at_once(column) -> None:
    column.add(card("first"))
    paint(column)
    app = QApplication.instance()
    try:
        theme.apply(app, "dark", 100)
        assert as_drawn_anew(column)
    finally:
        theme.apply(app, "light", 100)


def test_the_findings_are_as_drawn_anew_after_each_answer(at: VisitStage, desk, strain) -> None:
    at.open(start(desk, strain, STRAIN))
    at.screen.resize(1310, 640)
    chance = random.Random(7)
    draft = at.screen.draft
    items = [
        one
        for step in draft.progress()
        for one in step.visible_items
        if draft.play.item(one).kind.name.startswith("YES_NO")
    ]
    for one in chance.sample(items, 25):
        draft.set_answer(one, chance.choice(["yes", "no", None]))
        at.settle()
        assert as_drawn_anew(at.screen, DASHES), one
