"""How a case is named where there is room for one line."""

import pytest

from clinic_desk.ui.widgets.patient_banner import case_words


@pytest.mark.parametrize(
    ("title", "side", "said"),
    [
        ("hamstring strain", "left", "Left hamstring strain, day 3"),
        ("Left hamstring strain", "left", "Left hamstring strain, day 3"),
        ("calf cramp", "both", "Calf cramp, both sides, day 3"),
        ("Calf cramp, both sides", "both", "Calf cramp, both sides, day 3"),
        ("calf cramp", None, "Calf cramp, day 3"),
    ],
)
def test_a_side_is_said_once(title: str, side: str | None, said: str) -> None:
    assert case_words(title, side, 3) == said
