"""What else to consider: weighed, gated, and never named before what must be excluded."""

import pytest

from clinic_desk.clinical.evaluate import evaluate
from clinic_desk.clinical.report import plain
from tests.support.protocols import CASE, built

CYST = """
[[differential]]
id = "cyst"
label = "Cyst"
next = "Ultrasound."
when = 'gait != "normal"'
after = "tingling == no"
supports = { pop = 2, swollen = 1 }
source = "test"
"""


def ids(answers: dict[str, object], table: str = CYST) -> list[str]:
    return [one.id for one in evaluate(built(table), CASE, answers).differentials]


SIGNS: dict[str, object] = {"gait": "limp", "pop": "yes", "swollen": "yes"}


def test_two_findings_name_it_once_the_danger_is_excluded() -> None:
    assert ids({**SIGNS, "tingling": "no"}) == ["cyst"]


@pytest.mark.parametrize("danger", ["not_asked", "unsure", "yes", "not_testable"])
def test_it_is_not_named_while_the_danger_is_not_excluded(danger: str) -> None:
    assert ids({**SIGNS, "tingling": danger}) == []


@pytest.mark.parametrize("danger", ["not_asked", "unsure"])
def test_what_would_exclude_the_danger_is_asked_for(danger: str) -> None:
    assert "tingling" in evaluate(built(CYST), CASE, {**SIGNS, "tingling": danger}).missing


@pytest.mark.parametrize("gait", ["normal", "not_asked"])
def test_it_is_not_considered_outside_its_picture(gait: str) -> None:
    found = evaluate(built(CYST), CASE, {**SIGNS, "gait": gait, "tingling": "no"})
    assert found.differentials == ()


@pytest.mark.parametrize(("least", "named"), [(1, ["cyst"]), (2, [])])
def test_how_many_findings_it_needs_stands_in_the_file(least: int, named: list[str]) -> None:
    table = CYST.replace("supports", f"least = {least}\nsupports")
    one_sign = {"gait": "limp", "pop": "yes", "swollen": "no", "tingling": "no"}
    assert ids(one_sign, table) == named


def test_it_is_reported_with_its_reasons_and_what_would_tell() -> None:
    protocol = built(CYST)
    found = evaluate(protocol, CASE, {**SIGNS, "tingling": "no"})
    assert plain(protocol, found)["differentials"] == [
        {
            "id": "cyst",
            "label": "Cyst",
            "score": 1.0,
            "reasons": ["Pop", "Swollen"],
            "next": "Ultrasound.",
        }
    ]
