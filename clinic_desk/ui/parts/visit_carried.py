"""What signing leaves as it was brought along, in words."""

from clinic_desk.i18n import _
from clinic_desk.ui.parts import visit_headings
from clinic_desk.ui.parts.visit_draft import VisitDraft
from clinic_desk.ui.widgets.dates import written_day
from clinic_desk.usecases import carrying, words


def untouched_words(draft: VisitDraft) -> str:
    """The facts that count unconfirmed, with their days, and what was shown but not asked."""
    content = draft.content()
    facts, said = carrying.facts(content), []
    for on, source in sorted({(one.on, one.source) for one in facts.values()}, reverse=True):
        names = [
            words.lowered(draft.play.say(draft.play.item(item).label))
            for item, one in facts.items()
            if (one.on, one.source) == (on, source)
        ]
        text = _("Carried from {day}, not confirmed today: {names}.")
        day = _("the {source}").format(source=source) if source else written_day(on)
        said.append(text.format(day=day, names=", ".join(names)))
    others = len(carrying.untouched(content)) - len(facts)
    if others and not draft.read_only:
        said.append(
            _("{n} earlier values were shown and not asked again; they don't count today.").format(
                n=others
            )
        )
    standing = [
        one.title
        for one in visit_headings.sections(draft)
        if visit_headings.untouched(draft, one.id)
    ]
    if standing:
        text = _("Carried from the last visit, not changed: {parts}.")
        said.append(text.format(parts=", ".join(standing)))
    return " ".join(said)
