"""The findings as suggestions that the clinician can take, change or leave."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from clinic_desk.clinical.findings import Confidence, Reason
from clinic_desk.i18n import _
from clinic_desk.ui.parts.visit_draft import VisitDraft
from clinic_desk.ui.widgets.finding_card import FindingView, ReasonRow
from clinic_desk.usecases import shelf
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.visit_views import Decision
from clinic_desk.usecases.words import capital, lowered, sentence

SHOWN = 6  # reasons before the rest is folded away
CONFIDENCE = {
    Confidence.HIGH: _("High confidence"),
    Confidence.MEDIUM: _("Medium confidence"),
    Confidence.LOW: _("Low confidence"),
}
TOO_LITTLE = "grade.too_little"  # the core's reason while there is not enough to grade
PLAN, LEAVE = "request", "not_now"  # what is decided about a test


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One card. `key` is the card's own, `subject` is what is decided by it."""

    key: str
    subject: str
    view: FindingView
    own: str | None = None  # what this card stands for
    suggested: str | None = None  # what the program suggests for the subject
    options: tuple[tuple[str, str], ...] = ()
    why: tuple[str, ...] = field(default=())  # lines that unfold


def suggestions(desk: Desk, draft: VisitDraft) -> tuple[Suggestion, ...]:
    """All cards in their fixed order: grade, patterns, what else to consider, tests, program."""
    made = (
        *_grade(draft),
        *_banners(draft),
        *_patterns(draft),
        *_differentials(draft),
        *_imaging(draft),
        *_program(desk, draft),
    )
    return tuple(_frozen(one) if draft.read_only else one for one in made)


def _frozen(one: Suggestion) -> Suggestion:
    kept = tuple(pair for pair in one.view.actions if pair[0] == "why")
    return replace(one, view=replace(one.view, actions=kept))


def _rows(draft: VisitDraft, reasons: Iterable[Reason]) -> list[ReasonRow]:
    rows = []
    for reason in reasons:
        weight = reason.points if reason.points is not None and reason.points >= 0 else None
        text = capital(draft.play.say(reason))
        rows.append(ReasonRow(text, weight, reason.of or weight))
    return rows


def _says(draft: VisitDraft, texts: Iterable[Reason | str]) -> str:
    return " ".join(sentence(draft.play.say(one)) for one in texts)


def _working(draft: VisitDraft, reasons: Iterable[Reason]) -> str:
    """Said where a value behind the reasons is a working one."""
    known = draft.play.protocol.items
    inputs = {one for reason in reasons for one in reason.inputs}
    if any(known[one].working for one in inputs if one in known):
        return _("Uses working values that are not validated.")
    return ""


def _lines(*lines: str) -> tuple[str, ...]:
    return tuple(line for line in lines if line)


def _source(text: str) -> str:
    return _("Source: {source}").format(source=sentence(text)) if text else ""


def _by(decision: Decision) -> str:
    return f"{decision.by}, {decision.at.astimezone():%H:%M}"


def _decided(decision: Decision, title: str, was: str = "") -> FindingView:
    note = ""
    if decision.suggested is not None and decision.suggested != decision.decided:
        note = _("Suggested was {what}.").format(what=was) if was else ""
        if decision.reason:
            note = f"{note} {_('Reason: {why}').format(why=sentence(decision.reason))}".strip()
    actions = (("other", _("Change")), ("clear", _("Take back")), ("why", _("Why")))
    return FindingView(title, "decided", _by(decision), (), note, actions)


# -- the grade ------------------------------------------------------------------------------


def _grade(draft: VisitDraft) -> Iterable[Suggestion]:
    found, decision = draft.findings().grade, draft.decision("grade")
    rule, say = draft.play.protocol.grade, draft.play.say
    if rule is None or found is None or not (found.answered or found.suggested or decision):
        return
    little = found.withheld is not None and found.withheld.text == TOO_LITTLE
    if little and decision is None and draft.findings().patterns:
        return  # another picture is forming
    titles = [
        f"{say(rule.title)} {place}, {lowered(say(name))}" for place, name in enumerate(rule.names)
    ]
    options = tuple(
        (str(place), f"{place} {lowered(say(name))}") for place, name in enumerate(rule.names)
    )
    rows = _rows(draft, sorted(found.reasons, key=lambda one: -_weight(one)))
    why = _lines(
        *(row.text for row in rows[SHOWN:]),
        say(rule.note),
        _("Counted: {n} of {all} values.").format(n=found.answered, all=found.countable),
        _source(found.source),
    )
    suggested = None if found.suggested is None else str(found.suggested)
    if decision is not None and decision.decided.isdigit():
        was = _("grade {n}").format(n=decision.suggested)
        view = _decided(decision, titles[int(decision.decided)], was)
        if suggested is not None and suggested != decision.decided:
            now = _("The answers now suggest grade {n}.").format(n=suggested)
            view = replace(view, note=f"{view.note} {now}".strip())
        why = (*(row.text for row in rows[:SHOWN]), *why)
    elif found.suggested is None:
        said = say(found.withheld) if found.withheld else _("too little to grade yet")
        view = FindingView(
            _("No strain grade is suggested"),
            "open",
            "",
            (ReasonRow(capital(said)),),
            _says(draft, found.notes),
            (("other", _("Choose a grade")), ("why", _("Why"))),
        )
    else:
        more = len(rows) - SHOWN
        notes = _says(draft, found.notes)
        if more > 0:
            notes += " " + _("{n} more under Why.").format(n=more)
        aside = f"{CONFIDENCE[found.confidence]}, {found.answered} of {found.countable}"
        view = FindingView(
            titles[found.suggested],
            "suggested",
            aside,
            tuple(rows[:SHOWN]),
            notes.strip(),
            (
                ("use", _("Use grade {n}").format(n=found.suggested)),
                ("other", _("Choose another")),
                ("why", _("Why")),
            ),
        )
    yield Suggestion("grade", "grade", view, suggested, suggested, options, why)


def _weight(reason: Reason) -> float:
    return float("inf") if reason.points is None else reason.points


# -- patterns -------------------------------------------------------------------------------


def _patterns(draft: VisitDraft) -> Iterable[Suggestion]:
    found, decision = draft.findings().patterns, draft.decision("pattern")
    known, say = draft.play.protocol.patterns, draft.play.say
    top = found[0].id if found else None
    options = tuple((one.id, say(one.label)) for one in known.values())
    names = dict(options)
    for one in found:
        chosen = decision is not None and decision.decided == one.id
        why = _lines(
            _("Weight for and against, out of what was tested."),
            _working(draft, one.reasons),
            say(one.retest) if one.retest else "",
            _source(known[one.id].source),
        )
        if chosen and decision is not None:
            was = names.get(decision.suggested or "", "")
            view = _decided(decision, say(one.label), lowered(was))
        else:
            view = FindingView(
                say(one.label),
                "suggested",
                _("Score {n} of 100").format(n=round(one.score * 100)),
                tuple(_rows(draft, one.reasons)),
                _says(draft, [text for text in (one.direction, one.retest) if text]),
                (("use", _("Choose as primary")), ("why", _("Why"))),
            )
        yield Suggestion(f"pattern:{one.id}", "pattern", view, one.id, top, options, why)
    if decision is not None and decision.decided not in {one.id for one in found}:
        view = _decided(decision, names.get(decision.decided, decision.decided))
        note = _("The answers no longer suggest it.")
        view = replace(view, note=f"{view.note} {note}".strip())
        yield Suggestion(
            f"pattern:{decision.decided}", "pattern", view, decision.decided, top, options
        )


# -- what stands beside them, and what is no decision ---------------------------------------


def _banners(draft: VisitDraft) -> Iterable[Suggestion]:
    for one in draft.findings().banners:
        text = capital(draft.play.say(one.text))
        yield Suggestion(f"banner:{one.id}", f"banner:{one.id}", FindingView(text, "note"))


def _differentials(draft: VisitDraft) -> Iterable[Suggestion]:
    say = draft.play.say
    for one in draft.findings().differentials:
        view = FindingView(
            _("Consider: {what}").format(what=lowered(say(one.label))),
            "note",
            _("not a diagnosis"),
            tuple(_rows(draft, one.reasons)),
            sentence(say(one.next_step)),
            (("why", _("Why")),),
        )
        why = _lines(
            _("Weight for and against, out of what was tested."),
            _working(draft, one.reasons),
            _source(one.source),
        )
        key = f"differential:{one.id}"
        yield Suggestion(key, key, view, why=why)


# -- tests ----------------------------------------------------------------------------------


def _imaging(draft: VisitDraft) -> Iterable[Suggestion]:
    say, seen = draft.play.say, set()
    sources = {one.id: one.source for one in draft.play.protocol.imaging}
    labels = {one.id: one.label for one in draft.play.protocol.imaging}
    options = ((PLAN, _("Plan this test")), (LEAVE, _("Not now")))
    for one in draft.findings().imaging:
        seen.add(one.id)
        subject = f"imaging:{one.id}"
        decision = draft.decision(subject)
        why = _lines(_working(draft, one.reasons), _source(sources.get(one.id, "")))
        if decision is not None:
            view = _decided_test(decision, say(one.label))
        else:
            asked = [say(draft.play.item(item).label) for item in one.safety_missing]
            note = _("Ask before it: {what}").format(what="; ".join(asked[:3])) if asked else ""
            if len(asked) > 3:
                note += _(" and {n} more").format(n=len(asked) - 3)
            view = FindingView(
                say(one.label),
                "suggested",
                capital(say(f"urgency.{one.urgency.value}")),
                tuple(_rows(draft, one.reasons)),
                sentence(note) if note else "",
                (("use", _("Plan this test")), ("other", _("Not now")), ("why", _("Why"))),
            )
        yield Suggestion(subject, subject, view, PLAN, PLAN, options, why)
    for decision in draft.content().decisions:
        name = decision.subject.removeprefix("imaging:")
        if decision.subject.startswith("imaging:") and name not in seen and name in labels:
            view = _decided_test(decision, say(labels[name]))
            note = _("The answers no longer suggest it.")
            view = replace(view, note=f"{view.note} {note}".strip())
            yield Suggestion(decision.subject, decision.subject, view, PLAN, None, options)


def _decided_test(decision: Decision, label: str) -> FindingView:
    title = _("{test}: planned") if decision.decided == PLAN else _("{test}: not now")
    return _decided(decision, title.format(test=label), _("to plan it"))


# -- the program ----------------------------------------------------------------------------


def _program(desk: Desk, draft: VisitDraft) -> Iterable[Suggestion]:
    found, decision = draft.findings().program, draft.decision("stage")
    templates = shelf.templates(desk.library)
    options = tuple(
        (one.id, _("Stage {n}: {name}").format(n=one.stage, name=one.name))
        for one in templates.values()
    )
    names = dict(options)
    suggested = found.template if found is not None else None
    rows = _rows(draft, found.why) if found is not None else []
    why = _lines(
        *(row.text for row in rows[3:]),
        _("The first template on the path whose aim is not reached yet."),
        _working(draft, found.why) if found is not None else "",
    )
    if decision is not None:
        title = names.get(decision.decided, decision.decided)
        was = lowered(names.get(decision.suggested or "", ""))
        yield Suggestion(
            "stage", "stage", _decided(decision, title, was), suggested, suggested, options, why
        )
    elif found is not None and found.blocked:
        view = FindingView(
            _("New exercises are locked"), "open", "", tuple(rows[:3]), "", (("why", _("Why")),)
        )
        yield Suggestion("stage", "stage", view, None, None, (), why)
    elif suggested is not None:
        view = FindingView(
            names.get(suggested, suggested),
            "suggested",
            _("Home program"),
            tuple(rows[:3]),
            _("Stretches are left out: a neural pattern hides them.")
            if found is not None and found.hide_stretch
            else "",
            (("use", _("Use this stage")), ("other", _("Another")), ("why", _("Why"))),
        )
        yield Suggestion("stage", "stage", view, suggested, suggested, options, why)
