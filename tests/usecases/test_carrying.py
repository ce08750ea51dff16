"""A re-evaluation brings along what the earlier visits hold."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import text

from clinic_desk.errors import Locked
from clinic_desk.storage.models import Evaluation
from clinic_desk.usecases import cases, charts, evaluations, measured, visits
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.visit_views import Note, VisitContent, VisitView
from tests.support.desk import Clock
from tests.usecases.answers import STRAIN

TODAY = date(2026, 2, 3)
NOTE = Note(subjective="Seen.")


def signed(desk: Desk, case: UUID, content: VisitContent) -> UUID:
    visit = visits.start(desk, case)
    begun = visits.open_visit(desk, visit).content
    content = replace(content, note=NOTE, carried=begun.carried, planned=begun.planned)
    visits.keep(desk, visit, content)
    visits.sign(desk, visit, content)
    return visit


def again(desk: Desk, case: UUID) -> VisitView:
    return visits.open_visit(desk, visits.start(desk, case))


@pytest.fixture
def second(desk: Desk, strain: UUID, clock: Clock) -> VisitView:
    signed(desk, strain, VisitContent(answers=STRAIN, retest=("ake", "mmt")))
    clock.move(days=6)
    return again(desk, strain)


def test_facts_count_at_once_and_measurements_do_not(desk: Desk, second: VisitView) -> None:
    content = second.content
    assert content.answers == {}
    assert content.carried["pop"].fact
    assert (content.carried["ake"].value, content.carried["ake"].on) == (STRAIN["ake"], TODAY)
    assert not content.carried["ake"].fact
    assert not content.carried["rf_pe"].fact
    assert content.standing["injury_date"] == STRAIN["injury_date"]
    assert "ake" not in content.standing
    assert "rf_pe" not in content.standing
    found = visits.findings(desk, second, content)
    assert found.grade is not None
    assert found.grade.suggested == 2  # from the visit of day 6, though nothing is tested today
    assert "rf_pe" in found.missing


def test_the_plan_opens_the_next_evaluation(desk: Desk, second: VisitView) -> None:
    assert second.content.planned == ("ake", "mmt")
    play = evaluations.play(desk, second)
    first = play.progress(second.content.standing, second.content.planned)[0]
    assert first.step.id == "retest_first"
    assert play.say(first.step.title) == "Re-test first"
    assert (first.visible_items, first.answered) == (("ake", "mmt"), 0)
    assert play.progress(second.content.standing)[0].step.id == "story"


def test_a_signed_re_evaluation_keeps_carried_facts_apart(
    desk: Desk, strain: UUID, second: VisitView, clock: Clock
) -> None:
    said = {"pop": "yes", "past_strain": "not_asked", "ake": {"left": 27, "right": 20}}
    content = replace(second.content, note=NOTE, answers=said)
    visits.keep(desk, second.id, content)
    written = visits.write_into_note(desk, second, replace(content, note=Note()))
    assert "From 03 Feb 2026, not asked again:" in written.note.subjective
    visits.sign(desk, second.id, content)
    held = visits.open_visit(desk, second.id).content
    assert held.answers == said
    assert held.carried["mechanism"].on == TODAY
    assert "pop" not in held.carried
    assert "ake" not in held.carried
    clock.move(days=7)
    third = again(desk, strain).content
    assert (third.carried["pop"].value, third.carried["pop"].on) == ("yes", date(2026, 2, 9))
    assert third.carried["mechanism"].on == TODAY
    assert third.carried["ake"].value == said["ake"]
    assert third.carried["slr"].on == TODAY
    assert "past_strain" not in third.carried  # withdrawn
    assert third.planned == ()


def test_a_gate_reads_the_latest_value_with_its_own_day(
    desk: Desk, strain: UUID, second: VisitView
) -> None:
    content = replace(second.content, note=NOTE, answers={"gait": "limp"})
    visits.keep(desk, second.id, content)
    visits.sign(desk, second.id, content)
    with desk.store.reading() as session:
        now = measured.measured_of(desk, session, charts.case(session, strain))
    assert now is not None
    assert (now.answers["gait"], now.dates["gait"]) == ("limp", date(2026, 2, 9))
    assert (now.answers["pop"], now.dates["pop"]) == ("no", TODAY)
    assert now.found.grade is not None
    assert now.found.grade.suggested == 2


def test_the_rows_of_a_signed_evaluation_refuse_a_change(desk: Desk, second: VisitView) -> None:
    content = replace(second.content, note=NOTE, answers={"gait": "limp"})
    visits.sign(desk, second.id, content)
    for column in ("carried", "retest"):
        with pytest.raises(Locked), desk.store.unit(desk.actor.id) as unit:
            unit.session.execute(text(f"UPDATE evaluations SET {column} = '{{}}'"))


def test_what_can_no_longer_be_taken_is_not_carried(desk: Desk, strain: UUID, clock: Clock) -> None:
    first = visits.start(desk, strain)
    content = VisitContent(note=NOTE, answers={"pop": "no", "pain_now": 5})
    visits.keep(desk, first, content)
    with desk.store.unit(desk.actor.id) as unit:  # as another version of the protocol wrote it
        visit = unit.session.get_one(visits.Visit, first)
        unit.session.add(
            Evaluation(
                visit_id=first,
                side="right",
                protocol=visit.protocol,
                protocol_version="0.9.0",
                answers={"pop": "no", "pain_now": 11, "gone_since": "yes", "gait": "hopping"},
                findings={},
            )
        )
        unit.session.delete(visits.chart.draft(unit.session, "visit", first))
        visits.visit_acts.sign(unit.session, visit, desk.actor.id, desk.actor.name, clock())
        unit.audit("sign", "visit", first, at=clock())
        unit.commit()
    clock.move(days=3)
    assert set(again(desk, strain).content.carried) == {"pop"}


def test_a_side_that_was_corrected_turns_the_deficit_not_the_reading(
    desk: Desk, strain: UUID, second: VisitView
) -> None:
    assert second.content.carried["ake"].value == {"left": 34, "right": 20}
    found = visits.findings(desk, second, second.content)
    other = replace(second, case=replace(second.case, side=cases.Side.RIGHT))
    turned = visits.findings(desk, other, second.content)
    assert found.grade is not None
    assert turned.grade is not None
    assert found.grade.ratio != turned.grade.ratio


def test_other_visits_carry_nothing(desk: Desk, strain: UUID, second: VisitView) -> None:
    visits.discard(desk, second.id)
    follow_up = visits.open_visit(desk, visits.start(desk, strain, "follow_up"))
    assert follow_up.content.carried == {}


def test_what_is_worth_a_re_test_is_said_with_its_reason(desk: Desk, strain: UUID) -> None:
    visit = again(desk, strain)
    content = VisitContent(answers=STRAIN)
    play = evaluations.play(desk, visit)
    offered = {
        one.item: play.say(one.because)
        for one in play.worth_retesting(content, visits.findings(desk, visit, content))
    }
    assert offered["ake"] == "recheck of the grade, days 3 to 7"
    assert "injury_date" not in offered
    assert "gate" in " ".join(offered.values())
