"""The findings as suggestions that the clinician can take, change or leave."""

from collections.abc import Iterable
from dataclasses import replace

from clinic_desk.clinical import patterns
from clinic_desk.clinical.findings import Confidence, PatternFinding, Reason, Urgency
from clinic_desk.i18n import _
from clinic_desk.ui.parts import suggestion
from clinic_desk.ui.parts.suggestion import Suggestion
from clinic_desk.ui.parts.visit_draft import VisitDraft
from clinic_desk.ui.widgets.finding_card import FindingView, ReasonRow
from clinic_desk.usecases import decision_words, shelf
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
PLAN, LEAVE = decision_words.PLAN, decision_words.LEAVE  # what is decided about a test


def suggestions(desk: Desk, draft: VisitDraft) -> tuple[Suggestion, ...]:
    """All cards in their order: urgency, the grade and patterns with the notes to them, what else
    to consider, tests, program, advice.
    """
    names = {one.id: one.name for one in shelf.templates(desk.library).values()}
    made = (
        *_urgency(draft),
        *_picture(draft),
        *_differentials(draft),
        *_imaging(draft),
        *draft.made.of(
            "program",
            (draft.findings().program, draft.decision("stage"), shelf.templates(desk.library)),
            lambda: tuple(_program(desk, draft)),
        ),
        *_advice(desk, draft),
    )
    told: set[str] = set()
    whole = []
    for one in made:
        past = () if one.subject in told else draft.history(one.subject)
        told.add(one.subject)
        lines = tuple(decision_words.line(draft.play.protocol, was, names) for was in past)
        whole.append(replace(one, view=replace(one.view, history=lines)) if lines else one)
    return tuple(_frozen(one) if draft.read_only else one for one in whole)


def _picture(draft: VisitDraft) -> Iterable[Suggestion]:
    """The grade first, save where another picture stands and the grade hangs on little."""
    found, decided = draft.findings(), draft.decision("grade")
    graded = found.grade
    little = graded is not None and graded.confidence is Confidence.LOW and decided is None
    unasked = _open(draft, graded.missing if graded is not None else ())
    grade = draft.made.of(
        "grade",
        (graded, decided, bool(found.patterns), unasked),
        lambda: tuple(_grade(draft)),
    )
    beside = tuple(
        (draft.decision(f"pattern:{one.id}"), _open(draft, one.missing)) for one in found.patterns
    )
    leading = draft.made.of(
        "patterns",
        (found.patterns, draft.decision("pattern"), beside),
        lambda: tuple(_patterns(draft)),
    )
    if found.patterns and little:
        return (*leading, *grade, *_banners(draft))
    return (*grade, *_banners(draft), *leading)


def _open(draft: VisitDraft, items: tuple[str, ...]) -> tuple[str, ...]:
    """Which of them have no answer: a card names those."""
    return tuple(one for one in items if draft.answer(one) is None)


def _frozen(one: Suggestion) -> Suggestion:
    kept = tuple(pair for pair in one.view.actions if pair[0] in ("why", "read"))
    return replace(one, view=replace(one.view, actions=kept))


def _urgency(draft: VisitDraft) -> Iterable[Suggestion]:
    """How soon all that fired is to be acted on; the flags themselves stay what they are."""
    say, decision = draft.play.say, draft.decision("urgency")
    found = draft.findings()
    suggested = found.urgency.value if found.urgency is not None else None
    options = tuple((one.value, capital(say(f"urgency.{one.value}"))) for one in Urgency)
    names = dict(options)
    if decision is not None:
        title = _("Urgency: {what}").format(what=lowered(names[decision.decided]))
        was = lowered(names.get(decision.suggested or "", ""))
        view = suggestion.decided(decision, title, was)
        if suggested is not None and suggested not in (decision.decided, decision.suggested):
            now = _("The answers now suggest: {what}.").format(what=lowered(names[suggested]))
            view = suggestion.noted(view, now)
        elif suggested is None:
            view = suggestion.no_longer(view)
    elif suggested is not None:
        first = found.red_flags[0]
        view = FindingView(
            _("Urgency: {what}").format(what=lowered(names[suggested])),
            "suggested",
            CONFIDENCE[Confidence.LOW if first.presumed else Confidence.HIGH],
            tuple(ReasonRow(capital(say(one.label))) for one in found.red_flags[:3]),
            sentence(say(first.action)),
            (("use", _("Use urgency")), ("other", _("Another")), ("why", _("Why"))),
        )
    else:
        return
    flag = found.red_flags[0].id if found.red_flags else ""
    kind = "flag" if flag else ""
    yield Suggestion("urgency", "urgency", view, suggested, suggested, options, kind, flag)


def _advice(desk: Desk, draft: VisitDraft) -> Iterable[Suggestion]:
    """What the findings advise telling the patient."""
    say, cards = draft.play.say, shelf.advice(desk.library)
    labels = {one.id: one.label for one in draft.play.protocol.advice}
    reasons = {one.id: one.reasons for one in draft.findings().advice}
    given = [one for one in labels if draft.decision(f"advice:{one}") is not None]
    for name in (*reasons, *(one for one in given if one not in reasons)):
        subject = f"advice:{name}"
        decision, card = draft.decision(subject), cards.get(name)
        more = (("read", _("Read")),) if card is not None else ()
        if decision is not None:
            actions = (("clear", _("Take back")), *more)
            view = FindingView(
                _("Given: {what}").format(what=say(labels[name])),
                "decided",
                suggestion.by(decision),
                actions=actions,
            )
        else:
            view = FindingView(
                say(labels[name]),
                "advice",
                actions=(("give", _("Given")), *more, ("why", _("Why"))),
            )
        given_is = decision_words.GIVEN
        yield Suggestion(subject, subject, view, given_is, given_is, (), "advice", name, card)


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
    rows = suggestion.rows(draft, sorted(found.reasons, key=lambda one: -_weight(one)))
    suggested = None if found.suggested is None else str(found.suggested)
    if decision is not None and decision.decided.isdigit():
        was = _("grade {n}").format(n=decision.suggested)
        view = suggestion.decided(decision, titles[int(decision.decided)], was)
        if suggested is not None and suggested != decision.decided:
            now = _("The answers now suggest grade {n}.").format(n=suggested)
            view = suggestion.noted(view, now)
        elif suggested is None and found.withheld is not None:
            now = _("The answers now suggest no grade: {why}").format(why=say(found.withheld))
            view = suggestion.noted(view, sentence(now))
    elif found.suggested is None:
        said = say(found.withheld) if found.withheld else _("too little to grade yet")
        view = FindingView(
            _("No strain grade is suggested"),
            "open",
            "",
            (ReasonRow(capital(said)),),
            suggestion.says(draft, found.notes),
            (("other", _("Choose a grade")), ("why", _("Why"))),
            suggestion.missing(draft, found.missing),
        )
    else:
        more = len(rows) - SHOWN
        notes = suggestion.says(draft, found.notes)
        if more > 0:
            notes += " " + _("{n} more under Why.").format(n=more)
        title = titles[found.suggested]
        if len(found.alternatives) > 1:
            low, high = found.alternatives[0], found.alternatives[-1]
            title = _("{title} (near the cut: {low} or {high})").format(
                title=title, low=low, high=high
            )
        aside = f"{CONFIDENCE[found.confidence]}, {found.answered} of {found.countable}"
        view = FindingView(
            title,
            "suggested",
            aside,
            tuple(rows[:SHOWN]),
            notes.strip(),
            (
                ("use", _("Use grade {n}").format(n=found.suggested)),
                ("other", _("Another")),
                ("why", _("Why")),
            ),
            suggestion.missing(draft, found.missing),
        )
    yield Suggestion("grade", "grade", view, suggested, suggested, options, "grade", "grade")


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
        if decision is not None and not chosen:
            yield _beside(draft, one)
            continue
        if chosen and decision is not None:
            was = names.get(decision.suggested or "", "")
            view = suggestion.decided(decision, say(one.label), lowered(was))
        else:
            view = FindingView(
                say(one.label),
                "suggested",
                _("{confidence}, {n} of 100").format(
                    confidence=CONFIDENCE[patterns.confidence(one)], n=round(one.score * 100)
                ),
                tuple(suggestion.rows(draft, one.reasons)),
                suggestion.says(draft, [text for text in (one.direction, one.retest) if text]),
                (("use", _("Make primary")), ("other", _("Another")), ("why", _("Why"))),
                suggestion.missing(draft, one.missing),
            )
        yield Suggestion(
            f"pattern:{one.id}", "pattern", view, one.id, top, options, "pattern", one.id
        )
    if decision is not None and decision.decided not in {one.id for one in found}:
        view = suggestion.decided(decision, names.get(decision.decided, decision.decided))
        view = suggestion.no_longer(view)
        yield Suggestion(
            f"pattern:{decision.decided}", "pattern", view, decision.decided, top, options
        )


def _beside(draft: VisitDraft, one: PatternFinding) -> Suggestion:
    """A found pattern once another is the primary one: secondary, or not."""
    say, subject = draft.play.say, f"pattern:{one.id}"
    options = (
        (decision_words.SECONDARY, _("Secondary pattern")),
        (decision_words.NOT_THIS, _("Not this one")),
    )
    decision = draft.decision(subject)
    if decision is not None:
        no = decision.decided == decision_words.NOT_THIS
        title = _("{pattern}: not this one") if no else _("{pattern}: secondary")
        view = suggestion.decided(decision, title.format(pattern=say(one.label)), _("secondary"))
    else:
        view = FindingView(
            say(one.label),
            "suggested",
            _("{confidence}, {n} of 100").format(
                confidence=CONFIDENCE[patterns.confidence(one)], n=round(one.score * 100)
            ),
            tuple(suggestion.rows(draft, one.reasons)),
            suggestion.says(draft, (one.direction,)) if one.direction else "",
            (("use", _("Secondary")), ("other", _("Not this one")), ("why", _("Why"))),
            suggestion.missing(draft, one.missing),
        )
    secondary = decision_words.SECONDARY
    return Suggestion(subject, subject, view, secondary, secondary, options, "pattern", one.id)


# -- what stands beside them, and what is no decision ---------------------------------------


def _banners(draft: VisitDraft) -> Iterable[Suggestion]:
    for one in draft.findings().banners:
        text = capital(draft.play.say(one.text))
        key = f"banner:{one.id}"
        view = FindingView(text, "note", actions=(("why", _("Why")),))
        yield Suggestion(key, key, view, kind="banner", finding=one.id)


def _differentials(draft: VisitDraft) -> Iterable[Suggestion]:
    say = draft.play.say
    for one in draft.findings().differentials:
        view = FindingView(
            _("Consider: {what}").format(what=lowered(say(one.label))),
            "note",
            _("not a diagnosis"),
            tuple(suggestion.rows(draft, one.reasons)),
            sentence(say(one.next_step)),
            (("why", _("Why")),),
        )
        key = f"differential:{one.id}"
        yield Suggestion(key, key, view, kind="differential", finding=one.id)


# -- tests ----------------------------------------------------------------------------------


def _imaging(draft: VisitDraft) -> Iterable[Suggestion]:
    say, seen = draft.play.say, set()
    labels = {one.id: one.label for one in draft.play.protocol.imaging}
    options = ((PLAN, _("Plan this test")), (LEAVE, _("Not now")))
    for one in draft.findings().imaging:
        seen.add(one.id)
        subject = f"imaging:{one.id}"
        decision = draft.decision(subject)
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
                tuple(suggestion.rows(draft, one.reasons)),
                sentence(note) if note else "",
                (("use", _("Plan test")), ("other", _("Not now")), ("why", _("Why"))),
            )
        yield Suggestion(subject, subject, view, PLAN, PLAN, options, "imaging", one.id)
    for decision in draft.content().decisions:
        name = decision.subject.removeprefix("imaging:")
        if decision.subject.startswith("imaging:") and name not in seen and name in labels:
            view = _decided_test(decision, say(labels[name]))
            view = suggestion.no_longer(view)
            yield Suggestion(decision.subject, decision.subject, view, PLAN, None, options)


def _decided_test(decision: Decision, label: str) -> FindingView:
    title = _("{test}: planned") if decision.decided == PLAN else _("{test}: not now")
    return suggestion.decided(decision, title.format(test=label), _("to plan it"))


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
    rows = suggestion.rows(draft, found.why) if found is not None else []
    kind = "program" if found is not None else ""
    if decision is not None:
        title = names.get(decision.decided, decision.decided)
        was = lowered(names.get(decision.suggested or "", ""))
        view = suggestion.decided(decision, title, was)
        if found is not None and found.blocked:
            view = suggestion.noted(view, _("New exercises are locked by a red flag now."))
        elif suggested is None:
            view = suggestion.no_longer(view)
        elif suggested not in (decision.decided, decision.suggested):
            now = _("The answers now suggest: {what}.").format(
                what=lowered(names.get(suggested, suggested))
            )
            view = suggestion.noted(view, now)
        yield Suggestion("stage", "stage", view, suggested, suggested, options, kind)
    elif found is not None and found.blocked:
        view = FindingView(
            _("New exercises are locked"), "open", "", tuple(rows[:3]), "", (("why", _("Why")),)
        )
        yield Suggestion("stage", "stage", view, None, None, (), kind)
    elif suggested is not None:
        view = FindingView(
            names.get(suggested, suggested),
            "suggested",
            _("Home program"),
            tuple(rows[:3]),
            _("Stretches are left out: a neural pattern hides them.")
            if found is not None and found.hide_stretch
            else "",
            (("use", _("Use stage")), ("other", _("Another")), ("why", _("Why"))),
        )
        yield Suggestion("stage", "stage", view, suggested, suggested, options, kind)
