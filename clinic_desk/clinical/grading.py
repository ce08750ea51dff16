"""The bedside strain grade: signs that decide, pictures that withhold, points, and bounds.

The bounds come before the sum, because the sum alone misjudges them. The suggestion is a
working rule; the clinician decides.
"""

from dataclasses import dataclass

from clinic_desk.clinical import logic, wording
from clinic_desk.clinical.findings import Confidence, GradeFinding, Reason, Term, Truth
from clinic_desk.clinical.grade_values import possible
from clinic_desk.clinical.injury import Injury
from clinic_desk.clinical.logic import Condition, Missing, World
from clinic_desk.clinical.protocol import Protocol
from clinic_desk.clinical.rules import GradeItem, GradeRule, Scoring

# Working values (rules.json, "confidence"): they need a clinician's sign-off.
_LEAST_ANSWERS = 3
_MANY_ANSWERS = 9
_FAR_FROM_CUT = 0.08
_NEAR_CUT = 0.05
_EXACT = 9  # decimals at which a ratio meets a cut


@dataclass(frozen=True, slots=True)
class _Sum:
    """The points of what was answered."""

    points: int
    most: int
    reasons: tuple[Reason, ...]
    countable: int

    @property
    def answered(self) -> int:
        return len(self.reasons)

    @property
    def ratio(self) -> float | None:
        return round(self.points / self.most, _EXACT) if self.most else None


@dataclass(frozen=True, slots=True)
class _Verdict:
    """A grade before its confidence is weighed."""

    grade: int | None
    withheld: Reason | None = None
    provisional: bool = False
    alternatives: tuple[int, ...] = ()
    reasons: tuple[Reason, ...] = ()
    notes: tuple[Reason, ...] = ()
    by_points: bool = False
    near: bool = False
    no_strain: bool = False


def suggest(
    protocol: Protocol, rule: GradeRule, world: World, today: World, injury: Injury
) -> GradeFinding:
    """The grade for what is known so far, or why there is none.

    `world` is the injury as it was in its first days; a sign that decides does so `today` too.
    """
    total = _sum(protocol, rule, world)
    verdict = _verdict(protocol, rule, world, total, today, injury)
    open_groups = _open_groups(rule, world)
    notes = verdict.notes
    confidence = Confidence.LOW
    if verdict.grade is not None:
        confidence = _confidence(rule, verdict, total)
        if open_groups and _would_change(
            protocol, rule, world, verdict, open_groups, today, injury
        ):
            confidence = Confidence.LOW
            wanted = injury.ask(group[0] for group in open_groups)
            if wanted:
                names = wording.labels(protocol, wanted)
                notes += (Reason("grade.capped", {"items": names}),)
        for doubt in rule.doubts:
            if doubt.when.holds(world):
                confidence = Confidence.LOW
                why = _because(protocol, world, doubt.because, doubt.when)
                notes += (Reason("grade.doubt", {"why": why}),)
        if verdict.grade > 0 and not injury.late:
            notes += (Reason("grade.recheck"),)
    notes += _of_its_day(rule, injury, verdict)
    return GradeFinding(
        suggested=verdict.grade,
        withheld=verdict.withheld,
        confidence=confidence,
        provisional=verdict.provisional,
        reasons=verdict.reasons + total.reasons,
        missing=injury.ask(_missing(rule, world, open_groups)),
        alternatives=verdict.alternatives,
        ratio=None if total.ratio is None else round(total.ratio, 2),
        answered=total.answered,
        countable=total.countable,
        notes=notes,
        no_strain=verdict.no_strain,
        source=rule.source,
    )


def _of_its_day(rule: GradeRule, injury: Injury, verdict: _Verdict) -> tuple[Reason, ...]:
    """How the grade was come by where the injury is no longer fresh, or has no date."""
    if injury.undated:
        return (Reason("grade.undated"),)
    if injury.late and verdict.grade is not None:
        return (Reason("grade.first_days", {"fresh": rule.fresh_days, "day": injury.day}),)
    return ()


def _verdict(
    protocol: Protocol,
    rule: GradeRule,
    world: World,
    total: _Sum,
    today: World,
    injury: Injury,
) -> _Verdict:
    seen = [
        (sign, there)
        for sign in rule.hard
        if (there := next((one for one in (world, today) if sign.when.holds(one)), None))
    ]
    withheld = _withheld(protocol, rule, world)
    if seen and (withheld is None or any(sign.decisive for sign, _ in seen)):
        return _Verdict(
            rule.highest,
            reasons=tuple(
                _because(protocol, there, sign.because, sign.when)
                for sign, there in seen
                if sign.decisive or withheld is None
            ),
        )
    if withheld is not None:
        return _Verdict(None, withheld=withheld, no_strain=True)
    for choice in rule.either:
        if choice.when.holds(world):
            return _Verdict(
                min(choice.grades),
                provisional=True,
                alternatives=tuple(sorted(choice.grades)),
                reasons=(_because(protocol, world, choice.because, choice.when),),
                notes=(Reason("grade.either"),),
            )
    late = injury.late
    nothing_tested = rule.required and len(_open_groups(rule, world)) == len(rule.required)
    told = late and total.answered >= rule.needed  # it can no longer be tested
    if (
        total.ratio is None
        or total.answered < _LEAST_ANSWERS
        or (nothing_tested and not told)
        or (late and not told and _nothing_of_then(rule, world, injury))
    ):
        return _reported(protocol, rule, world, injury)
    return _by_points(protocol, rule, world, total.ratio)


def _nothing_of_then(rule: GradeRule, world: World, injury: Injury) -> bool:
    """Whether none of what recovers is known of the first days."""
    return not any(
        world.answered(way.value)[0] is Truth.TRUE and injury.aged(way.value)
        for item in rule.items
        for way in (item.scoring, *item.or_else)
    )


def _reported(protocol: Protocol, rule: GradeRule, world: World, injury: Injury) -> _Verdict:
    """The grade of an imaging report where the bedside gives none, else why there is none."""
    for report in rule.reports:
        if report.when.holds(world):
            why = _because(protocol, world, report.because, report.when)
            return _Verdict(report.grade, reasons=(why,))
    if injury.late:
        params = {"fresh": rule.fresh_days, "day": injury.day}
        return _Verdict(None, withheld=Reason("grade.too_late", params))
    return _Verdict(None, withheld=Reason("grade.too_little"))


def _by_points(protocol: Protocol, rule: GradeRule, world: World, ratio: float) -> _Verdict:
    grade, notes = _bounded(protocol, rule, world, _by_ratio(rule, ratio))
    alternatives: tuple[int, ...] = ()
    near = False
    for place, cut in enumerate(rule.cuts):
        if round(abs(ratio - cut), _EXACT) <= _NEAR_CUT:
            near = True
            low = _bounded(protocol, rule, world, place)[0]
            high = _bounded(protocol, rule, world, place + 1)[0]
            if low != high:
                alternatives = (low, high)
                notes += (Reason("grade.near", {"low": low, "high": high}),)
    provisional = grade == rule.highest
    if provisional:
        notes += (Reason("grade.provisional"),)
    return _Verdict(
        grade,
        provisional=provisional,
        alternatives=alternatives,
        notes=notes,
        by_points=True,
        near=near,
    )


def _by_ratio(rule: GradeRule, ratio: float) -> int:
    return sum(ratio >= cut for cut in rule.cuts)


def _bounded(
    protocol: Protocol, rule: GradeRule, world: World, grade: int
) -> tuple[int, tuple[Reason, ...]]:
    """The grade within its ceilings and then its floors (a floor wins), with what was applied."""
    notes: list[Reason] = []
    for bound in rule.bounds:
        if bound.at_most is not None and grade > bound.at_most and bound.when.holds(world):
            grade = bound.at_most
            why = _because(protocol, world, bound.because, bound.when)
            notes.append(Reason("grade.ceiling", {"grade": grade, "why": why}))
    for bound in rule.bounds:
        if bound.at_least is not None and grade < bound.at_least and bound.when.holds(world):
            grade = bound.at_least
            why = _because(protocol, world, bound.because, bound.when)
            notes.append(Reason("grade.floor", {"grade": grade, "why": why}))
    if grade == 0 and rule.zero is not None:
        truth, _ = rule.zero.judge(world)
        if truth is not Truth.TRUE:
            grade = 1
            text = "grade.zero_open" if truth is Truth.UNKNOWN else "grade.zero_closed"
            notes.append(Reason("grade.not_zero", {"why": Term(text)}))
    return grade, tuple(notes)


def _withheld(protocol: Protocol, rule: GradeRule, world: World) -> Reason | None:
    for ground in rule.withhold:
        if ground.when.holds(world):
            return _because(protocol, world, ground.because, ground.when)
    for flag in protocol.flags.values():
        if flag.not_strain and world.flag(flag.id)[0] is Truth.TRUE:
            return Reason("grade.flag", {"flag": Term(flag.label)})
    return None


def _because(protocol: Protocol, world: World, text: str, when: Condition) -> Reason:
    return wording.because(protocol, world, text, logic.deciding(when.node, world))


# --- the sum ----------------------------------------------------------------------------


def _sum(protocol: Protocol, rule: GradeRule, world: World) -> _Sum:
    points = most = 0
    reasons: list[Reason] = []
    for item in rule.items:
        scored = _scored(item, world)
        if scored is None:
            continue
        value, earned = scored
        points += earned
        most += item.most
        reasons.append(_point_reason(protocol, world, item, value, earned))
    reasons.sort(key=lambda reason: -(reason.points or 0))
    return _Sum(points, most, tuple(reasons), len(rule.items))


def _scored(item: GradeItem, world: World) -> tuple[str, int] | None:
    """The value that was read and what it earned; None where none of its values is answered."""
    for way in (item.scoring, *item.or_else):
        earned = _earned(way, world)
        if earned is not None:
            return way.value, earned
    return None


def _earned(way: Scoring, world: World) -> int | None:
    if way.bands:
        low, high, _ = world.amount(way.value)
        if low != high:
            return None
        return next(band.points for band in way.bands if band.holds(low))
    chosen: str | None
    answer = world.answer(way.value)
    if answer is not None and isinstance(answer.value, str):
        chosen = answer.value
    else:
        chosen = {0: "no", 1: None, 2: "yes"}.get(_truth(way, world))
    return None if chosen is None else way.points.get(chosen)


def _truth(way: Scoring, world: World) -> Truth:
    if not {"yes", "no"} & set(way.points):
        return Truth.UNKNOWN
    return world.truth(way.value)[0]


def _point_reason(
    protocol: Protocol, world: World, item: GradeItem, value: str, earned: int
) -> Reason:
    words = wording.answer_words(protocol, world, value)
    if value != item.scoring.value:
        params = {"item": Term(protocol.item(value).label), "answer": words}
        return Reason("reason.answer", params, (value,), earned, item.most)
    bare: object = words
    text = item.because
    if item.scoring.bands:
        amount = world.amount(value)[0]
        limits = [band.below or band.upto for band in item.scoring.bands]
        # The text itself says the unit.
        bare = wording.bare(protocol.item(value), amount, [one for one in limits if one])
        text = item.because_none if item.because_none and amount <= 0 else text
    return Reason(text, {"value": bare}, (value,), earned, item.most)


# --- confidence -------------------------------------------------------------------------


def _confidence(rule: GradeRule, verdict: _Verdict, total: _Sum) -> Confidence:
    if total.answered < rule.needed or verdict.alternatives or verdict.near:
        return Confidence.LOW
    if total.answered < _MANY_ANSWERS:
        return Confidence.MEDIUM
    if not verdict.by_points or total.ratio is None:
        return Confidence.HIGH
    distance = min(round(abs(total.ratio - cut), _EXACT) for cut in rule.cuts)
    return Confidence.HIGH if distance > _FAR_FROM_CUT else Confidence.MEDIUM


def _open_groups(rule: GradeRule, world: World) -> tuple[tuple[str, ...], ...]:
    """The required groups of which nothing is answered."""
    return tuple(
        group
        for group in rule.required
        if not any(world.answered(item)[0] is Truth.TRUE for item in group)
    )


def _would_change(
    protocol: Protocol,
    rule: GradeRule,
    world: World,
    verdict: _Verdict,
    groups: tuple[tuple[str, ...], ...],
    today: World,
    injury: Injury,
) -> bool:
    """Whether some value of an unanswered required item would change the grade."""
    for group in groups:
        for name in group:
            for answer in possible(protocol, rule, name):
                supposed = world.supposing(**{name: answer})
                total = _sum(protocol, rule, supposed)
                now = supposed if today is world else today
                other = _verdict(protocol, rule, supposed, total, now, injury)
                if other.grade != verdict.grade:
                    return True
    return False


def _missing(rule: GradeRule, world: World, open_groups: tuple[tuple[str, ...], ...]) -> Missing:
    """What would settle the grade: required groups, deciding signs, then the heaviest items."""
    found: list[str] = []
    for group in open_groups:
        for name in group[:1]:
            found.extend(world.lacking(name))
    for when in (*(sign.when for sign in rule.hard), *(g.when for g in rule.withhold)):
        truth, missing = when.judge(world)
        if truth is Truth.UNKNOWN:
            found.extend(missing)
    for item in sorted(rule.items, key=lambda part: -part.most):
        if _scored(item, world) is None:
            found.extend(world.lacking(item.scoring.value))
    for when in (*(one.when for one in rule.either), *(one.when for one in rule.bounds)):
        truth, missing = when.judge(world)
        if truth is Truth.UNKNOWN:
            found.extend(missing)
    return logic.unique(found)
