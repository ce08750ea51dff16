"""What a draft visit holds, as JSON and back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from clinic_desk.clinical.findings import FlagFinding
from clinic_desk.usecases import acted, carrying, note_layouts, plain, program_content, typed
from clinic_desk.usecases.visit_views import Decision, Done, FlagAction, Note, VisitContent


def payload(content: VisitContent, red_flags: Sequence[FlagFinding]) -> plain.Plain:
    """The content with a summary of its red flags, so that lists need not evaluate again."""
    flags = [
        {
            "id": one.id,
            "urgency": one.urgency.value,
            "label": one.label,
            "because": acted.grounds(one),
            "presumed": one.presumed,
        }
        for one in red_flags
    ]
    return {"content": plain.table(content), "flags": flags}


def content(data: plain.Plain) -> VisitContent:
    """The content of a draft's payload."""
    held = plain.inner(data, "content")
    return VisitContent(
        note=note(plain.inner(held, "note")),
        answers=dict(plain.inner(held, "answers")),
        decisions=tuple(_decision(one) for one in plain.tables(held, "decisions")),
        flag_actions=tuple(_action(one) for one in plain.tables(held, "flag_actions")),
        written={key: str(text) for key, text in plain.inner(held, "written").items()},
        confirmed=dict(plain.inner(held, "confirmed")),
        carried=carrying.stored(plain.inner(held, "carried")),
        planned=plain.texts(held, "planned"),
        retest=plain.texts(held, "retest"),
        superseded=tuple(_decision(one) for one in plain.tables(held, "superseded")),
        done=done(held),
        brought={key: str(text) for key, text in plain.inner(held, "brought").items()},
        layout=note_layouts.stored(plain.inner(held, "layout")),
    )


def done(data: plain.Plain) -> tuple[Done, ...]:
    """What was done in the clinic, of a draft or of a signed visit."""
    return tuple(
        Done(
            kind=plain.text(row, "kind"),
            id=plain.text(row, "id"),
            name=plain.text(row, "name"),
            line=program_content.line(line) if (line := plain.inner(row, "line")) else None,
            dose=plain.text(row, "dose"),
            pain=plain.maybe_whole(row, "pain"),
            note=plain.text(row, "note"),
        )
        for row in plain.tables(data, "done")
    )


def with_referrals(content: VisitContent, stored: VisitContent) -> VisitContent:
    """The content with the referrals that a letter recorded in the draft meanwhile: a window
    that was open before the letter went must not undo them.
    """
    known = {(one.flag, one.letter) for one in content.flag_actions}
    sent = tuple(
        one for one in stored.flag_actions if one.letter and (one.flag, one.letter) not in known
    )
    return replace(content, flag_actions=(*content.flag_actions, *sent)) if sent else content


def note(data: Mapping[str, object]) -> Note:
    """The four parts."""
    return Note(*(plain.text(data, part) for part in PARTS))


PARTS = note_layouts.PARTS


def limited(content: VisitContent) -> VisitContent:
    """The content as it is typed, once it is known to fit. Raises InvalidInput over the limits."""
    parts = {part: getattr(content.note, part) for part in PARTS}
    said = {f"flag_actions[{n}].text": one.text for n, one in enumerate(content.flag_actions)}
    said |= {f"decisions[{n}].reason": one.reason for n, one in enumerate(content.decisions)}
    said |= {f"superseded[{n}].reason": one.reason for n, one in enumerate(content.superseded)}
    said |= {f"done[{n}].note": one.note for n, one in enumerate(content.done)}
    said |= {f"done[{n}].dose": one.dose for n, one in enumerate(content.done)}
    said |= {f"layout[{n}].text": one.text for n, one in enumerate(content.layout.sections)}
    texts = parts | said
    typed.refuse(typed.over_limit(texts, dict.fromkeys(texts, typed.NOTE)))
    return _worded(content, typed.storable)


def cleaned(content: VisitContent) -> VisitContent:
    """The content with its texts in their normal form. Raises InvalidInput over the limits."""
    return _worded(limited(content), typed.block)


def _worded(content: VisitContent, form: Callable[[str], str]) -> VisitContent:
    """The content with its note in another form: the sections, and the parts made of them."""
    if not content.layout.sections:
        texts = {part: form(getattr(content.note, part)) for part in PARTS}
        return replace(content, note=Note(**texts))
    sections = tuple(replace(one, text=form(one.text)) for one in content.layout.sections)
    return replace(
        content,
        layout=replace(content.layout, sections=sections),
        note=note_layouts.composed(sections),
    )


def _decision(data: plain.Plain) -> Decision:
    return Decision(
        subject=plain.text(data, "subject"),
        suggested=plain.maybe(data, "suggested"),
        decided=plain.text(data, "decided"),
        reason=plain.text(data, "reason"),
        by=plain.text(data, "by"),
        at=plain.moment(data, "at"),
        superseded_at=plain.maybe_moment(data, "superseded_at"),
    )


def _action(data: plain.Plain) -> FlagAction:
    return FlagAction(
        flag=plain.text(data, "flag"),
        kind=plain.text(data, "kind"),
        text=plain.text(data, "text"),
        by=plain.text(data, "by"),
        at=plain.moment(data, "at"),
        urgency=plain.text(data, "urgency"),
        because=plain.texts(data, "because"),
        presumed=plain.flag(data, "presumed"),
        letter=plain.text(data, "letter"),
    )
