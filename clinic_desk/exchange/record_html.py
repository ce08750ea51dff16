"""A record as one HTML page that every browser shows, without script and without the network."""

import html
from collections.abc import Sequence
from typing import Protocol

_STYLE = """
:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem;margin-bottom:.2rem}h2{margin-top:2rem}h3{margin-top:1.4rem}
table{border-collapse:collapse;width:100%;margin:.5rem 0}
th,td{border:1px solid;padding:.3rem .5rem;text-align:left;vertical-align:top}
p{white-space:pre-wrap;overflow-wrap:anywhere;margin:.4rem 0}td{overflow-wrap:anywhere}
"""
# The page may load nothing and run nothing, whatever stands in the record.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


class TableLike(Protocol):
    @property
    def header(self) -> tuple[str, ...]: ...
    @property
    def rows(self) -> tuple[tuple[str, ...], ...]: ...


class SectionLike(Protocol):
    @property
    def heading(self) -> str: ...
    @property
    def level(self) -> int: ...
    @property
    def paragraphs(self) -> tuple[tuple[str, str], ...]: ...
    @property
    def table(self) -> TableLike | None: ...


def page(
    title: str,
    about: str,
    sections: Sequence[SectionLike],
    links: Sequence[tuple[str, str]] = (),
    language: str = "en",
) -> bytes:
    """A whole page; `links` are names and relative paths of files beside it."""
    parts = [
        f'<!doctype html>\n<html lang="{_text(language)}"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_text(_POLICY)}">',
        '<meta name="viewport" content="width=device-width">',
        f"<title>{_text(title)}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{_text(title)}</h1>\n<p>{_text(about)}</p>",
    ]
    for section in sections:
        parts.append(_section(section))
    if links:
        items = "".join(
            f'<li><a href="{_text(path)}">{_text(name)}</a></li>\n' for name, path in links
        )
        parts.append(f"<ul>\n{items}</ul>")
    parts.append("</body></html>\n")
    return "\n".join(parts).encode("utf-8", "replace")


def _text(value: str) -> str:
    return html.escape(value.replace("\0", ""), quote=True)


def _section(section: SectionLike) -> str:
    parts = []
    if section.heading:
        level = section.level + 1
        parts.append(f"<h{level}>{_text(section.heading)}</h{level}>")
    for lead, text in section.paragraphs:
        strong = f"<strong>{_text(lead)}</strong> " if lead else ""
        parts.append(f"<p dir=auto>{strong}{_text(text)}</p>")
    table = section.table
    if table is not None and table.rows:
        parts.append("<table>")
        if table.header:
            cells = "".join(f"<th>{_text(cell)}</th>" for cell in table.header)
            parts.append(f"<tr>{cells}</tr>")
        for row in table.rows:
            cells = "".join(f"<td dir=auto>{_text(cell)}</td>" for cell in row)
            parts.append(f"<tr>{cells}</tr>")
        parts.append("</table>")
    return "\n".join(parts)
