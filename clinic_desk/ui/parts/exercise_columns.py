"""The exercise library as the columns of a file."""

from clinic_desk.i18n import _
from clinic_desk.ui.lists.rows import Column
from clinic_desk.ui.parts.program_card import origin_words
from clinic_desk.usecases.programs import ExerciseCard


def _joined(words: tuple[str, ...]) -> str:
    return ", ".join(words)


def _marks(card: ExerciseCard) -> str:
    marks = (
        (card.favourite, _("favourite")),
        (card.withdrawn, _("hidden")),
    )
    return _joined(tuple(word for true, word in marks if true))


COLUMNS = (
    Column(_("Exercise"), lambda card: card.name),
    Column(_("Stage"), lambda card: str(card.stage), plain=lambda card: card.stage),
    Column(_("Body region"), lambda card: _joined(card.regions)),
    Column(_("Muscles"), lambda card: _joined(card.muscles)),
    Column(_("Position"), lambda card: card.position),
    Column(_("Equipment"), lambda card: _joined(card.equipment)),
    Column(_("Minutes"), lambda card: str(card.minutes), plain=lambda card: card.minutes),
    Column(_("Made here"), origin_words),
    Column(_("Marked as"), _marks),
)
