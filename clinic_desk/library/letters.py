"""Letter kinds: one TOML file a kind in `resources/letters/`, its parts written as small templates.

A template is read by Jinja2, held against a whitelist and then filled in a sandbox with plain
text, numbers and lists of text. It can reach nothing else.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from clinic_desk import paths
from clinic_desk.errors import LibraryInvalid

if TYPE_CHECKING:
    from jinja2 import Environment, Template, nodes

Value = str | int | bool | Sequence[str]

MAX_OUTPUT = 200_000  # bytes of one filled part
MAX_TEMPLATE = 20_000  # characters of one template

TEXT, NUMBER, FLAG, LIST = "text", "number", "flag", "list"

FIELDS: Mapping[str, str] = {
    # who and what
    "patient": TEXT,
    "given_name": TEXT,
    "complaint": TEXT,  # "left hamstring strain"
    "side": TEXT,
    "today": TEXT,
    "day": TEXT,  # "day 13", or empty
    "since_onset": TEXT,  # "13 days", or empty
    "onset_on": TEXT,
    "referrer": TEXT,
    "clinician": TEXT,
    # the record
    "question": TEXT,  # the suggested clinical question, or empty
    "story": LIST,  # sentences
    "allergies": TEXT,
    "medicines": TEXT,
    "alerts": TEXT,
    "screen_on": TEXT,
    "asked": NUMBER,
    "positives": LIST,
    "unsure": LIST,
    "negatives": LIST,  # those that matter
    "positive_count": NUMBER,
    "negative_count": NUMBER,
    "unsure_count": NUMBER,
    "flags": LIST,  # "Tingling in the leg: urgent referral, to orthopaedics"
    "flag_actions": LIST,
    "findings_on": TEXT,
    "signs": LIST,  # sentences about findings that are no pair
    "body_chart": LIST,  # sentences: complaint, strength and place
    "grade": TEXT,  # "2 (moderate)", or empty
    "grade_decided": FLAG,
    "grade_by": TEXT,
    "grade_at": TEXT,
    "grade_suggested": TEXT,
    "grade_differs": FLAG,
    "grade_reason": TEXT,
    "grade_because": LIST,
    "grade_history": LIST,
    "grade_source": TEXT,
    "grade_withheld": TEXT,
    "patterns": LIST,
    "differentials": LIST,
    "imaging": LIST,
    "visits": NUMBER,
    "first_visit": TEXT,
    "program": TEXT,
    "program_minutes": TEXT,
    "program_kept": TEXT,
    "clinic_done": TEXT,
    "exercises": LIST,
    "plan": LIST,
    "goal": TEXT,
    "review_on": TEXT,
    "consent_on": TEXT,
}


# a line that holds only tags leaves nothing behind, not even its break
_TAG_LINE = re.compile(r"^[ \t]*((?:\{%[^%]*%\}[ \t]*)+)\n", re.MULTILINE)
_PARAGRAPH = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True, slots=True)
class LetterPartKind:
    """One part of a letter kind, in one language."""

    id: str
    title: str
    required: bool
    included: bool  # whether it is ticked at first
    table: bool  # the findings table stands in it
    text: str  # template
    bold: tuple[str, ...] = ()  # lead words that are printed bold
    chart: bool = False  # the body chart is drawn in it

    def fill(self, values: Mapping[str, Value]) -> str:
        """The part in words. Raises LibraryInvalid where it grows past its limit."""
        return _fill(self.text, values, self.id)


@dataclass(frozen=True, slots=True)
class LetterKind:
    """One kind of letter in one language."""

    id: str
    version: str
    name: str
    role: str  # contact role that it goes to
    title: str
    closing: tuple[str, ...]  # templates of the paragraphs after the parts
    valediction: str
    parts: tuple[LetterPartKind, ...]
    language: str = "en"
    needs: tuple[str, ...] = ()  # what must be there before it goes; see usecases.preflight

    def part(self, part_id: str) -> LetterPartKind:
        return next(part for part in self.parts if part.id == part_id)

    def close(self, values: Mapping[str, Value]) -> tuple[str, ...]:
        """The paragraphs after the parts, without the empty ones."""
        filled = (_fill(text, values, "closing") for text in self.closing)
        return tuple(text for text in filled if text)


def _fill(template: str, values: Mapping[str, Value], name: str) -> str:
    parts: list[str] = []
    size = 0
    for piece in _compiled(template).generate(dict(values)):
        size += len(piece.encode("utf-8", "replace"))
        if size > MAX_OUTPUT:
            raise LibraryInvalid(f"The letter part “{name}” grows past {MAX_OUTPUT // 1000} kB.")
        parts.append(piece)
    return tidy("".join(parts))


def tidy(text: str) -> str:
    """Filled text as paragraphs, one a line: a break is a space, an empty line a new paragraph."""
    paragraphs = (" ".join(part.split()) for part in _PARAGRAPH.split(text))
    return "\n".join(part for part in paragraphs if part)


def load(folder: Path | None = None) -> tuple[LetterKind, ...]:
    """All letter kinds, in the order of their files' `order`. Raises LibraryInvalid."""
    place = folder or paths.resources() / "letters"
    read = [_read(path) for path in sorted(place.glob("*.toml"))]
    return tuple(kind for _, kind in sorted(read, key=lambda pair: (pair[0], pair[1].id)))


def read_kind(path: Path) -> LetterKind:
    """One letter kind from its file. Raises LibraryInvalid naming file, line and field."""
    return _read(path)[1]


def _read(path: Path) -> tuple[int, LetterKind]:
    try:
        raw = path.read_text(encoding="utf-8")
        data = tomllib.loads(raw)
    except OSError as error:
        raise LibraryInvalid(f"{path.name}: cannot be read.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LibraryInvalid(f"{path.name}: not readable as TOML: {error}") from error
    file = _File(path.name, raw)
    known = {"order", "name", "version", "role", "title", "closing", "valediction", "part"}
    file.only(data, known, "the file")
    parts = tuple(_part(file, entry) for entry in file.tables(data, "part"))
    if not parts:
        raise LibraryInvalid(f"{path.name}: it has no [[part]].")
    ids = [part.id for part in parts]
    for part_id in ids:
        if ids.count(part_id) > 1:
            raise LibraryInvalid(f"{path.name}: part “{part_id}” stands there twice.")
    closing = file.texts(data, "closing")
    for text in closing:
        check(text, file.name, "closing", file.line_of(text))
    order = data.get("order", 0)
    if not isinstance(order, int):
        raise LibraryInvalid(f"{path.name}: order must be a whole number.")
    return order, LetterKind(
        id=path.stem,
        version=file.text(data, "version"),
        name=file.text(data, "name"),
        role=file.text(data, "role"),
        title=file.text(data, "title"),
        closing=closing,
        valediction=file.text(data, "valediction"),
        parts=parts,
    )


def _part(file: "_File", data: Mapping[str, object]) -> LetterPartKind:
    part_id = file.text(data, "id")
    known = {"id", "title", "required", "included", "table", "chart", "text", "bold"}
    file.only(data, known, f"part {part_id}")
    text = file.text(data, "text", empty=True)
    check(text, file.name, f"{part_id}.text", file.line_of(text, f'id = "{part_id}"'))
    return LetterPartKind(
        id=part_id,
        title=file.text(data, "title"),
        required=file.flag(data, "required", False),
        included=file.flag(data, "included", True),
        table=file.flag(data, "table", False),
        text=text,
        bold=file.texts(data, "bold"),
        chart=file.flag(data, "chart", False),
    )


@dataclass(frozen=True, slots=True)
class _File:
    """The keys of one file, read with the faults named."""

    name: str
    raw: str

    def only(self, data: Mapping[str, object], known: set[str], where: str) -> None:
        for key in data:
            if key not in known:
                raise LibraryInvalid(f"{self.name}: {where} has an unknown key “{key}”.")

    def text(self, data: Mapping[str, object], key: str, empty: bool = False) -> str:
        value = data.get(key)
        if not isinstance(value, str) or not (value.strip() or empty):
            raise LibraryInvalid(f"{self.name}: “{key}” must be a text.")
        return value

    def texts(self, data: Mapping[str, object], key: str) -> tuple[str, ...]:
        value = data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise LibraryInvalid(f"{self.name}: “{key}” must be a list of texts.")
        return tuple(value)

    def flag(self, data: Mapping[str, object], key: str, default: bool) -> bool:
        value = data.get(key, default)
        if not isinstance(value, bool):
            raise LibraryInvalid(f"{self.name}: “{key}” must be true or false.")
        return value

    def tables(self, data: Mapping[str, object], key: str) -> Iterator[Mapping[str, object]]:
        value = data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise LibraryInvalid(f"{self.name}: “{key}” must be written as [[{key}]].")
        yield from value

    def line_of(self, text: str, after: str = "") -> int:
        """The line of the file on which a template's text begins."""
        begin = max(self.raw.find(after), 0)
        first = text.splitlines()[0] if text else ""
        found = self.raw.find(first, begin) if first else begin
        return self.raw.count("\n", 0, max(found, 0)) + 1


# The template language: text, field names, `if`, one level of `for` over a list, listed filters.


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


@cache
def _environment() -> "Environment":
    # Jinja2 is heavy and no window needs it before a letter is written
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    # letters are plain text: the page draws it as text, so escaping would show on paper
    made = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
    made.globals.clear()
    made.tests.clear()
    made.filters.clear()
    made.filters.update(FILTERS)
    return made


@lru_cache(maxsize=256)
def _compiled(text: str) -> "Template":
    return _environment().from_string(_TAG_LINE.sub(r"\1", text))


def check(text: str, file: str, key: str, first_line: int = 1) -> None:
    """Hold a template against the whitelist. Raises LibraryInvalid naming file, line and field."""
    from jinja2 import TemplateSyntaxError  # as above

    def refuse(line: int, reason: str) -> LibraryInvalid:
        return LibraryInvalid(f"{file}, line {first_line + line - 1}, {key}: {reason}")

    if len(text) > MAX_TEMPLATE:
        raise refuse(1, f"the template is longer than {MAX_TEMPLATE} characters.")
    try:
        tree = _environment().parse(text)
    except TemplateSyntaxError as error:
        raise refuse(error.lineno, f"{error.message}") from error
    except RecursionError as error:
        raise refuse(1, "the template is nested too deeply.") from error
    _walk(tree, refuse, frozenset())


def _walk(
    node: "nodes.Node",
    refuse: Callable[[int, str], LibraryInvalid],
    loop_names: frozenset[str],
) -> None:
    from jinja2 import nodes  # as above

    allowed = (
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
    line = node.lineno or 1
    if not isinstance(node, allowed):
        raise refuse(line, f"“{type(node).__name__.lower()}” is not allowed in a letter.")
    if isinstance(node, nodes.Name) and node.name not in loop_names and node.name not in FIELDS:
        raise refuse(line, f"there is no field “{node.name}”.")
    if isinstance(node, nodes.Filter):
        if node.name not in FILTERS:
            raise refuse(line, f"there is no filter “{node.name}”.")
        given = node.node
        if isinstance(given, nodes.Name):
            kind = FIELDS.get(given.name, TEXT)
            if kind != FILTER_TAKES[node.name]:
                raise refuse(line, f"“{given.name}” is a {kind}; “{node.name}” takes another.")
        if not all(isinstance(argument, nodes.Const) for argument in node.args) or node.kwargs:
            raise refuse(line, f"the filter “{node.name}” takes only plain texts.")
    if isinstance(node, nodes.Output):
        for piece in node.nodes:
            if isinstance(piece, nodes.Name) and FIELDS.get(piece.name) in (LIST, FLAG):
                raise refuse(line, f"“{piece.name}” cannot be written as it is.")
    if isinstance(node, nodes.For):
        if loop_names:
            raise refuse(line, "a loop inside a loop is not allowed.")
        source = node.iter
        if not isinstance(source, nodes.Name) or FIELDS.get(source.name) != LIST:
            raise refuse(line, "a loop goes over a list field only.")
        target = node.target
        if not isinstance(target, nodes.Name) or target.name in FIELDS or target.name == "loop":
            raise refuse(line, "a loop needs one plain name of its own.")
        if node.test is not None or node.recursive or node.else_:
            raise refuse(line, "a loop has no condition, no else and no recursion.")
        for inner in node.body:
            _walk(inner, refuse, frozenset({target.name}))
        return
    for child in node.iter_child_nodes():
        _walk(child, refuse, loop_names)
