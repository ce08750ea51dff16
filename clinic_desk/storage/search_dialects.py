"""Which of the two databases a session speaks to, as the module that knows how it finds words."""

from types import ModuleType

from sqlalchemy.orm import Session

from clinic_desk.storage import search_postgresql, search_sqlite


def dialect(session: Session) -> ModuleType:
    """The module with `notes` and `patients_with` for this session's database."""
    return search_sqlite if session.get_bind().dialect.name == "sqlite" else search_postgresql
