"""A filed file to look at: pages, a picture, text, or the reason why nothing is shown."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QStackedWidget, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.files_pages import FilePages
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.cards import EmptyState
from clinic_desk.usecases.file_preview import FilePreview
from clinic_desk.usecases.papers import PageImage


class Still(QWidget):
    """One picture, as large as there is room, never larger than it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(QSize(120, 120))

    def show_picture(self, seen: PageImage, name: str) -> None:
        shape = QImage.Format.Format_ARGB32_Premultiplied
        # the image copies the rows, so that the bytes may go
        self._image = QImage(seen.pixels, seen.width, seen.height, seen.stride, shape).copy()
        self.setAccessibleName(name)
        self.update()

    def clear(self) -> None:
        self._image = QImage()
        self.update()

    @property
    def empty(self) -> bool:
        return self._image.isNull()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("sunken"))
        if not self._image.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            room = QSize(self.width() - 2 * tokens.L, self.height() - 2 * tokens.L)
            size = self._image.size() / self.devicePixelRatioF()
            if size.width() > room.width() or size.height() > room.height():
                size.scale(room, Qt.AspectRatioMode.KeepAspectRatio)
            left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
            painter.drawImage(QRectF(left, top, size.width(), size.height()), self._image)
        painter.end()


class FilePreviewPane(QWidget):
    """Shows one file at a time. `nothing` is the page while there is none."""

    def __init__(self, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pages = FilePages(lanes)
        self.still = Still()
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(_("Text of the file"))
        self.text.setTabChangesFocus(True)
        self.nothing = EmptyState("")
        self.stack = QStackedWidget()
        for page in (self.pages, self.still, self.text, self.nothing):
            self.stack.addWidget(page)
        layout.column(self).addWidget(self.stack)
        self.say("")

    def show_preview(self, seen: FilePreview, title: str) -> None:
        self.still.clear()
        self.text.clear()
        self.pages.show_pdf(seen.pdf, seen.pages, seen.sizes)
        if seen.pdf:
            self.stack.setCurrentWidget(self.pages)
        elif seen.picture is not None:
            self.still.show_picture(seen.picture, title)
            self.stack.setCurrentWidget(self.still)
        elif seen.reason:
            self.say(seen.reason)
        else:
            self.text.setPlainText(seen.text)
            self.stack.setCurrentWidget(self.text)

    def say(self, words: str, action: str = "") -> None:
        """Show no file but a sentence, with a button where there is one."""
        self.pages.show_pdf(b"", 0, ())
        self.nothing.sentence.setText(words)
        self.nothing.button.setText(action)
        self.nothing.button.setVisible(bool(action))
        self.stack.setCurrentWidget(self.nothing)
