"""What was typed in another unit is read in the question's own, and refused where it cannot be."""

from datetime import date

import pytest

from clinic_desk.clinical import units
from clinic_desk.clinical.answers import read
from clinic_desk.clinical.measures import Side
from clinic_desk.clinical.protocol import Case
from clinic_desk.errors import InvalidInput
from clinic_desk.library import Library

CASE = Case(on=date(2026, 2, 3), side=Side.LEFT, birth_date=date(1960, 1, 1))
THIGH = Library().protocol("posterior-thigh")


@pytest.mark.parametrize(
    ("value", "given", "wanted", "found"),
    [
        (98.6, "°F", "°C", 37.0),
        (-40, "°C", "°F", -40.0),
        (150, "lb", "kg", 68.0388555),
        (70, "mm", "cm", 7.0),
        (3, "°", "°", 3),
        (3, "°C", "kg", None),
        (3, "stone", "kg", None),
    ],
)
def test_a_value_is_converted_where_there_is_a_way(
    value: float, given: str, wanted: str, found: float | None
) -> None:
    assert units.convert(value, given, wanted) == (found and pytest.approx(found))


def test_a_fever_in_fahrenheit_is_a_fever_and_an_impossible_one_is_refused() -> None:
    fever = read(THIGH, CASE, {"temperature_c": {"value": 101.3, "unit": "°F"}})
    assert fever["temperature_c"].value == pytest.approx(38.5)
    with pytest.raises(InvalidInput):
        read(THIGH, CASE, {"temperature_c": {"value": 45, "unit": "°F"}})
    with pytest.raises(InvalidInput):
        read(THIGH, CASE, {"temperature_c": {"value": 310, "unit": "K"}})


def test_a_unit_of_many_lines_stays_within_the_line_of_its_fault() -> None:
    said = units.instead(THIGH.item("temperature_c"), "a\nb\u202e", 38)
    assert "\n" not in said
    assert "\u202e" not in said
