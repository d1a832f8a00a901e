"""Doors of the board: who may come in, and what a stranger sees (nothing: 404)."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse

from hequan.core import clock
from hequan.core.accounts import Account
from hequan.core.grants import organisations_granted, paths_granted
from hequan.core.kinds import Capability

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


class OfficerRequest(HttpRequest):
    """A request whose user has come through a door."""

    user: Account


def needs(
    capability: Capability, *, for_organisations: bool = False
) -> Callable[[View[P]], View[P]]:
    """Let in whoever holds the capability anywhere; others meet 404, visitors the sign-in page.

    A page made for it also lets in whoever holds it for an organisation only. The view still loads
    each thing through its app's access door.
    """

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def inner(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            at = clock.now()
            held = bool(paths_granted(request.user, capability, at))
            if not held and for_organisations:
                held = bool(organisations_granted(request.user, capability, at))
            if not held:
                raise Http404
            return view(request, *args, **kwargs)

        return login_required(inner)

    return guard
