"""What a note and a letter say of the strain grade: decided by whom, suggested, or withheld."""

from collections.abc import Sequence
from dataclasses import replace

from clinic_desk.clinical.findings import Findings, GradeFinding, Reason
from clinic_desk.usecases import words
from clinic_desk.usecases.reckoning import Reckoning
from clinic_desk.usecases.visit_views import Decision

TOO_LITTLE = "grade.too_little"  # nothing was found: the note of another complaint needs no word


def decision_on(subject: str, decisions: Sequence[Decision]) -> Decision | None:
    """The decision on a subject, the newest one."""
    return next((one for one in reversed(decisions) if one.subject == subject), None)


def grade_name(reckoned: Reckoning, grade: int | str) -> str:
    """ "2 (moderate)"."""
    rule = reckoned.protocol.grade
    place = int(grade) if str(grade).isdigit() else -1
    if rule is None or not 0 <= place < len(rule.names):
        return str(grade)
    return f"{place} ({words.lowered(reckoned.protocol.say(rule.names[place]))})"


def grade_sentences(
    reckoned: Reckoning, decisions: Sequence[Decision], found: Findings
) -> tuple[str, ...]:
    """The strain grade: decided by whom, or only suggested, or withheld and why."""
    grade, decided = found.grade, decision_on("grade", decisions)
    if decided is not None:
        said = (
            f"bedside strain grade {grade_name(reckoned, decided.decided)}, decided by {decided.by}"
        )
        if decided.suggested is not None and decided.suggested != decided.decided:
            said += f"; the working rule suggested {grade_name(reckoned, decided.suggested)}"
        if decided.reason.strip():
            said += f". Reason: {decided.reason.strip()}"
        none = _none_suggested(reckoned, grade)
        if none:
            said = f"{words.sentence(said)} {none}"
        now = None if grade is None or grade.suggested is None else str(grade.suggested)
        if now is not None and now not in (decided.decided, decided.suggested):
            said = f"{words.sentence(said)} The answers given later suggest grade"
            said += f" {grade_name(reckoned, now)}"
        return (words.sentence(said),)
    if grade is None or (not grade.answered and grade.suggested is None):
        return ()
    if grade.suggested is None:
        none = _none_suggested(reckoned, grade)
        return (words.sentence(none),) if none else ()
    said = (
        f"bedside strain grade {grade_name(reckoned, grade.suggested)} is suggested by the working "
        f"rule, {grade.confidence.value} confidence; not decided yet"
    )
    because = grade_reasons(reckoned, grade)
    return (
        words.sentence(said),
        *((words.sentence(f"because: {'; '.join(because)}"),) if because else ()),
    )


def _none_suggested(reckoned: Reckoning, grade: GradeFinding | None) -> str:
    """That no grade is suggested, and why; empty where one is or there is only too little."""
    if grade is None or grade.withheld is None or grade.withheld.text == TOO_LITTLE:
        return ""
    return f"No strain grade is suggested: {reckoned.protocol.say(grade.withheld)}"


def grade_reasons(reckoned: Reckoning, grade: GradeFinding) -> tuple[str, ...]:
    """What the grade rests on, the weightiest first; what gave no point is left out."""
    return tuple(words.lowered(reckoned.protocol.say(one)) for one in weighty(grade))


def weighty(grade: GradeFinding) -> tuple[Reason, ...]:
    """The reasons of a grade that count, the weightiest first."""
    counted = [one for one in grade.reasons if one.points is None or one.points > 0]
    return tuple(_rounded(one) for one in sorted(counted, key=lambda one: -(one.points or 0)))


def _rounded(reason: Reason) -> Reason:
    """A colleague reads 28 %, not 28.35 %; small readings keep their decimals."""
    params = {
        name: round(value) if isinstance(value, float) and abs(value) >= 10 else value
        for name, value in reason.params.items()
    }
    return replace(reason, params=params)
