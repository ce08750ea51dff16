"""The first page read once on an empty database in memory, before the records are open.

SQLAlchemy works out the text of a statement when an engine first meets it; for Today that takes
twice as long as the reading itself. Here it is done while the passphrase is typed.
"""

from typing import TYPE_CHECKING
from uuid import uuid4

from clinic_desk.usecases.desk import Actor, Desk

if TYPE_CHECKING:
    from clinic_desk.library import Library


def rehearse(library: "Library") -> None:
    """Let the engine of the next unlocking meet the statements of Today; for the background."""
    from sqlalchemy import Engine

    from clinic_desk.storage import engine, models
    from clinic_desk.storage.store import Store
    from clinic_desk.usecases import today

    def read(empty: Engine) -> None:
        models.Base.metadata.create_all(empty)
        today.today(Desk(Store(empty, b""), library, Actor(uuid4(), "")))

    engine.rehearse(read)
