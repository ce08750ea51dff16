"""The queries of the address book on both databases."""

import pytest
from sqlalchemy.exc import IntegrityError

from clinic_desk.errors import ClinicError
from clinic_desk.storage import Store, batch_queries
from clinic_desk.storage import contact_queries as book
from clinic_desk.storage.base import new_id
from clinic_desk.storage.models import Contact, ContactMerge
from tests.support.records import ACTOR, NOW, add_clinician


def _row(name: str, **more: object) -> dict[str, object]:
    return {
        "id": new_id(),
        "version": 1,
        "name": name,
        "name_key": name,
        "search_text": name,
    } | more


def test_contacts_are_found_filtered_and_counted(either: Store) -> None:
    add_clinician(either)
    rows = [_row("b"), _row("a 100% b", role="vascular"), _row("c", archived_at=NOW)]
    with either.unit(ACTOR) as unit:
        book.add_many(unit.session, rows)
        unit.audit("import", "contacts", None, {"added": 3})
        unit.commit()
    with either.reading() as session:
        names = lambda *more, **kw: [r.name for r in book.found(session, *more, **kw)[0]]  # noqa: E731
        assert names(()) == ["a 100% b", "b"]
        assert names((("b",),), role="vascular") == ["a 100% b"]
        assert names((("%",),)) == ["a 100% b"]
        assert names((), archived=True) == ["c"]
        assert book.found(session, (), limit=1)[1] == 2
        assert session.get(Contact, rows[0]["id"]).phones == {"all": []}
        assert batch_queries.open_cases(session) == []
        assert batch_queries.last_seen(session) == {}
        assert batch_queries.standing_programs(session) == {}


def test_a_contact_is_taken_in_by_one_other_at_a_time(either: Store) -> None:
    add_clinician(either)
    rows = [_row("a"), _row("b"), _row("c")]
    ids = [row["id"] for row in rows]
    with either.unit(ACTOR) as unit:
        book.add_many(unit.session, rows)
        unit.session.add(_merge(ids[0], ids[1], undone_at=NOW))
        unit.session.add(_merge(ids[0], ids[1]))
        unit.audit("merge", "contact", ids[0])
        unit.commit()
    with either.reading() as session:
        assert book.winners(session) == {ids[1]: ids[0]}
    with pytest.raises((IntegrityError, ClinicError)), either.unit(ACTOR) as unit:
        unit.session.add(_merge(ids[2], ids[1]))
        unit.audit("merge", "contact", ids[2])
        unit.commit()


def _merge(winner, loser, **more) -> ContactMerge:
    return ContactMerge(
        winner_id=winner,
        loser_id=loser,
        before={},
        merged_at=NOW,
        merged_by="Dana Demo",
        clinician_id=ACTOR,
        **more,
    )
