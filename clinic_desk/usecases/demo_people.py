"""The invented people of the demo clinic: nobody here exists."""

from collections.abc import Mapping
from dataclasses import dataclass

from clinic_desk.clinical.measures import Sex, Side

NEGATIVE: dict[str, object] = {
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
}

_STRAIN: dict[str, object] = NEGATIVE | {
    "complaint": "sudden_injury",
    "onset": "sudden",
    "mechanism": "sprint",
    "pain_at_injury": 7,
    "pop": "no",
    "tingling_at_injury": "no",
    "activity_stopped": "had_to_stop",
    "days_to_painfree_walk": 6,
    "past_strain": "none",
    "av_mech": "no",
    "av_sit": "no",
    "av_gap_ischium": "no",
    "av_bowstring": "no",
    "rf_gap_belly": "no",
    "pain_now": 3,
    "rest_pain": 1,
    "gait": "limp",
    "bruising": "small",
    "swelling": "none",
    "tenderness": "focal",
    "palpation_length_cm": 6,
    "muscle": "biceps_femoris",
    "ake": {"left": 41, "right": 20},
    "slr": {"left": 60, "right": 80},
    "force_15": {"left": 158, "right": 254},
    "mmt": "4",
    "resisted_flexion": "maximal",
}

_STRAIN_LATER: dict[str, object] = _STRAIN | {
    "pain_now": 2,
    "rest_pain": 0,
    "gait": "normal",
    "bruising": "none",
    "palpation_length_cm": 4,
    "ake": {"left": 34, "right": 20},
    "slr": {"left": 68, "right": 80},
    "force_15": {"left": 182, "right": 254},
    "heel_dig_painless": "yes",
}

_TIGHT: dict[str, object] = NEGATIVE | {
    "complaint": "persistent_tightness",
    "tight_duration": {"value": 30, "unit": "wk"},
    "tight_onset_context": ["long_sitting"],
    "sitting_hours": 9,
    "heavy_legs_parking_brake": "yes",
    "tried": ["stretching", "rolling"],
    "stretching_response": "same",
    "pain_now": 2,
    "gait": "normal",
    "descriptors": ["tightening", "pulling"],
    "ake": {"left": 38, "right": 40},
    "slr": {"left": 66, "right": 64},
    "waiter_bow_deg": 30,
    "sit_knee_ext_test": "fail",
    "pelvic_tilt_test": "fail",
}

_CRAMP: dict[str, object] = NEGATIVE | {
    "complaint": "cramp",
    "gate_cramp": "no",
    "cramp_time": "night",
    "cramp_duration": {"value": 4, "unit": "min"},
    "lump_seen_and_sudden": "yes",
    "cramps_per_week": 3,
    "cramp_factors": ["age", "overload"],
    "post_cramp_pain_days": 1,
    "pain_now": 0,
}

_KNEE: dict[str, object] = NEGATIVE | {
    "complaint": "posterior_knee",
    "knee_injury": "no",
    "knee_duration": {"value": 6, "unit": "wk"},
    "knee_swelling": "none",
    "knee_locking": "no",
    "knee_giving_way": "no",
    "stairs_pain": 4,
    "pain_now": 3,
    "gait": "normal",
    "full_straight_knee": "yes",
}

_TINGLING: dict[str, object] = _STRAIN_LATER | {
    "gate_nerve": "yes",
    "rf_tingle_after_injury": "yes",
    "neuro_exam_normal": "yes",
}


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit, `days` before today; unsigned where `signed` is false."""

    days: int
    answers: Mapping[str, object]
    grade: str = ""  # what the clinician decides
    program: str = ""  # template prescribed at this visit
    handout: bool = False
    letter: str = ""  # kind of the letter that is issued
    signed: bool = True
    hour: int = 9


@dataclass(frozen=True, slots=True)
class Person:
    """An invented patient with one case."""

    family: str
    given: str
    born: str
    sex: Sex
    phone: str
    address: str
    title: str
    side: Side | None
    onset_days: int
    goal: str
    visits: tuple[Visit, ...]
    allergies: str = ""
    alerts: str = ""
    medicines: str = ""
    occupation: str = ""
    sport: str = ""


PEOPLE: tuple[Person, ...] = (
    Person(
        "Invented",
        "Casey",
        "1958-11-02",
        Sex.FEMALE,
        "555-0148",
        "8 Sample Lane\nSampletown EX1 4AB",
        "calf and hamstring cramp",
        Side.BOTH,
        90,
        "A night without cramp",
        (Visit(21, _CRAMP, program="night_cramp", handout=True, hour=14),),
        medicines="A water tablet in the morning",
        occupation="Retired",
    ),
    Person(
        "Specimen",
        "Taylor",
        "2001-03-19",
        Sex.OTHER,
        "555-0147",
        "21 Example Street\nSampletown EX1 2MP",
        "pain behind the knee",
        Side.RIGHT,
        42,
        "Stairs without pain",
        (Visit(14, _KNEE, program="posterior_knee"),),
        occupation="Courier",
        sport="Cycling",
    ),
    Person(
        "Mockup",
        "Morgan",
        "1979-07-30",
        Sex.MALE,
        "555-0146",
        "3 Placeholder Row\nSampletown EX1 7QT",
        "hamstring tightness",
        Side.BOTH,
        210,
        "Sit through a meeting",
        (Visit(12, _TIGHT, program="comp_1", handout=True, hour=11),),
        occupation="Accountant, sits all day",
    ),
    Person(
        "Fictional",
        "Charlie",
        "1995-01-08",
        Sex.MALE,
        "555-0145",
        "17 Demo Close\nSampletown EX1 5RS",
        "hamstring strain",
        Side.RIGHT,
        16,
        "Back to five-a-side football",
        (
            Visit(
                13,
                {
                    **_STRAIN,
                    "ake": {"left": 20, "right": 33},
                    "slr": {"left": 80, "right": 66},
                    "force_15": {"left": 240, "right": 190},
                    "palpation_length_cm": 4,
                    "pain_at_injury": 5,
                    "gait": "normal",
                    "days_to_painfree_walk": 2,
                },
                grade="1",
                program="acute_g1",
            ),
        ),
        sport="Football",
    ),
    Person(
        "Testcase",
        "Jamie",
        "1988-09-25",
        Sex.FEMALE,
        "555-0144",
        "5 Sample Lane\nSampletown EX1 4AB",
        "hamstring tightness",
        Side.LEFT,
        120,
        "",
        (Visit(9, _TIGHT, hour=10),),
        alerts="Hearing aid on the right: sit on the left",
    ),
    Person(
        "Placeholder",
        "Robin",
        "1966-05-11",
        Sex.UNKNOWN,
        "555-0143",
        "40 Invented Avenue\nSampletown EX1 9ZZ",
        "calf cramp",
        Side.LEFT,
        30,
        "Walk the dog in the evening",
        (
            Visit(6, _CRAMP, hour=15),
            Visit(0, {**_CRAMP, "rf_dvt_gate": "yes"}, signed=False, hour=7),
        ),
        medicines="Statin",
    ),
    Person(
        "Sample",
        "Sam",
        "1999-12-01",
        Sex.MALE,
        "555-0141",
        "11 Example Street\nSampletown EX1 2MP",
        "hamstring strain",
        Side.LEFT,
        11,
        "Sprint again in spring",
        (
            Visit(4, _STRAIN, grade="2", program="acute_g2_late", handout=True, hour=16),
            Visit(0, _STRAIN_LATER, signed=False, hour=8),
        ),
        sport="Athletics",
    ),
    Person(
        "المثال",
        "نور",
        "1993-04-17",
        Sex.FEMALE,
        "555-0149",
        "2 Demo Close\nSampletown EX1 5RS",
        "hamstring tightness",
        Side.RIGHT,
        60,
        "",
        (Visit(3, _TIGHT, hour=12),),
        occupation="Architect",
    ),
    Person(
        "Example",
        "Alex",
        "1991-06-14",
        Sex.FEMALE,
        "555-0142",
        "7 Sample Lane\nSampletown EX1 4AB",
        "hamstring strain",
        Side.LEFT,
        13,
        "Parkrun, 25 Apr",
        (
            Visit(11, _STRAIN, grade="2", program="acute_g2_late", handout=True, hour=9),
            Visit(4, _STRAIN_LATER, grade="2", program="subacute", hour=10),
            Visit(1, _TINGLING, grade="2", letter="referral-orthopaedics", hour=10),
        ),
        allergies="zinc-oxide tape",
        occupation="Teacher, stands all day",
        sport="Running",
    ),
)
