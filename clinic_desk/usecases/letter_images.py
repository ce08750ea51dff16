"""The practice's logo and each clinician's own signature, as they stand on letters."""

from uuid import UUID

from clinic_desk.documents import letter_image
from clinic_desk.documents.content import LetterImage
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import sending_queries
from clinic_desk.storage.models import LetterheadImage
from clinic_desk.usecases.desk import Desk

__all__ = [
    "LetterImage",
    "keep_logo",
    "keep_signature",
    "logo",
    "logo_of",
    "remove_logo",
    "remove_signature",
    "signature",
    "signature_of",
]


def logo(desk: Desk) -> LetterImage | None:
    """The practice's logo."""
    with desk.store.reading() as session:
        return logo_of(session)


def signature(desk: Desk) -> LetterImage | None:
    """The signature of who sits at the desk; nobody sees or uses another's."""
    with desk.store.reading() as session:
        return signature_of(session, desk.actor.id)


def logo_of(session: chart.Reading) -> LetterImage | None:
    """The logo, within what is being read."""
    return _view(sending_queries.image(session, None))


def signature_of(session: chart.Reading, clinician: UUID) -> LetterImage | None:
    """A clinician's signature, within what is being read."""
    return _view(sending_queries.image(session, clinician))


def keep_logo(desk: Desk, data: bytes) -> LetterImage:
    """Clean a picture and keep it as the logo. Raises InvalidInput, field `logo`."""
    return _keep(desk, letter_image.logo(data), None)


def keep_signature(desk: Desk, data: bytes) -> LetterImage:
    """Clean a picture and keep it as one's own signature. Raises InvalidInput, field
    `signature`.
    """
    return _keep(desk, letter_image.signature(data), desk.actor.id)


def remove_logo(desk: Desk) -> None:
    """Letters go without a logo from now on; what was issued keeps it."""
    _remove(desk, None)


def remove_signature(desk: Desk) -> None:
    """One's own letters are signed by hand from now on; what was issued keeps it."""
    _remove(desk, desk.actor.id)


def _view(row: LetterheadImage | None) -> LetterImage | None:
    return LetterImage(row.jpeg, row.width, row.height) if row else None


def _subject(clinician: UUID | None) -> str:
    return "logo" if clinician is None else "signature"


def _keep(desk: Desk, image: LetterImage, clinician: UUID | None) -> LetterImage:
    with desk.store.unit(desk.actor.id) as unit:
        row = sending_queries.image(unit.session, clinician)
        if row is None:
            row = LetterheadImage(clinician_id=clinician)
            unit.session.add(row)
        row.jpeg, row.width, row.height = image.jpeg, image.width, image.height
        unit.session.flush()
        unit.audit("keep", _subject(clinician), row.id, at=desk.now())
        unit.commit()
    return image


def _remove(desk: Desk, clinician: UUID | None) -> None:
    with desk.store.unit(desk.actor.id) as unit:
        row = sending_queries.image(unit.session, clinician)
        if row is None:
            return
        unit.session.delete(row)
        unit.audit("remove", _subject(clinician), row.id, at=desk.now())
        unit.commit()
