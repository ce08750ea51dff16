"""What was done in the clinic, as the note says it."""

from collections.abc import Sequence
from dataclasses import replace

from clinic_desk.library import Library
from clinic_desk.library.handout_words import SOURCE
from clinic_desk.usecases import program_words, words
from clinic_desk.usecases.visit_views import Done


def line(library: Library, done: Sequence[Done]) -> tuple[str, ...]:
    """ "Done today: two-leg bridge (2 sets of 8, hold 2 sec; pain 2 of 10), manual therapy." """
    if not done:
        return ()
    says = library.translation(SOURCE).words
    said = []
    for one in done:
        dose = program_words.dosage(says, replace(one.line, note="")) if one.line else one.dose
        inside = [dose.strip()]
        if one.pain is not None:
            inside.append(f"pain during {one.pain} of 10")
        inside.append(one.note.strip().rstrip("."))
        detail = "; ".join(part for part in inside if part)
        name = words.lowered(one.name)
        if one.line is not None:
            name = program_words.with_side(says, name, one.line.side)
        said.append(f"{name} ({detail})" if detail else name)
    return (f"Done today: {', '.join(said)}.",)


def within(library: Library, text: str, before: Sequence[Done], after: Sequence[Done]) -> str:
    """A text in the clinician's own words with the line in it brought up to date; where it
    stands there no more, it is added at the end.
    """
    old, new = "".join(line(library, before)), "".join(line(library, after))
    if old and old in text:
        return text.replace(old, new).strip()
    return "\n".join(part for part in (text.rstrip(), new) if part)
