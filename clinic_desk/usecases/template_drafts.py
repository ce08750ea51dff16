"""What a clinician has half typed of letter templates: kept encrypted, one for each template, so
that a lock, a restart or another screen loses nothing.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid5

from clinic_desk.errors import LibraryInvalid, NotFound
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import letter_template_queries as rows
from clinic_desk.storage import visit_acts
from clinic_desk.usecases import letter_templates, plain
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.letter_templates import SHIPPED
from clinic_desk.usecases.template_parts import Edited, EditedPart

KIND = "letter_template"  # of the draft


@dataclass(frozen=True, slots=True)
class HalfTyped:
    """A template as it was opened and as it stands now."""

    begun: Edited
    typed: Edited
    kept_at: datetime


def keep(desk: Desk, edited: Edited) -> datetime:
    """Keep what stands in the editor; audited only when it is started."""
    now, mine = desk.now(), desk.actor.id
    ref = _ref(desk, edited.id)
    # as JSON in ASCII: also what cannot be printed comes back as it was typed, to be mended
    typed = json.dumps(
        {
            "name": edited.name,
            "valediction": edited.valediction,
            "revision": edited.revision,
            "newest": edited.newest,
            "parts": [_plain_part(one) for one in edited.parts],
        }
    )
    with desk.store.unit(mine) as unit:
        started = chart.draft(unit.session, KIND, ref) is None
        payload = {"template": edited.id, "typed": typed}
        visit_acts.keep_draft(unit.session, KIND, ref, mine, payload, now)
        if started:
            unit.audit("start", "letter_template", ref, at=now)
        unit.commit(drafts_only=not started)
    return now


def _plain_part(part: EditedPart) -> dict[str, object]:
    return {name: getattr(part, name) for name in EditedPart.__dataclass_fields__}


def kept(desk: Desk) -> dict[str, HalfTyped]:
    """What is half typed of who sits at the desk, by template; one that is no longer there waits
    until it is.
    """
    with desk.store.reading() as session:
        found = [
            (row.payload, row.kept_at) for row in rows.half_typed(session, KIND, desk.actor.id)
        ]
    made = {}
    for payload, at in found:
        kind = plain.text(payload, "template")
        data = json.loads(plain.text(payload, "typed"))
        begun = _begun(desk, kind, data["revision"])
        if begun is not None:
            made[kind] = HalfTyped(begun, _typed(begun, data), at)
    return made


def _begun(desk: Desk, kind: str, revision: int) -> Edited | None:
    """The version that was typed in; the shipped one where that one can no longer be read."""
    for wanted in dict.fromkeys((revision, SHIPPED)):
        try:
            return letter_templates.edit(desk, kind, wanted)
        except (NotFound, LibraryInvalid):
            continue
    return None


def _typed(begun: Edited, data: Mapping[str, object]) -> Edited:
    parts = tuple(
        EditedPart(
            plain.text(one, "id"),
            plain.text(one, "title"),
            plain.text(one, "text"),
            plain.flag(one, "required"),
            plain.flag(one, "included"),
            plain.text(one, "shows"),
        )
        for one in plain.tables(data, "parts")
    )
    return replace(
        begun,
        name=plain.text(data, "name"),
        valediction=plain.text(data, "valediction"),
        parts=parts,
        newest=plain.whole(data, "newest"),
    )


def discard(desk: Desk, kind: str) -> None:
    """Drop what is half typed of a template, if anything is; audited."""
    ref = _ref(desk, kind)
    with desk.store.unit(desk.actor.id) as unit:
        if chart.draft(unit.session, KIND, ref) is None:
            return
        chart.discard_draft(unit.session, KIND, ref)
        unit.audit("discard", "letter_template", ref, at=desk.now())
        unit.commit()


def _ref(desk: Desk, kind: str) -> UUID:
    """One for each person and template: two people type in the same one, each for themselves."""
    return uuid5(desk.actor.id, f"letter template {kind}")
