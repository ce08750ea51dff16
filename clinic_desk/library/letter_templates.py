"""The language of letter templates: text, fields, `if`, one level of `for`, listed filters.

Jinja2 reads a template; every node of its tree is then held against a whitelist, with the types
of the fields, before it is ever compiled. What is filled in is text, a number, a day or a list of
texts, and is never read as a template. Size, depth, loops and time have limits, so that no
template can do more than write a short text.
"""

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from clinic_desk.errors import LibraryInvalid
from clinic_desk.library import template_faults
from clinic_desk.library.letter_fields import (
    DAY,
    FIELDS,
    FLAG,
    LIST,
    NUMBER,
    TEXT,
    Value,
    empty,
    in_english,
)

if TYPE_CHECKING:
    from jinja2 import Environment, Template, nodes

MAX_OUTPUT = 200_000  # bytes of one filled part
MAX_TEMPLATE = 20_000  # characters of one template
MAX_DEPTH = 32  # of the tree: no letter nests deeper, and Python cannot compile much deeper
MAX_TAGS = 400  # fields, conditions and loops of one template
MAX_NUMBER = 1_000_000
MAX_LIST = 2_000  # entries of one list
MAX_SECONDS = 1.0

# a line that holds only tags leaves nothing behind, not even its break
_TAG_LINE = re.compile(r"^[ \t]*((?:\{%[^%]*%\}[ \t]*)+)\n", re.MULTILINE)
_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_AIR = re.compile(r"[^\S\u00a0\u202f]+")  # but not what keeps a mark with its word
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class TemplateRefused(LibraryInvalid):
    """A template breaks the language; `key` is its field, `line` its line there or in the file."""

    def __init__(self, file: str, line: int, key: str, reason: str) -> None:
        where = f"{file}, line {line}" if file else f"Line {line}"
        super().__init__(f"{where}, {key}: {reason}" if key else f"{where}: {reason}")
        self.line, self.key, self.reason = line, key, reason


def day(when: date | None, language: str = "en") -> str:
    """A day as the language writes it: "03 Feb 2026", "3 février 2026"; empty for none."""
    if when is None:
        return ""
    if language == "en":
        return f"{when.day:02} {_MONTHS[when.month - 1]} {when.year:04}"
    from babel.dates import format_date  # an English letter never needs it

    return format_date(when, "long", locale=language)


# Filters


def _plural(count: object, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _spelled(count: object, one: str, many: str) -> str:
    names = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    number = names[count] if isinstance(count, int) and 0 <= count < len(names) else str(count)
    return f"{number} {one if count == 1 else many}"


def _listed(parts: Sequence[str], last: str = "and") -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


FILTERS: Mapping[str, Callable[..., str]] = {
    "plural": _plural,  # {{ asked|plural("question", "questions") }}
    "spelled": _spelled,  # "four visits"
    "listed": _listed,  # "a, b and c"
    "comma": lambda parts: ", ".join(parts),
    "semicolons": lambda parts: "; ".join(parts),  # for parts that hold commas themselves
    "sentences": lambda parts: " ".join(parts),
    "capital": _capital,
    "upper": lambda text: str(text).upper(),
}

FILTER_TAKES: Mapping[str, str] = {
    "plural": NUMBER,
    "spelled": NUMBER,
    "listed": LIST,
    "comma": LIST,
    "semicolons": LIST,
    "sentences": LIST,
    "capital": TEXT,
    "upper": TEXT,
}

_ARGUMENTS: Mapping[str, tuple[int, int]] = {"plural": (2, 2), "spelled": (2, 2), "listed": (0, 1)}
_ORDER = frozenset({"gt", "gteq", "lt", "lteq"})
_SAME = frozenset({"eq", "ne"})


_MARKS: Mapping[str, tuple[str, str]] = {"ar": ("، ", "؛ "), "fr": (", ", "\u202f; ")}
"""The comma and the semicolon of a language that writes them otherwise than English."""


@cache
def _environment(language: str = "en") -> "Environment":
    # Jinja2 is heavy and no window needs it before a letter is written
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    def shown(value: object) -> object:
        """A day in the language; nothing for none."""
        if value is None:
            return ""
        return day(value, language) if isinstance(value, date) else value

    # letters are plain text: the page draws it as text, so escaping would show on paper
    made = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, autoescape=False, finalize=shown
    )
    made.globals.clear()
    made.tests.clear()
    made.filters.clear()
    made.filters.update(FILTERS)
    if language in _MARKS:
        comma, semicolon = _MARKS[language]
        made.filters.update({"comma": comma.join, "semicolons": semicolon.join})
    return made


@lru_cache(maxsize=512)
def _compiled(text: str, language: str) -> "Template":
    check(text, "", "")
    return _environment(language).from_string(_TAG_LINE.sub(r"\1", text))


def fill(template: str, values: Mapping[str, Value], name: str, language: str = "en") -> str:
    """A template in words. Raises LibraryInvalid where it grows past its limits."""
    held = {**empty(), **values}
    for field, value in held.items():
        if isinstance(value, Sequence) and not isinstance(value, str) and len(value) > MAX_LIST:
            raise LibraryInvalid(f"“{field}” has more than {MAX_LIST} entries.")
    parts: list[str] = []
    size, until = 0, time.monotonic() + MAX_SECONDS
    for piece in _compiled(template, language).generate(held):
        size += len(piece.encode("utf-8", "replace"))
        if size > MAX_OUTPUT:
            raise LibraryInvalid(f"The letter part “{name}” grows past {MAX_OUTPUT // 1000} kB.")
        if time.monotonic() > until:
            raise LibraryInvalid(f"The letter part “{name}” takes too long.")
        parts.append(piece)
    return tidy("".join(parts))


def tidy(text: str) -> str:
    """Filled text as paragraphs, one a line: a break is a space, an empty line a new paragraph."""
    paragraphs = (_AIR.sub(" ", part).strip() for part in _PARAGRAPH.split(text))
    return "\n".join(part for part in paragraphs if part)


# The whitelist


def check(text: str, file: str, key: str, first_line: int = 1) -> None:
    """Hold a template against the whitelist. Raises TemplateRefused with file, line and field."""
    _tree(text, lambda line, reason: TemplateRefused(file, first_line + line - 1, key, reason))


def written(text: str) -> frozenset[str]:
    """The fields that a template writes out, in whichever case. Raises TemplateRefused."""
    from jinja2 import nodes  # as above

    tree = _tree(text, lambda line, reason: TemplateRefused("", line, "", reason))
    found: set[str] = {loop.iter.name for loop in tree.find_all(nodes.For)}  # type: ignore[attr-defined]
    for output in tree.find_all(nodes.Output):
        for piece in output.nodes:
            named = [piece] if isinstance(piece, nodes.Name) else piece.find_all(nodes.Name)
            found.update(one.name for one in named if one.name in FIELDS)
    return frozenset(found)


def speaks_english(text: str) -> bool:
    """Whether a template writes out words of the record, which are English."""
    return any(in_english(name) for name in written(text))


Refuse = Callable[[int, str], TemplateRefused]


def _tree(text: str, refuse: Refuse) -> "nodes.Template":
    from jinja2 import TemplateSyntaxError  # as above

    if len(text) > MAX_TEMPLATE:
        raise refuse(1, f"the template is longer than {MAX_TEMPLATE} characters.")
    if text.count("{{") + text.count("{%") > MAX_TAGS:
        raise refuse(1, f"the template has more than {MAX_TAGS} fields and tags.")
    if strange := template_faults.strange(text):
        raise refuse(*strange)
    try:
        tree = _environment().parse(text)
    except TemplateSyntaxError as error:
        raise refuse(error.lineno, template_faults.syntax(error.message or "")) from error
    except RecursionError as error:
        raise refuse(1, "the template is nested too deeply.") from error
    except ValueError as error:  # a number with more digits than Python reads
        raise refuse(1, "a number is too large.") from error
    _Whitelist(refuse).walk(tree, frozenset(), 0)
    return tree


class _Whitelist:
    """One walk through a tree; anything that is not named here is refused."""

    def __init__(self, refuse: Refuse) -> None:
        from jinja2 import nodes  # as above

        self._refuse = refuse
        self._nodes = nodes
        self._allowed = (
            nodes.Template,
            nodes.Output,
            nodes.TemplateData,
            nodes.If,
            nodes.For,
            nodes.Name,
            nodes.Filter,
            nodes.Const,
            nodes.Not,
            nodes.And,
            nodes.Or,
            nodes.Compare,
            nodes.Operand,
        )

    def walk(self, node: "nodes.Node", loop: frozenset[str], depth: int) -> None:
        line = node.lineno or 1
        if depth > MAX_DEPTH:
            raise self._refuse(line, "the template is nested too deeply.")
        if not isinstance(node, self._allowed):
            raise self._refuse(line, template_faults.node(type(node).__name__))
        for reason in self._wrong(node, loop):
            raise self._refuse(line, reason)
        if isinstance(node, self._nodes.For):
            for inner in node.body:
                self.walk(inner, frozenset({node.target.name}), depth + 1)  # type: ignore[attr-defined]
            return
        for child in node.iter_child_nodes():
            self.walk(child, loop, depth + 1)

    def _wrong(self, node: "nodes.Node", loop: frozenset[str]) -> Iterator[str]:
        nodes = self._nodes
        if isinstance(node, nodes.Name) and node.name not in loop and node.name not in FIELDS:
            yield f"there is no field “{template_faults.clipped(node.name)}”."
        elif isinstance(node, nodes.Const):
            yield from self._constant(node.value)
        elif isinstance(node, nodes.Filter):
            yield from self._filter(node, loop)
        elif isinstance(node, nodes.Output):
            yield from self._output(node, loop)
        elif isinstance(node, nodes.Compare):
            yield from self._compare(node, loop)
        elif isinstance(node, nodes.If) and (
            isinstance(node.test, nodes.Filter) or node.test.find(nodes.Filter)
        ):
            # the limit of time looks at what is written, and a condition writes nothing
            yield "a condition names its fields without a filter."
        elif isinstance(node, nodes.For):
            yield from self._loop(node, loop)

    def _constant(self, value: object) -> Iterator[str]:
        if isinstance(value, bool):
            yield "only texts and numbers can be written down."
        elif isinstance(value, int | float) and not -MAX_NUMBER <= value <= MAX_NUMBER:
            yield "a number is too large."
        elif not isinstance(value, str | int | float):
            yield "only texts and numbers can be written down."
        elif isinstance(value, str) and (strange := template_faults.strange(value)):
            yield strange[1]  # written as an escape, such as "\\ud800"

    def _kind(self, node: object, loop: frozenset[str]) -> str:
        """What a node gives: a field's kind, or that of a text or number that stands there."""
        nodes = self._nodes
        if isinstance(node, nodes.Name):
            return TEXT if node.name in loop else FIELDS.get(node.name, TEXT)
        if isinstance(node, nodes.Filter):
            return TEXT
        if isinstance(node, nodes.Const):
            return TEXT if isinstance(node.value, str) else NUMBER
        return FLAG

    def _output(self, node: "nodes.Output", loop: frozenset[str]) -> Iterator[str]:
        nodes = self._nodes
        for piece in node.nodes:
            if isinstance(piece, nodes.TemplateData):
                continue
            if not isinstance(piece, nodes.Name | nodes.Filter | nodes.Const):
                if isinstance(piece, self._allowed):
                    yield "only a field, with filters, can be written."
            elif self._kind(piece, loop) in (LIST, FLAG):
                yield f"“{getattr(piece, 'name', '')}” cannot be written as it is."

    def _filter(self, node: "nodes.Filter", loop: frozenset[str]) -> Iterator[str]:
        if node.name not in FILTERS:
            yield f"there is no filter “{template_faults.clipped(node.name)}”."
            return
        kind, takes = self._kind(node.node, loop), FILTER_TAKES[node.name]
        if kind != takes:
            what = getattr(node.node, "name", "this")
            yield f"“{what}” is a {kind}; the filter “{node.name}” takes a {takes}."
        given = [getattr(one, "value", None) for one in node.args]
        least, most = _ARGUMENTS.get(node.name, (0, 0))
        plain = all(isinstance(one, str) for one in given) and not node.kwargs
        if not plain or node.dyn_args or node.dyn_kwargs:
            yield f"the filter “{node.name}” takes only plain texts."
        elif not least <= len(given) <= most:
            yield f"the filter “{node.name}” takes {most or 'no'} texts."

    def _compare(self, node: "nodes.Compare", loop: frozenset[str]) -> Iterator[str]:
        kinds = {self._kind(node.expr, loop)}
        for one in node.ops:
            kinds.add(self._kind(one.expr, loop))
            if one.op not in _ORDER | _SAME:
                yield f"the comparison “{one.op}” is not allowed in a letter."
            elif one.op in _ORDER and kinds != {NUMBER}:
                yield "only numbers are more or less than another."
        if kinds & {LIST, DAY}:
            yield "a list or a day cannot be compared."

    def _loop(self, node: "nodes.For", loop: frozenset[str]) -> Iterator[str]:
        nodes = self._nodes
        source, target = node.iter, node.target
        if loop:
            yield "a loop inside a loop is not allowed."
        elif not isinstance(source, nodes.Name) or FIELDS.get(source.name) != LIST:
            yield "a loop goes over a list field only."
        elif not isinstance(target, nodes.Name) or target.name in FIELDS or target.name == "loop":
            yield "a loop needs one plain name of its own."
        elif node.test is not None or node.recursive or node.else_:
            yield "a loop has no condition, no else and no recursion."
