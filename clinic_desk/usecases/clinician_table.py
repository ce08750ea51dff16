"""The facts of the clinician's page: each exercise's dose, gates, reasons and source."""

from collections.abc import Sequence

from clinic_desk.clinical.exercise import Allow, Exercise, GateRule
from clinic_desk.documents.content import ClinicianTable, HandoutExercise
from clinic_desk.library import Library
from clinic_desk.library.handout_words import HandoutWords
from clinic_desk.library.translations import Translation
from clinic_desk.usecases import program_words, programs, shelf
from clinic_desk.usecases.program_views import Gauge, Line, ProgramContent


def build(
    library: Library,
    content: ProgramContent,
    translation: Translation,
    shown: Sequence[HandoutExercise],
) -> ClinicianTable:
    """The table; `shown` are the exercises as the patient reads them, in the same order."""
    says = translation.words
    known = shelf.exercises(library)
    lines = [line for line in content.lines if line.exercise in known]
    gauge = programs.gauge_of(library, content)
    return ClinicianTable(
        facts=tuple(_facts(library, content, translation, gauge)),
        header=tuple(
            says.say(f"clinician.{name}")
            for name in ("exercise", "dose", "gates", "reason", "source")
        ),
        rows=tuple(
            _row(says, line, known[line.exercise].exercise, one)
            for line, one in zip(lines, shown, strict=True)
        ),
    )


def _facts(
    library: Library,
    content: ProgramContent,
    translation: Translation,
    gauge: Gauge,
) -> list[str]:
    says = translation.words
    facts = []
    template = shelf.templates(library).get(content.template or "")
    if template is not None:
        text = translation.programs.get(template.id)
        facts.append(says.say("clinician.template", name=text.name if text else template.name))
    facts.append(
        says.say(
            "clinician.session",
            minutes=program_words.minutes(says, gauge.seconds),
            week=round(gauge.minutes_per_week),
            limit=content.pain_limit,
        )
    )
    if content.review_on:
        when = program_words.day(says, content.review_on)
        facts.append(says.say("clinician.review", date=when))
    if content.override_reason:
        facts.append(says.say("clinician.in_spite", reason=content.override_reason))
    return facts


def _row(
    says: HandoutWords, line: Line, exercise: Exercise, shown: HandoutExercise
) -> tuple[str, ...]:
    stage = says.say("clinician.stage", stage=exercise.stage, load=exercise.load_class)
    often = program_words.often(says, line.times_per_day, line.days_per_week)
    gates = [
        says.say("clinician.grade", grade=grade, rule=_rule(says, rule, "day"))
        for grade, rule in sorted(exercise.gates.items())
    ]
    gates.append(says.say("clinician.repair", rule=_rule(says, exercise.post_repair, "week")))
    reasons = [line.note] if line.note else []
    if line.override_reason:
        reasons.insert(0, says.say("clinician.held", reason=line.override_reason))
    return (
        f"{shown.name}\n{exercise.id}\n{stage}",
        f"{shown.dosage}\n{often}",
        "\n".join(gates),
        "\n".join(reasons),
        exercise.source,
    )


def _rule(says: HandoutWords, rule: GateRule, unit: str) -> str:
    if rule.allow is Allow.NO_BEFORE:
        begin = says.say(f"clinician.{unit}", count=rule.earliest)
        return says.say("clinician.not_before", **{"from": begin})
    begin = says.say("clinician.now")
    if rule.earliest:
        begin = says.say(f"clinician.from_{unit}", **{"from": rule.earliest})
    return says.say("clinician.decide", rule=begin) if rule.allow is Allow.CLINICIAN else begin
