"""Newcomers by another provider's word (第三方登录首次开户): nobody has an account unasked.

Between the provider's page and the account stands the page with the words in force, as it does for
whoever comes by a phone code. Until she agrees nothing of her is kept but in her sealed session,
for as long as a proved phone counts.
"""

from typing import Any

from allauth.socialaccount.internal.flows.signup import (
    clear_pending_signup,
    complete_social_signup,
    get_pending_signup,
)
from allauth.socialaccount.models import SocialLogin
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hequan.core import clock
from hequan.core.accounts import Account
from hequan.core.masks import mask_name
from hequan.core.sign_in.rules import sign_in_rules
from hequan.people.actions.sign_in import account_of_person, register_with_consent
from hequan.people.protection_errors import GuardianNeededError
from hequan.people.protection_kinds import ConsentPurpose
from hequan.people.queries import person_with_id
from hequan.people.queries.consents import words_in_force, words_of
from hequan.web.account.code_forms import NewResidentForm

_KEY = "provider_newcomer"  # in the sealed session: the id of the person she is, and since when


def account_words() -> Any:
    """Return the words that whoever opens an account agrees to now, None where there are none."""
    return words_in_force(clock.now()).get(ConsentPurpose.ACCOUNT)


def keep_newcomer(request: HttpRequest, person: Any) -> None:
    """Remember who the provider says she is: somebody known without an account, or nobody."""
    request.session[_KEY] = [person.pk if person else None, clock.now().timestamp()]


@never_cache
@require_http_methods(["GET", "POST"])
def welcome_newcomer(request: HttpRequest) -> HttpResponse:
    """Open an account for whoever agrees to the words; without coming from a provider, nothing."""
    pending, known = _pending(request)
    if pending is None:
        _forget(request)
        return redirect("web:sign-in")
    text = account_words()
    form = NewResidentForm(
        request.POST or None,
        initial={"name": pending.user.name if pending.user else ""},
        is_asked=text is not None,
        is_new=known is None,
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _welcomed(request, pending, form, known, text)
        except GuardianNeededError as error:
            form.add_error(None, str(error))
    found = {
        "form": form,
        "name": mask_name(known.name) if known else "",
        "words": words_of(text) if text else "",
        "text": text,
    }
    return render(request, "account/provider_new.html", found)


def _pending(request: HttpRequest) -> tuple[SocialLogin | None, Any]:
    """Return the sign-in that waits for her word and who is known to be hers; none if too old."""
    kept, at = request.session.get(_KEY), clock.now()
    if not kept:
        return None, None
    pk, since = kept
    lives = sign_in_rules(at).proof_lives.total_seconds()
    known = person_with_id(pk) if pk is not None else None
    if not 0 <= at.timestamp() - float(since) <= lives or not _is_still(known, pk):
        return None, None
    return get_pending_signup(request), known


def _is_still(known: Any, pk: int | None) -> bool:
    """Tell whether nobody merged her, erased her or opened her account since."""
    return pk is None or (known is not None and known.pk == pk and known.account_id is None)


def _welcomed(
    request: HttpRequest, pending: SocialLogin, form: NewResidentForm, known: Any, text: Any
) -> HttpResponse:
    try:
        with transaction.atomic():  # no account without its sign-in, no consent without both
            pending.user = _opened(form, known, text)
            pending.save(request, connect=True)
    except IntegrityError:  # she agreed twice at once: the other one has opened it
        messages.info(request, _("Your account is open. Sign in that way once more."))
        _forget(request)
        return redirect("web:sign-in")
    _forget(request)
    response: HttpResponse = complete_social_signup(request, pending)
    return response


def _opened(form: NewResidentForm, known: Any, text: Any) -> Account:
    at = clock.now()
    if known is not None:
        return account_of_person(person=known, text=text, at=at)
    return register_with_consent(name=form.cleaned_data["name"], phone="", text=text, at=at)


def _forget(request: HttpRequest) -> None:
    request.session.pop(_KEY, None)
    clear_pending_signup(request)
