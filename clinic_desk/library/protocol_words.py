"""The texts of a protocol file: names in braces that nothing fills, and what cannot be read.

Only reasons are filled: `{item}` in a `because`, `{value}` in the reason of a graded item.
"""

import re
from collections.abc import Iterator

from clinic_desk.clinical.protocol import BLANK, Protocol
from clinic_desk.library.protocol_file import ProtocolTable
from clinic_desk.library.toml_file import Fault, TomlFile, Trail

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_REASONS = ("because", "because_none")
_NOT_TEXTS = ("texts", "example")


def faults(file: TomlFile, table: ProtocolTable, protocol: Protocol) -> list[Fault]:
    """All such texts, each at its own line."""
    return [
        *_unreadable(file),
        *_languages(file, table),
        *_translations(file, table, protocol),
    ]


def _strings(part: object, trail: Trail) -> Iterator[tuple[Trail, str]]:
    if isinstance(part, str):
        yield trail, part
    elif isinstance(part, dict):
        for key, inner in part.items():
            yield from _strings(inner, (*trail, key))
    elif isinstance(part, list):
        for place, inner in enumerate(part):
            yield from _strings(inner, (*trail, place))


def _unreadable(file: TomlFile) -> Iterator[Fault]:
    for trail, text in _strings(file.data, ()):
        found = _CONTROL.search(text)
        if found:
            yield file.fault(trail, f"the text holds a control character (U+{ord(found[0]):04X})")


def unfilled(file: TomlFile, protocol: Protocol) -> Iterator[Fault]:
    """Names in braces that nothing would fill, so that they would be shown as they are."""
    for trail, text in _strings(file.data, ()):
        if trail[0] in _NOT_TEXTS or ("{" not in text and "}" not in text):
            continue
        if re.search(r"[{}]", BLANK.sub("", text)):
            yield file.fault(trail, "a brace without its partner, or with no name between")
            continue
        names = BLANK.findall(text)
        if trail[-1] not in _REASONS:
            yield file.fault(
                trail, f"`{{{names[0]}}}` is filled in nowhere but in a reason (`because`)"
            )
        elif trail[:2] == ("grade", "item"):
            yield from (
                file.fault(trail, f"`{{{name}}}`: the reason of a graded item holds only {{value}}")
                for name in names
                if name != "value"
            )
        else:
            yield from (
                file.fault(trail, f"`{{{name}}}` in the reason: no such item")
                for name in names
                if name not in protocol.items
            )


def _languages(file: TomlFile, table: ProtocolTable) -> Iterator[Fault]:
    for language in table.texts:
        if not _LANGUAGE.fullmatch(language):
            yield file.fault(("texts", language), f"`{language}` is no language; say de, fr, pt-BR")


def _translations(file: TomlFile, table: ProtocolTable, protocol: Protocol) -> Iterator[Fault]:
    """Texts of other languages that say nothing, or hold a name that the English has not."""
    english = protocol.texts.by_language["en"]
    for language, texts in table.texts.items():
        for text_id, text in texts.items():
            trail: Trail = ("texts", language, text_id)
            if not text.strip():
                yield file.fault(trail, "the text is blank; leave it out to fall back to English")
            known = BLANK.findall(english.get(text_id, ""))
            for name in BLANK.findall(text):
                if name not in known:
                    yield file.fault(trail, f"`{{{name}}}`: the English text has no such name")
