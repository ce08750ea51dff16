"""What a language must be able to say: each pattern with the places that it leaves open."""

from collections.abc import Mapping

WORDS: Mapping[str, tuple[str, ...]] = {
    # marks and small words
    "decimal": (),
    "comma": (),
    "semicolon": (),
    "and": (),
    "or": (),
    "yes": (),
    "no": (),
    "unsure": (),
    "not_asked": (),  # holds "[…]", so that it is a place left to fill in
    "named": ("name", "value"),
    "typed": ("text",),
    "typed_mark": (),  # how `typed` begins
    "typed_note": (),
    # sides
    "left": (),
    "right": (),
    "both": (),
    "side_left": (),
    "side_right": (),
    "side_both": (),
    "head_left": (),
    "head_right": (),
    "naming_left": (),  # every form of the word, parted by blanks
    "naming_right": (),
    "naming_else": (),  # what holds such a word and names no side; parted by strokes, * for more
    "naming_beside": (),  # what comes before the side that one compares with
    "naming_sound": (),  # what stands beside the side that is well
    "naming_enclosed": (),  # every word that says that something goes with the letter
    "naming_mri": (),  # words that call for a test: each form, parted by strokes
    "naming_xray": (),
    "naming_pelvis": (),  # where an X-ray meets the pelvis
    "naming_contrast": (),
    "naming_puncture": (),
    "naming_months": (),  # twelve, parted by blanks; more forms of one by strokes
    "pair": ("left", "right"),
    "pair_deficit": ("sides", "deficit", "where"),
    # readings
    "of": ("value", "most"),
    "span": ("value", "low", "high"),
    "not_tested": (),
    "not_testable": (),
    "one_side": (),
    "none_chosen": (),
    "less": ("amount",),
    "more": ("amount",),
    "weaker": ("amount",),
    "stronger": ("amount",),
    "equal": (),
    "apart": ("amount",),
    "none_taken": (),
    "on_file": ("text",),  # where a list of medicines is from, when two differ
    "evaluated": ("text",),
    "asked_then": ("text", "day"),  # what an earlier evaluation knows
    "class_unknown": ("medicine",),
    "answered_in_part": (),
    "not_rated": (),
    # change
    "unchanged": (),
    "unchanged_since": ("day",),
    "better": ("amount",),
    "worse": ("amount",),
    "better_than": ("amount", "day"),
    "worse_than": ("amount", "day"),
    "error_over": ("error",),
    "error_at": ("error",),
    "error_within": ("error",),
    "error_unknown": (),
    "important": (),
    "unimportant": (),
    "working": ("text",),
    "meaning_open": (),
    "other_activities": (),
    "other_activities_then": ("day",),
    "recorded_once": (),
    "against_start": (),
    "measure_on": ("name", "value", "day"),
    # tables and drawings
    "head_test": (),
    "head_deficit": (),
    "head_measure": (),
    "head_first": (),
    "head_now": (),
    "head_change": (),
    "head_meaning": (),
    "counts": ("asked", "yes", "no"),
    "counts_unsure": ("asked", "yes", "unsure", "no"),
    "nothing_marked": (),
    "mark": ("complaint", "places"),
    "mark_rated": ("complaint", "rating", "places"),
    "chart_rated": (),
    "view_front": (),
    "view_back": (),
    "view_left": (),
    "view_right": (),
    "trend": ("first", "last"),
    "lower_better": (),
    "higher_better": (),
    # the complaint and the question
    "complaint": ("title", "side"),
    "day": ("n",),
    "after": ("time",),
    "began": ("day",),
    "ask": (),
    "ask_tests": ("tests",),
    "ask_reason": ("reasons",),
    "question_flags": ("complaint", "names", "ask"),
    "question_images": ("complaint", "test", "reason"),
    "question_tear": ("complaint", "ask"),
    "question_vascular": ("complaint",),
    "question_rheumatology": ("complaint",),
    "question_neurology": ("complaint",),
    "question_oncology": ("complaint",),
    "none_known": (),
    "safety_none": ("tests",),
    # red flags and decisions
    "rests_on": ("flag", "reasons"),
    "acted": ("flag", "action", "day"),
    "action": ("action", "text"),
    "action_referred": (),
    "action_phoned": (),
    "action_sent_to_emergency": (),
    "action_examined_and_cleared": (),
    "action_override": (),
    "action_noted": (),
    "decided_same": ("day", "decided", "by"),
    "decided_other": ("day", "suggested", "decided", "by"),
    "decided_reason": ("reason",),
    "decided_later": (),
    "nothing": (),
    # the home program
    "session": ("time",),
    "kept": ("span", "parts"),
    "kept_span": ("first", "last"),
    "kept_sessions": ("done", "asked", "percent"),
    "kept_pain": ("pain", "most"),
}

UNITS = frozenset({"d", "wk", "h", "min", "month", "year", "points"})
"""The units that are words and so have plural forms."""

TABLES: Mapping[str, tuple[str, ...]] = {
    "types": ("pain", "pins_and_needles", "numbness", "cramp", "stiffness"),
    "measures": (
        "Minutes an attack lasts",
        "Cramps a week",
        "Nights with a cramp",
        "Cramp pain",
        "Pain now (NPRS)",
        "Worst pain (NPRS)",
        "Average pain (NPRS)",
        "Pain with activity (NPRS)",
        "H-test insecurity",
    ),
    "treatments": (
        "education",
        "manual_therapy",
        "soft_tissue",
        "gait_training",
        "balance_training",
        "taping",
        "compression",
        "cold",
        "heat",
        "walking_aid",
        "running_drills",
    ),
}
