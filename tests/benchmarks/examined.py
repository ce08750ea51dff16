"""The evaluations of a generated practice: worked examples of the protocol, as they are stored."""

from collections.abc import Callable, Mapping
from random import Random
from typing import Any
from uuid import UUID

from clinic_desk.clinical import request
from clinic_desk.library import Library, examples
from clinic_desk.usecases import plain

PROTOCOL = "posterior-thigh"
_DIFFERENT = 30


def source(library: Library, chance: Random) -> Callable[[UUID, UUID], Mapping[str, Any]]:
    """What gives the row of a visit's evaluation, by the row's id and the visit's; half of them
    plan a re-test.
    """
    protocol = library.protocol(PROTOCOL)
    found = []
    for example in protocol.examples:
        said = request.read(protocol, example.request)
        findings = examples.findings(protocol, example)
        if findings.urgency is None and not example.before:
            found.append((plain.table(said.answers), plain.table(findings)))
        if len(found) == _DIFFERENT:
            break
    tests = sorted(protocol.items)[:3]

    def row(key: UUID, visit_id: UUID) -> Mapping[str, Any]:
        answers, findings = chance.choice(found)
        return {
            "id": key,
            "visit_id": visit_id,
            "side": "left",
            "protocol": PROTOCOL,
            "protocol_version": protocol.version,
            "answers": answers,
            "findings": findings,
            "retest": dict.fromkeys(tests, True) if chance.random() < 0.5 else {},
        }

    return row
