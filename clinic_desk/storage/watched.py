"""A long reading that can be ended: the database asks now and then whether to go on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from clinic_desk.errors import ClinicError

EVERY = 100_000  # steps of the database's machine between two questions: about a millisecond


@contextmanager
def watched(session: Session, ask: Callable[[], None]) -> Iterator[None]:
    """Call `ask` while statements of the session run; the ClinicError that it raises ends them.

    PostgreSQL is asked between two statements only.
    """
    raw = session.connection().connection.dbapi_connection
    handler = getattr(raw, "set_progress_handler", None)
    if handler is None:
        ask()
        yield
        return
    wishes: list[ClinicError] = []

    def go_on() -> int:
        try:
            ask()
        except ClinicError as wish:  # the database's own machine takes no exception through
            wishes.append(wish)
            return 1
        return 0

    handler(go_on, EVERY)
    try:
        yield
    except DBAPIError:
        if wishes:
            raise wishes[0] from None
        raise
    finally:
        handler(None, 0)
