"""Reads the parsed text of a rule into functions, checking every name against a vocabulary."""

import ast
import math
from collections.abc import Callable
from dataclasses import dataclass, field

from clinic_desk.clinical import body_chart, logic
from clinic_desk.clinical.condition_parts import (
    ConditionFault,
    Named,
    Number,
    Part,
    Text,
    Texts,
    Vocabulary,
    Word,
    equals,
    holds,
    marks,
    place,
)
from clinic_desk.clinical.findings import Urgency
from clinic_desk.clinical.logic import Node, Outcome, Range, World
from clinic_desk.clinical.measures import Sex, Side
from clinic_desk.clinical.protocol import Item, Kind

_PARTS = ("left", "right", "affected", "other", "deficit", "deficit_pct")
_YES_NO = (Kind.YES_NO, Kind.YES_NO_UNSURE)
_SEVERAL = (Kind.MANY, Kind.MEDICINES)
_NUMBERS = (Kind.SCALE, Kind.NUMBER, Kind.DURATION, Kind.OUTCOME)
_COMPARE: dict[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
_RECKON: dict[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
}


@dataclass(slots=True)
class Reader:
    """What one condition or expression asks for, while it is read."""

    vocabulary: Vocabulary
    asked: set[str] = field(default_factory=set)

    # --- what a part is used as ---------------------------------------------------------

    def truth(self, tree: ast.expr) -> Node:
        part = self.part(tree)
        if isinstance(part, Node):
            return part
        if isinstance(part, Named) and part.item.kind in _YES_NO:
            name = part.item.id
            return Node(lambda world: world.truth(name), (name,))
        raise ConditionFault(f"`{ast.unparse(tree)}` is neither true nor false; compare it")

    def number(self, tree: ast.expr) -> Number:
        part = self.part(tree)
        if isinstance(part, Number):
            return part
        if isinstance(part, Named):
            name, kind = part.item.id, part.item.kind
            if kind in _NUMBERS:
                return Number(lambda world: world.amount(name), (name,))
            if kind in _YES_NO:
                return Number(logic.counted((lambda world: world.truth(name),)), (name,))
            if kind is Kind.PAIR:
                raise ConditionFault(f"`{name}` has two sides; say {name}.affected, .other, …")
            raise ConditionFault(f"`{name}` is a {kind.value} item, not a number")
        if isinstance(part, Node):
            return Number(logic.counted((part.run,)), part.reads)
        raise ConditionFault(f"`{ast.unparse(tree)}` is not a number")

    # --- reading ------------------------------------------------------------------------

    def part(self, tree: ast.expr) -> Part:
        match tree:
            case ast.BoolOp():
                return self._joined(tree)
            case ast.UnaryOp(op=ast.Not()):
                inner = self.truth(tree.operand)
                return Node(logic.turned(inner.run), inner.reads, "not", (inner,))
            case ast.UnaryOp(op=ast.USub()):
                zero = Number(lambda _world: (0.0, 0.0, ()))
                inner_number = self.number(tree.operand)
                run = logic.reckoned("-", zero.run, inner_number.run)
                return Number(run, inner_number.reads)
            case ast.BinOp() if type(tree.op) in _RECKON:
                left, right = self.number(tree.left), self.number(tree.right)
                if isinstance(tree.op, ast.Div) and _is_zero(tree.right):
                    raise ConditionFault(f"`{ast.unparse(tree)}` divides by 0")
                run = logic.reckoned(_RECKON[type(tree.op)], left.run, right.run)
                return Number(run, logic.unique(left.reads + right.reads))
            case ast.Compare():
                return self._compared(tree)
            case ast.Call():
                return self._called(tree)
            case ast.Attribute(value=ast.Name(id=name)):
                return self._side_of(name, tree.attr)
            case ast.Name():
                return self._name(tree.id)
            case ast.Constant(value=bool() as value):
                return self._constant(value)
            case ast.Constant(value=int() | float() as value):
                if not math.isfinite(value):
                    raise ConditionFault("a number must be finite")
                fixed: Range = (float(value), float(value), ())
                return Number(lambda _world: fixed)
            case ast.Constant(value=str() as text):
                return Text(text)
            case ast.Tuple() | ast.List():
                return self._listed(tree.elts)
        raise ConditionFault(f"`{ast.unparse(tree)}` is not part of the rule language")

    def _constant(self, value: bool) -> Node:
        outcome = logic.TRUE if value else logic.FALSE
        return Node(lambda _world: outcome)

    def _listed(self, trees: list[ast.expr]) -> Texts:
        parts = [self.part(tree) for tree in trees]
        if not all(isinstance(part, Text) for part in parts):
            raise ConditionFault("a list may hold quoted choices only")
        return Texts(tuple(part.text for part in parts if isinstance(part, Text)))

    def _joined(self, tree: ast.BoolOp) -> Node:
        parts = tuple(self.truth(value) for value in tree.values)
        runs = tuple(part.run for part in parts)
        reads = logic.unique(name for part in parts for name in part.reads)
        if isinstance(tree.op, ast.And):
            return Node(logic.both(runs), reads, "and", parts)
        return Node(logic.either(runs), reads, "or", parts)

    def _name(self, name: str) -> Part:
        if name in ("yes", "no", "unsure"):
            return Text(name, bare=True)
        if name in ("true", "false"):
            return self._constant(name == "true")
        if name == "seen_before":
            return Node(lambda world: world.seen_before())
        if name == "age":
            return Number(lambda world: world.age())
        if name == "sex":
            allowed = (Sex.FEMALE.value, Sex.MALE.value)
            return Word("sex", lambda world: (world.sex(), ()), allowed)
        if name == "side":
            return Word("side", lambda world: (world.side(), ()), tuple(Side))
        if name == "grade":
            if not self.vocabulary.grades:
                raise ConditionFault("`grade` needs a [grade] table in the file")
            self.asked.add("grade")
            return Number(lambda world: world.grade())
        if name in ("not_testable", "not_asked"):
            raise ConditionFault(
                f"`{name}` is unknown in every condition and cannot be compared; use answered(item)"
            )
        return Named(self._item(name))

    def _item(self, name: str) -> Item:
        if name not in self.vocabulary.items:
            raise ConditionFault(f"unknown item `{name}`")
        return self.vocabulary.items[name]

    def _side_of(self, name: str, part: str) -> Number:
        item = self._item(name)
        if item.kind is not Kind.PAIR:
            raise ConditionFault(f"`{name}` is not a left/right pair and has no .{part}")
        if part not in _PARTS:
            raise ConditionFault(f"`{name}.{part}`: a pair has " + ", ".join(_PARTS))
        return Number(lambda world: world.side_amount(name, part), (name,))

    # --- comparing ----------------------------------------------------------------------

    def _compared(self, tree: ast.Compare) -> Node:
        sides = [tree.left, *tree.comparators]
        nodes = [
            self._pair_compared(left, op, right)
            for left, op, right in zip(sides, tree.ops, tree.comparators, strict=False)
        ]
        if len(nodes) == 1:
            return nodes[0]
        reads = logic.unique(name for node in nodes for name in node.reads)
        return Node(logic.both(tuple(node.run for node in nodes)), reads)

    def _pair_compared(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> Node:
        if isinstance(op, ast.In | ast.NotIn):
            node = self._contained(left, right)
            if isinstance(op, ast.In):
                return node
            return Node(logic.turned(node.run), node.reads, "not", (node,))
        if type(op) not in _COMPARE:
            raise ConditionFault("only == != < <= > >= and in can compare")
        sign = _COMPARE[type(op)]
        first, second = self.part(left), self.part(right)
        if isinstance(first, Text) and not isinstance(second, Text):
            flipped = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
            return self._word_compared(second, flipped.get(sign, sign), first, right)
        if isinstance(second, Text):
            return self._word_compared(first, sign, second, left)
        low, high = self.number(left), self.number(right)
        run = logic.compared(sign, low.run, high.run)
        return Node(run, logic.unique(low.reads + high.reads))

    def _word_compared(self, part: Part, sign: str, text: Text, tree: ast.expr) -> Node:
        if isinstance(part, Named) and part.item.kind in _YES_NO:
            return self._yes_compared(part.item, sign, text)
        word = self._word(part, tree)
        if text.text not in word.allowed:
            known = ", ".join(word.allowed)
            raise ConditionFault(f'`{word.shown}` has no choice "{text.text}" (it has: {known})')
        if sign in ("==", "!="):
            node = Node(equals(word.get, text.text), word.reads)
            if sign == "==":
                return node
            return Node(logic.turned(node.run), node.reads, "not", (node,))
        if not word.ordered:
            raise ConditionFault(f"the choices of `{word.shown}` are not declared as ordered")
        wanted = float(word.allowed.index(text.text))
        return Node(
            logic.compared(sign, place(word), lambda _world: (wanted, wanted, ())), word.reads
        )

    def _word(self, part: Part, tree: ast.expr) -> Word:
        if isinstance(part, Word):
            return part
        if isinstance(part, Named):
            item = part.item
            if item.kind is Kind.CHOICE:
                name = item.id
                allowed = tuple(choice.id for choice in item.choices)
                return Word(name, lambda world: world.chosen(name), allowed, item.ordered, (name,))
            if item.kind in (*_SEVERAL, Kind.BODY_CHART):
                raise ConditionFault(f'`{item.id}` holds several choices; say "…" in {item.id}')
            raise ConditionFault(f"`{item.id}` is a {item.kind.value} item, not a choice")
        raise ConditionFault(f"`{ast.unparse(tree)}` cannot be compared with a text")

    def _yes_compared(self, item: Item, sign: str, text: Text) -> Node:
        name = item.id
        if sign not in ("==", "!="):
            raise ConditionFault(f"`{name}` is yes or no; it has no order")
        if text.text == "unsure" and item.kind is Kind.YES_NO:
            raise ConditionFault(f"`{name}` cannot be answered unsure")
        if text.text not in ("yes", "no", "unsure"):
            raise ConditionFault(f'`{name}` is yes or no, not "{text.text}"')
        yes = Node(lambda world: world.truth(name), (name,))
        node = yes
        if text.text == "no":
            node = Node(logic.turned(yes.run), (name,), "not", (yes,))
        elif text.text == "unsure":
            node = Node(lambda world: world.is_unsure(name), (name,))
        if sign == "==":
            return node
        return Node(logic.turned(node.run), (name,), "not", (node,))

    def _contained(self, left: ast.expr, right: ast.expr) -> Node:
        first, second = self.part(left), self.part(right)
        if isinstance(second, Texts):
            nodes = tuple(
                self._word_compared(first, "==", Text(text), left) for text in second.texts
            )
            if not nodes:
                raise ConditionFault("the list is empty")
            return Node(logic.either(tuple(node.run for node in nodes)), nodes[0].reads)
        if not isinstance(first, Text):
            raise ConditionFault(f"`{ast.unparse(left)}` must be a quoted choice before `in`")
        if isinstance(second, Named) and second.item.kind is Kind.BODY_CHART:
            if body_chart.wanted(first.text) is None:
                raise ConditionFault(
                    f'`{second.item.id}` has no "{first.text}"; say a region, as "calf_back", '
                    'with a type, as "calf_back:numbness", or "anywhere:numbness"'
                )
            return Node(marks(second.item.id, first.text), (second.item.id,))
        if not (isinstance(second, Named) and second.item.kind in _SEVERAL):
            raise ConditionFault(f"`{ast.unparse(right)}` is not an item with several choices")
        item, wanted = second.item, first.text
        if item.choice(wanted) is None:
            known = ", ".join(choice.id for choice in item.choices)
            raise ConditionFault(f'`{item.id}` has no choice "{wanted}" (it has: {known})')
        return Node(holds(item.id, wanted), (item.id,))

    # --- functions ----------------------------------------------------------------------

    def _called(self, tree: ast.Call) -> Node | Number:
        if isinstance(tree.func, ast.Name) and tree.func.id == "mean":
            return self._mean(tree)
        if not isinstance(tree.func, ast.Name) or tree.keywords:
            raise ConditionFault(f"`{ast.unparse(tree)}` is not part of the rule language")
        name = tree.func.id
        if name == "count":
            nodes = [self.truth(argument) for argument in tree.args]
            if not nodes:
                raise ConditionFault("count() needs something to count")
            reads = logic.unique(read for node in nodes for read in node.reads)
            return Number(logic.counted(tuple(node.run for node in nodes)), reads)
        if len(tree.args) != 1:
            raise ConditionFault(f"{name}() takes one thing")
        if name in ("answered", "days_since"):
            return self._of_item(name, tree.args[0])
        return self._of_findings(name, tree.args[0])

    def _mean(self, tree: ast.Call) -> Number:
        named = [self.part(argument) for argument in tree.args]
        items = [part.item for part in named if isinstance(part, Named)]
        if len(items) != len(tree.args) or any(item.kind not in _NUMBERS for item in items):
            raise ConditionFault("mean() takes the names of items that are numbers")
        least: object = len(items)
        for keyword in tree.keywords:
            if keyword.arg != "least" or not isinstance(keyword.value, ast.Constant):
                raise ConditionFault("mean() is written mean(a, b, c, least = 2)")
            least = keyword.value.value
        if type(least) is not int or not 1 <= least <= len(items):
            raise ConditionFault(f"`least` is a whole number from 1 to {len(items)}")
        names = logic.unique(item.id for item in items)
        if len(names) != len(items):
            raise ConditionFault("mean() takes each item once")
        parts = tuple((name, self.number(tree.args[place]).run) for place, name in enumerate(names))
        return Number(logic.averaged(parts, least), names)

    def _of_item(self, name: str, tree: ast.expr) -> Node | Number:
        part = self.part(tree)
        if not isinstance(part, Named):
            raise ConditionFault(f"{name}() takes the name of an item")
        item = part.item
        if name == "answered":
            return Node(lambda world: world.answered(item.id), (item.id,))
        if item.kind is not Kind.DATE:
            raise ConditionFault(f"`{item.id}` is not a date")
        return Number(lambda world: world.days_since(item.id), (item.id,))

    def _of_findings(self, name: str, tree: ast.expr) -> Node:
        known: dict[str, tuple[frozenset[str], Callable[[World, str], Outcome]]] = {
            "flag": (self.vocabulary.flags, lambda world, wanted: world.flag(wanted)),
            "flag_group": (self.vocabulary.groups, lambda world, wanted: world.flag_group(wanted)),
            "fired": (frozenset(Urgency), lambda world, wanted: world.fired(wanted)),
            "pattern": (self.vocabulary.patterns, lambda world, wanted: world.pattern(wanted)),
            "leads": (self.vocabulary.patterns, lambda world, wanted: world.leads(wanted)),
        }
        if name not in known:
            raise ConditionFault(f"unknown function `{name}`")
        if not (isinstance(tree, ast.Constant) and isinstance(tree.value, str)):
            raise ConditionFault(f'{name}() takes a name in quotes: {name}("…")')
        wanted = tree.value
        names, ask = known[name]
        if wanted not in names:
            kind = {"flag_group": "group", "leads": "pattern"}.get(name, name)
            raise ConditionFault(f'{name}("{wanted}"): there is no such {kind}')
        self.asked.add(f"{name}:{wanted}")
        return Node(lambda world: ask(world, wanted))


def _is_zero(tree: ast.expr) -> bool:
    return isinstance(tree, ast.Constant) and tree.value == 0
