"""Within one reading, the same question has the same answer: it is put to the database once.

A session that only reads sees one state of the records to its end. Sessions that write ask anew
each time, for what they have written themselves.
"""

from collections.abc import Callable, Hashable
from typing import TypeVar, cast

from sqlalchemy.orm import Session

ANSWERS = "answers of this reading"  # of a session's info

_Answer = TypeVar("_Answer")


def once(session: Session, question: Hashable, ask: Callable[[], _Answer]) -> _Answer:
    """The answer to a question, kept as long as the reading lasts."""
    answers: dict[Hashable, object] | None = session.info.get(ANSWERS)
    if answers is None:
        return ask()
    if question not in answers:
        answers[question] = ask()
    return cast(_Answer, answers[question])
