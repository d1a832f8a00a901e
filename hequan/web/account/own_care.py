"""Whose data a page of one's own is about (本人或被监护人): oneself, or a ward named by `?of=`."""

from dataclasses import dataclass
from typing import Any, cast

from django.http import Http404, HttpRequest
from django.utils import timezone

from hequan.core import clock
from hequan.core.accounts import Account
from hequan.people.errors import NoSuchPersonError
from hequan.people.queries import needs_guardian, person_in_care, person_of, wards_on
from hequan.web.board.doors import OfficerRequest
from hequan.web.numbers import whole_number


@dataclass(frozen=True)
class Cared:
    """The person a page is about and who looks at it; `proxy` is the guardian, if she is one."""

    person: Any
    account: Account
    proxy: Any
    may_decide: bool
    others: tuple[Any, ...]

    @property
    def question(self) -> str:
        """Return what addresses carry to stay with the same person."""
        return f"?of={self.person.pk}" if self.proxy else ""


def cared_for(request: HttpRequest) -> Cared | None:
    """Return whom the page is about; None where the sign-in stands for no person, 404 for others.

    A child under fourteen sees her own data; what her guardian decides, she may not.
    """
    account = cast(OfficerRequest, request).user
    at = clock.now()
    own = person_of(account)
    if own is None:
        return None
    asked = request.POST.get("of") or request.GET.get("of")
    try:
        # what is no number is nobody's: -1
        person = person_in_care(account, (whole_number(asked) or -1) if asked else None, at)
    except NoSuchPersonError:
        raise Http404 from None
    everybody = [own, *wards_on(own, timezone.localdate(at))]
    return Cared(
        person=person,
        account=account,
        proxy=own if person.pk != own.pk else None,
        may_decide=not needs_guardian(account, person, at),
        others=tuple(one for one in everybody if one.pk != person.pk),
    )
