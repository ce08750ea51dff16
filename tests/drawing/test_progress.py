"""The geometry of a progress chart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desk.drawing.progress import TALL, WIDE, Chart, Mark, Series, picture, scale, span
from clinic_desk.drawing.shapes import Circle, Curve, Path, Point, Role, Shape, Text

LEFT = Series((Mark(0, 41, "41°"), Mark(7, 34, "34°")), "Left")
RIGHT = Series((Mark(0, 20, "20°"), Mark(7, 20, "20°")), "Right", main=False)
DAYS = ((0, "23 Jan"), (7, "30 Jan"))


def points_of(shape: Shape) -> list[Point]:
    if isinstance(shape, Path):
        return [one.to for one in shape.segments if not isinstance(one, Curve)]
    return [shape.centre if isinstance(shape, Circle) else shape.at]


def dots(chart: Chart, role: Role) -> list[Circle]:
    return [s for s in picture(chart).shapes if isinstance(s, Circle) and s.role is role]


def test_a_higher_value_stands_higher_and_a_later_day_further_right() -> None:
    first, last = dots(Chart((LEFT,), 0, 50, DAYS), Role.MUSCLE)
    assert last.centre[0] > first.centre[0]
    assert last.centre[1] < first.centre[1]


def test_two_sides_differ_by_shape_and_not_by_colour_alone() -> None:
    chart = Chart((LEFT, RIGHT), 0, 50, DAYS)
    assert len(dots(chart, Role.MUSCLE)) == len(dots(chart, Role.BADGE)) == 2
    through = [s for s in picture(chart).shapes if isinstance(s, Path) and s.role is Role.ARROW]
    broken = [s for s in picture(chart).shapes if isinstance(s, Path) and s.role is Role.LEADER]
    assert len(through[0].segments) == 2 < len(broken[0].segments)
    said = [s.text for s in picture(chart).shapes if isinstance(s, Text)]
    assert "Left 34°" in said
    assert "Right 20°" in said


def test_the_goal_is_a_line_at_its_value_with_its_words() -> None:
    marks = Series((Mark(0, 10, "10°"),))
    chart = Chart((marks,), 0, 40, ((0, "23 Jan"),), goal=10, goal_said="goal under 10°")
    (dot,) = dots(chart, Role.MUSCLE)
    (line,) = [s for s in picture(chart).shapes if isinstance(s, Path) and s.role is Role.GOAL]
    assert {round(y, 6) for _, y in points_of(line)} == {round(dot.centre[1], 6)}
    assert any(isinstance(s, Text) and s.text == "goal under 10°" for s in picture(chart).shapes)


def test_the_band_of_unimportant_changes_holds_the_first_score() -> None:
    scores = Series((Mark(0, 5, "5"), Mark(7, 2, "2")))
    chart = Chart((scores,), 0, 10, DAYS, band=(3.5, 7), band_said="MCID: 1.5 better")
    (band,) = [s for s in picture(chart).shapes if isinstance(s, Path) and s.role is Role.BAND]
    ys = [y for _, y in points_of(band)]
    first, last = dots(chart, Role.MUSCLE)
    assert min(ys) < first.centre[1] < max(ys)
    assert last.centre[1] < min(ys)


def test_days_that_stand_too_close_are_not_all_named() -> None:
    many = tuple((day, f"{day:02} Jan") for day in range(1, 29))
    marks = Series(tuple(Mark(day, 5, "5") for day, _ in many))
    said = [s.text for s in picture(Chart((marks,), 0, 10, many)).shapes if isinstance(s, Text)]
    assert "28 Jan" in said
    assert sum(text.endswith("Jan") for text in said) < 7


@given(st.lists(st.floats(-1000, 1000), min_size=1, max_size=8))
def test_a_range_holds_nought_and_every_value(values: list[float]) -> None:
    low, high = span(values)
    assert low <= min(0.0, *values) + 1e-6
    assert high >= max(0.0, *values) - 1e-6
    assert high > low


@pytest.mark.parametrize("value", [-500.0, 0.0, 5.0, 500.0])
def test_nothing_is_drawn_outside_the_picture(value: float) -> None:
    marks = Series((Mark(0, value, f"{value:g}"), Mark(30, value, f"{value:g}")), "Right")
    made = picture(Chart((marks,), 0, 10, ((0, "23 Jan"), (30, "22 Feb"))))
    for shape in made.shapes:
        for x, y in points_of(shape):
            assert 0 <= x <= WIDE
            assert 0 <= y <= TALL


def test_a_score_keeps_its_own_scale_and_a_count_gets_what_it_needs() -> None:
    assert scale(0, 10, [3]) == (0, 10)
    assert scale(0, 100, [3]) == (0, 100)
    assert scale(-7, 7, [1]) == (-7, 7)
    low, high = scale(0, 10080, [4, 12])
    assert low == 0
    assert 12 < high <= 40
    assert scale(0, 200, [190])[1] == 200  # never beyond what can be


@pytest.mark.parametrize(
    ("values", "goal"), [((28,), 25), ((18,), 20), ((25, 25), 24), ((40, 2), 25)]
)
def test_the_words_of_the_goal_stand_clear_of_points_and_values(
    values: tuple[float, ...], goal: float
) -> None:
    said = "goal under 25 %"
    marks = tuple(Mark(7 * k, value, f"{value} %") for k, value in enumerate(values))
    chart = Chart((Series(marks),), 0, 40, DAYS[: len(values)], goal=goal, goal_said=said)
    words = [shape for shape in picture(chart).shapes if isinstance(shape, Text)]
    goal_words = next(one for one in words if one.role is Role.GOAL)
    left, base = goal_words.at
    right = left + len(goal_words.text) * goal_words.size * 0.5
    others = [dot.centre for dot in dots(chart, Role.MUSCLE)]
    others += [one.at for one in words if one is not goal_words and one.text.endswith("%")]
    assert not [
        (x, y)
        for x, y in others
        if left - 0.05 < x < right + 0.05 and base - 0.02 < y < base + goal_words.size
    ]
