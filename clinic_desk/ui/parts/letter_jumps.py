"""Where a problem of a letter is mended when its own screen cannot."""

from uuid import UUID

from clinic_desk.ui.refs import CASE, LETTERHEAD, Place, Ref
from clinic_desk.usecases.letters import LetterDraft

RECORD = "record"  # a field that the record's words of now mend

FILED = {  # checks that the file mends
    "consent": "consent_on",
    "birth_date": "birth_date",
    "address": "address",
    "reminders": "consents",
    "contact:withdrawn": "consents",
    "place": "address",
    "identity": "family_name",
    "sign": "family_name",
    "side:title": CASE,
    "onset": CASE,
    "onset:evaluation": CASE,
    "medicines": "medicines",
}


def elsewhere(
    field: str, check: str, draft: LetterDraft, patient: UUID | None, case: UUID | None
) -> Ref | None:
    """The place of a field of the record: a question of the evaluation, the visit, the practice,
    else the patient's file, where the next visit begins too.
    """
    kind, _, item = field.partition(":")
    if kind in ("answer", "safety") and draft.visit_id is not None:
        return Ref(Place.EVALUATION, draft.visit_id, extra=item)
    if kind == "visit" and (item or draft.visit_id):
        return Ref(Place.VISIT, UUID(item) if item else draft.visit_id)
    if kind == "practice":
        return Ref(Place.SETTINGS, extra=LETTERHEAD)
    if patient is None:
        return None
    return Ref(Place.PATIENT, patient, case=case, extra=FILED.get(check, ""))
