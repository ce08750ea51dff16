"""How each thing of the record ends when its making is taken back: nothing is deleted.

What the database keeps for ever is answered by one more of its kind that says the opposite.
"""

from collections.abc import Mapping

from clinic_desk.errors import EditConflict
from clinic_desk.i18n import _
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import letter_template_queries
from clinic_desk.storage.base import Base
from clinic_desk.storage.models import (
    Appointment,
    Case,
    ClinicExercise,
    ClinicTemplate,
    Contact,
    ContactMerge,
    FiledFile,
    LetterTemplate,
    Loop,
    Patient,
    PatientLock,
    Todo,
    TodoMove,
)
from clinic_desk.storage.reversals import Ending
from clinic_desk.usecases.desk import Desk


def of(desk: Desk, session: chart.Reading) -> Mapping[type[Base], Ending]:
    """By kind; what is not here is a part of something else, and goes with it."""
    now, name, today = desk.now(), desk.actor.name, desk.today()

    def cancel(row: Appointment) -> None:
        row.cancelled_at, row.cancelled_by = now, name

    def withdraw(row: Todo) -> None:
        row.outcome, row.ended_at, row.ended_by = "withdrawn", now, name

    def move_again(row: TodoMove) -> None:
        back = TodoMove(
            todo_id=row.todo_id,
            from_on=row.to_on,
            to_on=row.from_on,
            at=now,
            by=name,
            clinician_id=desk.actor.id,
        )
        session.add(back)

    def archive(row: Contact) -> None:
        row.archived_at = now

    def part(row: ContactMerge) -> None:
        row.undone_at = now

    def archive_file(row: FiledFile) -> None:
        row.archived_at, row.archived_by, row.loop_id = now, name, None

    def archive_patient(row: Patient) -> None:
        row.archived_on = today

    def lift(row: PatientLock) -> None:
        row.lifted_at = now

    def close(row: Case) -> None:
        row.closed_on, row.outcome = today, _("Taken back: opened by mistake.")

    def end(row: Loop) -> None:
        row.outcome, row.summary = "no_answer", _("Taken back: noted by mistake.")
        row.closed_at, row.closed_by, row.closed_by_id = now, name, desk.actor.id

    def hide(row: ClinicExercise | ClinicTemplate) -> None:
        if row.content is None:
            session.delete(row)  # it only said something about one that ships
        else:
            row.hidden = True

    def former_text(row: LetterTemplate) -> None:
        versions = letter_template_queries.versions(session, row.kind)
        if max(one.revision for one in versions) != row.revision:
            raise EditConflict(
                _("This template was changed since then. Nothing was taken back."),
                _("Its versions are listed beside it."),
            )
        before = max(
            (one for one in versions if one.revision < row.revision),
            key=lambda one: one.revision,
            default=None,
        )
        session.add(
            LetterTemplate(
                kind=row.kind,
                revision=row.revision + 1,
                content=before.content if before is not None else None,
                based_on=before.based_on if before is not None else row.based_on,
                note=_("Taken back"),
                changed_at=now,
                changed_by=name,
                clinician_id=desk.actor.id,
            )
        )

    return {
        Appointment: cancel,
        Todo: withdraw,
        TodoMove: move_again,
        Contact: archive,
        ContactMerge: part,
        FiledFile: archive_file,
        Patient: archive_patient,
        PatientLock: lift,
        Case: close,
        Loop: end,
        ClinicExercise: hide,
        ClinicTemplate: hide,
        LetterTemplate: former_text,
    }
