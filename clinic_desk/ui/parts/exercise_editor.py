"""Making or changing an exercise: its words beside its figure, or its own photos."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from clinic_desk.drawing.timing import Beat
from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.exercise_form import ExerciseForm
from clinic_desk.ui.parts.pose_editor import PoseEditor
from clinic_desk.ui.widgets.buttons import Button, PrimaryButton
from clinic_desk.ui.widgets.cards import Pages, Scroller
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.ui.widgets.picture import PictureView
from clinic_desk.ui.widgets.segments import Segments
from clinic_desk.usecases import clinic_exercises
from clinic_desk.usecases.clinic_exercises import Edited, Photo
from clinic_desk.usecases.exercise_drafts import HalfTyped

_BEAT = Beat.of(2, 1, 2, 0)


class ExerciseEditor(QWidget):
    """A page over the library. `photo_chosen` gives the file; the screen reads it."""

    save_asked = Signal()
    closed = Signal()
    photo_chosen = Signal(object)  # Path
    typed = Signal()  # something changed that is worth keeping

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edited: Edited | None = None
        self._photos: tuple[Photo, ...] = ()
        self.touched = self._beginning = False
        self.form = ExerciseForm()
        self.form.changed.connect(self._touch)
        left = Scroller(tokens.L)
        left.column.addWidget(self.form)
        self.shown_by = Segments(
            [("figure", _("Figure")), ("photos", _("Photos"))], _("Shown by"), tick=True
        )
        self.shown_by.changed.connect(self._turn)
        self.pose = PoseEditor()
        self.pose.changed.connect(self._touch)
        self.pages = Pages()
        self.pages.addWidget(self.pose)
        self.pages.addWidget(self._photo_page())
        self.problem = Label("", "problem", wrap=True)
        right = QWidget()
        column = layout.column(right, tokens.M, tokens.L)
        head = layout.row()
        head.addWidget(self.shown_by)
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(self.pages, 1)
        column.addWidget(self.problem)
        both = layout.row(spacing=0)
        both.addWidget(left, 1)
        both.addWidget(right, 1)
        self.cancel = Button(_("Drop the changes"))
        self.cancel.setObjectName("dropExercise")
        self.cancel.clicked.connect(self.closed)
        self.save = PrimaryButton(_("Save exercise"))
        self.save.setObjectName("saveExercise")
        self.save.clicked.connect(self.save_asked)
        whole = layout.column(self)
        whole.addLayout(both, 1)
        whole.addWidget(layout.Footer([self.cancel], [self.save]))

    def _photo_page(self) -> QWidget:
        page = QWidget()
        column = layout.column(page, tokens.M)
        hint = _("One photo, or a start and a finish. Where it was taken is not kept.")
        column.addWidget(Label(hint, "caption", wrap=True))
        self.views = [PictureView(name=_("First photo")), PictureView(name=_("Second photo"))]
        pair = layout.row(spacing=tokens.M)
        for view in self.views:
            view.setMinimumHeight(theme.px(160))
            pair.addWidget(view, 1)
        column.addLayout(pair, 1)
        self.add_photo = Button(_("Add a photo"), "plus")
        self.add_photo.setObjectName("addPhoto")
        self.add_photo.clicked.connect(self._choose)
        self.drop_photo = Button(_("Take the last photo out"), "x")
        self.drop_photo.setObjectName("dropPhoto")
        self.drop_photo.clicked.connect(self._drop)
        row = layout.row(spacing=tokens.S)
        row.addWidget(self.add_photo)
        row.addWidget(self.drop_photo)
        row.addStretch(1)
        column.addLayout(row)
        return page

    def begin(
        self,
        edited: Edited,
        others: list[tuple[str, str]],
        by_photos: bool | None = None,
    ) -> None:
        """Edit an exercise, a new one, or what was half typed: `by_photos` says then which of
        figure and photos was shown.
        """
        self._beginning = True
        if by_photos is None:
            by_photos = bool(edited.photos)
        self._edited, self._photos = edited, edited.photos
        self.form.begin(edited.tables, others)
        name = str(edited.tables.get("name") or _("New exercise"))
        self.pose.begin(clinic_exercises.pose(edited), _BEAT, name)
        self.shown_by.set_value("photos" if by_photos else "figure")
        self._turn()
        self._show_photos()
        self.show_problems({})
        self._beginning = self.touched = False
        self.form.focus_first()

    def edited(self) -> Edited | None:
        """What is to be saved. A figure that photos replace is not kept beside them."""
        if self._edited is None:
            return None
        by_photos = self.shown_by.value() == "photos"
        figure = None if by_photos else self.pose.pose()
        tables = clinic_exercises.posed(self.form.tables(), figure)
        return replace(self._edited, tables=tables, photos=self._photos if by_photos else ())

    def half_typed(self) -> HalfTyped | None:
        """All that stands on the page, the figure beside the photos."""
        if self._edited is None:
            return None
        tables = clinic_exercises.posed(self.form.tables(), self.pose.pose())
        edited = replace(self._edited, tables=tables, photos=self._photos)
        return HalfTyped(edited, self.shown_by.value() == "photos")

    def show_problems(self, fields: dict[str, str]) -> None:
        """Beside their fields; what has none stands below the figure."""
        left = self.form.show_problems(fields)
        self.problem.setText("\n".join(left))
        self.problem.setVisible(bool(left))

    def take_photo(self, photo: Photo) -> None:
        """A photo that was read and cleaned."""
        self._photos = (*self._photos, photo)[-2:]
        self._touch()
        self._show_photos()
        self.show_problems({})

    def _choose(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("Choose a photo"), "", _("Photos (*.jpg *.jpeg *.png *.webp)")
        )
        if chosen:
            self.photo_chosen.emit(Path(chosen))

    def _drop(self) -> None:
        self._photos = self._photos[:-1]
        self._touch()
        self._show_photos()

    def _show_photos(self) -> None:
        pictures = clinic_exercises.pictures(self._photos)
        for place, view in enumerate(self.views):
            view.set_picture(pictures[place] if place < len(pictures) else None)
            view.setVisible(place < max(1, len(pictures)))
        self.add_photo.setEnabled(len(pictures) < 2)
        self.drop_photo.setEnabled(bool(pictures))

    def _turn(self) -> None:
        self.pages.setCurrentIndex(1 if self.shown_by.value() == "photos" else 0)
        self._touch()

    def _touch(self) -> None:
        self.touched = True
        if not self._beginning:
            self.typed.emit()
