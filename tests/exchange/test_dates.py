"""Dates as lists have them: read in any form, asked about where they could be two days."""

from datetime import date

import pytest

from clinic_desk.exchange import dates
from clinic_desk.exchange.dates import DateStyle, NoDate, Order

DAY = date(2001, 4, 23)


@pytest.mark.parametrize(
    "text",
    [
        "2001-04-23",
        "2001/04/23",
        "20010423",
        "23.04.2001",
        "23.4.2001",
        "23/04/2001",
        "04/23/2001",
        "23-04-2001",
        "23 April 2001",
        "23rd April 2001",
        "April 23, 2001",
        "23. Apr. 2001",
        "23-Apr-2001",
        "23 avril 2001",
        "23 de abril de 2001",
        "2001-04-23T00:00:00",
        "2001-04-23 00:00:00.000",
        "٢٣/٠٤/٢٠٠١",
    ],
)
def test_common_forms_are_read(text: str) -> None:
    assert dates.parse(text, DateStyle()) == DAY


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("03/04/2001", "could be two days"),
        ("23/04/01", "two digits"),
        ("31.02.2001", "calendar"),
        ("00.00.0000", "calendar"),
        ("0000-00-00", "calendar"),
        ("1991", "names no day"),
        ("06/1991", "names no day"),
        ("36984", "spreadsheet"),
        ("yesterday", "no date"),
        ("23 Brumaire 2001", "no month"),
        ("2001-04-23T13:45:00", "no date"),
        ("", "no date"),
        ("\ud800", "no date"),
        ("9" * 5000, "no date"),
    ],
)
def test_what_is_no_day_or_two_is_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(NoDate, match=why):
        dates.parse(text, DateStyle())


def test_declared_order_and_century_settle_it() -> None:
    day_first = DateStyle(Order.DMY, 1930)
    assert dates.parse("03/04/2001", day_first) == date(2001, 4, 3)
    assert dates.parse("03/04/29", day_first) == date(2029, 4, 3)
    assert dates.parse("03/04/30", day_first) == date(1930, 4, 3)
    assert dates.parse("03/04/2001", DateStyle(Order.MDY)) == date(2001, 3, 4)
    with pytest.raises(NoDate):
        dates.parse("03/23/2001", day_first)


def test_one_value_settles_its_column() -> None:
    assert dates.look(["03/04/2001", "25/04/2001"]) == dates.Looked(Order.DMY, False, False)
    assert dates.look(["03/04/2001", "04/25/01"]) == dates.Looked(Order.MDY, False, True)
    assert dates.look(["03/04/2001", "05/05/2001"]) == dates.Looked(None, True, False)
    assert dates.look(["25/04/2001", "04/25/2001", "03/04/2001"]).ambiguous
    assert dates.look(["05/05/2001", "2001-04-23", ""]) == dates.Looked(None, False, False)
