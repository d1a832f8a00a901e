"""What core refuses, worded for whoever asked."""

from django.utils.translation import gettext_lazy as _


class HequanError(Exception):
    """A refusal whose words are fit for users; every app's errors derive from it."""

    text = _("That cannot be done.")

    def __init__(self, **params: object) -> None:
        self.params = params
        super().__init__(params)

    def __str__(self) -> str:
        return str(self.text) % self.params if self.params else str(self.text)


class ImportChangedError(HequanError):
    """The dry run shown is no longer what would happen."""

    text = _("The data has changed since this check. Look at the new check and confirm it.")


class ImportDoneError(HequanError):
    """A second confirmation of the same import."""

    text = _("This import was written already; nothing was written twice.")
