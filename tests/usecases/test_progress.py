"""The progress of a case: left against right, goals, and changes that matter."""

from uuid import UUID

import pytest

from clinic_desk.documents.fonts import texts_of
from clinic_desk.drawing.progress import Mark
from clinic_desk.errors import AccessDenied
from clinic_desk.usecases import lockbox, progress, progress_chart, progress_paper, visits
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.progress import Track
from clinic_desk.usecases.visit_views import VisitContent
from tests.documents.reading import pages
from tests.support.desk import Clock
from tests.usecases.answers import STRAIN
from tests.usecases.test_outcomes import psfs, visited

FIRST = STRAIN | {"pain_now": 7, "psfs": psfs(1, 3, 3)}
LATER = STRAIN | {
    "ake": {"left": 26, "right": 20},
    "force_15": {"left": None, "right": 254},
    "pain_now": 4,
    "psfs": psfs(3, 5, 5),
}


@pytest.fixture
def twice(desk: Desk, strain: UUID, clock: Clock) -> dict[str, Track]:
    visited(desk, strain, FIRST)
    clock.move(days=7)
    visited(desk, strain, LATER)
    return {one.id: one for one in progress.tracks(desk, strain)}


def test_a_pair_is_both_sides_and_the_difference_over_the_visits(twice: dict[str, Track]) -> None:
    ake = twice["ake"]
    assert [(one.left, one.right, one.amount) for one in ake.taken] == [(34, 20, 14), (26, 20, 6)]
    assert progress_chart.rows(ake) == (
        ("03 Feb 2026", "34°", "20°", "14° less", ""),
        ("10 Feb 2026", "26°", "20°", "6° less", ""),
    )
    (curve,) = progress_chart.chart(ake).series
    assert curve.marks == (Mark(0, 14.0, "14°"), Mark(7, 6.0, "6°"))
    left, right = progress_chart.chart(ake, progress_chart.SIDES).series
    assert (left.name, left.main, right.name, right.main) == ("Left", True, "Right", False)


def test_a_side_that_was_not_measured_is_no_point_and_says_so(twice: dict[str, Track]) -> None:
    force = twice["force_15"]
    assert force.taken[-1].amount is None
    (curve,) = progress_chart.chart(force).series
    assert len(curve.marks) == 1
    assert progress_chart.rows(force)[-1][1:4] == ("not measured", "254 N", "")


def test_the_goal_is_what_the_next_stage_asks(twice: dict[str, Track]) -> None:
    goal = twice["ake"].goal
    assert goal is not None
    assert (goal.below, goal.said) == (10.0, "goal under 10°")
    assert twice["slr"].goal is None  # no stage asks for it by a number


def test_the_band_is_the_mcid_around_the_first_score(twice: dict[str, Track]) -> None:
    pain = twice["pain_now"]
    assert pain.band == (5.0, 9.0)  # 2 points, which is less than 30 % of 7
    assert pain.band_said == "MCID: 2 better"
    assert "Farrar" in pain.source


def test_scores_about_other_activities_are_not_joined_to_one_curve(
    desk: Desk, strain: UUID, clock: Clock
) -> None:
    visited(desk, strain, FIRST)
    clock.move(days=7)
    other = psfs(3, 5, 5, names=("Cycling", "Ladders", "Kneeling"))
    visited(desk, strain, FIRST | {"psfs": other})
    (track,) = [one for one in progress.tracks(desk, strain) if one.id == "psfs"]
    (curve,) = progress_chart.chart(track).series
    assert len(curve.marks) == 1
    assert progress_chart.rows(track)[0][2] == "other activities were rated"


def test_what_is_not_signed_yet_says_so(desk: Desk, strain: UUID) -> None:
    visit = visits.start(desk, strain)
    visits.keep(desk, visit, VisitContent(answers=FIRST))
    (ake, *_others) = progress.tracks(desk, strain)
    assert progress_chart.rows(ake)[0][-1] == "not signed"


def test_a_closed_case_shows_no_progress(
    desk: Desk, alex: UUID, strain: UUID, twice: dict[str, Track]
) -> None:
    lockbox.close_part(desk, alex, lockbox.CASE, strain)
    with pytest.raises(AccessDenied):
        progress.tracks(desk, strain)
    with pytest.raises(AccessDenied):
        progress_paper.pdf(desk, strain, ["ake"])


def test_paper_draws_the_picture_of_the_screen(
    desk: Desk, strain: UUID, twice: dict[str, Track], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[object] = []
    monkeypatch.setattr(
        progress_paper.report, "render", lambda content: seen.append(content) or b"%PDF"
    )
    progress_paper.pdf(desk, strain, ["ake"])
    (content,) = seen
    (part,) = content.parts  # type: ignore[attr-defined]
    assert part.figures[0].picture == progress_chart.picture(twice["ake"])
    assert "EXAMPLE, Alex, 14 Jun 1991, CD-00001" in dict(map(reversed, texts_of(content)))


def test_the_paper_carries_the_patient_on_every_page(desk: Desk, strain: UUID, twice) -> None:
    read = pages(progress_paper.pdf(desk, strain, list(twice)))
    assert all("CD-00001" in page for page in read)
    assert "14° less" in read[0]
