"""New versions of letter templates: none overwrites another, and several count or none does."""

from dataclasses import dataclass

from clinic_desk.errors import EditConflict
from clinic_desk.storage import letter_template_queries as rows
from clinic_desk.storage.models import LetterTemplate
from clinic_desk.usecases import plain, shelf, typed
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.letter_kinds import OWN

SHIPPED = 0  # the version number of what ships


@dataclass(frozen=True, slots=True)
class NewVersion:
    """What a template becomes; no content withdraws it, or lets the shipped one count again."""

    kind: str
    newest: int  # the version that it follows
    content: dict[str, object] | None
    based_on: str = ""


def append(desk: Desk, note: str, *made: NewVersion) -> int:
    """Keep new versions, all or none; gives the number of the last. Raises InvalidInput,
    EditConflict where another version came in between.
    """
    note = typed.line(note)
    typed.refuse(typed.over_limit({"note": note}, {}))
    with desk.store.unit(desk.actor.id) as unit:
        for one in made:
            row = rows.template(unit.session, one.kind)
            if (row.revision if row else SHIPPED) != one.newest:
                raise EditConflict(
                    "Somebody changed this template in the meantime.",
                    "Nothing was overwritten; open it again to see the newer version.",
                )
            new = LetterTemplate(
                kind=one.kind,
                revision=one.newest + 1,
                content=plain.table(one.content) if one.content is not None else None,
                based_on=one.based_on,
                note=note,
                changed_at=desk.now(),
                changed_by=desk.actor.name,
                clinician_id=desk.actor.id,
            )
            unit.session.add(new)
            unit.session.flush()
            unit.audit("change", "letter_template", new.id, at=desk.now())
        unit.commit()
    return made[-1].newest + 1


def next_of(desk: Desk, kind: str, newest: int, content: dict[str, object] | None) -> NewVersion:
    """The version that follows `newest`, with what its kind is based on."""
    if not kind.startswith(OWN):
        return NewVersion(kind, newest, content, shelf.letter_kind(desk.library, kind).version)
    with desk.store.reading() as session:
        row = rows.template(session, kind)
    return NewVersion(kind, newest, content, row.based_on if row else "")


def versions_of(desk: Desk, kind: str, kept: bool) -> list[LetterTemplate]:
    """The newest version of a kind of the practice's own in each language: where it is in use,
    or where it was withdrawn.
    """
    base = kind.partition("@")[0]
    if not base.startswith(OWN):
        return []
    with desk.store.reading() as session:
        return [
            one
            for one in rows.newest(session)
            if one.kind.partition("@")[0] == base and (one.content is not None) is kept
        ]


def last_kept(desk: Desk, kind: str) -> dict[str, object]:
    """What a withdrawn template held last."""
    with desk.store.reading() as session:
        held = (one.content for one in rows.versions(session, kind))
        return next(dict(one) for one in held if one is not None)
