"""Sizes and colours of paper, in points; every colour keeps its meaning in grey and by fax."""

from reportlab.lib.colors import Color, HexColor

from clinic_desk.documents.content import Paper

MM = 72 / 25.4

PAPERS: dict[Paper, tuple[float, float]] = {"a4": (595.276, 841.89), "letter": (612.0, 792.0)}

BLACK: Color = HexColor("#111111")
TEXT: Color = HexColor("#1a1a1a")
SOFT: Color = HexColor("#333333")
TEAL: Color = HexColor("#0a6b67")
DEEP_TEAL: Color = HexColor("#0b4f4c")
CHIP: Color = HexColor("#e4efee")
HEADER_FILL: Color = HexColor("#edf1f1")
HAIR: Color = HexColor("#777777")
SEPARATOR: Color = HexColor("#999999")
WHITE: Color = HexColor("#ffffff")

FOOTER_SIZE = 9.0
FOOTER_LEADING = 12.0
