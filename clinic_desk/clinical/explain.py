"""Why a finding stands: its rule in words, what fired it, what alone would turn it, its source.

Everything is generated from the rules that were played. A card holds text ids and values, as
findings do; `Protocol.say` turns them into words, for the screen as for the command line.
"""

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass

from clinic_desk.clinical import explain_grade, flags, imaging, logic, progression, turning, wording
from clinic_desk.clinical.evaluate import findings, red_flags
from clinic_desk.clinical.findings import FlagFinding, Reason, Term, Truth, Urgency
from clinic_desk.clinical.logic import Condition
from clinic_desk.clinical.patterns import LEAST_SCORE, LEAST_SUPPORTS
from clinic_desk.clinical.protocol import Protocol
from clinic_desk.clinical.reading import Reading
from clinic_desk.clinical.rule_words import Clause, Words, clause
from clinic_desk.clinical.turning import Turn

Only = Container[str] | None  # the items to try; None for all


@dataclass(frozen=True, slots=True)
class Card:
    """One finding explained."""

    kind: str  # flag, grade, pattern, imaging, program or advice
    id: str
    title: Words
    outcome: Words
    rule: tuple[Clause, ...]
    fired_by: tuple[Reason, ...]
    turns: tuple[Turn, ...]  # empty where no single answer would change it
    sources: tuple[str, ...] = ()
    working: bool = False  # some part of it is a working value, not validated


def cards(reading: Reading) -> tuple[Card, ...]:
    """A card for each finding, in the order of the findings."""
    found = findings(reading)
    cards = [_flag(reading, one) for one in found.red_flags]
    if found.grade is not None and reading.protocol.grade is not None:
        cards.append(_grade(reading))
    cards.extend(_pattern(reading, one.id) for one in found.patterns)
    cards.extend(_imaging(reading, one.id) for one in found.imaging)
    if found.program is not None:
        cards.append(_program(reading))
    cards.extend(_advice(reading, one.id) for one in found.advice)
    return tuple(cards)


def card_of(reading: Reading, kind: str, finding: str, only: Only = None) -> Card | None:
    """The card of one finding; none where the answers do not lead to it. `only` these items are
    tried for what would change it.
    """
    found = findings(reading)
    match kind:
        case "flag":
            return next(
                (_flag(reading, one, only) for one in found.red_flags if one.id == finding), None
            )
        case "grade":
            graded = found.grade is not None and reading.protocol.grade is not None
            return _grade(reading, only) if graded else None
        case "pattern":
            there = reading.pattern_finding(finding)[0] is not None
            return _pattern(reading, finding, only) if there else None
        case "imaging":
            named = any(one.id == finding for one in found.imaging)
            return _imaging(reading, finding, only) if named else None
        case "program":
            return _program(reading, only) if found.program is not None else None
        case "advice":
            named = any(one.id == finding for one in found.advice)
            return _advice(reading, finding, only) if named else None
    raise ValueError(f"no finding is a {kind}")


def _flag(reading: Reading, found: FlagFinding, only: Only = None) -> Card:
    protocol = reading.protocol
    flag = protocol.flags[found.id]
    rule = tuple(
        Clause(
            Reason("why.case", {"outcome": Term(f"urgency.{case.urgency.value}")}),
            case.when.judge(reading)[0],
            (clause(case.when, reading),),
        )
        for case in flag.cases
    )
    decided = next(
        flags.deciding_items(case.when, reading) for case in flag.cases if case.when.holds(reading)
    )

    def outcome(world: Reading) -> Words:
        judged = world.judged(flag.id)
        if judged.finding is not None:
            return _fires(judged.finding)
        still = judged.outcome[0] is Truth.UNKNOWN
        return Term("why.open_flag" if still else "why.no_flag")

    conditions = [case.when for case in flag.cases]
    sources, working = _sources(protocol, flag.source, decided)
    return Card(
        kind="flag",
        id=flag.id,
        title=Term(found.label),
        outcome=_fires(found),
        rule=rule,
        fired_by=wording.answer_reasons(protocol, reading, decided) or found.reasons,
        turns=_turns(reading, conditions, outcome, only),
        sources=sources,
        working=working,
    )


def _fires(found: FlagFinding) -> Reason:
    words = {"flag": Term(found.label), "urgency": Term(f"urgency.{found.urgency.value}")}
    return Reason("why.flag", words)


def _grade(reading: Reading, only: Only = None) -> Card:
    protocol, rule = reading.protocol, reading.protocol.grade
    found = reading.grade_finding()
    if rule is None or found is None:
        raise ValueError("the protocol grades nothing")
    withheld = (found.withheld,) if found.withheld else ()
    return Card(
        kind="grade",
        id="grade",
        title=Term("grade.title"),
        outcome=explain_grade.outcome(reading),
        rule=explain_grade.clauses(reading, rule),
        fired_by=withheld + found.reasons + found.notes,
        turns=explain_grade.point_turns(reading, rule)
        + turning.turns(
            reading,
            _within(turning.varied(protocol, explain_grade.reads(reading, rule)), only),
            explain_grade.limits(reading, rule),
            explain_grade.outcome,
        ),
        sources=(rule.source,) if rule.source else (),
        working=True,  # the weights and cuts of any bedside grade are ours
    )


def _pattern(reading: Reading, pattern_id: str, only: Only = None) -> Card:
    protocol, pattern = reading.protocol, reading.protocol.patterns[pattern_id]
    found = reading.pattern_finding(pattern_id)[0]
    if found is None:
        raise ValueError(f"{pattern_id} is not found")
    parts = tuple(
        Clause(
            Reason(text, {"item": Term(protocol.item(name).label), "weight": weight}),
            reading.truth(name)[0],
            now=wording.answer_words(protocol, reading, name),
        )
        for text, signs in (
            ("why.supports", pattern.supports),
            ("why.contradicts", pattern.contradicts),
        )
        for name, weight in signs.items()
    )
    limits = {"score": found.score, "least": LEAST_SCORE, "supports": LEAST_SUPPORTS}
    reads = (*pattern.supports, *pattern.contradicts)

    def outcome(world: Reading) -> Words:
        there = world.pattern_finding(pattern_id)[0] is not None
        return Term("why.found" if there else "why.not_found")

    items = _within(turning.varied(protocol, reads), only)
    sources, _ = _sources(protocol, pattern.source, reads)
    return Card(
        kind="pattern",
        id=pattern_id,
        title=Term(pattern.label),
        outcome=Term("why.found"),
        rule=(Clause(Reason("why.score", limits), Truth.TRUE, parts),),
        fired_by=found.reasons,
        turns=turning.turns(reading, items, _limits(protocol, reads, ()), outcome),
        sources=sources,
        working=True,  # its weights are working values in every protocol
    )


def _imaging(reading: Reading, test_id: str, only: Only = None) -> Card:
    protocol = reading.protocol
    test = next(one for one in protocol.imaging if one.id == test_id)
    rule = tuple(
        Clause(
            Reason("why.case", {"outcome": Term(f"urgency.{case.urgency.value}")}),
            case.when.judge(reading)[0],
            (clause(case.when, reading),),
        )
        for case in test.cases
    )
    decided = logic.unique(
        item
        for case in test.cases
        if case.when.holds(reading)
        for item in flags.deciding_items(case.when, reading)
    )

    def outcome(world: Reading) -> Words:
        true = [case.urgency for case in test.cases if case.when.holds(world)]
        if not true:
            return Term("why.not_indicated")
        return Reason("why.indicated", {"urgency": Term(f"urgency.{true[0].value}")})

    found = next(one for one in imaging.find(protocol, reading) if one.id == test_id)
    sources, working = _sources(protocol, test.source, decided)
    return Card(
        kind="imaging",
        id=test_id,
        title=Term(test.label),
        outcome=outcome(reading),
        rule=rule,
        fired_by=wording.answer_reasons(protocol, reading, decided) or found.reasons,
        turns=_turns(reading, [case.when for case in test.cases], outcome, only),
        sources=sources,
        working=working or not test.source,
    )


def _program(reading: Reading, only: Only = None) -> Card:
    protocol = reading.protocol
    waiting = [flag for flag in red_flags(reading) if not reading.decisions.get(f"flag.{flag.id}")]
    locks = [flag for flag in waiting if flag.urgency.locks_exercises]
    rule = tuple(
        Clause(Reason("why.lock", {"flag": Term(flag.label)}), Truth.TRUE) for flag in locks
    )
    conditions = [case.when for flag in locks for case in protocol.flags[flag.id].cases]
    if not locks:
        conditions = [path.when for path in protocol.paths]
        walked = next((path for path in protocol.paths if path.when.holds(reading)), None)
        shown = [walked] if walked else [p for p in protocol.paths if _open(p.when, reading)]
        for path in shown:
            because = wording.because(protocol, reading, path.because, ())
            truth = path.when.judge(reading)[0]
            rule += (Clause(because, truth, (clause(path.when, reading),)),)
        for step in walked.steps if walked else ():
            said = {"template": step.template, "stage": step.stage}
            if step.leave is None:
                rule += (Clause(Reason("why.last", said), Truth.UNKNOWN),)
                break
            conditions.append(step.leave)
            left = step.leave.judge(reading)[0]
            rule += (Clause(Reason("why.leave", said), left, (clause(step.leave, reading),)),)
            if left is not Truth.TRUE:
                break
    found = findings(reading).program
    decided = tuple(
        Turn(
            Reason("why.acted", {"flag": Term(flag.label)}),
            None,
            Term("why.recorded"),
            _program_outcome(_decided(reading, f"flag.{flag.id}", "recorded")),
        )
        for flag in locks
    )
    now = _program_outcome(reading)
    turns = tuple(turn for turn in decided if turn.result != now)
    turns += _turns(reading, conditions, _program_outcome, only)
    return Card(
        kind="program",
        id=(found.template or "") if found else "",
        title=Term("why.program_title"),
        outcome=now,
        rule=rule,
        fired_by=found.why if found else (),
        turns=turns,
        working=True,  # which template when is a working rule; no source settles it
    )


def _open(when: Condition, reading: Reading) -> bool:
    return when.judge(reading)[0] is Truth.UNKNOWN


def _program_outcome(world: Reading) -> Words:
    grade = world.grade_finding()
    acted = frozenset(
        key.removeprefix("flag.")
        for key, text in world.decisions.items()
        if key.startswith("flag.") and text
    )
    withheld = grade.withheld if grade is not None and grade.no_strain else None
    found = progression.suggest(
        world.protocol, world, red_flags(world), acted, False, no_strain=withheld
    )
    if found is None or (found.template is None and not found.blocked):
        return Term("why.no_program")
    if found.blocked:
        return Term("why.blocked")
    return Reason("why.program", {"template": found.template, "stage": found.stage})


def _advice(reading: Reading, advice_id: str, only: Only = None) -> Card:
    protocol = reading.protocol
    card = next(one for one in protocol.advice if one.id == advice_id)
    decided = logic.deciding(card.when.node, reading)
    sources, working = _sources(protocol, "", decided)

    def outcome(world: Reading) -> Words:
        return Term("why.shown" if card.when.holds(world) else "why.not_shown")

    return Card(
        kind="advice",
        id=advice_id,
        title=Term(card.label),
        outcome=Term("why.shown"),
        rule=(clause(card.when, reading),),
        fired_by=wording.answer_reasons(protocol, reading, decided),
        turns=_turns(reading, [card.when], outcome, only),
        sources=sources,
        working=working,
    )


# --- what a rule looks at ---------------------------------------------------------------


def _turns(
    reading: Reading,
    conditions: Iterable[Condition],
    outcome: Callable[[Reading], Words],
    only: Only,
) -> tuple[Turn, ...]:
    """What alone would turn a finding that follows from conditions."""
    protocol, whole = reading.protocol, _below(reading.protocol, conditions)
    reads = logic.unique(name for condition in whole for name in condition.reads)
    asked = {name for condition in whole for name in condition.flags}
    rule = protocol.grade
    decisions: tuple[Turn, ...] = ()
    reads += tuple(
        item
        for name in asked
        if name.startswith(("pattern:", "leads:"))
        for item in (
            *protocol.patterns[name.partition(":")[2]].supports,
            *protocol.patterns[name.partition(":")[2]].contradicts,
        )
    )
    limits = _limits(protocol, reads, whole)
    if "grade" in asked and rule is not None:
        decisions = _by_grade(reading, rule.highest, outcome)
    items = _within(turning.varied(protocol, logic.unique(reads)), only)
    return decisions + turning.turns(reading, items, limits, outcome)


def _within(items: Iterable[str], only: Only) -> tuple[str, ...]:
    return tuple(one for one in items if only is None or one in only)


def _by_grade(
    reading: Reading, highest: int, outcome: Callable[[Reading], Words]
) -> tuple[Turn, ...]:
    now, found = outcome(reading), []
    low, high, _ = reading.grade()
    for grade in range(highest + 1):
        result = outcome(_decided(reading, "grade", str(grade)))
        if result != now:
            becomes = Reason("why.decided", {"grade": grade})
            recorded = low if low == high else None
            found.append(Turn(Term("rule.grade"), recorded, becomes, result))
    return tuple(found)


def _decided(reading: Reading, key: str, text: str) -> Reading:
    return Reading(
        reading.protocol, reading.case, reading.answers, {**reading.decisions, key: text}
    )


def _below(protocol: Protocol, conditions: Iterable[Condition]) -> tuple[Condition, ...]:
    """The conditions with those of every flag that they ask about, by name, group or urgency."""
    found: dict[int, Condition] = {}
    waiting = list(conditions)
    while waiting:
        condition = waiting.pop(0)
        if id(condition) in found:
            continue
        found[id(condition)] = condition
        for asked in condition.flags:
            kind, _, wanted = asked.partition(":")
            for flag in protocol.flags.values():
                for case in flag.cases:
                    if (
                        (kind == "flag" and flag.id == wanted)
                        or (kind == "flag_group" and flag.group == wanted)
                        or (kind == "fired" and case.urgency.rank >= Urgency(wanted).rank)
                    ):
                        waiting.append(case.when)
    return tuple(found.values())


def _limits(
    protocol: Protocol, reads: Iterable[str], conditions: Iterable[Condition]
) -> turning.Limits:
    texts = [condition.text for condition in conditions]
    for name in logic.unique(part for read in reads for part in (read, *protocol.under(read))):
        derived = protocol.derived.get(name)
        if derived is not None:
            texts.extend(part.text for part in (derived.test, derived.amount) if part)
    return turning.limits_in(texts)


def _sources(protocol: Protocol, own: str, items: Iterable[str]) -> tuple[tuple[str, ...], bool]:
    """The rule's own source, else those of its items; and whether a working value decided."""
    below = logic.unique(
        part for item in items for part in (item, *protocol.under(item)) if item in protocol.items
    )
    theirs = logic.unique(protocol.item(name).source for name in below)
    shown = (own,) if own else tuple(source for source in theirs if source)
    return shown, not shown or any(protocol.item(name).working for name in below)
