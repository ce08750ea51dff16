"""Contacts by phone, e-mail and message as lines of the journal."""

from collections.abc import Sequence
from uuid import UUID

from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import contact_entry_queries as queries
from clinic_desk.usecases import cosign_state, words
from clinic_desk.usecases.patient_views import JournalEntry

DRAFT = "contact_entry"  # the kind of the draft; it hangs on the case
KINDS = {
    "phone": "Phone call",
    "email": "E-mail",
    "message": "Message",
    "in_person": "Talk outside a visit",
}


def title(kind: str, with_whom: str) -> str:
    """ "Phone call with Erin Example"."""
    said = KINDS.get(kind, words.capital(kind))
    return f"{said} with {with_whom}" if with_whom else said


def entries(session: chart.Reading, case_ids: Sequence[UUID]) -> list[JournalEntry]:
    """Signed contacts with what was added to them, and one that is being written."""
    rows = queries.in_cases(session, case_ids)
    by_id = {row.id: row for row in rows}
    supervised = cosign_state.of_contacts(session, list(by_id))
    found = []
    for row in rows:
        late = words.local(row.signed_at).date() > words.local(row.at).date()
        said = f"Late entry, signed {words.moment(row.signed_at)}. " if late else ""
        under = supervised.get(row.id)
        said = under.brief + said if under is not None else said
        found.append(
            JournalEntry(
                "contact",
                row.id,
                row.at,
                title(row.kind, row.with_whom),
                said + row.text,
                under.state if under is not None and under.open else "signed",
                row.case_id,
            )
        )
    for one in queries.addenda(session, list(by_id)):
        row = by_id[one.entry_id]
        said = f"Addendum to: {title(row.kind, row.with_whom)}"
        found.append(JournalEntry("contact", row.id, one.at, said, one.text, "signed", row.case_id))
    for draft in chart.drafts(session, case_ids):
        if draft.kind == DRAFT:
            found.append(
                JournalEntry(
                    "contact",
                    draft.ref_id,
                    draft.kept_at,
                    "Contact being written",
                    "Not signed yet.",
                    "draft",
                    draft.ref_id,
                )
            )
    return found
