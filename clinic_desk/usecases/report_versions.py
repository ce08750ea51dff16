"""Evaluations that a report cannot read, because the file of their region is not here: counted
and named, so that neither the report fails nor they are dropped silently.
"""

from collections import Counter
from collections.abc import Sequence

from clinic_desk.errors import LibraryInvalid, NotFound
from clinic_desk.i18n import _
from clinic_desk.library import Library
from clinic_desk.storage import report_queries as query
from clinic_desk.usecases.reckoning import protocol_of


def readable(library: Library, rows: Sequence[query.Answered]) -> tuple[list[query.Answered], str]:
    """The evaluations that can be read, and a sentence on the others, empty where all can."""
    known: dict[tuple[str, str], bool] = {}
    kept: list[query.Answered] = []
    left: Counter[str] = Counter()
    for row in rows:
        named = (row.protocol, row.version)
        if named not in known:
            known[named] = _is_here(library, *named)
        if known[named]:
            kept.append(row)
        else:
            left[f"{row.protocol} {row.version}"] += 1
    if not left:
        return kept, ""
    said = _(
        "Left out, as this program has no file of their region: {count} evaluations ({names})."
    )
    return kept, said.format(count=left.total(), names=", ".join(sorted(left)))


def _is_here(library: Library, protocol: str, version: str) -> bool:
    try:
        protocol_of(library, protocol, version)
    except (NotFound, LibraryInvalid):
        return False
    return True
