"""Papers without a record: a handout for an invented patient, and the library's contact sheet.

The day, the patient and the practice are always the same, so that the same library gives the
same bytes.
"""

from dataclasses import replace
from datetime import date

from clinic_desk.clinical.measures import Side
from clinic_desk.documents import contact_sheet as contact_paper
from clinic_desk.documents import handout
from clinic_desk.documents.content import (
    ContactSheetContent,
    ContactSheetEntry,
    Identity,
    Letterhead,
)
from clinic_desk.library import Library
from clinic_desk.usecases import handout_page, program_content, shelf
from clinic_desk.usecases.handout_page import Occasion
from clinic_desk.usecases.letterhead import paper_of
from clinic_desk.usecases.program_views import ProgramContent, SheetOptions

_TODAY = date(2026, 2, 3)
_REVIEW = date(2026, 2, 10)
_ALEX = Occasion(
    practice=Letterhead("Example Street Physiotherapy", phone="555-0100"),
    clinician="Dana Demo",
    identity=Identity("Alex EXAMPLE", "", "34 years", "CD-00412"),
    patient_name="Alex Example",
    given_name="Alex",
    born=date(1991, 6, 14),
    side=Side.LEFT,
    today=_TODAY,
    emergency_number="112",
    reference="H-2026-014",
)


def program(library: Library, template: str, sheet: SheetOptions, paper: str) -> ProgramContent:
    """A template as it would be prescribed to the invented patient. Raises NotFound."""
    found = shelf.template(library, template)
    lines = tuple(
        replace(
            program_content.line_from(shelf.exercise(library, name).exercise, _ALEX.side),
            times_per_day=found.times_per_day,
            days_per_week=found.days_per_week,
        )
        for name in found.exercises
    )
    return ProgramContent(
        found.id, lines, pain_limit=found.pain_limit, review_on=_REVIEW, paper=paper, sheet=sheet
    )


def handout_of(library: Library, template: str, sheet: SheetOptions, paper: str = "a4") -> bytes:
    """The handout of a template. Raises NotFound, DocumentFailed."""
    content = program(library, template, sheet, paper)
    return handout.render(handout_page.compose(library, content, _ALEX))


def contact_sheet(library: Library, paper: str = "a4") -> bytes:
    """Every exercise with its figures, by stage."""
    stages: dict[int, list[ContactSheetEntry]] = {}
    for one in library.exercises():
        exercise = one.exercise
        start, finish = library.pictures(exercise.id)
        minutes = f"{exercise.seconds / 60:.1f} min"
        entry = ContactSheetEntry(
            exercise.id, exercise.name, f"stage {exercise.stage}, {minutes}", start, finish
        )
        stages.setdefault(exercise.stage, []).append(entry)
    return contact_paper.render(
        ContactSheetContent(
            f"{len(library.exercises())} exercises of the library",
            tuple((f"Stage {stage}", tuple(found)) for stage, found in sorted(stages.items())),
            paper_of(paper),
        )
    )
