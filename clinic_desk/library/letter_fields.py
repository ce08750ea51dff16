"""The fields that a letter template can name: what each holds, and how the field list calls it.

A field that the record does not know is empty: no text, no day, an empty list, 0 or false. What
an empty one means ("not asked", "none recorded") the template has to say.
"""

from collections.abc import Mapping, Sequence
from datetime import date

Value = str | int | bool | date | Sequence[str] | None

TEXT, NUMBER, FLAG, LIST, DAY = "text", "number", "flag", "list", "day"

NOT_ASKED = "[not asked]"  # a safety question that nobody put yet; never left out, never "no"
GAP = "[…]"  # a place that the clinician fills in

GROUPS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "Patient and clinic": {
        "patient": (TEXT, "Full name"),
        "given_name": (TEXT, "Given name"),
        "born": (DAY, "Birth date"),
        "age": (TEXT, "Age, such as 34 years"),
        "number": (TEXT, "Patient number"),
        "occupation": (TEXT, "Occupation"),
        "sport": (TEXT, "Sport"),
        "allergies": (TEXT, "Allergies"),
        "medicines": (TEXT, "Medicines, or that none is taken"),
        "blood_thinner": (TEXT, "Blood thinners by name, or that no medicine is taken"),
        "alerts": (TEXT, "Alerts"),
        "consent_on": (DAY, "Day of consent to share"),
        "clinician": (TEXT, "Clinician who writes"),
        "practice": (TEXT, "Name of the practice"),
        "practice_phone": (TEXT, "Phone of the practice"),
        "referrer": (TEXT, "Who referred"),
        "today": (DAY, "Today"),
    },
    "Complaint": {
        "complaint": (TEXT, "Complaint with its side"),
        "side": (TEXT, "Side"),
        "onset_on": (DAY, "Day of onset"),
        "day": (TEXT, "Day since onset, such as day 13"),
        "since_onset": (TEXT, "Time since onset, such as 13 days"),
        "question": (TEXT, "Clinical question, suggested"),
        "story": (LIST, "History without medicines, in sentences"),
        "goal": (TEXT, "The patient's goal"),
        "repair_by": (DAY, "End of the early repair window, 28 days"),
    },
    "Red flags": {
        "screen_on": (DAY, "Day of the red-flag screen"),
        "asked": (NUMBER, "Questions asked"),
        "positives": (LIST, "Answered yes"),
        "unsure": (LIST, "Answered not sure"),
        "negatives": (LIST, "Answered no, those that matter"),
        "positive_count": (NUMBER, "How many yes"),
        "negative_count": (NUMBER, "How many no"),
        "unsure_count": (NUMBER, "How many not sure"),
        "other_negatives": (NUMBER, "How many no beyond those that are named"),
        "flags": (LIST, "Red flags with their urgency"),
        "flag_reasons": (LIST, "What each red flag rests on"),
        "flag_actions": (LIST, "What was done about them"),
    },
    "Findings": {
        "findings_on": (DAY, "Day of the examination"),
        "signs": (LIST, "Findings, in sentences"),
        "body_chart": (LIST, "Body chart, in sentences"),
        "vitals": (LIST, "Vital signs"),
        "vitals_open": (LIST, "Vital signs not taken"),
        "nerve": (LIST, "Nerve findings"),
        "nerve_open": (LIST, "Nerve findings not asked or tested"),
        "circulation": (LIST, "Circulation findings"),
        "circulation_open": (LIST, "Circulation findings not asked or tested"),
        "joints": (LIST, "Joint findings"),
        "joints_open": (LIST, "Joint findings not asked or tested"),
        "lump": (LIST, "Lump findings"),
        "lump_open": (LIST, "Lump findings not asked or tested"),
        "rupture": (LIST, "Signs of a complete tear"),
        "rupture_open": (LIST, "Signs of a complete tear not asked or tested"),
        "cramp": (LIST, "Cramp findings"),
        "demands": (LIST, "What work and sport ask, and the wish for surgery"),
        "sport_done": (LIST, "Tests before sport that were done"),
        "sport_open": (LIST, "Tests before sport that were not done"),
    },
    "Assessment": {
        "grade": (TEXT, "Grade"),
        "grade_decided": (FLAG, "Whether the grade was decided"),
        "grade_by": (TEXT, "Who decided the grade"),
        "grade_at": (TEXT, "When the grade was decided"),
        "grade_suggested": (TEXT, "Grade that the rule suggested"),
        "grade_differs": (FLAG, "Whether decision and rule differ"),
        "grade_reason": (TEXT, "Reason for deciding otherwise"),
        "grade_because": (LIST, "What the grade rests on"),
        "grade_days": (NUMBER, "Days after the injury of which the findings are that count"),
        "grade_history": (LIST, "Decisions before that"),
        "grade_source": (TEXT, "Source of the rule"),
        "grade_withheld": (TEXT, "Why no grade is given"),
        "patterns": (LIST, "Patterns found"),
        "differentials": (LIST, "What else to consider"),
    },
    "Imaging and tests": {
        "exam": (TEXT, "Examination that the findings ask for first"),
        "imaging": (LIST, "Tests to consider"),
        "imaging_reasons": (LIST, "Tests to consider, with the reason"),
        "imaging_done": (LIST, "Imaging that has been done"),
        "safety": (LIST, "Safety questions with their answers"),
        "safety_yes": (LIST, "Safety questions answered yes or not sure"),
        "safety_open": (NUMBER, "Safety questions not asked"),
    },
    "Care and course": {
        "visits": (NUMBER, "Number of visits"),
        "first_visit": (DAY, "First visit"),
        "last_visit": (DAY, "Last visit"),
        "clinic_done": (TEXT, "Treatment in the clinic"),
        "program": (TEXT, "Home program"),
        "program_minutes": (TEXT, "Minutes a session"),
        "program_kept": (TEXT, "How the home program was kept"),
        "adherence": (TEXT, "Sessions done, in percent"),
        "exercises": (LIST, "Exercises of the home program"),
        "program_overrides": (LIST, "What was prescribed against a rule, with the reason"),
        "measures": (LIST, "Measures then and now, in sentences"),
        "measures_open": (LIST, "Measures recorded only once"),
        "plan": (LIST, "Plan"),
        "review_on": (DAY, "Next review"),
    },
    "Recall": {
        "recall_on": (DAY, "Day that the patient is due on"),
        "recall_late": (FLAG, "Whether that day has passed"),
        "recall_for": (TEXT, "Reason of the recall"),
    },
}

FIELDS: Mapping[str, str] = {
    name: kind for group in GROUPS.values() for name, (kind, _said) in group.items()
}

NEUTRAL = frozenset(
    {"patient", "given_name", "number", "clinician", "practice", "practice_phone", "adherence"}
)
"""Texts that stand as they are in every language; all others come from the record in English."""


def empty() -> dict[str, Value]:
    """Every field of a record that knows nothing."""
    nothing: Mapping[str, Value] = {TEXT: "", NUMBER: 0, FLAG: False, LIST: (), DAY: None}
    return {name: nothing[kind] for name, kind in FIELDS.items()}


def in_english(name: str) -> bool:
    """Whether a field is written with the record's English words."""
    return FIELDS.get(name, TEXT) in (TEXT, LIST) and name not in NEUTRAL


def gaps(text: str) -> int:
    """How many places of a text still wait for the clinician."""
    return text.count(GAP) + text.count(NOT_ASKED)
