"""The style sheet, written from the tokens: only for Qt's own widgets and for surfaces.

Labels take their type by a property: `label.setProperty("type", "caption")`; surfaces theirs by
`surface`. Everything that needs more is painted by its own widget.
"""

from string import Template

from clinic_desk.ui import tokens

_SHEET = Template(
    """
QMainWindow, QWidget[surface="canvas"] { background: $canvas; }
QWidget[surface="plain"] { background: $surface; }
QWidget[surface="sunken"] { background: $sunken; }
QWidget[surface="tint"] { background: $tint; }
QWidget[surface="rail"] { background: $rail; }
QFrame[surface="line"] { background: $line; border: 0; }
QFrame[surface="card"] { background: $surface; border: 1px solid $line; border-radius: 8px; }
QFrame[surface="footer"] { background: $surface; border-top: 1px solid $line; }
QFrame[surface="header"] { background: $surface; border-bottom: 1px solid $line; }
QFrame[surface="pane-left"] { background: $surface; border-right: 1px solid $line; }
QFrame[surface="pane-right"] { background: $surface; border-left: 1px solid $line; }
QFrame[surface="popup"] { background: $surface; border: 1px solid $field; border-radius: 6px; }

QLabel { background: transparent; color: $ink; }
QLabel[type="body"] { font-size: ${body}pt; font-weight: 400; color: $ink; }
QLabel[type="caption"] { font-size: ${caption}pt; font-weight: 400; color: $ink2; }
QLabel[type="hint"] { font-size: ${caption}pt; font-weight: 400; color: $ink3; }
QLabel[type="label"] { font-size: ${label}pt; font-weight: 600; color: $ink2; }
QLabel[type="quiet"] { font-size: ${body}pt; font-weight: 400; color: $ink2; }
QLabel[type="medium"] { font-size: ${body}pt; font-weight: 500; color: $ink; }
QLabel[type="strong"] { font-size: ${body}pt; font-weight: 600; color: $ink; }
QLabel[type="section"] { font-size: ${section}pt; font-weight: 600; color: $ink; }
QLabel[type="title"] { font-size: ${title}pt; font-weight: 600; color: $ink; }
QLabel[type="number"] { font-size: ${number}pt; font-weight: 600; color: $ink; }
QLabel[type="caution"] { font-size: ${caption}pt; font-weight: 500; color: $caution; }
QLabel[type="problem"] { font-size: ${caption}pt; font-weight: 500; color: $flag; }
QLabel[type="flag"] { font-size: ${body}pt; font-weight: 600; color: $flag; }
QLabel[type="caution"] { font-size: ${body}pt; font-weight: 500; color: $caution; }
QLabel[type="good"] { font-size: ${caption}pt; font-weight: 600; color: $good; }
QLabel[type="suggest"] { font-size: ${caption}pt; font-weight: 500; color: $suggest; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox {
  background: $surface; color: $ink; border: 1px solid $field; border-radius: 6px;
  selection-background-color: $primary; selection-color: $on_primary;
  placeholder-text-color: $ink3;
}
QLineEdit { min-height: ${inner}px; max-height: ${inner}px; padding: 0 9px; }
QPlainTextEdit, QTextEdit { padding: 4px 6px; }
QComboBox { min-height: ${inner}px; max-height: ${inner}px; padding: 0 9px; }
QComboBox::drop-down { border: 0; width: 28px; }
QComboBox::down-arrow { image: none; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $field; outline: 0;
  selection-background-color: $tint; selection-color: $ink; padding: 4px; }
QComboBox QAbstractItemView::item { min-height: ${compact}px; padding: 0 8px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled { color: $ink3; background: $sunken;
  border-color: $line; }
QLineEdit:read-only, QPlainTextEdit:read-only { background: $sunken; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] {
  border: 1px solid $flag_line; }
QSpinBox#stepper QLineEdit { border: 0; background: transparent; padding: 0; margin: 0;
  min-height: 0; max-height: 9999px; color: $ink; font-weight: 600; }
QLineEdit[quiet="true"] { border: 0; background: transparent; padding: 0; }

QPushButton[kind="primary"] { color: $on_primary; }
QPushButton[kind="link"] { color: $primary; }
QCheckBox, QRadioButton { color: $ink; spacing: 8px; outline: 0; background: transparent; }

QScrollArea, QScrollArea > QWidget > QWidget[surface="none"] { background: transparent; border: 0; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 2px; }
QScrollBar::handle { background: $field; border-radius: 4px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
  background: transparent; border: 0; width: 0; height: 0; }

QTableView, QListView, QTreeView { background: $surface; color: $ink; border: 0; outline: 0;
  gridline-color: $line; selection-background-color: $tint; selection-color: $ink; }
QHeaderView { background: $sunken; border: 0; }
QHeaderView::section { background: $sunken; color: $ink2; border: 0;
  border-bottom: 1px solid $line; padding: 0 12px; height: ${header}px;
  font-size: ${label}pt; font-weight: 600; }

QMenu { background: $surface; color: $ink; border: 1px solid $field; border-radius: 6px;
  padding: 4px; }
QMenu::item { padding: 6px 16px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $tint; color: $ink; }
QMenu::item:disabled { color: $ink3; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QMenuBar { background: $surface; color: $ink; }
QMenuBar::item { padding: 4px 10px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: $tint; }
QToolTip { background: $surface; color: $ink; border: 1px solid $field; padding: 4px 6px; }
QTabBar { background: $surface; outline: 0; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: $ink2; padding: 0 12px; height: ${tabs}px;
  border-bottom: 3px solid transparent; font-weight: 500; }
QTabBar::tab:selected { color: $ink; border-bottom: 3px solid $primary; font-weight: 600; }
QSplitter::handle { background: $line; }
QCalendarWidget QWidget { background: $surface; color: $ink; alternate-background-color: $sunken; }
QCalendarWidget QToolButton { background: transparent; color: $ink; padding: 4px 8px; }
QCalendarWidget QAbstractItemView { selection-background-color: $primary;
  selection-color: $on_primary; }
QDialog { background: $surface; }
"""
)


def sheet(colours: tokens.Colours, zoom: int, points: float) -> str:
    """The style sheet for a palette and a zoom; `points` corrects for the screen's own points."""
    values: dict[str, str] = colours._asdict()
    scale = zoom / 100
    for role, (size, _weight) in tokens.TYPE.items():
        values[role] = f"{size * points * scale:.2f}"
    sizes = {
        "inner": tokens.CONTROL - 2,
        "compact": tokens.COMPACT,
        "header": 32,
        "tabs": tokens.TABS - 3,
    }
    values |= {name: str(round(size * scale)) for name, size in sizes.items()}
    return _SHEET.substitute(values)
