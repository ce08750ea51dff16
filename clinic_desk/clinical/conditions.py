"""The rule language: reads a condition's text once, against a whitelist, into functions.

Nothing is ever evaluated as Python. Every name, choice and comparison is checked against the
declared items while reading, so that a rule which loads can be run without surprises.
"""

import ast
import re

from clinic_desk.clinical.condition_parts import ConditionFault, Vocabulary
from clinic_desk.clinical.condition_reader import Reader
from clinic_desk.clinical.logic import Amount, Condition
from clinic_desk.clinical.protocol import Protocol

RESERVED = frozenset(
    {"yes", "no", "unsure", "true", "false", "age", "sex", "side", "grade", "not_asked"}
    | {
        "seen_before",
        "not_testable",
        "answered",
        "count",
        "flag",
        "flag_group",
        "fired",
        "pattern",
        "leads",
    }
    | {"days_since", "mean"}
    | {"and", "or", "not", "in", "is", "if", "else", "for", "None", "True", "False"}
)
_LONGEST = 4000  # characters; a longer rule is none that a person can check
_DEEPEST = 60  # of what stands in what


def _tree(text: str) -> ast.expr:
    if len(text) > _LONGEST:
        raise ConditionFault(f"a condition has at most {_LONGEST} characters")
    if "#" in _QUOTED.sub("", text):
        raise ConditionFault("`#` begins no comment inside a rule; put it on a line of its own")
    try:
        tree = ast.parse(" ".join(text.split()), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        reason = error.msg if isinstance(error, SyntaxError) else "it cannot be read"
        raise ConditionFault(f"`{text}`: {reason}") from error
    if _deeper_than(tree, _DEEPEST):
        raise ConditionFault("the condition is nested too deeply")
    return tree


_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


def _deeper_than(tree: ast.expr, most: int) -> bool:
    """Whether parts stand in parts more often than that; looked at without going down itself."""
    level: list[ast.AST] = [tree]
    for _ in range(most):
        level = [inner for part in level for inner in ast.iter_child_nodes(part)]
        if not level:
            return False
    return True


def vocabulary(protocol: Protocol) -> Vocabulary:
    """The names of a protocol, for conditions that stand outside its file: a program's criteria."""
    return Vocabulary(
        items=protocol.items,
        flags=frozenset(protocol.flags),
        groups=frozenset(protocol.groups),
        patterns=frozenset(protocol.patterns),
        grades=protocol.grade.highest if protocol.grade else 0,
    )


def parse(text: str, vocabulary: Vocabulary) -> Condition:
    """Read a yes/no condition; ConditionFault says what is wrong with it."""
    reader = Reader(vocabulary)
    try:
        node = reader.truth(_tree(text))
    except RecursionError as error:
        raise ConditionFault("the condition is nested too deeply") from error
    return Condition(text, node, frozenset(reader.asked))


def parse_amount(text: str, vocabulary: Vocabulary) -> Amount:
    """Read a numeric expression; ConditionFault says what is wrong with it."""
    reader = Reader(vocabulary)
    try:
        number = reader.number(_tree(text))
    except RecursionError as error:
        raise ConditionFault("the expression is nested too deeply") from error
    return Amount(text, number.run, number.reads, frozenset(reader.asked))
