"""From a protocol file's tables: what else to consider, banners, and exercises that wait."""

from clinic_desk.clinical import rules as ruling
from clinic_desk.library.protocol_findings import check_findings
from clinic_desk.library.protocol_rules import Rules
from clinic_desk.library.toml_file import Trail


def differentials(rules: Rules) -> dict[str, ruling.Differential]:
    found = {}
    for place, table in enumerate(rules.table.differential):
        trail: Trail = ("differential", place)
        for key, weights in (("supports", table.supports), ("contradicts", table.contradicts)):
            check_findings(rules, (*trail, key), weights)
        if table.least > len(table.supports):
            rules.fault((*trail, "least"), f"it has only {len(table.supports)} supporting findings")
        name = f"differential.{table.id}"
        found[table.id] = ruling.Differential(
            id=table.id,
            label=rules.text(f"{name}.label", table.label),
            next_step=rules.text(f"{name}.next", table.next),
            supports=dict(table.supports),
            contradicts=dict(table.contradicts),
            when=rules.condition((*trail, "when"), table.when),
            after=rules.condition((*trail, "after"), table.after),
            least=table.least,
            source=table.source,
        )
    return found


def banners(rules: Rules) -> tuple[ruling.Banner, ...]:
    found = []
    for place, table in enumerate(rules.table.banner):
        when = rules.condition(("banner", place, "when"), table.when)
        text = rules.text(f"banner.{table.id}.because", table.because)
        if when is not None:
            found.append(ruling.Banner(table.id, when, text))
    return tuple(found)


def holds(rules: Rules) -> tuple[ruling.Hold, ...]:
    found = []
    for place, table in enumerate(rules.table.hold):
        trail: Trail = ("hold", place)
        if not table.stages and not table.load_classes:
            rules.fault(trail, "a hold needs stages or load_classes")
        when = rules.condition((*trail, "when"), table.when)
        until = rules.condition((*trail, "until"), table.until)
        text = rules.text(f"hold.{table.id}.because", table.because)
        if when is not None and until is not None:
            found.append(
                ruling.Hold(
                    table.id,
                    when,
                    until,
                    text,
                    tuple(table.stages),
                    tuple(table.load_classes),
                )
            )
    return tuple(found)
