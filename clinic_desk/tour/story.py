"""Who the tour registers and what it answers: one invented person with an ordinary strain."""

from datetime import date, timedelta

FAMILY_NAME = "Tour"
GIVEN_NAME = "Robin"
BORN = "14 jun 1991"
COMPLAINT = "hamstring strain"
SIDE = "left"
SEEN_BEFORE = "Example"  # of the demo clinic
BOOKED_AT = "16:10"
TASK = "Send the exercise sheet"
NOTE_WORD = "sprinting"  # stands in the demo clinic's notes
GOAL = "Five kilometres without fear in spring"


def onset(today: date) -> date:
    """The day of the injury: five days ago."""
    return today - timedelta(days=5)


def answers(today: date) -> dict[str, object]:
    """Answers to the posterior-thigh protocol, in the order in which they are asked."""
    return {
        "complaint": "sudden_injury",
        "injury_date": onset(today).isoformat(),
        "onset": "sudden",
        "mechanism": "sprint",
        "pain_at_injury": 7,
        "pop": "no",
        "tingling_at_injury": "no",
        "activity_stopped": "had_to_stop",
        "days_to_painfree_walk": 4,
        "past_strain": "same_side",
        "rf_pe": "no",
        "rf_dvt_gate": "no",
        "gate_nerve": "yes",
        "rf_tingle_after_injury": "yes",
        "av_sit": "no",
        "av_gap_ischium": "no",
        "av_bowstring": "no",
        "rf_gap_belly": "no",
        "gait": "limp",
        "bruising": "small",
        "swelling": "mild",
        "tenderness": "focal",
        "palpation_length_cm": 8,
        "rest_pain": 1,
        "ake": {"left": 38, "right": 20},
        "slr": {"left": 64, "right": 80},
        "force_15": {"left": 182, "right": 254},
        "mmt": "4",
        "heel_dig_painless": "yes",
        "slump": "nothing",
    }


QUESTION = (
    "Is the sciatic nerve involved in this left hamstring strain? "
    "Please assess and consider MRI of the left posterior thigh."
)
ANSWER = "No nerve involved; conservative care, review in six weeks."
ACTION = "Referral to orthopaedics written today; told when to go to an emergency department."
PLAN = " Review in one week."
CALLED = "the GP's desk"
STUDENT_NOTE = "Third week: walks without pain, jogs 200 m at 2 of 10. No new complaint."
