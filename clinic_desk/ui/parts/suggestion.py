"""One suggestion as a card shows it, and the words that all of them share."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from clinic_desk.clinical.findings import Reason
from clinic_desk.i18n import _
from clinic_desk.ui.parts.visit_draft import VisitDraft
from clinic_desk.ui.widgets.finding_card import FindingView, ReasonRow
from clinic_desk.usecases import shelf
from clinic_desk.usecases.visit_views import Decision
from clinic_desk.usecases.words import capital, lowered, sentence

MISSING = 3  # what was not asked, by name, before the rest is counted


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One card. `key` is the card's own, `subject` is what is decided by it."""

    key: str
    subject: str
    view: FindingView
    own: str | None = None  # what this card stands for
    suggested: str | None = None  # what the program suggests for the subject
    options: tuple[tuple[str, str], ...] = ()
    kind: str = ""  # with `finding`, what is explained: flag, grade, pattern, ...
    finding: str = ""
    advice: shelf.Advice | None = None  # the words for the patient


def missing(draft: VisitDraft, items: Sequence[str]) -> str:
    """What was not asked, by name, in short."""
    known = draft.play.protocol.items
    open_ones = [one for one in items if one in known and draft.answer(one) is None]
    names = [lowered(draft.play.say(known[one].label)) for one in open_ones[:MISSING]]
    if not names:
        return ""
    more = len(open_ones) - len(names)
    text = _("Not asked: {what}").format(what=", ".join(names))
    return (_("{text} and {n} more").format(text=text, n=more) if more else text) + "."


def rows(draft: VisitDraft, reasons: Iterable[Reason]) -> list[ReasonRow]:
    rows = []
    for reason in reasons:
        weight = reason.points if reason.points is not None and reason.points >= 0 else None
        text = capital(draft.play.say(reason))
        rows.append(ReasonRow(text, weight, reason.of or weight))
    return rows


def says(draft: VisitDraft, texts: Iterable[Reason | str]) -> str:
    return " ".join(sentence(draft.play.say(one)) for one in texts)


def by(decision: Decision) -> str:
    return f"{decision.by}, {decision.at.astimezone():%H:%M}"


def decided(decision: Decision, title: str, was: str = "") -> FindingView:
    note = ""
    if decision.suggested is not None and decision.suggested != decision.decided:
        note = _("Suggested was {what}.").format(what=was) if was else ""
    if decision.reason:
        note = f"{note} {_('Reason: {why}').format(why=sentence(decision.reason))}".strip()
    actions = (("other", _("Change")), ("clear", _("Take back")), ("why", _("Why")))
    return FindingView(title, "decided", by(decision), (), note, actions)


def noted(view: FindingView, said: str) -> FindingView:
    """A decided card with what the answers say now."""
    return replace(view, note=f"{view.note} {said}".strip())


def no_longer(view: FindingView) -> FindingView:
    """A decided card that the answers do not lead to any more: there is nothing to explain."""
    kept = tuple(action for action in view.actions if action[0] != "why")
    return noted(replace(view, actions=kept), _("The answers no longer suggest it."))
