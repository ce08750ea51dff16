"""Worked examples: each set of answers in a protocol file against what the file expects."""

from collections.abc import Callable, Mapping

from clinic_desk.clinical import outcomes, request
from clinic_desk.clinical.evaluate import evaluate
from clinic_desk.clinical.findings import Findings, OutcomeFinding, Truth
from clinic_desk.clinical.measures import Scored
from clinic_desk.clinical.protocol import Protocol, Score
from clinic_desk.clinical.rules import Example
from clinic_desk.errors import InvalidInput
from clinic_desk.library.toml_file import Fault


def play(protocol: Protocol, file: str) -> tuple[Fault, ...]:
    """Every example that does not come out as the file says."""
    return tuple(
        Fault(file, example.line, f"example {example.name}", reason)
        for example in protocol.examples
        for reason in differences(protocol, example)
    )


def findings(protocol: Protocol, example: Example) -> Findings:
    """What an example's answers lead to; InvalidInput where they cannot be taken."""
    asked = request.read(protocol, example.request)
    return evaluate(protocol, asked.case, asked.answers, asked.decisions)


def differences(protocol: Protocol, example: Example) -> tuple[str, ...]:
    """How an example comes out differently, in words."""
    try:
        found = findings(protocol, example)
    except InvalidInput as fault:
        return (fault.message,)
    told = []
    for key, wanted in example.expect.items():
        what, _, test = key.rpartition(".")
        if test in ("include", "exclude"):
            told += _membership(key, test == "include", _ids(found, what), _listed(wanted))
            continue
        if key in _OF_SCORES or key.startswith("score."):
            given = _of_score(protocol, example, found, key)
        else:
            given = _VALUES[key](found)
        if given != (list(wanted) if isinstance(wanted, list | tuple) else wanted):
            told.append(f"{key} is {given!r}, expected {wanted!r}")
    return tuple(told)


_OF_SCORES = ("score", "change", "beyond_error", "important", "singles")
_ESTABLISHED = {Truth.TRUE: "yes", Truth.FALSE: "no", Truth.UNKNOWN: "not_established"}


def _of_score(protocol: Protocol, example: Example, found: Findings, key: str) -> object:
    """A questionnaire's score, or how its first one has changed since the answers before."""
    scores = {one.id: one for one in found.outcomes}
    first = found.outcomes[0]
    if key == "score.missing":
        return list(first.missing)
    if key in ("score", f"score.{first.id}") or key.removeprefix("score.") in scores:
        now = scores.get(key.removeprefix("score."), first).score
        return "none" if now is None else now
    earlier = request.read(protocol, {**example.request, "answers": example.before})
    before = evaluate(protocol, earlier.case, earlier.answers).outcomes[0]
    if key == "singles":
        return _singles(protocol.scores[first.id], before, first)
    past = before.score
    if past is None or first.score is None:
        return "none"
    changed = outcomes.change(protocol.scores[first.id], past, first.score)
    return {
        "change": changed.amount,
        "beyond_error": _ESTABLISHED[changed.beyond_error],
        "important": _ESTABLISHED[changed.important],
    }[key]


def _singles(score: Score, before: OutcomeFinding, now: OutcomeFinding) -> list[str]:
    """Each rating that was taken before too, and whether it changed beyond its own error."""
    then, held = (Scored(one.low, one.high, rated=one.rated) for one in (before, now))
    return [
        f"{name} {_ESTABLISHED[found.beyond_error]}"
        for name, found in outcomes.singles(score, then, held)
    ]


def _listed(wanted: object) -> list[object]:
    return list(wanted) if isinstance(wanted, list | tuple) else [wanted]


def _membership(key: str, inside: bool, given: list[str], wanted: list[object]) -> list[str]:
    shown = ", ".join(given[:12]) or "nothing"
    lacks = "lacks" if inside else "has"
    return [
        f"{key.rpartition('.')[0]} {lacks} {one!r} (found: {shown})"
        for one in wanted
        if (one in given) is not inside
    ]


def _ids(found: Findings, what: str) -> list[str]:
    if what == "missing":
        return list(found.missing)
    kinds: Mapping[str, tuple[object, ...]] = {
        "red_flags": found.red_flags,
        "imaging": found.imaging,
        "advice": found.advice,
        "patterns": found.patterns,
        "differentials": found.differentials,
        "banners": found.banners,
        "holds": found.holds,
    }
    return [str(getattr(one, "id", "")) for one in kinds[what]]


_VALUES: Mapping[str, Callable[[Findings], object]] = {
    "grade.suggested": lambda found: (
        "none" if found.grade is None or found.grade.suggested is None else found.grade.suggested
    ),
    "grade.withheld": lambda found: found.grade is not None and found.grade.withheld is not None,
    "grade.confidence": lambda found: found.grade.confidence.value if found.grade else "none",
    "grade.provisional": lambda found: found.grade.provisional if found.grade else False,
    "urgency": lambda found: found.urgency.value if found.urgency else "none",
    "red_flags": lambda found: _ids(found, "red_flags"),
    "patterns": lambda found: _ids(found, "patterns"),
    "differentials": lambda found: _ids(found, "differentials"),
    "banners": lambda found: _ids(found, "banners"),
    "holds": lambda found: _ids(found, "holds"),
    "patterns.first": lambda found: found.patterns[0].id if found.patterns else "none",
    "program.template": lambda found: (found.program and found.program.template) or "none",
    "program.stage": lambda found: (found.program and found.program.stage) or "none",
    "program.blocked": lambda found: found.program.blocked if found.program else False,
}
