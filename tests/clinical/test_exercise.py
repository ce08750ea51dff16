"""When an exercise and a template are advised, by grade, day and weeks since a repair."""

from dataclasses import replace

import pytest

from clinic_desk.clinical.dosage import Dosage, Mode, Tempo, session_seconds
from clinic_desk.clinical.exercise import (
    Allow,
    Exercise,
    GateRule,
    Laterality,
    Template,
    gate,
    template_gate,
)

BRIDGE = Exercise(
    id="bridge",
    name="Bridge",
    short_name="Bridge",
    stage=2,
    load_class=2,
    category="strength",
    position="lying on the back",
    laterality=Laterality.BOTH,
    muscles=("buttocks",),
    equipment=(),
    support=("floor",),
    stretch=False,
    start="Lie down.",
    steps=("Lift.",),
    cues=(),
    precautions="",
    stop=(),
    pain_limit=3,
    tags=(),
    contraindications=(),
    easier=None,
    harder=None,
    source="invented",
    dosage=Dosage(Mode.REPS, reps=8, tempo=Tempo(2, 2, 2, 0), setup_s=15),
    gates={
        1: GateRule(Allow.YES, 3),
        2: GateRule(Allow.YES, 7),
        3: GateRule(Allow.CLINICIAN, 28),
    },
    post_repair=GateRule(Allow.CLINICIAN, 8),
)
STRETCH = replace(
    BRIDGE,
    id="stretch",
    gates={
        1: GateRule(Allow.YES, 3),
        2: GateRule(Allow.CLINICIAN, 7),
        3: GateRule(Allow.NO_BEFORE, 84),
    },
    post_repair=GateRule(Allow.NO_BEFORE, 12),
)
TEMPLATE = Template(
    id="subacute",
    name="Subacute",
    phase="subacute",
    stage=2,
    exercises=("bridge", "stretch"),
    add_ons=(),
    frequency="Once a day",
    times_per_day=1,
    days_per_week=7,
    pain_limit=3,
    entry=(),
    criteria=(),
    stop=(),
    notes="",
    next=None,
    min_day=None,
    grade=None,
    min_week_post_op=None,
)


@pytest.mark.parametrize(("day", "advised"), [(0, False), (6, False), (7, True), (60, True)])
def test_a_gate_opens_on_its_day(day: int, advised: bool) -> None:
    found = gate(BRIDGE, 2, day)
    assert found.advised is advised
    assert not found.decide
    assert (found.reason is None) is advised
    if found.reason:
        assert found.reason.text == "gate.from_day"
        assert found.reason.params == {"grade": 2, "earliest": 7, "now": day}


def test_a_clinician_gate_asks_for_a_decision_after_its_day() -> None:
    before, after = gate(BRIDGE, 3, 27), gate(BRIDGE, 3, 28)
    assert not before.advised
    assert after.advised
    assert after.decide
    assert after.reason
    assert after.reason.text == "gate.clinician_decides"


def test_what_is_ruled_out_says_so() -> None:
    found = gate(STRETCH, 3, 83)
    assert not found.advised
    assert found.reason
    assert found.reason.text == "gate.not_before_day"
    assert gate(STRETCH, 3, 84).decide


def test_an_unknown_day_counts_as_too_early_only_where_a_day_matters() -> None:
    found = gate(BRIDGE, 1, None)
    assert not found.advised
    assert found.reason
    assert found.reason.text == "gate.day_unknown"
    free = replace(BRIDGE, gates={1: GateRule(Allow.YES, 0)})
    assert gate(free, 1, None).advised


@pytest.mark.parametrize("grade", [None, 0])
def test_without_a_strain_nothing_holds_back(grade: int | None) -> None:
    assert gate(STRETCH, grade, None).advised


def test_after_a_repair_only_its_weeks_count() -> None:
    assert not gate(BRIDGE, 1, 400, post_repair_week=7).advised
    found = gate(BRIDGE, 3, 0, post_repair_week=8)
    assert found.advised
    assert found.decide


def test_a_template_waits_for_its_latest_exercise() -> None:
    found = template_gate(TEMPLATE, [BRIDGE, STRETCH], 3, 30)
    assert not found.advised
    assert (found.earliest, found.exercise) == (84, "stretch")
    assert template_gate(TEMPLATE, [BRIDGE], 2, 6).earliest == 7
    assert template_gate(TEMPLATE, [BRIDGE], 2, 7).advised


def test_a_template_own_day_counts_too() -> None:
    late = replace(TEMPLATE, min_day=10)
    found = template_gate(late, [BRIDGE], 2, 8)
    assert not found.advised
    assert (found.earliest, found.exercise) == (10, None)
    assert template_gate(late, [BRIDGE], 2, 10).advised


def test_one_exercise_that_needs_a_decision_makes_the_template_need_it() -> None:
    found = template_gate(TEMPLATE, [BRIDGE, STRETCH], 2, 20)
    assert found.advised
    assert found.decide


def test_a_post_operative_template_is_only_for_after_a_repair() -> None:
    early = replace(TEMPLATE, min_week_post_op=6)
    found = template_gate(early, [BRIDGE], 3, 100)
    assert not found.advised
    assert found.reason
    assert found.reason.text == "gate.only_after_repair"
    assert not template_gate(early, [BRIDGE], 3, None, post_repair_week=7).advised
    assert template_gate(early, [BRIDGE], 3, None, post_repair_week=8).advised


def test_a_template_takes_its_exercises_and_the_changes_between() -> None:
    assert session_seconds(one.seconds for one in (BRIDGE, STRETCH)) == 63 + 63 + 20
