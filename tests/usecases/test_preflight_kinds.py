"""Every kind of letter against every check before it goes, as one table: said or not, stopping or
not, to be set aside with a reason or not, and always with a place to mend it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from types import SimpleNamespace
from uuid import UUID

import pytest

from clinic_desk import paths
from clinic_desk.clinical.measures import Side
from clinic_desk.library import Library
from clinic_desk.library import letters as letter_files
from clinic_desk.ui.parts import letter_jumps
from clinic_desk.usecases import (
    cases,
    contacts,
    letter_draft,
    letter_ground,
    letters,
    patients,
    people,
    practice,
    visits,
)
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.letter_views import LetterDraft
from clinic_desk.usecases.paper_views import Problem
from clinic_desk.usecases.patient_details import Consent, PatientDetails
from clinic_desk.usecases.people import PersonDetails
from clinic_desk.usecases.visit_views import VisitContent
from tests.support.desk import Clock
from tests.support.records import PASSPHRASE, QUICK
from tests.usecases.answers import STRAIN, TINGLING
from tests.usecases.test_preflight import signed

KINDS = {one.id: one for one in letter_files.load(paths.resources() / "letters")}
PLANNED = ("gp", "orthopaedics", "neurology", "rheumatology", "vascular", "sarcoma")
GROUPS = {
    "planned": tuple(f"referral-{one}" for one in PLANNED),
    "emergency": ("referral-emergency",),
    "imaging": ("imaging-request",),
    "progress": ("progress-report",),
    "discharge": ("discharge-summary",),
    "certificate": ("certificate-work", "certificate-sport"),
    "free": ("letter-free",),
    "cover": ("cover-sheet",),
    "recall": ("recall",),
}
BOTH_SIDES: dict[str, object] = {
    "girth_calf": {"left": 36, "right": 37},
    "abpi_index": {"left": 1.0, "right": 1.1},
    "knee_flexion": {"left": 110, "right": 130},
    "hip_ir": {"left": 30, "right": 40},
}
TODAY = date(2026, 2, 3)
HERE = {"recipient", "see_by", "enclosures", "copies", "record"}  # what the letter's screen mends

# s stops; r stops until a reason sets it aside; w is said; - is not said.
# planned, emergency, imaging, progress, discharge, certificate, free, cover, recall
TABLE = {
    "nobody addressed": "s s s s s w s s -",  # a certificate is handed over, a recall has the file
    "no address": "r r r r r w r r r",  # it can be handed over
    "address without a place": "w w w w w w w w w",
    "addressee of another role": "w w w w w w - - -",
    "required part empty": "s s s s s s s s s",
    "clinical question empty": "s - s - - - - - -",
    "ticked part empty": "w w w w w w w w w",
    "gap in a required part": "s r s s s s s s s",  # by pen where it cannot wait
    "gap in another part": "w w w w s s s s s",
    "no consent": "r w r r r r w w -",
    "consent taken back": "r w r r r r w w -",
    "consent of tomorrow": "r w r r r r w w -",
    "reminders refused": "- - - - - - - - r",
    "other side in a part": "r r r w w w w w w",
    "other side in the title": "r r r w w w w w w",
    "composed for the other side": "s s s s s s s s s",
    "draft visit behind it": "s s s s s s w - -",
    "no evaluation": "r r r r r w - - -",
    "red flag without action": "r w r r r r w w w",
    "co-signature pending": "w w w w w w w - -",
    "co-signature pending, by the student": "s s s s s s s s s",
    "enclosure absent": "w w w w w w w w w",
    "enclosure unmentioned": "w w w w w w w w w",
    "safety questions open": "- - r - - - - - -",
    "day that does not exist": "w w w w w w w w w",
    "see by yesterday": "s s s s s s s s s",
    "see by in two years": "w w w w w w w w w",
    "birth date unknown": "w w w w w w w w w",
    "page without identity": "s s s s s s s s s",
    "sign that no font has": "s s s s s s s s s",
    "part of a megabyte": "s s s s s s s s s",
}  # fmt: skip


@dataclass(frozen=True)
class Stage:
    """One practice with the people and cases that the faults are found in."""

    desk: Desk
    student: Desk
    cases: dict[str, UUID]
    to: dict[str, UUID]  # contact by role, and "homeless", "placeless"
    grounds: dict[tuple[UUID, str, date], letter_ground.Ground] = field(default_factory=dict)

    def ground(self, desk: Desk, case: UUID, kind: str) -> letter_ground.Ground:
        """The record behind a letter, read once."""
        key = (case, kind, desk.today())
        if key not in self.grounds:
            self.grounds[key] = letter_ground.read(desk, case, kind)
        return self.grounds[key]


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory, library: Library) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("preflight") / "practice"
    opened, _code = practice.set_up(
        folder,
        library,
        practice.PracticeDetails(name="Example Physiotherapy", address="1 Road\nTown", phone="1"),
        practice.ClinicianDetails("Dana Demo", "physiotherapist", "PH-1"),
        PASSPHRASE,
        kdf=QUICK,
    )
    desk = Desk(opened.store, opened.library, opened.actor, now=Clock())
    details = PersonDetails("Sam Student", "student", "", "student", desk.actor.id)
    people.add(desk, details, PASSPHRASE, "the student's own words")
    other = practice.unlock(folder, library, "the student's own words")
    student = replace(desk, actor=other.actor)
    other.store.close()
    to = {
        role: contacts.add(desk, contacts.ContactDetails("Dr X", "", role, address="1 Road\nTown"))
        for role in contacts.ROLES
    }
    for name, address in (("homeless", ""), ("placeless", "12 Example Street")):
        to[name] = contacts.add(desk, contacts.ContactDetails(name, "", "other", address=address))
    yield Stage(desk, student, _cases(desk, student), to)
    desk.store.close()


def _cases(desk: Desk, student: Desk) -> dict[str, UUID]:
    fine = PatientDetails(
        "Example",
        "Alex",
        birth_date=date(1991, 6, 14),
        address="7 Lane\nTown",
        consents=(Consent("record", TODAY), Consent("reminders", TODAY)),
    )
    withdrawn = tuple(replace(one, withdrawn_on=TODAY) for one in fine.consents)
    made: dict[str, UUID] = {}

    def case(name: str, who: PatientDetails, title: str = "hamstring strain") -> UUID:
        given = replace(who, given_name=name.capitalize())
        person = patients.register(desk, given)
        made[name] = cases.open_case(desk, person, cases.CaseDetails(title, Side.LEFT))
        return made[name]

    signed(desk, case("fine", fine), STRAIN | BOTH_SIDES)
    bare = replace(fine, consents=(), address="", birth_date=None)
    signed(desk, case("bare", bare), STRAIN)
    taken = replace(fine, consents=withdrawn, address="12 Example Street")
    signed(desk, case("withdrawn", taken), STRAIN)
    signed(desk, case("titled", fine, "right hamstring strain"), STRAIN)
    case("unseen", fine)
    visit = visits.start(desk, case("drafted", fine))
    visits.keep(desk, visit, VisitContent(answers=STRAIN))
    signed(student, case("supervised", fine), STRAIN)
    signed(desk, case("flagged", fine), STRAIN)
    visit = visits.start(desk, made["flagged"])
    visits.keep(desk, visit, VisitContent(answers=TINGLING))
    return made


def _says(draft: LetterDraft, text: str, which: str = "") -> LetterDraft:
    """Plain words in every part, and a text in the one that is meant: the first of all, of the
    required or of the others.
    """
    meant = next(
        (
            one.id
            for one in draft.parts
            if which in ("", one.id)
            or ((which in ("required", "other")) and one.required is (which == "required"))
        ),
        "",
    )
    return replace(
        draft,
        parts=tuple(
            replace(
                one,
                text=text if one.id == meant else "As agreed.",
                sentences=(),
                included=True,
                has_table=False,
                has_chart=False,
            )
            for one in draft.parts
        ),
    )


@dataclass(frozen=True)
class Fault:
    """How a letter comes to be wrong, and the checks that may find it."""

    checks: tuple[str, ...]
    text: str = "As agreed."
    where: str = ""
    case: str = "fine"
    to: str = ""
    change: Callable[[LetterDraft], LetterDraft] = lambda draft: draft
    student: bool = False
    yesterday: bool = False


def _with(**values: object) -> Callable[[LetterDraft], LetterDraft]:
    return lambda draft: replace(draft, **values)


FAULTS = {
    "nobody addressed": Fault(("recipient",), change=_with(recipient_id=None)),
    "no address": Fault(("address",), case="bare", to="homeless"),
    "address without a place": Fault(("place",), case="withdrawn", to="placeless"),
    "addressee of another role": Fault(("role",), to="other"),
    "required part empty": Fault(("empty", "question"), " \n", "required"),
    "clinical question empty": Fault(("question",), " ", "question"),
    "ticked part empty": Fault(("empty",), "", "other"),
    "gap in a required part": Fault(("gap",), "Since […] weeks.", "required"),
    "gap in another part": Fault(("gap",), "Since ____ weeks.", "other"),
    "no consent": Fault(("consent",), case="bare"),
    "consent taken back": Fault(("consent",), case="withdrawn"),
    "consent of tomorrow": Fault(("consent",), yesterday=True),
    "reminders refused": Fault(("contact",), case="withdrawn"),
    "other side in a part": Fault(("side",), "The right thigh hurts."),
    "other side in the title": Fault(("side",), case="titled"),
    "composed for the other side": Fault(("side_case",), change=_with(side="right")),
    "draft visit behind it": Fault(("visit",), case="drafted"),
    "no evaluation": Fault(("evaluation",), case="unseen"),
    "red flag without action": Fault(("flag",), case="flagged", change=_with(flags=())),
    "co-signature pending": Fault(("cosign",), case="supervised"),
    "co-signature pending, by the student": Fault(("cosign",), case="supervised", student=True),
    "enclosure absent": Fault(("enclosure",), "The report is enclosed."),
    "enclosure unmentioned": Fault(("enclosure",), change=_with(enclosures=("Scan report",))),
    "safety questions open": Fault(("safety",), "Please do an MRI."),
    "day that does not exist": Fault(("date",), "Seen on 31 Feb 2026."),
    "see by yesterday": Fault(("see_by",), change=_with(see_by=TODAY - timedelta(days=1))),
    "see by in two years": Fault(("see_by",), change=_with(see_by=TODAY + timedelta(days=730))),
    "birth date unknown": Fault(("birth_date",), case="bare"),
    "page without identity": Fault(("identity",)),
    "sign that no font has": Fault(("sign",), "Hieroglyph \U000130a0."),
    "part of a megabyte": Fault(("length",), "pasted words " * 80_000),
}
assert FAULTS.keys() == TABLE.keys()


def _draft(stage: Stage, kind: str, fault: Fault) -> LetterDraft:
    role = KINDS[kind].role
    to = stage.to.get(fault.to or (role if role in stage.to else "other"))
    ground = stage.ground(stage.desk, stage.cases[fault.case], kind)
    draft = letter_draft.composed(ground.kind, ground.found, to, "a4", TODAY)
    draft = replace(draft, recipient_id=None) if role == "patient" else draft
    return fault.change(_says(draft, fault.text, fault.where))


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_weighed_as_the_kind_of_letter_asks(
    stage: Stage, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault = FAULTS[name]
    _no_pages(monkeypatch, "" if "identity" in fault.checks else None)
    expected = dict(zip(GROUPS, TABLE[name].split(), strict=True))
    desk, case = (stage.student if fault.student else stage.desk), stage.cases[fault.case]
    if fault.yesterday:
        desk = replace(desk, now=Clock(desk.now() - timedelta(days=1)))
    seen = {}
    for group, kinds in GROUPS.items():
        for kind in kinds:
            draft = _draft(stage, kind, fault)
            ground = stage.ground(desk, case, kind)
            found = letters.preview(desk, case, draft, ground).problems
            meant = [one for one in found if one.check.partition(":")[0] in fault.checks]
            for one in meant:
                assert _mended_somewhere(one, draft, case), (kind, one)
                if one.waivable and kind == kinds[0]:
                    _hold_its_reason(desk, case, draft, one, ground)
            seen[kind] = (group, _weight(meant))
    wrong = {kind: got for kind, (group, got) in seen.items() if got != expected[group]}
    assert wrong == {}, expected


def test_every_kind_is_in_the_table() -> None:
    assert sorted(one for kinds in GROUPS.values() for one in kinds) == sorted(KINDS)


def test_a_letter_without_a_fault_is_not_held_up(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    _no_pages(monkeypatch, None)
    for kind in KINDS:
        draft = _draft(stage, kind, Fault(()))
        assert _problems(stage, kind, draft) == (), kind


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "pt", "ar"])
def test_what_the_record_says_of_both_sides_contradicts_no_kind_in_any_language(
    stage: Stage, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _no_pages(monkeypatch, None)
    for base in KINDS:
        kind = base if language == "en" else f"{base}@{language}"
        draft = letters.compose(stage.desk, stage.cases["fine"], kind)
        draft = replace(draft, parts=tuple(replace(one, included=True) for one in draft.parts))
        sided = [one for one in _problems(stage, kind, draft) if one.check.startswith("side")]
        assert sided == [], kind


def _problems(stage: Stage, kind: str, draft: LetterDraft) -> tuple[Problem, ...]:
    case = stage.cases["fine"]
    return letters.preview(stage.desk, case, draft, stage.ground(stage.desk, case, kind)).problems


def _no_pages(monkeypatch: pytest.MonkeyPatch, said: str | None) -> None:
    """Nothing is drawn: the one page says this, or else whatever it should."""
    here = "clinic_desk.usecases.letters"
    monkeypatch.setattr(f"{here}.paper", SimpleNamespace(render=lambda _content: b"%"))
    monkeypatch.setattr(f"{here}.raster", SimpleNamespace(texts=lambda _pdf: [said or ""]))
    if said is None:
        identity = "clinic_desk.usecases.preflight_identity.unnamed"
        monkeypatch.setattr(identity, lambda _identity, _pages: ())


def _weight(found: list[Problem]) -> str:
    """The gravest of what was found."""
    grades = [
        "r" if one.blocking and one.waivable else "s" if one.blocking else "w" for one in found
    ]
    return next((grade for grade in "srw" if grade in grades), "-")


def _mended_somewhere(one: Problem, draft: LetterDraft, case: UUID) -> bool:
    here = one.field in HERE or one.field in {part.id for part in draft.parts}
    there = letter_jumps.elsewhere(one.field, one.check, draft, case, case)
    return bool(one.field) and (here or there is not None)


def _hold_its_reason(
    desk: Desk, case: UUID, draft: LetterDraft, one: Problem, ground: letter_ground.Ground
) -> None:
    """A reason lets the letter go; one that was given for something else does not."""
    for said, goes in ((one.text, True), ("Another problem.", False)):
        aside = letters.set_aside(desk, draft, one.check, "Agreed by telephone", said)
        again = letters.preview(desk, case, aside, ground).problems
        (held,) = [other for other in again if other.check == one.check]
        assert (held.blocking, held.waived) == (not goes, "Agreed by telephone" if goes else "")
