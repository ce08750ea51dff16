"""From a protocol file's tables to the rules that `clinical` runs, with every fault collected."""

import keyword
from collections.abc import Iterable

from clinic_desk.clinical import conditions
from clinic_desk.clinical import protocol as model
from clinic_desk.clinical import rules as ruling
from clinic_desk.clinical.body_regions import REGIONS
from clinic_desk.clinical.condition_parts import ConditionFault, Vocabulary
from clinic_desk.clinical.logic import Amount, Condition
from clinic_desk.clinical.protocol import Kind
from clinic_desk.errors import LibraryInvalid
from clinic_desk.library import medicines, protocol_scores
from clinic_desk.library.protocol_file import (
    Carry,
    DerivedTable,
    ItemTable,
    ProtocolTable,
    ScoringTable,
)
from clinic_desk.library.protocol_scores import Measures, no_measures
from clinic_desk.library.toml_file import Fault, TomlFile, Trail

_WITH_CHOICES = (Kind.CHOICE, Kind.MANY)
_MEASURED = (Kind.NUMBER, Kind.PAIR, Kind.DURATION)
_YES_NO = (Kind.YES_NO, Kind.YES_NO_UNSURE)


class Rules:
    """Builds the parts of a protocol; what cannot be built is a fault and is left out."""

    def __init__(
        self, file: TomlFile, table: ProtocolTable, measures: Measures = no_measures
    ) -> None:
        self._measures = measures
        self.file = file
        self.table = table
        self.faults: list[Fault] = []
        self.texts: dict[str, str] = {}
        self.conditions: list[tuple[Trail, Condition]] = []
        self._parsed: dict[str, Condition] = {}  # many rules share their words
        self.items: dict[str, model.Item] = {}
        self._gather_items()
        self.vocabulary = Vocabulary(
            items=self.items,
            flags=frozenset(flag.id for flag in table.flag),
            groups=frozenset(group.id for group in table.group),
            patterns=frozenset(pattern.id for pattern in table.pattern),
            grades=len(table.grade.cuts) if table.grade else 0,
        )
        for kind, ids in (
            ("recipient", [one.id for one in table.recipient]),
            ("group", [one.id for one in table.group]),
            ("flag", [one.id for one in table.flag]),
            ("pattern", [one.id for one in table.pattern]),
            ("differential", [one.id for one in table.differential]),
            ("banner", [one.id for one in table.banner]),
            ("hold", [one.id for one in table.hold]),
            ("imaging", [one.id for one in table.imaging]),
            ("safety", [one.id for one in table.safety]),
            ("path", [one.id for one in table.path]),
            ("advice", [one.id for one in table.advice]),
            ("score", [one.id for one in table.score]),
            ("step", [one.id for one in table.step]),
        ):
            self._once(((kind, place), one) for place, one in enumerate(ids))
        self._once(  # a section's texts stand under its id alone, whatever step it is in
            (("step", place, "section", part), section.id)
            for place, step in enumerate(table.step)
            for part, section in enumerate(step.section)
        )

    # --- small tools --------------------------------------------------------------------

    def fault(self, trail: Trail, reason: str) -> None:
        self.faults.append(self.file.fault(trail, reason))

    def text(self, text_id: str, words: str) -> str:
        """Keep an English text under its id; no id for no words."""
        if not words:
            return ""
        self.texts[text_id] = words
        return text_id

    def _once(self, named: Iterable[tuple[Trail, str]]) -> None:
        seen: set[str] = set()
        for trail, one in named:
            if one in seen:
                self.fault((*trail, "id"), f"the id `{one}` is used twice")
            seen.add(one)

    def condition(self, trail: Trail, text: str) -> Condition | None:
        """A parsed condition; None for none, or for one that is a fault."""
        if not text.strip():
            return None
        try:
            parsed = self.parsed(text)
        except ConditionFault as fault:
            self.fault(trail, str(fault))
            return None
        self.conditions.append((trail, parsed))
        return parsed

    def parsed(self, text: str) -> Condition:
        """A condition, read once however many rules are worded alike; ConditionFault."""
        found = self._parsed.get(text)
        if found is None:
            found = self._parsed[text] = conditions.parse(text, self.vocabulary)
        return found

    def known(self, trail: Trail, what: str, one: str, names: Iterable[str]) -> bool:
        if one in names:
            return True
        self.fault(trail, f"unknown {what} `{one}`")
        return False

    # --- items --------------------------------------------------------------------------

    def _gather_items(self) -> None:
        for place, step in enumerate(self.table.step):
            for part, section in enumerate(step.section):
                for number, item in enumerate(section.item):
                    trail = ("step", place, "section", part, "item", number)
                    self._new(trail, item.id, self._item(trail, item, section.carry))
        for place, derived in enumerate(self.table.derived):
            self._new(("derived", place), derived.id, self._derived_item(derived))

    def _new(self, trail: Trail, item_id: str, item: model.Item) -> None:
        if item_id in self.items:
            self.fault((*trail, "id"), f"the id `{item_id}` is used twice")
        elif item_id in conditions.RESERVED or keyword.iskeyword(item_id):
            self.fault((*trail, "id"), f"`{item_id}` is a word of the rule language")
        else:
            self.items[item_id] = item

    def _item(self, trail: Trail, item: ItemTable, carry: Carry) -> model.Item:
        self._check_item(trail, item)
        name = f"item.{item.id}"
        scale = item.kind is Kind.SCALE
        measure = protocol_scores.measure(self, trail, item, self._measures)
        score = measure.score if measure is not None and item.kind is Kind.OUTCOME else None
        return model.Item(
            id=item.id,
            kind=item.kind,
            label=self.text(f"{name}.label", item.label),
            help=self.text(f"{name}.help", item.help),
            norm=self.text(f"{name}.norm", item.norm),
            unit=score.unit if score else item.unit,
            choices=self._choices(trail, item),
            doubt_below=item.doubt_below,
            doubt_above=item.doubt_above,
            ordered=item.ordered,
            minimum=score.minimum
            if score
            else 0.0
            if scale or item.kind is Kind.DURATION
            else item.min,
            maximum=score.maximum if score else 10.0 if scale else item.max,
            whole=score.whole if score else scale or item.whole,
            worse=item.worse,
            show=item.show,
            unsure_is_yes=item.unsure_is_yes,
            ask=item.ask,
            source=item.source,
            working=item.working,
            implied_working=item.implied_working,
            suggest=tuple(
                self.text(f"{name}.suggest.{place}", words)
                for place, words in enumerate(item.suggest, start=1)
            ),
            measure=measure,
            ages=item.ages,
            stands_in=item.stands_in,
            carry=item.carry or carry,
            mdc=item.mdc,
            mdc_source=item.mdc_source,
        )

    def _choices(self, trail: Trail, item: ItemTable) -> tuple[model.Choice, ...]:
        """The item's own choices; of a medication list the classes, with their names."""
        if item.kind is Kind.BODY_CHART:  # the regions of the body, the same for every protocol
            return tuple(model.Choice(region, f"region.{region}") for region in REGIONS)
        name = f"choice.{item.id}"
        if item.kind is not Kind.MEDICINES:
            return tuple(
                model.Choice(
                    choice.id, self.text(f"{name}.{choice.id}", choice.label), tuple(choice.also)
                )
                for choice in item.choice
            )
        try:
            classes = medicines.load()
        except LibraryInvalid as error:
            self.fault((*trail, "kind"), str(error))
            return ()
        return tuple(
            model.Choice(
                one.id,
                self.text(f"{name}.{one.id}", one.label),
                one.names,
                self.text(f"{name}.{one.id}.why", one.why),
            )
            for one in classes
        )

    def _check_doubts(self, trail: Trail, item: ItemTable) -> None:
        """Doubt begins inside of what is possible, or it would never be raised."""
        low = 0.0 if item.kind is Kind.DURATION else item.min
        for key, limit in (("doubt_below", item.doubt_below), ("doubt_above", item.doubt_above)):
            if limit is None:
                continue
            if item.kind not in _MEASURED:
                self.fault((*trail, key), f"a {item.kind.value} item takes no {key}")
            elif (low is not None and limit < low) or (item.max is not None and limit > item.max):
                self.fault((*trail, key), f"{key} must lie between min and max")
        low_doubt, high_doubt = item.doubt_below, item.doubt_above
        if low_doubt is not None and high_doubt is not None and low_doubt >= high_doubt:
            self.fault((*trail, "doubt_below"), "doubt_below must be below doubt_above")

    def _check_item(self, trail: Trail, item: ItemTable) -> None:
        kind = item.kind
        numbers = kind in (Kind.NUMBER, Kind.PAIR)
        if (kind in _WITH_CHOICES) != bool(item.choice):
            says = "needs choices" if kind in _WITH_CHOICES else "has no choices of its own"
            self.fault((*trail, "kind"), f"a {kind.value} item {says}")
        self._check_doubts(trail, item)
        spelled: set[str] = set()
        for place, choice in enumerate(item.choice):
            for word in (choice.id, *choice.also):
                if word.casefold() in spelled:
                    self.fault((*trail, "choice", place), f"`{word}` stands for two choices")
                spelled.add(word.casefold())
        if kind is Kind.PAIR and item.worse is None:
            self.fault((*trail, "kind"), "a pair must say which direction is worse")
        measured = (Kind.PAIR, Kind.SCALE, Kind.NUMBER, Kind.DURATION)
        if item.worse is not None and kind not in measured:
            self.fault((*trail, "worse"), f"a {kind.value} item has no worse side")
        if item.ordered and kind is not Kind.CHOICE:
            self.fault((*trail, "ordered"), "only the choices of a choice item can be ordered")
        if item.unsure_is_yes and kind is not Kind.YES_NO_UNSURE:
            self.fault((*trail, "unsure_is_yes"), f"a {kind.value} item cannot be unsure")
        if (item.min is not None or item.whole) and not numbers:
            self.fault(trail, f"a {kind.value} item takes neither min nor whole")
        if item.max is not None and not (numbers or kind is Kind.DURATION):
            self.fault((*trail, "max"), f"a {kind.value} item takes no max")
        if item.min is not None and item.max is not None and item.min >= item.max:
            self.fault((*trail, "min"), "min must be below max")
        if numbers and (item.min is None or item.max is None):
            self.fault(trail, f"the {kind.value} item `{item.id}` needs min and max")
        if kind is Kind.DURATION and item.unit not in ("s", "min", "h", "d", "wk"):
            self.fault((*trail, "unit"), "a duration is compared in s, min, h, d or wk")
        if item.suggest and kind is not Kind.TEXT:
            self.fault((*trail, "suggest"), "only a text item has suggestions")
        if item.mdc is not None and not (numbers or kind in (Kind.SCALE, Kind.DURATION)):
            self.fault((*trail, "mdc"), f"a {kind.value} item has no measurement error")
        if (item.mdc is None) != (not item.mdc_source):
            self.fault((*trail, "mdc"), "a measurement error and its source go together")
        if item.unit and not (numbers or kind is Kind.DURATION):
            self.fault((*trail, "unit"), f"a {kind.value} item has no unit")

    def _derived_item(self, derived: DerivedTable) -> model.Item:
        name = f"item.{derived.id}"
        yes_no = derived.kind == "yes_no"
        return model.Item(
            id=derived.id,
            kind=Kind.YES_NO_UNSURE if yes_no else Kind.NUMBER,
            label=self.text(f"{name}.label", derived.label),
            help=self.text(f"{name}.help", derived.help),
            norm=self.text(f"{name}.norm", derived.norm),
            unit=derived.unit,
            minimum=derived.min,
            maximum=derived.max,
            ask="derived",
            source=derived.source,
            working=derived.working,
        )

    def implied(self, trail: Trail, item: ItemTable) -> tuple[tuple[str, Condition], ...]:
        """What other answers already say on an item, by the word that would answer it."""
        if item.implied_working and not item.implied:
            self.fault((*trail, "implied_working"), "nothing is implied here")
        words = tuple(choice.id for choice in item.choice)
        if item.kind in _YES_NO:
            words = ("yes", "no")
        elif item.kind is not Kind.CHOICE and item.implied:
            self.fault((*trail, "implied"), f"a {item.kind.value} item cannot be implied")
            return ()
        found = []
        for word, text in item.implied.items():
            inner = (*trail, "implied", word)
            self.known(inner, f"answer of `{item.id}`", word, words)
            when = self.condition(inner, text)
            if when is not None and when.flags:
                self.fault(inner, "an implied answer follows from items only")
            elif when is not None:
                found.append((word, when))
        return tuple(found)

    def at_odds(self, trail: Trail, item: ItemTable) -> tuple[Condition, ...]:
        """When this item's answer and others cannot both be right."""
        found = []
        for place, text in enumerate(item.at_odds):
            inner = (*trail, "at_odds", place)
            when = self.condition(inner, text)
            if when is not None and (when.flags or item.id not in when.reads):
                self.fault(inner, f"must compare `{item.id}` with other items")
            elif when is not None:
                found.append(when)
        return tuple(found)

    def check_implied(self, trail: Trail, derived: dict[str, ruling.Derived], item: str) -> None:
        """An implied answer follows from what is asked, never from what is itself implied."""
        for word, when in self.items[item].implied:
            waiting, seen = list(when.reads), set[str]()
            while waiting:
                name = waiting.pop()
                if name in seen:
                    continue
                seen.add(name)
                if name in derived:
                    waiting.extend(derived[name].reads)
                elif self.items[name].implied:
                    self.fault((*trail, "implied", word), f"`{name}` is implied itself")

    # --- rules that more than one part needs ----------------------------------------------

    def derived(self) -> dict[str, ruling.Derived]:
        """What each derived value is worked out from; one that needs itself is a fault."""
        found: dict[str, ruling.Derived] = {}
        for place, derived in enumerate(self.table.derived):
            trail = ("derived", place, "value")
            test: Condition | None = None
            amount: Amount | None = None
            try:
                if derived.kind == "yes_no":
                    test = self.parsed(derived.value)
                else:
                    amount = conditions.parse_amount(derived.value, self.vocabulary)
            except ConditionFault as fault:
                self.fault(trail, str(fault))
                continue
            part = amount or test
            if part is not None and part.flags:
                self.fault(trail, "a derived value is worked out from items only")
                continue
            if test is not None:
                self.conditions.append((trail, test))
            found[derived.id] = ruling.Derived(derived.id, amount, test)
        for place, derived in enumerate(self.table.derived):
            if derived.id in found and _needs(found, derived.id):
                self.fault(("derived", place, "value"), f"`{derived.id}` needs itself")
        return found

    def scoring(self, trail: Trail, table: ScoringTable, *, whole: bool) -> ruling.Scoring | None:
        """How a value earns points; `whole` where every answer must earn some or none."""
        item = self.items.get(table.value)
        if item is None:
            self.fault((*trail, "value"), f"unknown item `{table.value}`")
            return None
        numeric = item.kind in (Kind.NUMBER, Kind.SCALE, Kind.DURATION, Kind.OUTCOME)
        if bool(table.bands) != numeric or bool(table.points) == numeric:
            needs = "bands" if numeric else "points by choice"
            self.fault(trail, f"`{item.id}` is a {item.kind.value} item and needs {needs}")
            return None
        self._check_bands((*trail, "bands"), table)
        names = ("yes", "no") if item.kind in _YES_NO else tuple(c.id for c in item.choices)
        for name in table.points:
            self.known((*trail, "points"), f"choice of `{item.id}`", name, names)
        for name in names:
            if whole and table.points and name not in table.points:
                self.fault((*trail, "points"), f'the choice "{name}" of `{item.id}` has no points')
        bands = tuple(ruling.Band(b.points, b.below, b.upto) for b in table.bands)
        return ruling.Scoring(item.id, bands, dict(table.points))

    def _check_bands(self, trail: Trail, table: ScoringTable) -> None:
        limits = [b.below if b.below is not None else b.upto for b in table.bands]
        inner = [limit for limit in limits[:-1] if limit is not None]
        if len(inner) != len(limits[:-1]) or (limits and limits[-1] is not None):
            self.fault(trail, "every band but the last needs a limit, and the last has none")
        if any(band.below is not None and band.upto is not None for band in table.bands):
            self.fault(trail, "a band ends below a limit or at it, not both")
        if inner != sorted(set(inner)):
            self.fault(trail, "the limits of the bands must rise")


def _needs(found: dict[str, ruling.Derived], start: str) -> bool:
    """Whether a derived value is worked out from itself, by whatever way."""
    seen: set[str] = set()
    waiting = list(found[start].reads)
    while waiting:
        name = waiting.pop()
        if name == start:
            return True
        if name in found and name not in seen:
            seen.add(name)
            waiting.extend(found[name].reads)
    return False
