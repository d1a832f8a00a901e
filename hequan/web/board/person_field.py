"""The entry of a person (人员选择): by name, number or tail, among those an account may see."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hequan.core import clock
from hequan.people.queries import person_lines, persons_matching

PersonFinder = Callable[[str], Sequence[Any]]
_SHOWN = 6


class PersonField(forms.CharField):
    """Words that fit one person; cleaned it is her row, None for none."""

    def __init__(self, **kwargs: Any) -> None:
        """Say how somebody is found."""
        kwargs.setdefault("label", _("Person"))
        kwargs.setdefault(
            "help_text", _("Name, pinyin or telephone number; several words narrow it down.")
        )
        super().__init__(max_length=80, **kwargs)
        self.find: PersonFinder = lambda _words: ()

    def clean(self, value: Any) -> Any:
        """Return the one person the words fit; several are told apart by their tails."""
        words = super().clean(value).strip()
        if not words:
            return None
        found = self.find(words)
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(gettext("Nobody you may see fits “%s”.") % words)
        lines = person_lines(found[:_SHOWN], clock.now())
        names = gettext(", ").join(f"{one.name} {one.phone[-4:]}".strip() for one in lines)
        raise forms.ValidationError(gettext("Which one? Add the number's last four: %s") % names)


def person_finder(request: HttpRequest) -> PersonFinder:
    """Return how people are found among those this account may see; an exact name goes first."""

    def find(words: str) -> Sequence[Any]:
        found = list(persons_matching(words, user=request.user, at=clock.now())[: _SHOWN + 1])
        exact = [one for one in found if one.name == words]
        return exact if len(exact) == 1 else found

    return find
