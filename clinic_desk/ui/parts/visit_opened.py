"""A visit as it is read for the screens that show it: with the signed one before it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from clinic_desk.usecases import evaluations, flowsheet, habits, note_templates, shelf, visits
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.flowsheet import Offer
from clinic_desk.usecases.note_templates import NoteTemplate
from clinic_desk.usecases.visit_views import LastVisit, VisitView


@dataclass(frozen=True, slots=True)
class OpenedVisit:
    """A visit with the signed one before it."""

    view: VisitView
    last: LastVisit | None
    offer: Offer
    templates: tuple[NoteTemplate, ...] = ()
    typed_in: Mapping[str, str] = field(default_factory=dict)  # units other than the questions'


def opened(desk: Desk, visit_id: UUID) -> OpenedVisit:
    """For the records lane: the visit, the last one, and the data files that showing it needs."""
    view = visits.open_visit(desk, visit_id)
    evaluations.play(desk, view)
    shelf.templates(desk.library)
    last = visits.last_signed(desk, view.case_id, before=view.id)
    offer = flowsheet.offer(desk, view.case_id)
    return OpenedVisit(view, last, offer, note_templates.listed(desk), habits.typed_in(desk))
