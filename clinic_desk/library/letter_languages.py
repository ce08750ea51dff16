"""The words of letters in other languages: one file a language in `resources/letters/languages/`.

A language holds what stands around the parts, the headings that many kinds share, and for each
kind its name, title and lead sentence, with the text of those parts that it says wholly. What the
record says has templates of its own (`speech`); where a part cannot be told so, it keeps the
record's English and tells so in its heading.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from clinic_desk.errors import LibraryInvalid
from clinic_desk.library import files, letter_templates
from clinic_desk.library.letter_fields import in_english
from clinic_desk.library.letter_file import Tables
from clinic_desk.library.letter_kind import LEAD, LetterFrame, LetterKind, LetterPartKind
from clinic_desk.library.speech import speech

_FRAME = frozenset(LetterFrame.__dataclass_fields__) - {"words"}
_KEYS = frozenset({"language", "reviewed", "english", "valediction", "closing", "titles"})
_KIND_KEYS = frozenset(
    {"name", "title", "banner", "lead", "greeting", "closing", "valediction", "titles", "parts"}
)


@dataclass(frozen=True, slots=True)
class KindWords:
    """One kind in one language; what is empty is shared with the other kinds."""

    name: str
    title: str
    lead: str
    banner: str = ""
    greeting: str = ""
    closing: tuple[str, ...] | None = None
    valediction: str = ""
    titles: Mapping[str, str] | None = None
    parts: Mapping[str, str] | None = None  # part id -> template, wholly in the language


@dataclass(frozen=True, slots=True)
class LetterWords:
    """One language."""

    language: str
    reviewed: bool
    english: str  # "from the record, in English": ends the heading of such a part
    valediction: str
    closing: tuple[str, ...]  # of the kinds that have none of their own
    frame: LetterFrame
    titles: Mapping[str, str]
    kinds: Mapping[str, KindWords]


@lru_cache(maxsize=4)
def load(folder: Path) -> Mapping[str, LetterWords]:
    """Every language of a letters folder by its code. Raises LibraryInvalid."""
    return {path.stem: read(path) for path in sorted((folder / "languages").glob("*.toml"))}


def read(path: Path) -> LetterWords:
    """One language's words. Raises LibraryInvalid naming file, line and field."""
    data = files.parse(path)
    raw = path.read_text("utf-8")
    file = Tables(f"languages/{path.name}", raw)
    file.only(data, _KEYS | {"frame", "words", "kinds"}, "the file")
    if data.get("language") != path.stem:
        raise LibraryInvalid(f"{file.name}: “language” must be “{path.stem}”, as it is called.")
    frame = _texts(file, data, "frame")
    file.only(frame, _FRAME, "[frame]")
    closing = file.texts(data, "closing")
    _hold(file, "closing", closing)
    kinds = data.get("kinds", {})
    if not isinstance(kinds, dict):
        raise LibraryInvalid(f"{file.name}: “kinds” must be tables.")
    return LetterWords(
        language=path.stem,
        reviewed=file.flag(data, "reviewed", False),
        english=file.text(data, "english"),
        valediction=file.text(data, "valediction"),
        closing=closing,
        frame=LetterFrame(**frame, words=_texts(file, data, "words")),
        titles=_texts(file, data, "titles"),
        kinds={name: _kind(file, name, one) for name, one in kinds.items()},
    )


def _kind(file: Tables, name: str, data: Mapping[str, object]) -> KindWords:
    file.only(data, _KIND_KEYS, f"kind {name}")
    after = f"[kinds.{name}]"
    parts = _texts(file, data, "parts")
    lead = file.text(data, "lead", empty=True) if "lead" in data else ""
    closing = file.texts(data, "closing") if "closing" in data else None
    _hold(file, f"{name}.lead", [lead], after)
    _hold(file, f"{name}.closing", closing or (), after)
    for key, text in parts.items():
        _hold(file, f"{name}.{key}.text", [text], after)
    return KindWords(
        name=file.short(data, "name"),
        title=file.short(data, "title"),
        lead=lead,
        banner=file.text(data, "banner") if "banner" in data else "",
        greeting=file.text(data, "greeting") if "greeting" in data else "",
        closing=closing,
        valediction=file.text(data, "valediction") if "valediction" in data else "",
        titles=_texts(file, data, "titles"),
        parts=parts,
    )


def _hold(file: Tables, key: str, templates: Sequence[str], after: str = "") -> None:
    """Refuse what breaks the template language, and the record's English words among others."""
    for text in templates:
        line = file.line_of(text, after)
        letter_templates.check(text, file.name, key, line)
        said = sorted(one for one in letter_templates.written(text) if in_english(one))
        if said:
            raise letter_templates.TemplateRefused(
                file.name, line, key, f"“{said[0]}” is in English."
            )


def _texts(file: Tables, data: Mapping[str, object], key: str) -> dict[str, str]:
    value = data.get(key, {})
    if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
        raise LibraryInvalid(f"{file.name}: “{key}” must be a table of texts.")
    return dict(value)


def translated(kind: LetterKind, words: LetterWords, kind_id: str) -> LetterKind:
    """The kind with a language's words; a part that it does not say wholly tells so."""
    own, told = words.kinds[kind.base], speech(words.language)
    closing = own.closing if own.closing is not None else words.closing
    return replace(
        kind,
        id=kind_id,
        name=own.name,
        title=own.title,
        closing=closing,
        valediction=own.valediction or words.valediction,
        banner=own.banner or kind.banner,
        greeting=own.greeting,
        parts=tuple(
            replace(
                _part(part, own, words),
                spoken=told.template(kind.base, part.id, part.id not in (own.parts or {}))
                if told
                else "",
            )
            for part in kind.parts
        ),
        language=words.language,
        frame=words.frame,
        english=words.english,
        reviewed=words.reviewed,
    )


def _part(part: LetterPartKind, own: KindWords, words: LetterWords) -> LetterPartKind:
    title = (own.titles or {}).get(part.id) or words.titles.get(part.id)
    if title is None:
        raise LibraryInvalid(f"the part “{part.id}” has no title in “titles”.")
    if part.id == LEAD:
        return replace(part, title=title, text=own.lead, language=words.language)
    text = (own.parts or {}).get(part.id)
    if text is None:
        english = bool(part.text.strip()) or part.table or part.chart
        return replace(part, title=title, note=words.english if english else "")
    return replace(part, title=title, text=text, language=words.language, bold=())
