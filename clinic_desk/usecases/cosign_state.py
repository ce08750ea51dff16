"""How a note that was signed under supervision stands: waiting, given back, co-signed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from clinic_desk.i18n import _
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import cosign_queries as queries
from clinic_desk.storage.models import CosignAct
from clinic_desk.usecases import words
from clinic_desk.usecases.desk import Actor

WAITING, RETURNED, COSIGNED = "waiting", "returned", "cosigned"
_STATES = {"asked": WAITING, "returned": RETURNED, "cosigned": COSIGNED}


@dataclass(frozen=True, slots=True)
class Act:
    """One act on a note: asked, returned or cosigned."""

    act: str
    by: str
    at: datetime
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Cosigning:
    """How a note under supervision stands; the acts in the order of time."""

    state: str  # waiting | returned | cosigned
    acts: tuple[Act, ...]
    authors: frozenset[UUID]  # whose words wait, or waited last

    @property
    def open(self) -> bool:
        return self.state != COSIGNED

    @property
    def last(self) -> Act:
        return self.acts[-1]

    @property
    def said(self) -> str:
        """One line for screens and papers."""
        if self.state == COSIGNED:
            return _("Co-signed by {who}, {when}").format(
                who=self.last.by, when=words.moment(self.last.at)
            )
        if self.state == RETURNED:
            return _("Given back by {who}, {when}, not co-signed: {remark}").format(
                who=self.last.by, when=words.moment(self.last.at), remark=self.last.remark
            )
        return _("Signed under supervision, awaiting co-signature")

    @property
    def brief(self) -> str:
        """What a line of the journal begins with; nothing once it is co-signed."""
        if self.state == COSIGNED:
            return ""
        return _("Given back. ") if self.state == RETURNED else _("Awaiting co-signature. ")

    def may_close(self, actor: Actor) -> bool:
        """Whether a person may co-sign it or give it back."""
        return self.open and not actor.supervised and actor.id not in self.authors


def of_visits(session: chart.Reading, visit_ids: Sequence[UUID]) -> dict[UUID, Cosigning]:
    """How visits under supervision stand; others are not in it."""
    return _states((one.visit_id, one) for one in queries.of_visits(session, visit_ids))


def of_contacts(session: chart.Reading, contact_ids: Sequence[UUID]) -> dict[UUID, Cosigning]:
    """How contacts under supervision stand; others are not in it."""
    return _states((one.contact_id, one) for one in queries.of_contacts(session, contact_ids))


def _states(acts: Iterable[tuple[UUID | None, CosignAct]]) -> dict[UUID, Cosigning]:
    of_note: dict[UUID, list[CosignAct]] = {}
    for key, act in acts:
        if key is not None:
            of_note.setdefault(key, []).append(act)
    return {key: _state(rows) for key, rows in of_note.items()}


def _state(rows: Sequence[CosignAct]) -> Cosigning:
    authors: set[UUID] = set()
    for before, row in zip((None, *rows), rows, strict=False):
        if row.act == "asked":
            if before is not None and before.act == "cosigned":
                authors = set()  # what came before it was co-signed
            authors.add(row.clinician_id)
    acts = tuple(Act(row.act, row.by, row.at, row.remark) for row in rows)
    return Cosigning(_STATES[rows[-1].act], acts, frozenset(authors))
