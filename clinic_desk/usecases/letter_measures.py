"""What letters tell beyond the newest evaluation: measures then and now, groups of findings for
one reader, imaging and its safety questions, the days of a course of care.

A finding that nobody asked or tested stands in the group's own list of open ones; it is never
left out as if it were normal.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from clinic_desk.clinical import outcomes
from clinic_desk.clinical.findings import FlagFinding, Reason, Truth
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
    from clinic_desk.usecases.letter_record import Record

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
_CLOSING = frozenset({"dvt_closed"})  # what ends a question, and is no sign
_YES_NO = (Kind.YES_NO, Kind.YES_NO_UNSURE)


def values(record: "Record") -> dict[str, Value]:
    """The fields of letters that this module fills from the newest evaluation and the course."""
    made: dict[str, Value] = {}
    for name in GROUPS:
        given, missing = groups(record, name)
        told, still_open = fields_of(name)
        made[told] = [
            said if on is None else f"{said} ({words.day(on)})"
            for item, value, on in given
            if (said := _said(item, value, record, record.book.items))
        ]
        if still_open:
            made[still_open] = [_name(item, record) for item in missing]
    return made | _imaging(record) | _measures(record)


def fields_of(group: str) -> tuple[str, str]:
    """The fields of a group: what was found, and what is open; empty where that is not told."""
    if group == "sport":
        return "sport_done", "sport_open"
    return group, f"{group}_open" if group in _GROUPS_WITH_OPEN else ""


def groups(
    record: "Record", name: str
) -> tuple[list[tuple[Item, object, date | None]], list[Item]]:
    """A group's items with their answers, and those not asked or tested. Of what is asked, that
    which an opening question has ruled out is neither; a reading that was not taken is always
    named. What only an earlier evaluation knows stands with its day.
    """
    asked = name in _ASKED
    protocol = record.reckoned.protocol
    standing = record.newest.standing
    taken, reading = record.reckoned.takeable(standing), record.reckoned.reading(standing)
    given: list[tuple[Item, object, date | None]] = []
    missing: list[Item] = []
    for item in (protocol.items[one] for one in GROUPS[name] if one in protocol.items):
        if is_given(taken.get(item.id)):
            given.append((item, taken[item.id], None))
        elif (earlier := record.known(item)) is not None:
            given.append((item, *earlier))
        elif item.id not in _UNNAMED and not (asked and _ruled_out(record, item, reading)):
            missing.append(item)
    if standing.get(_OPENING.get(name, "")) == "no":
        missing = []  # one question asked about all of it
    return given, missing


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
    """The safety questions with their answers, those with yes or not sure, how many are open."""
    say = record.reckoned.protocol.say
    lines: list[str] = []
    yes: list[str] = []
    missing = 0
    for item, value in safety(record):
        question = say(item.label).rstrip("?")
        answer = NOT_ASKED if value is None else answer_in_words(item, value, record.side, say)
        missing += value is None
        if value in ("yes", "unsure"):
            yes.append(question)
        lines.append(f"{question}: {answer}")
    if not lines and record.found.imaging:
        names = [words.lowered(say(one.label)) for one in record.found.imaging]
        lines.append(f"No safety question stands before {words.listed(names, 'or')}")
    return lines, yes, missing


def safety(record: "Record") -> Iterator[tuple[Item, object]]:
    """The safety questions of the tests that are asked for, of MRI and X-ray where no test is yet,
    with their answers; None where nobody has asked.
    """
    protocol = record.reckoned.protocol
    groups = [group for one in record.found.imaging for group in _safety_of(record, one.id)]
    if not record.found.imaging:
        groups = [name for name in ("mri", "xray") if name in protocol.safety]
    names = dict.fromkeys(item for group in groups for item in protocol.safety.get(group, ()))
    standing = record.newest.standing
    taken, reading = record.reckoned.takeable(standing), record.reckoned.reading(standing)
    told: set[str] = set()
    for name in names:
        item = protocol.item(name)
        question = protocol.say(item.label)
        if question in told:  # MRI and X-ray both ask about pregnancy
            continue
        told.add(question)
        if name in protocol.derived:
            yield item, {Truth.TRUE: "yes", Truth.FALSE: "no"}.get(reading.truth(name)[0])
        else:
            yield item, taken[name] if is_given(taken.get(name)) else None


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
            yield from _single_rows(one)
            continue
        before = f"{first.said}, {words.short_day(first.on)}"
        change, _, meaning = outcome_words.change(score, found).partition(", ")
        yield one.name, before, now, change, meaning
        yield from _single_rows(one)


def _single_rows(one: History) -> Iterator[tuple[str, ...]]:
    """Each activity by itself, below the mean: it has a larger error of its own."""
    alone = outcomes.single(one.measure.score)
    rated = dict(one.last.held.rated)
    for name, point, found in one.singles():
        if alone is None:
            return
        change, _, meaning = outcome_words.change(alone, found).partition(", ")
        yield (
            f"{one.name}: {words.lowered(name)}",
            f"{words.number(found.before)}, {words.short_day(point.on)}",
            f"{words.number(rated[name])}, {words.short_day(one.last.on)}",
            change,
            meaning,
        )


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
        more = [words.lowered(say(each)).rstrip(".") for each in weighing(record, one)]
        if more:
            made.append(words.sentence(f"{say(one.label)} rests on: {'; '.join(more)}"))
    return made


def weighing(record: "Record", flag: FlagFinding) -> list[Reason]:
    """The reasons of a red flag that tell a reader more than the screen does: not its plain yes,
    nor that a question is not closed yet, which only a clinician in this program asks.
    """
    say = record.reckoned.protocol.say
    return [
        one
        for one in flag.reasons
        if not say(one).rstrip(".").endswith(": yes") and not set(one.inputs) & _CLOSING
    ]
