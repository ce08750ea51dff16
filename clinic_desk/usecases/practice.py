"""The practice: first set-up, unlocking, letterhead, clinician, settings."""

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID, uuid4

from clinic_desk import paths
from clinic_desk.errors import AccessDenied, EditConflict, InvalidInput, LibraryInvalid, NotFound
from clinic_desk.usecases import typed, words
from clinic_desk.usecases.desk import Actor, Desk

if TYPE_CHECKING:
    from clinic_desk.library import Library
    from clinic_desk.storage.keys import Kdf
    from clinic_desk.storage.store import Store

# The unlock page stands on this module, so SQL and ReportLab are imported when they are used.

SHORTEST_PASSPHRASE = 8  # characters
PAPERS = ("a4", "letter")
ENVELOPES = ("none", "dl", "c5", "us10")
_LIMITS = {"address": typed.BLOCK, "registrations": typed.BLOCK}


@dataclass(frozen=True, slots=True)
class PracticeDetails:
    name: str
    subtitle: str = ""
    address: str = ""  # lines
    phone: str = ""
    email: str = ""
    paper: str = "a4"
    emergency_number: str = "112"
    website: str = ""
    registrations: str = ""  # lines
    envelope: str = "none"  # none | dl | c5 | us10: whose window shows the address


@dataclass(frozen=True, slots=True)
class ClinicianDetails:
    name: str
    profession: str = "physiotherapist"
    registration: str = ""


Details = TypeVar("Details", PracticeDetails, ClinicianDetails)


@dataclass(frozen=True, slots=True)
class PracticeView:
    version: int
    practice: PracticeDetails
    clinician: ClinicianDetails


def prepare(library: "Library") -> None:
    """Import and read beforehand what unlocking and the first page need; for the background."""
    from clinic_desk.storage import models
    from clinic_desk.storage import store as _store  # noqa: F401 (to have it imported)

    models.Base.registry.configure()
    for protocol, versions in library.protocols():
        for version in versions:
            # a faulty file is named where it is used
            with suppress(LibraryInvalid):
                library.protocol(protocol, version)


def is_set_up(folder: Path) -> bool:
    """Whether this data folder already holds a practice (both files are there)."""
    return paths.holds_practice(folder)


def set_up(
    folder: Path,
    library: "Library",
    practice: PracticeDetails,
    clinician: ClinicianDetails,
    passphrase: str,
    kdf: "Kdf | None" = None,
) -> tuple[Desk, str]:
    """Make the encrypted store; returns the open desk and the recovery code.

    Raises InvalidInput (empty names, a passphrase under 8 characters), StorageUnavailable.
    """
    from clinic_desk.storage.models import Clinician, Practice
    from clinic_desk.storage.store import Store

    practice, clinician = _clean(practice), _clean_clinician(clinician)
    typed.refuse(_wrong(practice, clinician) | {"passphrase": weak(passphrase)})
    person = uuid4()
    store, code = Store.create(folder, passphrase, person, kdf)
    try:
        with store.unit(person) as unit:
            row = Practice()
            _write(row, practice)
            who = Clinician(id=person)
            _write(who, clinician)
            unit.session.add_all((row, who))
            unit.session.flush()
            unit.audit("set_up", "practice", row.id)
            unit.commit()
    except BaseException:
        store.close()
        raise
    return Desk(store, _of(store, library), Actor(person, clinician.name)), code


def unlock(folder: Path, library: "Library", passphrase: str, person: UUID | None = None) -> Desk:
    """Open with the passphrase; of one person, where one was chosen. AccessDenied: it is wrong.
    StorageDamaged: a file is damaged.
    """
    from clinic_desk.storage.store import Store

    return _at_desk(Store.open(folder, passphrase, person), library, "unlock")


def unlock_with_recovery(
    folder: Path, library: "Library", code: str, new_passphrase: str, person: UUID | None = None
) -> Desk:
    """Open with the recovery code and set a new passphrase: the first person's, or another's."""
    from clinic_desk.storage.store import Store

    typed.refuse({"passphrase": weak(new_passphrase)})
    store = Store.open_with_recovery(folder, code, new_passphrase, person)
    return _at_desk(store, library, "recover")


def _at_desk(store: "Store", library: "Library", act: str) -> Desk:
    from clinic_desk.storage import chart_queries as chart

    try:
        with store.reading() as session:
            known = chart.clinicians(session)
            found = [one for one in known if one.id == store.person]
            if not found:
                raise NotFound(
                    "The person of this passphrase is not in the record.",
                    "Open with the recovery code.",
                )
            if not found[0].active:
                raise AccessDenied("This person no longer works here.", "Ask a colleague.")
            actor = Actor(found[0].id, found[0].name, found[0].role)
            store.shared = len(known) > 1
        with store.unit(actor.id) as unit:
            unit.audit(act, "store")
            unit.commit()
    except BaseException:
        store.close()
        raise
    return Desk(store, _of(store, library), actor)


def _of(store: "Store", library: "Library") -> "Library":
    from clinic_desk.usecases import clinic_library

    return clinic_library.of(store, library)


def recovery_sheet(desk: Desk, code: str, folder: Path) -> bytes:
    """The recovery sheet as a PDF, to print and lock away; kept nowhere."""
    from clinic_desk.documents import recovery_sheet as paper
    from clinic_desk.documents.content import RecoverySheetContent
    from clinic_desk.usecases.letterhead import letterhead, paper_of

    seen = view(desk)
    return paper.render(
        RecoverySheetContent(
            practice=letterhead(seen.practice),
            clinician=seen.clinician.name,
            code=code,
            made_on=words.day(desk.today()),
            data_folder=str(folder),
            paper=paper_of(seen.practice.paper),
        )
    )


def change_passphrase(desk: Desk, folder: Path, old: str, new: str) -> None:
    """Wrap the data key anew. Raises AccessDenied, InvalidInput."""
    typed.refuse({"passphrase": weak(new)})
    if desk.store.folder is not None and desk.store.folder != folder:
        raise InvalidInput({"folder": "This is not the folder of the open practice."})
    desk.store.change_passphrase(old, new)
    with desk.store.unit(desk.actor.id) as unit:
        unit.audit("change_passphrase", "clinician", desk.actor.id)
        unit.commit()


def view(desk: Desk) -> PracticeView:
    """Practice and clinician."""
    from clinic_desk.storage import chart_queries as chart

    with desk.store.reading() as session:
        row = chart.practice(session)
        who = next(one for one in chart.clinicians(session) if one.id == desk.actor.id)
        return PracticeView(
            version=row.version,
            practice=PracticeDetails(
                name=row.name,
                subtitle=row.subtitle,
                address=row.address,
                phone=row.phone,
                email=row.email,
                paper=row.paper,
                emergency_number=row.emergency_number,
                website=row.website,
                registrations=row.registrations,
                envelope=row.envelope,
            ),
            clinician=ClinicianDetails(
                name=who.name, profession=who.profession, registration=who.registration
            ),
        )


def correct(
    desk: Desk,
    version: int,
    practice: PracticeDetails,
    clinician: ClinicianDetails,
    seen: PracticeView | None = None,
) -> int:
    """Save changed letterhead and clinician; returns the new version.

    Where it is said what was `seen`, only what differs from that is written, and a colleague's
    change of something else stays. Raises InvalidInput, EditConflict.
    """
    from clinic_desk.storage import chart_queries as chart
    from clinic_desk.storage.models import Clinician, Practice

    practice, clinician = _clean(practice), _clean_clinician(clinician)
    with desk.store.unit(desk.actor.id) as unit:
        key = chart.practice(unit.session).id
        row = unit.get(Practice, key, version if seen is None else None)
        who = unit.get(Clinician, desk.actor.id)
        if seen is not None:
            practice = _over(row, practice, seen.practice)
            clinician = _over(who, clinician, seen.clinician)
        typed.refuse(_wrong(practice, clinician))
        _write(row, practice)
        _write(who, clinician)
        unit.audit("correct", "practice", row.id)
        desk.store.name_people({desk.actor.id: clinician.name})
        unit.commit()
        return row.version


def _over(row: object, wanted: Details, seen: Details) -> Details:
    """What is kept, with what of it was changed. Raises EditConflict, where both were."""
    kept = {name: getattr(row, name) for name in wanted.__slots__}
    for name, now in kept.items():
        new, was = getattr(wanted, name), getattr(seen, name)
        if new != was and now not in (was, new):
            field = name.replace("_", " ")
            raise EditConflict(
                f"A colleague changed “{field}” meanwhile; nothing was overwritten.",
                "Look at it as it is now.",
            )
        if new != was:
            kept[name] = new
    return replace(wanted, **kept)


def _clean(details: PracticeDetails) -> PracticeDetails:
    return replace(
        details,
        name=typed.line(details.name),
        subtitle=typed.line(details.subtitle),
        address=typed.block(details.address),
        phone=typed.line(details.phone),
        email=typed.line(details.email),
        emergency_number=typed.line(details.emergency_number),
        website=typed.line(details.website),
        registrations=typed.block(details.registrations),
    )


def _clean_clinician(details: ClinicianDetails) -> ClinicianDetails:
    return ClinicianDetails(
        typed.line(details.name), typed.line(details.profession), typed.line(details.registration)
    )


def _wrong(practice: PracticeDetails, clinician: ClinicianDetails) -> dict[str, str]:
    """What cannot be taken, by field; the clinician's name is the field `clinician`."""
    texts = {
        "name": practice.name,
        "subtitle": practice.subtitle,
        "address": practice.address,
        "phone": practice.phone,
        "email": practice.email,
        "emergency_number": practice.emergency_number,
        "website": practice.website,
        "registrations": practice.registrations,
        "clinician": clinician.name,
        "profession": clinician.profession,
        "registration": clinician.registration,
    }
    problems = typed.over_limit(texts, _LIMITS)
    if not practice.name:
        problems["name"] = "The practice needs a name."
    if not clinician.name:
        problems["clinician"] = "The clinician needs a name."
    if practice.paper not in PAPERS:
        problems["paper"] = "Paper is a4 or letter."
    if practice.envelope not in ENVELOPES:
        problems["envelope"] = f"An envelope is one of {', '.join(ENVELOPES)}."
    elif practice.envelope != "none" and not problems and not _leaves_window(practice):
        problems["envelope"] = (
            "This letterhead is too high for a window envelope: shorten the address or the "
            "registration lines."
        )
    return problems


def _leaves_window(practice: PracticeDetails) -> bool:
    from clinic_desk.usecases import letterhead

    return letterhead.leaves_window(practice)


def weak(passphrase: str) -> str:
    """What is wrong with a new passphrase; empty for nothing."""
    if len(passphrase) >= SHORTEST_PASSPHRASE:
        return ""
    return f"A passphrase needs at least {SHORTEST_PASSPHRASE} characters."


def _write(row: object, details: PracticeDetails | ClinicianDetails) -> None:
    for name in details.__slots__:
        setattr(row, name, getattr(details, name))
