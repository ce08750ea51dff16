"""The time formula, the ranges of a dose and the short-session check."""

import pytest

from clinic_desk.clinical.dosage import (
    RANGES,
    Dosage,
    Mode,
    Tempo,
    low_load,
    minutes_per_week,
    session_seconds,
)
from clinic_desk.errors import InvalidInput


def reps(**given: object) -> Dosage:
    return Dosage(**{"mode": Mode.REPS, "reps": 8, "tempo": Tempo(2, 2, 2, 0), **given})


def test_repetitions_take_sets_times_sides_times_tempo_with_rests_and_changes() -> None:
    assert reps(sets=2, rest_s=20, setup_s=15).seconds == 15 + 2 * 8 * 6 + 20
    assert reps(sets=2, rest_s=20, setup_s=15, sides=2, side_change_s=5).seconds == (
        15 + 2 * 2 * 48 + 20 + 2 * 5
    )


def test_time_counts_its_seconds_on_each_side() -> None:
    dose = Dosage(Mode.TIME, sets=3, duration_s=30, rest_s=20, setup_s=15)
    assert dose.seconds == 15 + 90 + 40
    assert Dosage(Mode.TIME, duration_s=30, sides=2, side_change_s=5, setup_s=15).seconds == 80


def test_holds_count_like_repetitions_and_need_a_hold() -> None:
    dose = Dosage(Mode.HOLD, reps=5, tempo=Tempo(1, 8, 1, 2), sets=2, rest_s=30, setup_s=15)
    assert dose.seconds == 165
    assert dose.hold_s == 8
    with pytest.raises(InvalidInput) as caught:
        Dosage(Mode.HOLD, reps=5, tempo=Tempo(1, 0, 1, 0))
    assert set(caught.value.fields) == {"tempo"}


def test_a_session_adds_twenty_seconds_between_exercises() -> None:
    assert session_seconds([131]) == 131
    assert session_seconds([131, 165, 131, 100]) == 527 + 60
    assert session_seconds([]) == 0


@pytest.mark.parametrize("field", sorted(set(RANGES) - {"duration_s"}))
def test_each_field_refuses_what_lies_outside_its_range(field: str) -> None:
    low, high = RANGES[field]
    for value in (low - 1, high + 1):
        with pytest.raises(InvalidInput) as caught:
            reps(**{field: value})
        assert set(caught.value.fields) == {field}
    for value in (low, high):
        reps(**{field: value})


def test_every_impossible_field_is_named_at_once() -> None:
    with pytest.raises(InvalidInput) as caught:
        reps(sets=0, reps=101, rest_s=-1)
    assert set(caught.value.fields) == {"sets", "reps", "rest_s"}


def test_a_mode_refuses_what_it_does_not_count() -> None:
    with pytest.raises(InvalidInput) as caught:
        Dosage(Mode.TIME, reps=8, tempo=Tempo(1, 0, 1, 0))
    assert set(caught.value.fields) == {"duration_s", "reps", "tempo"}
    with pytest.raises(InvalidInput) as caught:
        Dosage(Mode.REPS, duration_s=30)
    assert set(caught.value.fields) == {"duration_s", "reps", "tempo"}


@pytest.mark.parametrize(
    "text", ["", "2-2-2", "2-2-2-x", "2-2-2--1", "0-0-0-0", "1-999-1-0", "²-1-1-1"]
)
def test_a_tempo_is_four_whole_numbers_that_take_time(text: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        Tempo.parse(text)
    assert set(caught.value.fields) == {"tempo"}


def test_a_tempo_is_written_as_it_is_read() -> None:
    assert str(Tempo.parse("2-10-1-0")) == "2-10-1-0"
    assert Tempo.parse("2-10-1-0").seconds == 13


def test_a_short_session_passes_the_low_load_check() -> None:
    check = low_load([(131, ()), (165, ()), (131, ()), (100, ())])
    assert check.ok
    assert check.seconds == 587
    assert check.reasons == ()


def test_twelve_minutes_exactly_is_too_long() -> None:
    assert not low_load([(220, ()), (230, ()), (230, ())]).time_ok  # 680 + 40
    assert low_load([(219, ()), (230, ()), (230, ())]).time_ok


def test_each_failing_part_gives_its_reason() -> None:
    check = low_load([(700, ("chair strap",)), (10, ("chair strap", "towel"))])
    assert [reason.text for reason in check.reasons] == [
        "low_load.too_few",
        "low_load.too_long",
        "low_load.equipment",
    ]
    assert check.reasons[1].params["over"] == 10
    assert check.equipment == ("chair strap", "towel")
    assert low_load([(10, ())] * 5).reasons[0].text == "low_load.too_many"


def test_minutes_per_week_follow_each_exercise_own_days() -> None:
    daily = reps(setup_s=12)  # 60 s
    twice = reps(setup_s=12, days_per_week=2)
    assert minutes_per_week([daily, twice]) == pytest.approx((60 * 7 + 60 * 2 + 7 * 20) / 60)
    assert minutes_per_week([]) == 0
