"""A condition in words: its tree as clauses, each with how it stands now.

The words are put together from the rule itself, so they can never say anything else than what
is played. `not` is pushed down to the single comparisons, because people read no nested nots.
"""

import ast
from collections.abc import Callable
from dataclasses import dataclass

from clinic_desk.clinical import conditions, wording
from clinic_desk.clinical.condition_parts import ConditionFault
from clinic_desk.clinical.findings import Reason, Term, Truth
from clinic_desk.clinical.logic import Condition, Outcome
from clinic_desk.clinical.protocol import Kind, Protocol
from clinic_desk.clinical.reading import Reading

Words = Reason | Term


@dataclass(frozen=True, slots=True)
class Clause:
    """One part of a rule: its words, whether it holds now, and what it is made of."""

    words: Words
    truth: Truth
    parts: tuple["Clause", ...] = ()
    now: object | None = None  # the recorded value that it looks at, for a reason's blank


_SIGNS: dict[type[ast.cmpop], str] = {
    ast.Lt: "less",
    ast.LtE: "at_most",
    ast.Gt: "more",
    ast.GtE: "at_least",
    ast.Eq: "exactly",
    ast.NotEq: "other_number",
}
_OPPOSITE = {
    "less": "at_least",
    "at_most": "more",
    "more": "at_most",
    "at_least": "less",
    "exactly": "other_number",
    "other_number": "exactly",
}
_MIRRORED = {"less": "more", "more": "less", "at_most": "at_least", "at_least": "at_most"}
_RECKON: dict[type[ast.operator], str] = {
    ast.Add: "rule.plus",
    ast.Sub: "rule.minus",
    ast.Mult: "rule.times",
    ast.Div: "rule.over",
}


def tree_of(text: str) -> ast.expr:
    """The tree of a condition that has been read before."""
    return ast.parse(" ".join(text.split()), mode="eval").body


def clause(condition: Condition, reading: Reading) -> Clause:
    """A condition as clauses, with how each stands."""
    return _Teller(reading).clause(tree_of(condition.text), False)


class _Teller:
    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._protocol: Protocol = reading.protocol
        self._vocabulary = conditions.vocabulary(reading.protocol)

    def clause(self, tree: ast.expr, negated: bool) -> Clause:
        match tree:
            case ast.UnaryOp(op=ast.Not()):
                return self.clause(tree.operand, not negated)
            case ast.BoolOp():
                every = isinstance(tree.op, ast.And) is not negated
                return _joined(every, [self.clause(one, negated) for one in tree.values])
            case ast.Compare() if len(tree.ops) > 1:
                sides = [tree.left, *tree.comparators]
                pairs = zip(sides, tree.ops, tree.comparators, strict=False)
                links = [ast.Compare(left, [op], [right]) for left, op, right in pairs]
                return _joined(not negated, [self.clause(link, negated) for link in links])
        return self._leaf(tree, negated)

    def _leaf(self, tree: ast.expr, negated: bool) -> Clause:
        truth = self._judge(tree)
        if negated:
            truth = Truth(2 - truth)
        return Clause(
            self._words(tree, negated), truth, self._parts(tree, negated), self._now(tree)
        )

    def _judge(self, tree: ast.expr) -> Truth:
        outcome: Outcome = conditions.parse(ast.unparse(tree), self._vocabulary).judge(
            self._reading
        )
        return outcome[0]

    def _parts(self, tree: ast.expr, negated: bool) -> tuple[Clause, ...]:
        """What a count counts, or how a derived yes/no is worked out."""
        if isinstance(tree, ast.Compare):
            called = tree.left
            if _is_call(called, "count") and isinstance(called, ast.Call):
                return tuple(self.clause(one, False) for one in called.args)
        if isinstance(tree, ast.Name) and tree.id in self._protocol.derived:
            test = self._protocol.derived[tree.id].test
            if test is not None and self._reading.answer(tree.id) is None:
                return (self.clause(tree_of(test.text), negated),)
        return ()

    def _now(self, tree: ast.expr) -> object | None:
        match tree:
            case ast.Compare(left=left, comparators=[right]):
                return self._value(right if isinstance(left, ast.Constant) else left)
            case ast.Name():
                return self._value(tree)
        return None

    def _value(self, tree: ast.expr) -> object | None:
        reading = self._reading
        match tree:
            case ast.Name(id=name) if name in self._protocol.items:
                return wording.answer_words(self._protocol, reading, name)
            case ast.Name(id="age"):
                return _settled(reading.age())
            case ast.Name(id="grade"):
                return _settled(reading.grade())
            case ast.Name(id="sex"):
                sex = reading.sex()
                return Term(f"rule.sex.{sex}") if sex else None
            case ast.Name(id="side"):
                side = reading.side()
                return Term(f"rule.side_is.{side}") if side else None
            case ast.Attribute(value=ast.Name(id=name), attr=part):
                settled = _settled(reading.side_amount(name, part))
                return None if settled is None else self._amount(tree, settled)
            case ast.Call(args=[ast.Name(id=name)]) if _is_call(tree, "days_since"):
                return _settled(reading.days_since(name))
            case ast.Call() | ast.BinOp():
                try:
                    amount = conditions.parse_amount(ast.unparse(tree), self._vocabulary)
                except ConditionFault:
                    return None  # a function that is true or false; its mark says how it stands
                return _settled(amount.run(reading))
        return None

    # --- words --------------------------------------------------------------------------

    def _words(self, tree: ast.expr, negated: bool) -> Words:
        match tree:
            case ast.Constant(value=bool() as value):
                return Term("rule.never" if negated is value else "rule.always")
            case ast.Name(id=("true" | "false") as name):
                return Term("rule.never" if negated is (name == "true") else "rule.always")
            case ast.Name():
                answer = Term("answer.no" if negated else "answer.yes")
                return Reason("rule.is", {"what": self._subject(tree), "value": answer})
            case ast.Call():
                return self._called(tree, negated)
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                return self._compared(left, op, right, negated)
        return Reason("rule.is", {"what": ast.unparse(tree), "value": Term("answer.yes")})

    def _called(self, tree: ast.Call, negated: bool) -> Words:
        name, argument = _name_of(tree.func), tree.args[0]
        if name == "answered":
            text = "rule.not_answered" if negated else "rule.answered"
            return Reason("rule.is", {"what": self._subject(argument), "value": Term(text)})
        wanted = str(argument.value) if isinstance(argument, ast.Constant) else ""
        label = {
            "flag": f"flag.{wanted}.label",
            "flag_group": f"group.{wanted}.title",
            "fired": f"urgency.{wanted}",
            "pattern": f"pattern.{wanted}.label",
            "leads": f"pattern.{wanted}.label",
        }[name]
        return Reason(f"rule.{'no_' if negated else ''}{name}", {"name": Term(label)})

    def _compared(self, left: ast.expr, op: ast.cmpop, right: ast.expr, negated: bool) -> Words:
        if isinstance(op, ast.In | ast.NotIn):
            return self._contained(left, right, negated is not isinstance(op, ast.NotIn))
        sign = _SIGNS[type(op)]
        if isinstance(left, ast.Constant) or _is_answer(left):
            left, right, sign = right, left, _MIRRORED.get(sign, sign)
        if negated:
            sign = _OPPOSITE[sign]
        if _is_call(left, "count") and isinstance(left, ast.Call):
            limit = Reason(f"rule.{sign}", {"value": self._operand(right, left)})
            return Reason("rule.count", {"limit": limit})
        value: object
        if isinstance(right, ast.Constant) and isinstance(right.value, str):
            value = self._choice(left, right.value)
        elif _is_answer(right):
            value = Term(f"answer.{_name_of(right)}")
        else:
            limit = Reason(f"rule.{sign}", {"value": self._operand(right, left)})
            return Reason("rule.is", {"what": self._subject(left), "value": limit})
        text = "rule.not" if sign == "other_number" else f"rule.choice_{sign}"
        said = value if sign == "exactly" else Reason(text, {"value": value})
        return Reason("rule.is", {"what": self._subject(left), "value": said})

    def _contained(self, left: ast.expr, right: ast.expr, negated: bool) -> Words:
        if isinstance(right, ast.Tuple | ast.List):
            choices = tuple(
                self._choice(left, str(one.value))
                for one in right.elts
                if isinstance(one, ast.Constant)
            )
            held = Reason("rule.neither" if negated else "rule.either", {"values": choices})
            return Reason("rule.is", {"what": self._subject(left), "value": held})
        wanted = str(left.value) if isinstance(left, ast.Constant) else ""
        held = Reason(
            "rule.lacks" if negated else "rule.holds", {"value": self._choice(right, wanted)}
        )
        return Reason("rule.is", {"what": self._subject(right), "value": held})

    def _choice(self, tree: ast.expr, wanted: str) -> Term | Reason:
        name = _name_of(tree)
        if name in ("sex", "side"):
            return Term(f"rule.{'sex' if name == 'sex' else 'side_is'}.{wanted}")
        if wanted in ("yes", "no", "unsure") and self._protocol.items[name].kind is not Kind.CHOICE:
            return Term(f"answer.{wanted}")
        return wording.choice_text(self._protocol.item(name), wanted)

    def _subject(self, tree: ast.expr) -> object:
        match tree:
            case ast.Name(id=("age" | "sex" | "side" | "grade" | "seen_before") as name):
                return Term(f"rule.{name}")
            case ast.Name(id=name):
                return Term(self._protocol.item(name).label)
            case ast.Attribute(value=ast.Name(id=name), attr=part):
                return Reason(f"rule.side.{part}", {"item": Term(self._protocol.item(name).label)})
            case ast.Constant(value=int() | float() as value):
                return float(value)
            case ast.UnaryOp(operand=inner):
                return Reason("rule.negative", {"a": self._subject(inner)})
            case ast.BinOp(left=left, op=op, right=right):
                ends = {"a": self._subject(left), "b": self._subject(right)}
                return Reason(_RECKON[type(op)], ends)
            case ast.Call() if _is_call(tree, "days_since"):
                return Reason("rule.days_since", {"item": self._subject(tree.args[0])})
            case ast.Call() if _is_call(tree, "count"):
                said = tuple(self._words(one, False) for one in tree.args)
                return Reason("rule.how_many", {"items": said})
        return ast.unparse(tree)

    def _operand(self, tree: ast.expr, beside: ast.expr) -> object:
        """What a number is compared with: a fixed one takes the unit of what stands beside it."""
        value = number_of(tree)
        return self._subject(tree) if value is None else self._amount(beside, value)

    def _amount(self, tree: ast.expr, value: float) -> object:
        match tree:
            case ast.Name(id=name) if name in self._protocol.items:
                return wording.quantity(self._protocol.item(name), value)
            case ast.Attribute(value=ast.Name(id=name), attr=part):
                if part == "deficit_pct":
                    return Reason("answer.tight", {"value": value, "unit": "%"})
                return wording.quantity(self._protocol.item(name), value)
        return value


def number_of(tree: ast.expr) -> float | None:
    """The number that a tree is, if it is a plain one."""
    match tree:
        case ast.Constant(value=bool()):
            return None
        case ast.Constant(value=int() | float() as value):
            return float(value)
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as value)):
            return -float(value)
    return None


def _joined(every: bool, parts: list[Clause]) -> Clause:
    words = Term("rule.all" if every else "rule.any")
    flat: list[Clause] = []
    for part in parts:
        flat.extend(part.parts if part.parts and part.words == words else (part,))
    best: Callable[[list[Truth]], Truth] = min if every else max
    return Clause(words, best([part.truth for part in flat]), tuple(flat))


def _settled(span: tuple[float, float, tuple[str, ...]]) -> float | None:
    low, high, _ = span
    return low if low == high else None


def _name_of(tree: ast.expr) -> str:
    return tree.id if isinstance(tree, ast.Name) else ""


def _is_answer(tree: ast.expr) -> bool:
    return _name_of(tree) in ("yes", "no", "unsure")


def _is_call(tree: ast.expr, name: str) -> bool:
    return isinstance(tree, ast.Call) and _name_of(tree.func) == name
