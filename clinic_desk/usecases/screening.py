"""The red-flag screen in numbers and words: what was asked, what was yes, which no matters."""

from collections.abc import Mapping
from dataclasses import dataclass

from clinic_desk.clinical.protocol import Item, Kind
from clinic_desk.library.phrases import PhraseBook
from clinic_desk.usecases import words
from clinic_desk.usecases.answer_words import phrase
from clinic_desk.usecases.reckoning import Reckoning


@dataclass(frozen=True, slots=True)
class Screen:
    """The red-flag questions of one evaluation that were answered."""

    asked: int
    positive_count: int
    unsure_count: int
    positives: tuple[str, ...]  # a question about several signs only where no sign is named
    unsure: tuple[str, ...]
    negatives: tuple[str, ...]  # those that matter, without "no"
    negative_count: int

    @property
    def counts(self) -> str:
        """ "21 asked, 1 yes, 20 no"."""
        parts = [f"{self.asked} asked", f"{self.positive_count} yes"]
        if self.unsure_count:
            parts.append(f"{self.unsure_count} not sure")
        parts.append(f"{self.negative_count} no")
        return ", ".join(parts)

    @property
    def sentences(self) -> tuple[str, ...]:
        """ "Yes: …." "Not sure: …." "No: …."."""
        groups = (("Yes", self.positives), ("Not sure", self.unsure), ("No", self.negatives))
        return tuple(f"{name}: {'; '.join(said)}." for name, said in groups if said)


def screen(reckoned: Reckoning, answers: Mapping[str, object], book: PhraseBook) -> Screen:
    """The screen of an evaluation; what was not asked is never counted as no."""
    signs, doubts, matter, negatives = screened(reckoned, answers, book)

    def said(item_id: str, value: str) -> str:
        return _said(reckoned, reckoned.protocol.item(item_id), value, book)

    return Screen(
        asked=len(signs) + len(doubts) + negatives,
        positive_count=len(signs),
        unsure_count=len(doubts),
        positives=tuple(said(one, "yes") for one in signs),
        unsure=tuple(said(one, "unsure") for one in doubts),
        negatives=tuple(said(one, "no") for one in matter),
        negative_count=negatives,
    )


def screened(
    reckoned: Reckoning, answers: Mapping[str, object], book: PhraseBook
) -> tuple[list[str], list[str], list[str], int]:
    """The questions that are named: those with yes, not sure, and a no that matters; and how many
    have a no in all.
    """
    taken = reckoned.takeable(answers)
    yes: list[str] = []
    unsure: list[str] = []
    no: list[str] = []
    for item_id in flag_items(reckoned):
        value = taken.get(item_id)
        if value == "yes":
            yes.append(item_id)
        elif value == "unsure":
            unsure.append(item_id)
        elif value == "no":
            no.append(item_id)

    def named(items: list[str]) -> list[str]:
        """What says which sign it is; the opening questions only where nothing else does."""
        told = any(one not in book.gates for one in (*yes, *unsure))
        return [one for one in items if one not in book.gates or not told]

    matter = [one for one in no if one in book.matters] if book.matters else no
    return named(yes), named(unsure), matter, len(no)  # the numbers are those of what is named


def flag_items(reckoned: Reckoning) -> tuple[str, ...]:
    """The yes/no questions of the red-flag sections, in their order."""
    protocol = reckoned.protocol
    return tuple(
        item
        for step in protocol.steps
        for section in step.sections
        if section.red_flags
        for item in section.items
        if protocol.item(item).kind in (Kind.YES_NO, Kind.YES_NO_UNSURE)
    )


def _said(reckoned: Reckoning, item: Item, value: str, book: PhraseBook) -> str:
    """The name of a flag question without its answer: "saddle numbness"."""
    own = book.items.get(item.id, {})
    if value in own:
        return own[value]
    if "label" in own:
        return own["label"]
    said = phrase(item, value, reckoned.case.side, reckoned.protocol.say, book.items)
    return words.lowered(said.rsplit(": ", 1)[0].rstrip("?"))
