"""A letter of another language tells the same facts, in that language, or says that it does not."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from uuid import UUID

import pytest

from clinic_desk.clinical.measures import Side
from clinic_desk.clinical.protocol import Item, Kind
from clinic_desk.library import Library, letter_fields, letters
from clinic_desk.library.phrases import phrase_book
from clinic_desk.library.speech import SpokenBook, speech, spoken_book
from clinic_desk.usecases import (
    answer_words,
    cases,
    demo,
    letter_draft,
    letter_page,
    letter_samples,
    letter_tongue,
    patients,
    practice,
    shelf,
    tongue_answers,
)
from clinic_desk.usecases.demo_people import PEOPLE
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.letter_draft import Source
from clinic_desk.usecases.letter_views import LetterDraft
from clinic_desk.usecases.tongue import Tongue
from tests.support.desk import Clock
from tests.ui.paper_stage import evaluated
from tests.usecases.answers import STRAIN, TINGLING

LANGUAGES = ("ar", "de", "es", "fr", "pt")
PROTOCOLS = ("posterior-thigh", "calf-achilles")
CLINICAL = tuple(
    one.id
    for one in letters.load()
    if not one.id.startswith("certificate")
    and one.id not in ("letter-free", "cover-sheet", "recall")
)
ENGLISH = frozenset(
    re.findall(
        r"\w+",
        "the of and with not is has been from after left right yes asked pain knee side than less "
        "more visits day days this that recorded decided suggested unchanged",
    )
)
_TYPED = re.compile("„[^“]*“|«[^»]*»|“[^”]*”")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_SPELLED = re.compile(r"^(One|Two|Three|Four|Five) visits?")


def untyped(text: str) -> str:
    return _TYPED.sub("", text)


def english_in(text: str) -> set[str]:
    return set(ENGLISH) & set(re.findall(r"[^\W\d_]+", untyped(text).lower()))


def facts(text: str) -> Counter[str]:
    """The numbers of a text, days among them, whatever the language writes them like."""
    counts = {"One": "1", "Two": "2", "Three": "3", "Four": "4", "Five": "5"}
    text = _SPELLED.sub(lambda match: counts[match[1]], text)
    return Counter(one.replace(",", ".").lstrip("0") or "0" for one in _NUMBER.findall(text))


def made(desk: Desk, case: UUID, kind: str, language: str) -> tuple[Source, LetterDraft]:
    found = shelf.letter_kind(desk.library, letters.named(kind, language))
    with desk.store.reading() as session:
        source = letter_draft.source(desk, session, case, found)
    return source, letter_draft.composed(found, source, None, "a4", desk.today())


@pytest.fixture(scope="module")
def demo_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, UUID]]:
    folder = tmp_path_factory.mktemp("tongues")
    people = [one for one in PEOPLE if one.family == "Example"]
    desk = demo.make(Path(folder) / "demo", Library(), letter_samples._NOW, people)
    case = patients.banner(desk, patients.find(desk, "Example")[0].id).case_id
    assert case is not None
    yield desk, case
    desk.store.close()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", CLINICAL)
def test_the_demo_case_is_told_wholly_with_the_facts_of_the_english_letter(
    kind: str, language: str, demo_desk: tuple[Desk, UUID]
) -> None:
    desk, case = demo_desk
    _, english = made(desk, case, kind, "en")
    source, draft = made(desk, case, kind, language)
    for before, now in zip(english.parts, draft.parts, strict=True):
        assert now.language == language or not now.text, now.id
        assert english_in(now.text) == set(), now.id
        assert facts(now.text) == facts(before.text), (now.id, now.text, before.text)
        assert letter_fields.gaps(now.text) == letter_fields.gaps(before.text), now.id
        assert bool(now.text) == bool(before.text), now.id
        assert now.included == before.included, now.id
    assert [len(row) for row in draft.table] == [len(row) for row in english.table]
    for row, was in zip(draft.table, english.table, strict=True):
        assert english_in(" ".join(row)) == set()
        assert facts(" ".join(row)) == facts(" ".join(was))
    page = letter_page.page(
        shelf.letter_kind(desk.library, letters.named(kind, language)),
        draft,
        source,
        practice.view(desk),
        None,
        desk.now(),
    )
    assert english_in(page.identity.case_line) == set()
    for part in page.parts:
        assert english_in(part.heading) == set()
        for trend in part.trends:
            assert english_in(f"{trend.name} {trend.note}") == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_other_side_gives_the_other_sides_words(
    language: str, desk: Desk, strain: UUID
) -> None:
    evaluated(desk, strain, STRAIN)
    source, draft = made(desk, strain, "referral-orthopaedics", language)
    tongue = source.said.tongue if source.said else None
    assert tongue is not None
    left, right = (tongue.word(f"side_{one}") for one in ("left", "right"))
    lead = draft.parts[0].text
    assert left in lead
    assert right not in lead
    assert source.record is not None
    pair = source.record.reckoned.protocol.item("ake")
    values = {"left": 34, "right": 20}
    for side in (Side.LEFT, Side.RIGHT):
        said = tongue_answers.answer(replace(tongue, side=side), pair, values)
        inner = said[said.index("(") :]
        other = Side.RIGHT if side is Side.LEFT else Side.LEFT
        assert tongue.where(side) in inner
        assert tongue.where(other) not in inner
    swapped = tongue_answers.answer(tongue, pair, {"left": 20, "right": 34})
    assert facts(swapped) == facts(tongue_answers.answer(tongue, pair, values))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_right_sided_case_is_told_as_right(language: str, desk: Desk, strain: UUID) -> None:
    evaluated(desk, strain, STRAIN)
    found = shelf.letter_kind(desk.library, letters.named("progress-report", language))
    with desk.store.reading() as session:
        case = letter_draft.source(desk, session, strain, found).case
        case.side = "right"
        with session.no_autoflush:
            source = letter_draft.source(desk, session, strain, found)
    assert source.said is not None
    assert source.said.tongue.word("side_right") in str(source.said.values["complaint"])
    assert source.said.tongue.word("side_left") not in str(source.said.values["complaint"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_nobody_asked_stays_open_and_never_becomes_a_no(
    language: str, desk: Desk, strain: UUID
) -> None:
    evaluated(desk, strain, STRAIN | {"mri_pacemaker": "no", "mri_clip": "yes"})
    english, _ = made(desk, strain, "imaging-request", "en")
    source, _ = made(desk, strain, "imaging-request", language)
    assert source.said is not None
    tongue = source.said.tongue
    lines = list(source.said.values["safety"])  # type: ignore[arg-type]
    before = list(english.values["safety"])  # type: ignore[arg-type]
    assert len(lines) == len(before)
    for line, was in zip(lines, before, strict=True):
        answer = was.rsplit(": ", 1)[1]
        key = {"[not asked]": "not_asked", "yes": "yes", "no": "no"}[answer]
        assert line.endswith(tongue.word(key))
    for name in letter_fields.FIELDS:
        if name.endswith("_open") and name != "safety_open" and name != "measures_open":
            assert len(source.said.values[name]) == len(english.values[name])  # type: ignore[arg-type]


def test_a_screen_that_was_not_asked_says_so(desk: Desk, strain: UUID) -> None:
    evaluated(desk, strain, {"complaint": "sudden_injury"}, grade="")
    for language in LANGUAGES:
        source, draft = made(desk, strain, "referral-gp", language)
        assert source.said is not None
        part = next(one for one in draft.parts if one.id == "red_flags")
        assert part.language == language
        assert source.said.tongue.word("no") + ":" not in part.text
        assert part.text


@cache
def _spoken(language: str, protocol: str = "posterior-thigh") -> Tongue:
    words, book = speech(language), spoken_book(protocol, language)
    assert words is not None
    return Tongue(words, Library().protocol(protocol), book, Side.LEFT)


def _answers(item: Item) -> Iterator[object]:
    """Every kind of answer that an item can have."""
    match item.kind:
        case Kind.YES_NO:
            yield from ("yes", "no")
        case Kind.YES_NO_UNSURE:
            yield from ("yes", "no", "unsure")
        case Kind.CHOICE:
            yield from (one.id for one in item.choices)
        case Kind.MANY:
            yield from ([one.id] for one in item.choices)
            yield [one.id for one in item.choices]
        case Kind.PAIR:
            yield from ({"left": 34, "right": 20.5}, {"left": 3, "right": 3}, {"left": 7})
        case Kind.SCALE:
            yield from (0, 7)
        case Kind.NUMBER | Kind.DURATION:
            yield from (0, 1, 2, 2.5, 5, 11, 100)
        case Kind.DATE:
            yield "2026-01-05"


@pytest.mark.parametrize("which", PROTOCOLS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_of_the_protocol_is_said_with_its_numbers(language: str, which: str) -> None:
    tongue, book = _spoken(language, which), phrase_book(which).items
    protocol = tongue.protocol
    assert protocol is not None
    for name, item in protocol.items.items():
        if name in protocol.derived or name in ("measures_today", "more_tests"):
            continue
        for value in _answers(item):
            english = answer_words.phrase(item, value, Side.LEFT, protocol.say, book)
            said = tongue_answers.phrase(tongue, item, value)
            assert bool(said) == bool(english), (name, value)
            assert facts(said) == facts(english), (name, value, said, english)
            assert english_in(said) == set(), (name, value, said)


@pytest.mark.parametrize("which", PROTOCOLS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_red_flag_test_and_pattern_has_its_name(language: str, which: str) -> None:
    tongue = _spoken(language, which)
    protocol = tongue.protocol
    assert protocol is not None
    labels = [
        *(one.label for one in protocol.flags.values()),
        *(one.label for one in protocol.imaging),
        *(one.label for one in protocol.patterns.values()),
        *(one.label for one in protocol.differentials.values()),
    ]
    english = protocol.texts.by_language["en"]
    labels += [one for one in english if re.match(r"flag\.\w+\.label\.\d", one)]  # by its rule
    for label in labels:
        assert english_in(tongue.text(label)) == set()
    # what a flag or a grade rests on where no sentence of its own says it
    told = {
        name
        for flag in protocol.flags.values()
        for one in flag.cases
        if not one.because
        for name in one.when.reads
    }
    told |= {way.value for item in protocol.grade.items for way in item.or_else}
    for item in (protocol.items[name] for name in told if name in protocol.items):
        assert tongue.name(item)
        assert all(tongue.text(choice.label) for choice in item.choices)
    for names in protocol.safety.values():
        assert all(tongue.name(protocol.item(name)) for name in names)


def test_a_part_with_a_phrase_that_is_not_translated_stays_english_and_says_so(
    desk: Desk, strain: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    evaluated(desk, strain, STRAIN)
    book = spoken_book("posterior-thigh", "de")
    assert book is not None
    less = SpokenBook({name: own for name, own in book.items.items() if name != "ake"}, book.texts)
    monkeypatch.setattr(letter_tongue, "spoken_book", lambda *_: less)
    source, draft = made(desk, strain, "referral-orthopaedics", "de")
    findings = next(one for one in draft.parts if one.id == "findings")
    assert findings.language == "en"
    assert draft.table[0][0] == "Test"
    assert draft.table[0][1] == "Left"
    kind = shelf.letter_kind(desk.library, "referral-orthopaedics@de")
    page = letter_page.page(kind, draft, source, practice.view(desk), None, desk.now())
    headings = [one.heading for one in page.parts]
    assert "Befund (Text der Akte, auf Englisch)" in headings
    assert any(one.startswith("Warnzeichen, ") for one in headings)


def test_what_was_typed_stands_as_typed_in_quotation_marks_and_the_heading_tells(
    desk: Desk, strain: UUID
) -> None:
    evaluated(desk, strain, STRAIN | {"medicines": [{"name": "Madeupine", "dose": "5 mg"}]})
    source, draft = made(desk, strain, "referral-orthopaedics", "de")
    history = next(one for one in draft.parts if one.id == "history")
    assert "„Madeupine 5 mg“ (Klasse nicht bekannt)" in history.text
    kind = shelf.letter_kind(desk.library, "referral-orthopaedics@de")
    page = letter_page.page(kind, draft, source, practice.view(desk), None, desk.now())
    assert "Vorgeschichte (in Anführungszeichen: wie eingegeben)" in [
        one.heading for one in page.parts
    ]


def test_numbers_are_written_as_the_language_does() -> None:
    assert _spoken("de").amount(7.5, "°") == "7,5°"
    assert _spoken("ar").amount(7.5, "°") == "7.5°"
    assert [_spoken("ar").counted(one, "d") for one in (1, 2, 3, 11, 100)] == [
        "1 يوم",
        "2 يومان",
        "3 أيام",
        "11 يومًا",
        "100 يوم",
    ]
    assert [_spoken("fr").counted(one, "d") for one in (0, 1, 2)] == ["0 jour", "1 jour", "2 jours"]


def test_a_change_of_a_measure_is_told_with_what_it_is_worth(
    desk: Desk, strain: UUID, clock: Clock
) -> None:
    evaluated(desk, strain, STRAIN | {"pain_now": 6})
    clock.move(days=14)
    evaluated(desk, strain, STRAIN | {"pain_now": 3, "ake": {"left": 24, "right": 20}})
    _, english = made(desk, strain, "progress-report", "en")
    for language in LANGUAGES:
        _, draft = made(desk, strain, "progress-report", language)
        for row, was in zip(draft.table, english.table, strict=True):
            assert facts(" ".join(row)) == facts(" ".join(was))
    _, german = made(desk, strain, "progress-report", "de")
    assert german.table[1][:4] == (
        "Schmerz jetzt (NPRS)",
        "6 von 10, 3. Feb.",
        "3 von 10, 17. Feb.",
        "3 besser",
    )
    assert "klinisch bedeutsam" in german.table[1][4]


def test_red_flags_are_told_with_their_urgency(desk: Desk, strain: UUID) -> None:
    evaluated(desk, strain, TINGLING, sign=False)
    _, draft = made(desk, strain, "referral-emergency", "de")
    reason = next(one for one in draft.parts if one.id == "reason")
    assert reason.language == "de"
    assert "dringend, innerhalb von 2 Wochen" in reason.text


def test_an_old_draft_keeps_saying_that_it_is_in_english(desk: Desk, strain: UUID) -> None:
    evaluated(desk, strain, STRAIN)
    source, draft = made(desk, strain, "referral-orthopaedics", "de")
    _, english = made(desk, strain, "referral-orthopaedics", "en")
    texts = {one.id: one.text for one in english.parts}
    old = replace(
        draft,
        parts=tuple(
            replace(one, text=texts[one.id], composed=texts[one.id], sentences=(), language="")
            for one in draft.parts
        ),
    )
    kind = shelf.letter_kind(desk.library, "referral-orthopaedics@de")
    page = letter_page.page(kind, old, source, practice.view(desk), None, desk.now())
    assert "Vorgeschichte (Text der Akte, auf Englisch)" in [one.heading for one in page.parts]


def test_a_french_letter_keeps_its_marks_with_their_words_and_its_lead_words_bold(
    demo_desk: tuple[Desk, UUID],
) -> None:
    desk, case = demo_desk
    source, draft = made(desk, case, "referral-orthopaedics", "fr")
    kind = shelf.letter_kind(desk.library, letters.named("referral-orthopaedics", "fr"))
    page = letter_page.page(kind, draft, source, practice.view(desk), None, desk.now())
    texts = [
        page.urgency,
        *(text for part in page.parts for one in part.paragraphs for text, _ in one),
    ]
    assert page.urgency.startswith("ADRESSAGE URGENT\u00a0: ")
    own = [re.sub("«[^»]*»", "", one) for one in texts]  # what a person typed stays as typed
    assert [one for one in own if re.search("(?<![\u00a0\u202f\\d])[:;?!»%](?= |$)", one)] == []
    assert any(
        run == ("Oui\u00a0:", True) for part in page.parts for one in part.paragraphs for run in one
    )


RUPTURE: dict[str, object] = {
    "complaint": "achilles_rupture",
    "injury_date": "2026-01-28",
    "onset": "sudden",
    "mechanism": "push_off",
    "pain_at_injury": 8,
    "pop": "yes",
    "rf_pe": "no",
    "rf_dvt_gate": "no",
    "gate_circulation": "no",
    "gate_nerve": "no",
    "gate_unwell": "no",
    "gate_pressure": "no",
    "gate_rupture": "yes",
    "ar_thompson": "yes",
    "ar_gap": "yes",
    "ar_matles": "yes",
    "ar_no_heel_raise": "yes",
    "med_fluoroquinolone": "past",
    "gait": "limp",
    "pf_power": "none",
    "knee_to_wall": {"left": 11, "right": 9.5},
}


def test_a_ruptured_achilles_tendon_is_told_wholly_in_each_language(desk: Desk, alex: UUID) -> None:
    details = cases.CaseDetails("Achilles tendon rupture", Side.LEFT, protocol="calf-achilles")
    case = cases.open_case(desk, alex, details)
    evaluated(desk, case, RUPTURE, grade="", sign=False)
    for kind in ("referral-orthopaedics", "imaging-request", "discharge-summary"):
        _, english = made(desk, case, kind, "en")
        for language in LANGUAGES:
            _, draft = made(desk, case, kind, language)
            for before, now in zip(english.parts, draft.parts, strict=True):
                assert now.language == language or not now.text, (language, now.id, now.text)
                assert english_in(now.text) == set(), (language, now.id)
                assert facts(now.text) == facts(before.text), (language, now.text, before.text)
