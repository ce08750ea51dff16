"""Whether a PDF is one that this clinic issued, unchanged."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from clinic_desk.documents import raster
from clinic_desk.errors import DocumentFailed
from clinic_desk.storage import Store, sending_queries
from clinic_desk.storage.models import Document
from clinic_desk.usecases import plain

MOST_PAGES = 50  # of which the words are looked at

_REFERENCE = re.compile(r"\b[A-Z]-\d{4}-\d{3,}\b")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a PDF is. `result` is issued, changed or unknown; the rest is empty where unknown.

    `form` is issued, copy, password, signed or signed_password. `why` is what kept the file from
    being known: empty, no_pdf, password or no_words; reprinted where only its pages tell.
    """

    result: str
    sha256: str
    form: str = ""
    reference: str = ""
    kind: str = ""
    title: str = ""
    recipient: str = ""
    issued_at: datetime | None = None
    issued_by: str = ""
    why: str = ""


def verify(folder: Path, passphrase: str, pdf: bytes) -> Verdict:
    """Look a PDF up in the records of a folder.

    Raises NotFound, AccessDenied and StorageDamaged as opening the records does.
    """
    store = Store.open(folder, passphrase)
    try:
        return looked_up(store, pdf)
    finally:
        store.close()


def looked_up(store: Store, pdf: bytes) -> Verdict:
    """Look a PDF up by its SHA-256, else by the reference that it carries."""
    found = sha256(pdf).hexdigest()
    with store.reading() as session:
        known = sending_queries.known(session, found)
        if known is not None:
            return Verdict(
                "issued",
                found,
                known.form,
                known.reference,
                known.kind,
                known.title,
                known.recipient,
                known.issued_at,
                known.issued_by,
            )
        words, why = _words(pdf)
        row = sending_queries.named(session, _references(pdf))
        if row is None:
            row = sending_queries.named(session, _REFERENCE.findall(words))
            if row is None or not _carries(words, row):
                return Verdict("unknown", found, why=why)
            why = "reprinted"
        return Verdict(
            "changed",
            found,
            "",
            row.reference,
            row.kind,
            row.title,
            row.recipient,
            row.issued_at,
            row.issued_by,
            why,
        )


def _words(pdf: bytes) -> tuple[str, str]:
    """The words on the pages, and why there are none."""
    if not pdf:
        return "", "empty"
    try:
        words = "\n".join(raster.texts(pdf, MOST_PAGES))
    except raster.PasswordNeeded:
        return "", "password"
    except DocumentFailed:
        return "", "no_pdf"
    return words, "" if words.strip() else "no_words"


def _carries(words: str, row: Document) -> bool:
    """Whether the pages bear the fingerprint that was printed on this letter. Another practice
    counts its letters alike, so the reference alone says nothing.
    """
    printed = plain.text(row.content, "fingerprint")
    return bool(printed) and "".join(printed.split()) in "".join(words.split())


def _references(pdf: bytes) -> list[str]:
    """The references in what the PDF says about itself; none where it cannot be read."""
    with suppress(DocumentFailed):  # what is no PDF was never issued: not known here
        return _REFERENCE.findall(raster.subject(pdf))
    return []
