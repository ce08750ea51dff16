"""The acts of the use cases: how each is begun, what takes it back, or why it is for ever."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from io import BytesIO
from pathlib import Path
from uuid import UUID

from PIL import Image

from clinic_desk.clinical.measures import Side
from clinic_desk.usecases import (
    address_book,
    appointments,
    case_contacts,
    cases,
    clinic_exercises,
    clinic_templates,
    contact_entries,
    contact_files,
    contact_merge,
    exercise_marks,
    files,
    import_any,
    import_undo,
    letter_images,
    letter_templates,
    letters,
    lockbox,
    loops,
    mergers,
    note_templates,
    patient_states,
    patients,
    people,
    practice,
    programs,
    registrations,
    retention,
    snippets,
    todos,
    visits,
)
from clinic_desk.usecases.address_book import Entry
from clinic_desk.usecases.appointments import Booking
from clinic_desk.usecases.case_goals import Goal
from clinic_desk.usecases.cases import CaseDetails
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.loops import OrderDetails
from clinic_desk.usecases.patient_details import OtherName, OtherPhone
from clinic_desk.usecases.patients import PatientDetails
from clinic_desk.usecases.snippets import Snippet
from clinic_desk.usecases.todos import TodoDetails

# -- what is for ever, and why ----------------------------------------------------------------

_SIGNED = "signed: corrections are addenda"
_SENT = "the paper is out of the house"
_OUT = "nothing in the record changed: a file left the program"
_DRAFT = "begins a draft: its sheet has its own undo, and discarding it is taken back"
_DOOR = "a passphrase was used or changed: the former one is kept nowhere"
_PART = "is written within another act"

FOR_EVER: Mapping[str, str] = {
    "adherence.record": "what a patient brought back stands as it was entered",
    "appointments.start": _DRAFT,
    "contact_entries.add_addendum": _SIGNED,
    "contact_entries.sign": _SIGNED,
    "contact_files.export": _OUT,
    "cosign.co_sign": _SIGNED,
    "cosign.give_back": "what was said about a note stands in its story",
    "exercise_drafts.keep": _DRAFT,
    "exporting.export": _OUT,
    "form_drafts.drop": "what was given up in a form is put back by the form's own Undo",
    "form_drafts.keep": _DRAFT,
    "exporting.paper_out": _OUT,
    "files.save_copy": _OUT,
    "list_files.save": _OUT,
    "imaging_results.enter": _PART,
    "imaging_results.record": "a result is corrected by a newer one, which names it",
    "import_papers.write": _PART,
    "import_run.begin": _PART,
    "letters.issue": _SENT,
    "letters.keep": _DRAFT,
    "lockbox.open_part": "that somebody looked is kept for ever",
    "loops.chase": "that the answer was asked for again stands in its story",
    "loops.end": _SIGNED,
    "loops.end_corrected": _PART,
    "loops.sign_off": _SIGNED,
    "papers.issue_handout": _SENT,
    "people.add": _DOOR,
    "people.deactivate": _DOOR,
    "people.let_in": _DOOR,
    "practice.change_passphrase": _DOOR,
    "practice.set_up": "there is nothing before it",
    "practice.unlock": _DOOR,
    "practice.unlock_with_recovery": _DOOR,
    "programs.keep": _DRAFT,
    "programs.prescribe": _SIGNED,
    "progress_paper.pdf": _OUT,
    "registrations.keep": _DRAFT,
    "report_paper.pdf": _OUT,
    "reports.csv": _OUT,
    "reports.make": _OUT,
    "sendings.correction": _DRAFT,
    "sendings.record": _SENT,
    "visits.add_addendum": _SIGNED,
    "visits.sign": _SIGNED,
    "template_drafts.keep": _DRAFT,
    "visits.start": _DRAFT,
}

# -- what is taken back -----------------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    """A practice with a patient, a case and an address book entry."""

    desk: Desk
    alex: UUID
    strain: UUID
    surgeon: UUID
    folder: Path


Act = Callable[[], object]
Prepared = Callable[[Place], Act]
TAKEN_BACK: dict[str, list[Prepared]] = {}


def undone(name: str) -> Callable[[Prepared], Prepared]:
    """What is prepared returns the act itself, which is then taken back."""

    def known(prepared: Prepared) -> Prepared:
        TAKEN_BACK.setdefault(name, []).append(prepared)
        return prepared

    return known


def _known(at: Place) -> address_book.EntryRow:
    return address_book.open_entry(at.desk, at.surgeon)


def _booked(at: Place) -> UUID:
    return appointments.book(at.desk, Booking(at.desk.today(), "10:30", at.alex))


def _task(at: Place, **more: object) -> UUID:
    day = at.desk.today() + timedelta(days=2)
    return todos.add(at.desk, TodoDetails("Ask for the scan", day, **more))  # type: ignore[arg-type]


def _order(at: Place) -> UUID:
    return loops.order(at.desk, at.strain, OrderDetails("imaging", "MRI of the thigh"))


def _file(at: Place, name: str = "reply.txt") -> UUID:
    path = at.folder / name
    path.write_text(f"The answer of {name}.")
    return files.add(at.desk, at.alex, files.examine(path)).id


def _picture(colour: str) -> bytes:
    out = BytesIO()
    Image.new("RGB", (90, 40), colour).save(out, "PNG")
    return out.getvalue()


@undone("address_book.save")
def _(at: Place) -> Act:
    row = _known(at)
    return lambda: address_book.save(
        at.desk, replace(row.entry, name="Robin Other", fax="555-0199"), row.id, row.version
    )


@undone("address_book.save")
def _(at: Place) -> Act:
    return lambda: address_book.save(at.desk, Entry("Pat Sample", role="gp"))


@undone("address_book.archive")
def _(at: Place) -> Act:
    return lambda: address_book.archive(at.desk, at.surgeon)


@undone("address_book.restore")
def _(at: Place) -> Act:
    address_book.archive(at.desk, at.surgeon)
    return lambda: address_book.restore(at.desk, at.surgeon)


@undone("appointments.book")
def _(at: Place) -> Act:
    return lambda: _booked(at)


@undone("appointments.move")
def _(at: Place) -> Act:
    one = _booked(at)
    appointments.arrive(at.desk, one)
    return lambda: appointments.move(at.desk, one, date(2026, 3, 1), "9:00")


@undone("appointments.arrive")
def _(at: Place) -> Act:
    one = _booked(at)
    appointments.arrive(at.desk, one)
    return lambda: appointments.arrive(at.desk, one, arrived=False)


@undone("appointments.cancel")
def _(at: Place) -> Act:
    one = _booked(at)
    return lambda: appointments.cancel(at.desk, one)


@undone("appointments.restore")
def _(at: Place) -> Act:
    one = _booked(at)
    appointments.cancel(at.desk, one)
    return lambda: appointments.restore(at.desk, one)


@undone("case_contacts.put")
def _(at: Place) -> Act:
    return lambda: case_contacts.put(at.desk, at.strain, at.surgeon, "surgeon")


@undone("case_contacts.take_out")
def _(at: Place) -> Act:
    case_contacts.put(at.desk, at.strain, at.surgeon, "surgeon")
    (link,) = case_contacts.of_case(at.desk, at.strain)
    assert link.link_id is not None
    return partial(case_contacts.take_out, at.desk, link.link_id)


@undone("cases.open_case")
def _(at: Place) -> Act:
    details = CaseDetails("ankle sprain", Side.RIGHT, goal="Stairs")
    return lambda: cases.open_case(at.desk, at.alex, details)


@undone("cases.correct")
def _(at: Place) -> Act:
    held = cases.view(at.desk, at.strain)
    other = replace(held.record, title="calf strain", planned_visits=6, goals=(Goal("Stairs"),))
    return lambda: cases.correct(at.desk, at.strain, held.version, other)


@undone("cases.close_case")
def _(at: Place) -> Act:
    cases.hold(at.desk, at.strain, "Waits for the scan")
    return lambda: cases.close_case(at.desk, at.strain, "Back to sport")


@undone("cases.hold")
def _(at: Place) -> Act:
    return lambda: cases.hold(at.desk, at.strain, "Waits for the scan")


@undone("cases.resume")
def _(at: Place) -> Act:
    cases.close_case(at.desk, at.strain, "Back to sport")
    return lambda: cases.resume(at.desk, at.strain)


def _exercise(at: Place) -> str:
    blank = clinic_exercises.edit(at.desk)
    tables = {
        **blank.tables,
        "name": "Towel slide",
        "short_name": "Towel slide",
        "muscles": ["hamstrings"],
        "start": "Sit on a chair with one foot on a towel.",
        "steps": ["Slide your foot forward.", "Draw it back slowly."],
    }
    photo = clinic_exercises.photo(_picture("red"))
    return clinic_exercises.save(at.desk, replace(blank, tables=tables, photos=(photo,)))


def _changed_exercise(at: Place) -> str:
    held = clinic_exercises.edit(at.desk, "s2_bridge")
    return clinic_exercises.save(
        at.desk, replace(held, tables={**held.tables, "name": "Bridge of ours"})
    )


@undone("clinic_exercises.save")
def _(at: Place) -> Act:
    return lambda: _exercise(at)


@undone("clinic_exercises.save")
def _(at: Place) -> Act:
    held = clinic_exercises.edit(at.desk, _exercise(at))
    other = replace(held, tables={**held.tables, "name": "Sock slide"}, photos=())
    other = replace(other, photos=(clinic_exercises.photo(_picture("blue")),))
    return lambda: clinic_exercises.save(at.desk, other)


@undone("clinic_exercises.hide")
def _(at: Place) -> Act:
    return lambda: clinic_exercises.hide(at.desk, "s2_bridge")


@undone("clinic_exercises.bring_back")
def _(at: Place) -> Act:
    clinic_exercises.hide(at.desk, "s2_bridge")
    return lambda: clinic_exercises.bring_back(at.desk, "s2_bridge")


@undone("clinic_exercises.take_shipped")
def _(at: Place) -> Act:
    _changed_exercise(at)
    return lambda: clinic_exercises.take_shipped(at.desk, "s2_bridge")


@undone("clinic_exercises.keep_mine")
def _(at: Place) -> Act:
    _changed_exercise(at)
    return lambda: clinic_exercises.keep_mine(at.desk, "s2_bridge")


@undone("clinic_exercises.import_file")
def _(at: Place) -> Act:
    text, _photos = clinic_exercises.export(at.desk, "s2_bridge")
    return lambda: clinic_exercises.import_file(at.desk, "bridge.toml", text.encode())


def _changed_template(at: Place) -> str:
    held = clinic_templates.edit(at.desk, "acute_g2_late")
    return clinic_templates.save(at.desk, replace(held, tables={**held.tables, "name": "Ours"}))


@undone("clinic_templates.save")
def _(at: Place) -> Act:
    return lambda: _changed_template(at)


@undone("clinic_templates.hide")
def _(at: Place) -> Act:
    return lambda: clinic_templates.hide(at.desk, "acute_g2_late")


@undone("clinic_templates.bring_back")
def _(at: Place) -> Act:
    clinic_templates.hide(at.desk, "acute_g2_late")
    return lambda: clinic_templates.bring_back(at.desk, "acute_g2_late")


@undone("clinic_templates.take_shipped")
def _(at: Place) -> Act:
    _changed_template(at)
    return lambda: clinic_templates.take_shipped(at.desk, "acute_g2_late")


@undone("clinic_templates.keep_mine")
def _(at: Place) -> Act:
    _changed_template(at)
    return lambda: clinic_templates.keep_mine(at.desk, "acute_g2_late")


@undone("contact_entries.discard")
def _(at: Place) -> Act:
    content = contact_entries.EntryContent(with_whom="Alex", text="Asked about running.")
    contact_entries.keep(at.desk, at.strain, content)
    return lambda: contact_entries.discard(at.desk, at.strain)


@undone("contact_files.take")
def _(at: Place) -> Act:
    table = "Name,Role,Email\nPat Sample,gp,\nQuite New,employer,\n"
    looked = contact_files.look(at.desk, "x.csv", table.encode())
    return lambda: contact_files.take(at.desk, looked.candidates)


def _pair(at: Place) -> contact_merge.Pair:
    row = _known(at)
    other = address_book.save(at.desk, replace(row.entry, fax="555-0199"))
    return contact_merge.Pair(row, other, "name")


@undone("contact_merge.merge")
def _(at: Place) -> Act:
    pair = _pair(at)
    return lambda: contact_merge.merge(at.desk, pair, {})


@undone("contact_merge.part")
def _(at: Place) -> Act:
    merge = contact_merge.merge(at.desk, _pair(at), {})
    return lambda: contact_merge.part(at.desk, merge)


@undone("contact_merge.keep_apart")
def _(at: Place) -> Act:
    pair = _pair(at)
    return lambda: contact_merge.keep_apart(at.desk, pair)


@undone("exercise_drafts.discard")
def _(at: Place) -> Act:
    from clinic_desk.usecases import exercise_drafts

    half = exercise_drafts.HalfTyped(clinic_exercises.edit(at.desk, "s2_bridge"), False)
    exercise_drafts.keep(at.desk, half)
    return lambda: exercise_drafts.discard(at.desk)


@undone("template_drafts.discard")
def _(at: Place) -> Act:
    from clinic_desk.usecases import template_drafts

    template_drafts.keep(at.desk, letter_templates.edit(at.desk, "referral-gp"))
    return lambda: template_drafts.discard(at.desk, "referral-gp")


@undone("exercise_marks.star")
def _(at: Place) -> Act:
    return lambda: exercise_marks.star(at.desk, "s2_bridge", True)


def _line(at: Place) -> programs.Line:
    return programs.from_template(at.desk, at.strain, "acute_g2_late").lines[0]


@undone("exercise_marks.save_default")
def _(at: Place) -> Act:
    line = _line(at)
    return lambda: exercise_marks.save_default(at.desk, line)


@undone("exercise_marks.forget_default")
def _(at: Place) -> Act:
    exercise_marks.save_default(at.desk, _line(at))
    return lambda: exercise_marks.forget_default(at.desk, _line(at).exercise)


@undone("files.add")
def _(at: Place) -> Act:
    return lambda: _file(at)


@undone("files.describe")
def _(at: Place) -> Act:
    row = files.one(at.desk, _file(at))
    other = replace(row.details, title="Scan of the thigh", case_id=at.strain)
    return lambda: files.describe(at.desk, row.id, row.version, other)


@undone("files.archive")
def _(at: Place) -> Act:
    one = _file(at)
    loops.attach(at.desk, _order(at), one)
    return lambda: files.archive(at.desk, one)


@undone("files.restore")
def _(at: Place) -> Act:
    one = _file(at)
    files.archive(at.desk, one)
    return lambda: files.restore(at.desk, one)


@undone("letter_images.keep_logo")
def _(at: Place) -> Act:
    return lambda: letter_images.keep_logo(at.desk, _picture("red"))


@undone("letter_images.keep_logo")
def _(at: Place) -> Act:
    letter_images.keep_logo(at.desk, _picture("red"))
    return lambda: letter_images.keep_logo(at.desk, _picture("blue"))


@undone("letter_images.keep_signature")
def _(at: Place) -> Act:
    return lambda: letter_images.keep_signature(at.desk, _picture("black"))


@undone("letter_images.remove_logo")
def _(at: Place) -> Act:
    letter_images.keep_logo(at.desk, _picture("red"))
    return lambda: letter_images.remove_logo(at.desk)


@undone("letter_images.remove_signature")
def _(at: Place) -> Act:
    letter_images.keep_signature(at.desk, _picture("black"))
    return lambda: letter_images.remove_signature(at.desk)


def _letter_kind(at: Place) -> letter_templates.Edited:
    held = letter_templates.edit(at.desk, "referral-gp")
    return replace(held, name="Report of ours")


@undone("letter_templates.save")
def _(at: Place) -> Act:
    return lambda: letter_templates.save(at.desk, _letter_kind(at))


@undone("letter_templates.restore")
def _(at: Place) -> Act:
    revision = letter_templates.save(at.desk, _letter_kind(at))
    letter_templates.save(at.desk, replace(_letter_kind(at), name="Another name"))
    return lambda: letter_templates.restore(at.desk, "referral-gp", revision)


@undone("letter_templates.withdraw")
def _(at: Place) -> Act:
    own = letter_templates.copy(at.desk, "referral-gp", "Second report")
    return lambda: letter_templates.withdraw(at.desk, own)


@undone("letter_templates.copy")
def _(at: Place) -> Act:
    return lambda: letter_templates.copy(at.desk, "referral-gp", "Second report")


@undone("letters.discard")
def _(at: Place) -> Act:
    letters.keep(at.desk, at.strain, letters.compose(at.desk, at.strain, "referral-gp"))
    return lambda: letters.discard(at.desk, at.strain)


@undone("lockbox.close_part")
def _(at: Place) -> Act:
    return lambda: lockbox.close_part(at.desk, at.alex, "history")


@undone("lockbox.lift")
def _(at: Place) -> Act:
    lock = lockbox.close_part(at.desk, at.alex, "history")
    lockbox.open_part(at.desk, lock, "The patient asks for it")
    return lambda: lockbox.lift(at.desk, lock)


@undone("loops.order")
def _(at: Place) -> Act:
    return lambda: _order(at)


@undone("loops.attach")
def _(at: Place) -> Act:
    one, loop = _file(at), _order(at)
    return lambda: loops.attach(at.desk, loop, one)


@undone("note_templates.save")
def _(at: Place) -> Act:
    heads = (note_templates.Heading("Today", "subjective"),)
    mine = (note_templates.NoteTemplate("Short", heads),)
    return lambda: note_templates.save(at.desk, note_templates.listed(at.desk), mine)


@undone("patient_states.archive")
def _(at: Place) -> Act:
    return lambda: patient_states.archive(at.desk, at.alex)


@undone("patient_states.restore")
def _(at: Place) -> Act:
    patient_states.archive(at.desk, at.alex)
    return lambda: patient_states.restore(at.desk, at.alex)


@undone("patient_states.hold")
def _(at: Place) -> Act:
    patient_states.hold(at.desk, at.alex, "Claim 1")
    return lambda: patient_states.hold(at.desk, at.alex, "Claim 2")


@undone("patient_states.release")
def _(at: Place) -> Act:
    patient_states.hold(at.desk, at.alex, "Claim 1")
    return lambda: patient_states.release(at.desk, at.alex)


@undone("patients.register")
def _(at: Place) -> Act:
    details = PatientDetails("Sample", "Sam", phones=(OtherPhone("555-0177", "work"),))
    return lambda: patients.register(at.desk, details)


@undone("patients.correct")
def _(at: Place) -> Act:
    visits.start(at.desk, at.strain)
    seen = patients.open_file(at.desk, at.alex)
    other = replace(
        seen.details,
        given_name="Alexa",
        birth_date=date(1981, 6, 14),
        names=(OtherName("Former", "Alex", "former"),),
        phones=(OtherPhone("555-0177", "work"),),
    )
    return lambda: patients.correct(at.desk, at.alex, seen.version, other)


@undone("people.correct")
def _(at: Place) -> Act:
    seen = people.people(at.desk)[0]
    other = replace(seen.details, registration="PH-EXAMPLE-02")
    return lambda: people.correct(at.desk, seen.id, seen.version, other)


@undone("practice.correct")
def _(at: Place) -> Act:
    seen = practice.view(at.desk)
    other = replace(seen.practice, phone="555-0111", paper="letter")
    you = replace(seen.clinician, registration="PH-EXAMPLE-02")
    return lambda: practice.correct(at.desk, seen.version, other, you)


@undone("programs.discard")
def _(at: Place) -> Act:
    programs.keep(at.desk, at.strain, programs.from_template(at.desk, at.strain, "acute_g2_late"))
    return lambda: programs.discard(at.desk, at.strain)


@undone("registrations.drop")
def _(at: Place) -> Act:
    registrations.keep(at.desk, at.alex, {"family_name": "Half"})
    return lambda: registrations.drop(at.desk, at.alex)


@undone("retention.choose_country")
def _(at: Place) -> Act:
    return lambda: retention.choose_country(at.desk, "GB")


@undone("snippets.save")
def _(at: Place) -> Act:
    first = (Snippet("hep", "Home program"), Snippet("old", "Old text"))
    snippets.save(at.desk, snippets.listed(at.desk), first)
    other = (Snippet("hep", "Home exercises"), Snippet("new", "New text"))
    return lambda: snippets.save(at.desk, first, other)


@undone("todos.add")
def _(at: Place) -> Act:
    return lambda: _task(at)


@undone("todos.done")
def _(at: Place) -> Act:
    one = _task(at, every=2, unit="week")
    return lambda: todos.done(at.desk, one)


@undone("todos.snooze")
def _(at: Place) -> Act:
    one = _task(at)
    return lambda: todos.snooze(at.desk, one, at.desk.today() + timedelta(days=9))


@undone("todos.withdraw")
def _(at: Place) -> Act:
    one = _task(at)
    return lambda: todos.withdraw(at.desk, one)


@undone("todos.reopen")
def _(at: Place) -> Act:
    one = _task(at)
    todos.done(at.desk, one)
    return lambda: todos.reopen(at.desk, one)


@undone("visits.discard")
def _(at: Place) -> Act:
    visit = appointments.start(at.desk, _booked(at))
    return lambda: visits.discard(at.desk, visit)


# Two acts put so much in motion that they keep what they did, and are taken back by it years later.


def _merged(at: Place) -> tuple[Act, Act]:
    other = patients.register(at.desk, PatientDetails("Exampel", "Alex", occupation="Cook"))
    merge: list[UUID] = []
    return (
        lambda: merge.append(mergers.merge(at.desk, at.alex, other)),
        lambda: mergers.take_apart(at.desk, merge[0]),
    )


def _imported(at: Place) -> tuple[Act, Act]:
    path = at.folder / "list.csv"
    path.write_text("Family name;Given name\nSample;Kim\nSimple;Jo\n")
    run: list[UUID] = []

    def take() -> None:
        made = import_any.take(at.desk, path).run
        assert made is not None
        run.append(made)

    return take, lambda: import_undo.undo(at.desk, run[0])


BY_WHAT_THEY_KEPT: Mapping[str, tuple[str, Callable[[Place], tuple[Act, Act]]]] = {
    "mergers.merge": ("mergers.take_apart", _merged),
    "import_any.take": ("import_undo.undo", _imported),
}
