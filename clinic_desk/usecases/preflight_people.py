"""Who a letter goes to and who it is about."""

from collections.abc import Iterator

from clinic_desk.library.letter_kind import PATIENT
from clinic_desk.usecases import typed, words
from clinic_desk.usecases.paper_views import Problem
from clinic_desk.usecases.preflight_facts import Facts
from clinic_desk.usecases.recall_letters import Welcome

ANYBODY = ("", "any", "other", PATIENT)  # roles of kinds that go to whoever it may be
_ROLES = {"gp": "a GP", "orthopaedics": "orthopaedics"}


def problems(facts: Facts) -> Iterator[Problem]:
    yield from _recipient(facts)
    yield from _patient(facts)


def _recipient(facts: Facts) -> Iterator[Problem]:
    to, kind = facts.recipient, facts.kind
    field = "patient" if kind.role == PATIENT else "recipient"
    if to is None:
        # a kind that says what it needs may do without an addressee
        needed = not kind.needs or "recipient" in kind.needs
        yield Problem("Choose who the letter goes to.", needed, "recipient", "recipient")
        return
    lines = typed.lines(to.address)
    if not lines:
        yield Problem(f"{to.name} has no address.", not kind.needs, field, "address")
    elif len(lines) < 2 and "," not in lines[0]:
        text = f"The address of {to.name} is one line: “{lines[0]}”. It names no place."
        yield Problem(text, False, field, "place")
    if kind.role not in ANYBODY and to.role != kind.role:
        wanted, has = (_ROLES.get(one, one.replace("_", " ")) for one in (kind.role, to.role))
        text = f"This kind of letter goes to {wanted}; {to.name} is noted as {has}."
        yield Problem(text, False, "recipient", "role")


def _patient(facts: Facts) -> Iterator[Problem]:
    who, on_page = facts.found.patient, facts.content.identity
    if facts.found.welcome is not None:
        yield from _welcome(facts.found.welcome)
    elif who.consent_on is None:
        text = "No consent to share the record is noted for this patient."
        yield Problem(text, False, "consent", "consent")
    elif who.consent_on > facts.today:
        text = "The day of the consent lies in the future."
        yield Problem(text, False, "consent", "consent")
    if who.birth_date is None and who.birth_part:
        text = f"Of the birth date only {who.birth_part} is known."
        yield Problem(text, False, "patient", "birth_date")
    elif who.birth_date is None:
        yield Problem("The birth date is not known.", False, "patient", "birth_date")
    elif who.birth_date > facts.today:
        text = "The birth date lies in the future."
        yield Problem(text, True, "patient", "birth_date")
    if not (on_page.number or on_page.name.strip()):
        text = "The pages would not say who the letter is about."
        yield Problem(text, True, "patient", "identity")


def _welcome(said: Welcome) -> Iterator[Problem]:
    """Whether the patient wants to be written to."""
    if said.archived_on is not None:
        text = f"The file of this patient was archived on {words.day(said.archived_on)}."
        yield Problem(text, False, "patient", "contact:archived")
    if said.withdrawn_on is not None:
        text = f"The patient took back on {words.day(said.withdrawn_on)} to be reminded."
        yield Problem(text, False, "patient", "contact:withdrawn")
    elif not said.asked:
        text = "Whether the patient wants to be reminded is not noted."
        yield Problem(text, False, "patient", "reminders")
