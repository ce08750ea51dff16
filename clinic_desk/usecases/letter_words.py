"""The record of a case as the plain values that letter templates are filled with."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from clinic_desk.clinical.findings import FlagFinding, GradeFinding, ImagingFinding, Urgency
from clinic_desk.clinical.measures import Side
from clinic_desk.clinical.protocol import Item, Kind
from clinic_desk.documents.text import colon
from clinic_desk.library import letter_fields
from clinic_desk.library.letter_kind import BANNER
from clinic_desk.library.letter_templates import day as letter_day
from clinic_desk.library.letters import LetterFrame, LetterKind, Value
from clinic_desk.usecases import (
    body_words,
    decision_words,
    grade_words,
    letter_measures,
    note_words,
    words,
)
from clinic_desk.usecases.answer_words import difference, side_value
from clinic_desk.usecases.letter_record import Record
from clinic_desk.usecases.visit_views import Decision

MOST_REASONS = 4  # of a grade in a letter: the weightiest

WITHIN_DAYS: Mapping[Urgency, int] = {
    Urgency.EMERGENCY_NOW: 0,
    Urgency.SAME_DAY: 0,
    Urgency.URGENT_2W: 14,
}
"""How soon a red flag of each urgency must be seen; a routine one has no day."""


def see_by(flags: Sequence[FlagFinding], today: date) -> date | None:
    """The day by which the most urgent flag must be seen: its own target, else by urgency."""
    days = [
        flag.target_days if flag.target_days is not None else WITHIN_DAYS[flag.urgency]
        for flag in flags
        if flag.urgency in WITHIN_DAYS
    ]
    return today + timedelta(days=min(days)) if days else None


def due(kind: LetterKind, flags: Sequence[FlagFinding], today: date) -> date | None:
    """The day by which somebody must be seen, as the kind takes it: by the red flags, at the
    latest on a day of its own, or not at all.
    """
    by_flags = see_by(flags, today)
    match kind.urgency:
        case "none":
            return None
        case "today":
            return today
        case "two_weeks":
            own = today + timedelta(days=14)
            return min(own, by_flags) if by_flags else own
    return by_flags


def urgency_line(see_by_day: date | None, today: date, kind: LetterKind | None = None) -> str:
    """ "URGENT REFERRAL: please see by 17 Feb 2026 (within 2 weeks)"; empty for a routine one."""
    if see_by_day is None or (kind is not None and kind.urgency == "none"):
        return ""
    banner, frame = (kind.banner, kind.frame) if kind else (BANNER, LetterFrame())
    language = kind.language if kind else "en"
    between = colon(language)
    days = (see_by_day - today).days
    if days <= 0:
        return f"{banner}{between}{frame.see_today}"
    said = f"{banner}{between}{frame.see_by.replace('{date}', letter_day(see_by_day, language))}"
    if language != "en":
        return said
    if days % 7 == 0:
        within = words.counted(days // 7, "week", "weeks")
    else:
        within = words.counted(days, "day", "days")
    return f"{said} (within {within})"


def complaint(title: str, side: Side | None) -> str:
    """ "left hamstring strain", "hamstring strain on both sides"."""
    name = words.lowered(title)
    if side is Side.BOTH:
        return f"{name} on both sides"
    return f"{side.value} {name}" if side else name


def question(record: Record, complaint: str, since: int | None, role: str) -> str:
    """A clinical question from the red flags, else from the grade and the tests; else empty.
    `since` are the days since the onset, as the head of the letter has them.
    """
    say = record.reckoned.protocol.say
    after = f", {words.counted(since, 'day', 'days')} after onset" if since else ""
    tests = [words.lowered(say(test.label)) for test in urgent_tests(record)]
    ask = (
        f" Please assess and consider {words.listed(tests, 'or')}." if tests else " Please assess."
    )
    about = question_about(record, role)
    if about == "flags":
        names = words.listed([words.lowered(say(one.label)) for one in stopping(record)])
        return f"What is the cause of the following in this {complaint}{after}: {names}?{ask}"
    if about == "images":
        return _asked_of_images(record, tests[0], f"{complaint}{after}")
    if about == "tear":
        return f"Is a tendon or complete muscle tear involved in this {complaint}{after}?{ask}"
    return _BY_ROLE.get(about, "").replace("{it}", f"this {complaint}{after}")


def question_about(record: Record, role: str) -> str:
    """What the question is about: the red flags, the images, a tear, or the reader's own field;
    empty where nothing suggests one.
    """
    if stopping(record):
        return "flags"
    if role == "radiology" and urgent_tests(record):
        return "images"
    if role == "orthopaedics" and grade_number(record) in ("2", "3"):
        return "tear"
    return role if role in _BY_ROLE else ""


def stopping(record: Record) -> list[FlagFinding]:
    """The red flags that a letter asks about."""
    return [one for one in record.found.red_flags if one.urgency.blocks_signing]


def urgent_tests(record: Record) -> list[ImagingFinding]:
    """The tests that are more than routine."""
    return [one for one in record.found.imaging if one.urgency is not Urgency.ROUTINE_GP]


_BY_ROLE: Mapping[str, str] = {
    "vascular": "Is the circulation the cause of {it}? Please assess and advise.",
    "rheumatology": "Is an inflammatory disease behind {it}? Please assess and advise.",
    "neurology": "Is a nerve or the spinal cord involved in {it}? Please assess and advise.",
    "oncology": "Is a tumour to be excluded in {it}? Please assess and advise.",
}


def _asked_of_images(record: Record, test: str, about: str) -> str:
    """What the first test is for, as its own rule says it."""
    say = record.reckoned.protocol.say
    why = [words.lowered(say(one)).rstrip(".") for one in urgent_tests(record)[0].reasons]
    reason = f" Reason: {'; '.join(why)}." if why else ""
    return f"Does {test} show a structural cause for this {about}?{reason}"


def grade_number(record: Record) -> str:
    decided = grade_words.decision_on("grade", record.newest.decisions)
    if decided is not None:
        return decided.decided
    grade = record.found.grade
    return "" if grade is None or grade.suggested is None else str(grade.suggested)


APART = (Kind.BODY_CHART, Kind.MEDICINES)
"""What the history leaves to parts and fields of their own."""


def injured_on(record: Record) -> date | None:
    """The day of the injury as the evaluation has it."""
    rule = record.reckoned.protocol.grade
    value = record.reckoned.takeable(record.newest.standing).get(rule.injured_on if rule else "")
    return date.fromisoformat(value) if isinstance(value, str) else None


def story(record: Record, complaint: str, onset: date | None) -> list[str]:
    """The history as sentences, without what has a place of its own. The day that it began comes
    from the case where the evaluation did not ask.
    """
    said = note_words.sentences(
        record.reckoned,
        record.newest.standing,
        record.book,
        ("patient",),
        pairs=False,
        earlier=record.earlier,
        apart=APART,
    )
    began = [] if onset is None or injured_on(record) else [f"It began on {words.day(onset)}."]
    return [*said[:1], *began, *said[1:]] or [words.sentence(complaint)]


def body_chart(record: Record) -> Mapping[str, object] | None:
    """The body chart of the newest evaluation; none where it was not asked."""
    for item in record.reckoned.protocol.items.values():
        held = record.newest.answers.get(item.id)
        if item.kind is Kind.BODY_CHART and isinstance(held, Mapping):
            return held
    return None


def body_sentences(record: Record) -> list[str]:
    """What is marked on the body chart, a sentence for each complaint of one strength."""
    chart = body_words.chart_of(body_chart(record))
    if chart is None:
        return []
    if not chart.marks:
        return [words.sentence(f"asked, {body_words.NOTHING}")]
    return [words.sentence(body_words.mark_words(one)) for one in body_words.grouped(chart)]


def signs(record: Record) -> list[str]:
    """Findings of the examination that are no reading of two sides."""
    said = note_words.sentences(
        record.reckoned,
        record.newest.answers,
        record.book,
        ("exam", "both"),
        pairs=False,
        earlier=record.earlier,
    )
    return list(said)


def table(record: Record | None, kind: LetterKind) -> tuple[tuple[str, ...], ...]:
    """The table of a kind: measures then and now, or left and right; empty without a row."""
    if record is None:
        return ()
    return letter_measures.table(record) if kind.has_measures else findings_table(record)


def findings_table(record: Record) -> tuple[tuple[str, ...], ...]:
    """Left, right, deficit, and the deficit of the evaluation before; empty without a pair."""
    rows: list[tuple[str, ...]] = []
    protocol = record.reckoned.protocol
    before = record.earlier
    for item in pairs(record):
        now = difference(item, record.newest.answers.get(item.id), record.side)
        then = difference(item, before.answers.get(item.id), record.side) if before else None
        if now is None:
            continue
        label = record.book.items.get(item.id, {}).get("label", protocol.say(item.label))
        row = [
            words.capital(label),
            side_value(item, now.left),
            side_value(item, now.right),
            now.text if now.complete else "one side only",
        ]
        if before:
            row.append(then.text if then and then.complete else "not tested")
        rows.append(tuple(row))
    if not rows:
        return ()
    header = ["Test", "Left", "Right", "Deficit"]
    if before:
        header.append(f"Deficit, {words.day(words.local(before.care_at).date())}")
    return (tuple(header), *rows)


def pairs(record: Record) -> list[Item]:
    """The readings of two sides that the protocol asks for, in its order."""
    protocol = record.reckoned.protocol
    return [
        item
        for step in protocol.steps
        for section in step.sections
        for item in map(protocol.item, section.items)
        if item.kind is Kind.PAIR
    ]


def record_values(record: Record) -> dict[str, Value]:
    """What the newest evaluation gives to a letter."""
    say = record.reckoned.protocol.say
    seen = record.screen
    decided = grade_words.decision_on("grade", record.newest.decisions)
    grade = record.found.grade
    suggested = grade.suggested if grade else None
    actions = [
        words.sentence(
            f"{words.lowered(say(flag.label))}: {note_words.action_words(one)}, "
            f"{words.day(words.local(one.at).date())}"
        )
        for flag, one in record.acted
    ]
    number = decided.decided if decided else "" if suggested is None else str(suggested)
    return {
        **letter_measures.values(record),
        "flag_reasons": letter_measures.flag_reasons(record),
        "screen_on": record.screened_on,
        "asked": seen.asked,
        "positives": list(seen.positives),
        "unsure": list(seen.unsure),
        "negatives": list(seen.negatives),
        "positive_count": seen.positive_count,
        "negative_count": seen.negative_count,
        "unsure_count": seen.unsure_count,
        "other_negatives": seen.negative_count - len(seen.negatives),
        "flags": [
            f"{say(one.label)}: {say(f'urgency.{one.urgency.value}')}"
            for one in record.found.red_flags
        ],
        "flag_actions": actions,
        "findings_on": record.day,
        "signs": signs(record),
        "body_chart": body_sentences(record),
        "grade": grade_words.grade_name(record.reckoned, number) if number else "",
        "grade_decided": decided is not None,
        "grade_by": decided.by if decided else "",
        "grade_at": words.day(words.local(decided.at).date()) if decided else "",
        "grade_suggested": grade_words.grade_name(record.reckoned, decided.suggested)
        if decided and decided.suggested
        else "",
        "grade_differs": bool(
            decided and decided.suggested and decided.suggested != decided.decided
        ),
        "grade_reason": decided.reason.strip().rstrip(".") if decided else "",
        "grade_because": list(grade_words.grade_reasons(record.reckoned, grade))[:MOST_REASONS]
        if suggested is not None and grade
        else [],
        "grade_days": grade_days(grade),
        "grade_history": [
            decision_words.line(record.reckoned.protocol, one, {})
            for one in grades_before(record, decided)
        ],
        "grade_source": grade.source if grade else "",
        "grade_withheld": words.sentence(say(grade.withheld))
        if grade and grade.withheld and grade.withheld.text != grade_words.TOO_LITTLE
        else "",
        "patterns": [words.lowered(say(one)) for one in record.patterns],
        "differentials": [words.lowered(say(one.label)) for one in record.found.differentials],
        "imaging": [words.lowered(say(one)) for one in record.tests],
    }


def grade_days(grade: GradeFinding | None) -> int:
    """Of how many days after the injury the findings are that an older injury is graded by."""
    notes = grade.notes if grade else ()
    found = (one.params["fresh"] for one in notes if one.text == "grade.first_days")
    return next((days for days in found if isinstance(days, int)), 0)


def grades_before(record: Record, decided: Decision | None) -> list[Decision]:
    """Earlier decisions about the grade; nothing to tell where each was the same."""
    past = [one for one in record.past if one.subject == "grade" and one != decided]
    if decided is not None and all(one.decided == decided.decided for one in past):
        return []
    return past


def empty_values() -> dict[str, Value]:
    """The same fields for a case in which nothing was evaluated yet."""
    return letter_fields.empty()
