"""The time formula, the ranges of a dose and the short-session check."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desk.clinical.dosage import (
    RANGES,
    Dosage,
    Mode,
    Tempo,
    block_seconds,
    low_load,
    minutes_per_week,
    session_seconds,
)
from clinic_desk.clinical.loads import Load, LoadKind
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


@pytest.mark.parametrize("field", sorted(set(RANGES) - {"duration_s", "distance_m"}))
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
    # the change between them comes on the two days when both are done
    assert minutes_per_week([[daily], [twice]]) == pytest.approx((60 * 7 + 60 * 2 + 2 * 20) / 60)
    assert minutes_per_week([[daily], [daily]]) == pytest.approx(7 * (120 + 20) / 60)
    assert minutes_per_week([]) == 0


def test_a_distance_is_walked_unless_its_time_is_given() -> None:
    assert Dosage(Mode.DISTANCE, distance_m=400, setup_s=10).seconds == 10 + 360
    assert Dosage(Mode.DISTANCE, distance_m=1, sets=2, rest_s=30).seconds == 2 * 1 + 30
    assert Dosage(Mode.DISTANCE, distance_m=400, duration_s=120).seconds == 120
    with pytest.raises(InvalidInput) as caught:
        Dosage(Mode.DISTANCE, reps=8)
    assert set(caught.value.fields) == {"distance_m", "reps"}
    for value in (0, 42196):
        with pytest.raises(InvalidInput):
            Dosage(Mode.DISTANCE, distance_m=value)


def test_effort_and_pain_limit_are_unknown_until_they_are_said() -> None:
    assert reps().effort is None
    assert reps(effort=0, pain_limit=0).effort == 0


def test_a_superset_rests_once_after_each_round_and_changes_between() -> None:
    one = reps(sets=2, rest_s=30)  # 48 s a set
    other = reps(sets=2, rest_s=20)
    assert block_seconds([one]) == one.seconds
    assert block_seconds([one, other]) == 4 * 48 + 2 * 20 + 30
    # one with fewer sets leaves the later rounds: no change in them
    assert block_seconds([one, reps(sets=1)]) == 3 * 48 + 20 + 30


@given(
    st.lists(
        st.tuples(st.integers(1, 5), st.integers(0, 120), st.integers(1, 2)),
        min_size=1,
        max_size=4,
    )
)
def test_a_superset_takes_at_least_its_work_and_never_depends_on_the_order(
    made: list[tuple[int, int, int]],
) -> None:
    doses = [reps(sets=sets, rest_s=rest, sides=sides) for sets, rest, sides in made]
    seconds = block_seconds(doses)
    assert seconds >= sum(dose.work_seconds for dose in doses)
    assert block_seconds(doses[::-1]) == seconds
    week = minutes_per_week([doses])
    assert week == pytest.approx(seconds * 7 / 60)


@pytest.mark.parametrize(
    ("text", "kind", "written"),
    [
        ("", LoadKind.NONE, ""),
        ("5 kg", LoadKind.KG, "5 kg"),
        ("7,5kg", LoadKind.KG, "7.5 kg"),
        ("12.50 lbs", LoadKind.LB, "12.5 lb"),
        ("Red band", LoadKind.BAND, "red band"),
        ("a full  rucksack", LoadKind.WORDS, "a full rucksack"),
        ("pink band", LoadKind.WORDS, "pink band"),
    ],
)
def test_a_load_is_read_by_its_kind(text: str, kind: LoadKind, written: str) -> None:
    load = Load.parse(text)
    assert load.kind is kind
    assert str(load) == written
    assert Load.parse(written) == load


@pytest.mark.parametrize("text", ["0 kg", "501 lb"])
def test_a_load_that_nobody_means_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        Load.parse(text).check()
    assert set(caught.value.fields) == {"load"}
