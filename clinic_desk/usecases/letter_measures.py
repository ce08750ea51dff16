"""What letters tell beyond the newest evaluation: measures then and now, groups of findings for
one reader, imaging and its safety questions, the days of a course of care.

A finding that nobody asked or tested stands in the group's own list of open ones; it is never
left out as if it were normal.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from clinic_desk.clinical.findings import Truth
from clinic_desk.clinical.measures import Side
from clinic_desk.clinical.protocol import Item, Kind
from clinic_desk.clinical.reading import Reading
from clinic_desk.library.letter_fields import NOT_ASKED, Value
from clinic_desk.usecases import outcome_words, words
from clinic_desk.usecases.answer_words import answer as answer_in_words
from clinic_desk.usecases.answer_words import (
    change_of,
    difference,
    error_words,
    gain_words,
    is_given,
    phrase,
    side_value,
)
from clinic_desk.usecases.outcomes import History

if TYPE_CHECKING:
    from clinic_desk.usecases.letter_words import Record

GROUPS: Mapping[str, tuple[str, ...]] = {
    "vitals": (
        "temperature_c",
        "pulse_rate",
        "breathing_rate",
        "oxygen_saturation",
        "bp_systolic",
        "bp_diastolic",
    ),
    "nerve": (
        "tingling_at_injury",
        "neuro_exam_normal",
        "slump",
        "slump_difference_deg",
        "slr_changes_with_ankle_or_neck",
        "nerve_palpation_tender",
    ),
    "circulation": (
        "foot_pulses",
        "capillary_refill_s",
        "foot_temperature",
        "abpi_index",
        "abpi_after_walking",
        "foot_ulcer",
        "smoking",
        "diabetes",
        "kidney_disease",
        "cl_stand_relief",
        "cl_same_distance",
        "cl_calf_site",
    ),
    "joints": (
        "morning_stiffness_min",
        "knee_swelling",
        "knee_effusion",
        "knee_features",
        "knee_locking",
        "knee_giving_way",
    ),
    "lump": (
        "rf_lump",
        "lump_size_cm",
        "lump_depth",
        "lump_growing",
        "lump_pulsatile",
        "rf_bone_pain",
        "rf_cancer_history",
        "weight_loss",
    ),
    "rupture": ("av_gap_ischium", "av_bowstring", "rf_gap_belly", "gap_size_mm", "mmt"),
    "cramp": (
        "cramp_time",
        "cramp_duration",
        "cramps_per_week",
        "cramp_nights",
        "cramp_pain",
        "cramp_factors",
    ),
    "demands": ("work_demand", "sport_demand", "surgery_wish", "athlete_estimate_days"),
    "sport": (
        "heel_dig_painless",
        "single_leg_bridge",
        "brisk_walk_30_painless",
        "hop_painless",
        "jog_slow_pain",
        "jog_moderate_pain",
        "sprint_pain",
        "h_test_insecurity",
    ),
    "imaging_done": ("imaging_report", "us_date", "us_grade", "mri_date", "mri_bamic"),
}
"""The items of a protocol that one reader looks for together."""

_GROUPS_WITH_OPEN = ("vitals", "nerve", "circulation", "joints", "lump", "rupture")
_ASKED = ("lump", "joints", "rupture")  # told by questions that an opening question may rule out
_OPENING = {"lump": "gate_tumour"}  # a "no" to it answers the whole group
_UNNAMED = frozenset({"knee_features"})  # its label means nothing without its answers
_YES_NO = (Kind.YES_NO, Kind.YES_NO_UNSURE)


def values(record: "Record") -> dict[str, Value]:
    """The fields of letters that this module fills from the newest evaluation and the course."""
    made: dict[str, Value] = {}
    for name in GROUPS:
        said, missing = _group(record, GROUPS[name], name in _ASKED)
        if record.newest.standing.get(_OPENING.get(name, "")) == "no":
            missing = []  # one question asked about all of it
        if name == "sport":
            made["sport_done"], made["sport_open"] = said, missing
            continue
        made[name] = said
        if name in _GROUPS_WITH_OPEN:
            made[f"{name}_open"] = missing
    return made | _imaging(record) | _measures(record)


def _group(record: "Record", names: Sequence[str], asked: bool) -> tuple[list[str], list[str]]:
    """What was found, and the names of what was not asked or tested. Of what is `asked`, that which
    an opening question has ruled out is neither; a reading that was not taken is always named.
    """
    protocol, book = record.reckoned.protocol, record.book.items
    standing = record.newest.standing
    taken, reading = record.reckoned.takeable(standing), record.reckoned.reading(standing)
    said: list[str] = []
    missing: list[str] = []
    for name in names:
        item = protocol.items.get(name)
        if item is None:
            continue
        if is_given(taken.get(name)):
            said.append(_said(item, taken[name], record, book))
        elif name not in _UNNAMED and not (asked and _ruled_out(record, item, reading)):
            missing.append(_name(item, record))
    return [one for one in said if one], missing


def _ruled_out(record: "Record", item: Item, reading: Reading) -> bool:
    """Whether the answers so far say that there is nothing to ask."""
    sections = (
        section
        for step in record.reckoned.protocol.steps
        for section in step.sections
        if item.id in section.items
    )
    gates = [item.when, *(section.when for section in sections)]
    return any(gate is not None and gate.judge(reading)[0] is Truth.FALSE for gate in gates)


def _said(
    item: Item, value: object, record: "Record", book: Mapping[str, Mapping[str, str]]
) -> str:
    """A finding in words; a yes or no whose phrase only names the sign gets its answer."""
    own = book.get(item.id, {})
    if item.kind in _YES_NO and str(value) not in own:
        answer = {"yes": "yes", "no": "no", "unsure": "not sure"}.get(str(value), str(value))
        return f"{_name(item, record)}: {answer}"
    return phrase(item, value, record.side, record.reckoned.protocol.say, book)


def _name(item: Item, record: "Record") -> str:
    own = record.book.items.get(item.id, {})
    said = own.get("label") or words.lowered(record.reckoned.protocol.say(item.label))
    return said.rstrip("?")


# Imaging


def _imaging(record: "Record") -> dict[str, Value]:
    say = record.reckoned.protocol.say
    asked = record.found.imaging
    lines, yes, missing = _safety(record)
    return {
        "exam": say(asked[0].label) if asked else "",
        "imaging_reasons": [
            f"{say(one.label)}: "
            + "; ".join(words.lowered(say(reason)).rstrip(".") for reason in one.reasons)
            for one in asked
        ],
        "safety": lines,
        "safety_yes": yes,
        "safety_open": missing,
    }


def _safety(record: "Record") -> tuple[list[str], list[str], int]:
    """The safety questions of the tests that are asked for; of MRI and X-ray where none is yet."""
    protocol = record.reckoned.protocol
    say = protocol.say
    groups = [group for one in record.found.imaging for group in _safety_of(record, one.id)] or [
        name for name in ("mri", "xray") if name in protocol.safety
    ]
    names = dict.fromkeys(item for group in groups for item in protocol.safety.get(group, ()))
    standing = record.newest.standing
    taken, reading = record.reckoned.takeable(standing), record.reckoned.reading(standing)
    lines: list[str] = []
    yes: list[str] = []
    missing = 0
    told: set[str] = set()
    for name in names:
        item = protocol.item(name)
        question = say(item.label).rstrip("?")
        if question in told:  # MRI and X-ray both ask about pregnancy
            continue
        told.add(question)
        if name in protocol.derived:
            answer = {Truth.TRUE: "yes", Truth.FALSE: "no"}.get(reading.truth(name)[0], NOT_ASKED)
        elif is_given(taken.get(name)):
            answer = answer_in_words(item, taken[name], record.side, say)
        else:
            answer = NOT_ASKED
        missing += answer == NOT_ASKED
        if answer == "yes" or taken.get(name) == "unsure":
            yes.append(question)
        lines.append(f"{question}: {answer}")
    return lines, yes, missing


def _safety_of(record: "Record", test: str) -> tuple[str, ...]:
    for one in record.reckoned.protocol.imaging:
        if one.id == test:
            return one.safety
    return ()


# Measures then and now


def _measures(record: "Record") -> dict[str, Value]:
    return {
        "measures": [one.sentence() for one in record.outcomes],
        "measures_open": [one.name for one in record.outcomes if len(one.points) < 2],
    }


def table(record: "Record") -> tuple[tuple[str, ...], ...]:
    """Each measure at first, now, its change and what that is worth; empty where there is none."""
    rows = [*_outcome_rows(record.outcomes), *_pair_rows(record)]
    if not rows:
        return ()
    return (("Measure", "First", "Now", "Change", "What the change means"), *rows)


def _outcome_rows(histories: Sequence[History]) -> Iterator[tuple[str, ...]]:
    for one in histories:
        score, last = one.measure.score, one.last
        now = f"{last.said}, {words.short_day(last.on)}"
        if score.of_change:
            yield one.name, "", now, "", "against the start, as the patient says"
            continue
        first = one.first()
        found = one.since_first()
        if first is None or found is None:
            why = "other activities were rated" if len(one.points) > 1 else "recorded once"
            yield one.name, "", now, "", why
            continue
        before = f"{first.said}, {words.short_day(first.on)}"
        change, _, meaning = outcome_words.change(score, found).partition(", ")
        yield one.name, before, now, change, meaning


def _pair_rows(record: "Record") -> Iterator[tuple[str, ...]]:
    """The affected side's readings of the first and the newest evaluation, where both are there."""
    first = record.first
    if first is None or record.side not in (Side.LEFT, Side.RIGHT):
        return
    side = record.side
    for item in record.reckoned.protocol.items.values():
        if item.kind is not Kind.PAIR:
            continue
        before, now = first.answers.get(item.id), record.newest.answers.get(item.id)
        then, late = difference(item, before, side), difference(item, now, side)
        if then is None or late is None or not (then.complete and late.complete):
            continue
        label = words.capital(_name(item, record))
        found = change_of(item, before, now, side)
        meaning = error_words(item, found) if found else ""
        yield (
            f"{label}, {side.value}",
            f"{side_value(item, getattr(then, side.value))} ({then.text})",
            f"{side_value(item, getattr(late, side.value))} ({late.text})",
            (gain_words(item, found) if found else "") or "unchanged",
            meaning or "measurement error not established",
        )


def flag_reasons(record: "Record") -> list[str]:
    """What each red flag rests on beyond the plain yes that the screen tells of."""
    say = record.reckoned.protocol.say
    made = []
    for one in record.found.red_flags:
        said = [words.lowered(say(each)).rstrip(".") for each in one.reasons]
        more = [each for each in said if not each.endswith(": yes")]
        if more:
            made.append(words.sentence(f"{say(one.label)} rests on: {'; '.join(more)}"))
    return made
