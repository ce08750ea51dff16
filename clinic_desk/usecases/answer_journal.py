"""Files and closed requests as lines of the journal."""

from collections.abc import Sequence
from uuid import UUID

from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import file_queries, loop_queries
from clinic_desk.usecases.patient_views import JournalEntry


def entries(session: chart.Reading, case_ids: Sequence[UUID]) -> list[JournalEntry]:
    """What was filed in cases and what was signed off; an archived file is out of the way."""
    found = [
        JournalEntry(
            "file", one.id, one.added_at, f"Filed: {one.title}", one.source, "", one.case_id
        )
        for one in file_queries.in_cases(session, case_ids)
    ]
    for loop in loop_queries.closed(session, case_ids):
        if loop.closed_at is not None:
            answered = loop.outcome == "answered"
            title = f"Answer: {loop.title}" if answered else f"No answer: {loop.title}"
            state = "signed" if answered else ""
            found.append(
                JournalEntry(
                    "answer", loop.id, loop.closed_at, title, loop.summary, state, loop.case_id
                )
            )
    return found
