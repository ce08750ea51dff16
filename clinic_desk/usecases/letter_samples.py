"""A letter of each kind without a record of one's own: on the demo case, on a fixed day."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from clinic_desk.documents import letter as paper_letter
from clinic_desk.errors import NotFound
from clinic_desk.library import Library
from clinic_desk.library.letter_kind import PATIENT
from clinic_desk.library.letters import LetterKind, named
from clinic_desk.usecases import (
    addressee,
    demo,
    letter_draft,
    letter_page,
    patients,
    practice,
    shelf,
    todos,
)
from clinic_desk.usecases.contacts import ContactDetails
from clinic_desk.usecases.demo_people import PEOPLE
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.todos import TodoDetails

_NOW = datetime(2026, 2, 3, 10, 58, tzinfo=UTC)
_CASE = "Example"  # whose case every sample is written on
_DUE = 28  # days until the recall of the sample

_HOSPITAL = "Sample General Hospital\n1 Hospital Way, Sampletown EX2 3QS"
_SURGERY = "9 Surgery Road\nSampletown EX1 1AA"
_RECIPIENTS = {
    "emergency": ContactDetails("Duty doctor", "", "other", "Emergency Department", _HOSPITAL),
    "orthopaedics": ContactDetails(
        "Dr Robin Sample",
        "Dr Sample",
        "orthopaedics",
        "Orthopaedic Trauma and Sports Injury Clinic",
        _HOSPITAL,
    ),
    "gp": ContactDetails("Dr Pat Sample", "Dr Sample", "gp", "Sample Surgery", _SURGERY),
    "radiology": ContactDetails("Reception", "", "other", "Radiology Department", _HOSPITAL),
    "other": ContactDetails("Kim Placeholder", "", "other", "Sample Office", _SURGERY),
}
_HOSPITAL_ROLES = {
    "vascular": "Vascular Clinic",
    "rheumatology": "Rheumatology Clinic",
    "neurology": "Neurology Clinic",
    "oncology": "Sarcoma Clinic",
}


def letter_of(library: Library, kind: str, language: str = "en", paper: str = "a4") -> bytes:
    """The PDF of a kind, marked as a draft. Raises NotFound, DocumentFailed."""
    found = shelf.letter_kind(library, named(kind, language))
    with TemporaryDirectory(prefix="clinic-desk-sample-") as folder:
        people = [one for one in PEOPLE if one.family == _CASE]
        desk = demo.make(Path(folder) / "demo", library, _NOW, people)
        try:
            return _drawn(desk, found, paper)
        finally:
            desk.store.close()


def _drawn(desk: Desk, kind: LetterKind, paper: str) -> bytes:
    seen = practice.view(desk)
    case = patients.banner(desk, patients.find(desk, _CASE)[0].id).case_id
    if case is None:
        raise NotFound("The demo patient has no case.")
    if kind.role == PATIENT:
        due = desk.today() + timedelta(days=_DUE)
        who = patients.find(desk, _CASE)[0].id
        details = TodoDetails("see how the season went", due, recall=True, patient_id=who)
        todos.add(desk, details)
    with desk.store.reading() as session:
        source = letter_draft.source(desk, session, case, kind)
    draft = letter_draft.composed(kind, source, None, paper, desk.today())
    to = _recipient(kind.role) if kind.role != PATIENT else addressee.as_addressee(source.patient)
    content = letter_page.page(kind, draft, source, seen, to, desk.now())
    return paper_letter.render(content)


def _recipient(role: str) -> ContactDetails | None:
    """Somebody who holds the role; nobody where a letter is given to the patient."""
    if role in _HOSPITAL_ROLES:
        return ContactDetails("Reception", "", "other", _HOSPITAL_ROLES[role], _HOSPITAL)
    return _RECIPIENTS.get(role)
