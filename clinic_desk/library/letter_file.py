"""One letter kind as tables: read from a TOML file or from the practice's own version of it."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from clinic_desk.errors import LibraryInvalid
from clinic_desk.library.letter_kind import (
    BANNER,
    IDENTITIES,
    LEAD,
    NEEDS,
    ROWS,
    URGENCIES,
    LetterKind,
    LetterPartKind,
)
from clinic_desk.library.letter_templates import check

MAX_PARTS = 40
MAX_SHORT = 200  # characters of a name or a heading

_KEYS = frozenset(
    {
        "order",
        "name",
        "version",
        "role",
        "title",
        "urgency",
        "banner",
        "identity",
        "needs",
        "greeting",
        "lead",
        "closing",
        "valediction",
        "part",
    }
)
_PART_KEYS = frozenset(
    {"id", "title", "required", "included", "table", "rows", "chart", "text", "bold"}
)
_TOLD = frozenset({"spoken"})  # of a part in another language: how it tells the record
_LEAD_TOLD = frozenset({"lead_spoken"})


def read_file(path: Path) -> tuple[int, LetterKind]:
    """A kind and its place in the order. Raises LibraryInvalid naming file, line and field."""
    try:
        raw = path.read_text(encoding="utf-8")
        data = tomllib.loads(raw)
    except OSError as error:
        raise LibraryInvalid(f"{path.name}: cannot be read.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LibraryInvalid(f"{path.name}: not readable as TOML: {error}") from error
    order = data.get("order", 0)
    if not isinstance(order, int):
        raise LibraryInvalid(f"{path.name}: order must be a whole number.")
    return order, from_tables(path.stem, data, path.name, raw)


def from_tables(kind_id: str, data: Mapping[str, object], name: str, raw: str = "") -> LetterKind:
    """A kind from its tables; `raw` is the file's text, in which lines are counted."""
    file = Tables(name, raw)
    told = "@" in kind_id  # an English kind has nothing to be told otherwise
    file.only(data, _KEYS | _LEAD_TOLD if told else _KEYS, "the file")
    title = file.short(data, "title")
    lead = file.text(data, "lead", empty=True) if "lead" in data else ""
    check(lead, name, "lead", file.line_of(lead, "lead ="))
    lead_told = file.text(data, "lead_spoken", empty=True) if "lead_spoken" in data else ""
    check(lead_told, name, "lead", file.line_of(lead_told, "lead_spoken ="))
    parts = tuple(_part(file, entry, told) for entry in file.tables(data, "part"))
    if not parts:
        raise LibraryInvalid(f"{name}: it has no [[part]].")
    if len(parts) > MAX_PARTS:
        raise LibraryInvalid(f"{name}: it has more than {MAX_PARTS} parts.")
    if lead:
        purpose = LetterPartKind(LEAD, "Purpose", False, True, False, lead, spoken=lead_told)
        parts = (purpose, *parts)
    ids = [part.id for part in parts]
    for part_id in ids:
        if ids.count(part_id) > 1:
            raise LibraryInvalid(f"{name}: part “{part_id}” stands there twice.")
    closing = file.texts(data, "closing")
    for text in closing:
        check(text, name, "closing", file.line_of(text, "closing ="))
    return LetterKind(
        id=kind_id,
        version=file.short(data, "version"),
        name=file.short(data, "name"),
        role=file.short(data, "role"),
        title=title,
        closing=closing,
        valediction=file.text(data, "valediction"),
        parts=parts,
        urgency=file.one_of(data, "urgency", URGENCIES),
        banner=file.text(data, "banner") if "banner" in data else BANNER,
        identity=file.one_of(data, "identity", IDENTITIES),
        needs=file.some_of(data, "needs", NEEDS),
        greeting=file.text(data, "greeting") if "greeting" in data else "",
    )


def _part(file: "Tables", data: Mapping[str, object], told: bool) -> LetterPartKind:
    part_id = file.short(data, "id")
    file.only(data, _PART_KEYS | _TOLD if told else _PART_KEYS, f"part {part_id}")
    text = file.text(data, "text", empty=True)
    check(text, file.name, f"{part_id}.text", file.line_of(text, f'id = "{part_id}"'))
    spoken = file.text(data, "spoken", empty=True) if "spoken" in data else ""
    check(spoken, file.name, f"{part_id}.text", file.line_of(spoken, f'id = "{part_id}"'))
    return LetterPartKind(
        id=part_id,
        title=file.short(data, "title"),
        required=file.flag(data, "required", False),
        included=file.flag(data, "included", True),
        table=file.flag(data, "table", False),
        text=text,
        bold=file.texts(data, "bold"),
        chart=file.flag(data, "chart", False),
        rows=file.one_of(data, "rows", ROWS),
        spoken=spoken,
    )


def tables_of(kind: LetterKind) -> dict[str, object]:
    """The tables that `from_tables` makes the same kind of."""
    tables: dict[str, object] = {
        "name": kind.name,
        "version": kind.version,
        "role": kind.role,
        "title": kind.title,
        "urgency": kind.urgency,
        "banner": kind.banner,
        "identity": kind.identity,
        "needs": list(kind.needs),
        "closing": list(kind.closing),
        "valediction": kind.valediction,
        "part": [
            {
                "id": part.id,
                "title": part.title,
                "required": part.required,
                "included": part.included,
                "table": part.table,
                "rows": part.rows,
                "chart": part.chart,
                "bold": list(part.bold),
                "text": part.text,
                **({"spoken": part.spoken} if part.spoken else {}),
            }
            for part in kind.parts
            if part.id != LEAD
        ],
    }
    purpose = next((part for part in kind.parts if part.id == LEAD), None)
    more = {
        "lead": purpose.text if purpose else "",
        "lead_spoken": purpose.spoken if purpose else "",
        "greeting": kind.greeting,
    }
    return tables | {key: text for key, text in more.items() if text}


@dataclass(frozen=True, slots=True)
class Tables:
    """The keys of one file, read with the faults named."""

    name: str
    raw: str = ""

    def only(self, data: Mapping[str, object], known: frozenset[str], where: str) -> None:
        for key in data:
            if key not in known:
                raise LibraryInvalid(f"{self.name}: {where} has an unknown key “{key}”.")

    def text(self, data: Mapping[str, object], key: str, empty: bool = False) -> str:
        value = data.get(key)
        if not isinstance(value, str) or not (value.strip() or empty):
            raise LibraryInvalid(f"{self.name}: “{key}” must be a text.")
        return value

    def short(self, data: Mapping[str, object], key: str) -> str:
        value = self.text(data, key)
        if len(value) > MAX_SHORT or "\n" in value:
            raise LibraryInvalid(f"{self.name}: “{key}” must be one line, at most {MAX_SHORT}.")
        return value

    def texts(self, data: Mapping[str, object], key: str) -> tuple[str, ...]:
        value = data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise LibraryInvalid(f"{self.name}: “{key}” must be a list of texts.")
        return tuple(value)

    def one_of(self, data: Mapping[str, object], key: str, known: tuple[str, ...]) -> str:
        """One of the known words; the first where the key is not there."""
        value = data.get(key, known[0])
        if value not in known:
            raise LibraryInvalid(f"{self.name}: “{key}” must be one of {', '.join(known)}.")
        return str(value)

    def some_of(
        self, data: Mapping[str, object], key: str, known: tuple[str, ...]
    ) -> tuple[str, ...]:
        found = self.texts(data, key)
        for one in found:
            if one not in known:
                raise LibraryInvalid(f"{self.name}: “{key}” knows {', '.join(known)}, not {one}.")
        return found

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
