"""What is known of a person, in the order in which it is needed at the desk."""

from clinic_desk.i18n import _
from clinic_desk.ui.parts.patient_fields import PHONES, ROLES
from clinic_desk.usecases.patient_views import PatientFile


def person_facts(file: PatientFile) -> list[tuple[str, str]]:
    """Pairs of a word and a fact; an empty fact is not shown."""
    about = file.details
    kinds, roles = dict(PHONES), dict(ROLES)
    phones = [(about.phone, about.phone_kind), *((one.number, one.kind) for one in about.phones)]
    spoken = {"yes": _("needed"), "no": _("not needed")}.get(about.interpreter, "")
    hands = {"left": _("left"), "right": _("right"), "both": _("both")}
    dominance = [
        _("{side} hand").format(side=hands[about.dominant_hand]) if about.dominant_hand else "",
        _("{side} leg").format(side=hands[about.dominant_leg]) if about.dominant_leg else "",
    ]
    emergency = ", ".join(
        filter(None, (about.emergency_name, about.emergency_relation, about.emergency_phone))
    )
    return [
        (_("Called"), ", ".join(filter(None, (about.preferred_name, about.pronouns)))),
        (
            _("Phone"),
            "\n".join(
                f"{number} ({kinds.get(kind, kind).lower()})" if kind else number
                for number, kind in phones
                if number
            ),
        ),
        (_("E-mail"), about.email),
        (_("Address"), about.address),
        (_("Interpreter"), ", ".join(filter(None, (about.interpreter_language, spoken)))),
        (_("Emergency"), emergency),
        *((roles.get(role, role), name) for role, name in file.care_team),
        (_("Work"), about.occupation),
        (_("Sport"), about.sport),
        (_("Dominant"), ", ".join(filter(None, dominance))),
        (_("Funding"), ", ".join(filter(None, (about.funding, about.claim_number)))),
        (_("Medicines"), about.medicines),
        (_("History"), about.history),
        (
            _("Formerly"),
            ", ".join(f"{one.given_name} {one.family_name}".strip() for one in about.names),
        ),
        *((one.system or _("Number"), one.value) for one in about.identifiers),
    ]
