"""The record of a case in a letter's own language: which fields it can say, and so which parts.

A part is in the language only where every word of it is; else it keeps the record's English and
says so. What was typed stands as typed, in quotation marks, which its heading tells.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from clinic_desk.clinical.adherence import Kept
from clinic_desk.clinical.measures import Side
from clinic_desk.documents.content import LetterTrend
from clinic_desk.errors import NotFound
from clinic_desk.library import letter_templates
from clinic_desk.library.letter_fields import Value, in_english
from clinic_desk.library.letters import LetterKind, LetterPartKind
from clinic_desk.library.speech import speech, spoken_book
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage.models import Case, Patient
from clinic_desk.usecases import (
    charts,
    flowsheet,
    home_kept,
    letter_medicines,
    letter_trends,
    letter_words,
    plain,
    program_content,
    programs,
    shelf,
    tongue_record,
    tongue_tables,
    words,
)
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.letter_record import Record
from clinic_desk.usecases.letter_views import Part
from clinic_desk.usecases.letterhead import day_number
from clinic_desk.usecases.program_views import Line
from clinic_desk.usecases.tongue import Tongue, Unsaid
from clinic_desk.usecases.tongue_tables import Rows

if TYPE_CHECKING:
    from clinic_desk.library.translations import Translation

_TYPED = ("occupation", "sport", "alerts", "goal")
_AS_IT_IS = ("referrer",)  # a name


@dataclass(frozen=True, slots=True)
class Said:
    """What the language can say of a case."""

    tongue: Tongue
    values: Mapping[str, Value]  # only the fields that it can say
    table: Rows | None  # none where it cannot be said
    case_line: str  # "„hamstring strain“, LINKE SEITE, Tag 13"

    @property
    def language(self) -> str:
        return self.tongue.language

    def tells(self, part: LetterPartKind) -> bool:
        """Whether a part can be told wholly in the language."""
        if not part.spoken or (part.table and self.table is None):
            return False
        written = letter_templates.written(part.spoken)
        return all(one in self.values for one in written if in_english(one))


def said(
    desk: Desk,
    session: chart.Reading,
    kind: LetterKind,
    case: Case,
    who: Patient,
    record: Record | None,
    values: Mapping[str, Value],
) -> Said | None:
    """The case in the kind's language; None in English and where the language has no words."""
    words_of = None if kind.language == "en" else speech(kind.language)
    if words_of is None:
        return None
    tongue = Tongue(words_of)
    if record is not None:
        protocol = record.reckoned.protocol
        book = spoken_book(protocol.id, kind.language)
        tongue = Tongue(words_of, protocol, book, record.side)
    told = {name: value for name, value in values.items() if _empty(value)}
    composers = {
        **(tongue_record.fields(tongue, record) if record else {}),
        **_person(tongue, case, who, record, values, desk.today(), kind.role),
        **_care(tongue, desk, session, case),
    }
    if record is not None:
        composers["measures"] = lambda: tongue_tables.measures(tongue, record)
    for name, compose in composers.items():
        try:
            told[name] = compose()
        except Unsaid:
            told.pop(name, None)
    return Said(tongue, told, _table(tongue, record, kind), _case_line(tongue, case, desk.today()))


def _empty(value: Value) -> bool:
    return value is None or (isinstance(value, str | Sequence) and not value)


def _table(tongue: Tongue, record: Record | None, kind: LetterKind) -> Rows | None:
    try:
        return tongue_tables.table(tongue, record, kind) if record else ()
    except Unsaid:
        return None


def _person(
    tongue: Tongue,
    case: Case,
    who: Patient,
    record: Record | None,
    values: Mapping[str, Value],
    today: date,
    role: str,
) -> dict[str, Callable[[], Value]]:
    complaint = _complaint(tongue, case)
    days = day_number(case.onset_on, today)
    side = charts.side_of(case)

    def typed(name: str) -> str:
        return tongue.typed(str(values[name]))

    made: dict[str, Callable[[], Value]] = {
        "age": lambda: _age(tongue, who.birth_date, today),
        "complaint": lambda: complaint,
        "side": lambda: tongue.word(f"side_{side.value}") if side else "",
        "day": lambda: "" if days is None else tongue.word("day", n=str(days)),
        "since_onset": lambda: "" if days is None else tongue.counted(days, "d"),
        "allergies": lambda: tongue.word("none_known") if who.no_allergies else typed("allergies"),
        "story": lambda: (
            (tongue_record.story(tongue, record, case.onset_on) if record else [])
            or [tongue.sentence(complaint)]
        ),
        "question": lambda: (
            words.capital(tongue_record.question(tongue, record, complaint, days, role))
            if record
            else ""
        ),
    }
    for name in ("medicines", "blood_thinner"):
        made[name] = lambda name=name: letter_medicines.spoken(tongue, record, who)[name]  # type: ignore[misc]
    for name in _TYPED:
        made[name] = lambda name=name: typed(name)  # type: ignore[misc]
    for name in _AS_IT_IS:
        made[name] = lambda name=name: values[name]  # type: ignore[misc]
    return made


def _complaint(tongue: Tongue, case: Case, loud: bool = False) -> str:
    """The complaint with its side; one that many write alike has words, others stay as typed."""
    known = tongue.speech.complaints.get(" ".join(case.title.split()).casefold())
    title, side = known or tongue.typed(words.lowered(case.title)), charts.side_of(case)
    if not isinstance(side, Side):
        return title
    on = tongue.word(f"side_{side.value}")
    return tongue.word("complaint", title=title, side=on.upper() if loud else on)


def _case_line(tongue: Tongue, case: Case, today: date) -> str:
    line, days = (
        words.capital(_complaint(tongue, case, loud=True)),
        day_number(case.onset_on, today),
    )
    if days is None:
        return line
    return f"{line}{tongue.word('comma')}{tongue.word('day', n=str(days))}"


def _age(tongue: Tongue, born: date | None, today: date) -> str:
    years = words.age(born, today)
    if born is None or years is None:
        return ""
    if years >= 2:
        return tongue.counted(years, "year")
    months = (today.year - born.year) * 12 + today.month - born.month - (today.day < born.day)
    return tongue.counted(months, "month")


# The care so far


def _care(
    tongue: Tongue, desk: Desk, session: chart.Reading, case: Case
) -> dict[str, Callable[[], Value]]:
    found = chart.programs(session, [case.id])
    kept = home_kept.summary_of(session, case.id)
    made: dict[str, Callable[[], Value]] = {
        "clinic_done": lambda: tongue.listed(_done(tongue, desk, session, case)),
        "program_kept": lambda: _kept(tongue, kept.whole) if kept else "",
    }
    if not found:
        return made
    content = program_content.read(found[0].content)
    typed = plain.text(found[0].content, "template_name")

    def named(lines: Iterable[Line]) -> list[str]:
        known, words_of = shelf.exercises(desk.library), _library(tongue, desk).exercises
        held = [one.exercise for one in lines if one.exercise in known]
        missing = [one for one in held if one not in words_of]
        if missing:
            raise Unsaid(missing[0])
        return [tongue.inside(words_of[one].name) for one in held]

    def exercises() -> list[str]:
        return named(content.lines)

    def overrides() -> list[str]:
        reasons = [one for one in content.lines if one.override_reason and named((one,))]
        whole = [tongue.typed(content.override_reason)] if content.override_reason else []
        said = [f"{named((one,))[0]} ({tongue.typed(one.override_reason)})" for one in reasons]
        return said + whole

    def program() -> str:
        if not typed:
            return tongue.listed(exercises())
        ships = shelf.templates(desk.library).get(content.template or "")
        ours = _library(tongue, desk).programs.get(content.template or "")
        same = ships is not None and ships.name == typed
        return tongue.inside(ours.name) if ours and same else tongue.typed(typed)

    def minutes() -> str:
        lasts = max(1, round(programs.gauge(desk, content).seconds / 60))
        return tongue.word("session", time=tongue.counted(lasts, "min"))

    told: dict[str, Callable[[], Value]] = {
        "program": program,
        "program_minutes": minutes,
        "exercises": exercises,
        "program_overrides": overrides,
    }
    return made | told


def _library(tongue: Tongue, desk: Desk) -> "Translation":
    try:
        return desk.library.translation(tongue.language)
    except NotFound as error:
        raise Unsaid(tongue.language) from error


def _done(tongue: Tongue, desk: Desk, session: chart.Reading, case: Case) -> list[str]:
    names: list[str] = []
    for one in flowsheet.all_done(session, case.id):
        if one.kind == flowsheet.EXERCISE:
            known = _library(tongue, desk).exercises.get(one.id)
            said = tongue.inside(known.name) if known else ""
        else:
            said = tongue.speech.treatments.get(one.id, "")
        if not said:
            raise Unsaid(one.id)
        names.append(said)
    return list(dict.fromkeys(names))


def _kept(tongue: Tongue, kept: Kept) -> str:
    span = tongue.day(kept.first)
    if kept.last != kept.first:
        span = tongue.word("kept_span", first=span, last=tongue.day(kept.last))
    parts = []
    if kept.percent is not None:
        done, asked = str(kept.done), str(round(kept.asked))
        parts.append(
            tongue.word("kept_sessions", done=done, asked=asked, percent=str(kept.percent))
        )
    if kept.worst_pain is not None:
        pain, most = str(kept.worst_pain), str(home_kept.PAINS)
        parts.append(tongue.word("kept_pain", pain=pain, most=most))
    return tongue.sentence(tongue.word("kept", span=span, parts=tongue.word("comma").join(parts)))


# Parts of a letter


def filled(part: LetterPartKind, told: Said | None, values: Mapping[str, Value]) -> tuple[str, str]:
    """A part in words, and in which language."""
    if told is None or not told.tells(part):
        return part.fill(values), "en" if part.note else part.language
    mixed = {**values, **told.values}
    text = letter_templates.fill(part.spoken, mixed, part.id, told.language)
    return text, told.language


def closing(kind: LetterKind, told: Said | None, values: Mapping[str, Value]) -> tuple[str, ...]:
    """The paragraphs after the parts; one that the language cannot say keeps the record's English
    words and says so at its end.
    """
    if told is None:
        return kind.close(values)
    mixed, made = {**values, **told.values}, []
    for paragraph in kind.closing:
        text = letter_templates.fill(paragraph, mixed, "closing", kind.language)
        english = [one for one in letter_templates.written(paragraph) if in_english(one)]
        if text and any(one not in told.values for one in english):
            text = f"{text} ({kind.english})"
        made.append(text)
    return tuple(text for text in made if text)


def table(kind: LetterKind, told: Said | None, record: Record | None) -> Rows:
    """The table of a kind, in the language of its part."""
    part = next((one for one in kind.parts if one.table), None)
    if told is not None and part is not None and told.tells(part):
        return told.table or ()
    return letter_words.table(record, kind)


def heading(part: Part, told: Said | None, record: Record | None) -> str:
    """A part's heading in its own language: with its day, the numbers of the screen, and how
    what was typed is marked; empty where the part is not told in the language.
    """
    if told is None or part.language != told.language:
        return ""
    tongue, title = told.tongue, part.title
    if record is not None and part.id in ("red_flags", "findings", "body_chart"):
        day = record.screened_on if part.id == "red_flags" else record.day
        title += f"{tongue.word('comma')}{tongue.day(day)}"
        if part.id == "red_flags" and record.screen.asked:
            title = tongue.word("named", name=title, value=_counts(tongue, record))
    typed = tongue.word("typed_mark") in part.text
    return f"{title} ({tongue.word('typed_note')})" if typed else title


def _counts(tongue: Tongue, record: Record) -> str:
    seen = record.screen
    asked, yes, no = str(seen.asked), str(seen.positive_count), str(seen.negative_count)
    if not seen.unsure_count:
        return tongue.word("counts", asked=asked, yes=yes, no=no)
    return tongue.word("counts_unsure", asked=asked, yes=yes, unsure=str(seen.unsure_count), no=no)


def trends(told: Said | None, record: Record) -> tuple[LetterTrend, ...]:
    """The curves of the measures, in the language where the part is told in it."""
    return tongue_tables.trends(told.tongue, record) if told else letter_trends.of(record.outcomes)
