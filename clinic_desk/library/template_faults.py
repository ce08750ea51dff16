"""What is wrong with a letter template, in the words of whoever writes one."""

import re
from collections.abc import Mapping

SHOWN = 60  # characters of what was written that a fault repeats

# A sign that no page can show, or that turns the words around it: control characters, halves of
# a pair, what overrides the direction of writing.
_STRANGE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202d\u202e\ud800-\udfff]")

_NODES: Mapping[str, str] = {
    "getattr": "a dot behind a field",
    "getitem": "a bracket behind a field",
    "call": "a round bracket behind a name",
    "condexpr": "an “if” inside the braces",
    "concat": "“~”",
    "test": "“is”",
    "slice": "a part of a list",
    "list": "a list",
    "tuple": "a list",
    "dict": "a table",
    "callblock": "“call”",
    "filterblock": "“filter”",
    "fromimport": "“from”",
    "assign": "“set”",
    "assignblock": "“set”",
}
_RECKONING = frozenset({"add", "sub", "mul", "div", "floordiv", "mod", "pow", "neg", "pos"})

_UNKNOWN_TAG = re.compile(r"Encountered unknown tag '([^']*)'")
_NEVER_CLOSED = re.compile(r"innermost block that needs to be closed is '([^']*)'")
_EXPECTED = re.compile(r"expected token '([^']*)', got '?([^']*)'?", re.DOTALL)
_CHAR = re.compile(r"unexpected char (.{1,12}) at")
_FIXED: Mapping[str, str] = {
    "Missing end of comment tag": "a comment “{#” is never closed with “#}”.",
    "Missing end of raw directive": "a “raw” is never closed with “endraw”.",
    "tag name expected": "a tag “{%” has no name.",
}
_ENDS: Mapping[str, str] = {
    "end of print statement": "}}",
    "end of statement block": "%}",
    "end of template": "the end",
}


def strange(text: str) -> tuple[int, str] | None:
    """The line of the first sign that no letter may hold, and the reason; None without one."""
    found = _STRANGE.search(text)
    if found is None:
        return None
    line = text.count("\n", 0, found.start()) + 1
    return line, f"a sign stands here that cannot be printed (U+{ord(found[0]):04X}); delete it."


def clipped(text: str) -> str:
    """What was written, short enough to be repeated."""
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


def node(name: str) -> str:
    """Why a piece of a template is not allowed; `name` is that of its class."""
    name = name.lower()
    what = "reckoning" if name in _RECKONING else _NODES.get(name, f"“{name}”")
    return f"{what} is not allowed in a letter."


def syntax(message: str) -> str:
    """What the reader of templates says, without its own names for things."""
    if message in _FIXED:
        return _FIXED[message]
    if unknown := _UNKNOWN_TAG.search(message):
        return f"there is no tag “{clipped(unknown[1])}” that can stand here."
    if closed := _NEVER_CLOSED.search(message):
        return f"this “{closed[1]}” is never closed; “end{closed[1]}” is missing."
    if expected := _EXPECTED.search(message):
        wanted, got = (_ENDS.get(one, one) for one in expected.groups())
        return f"“{wanted}” is expected here, not “{clipped(got)}”."
    if char := _CHAR.search(message):
        return f"the sign {char[1]} cannot stand here."
    if message.startswith("Expected an expression"):
        return "a field is missing between the braces."
    return f"{clipped(message.split(' Jinja ')[0]).rstrip('.')}."
