"""The tempo of a movement: there, hold, back, pause, and again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desk.drawing.timing import SHORTEST, Beat

BEAT = Beat.of(2, 3, 1, 4)


@pytest.mark.parametrize(
    ("at", "share"),
    [(0, 0), (1, 0.5), (2, 1), (4.9, 1), (5.5, 0.5), (6, 0), (9.9, 0), (11, 0.5), (10, 0)],
)
def test_the_figure_is_where_the_tempo_says(at: float, share: float) -> None:
    assert BEAT.share(at) == pytest.approx(share, abs=1e-9)


def test_a_way_of_no_time_can_still_be_followed() -> None:
    assert Beat.of(0, 5, 0, 0).seconds == pytest.approx(5 + 2 * SHORTEST)


@pytest.mark.parametrize("wrong", [-1, float("inf"), float("nan")])
def test_an_impossible_time_is_refused(wrong: float) -> None:
    with pytest.raises(ValueError, match="time"):
        Beat.of(1, wrong, 1, 0)


@given(st.floats(0, 1000))
def test_the_movement_never_leaves_its_ends_and_never_jumps(at: float) -> None:
    now, soon = BEAT.share(at), BEAT.share(at + 0.001)
    assert 0 <= now <= 1
    assert abs(now - soon) < 0.01
