"""The body chart by mouse, by pen and by keyboard alone."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from clinic_desk.clinical.body_regions import VIEWS
from clinic_desk.clinical.measures import Place, Side
from clinic_desk.clinical.protocol import Item, Kind
from clinic_desk.drawing import body_views
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.forms.items import build
from clinic_desk.ui.widgets.body_views import FINGER
from clinic_desk.usecases import body_words

CALF = {"region": "calf_back", "side": "left", "type": "pain", "intensity": 6}


@pytest.fixture
def chart(shown):
    """An open chart in a row as wide as the middle column."""
    row = build(Item("body_chart", Kind.BODY_CHART, "Body chart"), lambda text: text, "left")
    row.resize(700, 900)
    row = shown(row)
    row.resize(700, 900)
    QTest.mouseClick(row.control.open_button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    return row.control


def spot(chart, view: str, region: str, side: Side | None = Side.LEFT) -> QPoint:
    shown = chart.panel.views.view(view)
    area = next(a for a in body_views.areas(view) if a.key == (region, side))
    return shown.at(area.centre).toPoint()


def click(chart, view: str, region: str, side: Side | None = Side.LEFT) -> None:
    shown = chart.panel.views.view(view)
    QTest.mouseClick(shown, Qt.MouseButton.LeftButton, pos=spot(chart, view, region, side))


def draw(chart, view: str, points: list[QPoint]) -> None:
    shown = chart.panel.views.view(view)
    QTest.mousePress(shown, Qt.MouseButton.LeftButton, pos=points[0])
    for before, after in pairwise(points):
        for step in range(1, 6):
            QTest.mouseMove(shown, before + (after - before) * step / 5)
    QTest.mouseRelease(shown, Qt.MouseButton.LeftButton, pos=points[-1])


def test_a_chart_that_nobody_opens_costs_nothing_and_says_nothing(shown):
    row = build(Item("body_chart", Kind.BODY_CHART, "Body chart"), lambda text: text, "left")
    row = shown(row)
    assert row.control.panel is None
    assert row.value() is None


def test_nothing_to_mark_is_an_answer_that_can_be_taken_back(shown, qtbot):
    row = build(Item("body_chart", Kind.BODY_CHART, "Body chart"), lambda text: text, "left")
    row = shown(row)
    with qtbot.waitSignal(row.changed):
        row.control.none.click()
    assert row.value() == {"marks": []}
    with qtbot.waitSignal(row.changed):
        row.control.none.click()
    assert row.value() is None


@pytest.mark.parametrize("view", VIEWS)
def test_a_click_at_the_centre_marks_every_region_that_the_view_shows(chart, view):
    for area in body_views.areas(view):
        chart.select(None)
        chart.panel.intensity.set_number(None)
        click(chart, view, area.region, area.side)
        marked = {mark.places for mark in chart.chart.marks}
        assert (Place(*area.key),) in marked, area.key
        chart.remove(len(chart.chart.marks) - 1)


def test_a_click_beside_a_narrow_limb_still_finds_it(chart):
    shown = chart.panel.views.view("back")
    at = spot(chart, "back", "calf_outer")
    edge = at - QPoint(FINGER, 0)
    QTest.mouseClick(shown, Qt.MouseButton.LeftButton, pos=edge)
    assert chart.value()["marks"][0]["region"] == "calf_outer"


def test_a_region_is_marked_rated_changed_and_taken_away(chart):
    click(chart, "back", "calf_back")
    chart.panel.intensity.choose("6")
    assert chart.value() == {"marks": [CALF]}
    chart.panel.type.choose("cramp")
    assert chart.value() == {"marks": [{**CALF, "type": "cramp"}]}
    QTest.mouseClick(chart.panel.remove, Qt.MouseButton.LeftButton)
    assert chart.value() is None


def test_a_second_mark_does_not_take_the_strength_of_the_first(chart):
    click(chart, "back", "calf_back")
    chart.panel.intensity.choose("6")
    click(chart, "back", "buttock")
    assert [mark["intensity"] for mark in chart.value()["marks"]] == [6, None]


def test_a_pen_stroke_is_kept_as_points_with_the_regions_it_covers(chart):
    chart.panel.tool.choose("pen")
    chart.panel.type.choose("numbness")
    points = [
        spot(chart, "back", region) for region in ("buttock", "thigh_back_upper", "thigh_back_mid")
    ]
    draw(chart, "back", points)
    (mark,) = chart.value()["marks"]
    assert (mark["view"], mark["type"], mark["intensity"]) == ("back", "numbness", None)
    assert all(0 <= part <= 1 for point in mark["path"] for part in point)
    assert {"region": "thigh_back_upper", "side": "left"} in mark["regions"]
    assert body_words.answer(chart.value()).startswith("numbness in the left buttock")


def test_a_stroke_far_from_the_body_marks_nothing_and_says_so(chart):
    chart.panel.tool.choose("pen")
    chart.draw_stroke("front", [(0.01, 0.95), (0.03, 0.9)], "pain", None)
    assert chart.value() is None
    assert "nothing is marked" in chart.panel.hover.text()
    toes = next(one for one in body_views.areas("front") if one.key == ("toes", Side.LEFT))
    beside = (toes.box[2] + 0.02, toes.centre[1])  # a slip of the hand
    chart.draw_stroke("front", [body_views.to_box("front", beside)], "pain", None)
    assert len(chart.value()["marks"]) == 1


def test_a_stroke_is_chosen_by_a_click_and_taken_away(chart):
    chart.panel.tool.choose("pen")
    points = [spot(chart, "back", "buttock"), spot(chart, "back", "thigh_back_mid")]
    draw(chart, "back", points)
    chart.panel.tool.choose("region")
    chart.select(None)
    shown = chart.panel.views.view("back")
    middle = (points[0] + points[1]) / 2
    QTest.mouseClick(shown, Qt.MouseButton.LeftButton, pos=middle)
    assert chart.panel.marks.currentRow() == 0
    QTest.keyClick(chart.panel.marks, Qt.Key.Key_Delete)
    assert chart.value() is None


def test_the_keyboard_alone_marks_rates_and_takes_away(chart):
    regions = chart.panel.regions
    regions.field.setFocus()
    QTest.keyClicks(regions.field, "calf back left")
    QTest.keyClick(regions.field, Qt.Key.Key_Down)
    assert regions.list.hasFocus()
    QTest.keyClick(regions.list, Qt.Key.Key_Space)
    QTest.keyClicks(regions.list, "6")
    assert chart.value() == {"marks": [CALF]}
    QTest.keyClicks(regions.list, "10")
    assert chart.value()["marks"][0]["intensity"] == 10
    QTest.keyClicks(regions.list, "t4")
    assert chart.value()["marks"][0] == {**CALF, "type": "pins_and_needles", "intensity": 4}
    QTest.keyClick(regions.list, Qt.Key.Key_Delete)
    assert chart.value() is None


def test_every_place_can_be_reached_in_the_list(chart):
    regions = chart.panel.regions.list
    names = {regions.item(row).text() for row in range(regions.count())}
    assert names == {body_words.place_name(Place(*key)) for key in body_views.every_place()}
    assert regions.visualItemRect(regions.item(0)).height() >= theme.px(tokens.HIT)


def test_a_mark_is_said_beside_its_region_and_in_its_views(chart):
    chart.set_value({"marks": [CALF]})
    regions = chart.panel.regions
    regions.choose(Place("calf_back", Side.LEFT))
    assert regions.list.currentItem().text() == "Calf, back, left: pain 6 of 10"
    said = chart.panel.views.view("back").accessibleName()
    assert "pain 6 of 10 in the left calf" in said
    assert "pain" not in chart.panel.views.view("front").accessibleName()


def test_what_changed_since_the_last_visit_is_told(chart):
    chart.set_last({"marks": [{**CALF, "intensity": 8}, {**CALF, "region": "buttock"}]})
    assert "Last visit" in chart.panel.since.text()
    chart.set_value({"marks": [CALF, {**CALF, "region": "heel"}]})
    said = chart.panel.since.text()
    assert "New: Pain at the left heel: 6." in said
    assert "Less: Pain in the left calf: 6, was 8." in said
    assert "Gone: Pain in the left buttock: was 6." in said


def test_a_value_comes_back_as_it_went_in_and_is_silent(chart, qtbot):
    stroke = {"view": "back", "path": [[0.4, 0.2]], "type": "pain", "intensity": None}
    for value in ({"marks": [CALF]}, {"marks": []}, {"marks": [stroke]}, None):
        with qtbot.assertNotEmitted(chart.changed):
            chart.set_value(value)
        assert chart.value() == value


def test_a_sixty_first_mark_is_refused_in_words(chart):
    marks = [
        {"region": region, **({"side": side.value} if side else {}), "type": "pain"}
        for region, side in body_views.every_place()[:60]
    ]
    chart.set_value({"marks": marks})
    click(chart, "back", "heel")
    assert len(chart.chart.marks) == 60
    assert "At most 60 marks" in chart.panel.hover.text()


@pytest.mark.parametrize("width", [700, 460])
def test_the_views_stand_beside_each_other_without_overlap(chart, width):
    chart.panel.views.resize(width, 100)
    QApplication.processEvents()
    views = chart.panel.views
    boxes = [one.geometry() for one in views.views]
    for place, box in enumerate(boxes):
        assert views.rect().contains(box)
        assert not any(box.intersects(other) for other in boxes[place + 1 :])
