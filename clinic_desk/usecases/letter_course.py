"""Who a letter is about and how the care went, as the fields of letters hold it."""

from collections.abc import Sequence
from datetime import date, timedelta

from clinic_desk.clinical.measures import Side
from clinic_desk.library.letter_fields import Value
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage.models import Case, Contact, Patient, Visit
from clinic_desk.usecases import home_kept, letter_words, program_content, words
from clinic_desk.usecases.letter_record import Record

REPAIR_DAYS = 28  # working value: until then a torn tendon can still be repaired early


def values(
    session: chart.Reading,
    case: Case,
    who: Patient,
    visits: Sequence[Visit],
    record: Record | None,
    today: date,
) -> dict[str, Value]:
    """Days stay days here: each template writes them in its own language."""
    practice = chart.practice(session)
    kept = home_kept.summary_of(session, case.id)
    days = [words.local(one.care_at).date() for one in visits]  # the newest first
    return {
        "born": who.birth_date,
        "age": words.age_text(who.birth_date, today),
        "number": who.number,
        "referrer": _referrer(session, case),
        "occupation": _inline(who.occupation),
        "sport": _inline(who.sport),
        "practice": practice.name,
        "practice_phone": practice.phone,
        "today": today,
        "onset_on": case.onset_on,
        "consent_on": who.consent_on,
        "first_visit": days[-1] if days else None,
        "last_visit": days[0] if days else None,
        "review_on": _review(session, case, today),
        "adherence": f"{kept.percent} %" if kept and kept.percent is not None else "",
        "repair_by": _repair_by(case, record, today),
    }


def _inline(text: str) -> str:
    return "; ".join(part.strip() for part in text.splitlines() if part.strip()).rstrip(".")


def _referrer(session: chart.Reading, case: Case) -> str:
    found = session.get(Contact, case.referrer_id) if case.referrer_id else None
    return found.name if found else ""


def _review(session: chart.Reading, case: Case, today: date) -> date | None:
    """The day of the next review; none where it has passed, for a letter promises none that did."""
    found = chart.programs(session, [case.id])
    planned = program_content.read(found[0].content).review_on if found else None
    return planned if planned and planned >= today else None


def _repair_by(case: Case, record: Record | None, today: date) -> date | None:
    """The end of the early repair window of a complete tear, while it has not passed."""
    if record is None or case.onset_on is None or record.side not in (Side.LEFT, Side.RIGHT):
        return None
    if letter_words.grade_number(record) != "3":
        return None
    end = case.onset_on + timedelta(days=REPAIR_DAYS)
    return end if end >= today else None
