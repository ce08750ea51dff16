"""Patterns and what else to consider, explained by their findings for and against."""

from clinic_desk.clinical import logic, turning, wording
from clinic_desk.clinical.explain_card import Card, Only, limits_of, sources_of, within
from clinic_desk.clinical.findings import Reason, Term, Truth
from clinic_desk.clinical.patterns import LEAST_SUPPORTS
from clinic_desk.clinical.reading import Reading
from clinic_desk.clinical.rule_words import Clause, Words, clause
from clinic_desk.clinical.rules import Differential, Pattern
from clinic_desk.clinical.weighing import LEAST_SCORE


def pattern(reading: Reading, pattern_id: str, only: Only = None) -> Card:
    protocol, one = reading.protocol, reading.protocol.patterns[pattern_id]
    found = reading.pattern_finding(pattern_id)[0]
    if found is None:
        raise ValueError(f"{pattern_id} is not found")
    limits = {"score": found.score, "least": LEAST_SCORE, "supports": LEAST_SUPPORTS}
    reads = (*one.supports, *one.contradicts)

    def outcome(world: Reading) -> Words:
        there = world.pattern_finding(pattern_id)[0] is not None
        return Term("why.found" if there else "why.not_found")

    items = within(turning.varied(protocol, reads), only)
    sources, _ = sources_of(reading, one.source, reads)
    return Card(
        kind="pattern",
        id=pattern_id,
        title=Term(one.label),
        outcome=Term("why.found"),
        rule=(Clause(Reason("why.score", limits), Truth.TRUE, _signs(reading, one)),),
        fired_by=found.reasons,
        turns=turning.turns(reading, items, limits_of(protocol, reads, ()), outcome),
        sources=sources,
        working=True,  # its weights are working values in every protocol
    )


def differential(reading: Reading, differential_id: str, only: Only = None) -> Card:
    """Something else to consider, by its findings for and against."""
    protocol, one = reading.protocol, reading.protocol.differentials[differential_id]
    found = reading.differential(one.id)[0]
    if found is None:
        raise ValueError(f"{differential_id} is not found")
    limits = {"score": found.score, "least": LEAST_SCORE, "supports": one.least}
    gates = [gate for gate in (one.when, one.after) if gate is not None]
    rule = tuple(
        Clause(Term(text), gate.judge(reading)[0], (clause(gate, reading),))
        for text, gate in (("why.considered", one.when), ("why.excluded_first", one.after))
        if gate is not None
    )
    reads = (*one.supports, *one.contradicts)
    asked = logic.unique((*reads, *(name for gate in gates for name in gate.reads)))

    def outcome(world: Reading) -> Words:
        there = world.differential(one.id)[0] is not None
        return Term("why.consider" if there else "why.not_found")

    sources, _ = sources_of(reading, one.source, reads)
    weighed = Clause(Reason("why.score", limits), Truth.TRUE, _signs(reading, one))
    return Card(
        kind="differential",
        id=one.id,
        title=Term(one.label),
        outcome=Term("why.consider"),
        rule=(*rule, weighed),
        fired_by=found.reasons,
        turns=turning.turns(
            reading,
            within(turning.varied(protocol, asked), only),
            limits_of(protocol, asked, gates),
            outcome,
        ),
        sources=sources,
        working=True,  # its weights are working values in every protocol
    )


def _signs(reading: Reading, one: Pattern | Differential) -> tuple[Clause, ...]:
    protocol = reading.protocol
    return tuple(
        Clause(
            Reason(text, {"item": Term(protocol.item(name).label), "weight": weight}),
            reading.truth(name)[0],
            now=wording.answer_words(protocol, reading, name),
        )
        for text, weights in (
            ("why.supports", one.supports),
            ("why.contradicts", one.contradicts),
        )
        for name, weight in weights.items()
    )
