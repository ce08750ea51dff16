"""The logo of the practice and one's own signature, as they stand on letters."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from clinic_desk.errors import ClinicError, InvalidInput
from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.doing import Doing
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.labels import FieldLabel, Label, Problem
from clinic_desk.usecases import letter_images
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.letter_images import LetterImage

_SEEN = (150, 52)  # px at most; on white, as on paper


class LetterheadPicture(QWidget):
    """One picture: how it looks, another one, none. It is kept as soon as it is chosen."""

    said = Signal(str, str)
    undoable = Signal(str, object)

    def __init__(
        self,
        desk: Desk,
        lanes: Lanes,
        field: str,
        label: str,
        help: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk, self.lanes, self.field = desk, lanes, field
        self.doing = Doing(desk, lanes, self)
        self.doing.changed.connect(self.look)
        self.image: LetterImage | None = None
        self.seen = QLabel()
        self.seen.setObjectName(f"{field}Seen")
        self.seen.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.choose = Button(_("Choose picture"), "plus", compact=True)
        self.choose.setAccessibleName(f"{label}: {self.choose.text()}")
        self.choose.setObjectName(f"{field}Choose")
        self.choose.clicked.connect(self._ask)
        self.drop = Button(_("Remove"), "trash-2", compact=True)
        self.drop.setAccessibleName(f"{label}: {self.drop.text()}")
        self.drop.setObjectName(f"{field}Remove")
        self.drop.clicked.connect(self._remove)
        self.problem = Problem()
        column = layout.column(self, tokens.XS)
        column.addWidget(FieldLabel(label, self.choose))
        row = layout.row(spacing=tokens.S)
        row.addWidget(self.seen)
        row.addWidget(self.choose)
        row.addWidget(self.drop)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(Label(help, "caption", wrap=True))
        column.addWidget(self.problem)
        self._label = label
        self._show(None)

    def look(self) -> None:
        """Show what is kept."""
        read: Callable[[Desk], LetterImage | None] = getattr(letter_images, self.field)
        self.lanes.run(lambda: read(self.desk), self._show, self._refused)

    def take(self, path: Path) -> None:
        """Read, clean and keep a picture."""
        keep: Callable[[Desk, bytes], LetterImage] = getattr(letter_images, f"keep_{self.field}")
        words = _("{label} saved. New letters carry it.").format(label=self._label)
        self.doing.do(lambda: keep(self.desk, _read(path, self.field)), words, failed=self._refused)

    def _ask(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self, self._label, "", _("Pictures (*.png *.jpg *.jpeg *.webp)")
        )
        if chosen:
            self.take(Path(chosen))

    def _remove(self) -> None:
        remove: Callable[[Desk], None] = getattr(letter_images, f"remove_{self.field}")
        words = _("{label} removed. What was issued keeps it.").format(label=self._label)
        self.doing.do(partial(remove, self.desk), words, failed=self._refused)

    def _show(self, image: LetterImage | None) -> None:
        self.image = image
        self.problem.set("")
        self.drop.setVisible(image is not None)
        self.seen.setVisible(image is not None)
        if image is None:
            self.seen.clear()
            return
        ratio = self.devicePixelRatioF()
        room = QSize(*(round(theme.px(one) * ratio) for one in _SEEN))
        picture = QPixmap.fromImage(QImage.fromData(image.jpeg)).scaled(
            room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        picture.setDevicePixelRatio(ratio)
        self.seen.setPixmap(picture)
        self.seen.setAccessibleName(_("{label}, as it stands on letters").format(label=self._label))

    def _refused(self, error: Exception) -> None:
        if isinstance(error, InvalidInput):
            self.problem.set(" ".join(error.fields.values()))
        elif isinstance(error, ClinicError):
            self.said.emit(str(error), "problem")
        else:
            raise error


def _read(path: Path, field: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise InvalidInput({field: f"{path.name} cannot be read: {why}."}) from error
