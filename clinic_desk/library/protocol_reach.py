"""What a visit can never come to ask, because it waits for answers that only it could give.

Gates are followed from the first screen on: a question counts as open once its step, section
and own condition can be true by answers of open questions alone.
"""

import ast
from collections.abc import Iterator

from clinic_desk.clinical.logic import Condition
from clinic_desk.clinical.protocol import Protocol
from clinic_desk.library.toml_file import Fault, TomlFile, Trail

# Answered by an imaging report or by the tick sheet of the home program: nothing has to ask them.
_GIVEN_ELSEWHERE = frozenset(
    {
        "imaging_report",
        "munich_class",
        "us_grade",
        "us_date",
        "mri_bamic",
        "mri_date",
        "adherence_pct",
        "home_pain_worst",
    }
)

_Gates = tuple[tuple[Trail, Condition], ...]


def shut(file: TomlFile, protocol: Protocol) -> Iterator[Fault]:
    """Steps, sections and items that no order of answering opens."""
    gates = dict(_gates(protocol))
    visit = _Visit(protocol)
    before = -1
    while before < len(visit.open):
        before = len(visit.open)
        for name, outer in gates.items():
            if name not in visit.open and visit.passes(outer):
                visit.open.add(name)
    told: set[Trail] = set()
    for name, outer in gates.items():
        if name in visit.open:
            continue
        trail, gate = next((at, when) for at, when in outer if not visit.may_be(when, True))
        if trail not in told:
            told.add(trail)
            waits = ", ".join(f"`{one}`" for one in visit.waiting(gate))
            what = trail[-3]
            reason = (
                f"this {what} can never be opened: {waits} can only be answered once it is open"
            )
            yield file.fault(trail, reason)


def _gates(protocol: Protocol) -> Iterator[tuple[str, _Gates]]:
    """Each asked item with the conditions that stand before it, the outermost first."""
    for place, step in enumerate(protocol.steps):
        at: Trail = ("step", place)
        for part, section in enumerate(step.sections):
            inner: Trail = (*at, "section", part)
            for number, name in enumerate(section.items):
                every = (
                    ((*at, "when"), step.when),
                    ((*inner, "when"), section.when),
                    ((*inner, "item", number, "when"), protocol.items[name].when),
                )
                yield name, tuple((trail, when) for trail, when in every if when is not None)


class _Visit:
    """How far a visit can have come: the questions that can be open."""

    def __init__(self, protocol: Protocol) -> None:
        self._protocol = protocol
        self._trees: dict[str, ast.expr] = {}
        self.open = {name for name in _GIVEN_ELSEWHERE if name in protocol.items}

    def passes(self, gates: _Gates) -> bool:
        return all(self.may_be(when, True) for _, when in gates)

    def waiting(self, gate: Condition) -> list[str]:
        """What a shut gate reads that nothing opens, derived values by their parts."""
        read = [name for one in gate.reads for name in (one, *sorted(self._protocol.under(one)))]
        asked = [name for name in read if name not in self._protocol.derived]
        return list(dict.fromkeys(name for name in asked if not self._known(name)))

    def may_be(self, condition: Condition, wanted: bool) -> bool:
        tree = self._trees.get(condition.text)
        if tree is None:
            text = " ".join(condition.text.split())
            tree = self._trees[condition.text] = ast.parse(text, mode="eval").body
        return self._may_be(tree, wanted)

    def _may_be(self, tree: ast.expr, wanted: bool) -> bool:
        match tree:
            case ast.BoolOp(op=op, values=values):
                each = (self._may_be(value, wanted) for value in values)
                return all(each) if isinstance(op, ast.And) is wanted else any(each)
            case ast.UnaryOp(op=ast.Not(), operand=inner):
                return self._may_be(inner, not wanted)
            case ast.Constant(value=bool() as value):
                return value is wanted
            case ast.Name(id="true" | "false" as word):
                return (word == "true") is wanted
            case ast.Name(id=name) if name in self._protocol.derived:
                test = self._protocol.derived[name].test
                return self._known(name) if test is None else self.may_be(test, wanted)
            case ast.Call(func=ast.Name(id="answered"), args=[ast.Name(id=name)]):
                return not wanted or self._known(name)
        names = self._named(tree)
        return not names or any(self._known(name) for name in names)

    def _named(self, tree: ast.expr) -> set[str]:
        return {
            node.id
            for node in ast.walk(tree)
            if isinstance(node, ast.Name) and node.id in self._protocol.items
        }

    def _known(self, name: str) -> bool:
        """Whether it can have an answer: by itself, worked out, or because others imply it."""
        if name in self.open:
            return True
        derived = self._protocol.derived.get(name)
        if derived is not None:
            return not derived.reads or any(self._known(one) for one in derived.reads)
        return any(self.may_be(when, True) for _, when in self._protocol.items[name].implied)
