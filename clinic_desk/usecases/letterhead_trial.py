"""A page without a patient, to see the letterhead and to hold against an envelope."""

from clinic_desk.documents import letter as paper
from clinic_desk.documents.content import Identity, LetterContent, LetterPart
from clinic_desk.usecases import letter_images, words
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.letterhead import letterhead, paper_of, window_of
from clinic_desk.usecases.practice import view as practice_view

_SAYS = {
    "none": "No envelope window is chosen: the address follows the letterhead.",
    "dl": "Fold at the marks. The address must show whole in the window of a DL envelope.",
    "c5": "Fold once at the mark. The address must show whole in the window of a C5 envelope.",
    "us10": "Fold at the marks. The address must show whole in the window of a #10 envelope.",
}


def page(desk: Desk) -> bytes:
    """The page as a PDF, with the letterhead, logo and signature that are kept now."""
    seen = practice_view(desk)
    with desk.store.reading() as session:
        logo = letter_images.logo_of(session)
        signature = letter_images.signature_of(session, desk.actor.id)
    says = _SAYS[window_of(seen.practice)]
    return paper.render(
        LetterContent(
            practice=letterhead(seen.practice, logo),
            recipient=("Dr Robin Sample", "Sample Clinic", "1 Sample Way", "Sampletown EX2 3QS"),
            date=words.day(desk.today()),
            reference="Test page",
            identity=Identity("Nobody", "", "", ""),
            salutation="",
            parts=(LetterPart("Test page, not a letter", (((says, False),),)),),
            closing=(),
            valediction="",
            author=seen.clinician.name,
            author_line="",
            title="Test page",
            paper=paper_of(seen.practice.paper),
            draft=False,
            window=window_of(seen.practice),
            signature=signature,
        )
    )
