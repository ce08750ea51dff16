"""Outcome measures over the visits of a case: their history, and how notes tell it."""

from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast
from uuid import UUID

import pytest

from clinic_desk.clinical.findings import Truth
from clinic_desk.clinical.flow import Flow
from clinic_desk.library import Library
from clinic_desk.usecases import (
    answer_words,
    cases,
    letter_measures,
    outcome_words,
    outcomes,
    visits,
)
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.visit_views import VisitContent
from tests.usecases.answers import STRAIN
from tests.usecases.conftest import Clock

if TYPE_CHECKING:
    from clinic_desk.usecases.letter_record import Record


def psfs(*ratings: int, names: tuple[str, ...] = ("Running", "Stairs", "Sitting")) -> object:
    answers: dict[str, object] = {}
    for place, (name, rating) in enumerate(zip(names, ratings, strict=True), start=1):
        answers |= {f"activity_{place}": name, f"rating_{place}": rating}
    return {"answers": answers}


FIRST = STRAIN | {"pain_now": 7, "psfs": psfs(1, 3, 3), "measures_today": ["lefs"]}
EACH = (
    "each activity against the measurement error of 3: running 2 better, within it; "
    "stairs 2 better, within it; sitting 2 better, within it"
)
LEFS = {"score": 40, "on": "2026-01-30", "note": "German"}


def visited(desk: Desk, case: UUID, answers: dict[str, object]) -> VisitContent:
    visit = visits.start(desk, case)
    view = visits.open_visit(desk, visit)
    last = visits.last_signed(desk, case, before=visit)
    content = visits.write_into_note(desk, view, VisitContent(answers=answers), last)
    visits.sign(desk, visit, content)
    return content


@pytest.fixture
def twice(desk: Desk, strain: UUID, clock: Clock) -> VisitContent:
    visited(desk, strain, FIRST | {"lefs": LEFS})
    clock.move(days=7)
    later = {"pain_now": 5, "psfs": psfs(3, 5, 5), "groc": 3, "lefs": LEFS}
    return visited(desk, strain, FIRST | later | {"measures_today": ["groc", "lefs"]})


def test_a_cases_measures_are_dated_scores_with_their_change(
    desk: Desk, strain: UUID, twice: VisitContent
) -> None:
    found = {one.item.id: one for one in outcomes.histories(desk, strain)}
    assert list(found) == ["pain_now", "psfs", "groc", "lefs"]
    activities = found["psfs"]
    assert [round(point.score, 1) for point in activities.points] == [2.3, 4.3]
    change = activities.since_first()
    assert change is not None
    assert (change.amount, change.beyond_error) == (2.0, Truth.TRUE)
    assert activities.sentence() == (
        "PSFS 4.3 of 10 on 10 Feb 2026; 2.0 better than 03 Feb 2026, at the measurement error of 2"
        f"; {EACH}."
    )
    assert found["pain_now"].sentence() == (
        "Pain now (NPRS) 5 of 10 on 10 Feb 2026; 2 better than 03 Feb 2026, clinically important."
    )
    assert found["groc"].sentence() == (
        "GROC +3 (from -5 to 5) on 10 Feb 2026, clinically important."
    )


def test_a_score_from_paper_that_is_carried_on_stays_one_score(
    desk: Desk, strain: UUID, twice: VisitContent
) -> None:
    found = {one.item.id: one for one in outcomes.histories(desk, strain)}
    assert found["lefs"].sentence() == "LEFS 40 of 80 on 30 Jan 2026."
    assert found["lefs"].since_first() is None


def test_the_note_says_scores_and_changes(twice: VisitContent) -> None:
    assert (
        "PSFS 4.3 of 10 (running 3, stairs 5, sitting 5); 2.0 better than 03 Feb 2026, "
        f"at the measurement error of 2; {EACH}"
    ) in twice.note.subjective
    assert "ain now 5 of 10 (2 better than 03 Feb 2026, clinically important)" in (
        twice.note.subjective
    )
    assert "LEFS 40 of 80 (30 Jan 2026, German)" in twice.note.subjective


def test_other_activities_are_said_to_be_other(desk: Desk, strain: UUID, clock: Clock) -> None:
    visited(desk, strain, FIRST)
    clock.move(days=7)
    swum = psfs(4, 2, 5, names=("running", "Stairs", "Swimming"))
    content = visited(desk, strain, FIRST | {"psfs": swum})
    assert "not comparable: other activities were rated on 03 Feb 2026" in content.note.subjective
    (found,) = (one for one in outcomes.histories(desk, strain) if one.item.id == "psfs")
    assert found.since_first() is None
    each = "running 3 better, at it; stairs 1 worse, within it"
    assert each in content.note.subjective
    assert each in found.sentence()
    record = cast("Record", SimpleNamespace(outcomes=[found], first=None))
    _, mean, running, stairs = letter_measures.table(record)
    assert (mean[0], mean[3]) == ("PSFS", "")
    assert (running[0], *running[3:]) == (
        "PSFS: running",
        "3 better",
        "at the measurement error of 3",
    )
    assert stairs[3:] == ("1 worse", "within the measurement error of 3")


def test_a_questionnaire_answered_in_part_has_no_score(desk: Desk, strain: UUID) -> None:
    part = psfs(3, 5, names=("Running", "Stairs"))
    content = visited(desk, strain, STRAIN | {"psfs": part})
    assert "PSFS answered in part (running 3, stairs 5)" in content.note.subjective
    assert outcomes.histories(desk, strain) == ()


def test_a_questionnaire_is_no_region_of_a_case(desk: Desk, alex: UUID) -> None:
    assert {one for one, _ in cases.regions(desk)} == {"posterior-thigh", "calf-achilles"}
    details = cases.CaseDetails("calf strain", protocol="psfs")
    with pytest.raises(Exception, match="no such protocol"):
        cases.open_case(desk, alex, details)


@pytest.mark.parametrize(
    ("item", "raw", "says"),
    [
        ("sane", 70, "70 %"),
        ("groc", -2, "-2 (from -5 to 5)"),
        ("groc", 0, "0 (from -5 to 5)"),
        ("pain_worst", 0, "0 of 10"),
        ("tsk_11", {"score": 30}, "30 (11 to 44)"),
        ("visa_h", {"score": 54.5, "note": "paper"}, "54.5 of 100 (paper)"),
        ("psfs", {"score": 4}, "4.0 of 10"),
        ("cramp_nights", 3, "3"),
    ],
)
def test_an_answer_is_said_with_its_range(item: str, raw: object, says: str) -> None:
    protocol = Library().protocol("posterior-thigh")
    assert answer_words.answer(protocol.item(item), raw, None, protocol.say) == says


def test_what_is_not_established_is_said_so() -> None:
    item = Library().protocol("posterior-thigh").item("sane")
    said = outcome_words.compared(item, 50, 90, "03 Feb 2026")
    assert said == "40 points better than 03 Feb 2026, what that means is not established"


def test_a_draft_of_the_open_visit_counts_too(desk: Desk, strain: UUID) -> None:
    view = visits.open_visit(desk, visits.start(desk, strain))
    visits.keep(desk, view.id, replace(view.content, answers={"pain_now": 0}))
    (found,) = outcomes.histories(desk, strain)
    assert (found.last.score, found.last.said) == (0.0, "0 of 10")


def test_the_change_since_the_start_is_asked_at_every_visit_but_the_first(
    desk: Desk, strain: UUID, clock: Clock
) -> None:
    def offered(visit: UUID) -> bool:
        reckoned = visits.of_view(desk, visits.open_visit(desk, visit))
        return Flow(reckoned.protocol, reckoned.reading(FIRST)).visible("groc")

    first = visits.start(desk, strain)
    assert not offered(first)
    content = visits.write_into_note(
        desk, visits.open_visit(desk, first), VisitContent(answers=FIRST), None
    )
    visits.sign(desk, first, content)
    clock.move(days=7)
    assert offered(visits.start(desk, strain))
