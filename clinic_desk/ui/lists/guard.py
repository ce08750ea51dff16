"""An exception inside a model's method would end the application: it is logged, and None told."""

import functools
import logging
from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
_log = logging.getLogger(__name__)


def guarded(method: Callable[P, R]) -> Callable[P, R | None]:
    """Wrap a model's override. The log has the kind of the error and its place, never values."""

    @functools.wraps(method)
    def safe(*args: P.args, **kwargs: P.kwargs) -> R | None:
        try:
            return method(*args, **kwargs)
        except Exception as error:  # noqa: BLE001 (Qt would end the program)
            place = error.__traceback__
            while place is not None and place.tb_next is not None:
                place = place.tb_next
            line = place.tb_lineno if place is not None else 0
            _log.error("%s in %s, line %d", type(error).__name__, method.__qualname__, line)
            return None

    return safe
