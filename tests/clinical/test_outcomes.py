"""Scores of questionnaires and the meaning of their changes, at the edges that literature gives."""

import itertools
import math
import random
from datetime import date

import pytest

from clinic_desk.clinical import outcomes
from clinic_desk.clinical.answers import read, read_one
from clinic_desk.clinical.findings import Truth
from clinic_desk.clinical.measures import Answer, Scored, State
from clinic_desk.clinical.protocol import Case, Item, Kind, Measure, Score
from clinic_desk.clinical.reading import Reading
from clinic_desk.errors import InvalidInput
from clinic_desk.library import Library
from tests.support.protocols import CASE, judged, reckoned

LIBRARY = Library()
YES, NO, OPEN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN


def score_of(measure: str) -> Score:
    name, _, score = measure.partition(".")
    scores = LIBRARY.protocol(name).scores
    return scores[score] if score else next(iter(scores.values()))


def item_of(measure: str) -> Item:
    score = score_of(measure)
    questionnaire = LIBRARY.protocol(measure.partition(".")[0])
    return Item(
        "m",
        Kind.OUTCOME,
        "Measure",
        minimum=score.minimum,
        maximum=score.maximum,
        whole=score.whole,
        measure=Measure(questionnaire, score),
    )


def scored(measure: str, raw: object, case: Case = CASE) -> Scored | None:
    return outcomes.score_of(item_of(measure), read_one(item_of(measure), raw, case))


def psfs(*ratings: object) -> dict[str, object]:
    answers: dict[str, object] = {}
    for place, rating in enumerate(ratings, start=1):
        answers[f"activity_{place}"] = f"Activity {place}"
        if rating is not None:
            answers[f"rating_{place}"] = rating
    return {"answers": answers}


# --- scores -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ratings", "score", "missing"),
    [
        ((0, 0, 0), 0.0, ()),
        ((10, 10, 10, 10, 10), 10.0, ()),
        ((3, 5, 5), 13 / 3, ()),
        ((3, 5), None, ("activity_3",)),
        ((3, 5, None), None, ("rating_3",)),
        ((3, 5, 5, None), None, ("rating_4",)),
        (("not_testable", 5, 10, 3), 6.0, ()),
        (("not_testable", 5, 10), None, ("activity_4",)),
        (("not_testable",) * 3 + (4, 4), None, ()),
    ],
)
def test_psfs_is_the_mean_of_three_to_five_rated_activities(ratings, score, missing) -> None:
    held = scored("psfs", psfs(*ratings))
    assert held is not None
    assert held.score == (None if score is None else pytest.approx(score))
    assert held.missing == missing


def test_a_rating_without_an_activity_is_not_counted() -> None:
    raw = psfs(3, 5, 5)
    raw["answers"]["rating_4"] = 10  # type: ignore[index]
    held = scored("psfs", raw)
    assert held is not None
    assert held.score == pytest.approx(13 / 3)


def test_no_further_rating_brings_a_score_outside_what_was_still_possible() -> None:
    draw = random.Random(6)
    for _ in range(200):
        ratings = [draw.randint(0, 10) for _ in range(draw.randint(3, 5))]
        order = list(range(len(ratings)))
        draw.shuffle(order)
        whole = scored("psfs", psfs(*ratings))
        assert whole is not None
        assert whole.score is not None
        known: list[int | None] = [None] * len(ratings)
        for place in order:
            part = scored("psfs", psfs(*known))
            assert part is not None
            assert part.low <= whole.score <= part.high
            assert part.score is None or part.score == whole.score
            known[place] = ratings[place]


def test_leaving_one_out_later_stays_within_what_was_possible() -> None:
    for rating, rest in itertools.product((0, 5, 10), repeat=2):
        part = scored("psfs", psfs(rating, rest, 5, None))
        left_out = scored("psfs", psfs(rating, rest, 5, "not_testable"))
        assert part is not None
        assert left_out is not None
        assert left_out.score is not None
        assert part.low <= left_out.score <= part.high


RANGES = [
    ("lefs", 0, 80), ("fash", 0, 100), ("visa-h", 0, 100), ("phat", 0, 100), ("odi", 0, 100),
    ("rmdq", 0, 24), ("pcs", 0, 52), ("ompsq-sf", 0, 100), ("tsk-11", 11, 44), ("i-prrs", 0, 60),
    ("visa-a", 0, 100), ("atrs", 0, 100), ("groc", -5, 5), ("sane", 0, 100),
    ("h-test-insecurity", 0, 100), ("psfs", 0, 10), ("nprs.worst", 0, 10),
]  # fmt: skip


@pytest.mark.parametrize(("measure", "low", "high"), RANGES)
def test_a_score_is_taken_within_its_range_only(measure: str, low: int, high: int) -> None:
    for value in (low, high):
        held = scored(measure, {"score": value})
        assert held is not None
        assert held.score == value
    for value in (low - 1, high + 1, math.nan, math.inf, -math.inf, "5", True, 10**400):
        with pytest.raises(InvalidInput):
            scored(measure, {"score": value})


@pytest.mark.parametrize("measure", ["lefs", "groc", "rmdq"])
def test_half_a_point_is_no_score_where_points_are_counted(measure: str) -> None:
    with pytest.raises(InvalidInput):
        scored(measure, {"score": 2.5})


@pytest.mark.parametrize("on", ["2026-02-04", "1991-06-13", "2026-2-1", "soon", 5])
def test_a_score_of_the_future_or_from_before_birth_is_refused(on: object) -> None:
    with pytest.raises(InvalidInput, match=r"date|birth|evaluation"):
        scored("lefs", {"score": 54, "on": on})


def test_a_dated_score_keeps_its_day_and_note() -> None:
    held = scored("lefs", {"score": 54, "on": "2026-02-01", "note": " German "})
    assert held == Scored(54.0, 54.0, on=date(2026, 2, 1), note="German")


@pytest.mark.parametrize(
    "raw",
    [
        54,
        {"score": 54, "total": 1},
        {"score": 54, "answers": {}},
        {"on": "2026-02-01"},
        {"answers": {"total": 54}},
        {"score": 54, "note": "x" * 201},
        {"score": 54, "note": 5},
        [],
    ],
)
def test_a_licensed_measure_takes_a_dated_score_and_nothing_else(raw: object) -> None:
    with pytest.raises(InvalidInput):
        scored("lefs", raw)


@pytest.mark.parametrize("raw", [{"score": None}, {"answers": {}}, psfs("not_asked"), "not_asked"])
def test_nothing_answered_is_not_asked(raw: object) -> None:
    if raw == psfs("not_asked"):
        raw = {"answers": {"rating_1": "not_asked"}}
    measure = "lefs" if raw == {"score": None} else "psfs"
    assert read_one(item_of(measure), raw, CASE) is None


def test_a_wrong_rating_is_refused_with_its_name() -> None:
    with pytest.raises(InvalidInput, match="rating_2"):
        scored("psfs", psfs(3, 11, 5))


# --- changes ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("measure", "before", "now", "amount", "beyond", "important"),
    [
        # 2 points or 30 %, and the percentage only for getting better
        ("nprs.now", 7, 5, 2, OPEN, YES),
        ("nprs.now", 7, 6, 1, OPEN, NO),
        ("nprs.now", 3, 2, 1, OPEN, YES),
        ("nprs.now", 4, 3, 1, OPEN, NO),
        ("nprs.now", 1, 2, -1, OPEN, NO),
        ("nprs.now", 1, 3, -2, OPEN, YES),
        ("nprs.now", 0, 1, -1, OPEN, NO),
        ("nprs.now", 0, 2, -2, OPEN, YES),
        ("nprs.now", 5, 5, 0, NO, NO),
        ("psfs", 2.3, 4.3, 2, YES, OPEN),
        ("psfs", 4.3, 2.3, -2, YES, OPEN),
        ("psfs", 2.4, 4.3, 1.9, NO, OPEN),
        ("lefs", 40, 49, 9, YES, YES),
        ("lefs", 40, 48, 8, NO, NO),
        ("lefs", 49, 40, -9, YES, YES),
        ("rmdq", 20, 15, 5, OPEN, YES),
        ("rmdq", 10, 7, 3, OPEN, YES),
        ("rmdq", 20, 16, 4, OPEN, NO),
        ("rmdq", 7, 10, -3, OPEN, NO),
        ("pcs", 40, 27, 13, YES, OPEN),
        ("pcs", 40, 28, 12, NO, OPEN),
        ("sane", 50, 90, 40, OPEN, OPEN),
        ("fash", 50, 90, 40, OPEN, OPEN),
        ("cramp-diary.attacks", 8, 0, 8, OPEN, OPEN),
    ],
)
def test_a_change_means_something_from_its_limit_on(
    measure: str, before: float, now: float, amount: float, beyond: Truth, important: Truth
) -> None:
    found = outcomes.change(score_of(measure), before, now)
    assert (found.amount, found.beyond_error, found.important) == (amount, beyond, important)


@pytest.mark.parametrize(("value", "important"), [(5, YES), (2, YES), (1, NO), (0, NO), (-2, YES)])
def test_a_rating_of_change_is_measured_from_no_change(value: int, important: Truth) -> None:
    found = outcomes.standing(score_of("groc"), value)
    assert (found.amount, found.important) == (value, important)


def test_other_activities_cannot_be_compared() -> None:
    before, now = scored("psfs", psfs(3, 5, 5)), scored("psfs", psfs(5, 6, 7))
    assert before is not None
    assert now is not None
    assert outcomes.comparable(before, now)
    other = psfs(5, 6, 7)
    other["answers"]["activity_3"] = "Swimming"  # type: ignore[index]
    swum = scored("psfs", other)
    assert swum is not None
    assert not outcomes.comparable(before, swum)


# --- in conditions ----------------------------------------------------------------------


def test_a_mean_is_unknown_until_all_that_is_asked_is_answered() -> None:
    assert reckoned("mean(pain, tender, least = 1)", {"pain": 4}) == (2.0, 32.0, ("tender",))
    assert reckoned("mean(pain, tender)", {"pain": 4, "tender": 6}) == (5.0, 5.0, ())
    left_out = {"pain": 4, "tender": "not_testable"}
    assert reckoned("mean(pain, tender, least = 1)", left_out) == (4.0, 4.0, ())
    low, high, missing = reckoned("mean(pain, tender, least = 2)", left_out)
    assert (low < high, missing) == (True, ())
    assert judged("mean(pain, tender) <= 35", {}) == (Truth.TRUE, ())


def test_an_outcome_item_is_its_score_in_conditions() -> None:
    protocol = LIBRARY.protocol("posterior-thigh")

    def psfs_below_5(*ratings: object) -> Truth:
        return judged("psfs < 5", {"psfs": psfs(*ratings)} if ratings else {}, protocol)[0]

    assert psfs_below_5(3, 5, 5) is YES
    assert psfs_below_5(8, 5, 5) is NO
    assert psfs_below_5(3, 5) is OPEN
    assert psfs_below_5() is OPEN
    half = Reading(protocol, CASE, read(protocol, CASE, {"psfs": psfs(3, 5)}))
    assert half.answered("psfs")[0] is NO
    assert half.lacking("psfs") == ("psfs",)


def test_a_not_testable_measure_has_no_score() -> None:
    assert outcomes.score_of(item_of("psfs"), Answer(State.NOT_TESTABLE)) is None
