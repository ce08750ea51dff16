"""A body chart as sentences, and against the chart of the last visit."""

from clinic_desk.usecases import body_words

CALF = {"region": "calf_back", "side": "left", "type": "pins_and_needles", "intensity": None}
THIGH = {"region": "thigh_back_upper", "side": "left", "type": "pain", "intensity": 6}


def test_complaints_are_said_with_strength_and_place_the_strongest_first() -> None:
    said = body_words.answer({"marks": [CALF, THIGH]})
    assert said == (
        "pain 6 of 10 at the back of the left thigh (upper third); "
        "pins and needles in the left calf"
    )


def test_one_complaint_of_one_strength_is_said_once_with_all_its_places() -> None:
    said = body_words.answer({"marks": [THIGH, {**THIGH, "region": "buttock"}]})
    assert said.count("pain") == 1
    assert said.endswith("(upper third) and in the left buttock")


def test_nothing_marked_is_said_and_what_is_no_chart_says_nothing() -> None:
    assert body_words.answer({"marks": []}) == "nothing marked"
    assert body_words.answer({"marks": [{"region": "wing"}]}) == ""
    assert body_words.answer(None) == ""


def test_changes_tell_new_more_less_gone_and_the_same() -> None:
    heel = {**THIGH, "region": "heel"}
    before = {"marks": [THIGH, CALF, {**THIGH, "region": "shin", "intensity": 2}, heel]}
    now = {
        "marks": [
            {**THIGH, "intensity": 3},
            {**THIGH, "region": "shin", "intensity": 4},
            {**THIGH, "region": "buttock"},
            heel,
        ]
    }
    kinds = [(one.kind, one.text) for one in body_words.changes(before, now)]
    assert kinds == [
        ("new", "Pain in the left buttock: 6"),
        ("more", "Pain at the left shin: 4, was 2"),
        ("less", "Pain at the back of the left thigh (upper third): 3, was 6"),
        ("gone", "Pins and needles in the left calf"),
        ("same", "Pain at the left heel: 6"),
    ]


def test_without_a_chart_on_both_days_nothing_is_compared() -> None:
    assert body_words.changes(None, {"marks": [THIGH]}) == ()
    assert body_words.changes({"marks": [THIGH]}, None) == ()


def test_a_stroke_from_elsewhere_is_told_by_the_regions_it_covers() -> None:
    stroke = {"view": "back", "path": [[0.4, 0.21], [0.4, 0.19]], "type": "pain", "intensity": 2}
    assert body_words.answer({"marks": [stroke]}) == "pain 2 of 10 in the left calf"
