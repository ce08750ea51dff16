"""What a case's own page says of its plan."""

from collections.abc import Sequence

from clinic_desk.clinical import visit_plan
from clinic_desk.clinical.visit_plan import Due
from clinic_desk.storage.case_queries import VisitLine
from clinic_desk.usecases.visit_beginning import RE_EVALUATION

MOST = 200  # visits of one plan


def due_after(planned: int | None, visits: Sequence[VisitLine]) -> Due | None:
    """What is due now after a case's visits, given in the order of care."""
    signed = sum(one.status == "signed" for one in visits)
    places = (place for place, one in enumerate(visits, 1) if one.kind == RE_EVALUATION)
    return visit_plan.due(planned, signed, max(places, default=0))
