"""The documents of a FHIR file: in the file itself, or beside them in a Binary of the same file."""

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from clinic_desk.exchange.fhir_around import Around
from clinic_desk.exchange.fhir_words import concept_text, dicts
from clinic_desk.exchange.records import IncomingFile, Problem
from clinic_desk.i18n import _

MOST_BYTES = 200_000_000  # of one document
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

Plain = Mapping[str, object]


class _Damaged(ValueError):
    """Why the bytes of a document cannot be had; the message says it."""


@dataclass(slots=True)
class Documents:
    """What one resource brings: files, what is damaged, and what was never sent."""

    files: list[IncomingFile] = field(default_factory=list)
    damaged: list[Problem] = field(default_factory=list)
    absent: list[Problem] = field(default_factory=list)


def of(place: str, about: str, one: Plain, around: Around) -> Documents:
    """The files of a DocumentReference, each content by itself."""
    found = Documents()
    title = concept_text(one.get("type")) or str(one.get("description") or "")
    authors = (around.name(each, one) for each in dicts(one.get("author")))
    source = ", ".join(name for name in authors if name)
    states = [str(one.get(name) or "") for name in ("status", "docStatus")]
    marks = [state for state in states if state in ("superseded", "preliminary")]
    note = "\n".join(part for part in (str(one.get("description") or ""), *marks) if part)
    contents = dicts(one.get("content"))
    for number, content in enumerate(contents):
        where = f"content.{number}" if len(contents) > 1 else ""
        held = content.get("attachment")
        held = held if isinstance(held, Mapping) else {}
        named = str(held.get("title") or title or _("Document"))
        media = str(held.get("contentType") or "")
        data = held.get("data")
        if not isinstance(data, str):
            beside = around.found({"reference": str(held.get("url") or "")}, one)
            if beside is None or not isinstance(beside.get("data"), str):
                found.absent.append(Problem(place, where, _absent(named, held)))
                continue
            data, media = str(beside["data"]), str(beside.get("contentType") or media)
        when = str(one.get("date") or held.get("creation") or "")[:10]
        try:
            whole = _bytes(data, held)
        except _Damaged as error:
            found.damaged.append(Problem(place, where, str(error)))
            continue
        day = date.fromisoformat(when) if _DAY.fullmatch(when) else None
        found.files.append(IncomingFile(place, about, named, media, whole, day, source, note))
    if not contents:
        found.absent.append(Problem(place, "", _("there is no document in it")))
    return found


def _absent(named: str, held: Plain) -> str:
    if "url" not in held:
        return _("there is no document in it")
    said = _("“{title}” is only a link; the document itself is not in the file")
    return said.format(title=named[:100])


def _bytes(text: str, held: Plain) -> bytes:
    """What the text of an attachment stands for. Raises _Damaged."""
    try:
        data = base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        said = _("its data is no base64: damaged; ask the sender for the document")
        raise _Damaged(said) from None
    if not data:
        raise _Damaged(_("it is empty"))
    if len(data) > MOST_BYTES:
        raise _Damaged(_("it is larger than a file may be"))
    told = held.get("hash")
    if isinstance(told, str) and not _is_hash(told, data):
        raise _Damaged(_("its data is not what its hash says: damaged"))
    return data


def _is_hash(told: str, data: bytes) -> bool:
    """Whether a hash is of these bytes. R4 asks for SHA-1; others are sent as well."""
    digests = (
        hashlib.sha1(data, usedforsecurity=False).digest(),
        hashlib.sha256(data).digest(),
    )
    return any(told in (base64.b64encode(one).decode(), one.hex()) for one in digests)
