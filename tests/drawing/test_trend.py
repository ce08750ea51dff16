"""A curve shows values where they lie in their whole range, and days in proportion."""

import pytest

from clinic_desk.drawing.shapes import Circle, Text
from clinic_desk.drawing.trend import Trend, picture


def dots(trend: Trend) -> list[tuple[float, float]]:
    return [shape.centre for shape in picture(trend).shapes if isinstance(shape, Circle)]


def test_time_and_value_are_in_proportion() -> None:
    first, middle, last = dots(Trend(((0, 10.0), (7, 5.0), (28, 0.0)), 0, 10, "10", "0"))
    assert (middle[0] - first[0]) / (last[0] - first[0]) == pytest.approx(0.25)
    assert middle[1] == pytest.approx((first[1] + last[1]) / 2)


def test_a_small_change_stays_small() -> None:
    first, last = dots(Trend(((0, 5.0), (7, 5.5)), 0, 10, "5", "5.5"))
    assert 0 < last[1] - first[1] < 0.05


def test_scores_of_one_day_and_beyond_the_range_stay_inside() -> None:
    for trend in (
        Trend(((0, 1.0), (0, 2.0)), 0, 10, "1", "2"),
        Trend(((0, -5.0), (3, 50.0)), 0, 10, "-5", "50"),
    ):
        drawn = picture(trend)
        left, low, right, high = drawn.bounds
        for x, y in dots(trend):
            assert left < x < right
            assert low < y < high
        for text in (shape for shape in drawn.shapes if isinstance(shape, Text)):
            assert low <= text.at[1] <= high
