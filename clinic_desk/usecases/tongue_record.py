"""What the newest evaluation gives to a letter, in another language: the counterpart of
`letter_words`. Each field stands for itself: one that cannot be said leaves the others.
"""

from collections.abc import Callable, Mapping
from datetime import date

from clinic_desk.clinical.findings import Reason
from clinic_desk.clinical.protocol import Kind
from clinic_desk.library.letter_fields import Value
from clinic_desk.usecases import (
    answer_words,
    body_words,
    grade_words,
    letter_measures,
    letter_words,
    note_words,
    screening,
    words,
)
from clinic_desk.usecases import tongue_answers as answers
from clinic_desk.usecases.letter_record import Record
from clinic_desk.usecases.letter_words import MOST_REASONS
from clinic_desk.usecases.tongue import Tongue
from clinic_desk.usecases.visit_views import Decision, FlagAction

Composer = Callable[[], Value]


def fields(tongue: Tongue, record: Record) -> Mapping[str, Composer]:
    """How each field is said."""
    made: dict[str, Composer] = {
        "signs": lambda: _sentences(tongue, record, record.newest.answers, ("exam", "both")),
        "body_chart": lambda: _body(tongue, record),
        "patterns": lambda: [tongue.text(one) for one in record.patterns],
        "differentials": lambda: [tongue.text(one.label) for one in record.found.differentials],
        **_flags(tongue, record),
        **_grade(tongue, record),
        **_imaging(tongue, record),
    }
    for name in letter_measures.GROUPS:
        told, still_open = letter_measures.fields_of(name)
        made[told] = lambda name=name: _found(tongue, record, name)  # type: ignore[misc]
        if still_open:
            made[still_open] = lambda name=name: _open(tongue, record, name)  # type: ignore[misc]
    return made


def story(tongue: Tongue, record: Record, onset: date | None) -> list[str]:
    """The history as sentences; empty where nothing was asked. The day that it began comes from
    the case where the evaluation did not ask.
    """
    said = _sentences(tongue, record, record.newest.standing, ("patient",), letter_words.APART)
    if onset is None or letter_words.injured_on(record):
        return said
    return [*said[:1], tongue.sentence(tongue.word("began", day=tongue.day(onset))), *said[1:]]


def _sentences(
    tongue: Tongue,
    record: Record,
    given: Mapping[str, object],
    asked: tuple[str, ...],
    apart: tuple[Kind, ...] = (),
) -> list[str]:
    taken, said = record.reckoned.takeable(given), []
    earlier = record.earlier
    on = words.local(earlier.care_at).date() if earlier else None
    for items, _whole in note_words.sections(record.reckoned, asked, pairs=False, apart=apart):
        phrases = []
        for item in items:
            value = taken.get(item.id)
            text = answers.phrase(tongue, item, value)
            change = ""
            if earlier and on and item.measure is not None and answer_words.is_given(value):
                change = answers.since(tongue, item, earlier.answers.get(item.id), value, on)
            if item.kind is Kind.OUTCOME:
                more = f"{tongue.word('semicolon')}{change}" if change else ""
                said += [tongue.sentence(text + more)] if text else []
            elif text:
                phrases.append(f"{text} ({change})" if change else text)
        if phrases:
            said.append(tongue.sentence(tongue.together(phrases)))
    return said


def _body(tongue: Tongue, record: Record) -> list[str]:
    chart = body_words.chart_of(letter_words.body_chart(record))
    if chart is None:
        return []
    if not chart.marks:
        return [tongue.sentence(tongue.word("nothing_marked"))]
    return [tongue.sentence(answers.mark(tongue, one)) for one in body_words.grouped(chart)]


def _found(tongue: Tongue, record: Record, name: str) -> list[str]:
    given, _ = letter_measures.groups(record, name)
    return [
        said if on is None else tongue.word("asked_then", text=said, day=tongue.day(on))
        for item, value, on in given
        if (said := answers.finding(tongue, item, value))
    ]


def _open(tongue: Tongue, record: Record, name: str) -> list[str]:
    _, missing = letter_measures.groups(record, name)
    return [tongue.name(item) for item in missing]


# Red flags


def _flags(tongue: Tongue, record: Record) -> Mapping[str, Composer]:
    protocol = record.reckoned.protocol
    signs, doubts, matter, _ = screening.screened(
        record.reckoned, record.screened.answers, record.book
    )

    def named(items: list[str], value: str) -> list[str]:
        return [answers.sign(tongue, protocol.item(one), value) for one in items]

    return {
        "positives": lambda: named(signs, "yes"),
        "unsure": lambda: named(doubts, "unsure"),
        "negatives": lambda: named(matter, "no"),
        "flags": lambda: [
            tongue.word(
                "named", name=tongue.text(one.label), value=tongue.text(f"urgency.{one.urgency}")
            )
            for one in record.found.red_flags
        ],
        "flag_reasons": lambda: _flag_reasons(tongue, record),
        "flag_actions": lambda: [
            tongue.sentence(
                tongue.word(
                    "acted",
                    flag=tongue.text(flag.label),
                    action=_action(tongue, one),
                    day=tongue.day(words.local(one.at).date()),
                )
            )
            for flag, one in record.acted
        ],
    }


def _flag_reasons(tongue: Tongue, record: Record) -> list[str]:
    """What each red flag rests on beyond the plain yes that the screen tells of."""
    made = []
    for one in record.found.red_flags:
        more = letter_measures.weighing(record, one)
        if more:
            reasons = tongue.semicolons([_reason(tongue, each) for each in more])
            said = tongue.word("rests_on", flag=tongue.text(one.label), reasons=reasons)
            made.append(tongue.sentence(said))
    return made


def _reason(tongue: Tongue, reason: Reason) -> str:
    return tongue.say(reason).rstrip(".")


def _action(tongue: Tongue, action: FlagAction) -> str:
    said = tongue.word(f"action_{action.kind}")
    text = tongue.typed(action.text.strip().rstrip("."))
    return tongue.word("action", action=said, text=text) if text else said


# The grade


def _grade(tongue: Tongue, record: Record) -> Mapping[str, Composer]:
    grade = record.found.grade
    decided = grade_words.decision_on("grade", record.newest.decisions)
    number = letter_words.grade_number(record)
    withheld = grade.withheld if grade else None
    told = withheld is not None and withheld.text != grade_words.TOO_LITTLE
    return {
        "grade": lambda: grade_name(tongue, number),
        "grade_by": lambda: decided.by if decided else "",
        "grade_at": lambda: tongue.day(words.local(decided.at).date()) if decided else "",
        "grade_suggested": lambda: grade_name(tongue, decided.suggested or "") if decided else "",
        "grade_reason": lambda: tongue.typed(decided.reason.strip().rstrip(".")) if decided else "",
        "grade_because": lambda: (
            [_reason(tongue, one) for one in grade_words.weighty(grade)][:MOST_REASONS]
            if grade and grade.suggested is not None
            else []
        ),
        "grade_history": lambda: [
            _decision(tongue, one) for one in letter_words.grades_before(record, decided)
        ],
        "grade_withheld": lambda: (
            tongue.sentence(tongue.say(withheld)) if withheld is not None and told else ""
        ),
    }


def grade_name(tongue: Tongue, grade: str) -> str:
    """ "2 (mittelschwer)"."""
    rule = tongue.protocol.grade if tongue.protocol else None
    place = int(grade) if grade.isdigit() else -1
    if rule is None or not 0 <= place < len(rule.names):
        return grade
    return f"{place} ({tongue.text(rule.names[place])})"


def _decision(tongue: Tongue, one: Decision) -> str:
    """ "30. Januar 2026: 1 (leicht) entschieden, wie vorgeschlagen, Dana Demo"."""
    when = tongue.day(words.local(one.at).date())
    decided = grade_name(tongue, one.decided)
    if one.suggested == one.decided:
        said = tongue.word("decided_same", day=when, decided=decided, by=one.by)
    else:
        suggested = grade_name(tongue, one.suggested) if one.suggested else tongue.word("nothing")
        said = tongue.word(
            "decided_other", day=when, suggested=suggested, decided=decided, by=one.by
        )
    if one.reason.strip():
        reason = tongue.typed(one.reason.strip().rstrip("."))
        said += tongue.word("semicolon") + tongue.word("decided_reason", reason=reason)
    if one.superseded_at is not None:
        said += tongue.word("semicolon") + tongue.word("decided_later")
    return said


# Imaging


def _imaging(tongue: Tongue, record: Record) -> Mapping[str, Composer]:
    asked = record.found.imaging

    def safety() -> list[str]:
        held = list(letter_measures.safety(record))
        if asked and not held:
            tests = tongue.listed([tongue.text(one.label) for one in asked], "or")
            return [tongue.word("safety_none", tests=tests)]
        return [
            tongue.word(
                "named",
                name=tongue.name(item),
                value=tongue.word("not_asked")
                if value is None
                else answers.answer(tongue, item, value),
            )
            for item, value in held
        ]

    return {
        "exam": lambda: tongue.text(asked[0].label) if asked else "",
        "imaging": lambda: [tongue.text(one) for one in record.tests],
        "imaging_reasons": lambda: [
            tongue.word(
                "named",
                name=tongue.text(one.label),
                value=tongue.semicolons([_reason(tongue, each) for each in one.reasons]),
            )
            for one in asked
        ],
        "safety": safety,
        "safety_yes": lambda: [
            tongue.name(item)
            for item, value in letter_measures.safety(record)
            if value in ("yes", "unsure")
        ],
    }


def question(tongue: Tongue, record: Record, complaint: str, days: int | None, role: str) -> str:
    """The clinical question that the record suggests; empty where it suggests none."""
    about = letter_words.question_about(record, role)
    if days:
        complaint += tongue.word("after", time=tongue.counted(days, "d"))
    tests = [tongue.text(one.label) for one in letter_words.urgent_tests(record)]
    ask = (
        tongue.word("ask_tests", tests=tongue.listed(tests, "or")) if tests else tongue.word("ask")
    )
    if about == "flags":
        names = tongue.listed([tongue.text(one.label) for one in letter_words.stopping(record)])
        return tongue.word("question_flags", complaint=complaint, names=names, ask=ask)
    if about == "images":
        why = letter_words.urgent_tests(record)[0].reasons
        reasons = tongue.semicolons([_reason(tongue, one) for one in why])
        reason = tongue.word("ask_reason", reasons=reasons) if why else ""
        return tongue.word("question_images", test=tests[0], complaint=complaint, reason=reason)
    if about == "tear":
        return tongue.word("question_tear", complaint=complaint, ask=ask)
    return tongue.word(f"question_{about}", complaint=complaint) if about else ""
