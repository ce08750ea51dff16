"""What the practice adds to a letter: logo, signature, window, copies, what it corrects."""

from dataclasses import replace
from hashlib import sha256
from uuid import UUID

from clinic_desk.documents import letter as paper
from clinic_desk.documents.content import LetterContent
from clinic_desk.errors import Locked
from clinic_desk.library.letter_templates import day
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import contact_queries
from clinic_desk.storage.models import Correction, Document, DocumentCopy
from clinic_desk.usecases import (
    contacts,
    letter_copies,
    letter_images,
    letter_page,
    preflight_identity,
    typed,
    words,
)
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.letter_views import LetterDraft
from clinic_desk.usecases.letterhead import window_of
from clinic_desk.usecases.practice import PracticeView


def dressed(
    desk: Desk,
    session: chart.Reading,
    draft: LetterDraft,
    content: LetterContent,
    seen: PracticeView,
) -> LetterContent:
    """The page as it goes out. Only an issued letter is signed, and only with one's own
    signature.

    Raises Locked where the letter to correct is not one of this case.
    """
    book = (
        [contacts.view(row).details for row in contact_queries.every(session)]
        if draft.copies
        else []
    )
    enclosures: tuple[str, ...] = getattr(draft, "enclosures", ())
    content = replace(
        content,
        practice=replace(content.practice, logo=letter_images.logo_of(session)),
        signature=None if content.draft else letter_images.signature_of(session, desk.actor.id),
        enclosures=tuple(typed.line(one) for one in enclosures if typed.line(one)),
        copies=letter_copies.addressed(draft.copies, book, content.identity),
        corrects=_corrects(session, draft, content),
        window=window_of(seen.practice),
    )
    if not content.fingerprint:
        return content
    return replace(content, fingerprint=letter_page.fingerprint(content))


def _corrects(session: chart.Reading, draft: LetterDraft, content: LetterContent) -> str:
    if draft.corrects is None:
        return ""
    old = session.get(Document, draft.corrects)
    if old is None or old.kind != "letter" or old.case_id != draft.case_id:
        raise Locked(
            "The letter that this one corrects is not in this case.",
            "Write the correction from the old letter's own page.",
        )
    when = day(words.local(old.issued_at).date(), content.language)
    said = content.words.corrects.replace("{reference}", old.reference)
    return said.replace("{date}", when)


def keep(
    session: chart.Reading, document_id: UUID, draft: LetterDraft, content: LetterContent
) -> None:
    """Keep what was issued along with a letter: its copies, and which letter it corrects."""
    for place, (who, pdf) in enumerate(zip(content.copies, paper.copies(content), strict=True), 1):
        preflight_identity.hold(content.identity, pdf)
        session.add(
            DocumentCopy(
                document_id=document_id,
                place=place,
                recipient=who.split("\n", 1)[0],
                bytes=pdf,
                sha256=sha256(pdf).hexdigest(),
            )
        )
    if draft.corrects is not None:
        session.add(Correction(document_id=document_id, corrects_id=draft.corrects))
