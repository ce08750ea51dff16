"""How PostgreSQL finds words: a tsvector index over notes, trigrams over patients' names.

Every word that comes here is folded: letters and digits only.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, literal_column, or_, select
from sqlalchemy.orm import Session

from clinic_desk.storage.models_patients import Patient
from clinic_desk.storage.models_search import SearchText

_SIMPLE: ColumnElement[object] = literal_column("'simple'::regconfig")


def notes(
    _session: Session, whole: Sequence[str], begun: Sequence[str], hidden: Sequence[UUID]
) -> Select[SearchText] | None:
    """Notes and letters with all these words, whole or only begun, the newest row first."""
    wanted = func.to_tsquery(_SIMPLE, " & ".join([*whole, *(f"{word}:*" for word in begun)]))
    return (
        select(SearchText)
        .where(
            func.to_tsvector(_SIMPLE, SearchText.words).op("@@")(wanted),
            *((SearchText.case_id.not_in(hidden),) if hidden else ()),
        )
        .order_by(SearchText.id.desc())
    )


def patients_with(groups: Sequence[Sequence[str]]) -> ColumnElement[bool]:
    """Patients in whose words a part out of each group stands; parts have three letters or more."""
    return and_(
        *(
            or_(*(Patient.search_text.contains(part, autoescape=True) for part in parts))
            for parts in groups
        )
    )
