"""What stands half typed in a form that is saved by its button: kept inside the encryption while
it is typed, so that neither another screen nor a lock nor a restart loses it.

One for each form, each thing it is about and each person: what one types is nobody else's. It is
in no list and no search; the form itself offers it again.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import lock_queries, visit_acts
from clinic_desk.usecases import plain
from clinic_desk.usecases.desk import Desk

KIND = "form"  # of the draft
Values = Mapping[str, object]  # text, truth values, lists of rows


@dataclass(frozen=True, slots=True)
class Kept:
    """What stood in a form. `about` is the patient, case, visit or contact it is about; of a form
    that is about nothing in the record, the person who types in it.
    """

    form: str
    about: UUID
    values: Values
    begun: Values  # what stood there before anything was typed
    kept_at: datetime


def keep(desk: Desk, form: str, about: UUID, values: Values, begun: Values) -> datetime:
    """Keep what is typed; audited only when it is begun."""
    now, mine = desk.now(), desk.actor.id
    ref = _ref(desk, form, about)
    # as JSON in ASCII: also what no database can keep comes back as it was typed, to be mended
    typed = json.dumps({"values": values, "begun": begun})
    payload = {"form": form, "about": str(about), "typed": typed}
    with desk.store.unit(mine) as unit:
        started = chart.draft(unit.session, KIND, ref) is None
        visit_acts.keep_draft(unit.session, KIND, ref, mine, payload, now)
        if started:
            unit.audit("start", "form", about, {"form": form}, at=now)
        unit.commit(drafts_only=not started)
    return now


def kept(desk: Desk, wanted: Iterable[tuple[str, UUID]]) -> tuple[Kept, ...]:
    """What this person half typed in any of these forms, the newest first. What is about a case
    that is closed to them waits until they open it.
    """
    refs = [_ref(desk, form, about) for form, about in wanted]
    with desk.store.reading() as session:
        rows = [one for one in chart.drafts(session, refs) if one.kind == KIND]
        hidden = lock_queries.hidden_cases(session) if rows else frozenset()
        found = tuple(_kept(one.payload, one.kept_at) for one in rows)
    return tuple(one for one in found if one.about not in hidden)


def _kept(payload: plain.Plain, at: datetime) -> Kept:
    typed = json.loads(plain.text(payload, "typed"))
    form, about = plain.text(payload, "form"), UUID(plain.text(payload, "about"))
    return Kept(form, about, typed["values"], typed["begun"], at)


def drop(desk: Desk, form: str, about: UUID) -> None:
    """Forget it: it was saved, or the person gave it up. Without any, nothing is done."""
    ref = _ref(desk, form, about)
    with desk.store.unit(desk.actor.id) as unit:
        if chart.draft(unit.session, KIND, ref) is None:
            return
        chart.discard_draft(unit.session, KIND, ref)
        unit.audit("discard", "form", about, {"form": form}, at=desk.now())
        unit.commit()


def _ref(desk: Desk, form: str, about: UUID) -> UUID:
    return uuid5(desk.actor.id, f"{form}/{about}")
