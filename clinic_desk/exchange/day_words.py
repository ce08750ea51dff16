"""What the cells of a day list mean: clock times, kinds of visit, and whether somebody came."""

import re
from datetime import date

from clinic_desk.exchange.csv_values import fold, yes_no

_KINDS = {
    fold(word): kind
    for kind, words in (
        (
            "first_visit",
            "first visit|first|initial|initial assessment|initial visit|new|new patient|"
            "assessment|evaluation|first evaluation|erstbefund|erstbehandlung|ersttermin|neu|"
            "neupatient|aufnahme|premiere visite|premier rdv|bilan|bilan initial|"
            "premiere consultation|primera visita|primera consulta|valoracion inicial|nuevo|"
            "primeira consulta|avaliacao|avaliacao inicial|novo|زيارة أولى|تقييم أولي|مريض جديد",
        ),
        (
            "follow_up",
            "follow up|followup|follow up visit|review|treatment|session|standard|"
            "folgetermin|folgebehandlung|behandlung|kontrolle|suivi|seance|seance de suivi|"
            "visite de suivi|seguimiento|sesion|revision|tratamiento|retorno|seguimento|sessao|"
            "tratamento|متابعة|جلسة|علاج",
        ),
        (
            "re_evaluation",
            "re evaluation|reevaluation|reassessment|re assessment|re exam|zwischenbefund|"
            "abschlussbefund|wiederbefund|bilan intermediaire|bilan final|reevaluacion|"
            "revaloracion|reavaliacao|إعادة تقييم",
        ),
        (
            "phone",
            "phone|phone call|telephone|call|video|telehealth|telefon|telefonat|telefontermin|"
            "appel|telephonique|teleconsultation|llamada|telefono|telefonica|telefonema|"
            "telefone|chamada|هاتف|مكالمة",
        ),
    )
    for word in words.split("|")
}
_CAME_WORDS = (
    "arrived|checked in|here|present|attended|seen|in room|waiting|angekommen|eingetroffen|da|"
    "anwesend|erschienen|wartet|arrive|arrivee|presente|en salle|llegado|llego|asistio|chegou|"
    "compareceu|وصل|حضر"
)
_BOOKED_WORDS = (
    "booked|scheduled|confirmed|open|expected|pending|not arrived|gebucht|geplant|offen|"
    "bestatigt|prevu|confirme|en attente|programado|programada|confirmado|confirmada|pendiente|"
    "agendado|agendada|marcado|pendente|مؤكد|محجوز"
)
_CAME = frozenset(fold(word) for word in _CAME_WORDS.split("|"))
_NOT_YET = frozenset(fold(word) for word in _BOOKED_WORDS.split("|"))
_SECONDS = re.compile(r"(\d{1,2}[:.]\d{2})[:.]\d{2}(?:\.\d+)?")
_TAIL = re.compile(r"\s*(?:uhr|h|hs|hrs|heures?|horas?)\.?$", re.IGNORECASE)
_UNTIL = re.compile(r"\s*[-–—]\s*\d.*$")
_MOMENT = re.compile(r"(\d{4})-(\d{2})-(\d{2})[T ]+(.+)")
_NAMED_DAY = re.compile(r"(?<!\d)(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})(?!\d)")


def clock(text: str) -> tuple[str, date | None]:
    """A time as a day list is typed ("10:30"), and the day where the cell has one."""
    match = _MOMENT.fullmatch(text.strip())
    day = _day(match[1], match[2], match[3]) if match else None
    if match and day:
        text = re.sub(r"(Z|[+-]\d{2}:?\d{2})$", "", match[4])
    plain = _TAIL.sub("", _UNTIL.sub("", text.strip()))
    return _SECONDS.sub(r"\1", plain), day


def kind(text: str) -> str:
    """The kind of visit that words speak of; empty where they speak of none that is known."""
    return _KINDS.get(fold(text), "")


def came(text: str) -> tuple[bool, str] | None:
    """Whether somebody came, with the time where one is said; None for words of another kind."""
    plain = fold(text)
    if plain in _CAME or yes_no(text) == "yes":
        return True, ""
    if plain in _NOT_YET or not plain or yes_no(text) == "no":
        return False, ""
    if re.fullmatch(r"\d{1,2}[:.h]\d{2}.*", text.strip()):
        return True, clock(text)[0]
    return None


def day_in_name(name: str) -> date | None:
    """The day that a file is named after: "list-2026-02-04.csv"."""
    match = _NAMED_DAY.search(name)
    return _day(match[1], match[2], match[3]) if match else None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
