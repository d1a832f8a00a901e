"""The pages somebody has about herself (我的), each once: messages, data, consents, sign-in."""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hequan.web.board.places import Place

MY_PLACES: tuple[tuple[str, Promise], ...] = (
    ("web:my-messages", _("My messages")),
    ("web:my-delivery", _("How I am told")),
    ("web:my-duty", _("My duty")),
    ("web:my-data", _("My data")),
    ("web:my-consents", _("My consents")),
    ("web:own-security", _("Sign-in and security")),
)


def my_places(path: str) -> list[Place]:
    """Return the entries of one's own pages; `path` is the page shown."""
    return [
        Place(address, words, is_here=path.startswith(address))
        for name, words in MY_PLACES
        for address in [reverse(name)]
    ]
