"""Files that are dragged onto a page. Only files of this computer are taken, never a link."""

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget


def local_files(data: QMimeData) -> list[Path]:
    """The files of this computer that are dragged."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


class FileDrop(QObject):
    """Lets a widget take files; `dropped` has their paths. `enabled` says whether it may now.

    A field on it would take a file's path as text; so its fields take no drops at all.
    """

    dropped = Signal(list)

    def __init__(self, target: QWidget) -> None:
        super().__init__(target)
        self._target = target
        self.enabled = True
        target.setAcceptDrops(True)
        target.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show:
            for kind in (QLineEdit, QPlainTextEdit):
                for field in self._target.findChildren(kind):
                    field.setAcceptDrops(False)
        if isinstance(event, QDropEvent):  # entering, moving and dropping are all of this kind
            paths = local_files(event.mimeData()) if self.enabled else []
            if not paths:
                event.ignore()
                return True
            # a copy: the person's own file stays where it is
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            if not isinstance(event, QDragEnterEvent | QDragMoveEvent):
                self.dropped.emit(paths)
            return True
        return super().eventFilter(watched, event)
