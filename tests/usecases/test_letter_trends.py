"""Curves of a letter show only what can be compared."""

from uuid import UUID

from clinic_desk.usecases import letter_trends, outcomes
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.visit_views import VisitContent
from tests.usecases.conftest import Clock
from tests.usecases.test_outcomes import FIRST, psfs, twice, visited

__all__ = ["twice"]


def test_a_measure_with_two_scores_has_a_curve_and_one_score_none(
    desk: Desk, strain: UUID, twice: VisitContent
) -> None:
    found = {one.name: one for one in letter_trends.of(outcomes.histories(desk, strain))}
    # LEFS was carried as one score, and GROC says itself how much has changed
    assert sorted(found) == ["PSFS", "Pain now (NPRS)"]
    psfs_curve = found["PSFS"]
    assert (psfs_curve.trend.first_said, psfs_curve.trend.last_said) == ("2.3", "4.3")
    assert [day for day, _value in psfs_curve.trend.points] == [0, 7]
    assert (psfs_curve.trend.lowest, psfs_curve.trend.highest) == (0, 10)
    assert psfs_curve.note == "03 Feb 2026 to 10 Feb 2026\nhigher is better"
    assert found["Pain now (NPRS)"].note.endswith("lower is better")


def test_scores_of_other_activities_are_not_joined_to_a_curve(
    desk: Desk, strain: UUID, clock: Clock
) -> None:
    visited(desk, strain, FIRST)
    clock.move(days=7)
    visited(desk, strain, FIRST | {"psfs": psfs(4, 4, 4, names=("Cycling", "Rowing", "Diving"))})
    names = [one.name for one in letter_trends.of(outcomes.histories(desk, strain))]
    assert "PSFS" not in names
