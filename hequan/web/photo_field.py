"""Choosing photos in a form (照片字段): several at once, cleaned one by one, refused by name."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from hequan.cases.errors import TooManyPhotosError
from hequan.cases.kinds import PhotoKind
from hequan.cases.photos import MOST, Photo, photo_from
from hequan.core.file_words import words_of_file_error
from hequan.files.errors import FileError
from hequan.files.images import refuse_heavy

_CHOOSE_AGAIN = _("Please choose the photos again.")
# named one by one, an iPhone turns its own kind into JPEG before it sends
_KINDS = "image/jpeg,image/png,image/webp"


class PhotosInput(forms.FileInput):
    """A file input for several photos; photos.js shows them small before they are sent."""

    allow_multiple_selected = True
    template_name = "parts/_photos_input.html"

    def __init__(self) -> None:
        """Ask a phone for its photos."""
        super().__init__({"multiple": True, "accept": _KINDS, "data-photos": MOST})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return every file that came under this name."""
        return files.getlist(name) if isinstance(files, MultiValueDict) else files.get(name)


class ChosenPhotos(forms.BoundField):
    """The field as a page shows it: no browser lets a page fill it in again."""

    @property
    def errors(self) -> Any:
        """Ask for photos that were well where something else was not."""
        found = super().errors
        if found or not self.data or not self.form.errors:
            return found
        return self.form.error_class([str(_CHOOSE_AGAIN)], renderer=self.form.renderer)


class PhotosField(forms.Field):
    """Up to six photos; cleaned they are fit to be kept, the others are named with what is wrong.

    Nothing is kept between two sendings: a form shown again asks for its photos anew, and says so.
    """

    widget = PhotosInput

    def __init__(self, *, kind: PhotoKind, hint: Any = "", **kwargs: Any) -> None:
        """Say what is taken."""
        hint = hint or _("Up to six, JPEG, PNG or WebP. Place and device are removed from them.")
        super().__init__(required=False, help_text=hint, **kwargs)
        self.kind = kind

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> forms.BoundField:
        """Return the field as a page shows it."""
        return ChosenPhotos(form, self, field_name)

    def clean(self, value: Sequence[Any] | None) -> tuple[Photo, ...]:
        """Return the photos; every one that is none is told."""
        files = value or ()
        if len(files) > MOST:
            refusal = TooManyPhotosError(most=MOST, there=len(files))
            raise forms.ValidationError(str(refusal))
        photos, refused = [], []
        for file in files:
            try:
                photos.append(self._read(file))
            except FileError as error:
                refused.append(str(words_of_file_error(error)))
        if refused:
            raise forms.ValidationError([*refused, _CHOOSE_AGAIN])
        return tuple(photos)

    def _read(self, file: Any) -> Photo:
        name = file.name or ""
        refuse_heavy(file.size or 0, name)
        return photo_from(file.read(), name=name, kind=self.kind)
