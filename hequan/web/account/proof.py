"""A proved phone (手机验证): what residents can do without an account, they do with this.

The proof lies in the sealed session and counts for half an hour (`sign_in.proof.minutes`).
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from hequan.core import clock
from hequan.core.sign_in.rules import sign_in_rules

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
_KEY = "proved_phone"


def keep_proof(request: HttpRequest, phone: str) -> None:
    """Remember that whoever sits here has this phone in her hand."""
    request.session[_KEY] = [phone, clock.now().timestamp()]


def verified_phone(request: HttpRequest) -> str | None:
    """Return the phone that was proved here within the last half hour, in its one form."""
    kept = request.session.get(_KEY)
    if not kept:
        return None
    at = clock.now()
    phone, proved = str(kept[0]), float(kept[1])
    lives = sign_in_rules(at).proof_lives.total_seconds()
    return phone if 0 <= at.timestamp() - proved <= lives else None


def code_required(view: View[P]) -> View[P]:
    """Let in whoever proved a phone just now; others prove one first and come back."""

    @wraps(view)
    def inner(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if verified_phone(request) is None:
            asked = urlencode({"next": request.get_full_path(), "only": "proof"})
            return HttpResponseRedirect(f"{reverse('web:sign-in-code')}?{asked}")
        return view(request, *args, **kwargs)

    return inner
