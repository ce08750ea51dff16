"""Whether what a rule adds or compares is of one dimension: no ratio beside °C, no cm beside days.

A unit is the powers of what it is made of: m/s is one metre and minus one second. Multiplying and
dividing make new ones; a ratio of like things has none left. A bare number may stand beside any.
Nothing is converted inside a rule, so that cm and mm are as different as cm and kg.
"""

import ast
import difflib
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from clinic_desk.clinical import units
from clinic_desk.clinical.protocol import Item, Kind, Protocol
from clinic_desk.library.protocol_file import ProtocolTable
from clinic_desk.library.toml_file import Fault, TomlFile, Trail

Unit = frozenset[tuple[str, int]]  # what it is made of, with its powers
"""A dimension; None stands for a bare number, which takes any."""

_NONE: Unit = frozenset()
_DAYS = "d"
_YEARS = "years"
_MEASURED = (Kind.NUMBER, Kind.PAIR, Kind.DURATION)
_COUNTED = (Kind.SCALE, Kind.OUTCOME, Kind.YES_NO, Kind.YES_NO_UNSURE)


def mixed(
    file: TomlFile, protocol: Protocol, texts: Iterable[tuple[Trail, str]]
) -> Iterator[Fault]:
    """What a condition or an expression adds or compares that cannot stand together."""
    for trail, text in texts:
        for node in ast.walk(_tree(text)):
            for left, right in _beside(node):
                one, other = of(protocol, left), of(protocol, right)
                if not _alike(one, other):
                    said = f"`{ast.unparse(left)}` {_words(one)}, `{ast.unparse(right)}`"
                    yield file.fault(trail, f"units differ: {said} {_words(other)}")


def misnamed(file: TomlFile, table: ProtocolTable, protocol: Protocol) -> Iterator[Fault]:
    """Derived values and scores that name another unit than the one they come out in."""
    for place, derived in enumerate(table.derived):
        if derived.kind == "number":
            trail = ("derived", place, "unit" if derived.unit else "value")
            yield from _misnamed(file, trail, of(protocol, _tree(derived.value)), derived.unit)
    for place, score in enumerate(table.score):
        trail = ("score", place, "unit" if score.unit else "value")
        yield from _misnamed(file, trail, of(protocol, _tree(score.value)), score.unit)


def misspelt(file: TomlFile, table: ProtocolTable) -> Iterator[Fault]:
    """Units that are nearly one that values can be given in, and would be converted to none."""
    for place, step in enumerate(table.step):
        for part, section in enumerate(step.section):
            for number, item in enumerate(section.item):
                trail: Trail = ("step", place, "section", part, "item", number, "unit")
                yield from _misspelt(file, trail, item.unit)
    for place, derived in enumerate(table.derived):
        yield from _misspelt(file, ("derived", place, "unit"), derived.unit)


def _misspelt(file: TomlFile, trail: Trail, unit: str) -> Iterator[Fault]:
    if not unit or unit in units.KNOWN:
        return
    plain = {known.casefold(): known for known in units.KNOWN}
    meant = units.WRITTEN_OUT.get(unit) or plain.get(unit.casefold())
    if meant is None and unit.isalpha():
        meant = next(iter(difflib.get_close_matches(unit, sorted(units.KNOWN), 1, 0.8)), None)
    if meant is not None:
        yield file.fault(trail, f"unknown unit `{unit}`; say `{meant}`")


def _misnamed(file: TomlFile, trail: Trail, made: Unit | None, named: str) -> Iterator[Fault]:
    """Products are left alone: a constant in them may well turn N·cm into Nm."""
    if made is None or not _single(made):
        return
    if not _alike(made, _parsed(named)):
        said = f"in {named}" if named else "without a unit"
        yield file.fault(trail, f"units differ: it is said {said}, but {_words(made)}")


def _tree(text: str) -> ast.expr:
    return ast.parse(" ".join(text.split()), mode="eval").body


def _beside(node: ast.AST) -> Iterator[tuple[ast.expr, ast.expr]]:
    """What must be of one dimension: the parts of a sum, of a comparison, of a mean."""
    match node:
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub(), right=right):
            yield left, right
        case ast.Compare(left=left, comparators=others):
            yield from itertools.pairwise([left, *others])
        case ast.Call(func=ast.Name(id="mean"), args=parts):
            yield from itertools.pairwise(parts)


def of(protocol: Protocol, tree: ast.expr) -> Unit | None:
    """The dimension of an expression; None for a bare number, a text or a truth."""
    match tree:
        case ast.Name(id="age"):
            return _parsed(_YEARS)
        case ast.Name(id=name) if name in protocol.items:
            return _of_item(protocol.items[name])
        case ast.Attribute(value=ast.Name(id=name), attr=part) if name in protocol.items:
            return _parsed("%") if part == "deficit_pct" else _of_item(protocol.items[name])
        case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=inner):
            return of(protocol, inner)
        case ast.BinOp(left=left, op=op, right=right):
            return _reckoned(op, of(protocol, left), of(protocol, right))
        case ast.Call(func=ast.Name(id="days_since")):
            return _parsed(_DAYS)
        case ast.Call(func=ast.Name(id="count")):
            return _NONE
        case ast.Call(func=ast.Name(id="mean"), args=parts):
            known = [unit for part in parts if (unit := of(protocol, part)) is not None]
            return known[0] if known else None
    return None


def _reckoned(op: ast.operator, left: Unit | None, right: Unit | None) -> Unit | None:
    if isinstance(op, ast.Add | ast.Sub):
        return right if left is None else left
    if left is None and right is None:
        return None
    sign = -1 if isinstance(op, ast.Div) else 1
    powers = Counter(dict(left or _NONE))
    for name, power in right or _NONE:
        powers[name] += sign * power
    return _unit(powers)


def _of_item(item: Item) -> Unit | None:
    if item.kind in _MEASURED:
        return _parsed(item.unit)
    return _NONE if item.kind in _COUNTED else None


def _parsed(unit: str) -> Unit:
    """ "m/s", "/min", "%"; what is no quotient is taken as one name."""
    over, *under = unit.split("/")
    powers = Counter({over: 1} if over else {})
    for name in under:
        powers[name] -= 1
    return _unit(powers)


def _unit(powers: Mapping[str, int]) -> Unit:
    return frozenset((name, power) for name, power in powers.items() if power)


def _single(unit: Unit) -> bool:
    return not unit or (len(unit) == 1 and all(power == 1 for _, power in unit))


def _alike(one: Unit | None, other: Unit | None) -> bool:
    """A share may be said in % or as a plain number."""
    if one is None or other is None or one == other:
        return True
    return {one, other} <= {_NONE, _parsed("%")}


def _words(unit: Unit | None) -> str:
    if not unit:
        return "has no unit"
    over = [_power(name, power) for name, power in sorted(unit) if power > 0]
    under = [_power(name, -power) for name, power in sorted(unit) if power < 0]
    return f"is in {'·'.join(over)}{''.join(f'/{one}' for one in under)}"


def _power(name: str, power: int) -> str:
    return name if power == 1 else f"{name}^{power}"
