"""The handout of a program, composed from the library in one or two languages.

Pure: whoever has a program and the facts about a patient gets the same page, with or without a
record behind it.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from clinic_desk.clinical.measures import Side
from clinic_desk.documents.content import (
    AdviceText,
    HandoutContent,
    HandoutExercise,
    Identity,
    Letterhead,
    Preset,
    Wording,
)
from clinic_desk.library import Library
from clinic_desk.library.handout_words import SOURCE, HandoutWords, language_name
from clinic_desk.library.translations import ExerciseText, Translation
from clinic_desk.usecases import (
    clinician_table,
    program_words,
    programs,
    shelf,
    supersets,
    words,
)
from clinic_desk.usecases.letterhead import paper_of
from clinic_desk.usecases.program_views import Line, ProgramContent
from clinic_desk.usecases.program_words import Turn

_LONG_DAYS, _SHORT_DAYS = 14, 7  # in one table of the grid
_SPACIOUS = ("large-print", "large-print-20", "easy-read")


@dataclass(frozen=True, slots=True)
class Occasion:
    """Who the page is for, from whom, when; `identity.born` is written by the page itself."""

    practice: Letterhead
    clinician: str
    identity: Identity
    patient_name: str
    given_name: str
    born: date | None
    side: Side | None
    today: date
    language: str = SOURCE  # the patient's own
    emergency_number: str = ""
    reference: str = ""
    say_unreviewed: bool = False  # on the patient's page
    birth_part: str = ""  # "1991" or "1991-06", where the day is not known


@dataclass(frozen=True, slots=True)
class Gap:
    """Something of a page that is not as its language promises."""

    what: str  # "Side-lying knee opener"
    language: str
    missing: bool  # stands in English; else the translation is not reviewed


def compose(library: Library, content: ProgramContent, occasion: Occasion) -> HandoutContent:
    """The page: in the chosen language or the patient's own, with a second one beside it."""
    first = language_of(library, content, occasion.language)
    page = _one(library, content, occasion, library.translation(first))
    second = content.sheet.second
    if second and second != first and second in library.languages():
        page = replace(page, other=_one(library, content, occasion, library.translation(second)))
    return page


def language_of(library: Library, content: ProgramContent, own: str) -> str:
    """The page's language: the program's, else the patient's own, else English."""
    for wanted in (content.sheet.language, own.split("-")[0].lower()):
        if wanted and wanted in library.languages():
            return wanted
    return SOURCE


def gaps(library: Library, content: ProgramContent, own: str) -> tuple[Gap, ...]:
    """What stands in English instead, and what no clinician has reviewed, in order of standing."""
    found: list[Gap] = []
    known = shelf.exercises(library)
    languages = dict.fromkeys((language_of(library, content, own), content.sheet.second))
    for language in languages:
        if language in ("", SOURCE) or language not in library.languages():
            continue
        translation = library.translation(language)
        says = translation.words
        if says.missing or not says.reviewed:
            found.append(Gap("The page's own words", language, bool(says.missing)))
        for line in content.lines:
            if line.exercise in known:
                text = translation.exercises.get(line.exercise)
                if text is None or not text.reviewed:
                    name = known[line.exercise].exercise.name
                    found.append(Gap(name, language, text is None))
        for card in content.sheet.advice:
            if card in library.advice():
                said = translation.advice.get(card)
                if said is None or not said.reviewed:
                    found.append(Gap(library.advice()[card].title, language, said is None))
    return tuple(found)


def _one(
    library: Library, content: ProgramContent, occasion: Occasion, translation: Translation
) -> HandoutContent:
    says, sheet = translation.words, content.sheet
    known = shelf.exercises(library)
    lines = [line for line in content.lines if line.exercise in known]
    own_times = not program_words.same_times(lines)
    placed = zip(lines, supersets.marks(lines), program_words.turns(lines), strict=True)
    exercises = tuple(
        _exercise(library, content, line, _Place(mark, turn, own_times), translation)
        for line, mark, turn in placed
    )
    gauge = programs.gauge_of(library, content)
    today = program_words.day(says, occasion.today)
    practice, limit = occasion.practice, content.pain_limit
    tail = says.say("code.tail", limit=limit)
    if practice.phone:
        tail += " " + says.say("code.phone", number=practice.phone)
    when = program_words.day(says, content.review_on)
    if when and sheet.next_time:
        when = says.say("frame.next_visit_at", date=when, time=sheet.next_time)
    # without a grid nothing else names the day
    says_next = bool(when) and (bool(sheet.next_time) or not sheet.weeks)
    days = _SHORT_DAYS if sheet.preset in _SPACIOUS else _LONG_DAYS
    unreviewed = occasion.say_unreviewed and any(
        one.language == translation.language and not one.missing
        for one in gaps(library, content, occasion.language)
    )
    clinician = occasion.clinician
    return HandoutContent(
        practice=practice,
        identity=replace(
            occasion.identity, born=program_words.birth(says, occasion.born, occasion.birth_part)
        ),
        patient_name=occasion.patient_name,
        date_line=says.say("frame.date_line", date=today, name=clinician) if clinician else today,
        title=says.say("clinician.title" if sheet.preset == "clinician" else "frame.title"),
        frequency=program_words.frequency(says, lines),
        minutes=program_words.minutes(says, gauge.seconds),
        equipment=program_words.equipment(says, gauge.equipment),
        sore_side=program_words.sore_side(says, occasion.side),
        stop_lead=says.say("stop.lead"),
        stop_text=says.say("stop.text", limit=limit),
        stop_points=says.each("stop.points", limit=limit),
        emergency_lead=program_words.emergency_lead(says, occasion.emergency_number),
        emergency_text=says.say("stop.emergency_text"),
        emergency_points=says.each("stop.emergency_points"),
        exercises=exercises,
        note_lead=says.say("frame.note_lead", name=clinician.split(" ")[0]) if clinician else "",
        note=content.note or says.say("frame.note", limit=limit),
        next_lead=says.say("frame.next_visit") if says_next else "",
        next_visit=when if says_next else "",
        advice=tuple(
            _advice(library, card, translation) for card in sheet.advice if card in library.advice()
        ),
        grid_title=program_words.grid_title(says, content.review_on) if sheet.weeks else "",
        grids=program_words.grids(says, occasion.today + timedelta(days=1), sheet.weeks, days),
        qr_text=program_words.qr_text(
            says.say("code.head", name=occasion.given_name, date=today),
            [(one.mark, one.name, one.dosage) for one in exercises],
            tail,
        ),
        qr_caption=says.say("code.caption"),
        reference=occasion.reference,
        language=translation.language,
        paper=paper_of(content.paper),
        preset=preset_of(sheet.preset),
        clinician=(
            clinician_table.build(library, content, translation, exercises)
            if sheet.preset == "clinician"
            else None
        ),
        remark=says.say("frame.unreviewed") if unreviewed else "",
        draft=not occasion.reference,
        words=_wording(says),
    )


def preset_of(name: str) -> Preset:
    """A preset by its name; the standard sheet for any other."""
    match name:
        case "large-print" | "large-print-20" | "easy-read" | "ink-saver" | "clinician":
            return name
    return "standard"


def _wording(says: HandoutWords) -> Wording:
    """The frame's own words; their {values} are filled in when the page is drawn."""
    keys = ("page", "born", "born_unknown", "phone", "filed_as", "draft", "draft_short")
    taken = {key: says.texts[f"frame.{key}"] for key in (*keys, "sore_side")}
    return replace(Wording(), **taken)  # type: ignore[arg-type]  # each of them is one text


@dataclass(frozen=True, slots=True)
class _Place:
    """How a line stands among the others."""

    mark: str
    turn: Turn | None
    own_times: bool


def _exercise(
    library: Library,
    content: ProgramContent,
    line: Line,
    place: _Place,
    translation: Translation,
) -> HandoutExercise:
    says = translation.words
    exercise = shelf.exercise(library, line.exercise).exercise
    start, finish = shelf.pictures(library, line.exercise, line.side)
    text = translation.exercises.get(line.exercise)
    foreign = text is None and translation.language != SOURCE
    shown: ExerciseText | None = text
    rules: list[tuple[str, str]] = []
    source = shown or exercise
    if content.sheet.stop_rules:
        if source.precautions:
            rules.append((says.say("frame.care"), source.precautions))
        if source.stop:
            rules.append((says.say("frame.stop_if"), " ".join(map(words.sentence, source.stop))))
    return HandoutExercise(
        name=program_words.with_side(says, source.name, line.side),
        dosage=program_words.dosage(says, line, place.own_times, place.turn),
        steps=source.steps,
        start=start,
        finish=finish,
        start_caption=says.say("frame.start"),
        finish_caption=says.say("frame.finish"),
        short_name=source.short_name,
        note=line.note,
        position=source.start,
        doses=program_words.doses(says, line, place.own_times, place.turn),
        mark=place.mark,
        rules=tuple(rules),
        tag=language_name(SOURCE, translation.language) if foreign else "",
        language=SOURCE if foreign else "",
    )


def _advice(library: Library, card: str, translation: Translation) -> AdviceText:
    english = library.advice()[card]
    said = translation.advice.get(card)
    if said is not None:
        return AdviceText(said.title, said.text)
    if translation.language == SOURCE:
        return AdviceText(english.title, english.text)
    tag = language_name(SOURCE, translation.language)
    return AdviceText(f"{english.title} ({tag})", english.text, SOURCE)
