"""What decides an emergency can be opened from every complaint, by the first screen."""

from dataclasses import replace
from datetime import date

import pytest

from clinic_desk.clinical.answers import read
from clinic_desk.clinical.evaluate import evaluate
from clinic_desk.clinical.findings import Truth
from clinic_desk.clinical.flow import Flow
from clinic_desk.clinical.measures import Sex, Side
from clinic_desk.clinical.protocol import Case, Kind, Protocol
from clinic_desk.clinical.reading import Reading
from clinic_desk.library import Library

COMPLAINTS = (None, "sudden_injury", "persistent_tightness", "cramp", "posterior_knee")
ADULT = Case(on=date(2026, 2, 3), side=Side.LEFT, birth_date=date(1991, 6, 14), sex=Sex.FEMALE)
CHILD = replace(ADULT, birth_date=date(2012, 6, 14))
# One closes a question and opens none; the others have one beside them that says the same.
STOOD_IN_FOR = {
    "dvt_close_reason": None,
    "knee_duration": None,
    "tenderness": "av_sit",
    "lump_pulsatile": "rf_pulsatile",
    "force_15": "mmt",
    "knee_swelling": "rf_septic_joint",
    "knee_effusion": "rf_septic_joint",
}

CALM: dict[str, object] = {
    "complaint": "persistent_tightness",
    "rf_pe": "no",
    "rf_dvt_gate": "no",
    "rf_post_op_travel": "no",
    "gate_circulation": "no",
    "gate_nerve": "no",
    "gate_unwell": "no",
    "gate_pressure": "no",
    "gate_bone": "no",
    "gate_tumour": "no",
    "gate_behind_knee": "no",
    "gate_cramp": "no",
    "cl_walk_cramp": "no",
    "pregnancy": "no",
}


@pytest.fixture(scope="module")
def protocol() -> Protocol:
    return Library().protocol("posterior-thigh")


def deciding(protocol: Protocol) -> set[str]:
    """The asked items that an emergency or same-day rule reads."""
    names: set[str] = set()
    for flag in protocol.flags.values():
        for case in flag.cases:
            if case.urgency.locks_exercises:
                for name in case.when.reads:
                    names |= {name, *protocol.under(name)}
    return names - protocol.derived.keys()


def opened(protocol: Protocol, case: Case, complaint: str | None) -> set[str]:
    """All items that come into sight while the screen's questions are answered with yes."""
    answers: dict[str, object] = {"complaint": complaint} if complaint else {}
    if case.sex is Sex.FEMALE:
        answers["pregnancy"] = "pregnant"
    seen: set[str] = set()
    while True:
        flow = Flow(protocol, Reading(protocol, case, read(protocol, case, answers)))
        now = {item for item in protocol.places if flow.applies(item)[0] is Truth.TRUE}
        fresh = {
            item
            for item in now - answers.keys()
            if protocol.places[item][0].id == "red_flags" or item == "knee_injury"
            if protocol.items[item].kind in (Kind.YES_NO, Kind.YES_NO_UNSURE)
        }
        if "injury_date" in now and "injury_date" not in answers:
            answers["injury_date"] = "2026-02-01"
            fresh.add("injury_date")
        seen |= now | answers.keys()
        if not fresh:
            return seen
        answers.update(dict.fromkeys(fresh - {"injury_date"}, "yes"))


@pytest.mark.parametrize("complaint", COMPLAINTS)
def test_what_decides_an_emergency_comes_into_sight(
    protocol: Protocol, complaint: str | None
) -> None:
    seen = opened(protocol, ADULT, complaint) | opened(protocol, CHILD, complaint)
    hidden = deciding(protocol) - seen
    assert sorted(hidden - STOOD_IN_FOR.keys()) == []
    assert {other for item in hidden if (other := STOOD_IN_FOR[item])} <= seen


@pytest.mark.parametrize(
    ("protocol_id", "answers", "first"),
    [
        ("posterior-thigh", {}, ("rf_pe", "rf_dvt_gate")),
        ("calf-achilles", {}, ("rf_pe", "rf_dvt_gate")),
        ("posterior-thigh", {**CALM, "gate_nerve": "yes"}, ("rf_ces_bladder", "rf_ces_bowel")),
        ("posterior-thigh", {**CALM, "gate_unwell": "unsure"}, ("rf_septic_joint", "rf_sepsis")),
        ("posterior-thigh", {**CALM, "gate_pressure": "yes"}, ("rf_acs",)),
    ],
)
def test_what_is_an_emergency_by_itself_is_asked_before_all_else(
    protocol_id: str, answers: dict[str, object], first: tuple[str, ...]
) -> None:
    missing = evaluate(Library().protocol(protocol_id), ADULT, answers).missing
    assert missing[: len(first)] == first
