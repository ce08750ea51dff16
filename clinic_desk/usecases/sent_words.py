"""How documents went out, in words."""

from collections.abc import Sequence
from uuid import UUID

from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import sending_queries
from clinic_desk.usecases import words

WAYS = {
    "printed": "Printed",
    "saved": "Saved as a file",
    "emailed": "Given to the mail program",
    "post": "Sent by post",
    "fax": "Sent by fax",
    "handed": "Handed over",
}
FORMS = {
    "issued": "",
    "password": "with a password",
    "signed": "digitally signed",
    "signed_password": "digitally signed, with a password",
}


def said(session: chart.Reading, document_ids: Sequence[UUID]) -> dict[UUID, str]:
    """By document, how it went out and what corrects it, for the journal."""
    found: dict[UUID, list[str]] = {}
    for one in sending_queries.sendings(session, document_ids):
        day = words.day(words.local(one.at).date())
        text = f"{WAYS.get(one.way, one.way)} {day}."
        texts = found.setdefault(one.document_id, [])
        if text not in texts:
            texts.append(text)
    for old, newer in sending_queries.corrected(session, document_ids).items():
        found.setdefault(old, []).insert(0, f"Corrected by {newer.reference}.")
    for new, older in sending_queries.corrects(session, document_ids).items():
        found.setdefault(new, []).insert(0, f"Corrects {older.reference}.")
    return {key: " ".join(texts) for key, texts in found.items()}
