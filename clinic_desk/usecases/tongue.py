"""The record's codes, numbers and choices said in another language than English.

What has no words there raises `Unsaid`, and the part that would hold it stays in English and says
so. What a person typed is never translated: it stands as typed, in quotation marks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from clinic_desk.clinical.findings import Reason, Term
from clinic_desk.clinical.measures import Side
from clinic_desk.clinical.protocol import BLANK, Item, Protocol
from clinic_desk.library.letter_templates import day as letter_day
from clinic_desk.library.speech import Speech, SpokenBook
from clinic_desk.usecases import words

_ENDS = ".?!:;…؟"


class Unsaid(Exception):
    """Something has no words in the language."""


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language with the phrases of one protocol."""

    speech: Speech
    protocol: Protocol | None = None  # none where nothing was evaluated yet
    book: SpokenBook | None = None
    side: Side | None = None

    @property
    def language(self) -> str:
        return self.speech.language

    def word(self, key: str, **places: str) -> str:
        """A pattern with its places filled in."""
        return BLANK.sub(lambda match: places[match[1]], self.speech.words[key])

    def text(self, text_id: str) -> str:
        """The words of one of the protocol's texts. Raises Unsaid."""
        book = self._book()
        if text_id in book.texts:
            return book.texts[text_id]
        kind, _, rest = text_id.partition(".")
        name, _, last = rest.partition(".")
        own = book.items.get(name, {})
        if kind == "item" and last == "label" and "label" in own:
            return own["label"]  # the phrase book names it otherwise, and means the same
        raise Unsaid(text_id)

    def say(self, text: str | Reason | Term) -> str:
        """The words of a text or of a reason with its values. Raises Unsaid."""
        if isinstance(text, str):
            return self.text(text)
        if isinstance(text, Term):
            return self.text(text.text)
        params = text.params
        return BLANK.sub(
            lambda match: self._shown(params[match[1]]) if match[1] in params else match[0],
            self.text(text.text),
        )

    def _shown(self, value: object) -> str:
        if isinstance(value, Term | Reason):
            return self.say(value)
        if isinstance(value, float):
            return self._decimal(f"{round(value, 2):g}")
        if isinstance(value, tuple | list):
            return self.word("comma").join(self._shown(one) for one in value)
        if isinstance(value, date):
            return self.day(value)
        if isinstance(value, str):
            raise Unsaid(value)  # words that the protocol does not keep as a text
        return str(value)

    def phrases(self, item: Item) -> Mapping[str, str]:
        """The phrases of an item's answers."""
        return self._book().items.get(item.id, {})

    def name(self, item: Item) -> str:
        """What an item is called inside a sentence. Raises Unsaid."""
        return (self.phrases(item).get("label") or self.text(item.label)).rstrip("?؟ ")

    def _book(self) -> SpokenBook:
        if self.book is None:
            raise Unsaid("the protocol's phrases")
        return self.book

    # Numbers, days, sides

    def _decimal(self, number: str) -> str:
        return number.replace(".", self.speech.words["decimal"])

    def number(self, value: float) -> str:
        return self._decimal(words.number(value))

    def decimals(self, said: str) -> str:
        """A number that was already written, with the language's decimal mark."""
        return self._decimal(said)

    def amount(self, value: float, unit: str) -> str:
        """ "34°", "182 N", "3 Tage"."""
        forms = self.speech.units.get(unit)
        if forms is None:
            return self._decimal(words.with_unit(value, unit))
        return self.counted(value, unit)

    def counted(self, value: float, unit: str) -> str:
        """A number with a unit that has plural forms."""
        from babel import Locale  # an English letter never needs it

        forms = self.speech.units[unit]
        form = Locale.parse(self.language).plural_form(value)
        return forms.get(form, forms["other"]).replace("{n}", self.number(value))

    def day(self, when: date | None) -> str:
        return letter_day(when, self.language)

    def short_day(self, when: date) -> str:
        """A day without its year: "23. Jan."."""
        from babel.dates import format_skeleton  # as above

        return format_skeleton("MMMd", when, locale=self.language)

    def where(self, side: Side) -> str:
        """ "links", "à gauche"."""
        return self.word(side.value)

    # Texts of texts

    def inside(self, name: str) -> str:
        """A name inside a sentence; German keeps its capitals."""
        return name if self.language == "de" else words.lowered(name)

    def typed(self, text: str) -> str:
        """What a person typed: as typed, in quotation marks."""
        text = " ".join(text.split())
        return self.word("typed", text=text) if text else ""

    def listed(self, parts: Sequence[str], last: str = "and") -> str:
        filled = [one for one in parts if one]
        if len(filled) < 2:
            return "".join(filled)
        comma = self.word("comma")
        return f"{comma.join(filled[:-1])} {self.word(last)}{self._joint(last)}{filled[-1]}"

    def _joint(self, last: str) -> str:
        """Arabic writes its "and" onto the next word."""
        return "" if self.language == "ar" and last == "and" else " "

    def semicolons(self, parts: Sequence[str]) -> str:
        return self.word("semicolon").join(parts)

    def sentence(self, text: str) -> str:
        text = words.capital(text.strip())
        return text if not text or text[-1] in _ENDS else f"{text}."

    def together(self, phrases: Sequence[str]) -> str:
        """Commas between short phrases, semicolons where one has a comma of its own."""
        comma = self.word("comma")
        apart = any(comma.strip() in one for one in phrases)
        return self.semicolons(phrases) if apart else comma.join(phrases)
