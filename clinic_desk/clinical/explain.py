"""Why a finding stands: its rule in words, what fired it, what alone would turn it, its source.

Everything is generated from the rules that were played. A card holds text ids and values, as
findings do; `Protocol.say` turns them into words, for the screen as for the command line.
"""

from clinic_desk.clinical import (
    explain_grade,
    explain_weighed,
    flags,
    imaging,
    logic,
    progression,
    turning,
    wording,
)
from clinic_desk.clinical.evaluate import findings, red_flags
from clinic_desk.clinical.explain_card import (
    Card,
    Only,
    sources_of,
    turns_of,
    with_decision,
    within,
)
from clinic_desk.clinical.findings import (
    DifferentialFinding,
    FlagFinding,
    GradeFinding,
    PatternFinding,
    Reason,
    Term,
    Truth,
)
from clinic_desk.clinical.logic import Condition
from clinic_desk.clinical.reading import Reading
from clinic_desk.clinical.rule_words import Clause, Words, clause
from clinic_desk.clinical.turning import Turn


def cards(reading: Reading) -> tuple[Card, ...]:
    """A card for each finding, in the order of the findings."""
    found = findings(reading)
    cards = [_flag(reading, one) for one in found.red_flags]
    if found.grade is not None and reading.protocol.grade is not None:
        cards.append(_grade(reading))
    cards.extend(explain_weighed.pattern(reading, one.id) for one in found.patterns)
    cards.extend(explain_weighed.differential(reading, one.id) for one in found.differentials)
    cards.extend(_banner(reading, one.id) for one in found.banners)
    cards.extend(_imaging(reading, one.id) for one in found.imaging)
    if found.program is not None:
        cards.append(_program(reading))
    cards.extend(_hold(reading, one.id) for one in found.holds)
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
            return explain_weighed.pattern(reading, finding, only) if there else None
        case "imaging":
            named = any(one.id == finding for one in found.imaging)
            return _imaging(reading, finding, only) if named else None
        case "program":
            return _program(reading, only) if found.program is not None else None
        case "advice":
            named = any(one.id == finding for one in found.advice)
            return _advice(reading, finding, only) if named else None
        case "differential":
            named = any(one.id == finding for one in found.differentials)
            return explain_weighed.differential(reading, finding, only) if named else None
        case "banner":
            named = any(one.id == finding for one in found.banners)
            return _banner(reading, finding) if named else None
        case "hold":
            named = any(one.id == finding for one in found.holds)
            return _hold(reading, finding) if named else None
    raise ValueError(f"no finding is a {kind}")


def finding_of(
    reading: Reading, kind: str, finding: str
) -> GradeFinding | PatternFinding | DifferentialFinding | None:
    """A finding that names what it lacks; none of another kind, or where it is not found."""
    if kind == "grade":
        return reading.grade_finding()
    if kind == "pattern":
        return reading.pattern_finding(finding)[0]
    if kind == "differential":
        known = finding in reading.protocol.differentials
        return reading.differential(finding)[0] if known else None
    return None


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
    sources, working = sources_of(reading, flag.source, decided)
    ours = flag.working or any(case.working and case.when.holds(reading) for case in flag.cases)
    return Card(
        kind="flag",
        id=flag.id,
        title=Term(found.label),
        outcome=_fires(found),
        rule=rule,
        fired_by=wording.answer_reasons(protocol, reading, decided) or found.reasons,
        turns=turns_of(reading, conditions, outcome, only),
        sources=sources,
        working=working or ours,
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
        rule=explain_grade.clauses(reading.then, rule),
        fired_by=withheld + found.reasons + found.notes,
        turns=explain_grade.point_turns(reading, rule)
        + turning.turns(
            reading,
            within(
                turning.varied(protocol, reading.injury.ask(explain_grade.reads(reading, rule))),
                only,
            ),
            explain_grade.limits(reading, rule),
            explain_grade.outcome,
        ),
        sources=(rule.source,) if rule.source else (),
        working=True,  # the weights and cuts of any bedside grade are ours
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
    sources, working = sources_of(reading, test.source, decided)
    return Card(
        kind="imaging",
        id=test_id,
        title=Term(test.label),
        outcome=outcome(reading),
        rule=rule,
        fired_by=wording.answer_reasons(protocol, reading, decided) or found.reasons,
        turns=turns_of(reading, [case.when for case in test.cases], outcome, only),
        sources=sources,
        working=working or test.working or not test.source,
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
            _program_outcome(with_decision(reading, f"flag.{flag.id}", "recorded")),
        )
        for flag in locks
    )
    now = _program_outcome(reading)
    turns = tuple(turn for turn in decided if turn.result != now)
    turns += turns_of(reading, conditions, _program_outcome, only)
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
    sources, working = sources_of(reading, "", decided)

    def outcome(world: Reading) -> Words:
        return Term("why.shown" if card.when.holds(world) else "why.not_shown")

    return Card(
        kind="advice",
        id=advice_id,
        title=Term(card.label),
        outcome=Term("why.shown"),
        rule=(clause(card.when, reading),),
        fired_by=wording.answer_reasons(protocol, reading, decided),
        turns=turns_of(reading, [card.when], outcome, only),
        sources=sources,
        working=working,
    )


def _banner(reading: Reading, banner_id: str) -> Card:
    one = next(banner for banner in reading.protocol.banners if banner.id == banner_id)
    return _shown("banner", one.id, one.because, (one.when,), reading)


def _hold(reading: Reading, hold_id: str) -> Card:
    one = next(hold for hold in reading.protocol.holds if hold.id == hold_id)
    return _shown("hold", one.id, one.because, (one.when, one.until), reading)


def _shown(
    kind: str, card_id: str, title: str, gates: tuple[Condition, ...], reading: Reading
) -> Card:
    """What stands while its first condition holds and, where there is one, its second does not."""
    protocol = reading.protocol
    when, *until = gates

    def outcome(world: Reading) -> Words:
        there = when.holds(world) and not any(gate.holds(world) for gate in until)
        return Term("why.shown" if there else "why.not_shown")

    decided = logic.deciding(when.node, reading)
    sources, working = sources_of(reading, "", decided)
    rule = tuple(
        Clause(Term(text), gate.judge(reading)[0], (clause(gate, reading),))
        for text, gate in zip(("why.while", "why.until"), gates, strict=False)
    )
    return Card(
        kind=kind,
        id=card_id,
        title=Term(title),
        outcome=outcome(reading),
        rule=rule,
        fired_by=wording.answer_reasons(protocol, reading, decided),
        turns=turns_of(reading, gates, outcome),
        sources=sources,
        working=working or kind == "hold",
    )
