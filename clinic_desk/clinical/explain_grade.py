"""The bedside grade explained: its signs, bounds, bands and cuts, each with how it stands."""

from collections.abc import Iterator

from clinic_desk.clinical import logic, turning, wording
from clinic_desk.clinical.findings import Reason, Term, Truth
from clinic_desk.clinical.logic import Condition
from clinic_desk.clinical.reading import Reading
from clinic_desk.clinical.rule_words import Clause, Words, clause
from clinic_desk.clinical.rules import Band, Flag, GradeItem, GradeRule, Scoring
from clinic_desk.clinical.turning import Turn


def outcome(world: Reading) -> Words:
    """The grade as it is suggested, or that it is withheld and why."""
    found, rule = world.grade_finding(), world.protocol.grade
    if found is None or rule is None or found.suggested is None:
        why = found.withheld if found and found.withheld else Term("grade.too_little")
        return Reason("why.withheld", {"why": why})
    if found.alternatives and any(note.text == "grade.either" for note in found.notes):
        low, high = found.alternatives[0], found.alternatives[-1]
        return Reason("why.grade_either", {"low": low, "high": high})
    return Reason(
        "why.grade", {"grade": found.suggested, "name": Term(rule.names[found.suggested])}
    )


def clauses(reading: Reading, rule: GradeRule) -> tuple[Clause, ...]:
    """The rule in the order in which it is applied."""
    return (
        *_grounds(reading, rule),
        *(_item(reading, item) for item in rule.items),
        _cuts(reading, rule),
    )


def reads(reading: Reading, rule: GradeRule) -> tuple[str, ...]:
    """All that the rule looks at; of the flags that withhold, those that fired."""
    names = [way.value for item in rule.items for way in (item.scoring, *item.or_else)]
    names += [name for group in rule.required for name in group]
    names += [name for condition in _conditions(reading, rule) for name in condition.reads]
    return logic.unique(names)


def limits(reading: Reading, rule: GradeRule) -> turning.Limits:
    """Where points, bounds or signs may change, by item."""
    texts = [condition.text for condition in _conditions(reading, rule)]
    for name in reads(reading, rule):
        derived = reading.protocol.derived.get(name)
        if derived is not None and derived.test is not None:
            texts.append(derived.test.text)
    found = {name: set(numbers) for name, numbers in turning.limits_in(texts).items()}
    for item in rule.items:
        for way in (item.scoring, *item.or_else):
            edges = (band.below if band.below is not None else band.upto for band in way.bands)
            found.setdefault(way.value, set()).update(edge for edge in edges if edge is not None)
    for stand_in in reading.protocol.items.values():
        if stand_in.stands_in in found:
            found[stand_in.id] = found[stand_in.stands_in]
    return {name: frozenset(numbers) for name, numbers in found.items()}


def point_turns(reading: Reading, rule: GradeRule) -> tuple[Turn, ...]:
    """The cuts next to the points earned, where it is the points that decide."""
    found = reading.grade_finding()
    if found is None or found.suggested is None or found.ratio is None:
        return ()
    if found.alternatives and any(note.text == "grade.either" for note in found.notes):
        return ()
    ratio, shown = found.ratio, []
    below = [place for place, cut in enumerate(rule.cuts) if cut <= ratio]
    above = [place for place, cut in enumerate(rule.cuts) if cut > ratio]
    for places, sign, step in ((below[-1:], "less", 0), (above[:1], "at_least", 1)):
        for place in places:
            cut = Reason("why.percent", {"value": round(100 * rule.cuts[place])})
            grade = place + step
            said = {"grade": grade, "name": Term(rule.names[grade])}
            shown.append(
                Turn(
                    Term("why.ratio"),
                    Reason("why.percent", {"value": round(100 * ratio)}),
                    Reason(f"rule.{sign}", {"value": cut}),
                    Reason("why.by_points", said),
                )
            )
    return tuple(shown)


def _conditions(reading: Reading, rule: GradeRule) -> tuple[Condition, ...]:
    found = [sign.when for sign in rule.hard]
    found += [ground.when for ground in rule.withhold]
    found += [bound.when for bound in rule.bounds]
    found += [choice.when for choice in rule.either]
    found += [rule.zero] if rule.zero else []
    found += [case.when for flag in _no_strain(reading) for case in flag.cases]
    return tuple(found)


def _no_strain(reading: Reading) -> tuple[Flag, ...]:
    """The fired flags whose picture withholds the grade."""
    return tuple(
        flag
        for flag in reading.protocol.flags.values()
        if flag.not_strain and reading.judged(flag.id).finding is not None
    )


def _grounds(reading: Reading, rule: GradeRule) -> Iterator[Clause]:
    def said(text: str, because: str, when: Condition, **values: object) -> Clause:
        why = wording.because(reading.protocol, reading, because, ())
        words = Reason(text, {"because": why, **values})
        return Clause(words, when.judge(reading)[0], (clause(when, reading),))

    for sign in rule.hard:
        yield said("why.hard", sign.because, sign.when, grade=rule.highest)
    for ground in rule.withhold:
        yield said("why.withhold", ground.because, ground.when)
    for flag in _no_strain(reading):
        yield Clause(Reason("why.strain_flag", {"flag": Term(flag.label)}), Truth.TRUE)
    for choice in rule.either:
        yield said("why.either", choice.because, choice.when, grades=choice.grades)
    for bound in rule.bounds:
        if bound.at_least is not None:
            yield said("why.floor", bound.because, bound.when, grade=bound.at_least)
        if bound.at_most is not None:
            yield said("why.ceiling", bound.because, bound.when, grade=bound.at_most)
    if rule.zero is not None:
        truth = rule.zero.judge(reading)[0]
        yield Clause(Term("why.zero"), truth, (clause(rule.zero, reading),))


def _item(reading: Reading, item: GradeItem) -> Clause:
    protocol = reading.protocol
    found = reading.grade_finding()
    values = [way.value for way in (item.scoring, *item.or_else)]
    scored = next(
        (
            reason
            for reason in (found.reasons if found else ())
            if reason.points is not None and reason.inputs[:1] and reason.inputs[0] in values
        ),
        None,
    )
    value = scored.inputs[0] if scored else item.scoring.value
    way = next(way for way in (item.scoring, *item.or_else) if way.value == value)
    about = {"item": Term(protocol.item(value).label), "most": item.most}
    words = Reason("why.unscored", about)
    if scored is not None:
        words = Reason("why.points", {**about, "earned": scored.points})
    return Clause(
        words,
        Truth.UNKNOWN if scored is None else Truth.TRUE,
        tuple(_bands(reading, way)),
        wording.answer_words(protocol, reading, value),
    )


def _bands(reading: Reading, way: Scoring) -> Iterator[Clause]:
    item = reading.protocol.item(way.value)
    low, high, _ = reading.amount(way.value) if way.bands else (0.0, 1.0, ())
    here = next((band for band in way.bands if band.holds(low)), None) if low == high else None
    edge: float | None = None
    was_below = False
    for band in way.bands:
        limit = _limit(band, edge, was_below)
        amount = wording.quantity(item, limit[1])
        said = Reason(f"rule.{limit[0]}", {"value": amount})
        stands = Truth.UNKNOWN if low != high else Truth(2 * (band is here))
        yield Clause(Reason("why.band", {"limit": said, "points": band.points}), stands)
        edge = band.below if band.below is not None else band.upto
        was_below = band.below is not None
    answer = wording.answer_words(reading.protocol, reading, way.value)
    for word, points in way.points.items():
        choice: Words = (
            Term(f"answer.{word}") if not item.choices else wording.choice_text(item, word)
        )
        stands = Truth.UNKNOWN if answer is None else Truth(2 * (answer == choice))
        yield Clause(Reason("why.band", {"limit": choice, "points": points}), stands)


def _limit(band: Band, edge: float | None, was_below: bool) -> tuple[str, float]:
    if band.below is not None:
        return "less", band.below
    if band.upto is not None:
        return "at_most", band.upto
    return ("at_least" if was_below else "more"), edge or 0.0


def _cuts(reading: Reading, rule: GradeRule) -> Clause:
    found = reading.grade_finding()
    ratio = found.ratio if found else None
    parts = tuple(
        Clause(
            Reason(
                "why.cut",
                {"grade": grade, "name": Term(rule.names[grade]), "cut": round(100 * cut)},
            ),
            Truth.UNKNOWN if ratio is None else Truth(2 * (ratio >= cut)),
        )
        for grade, cut in enumerate(rule.cuts, start=1)
    )
    shown: object = "–" if ratio is None else round(100 * ratio)
    truth = Truth.UNKNOWN if ratio is None else Truth.TRUE
    return Clause(Reason("why.sum", {"ratio": shown}), truth, parts)
