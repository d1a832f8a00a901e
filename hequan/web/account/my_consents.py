"""My consents (我的同意): what was put before me, what I said, and one click to take it back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from hequan.core import clock
from hequan.core.errors import HequanError
from hequan.people.actions import give_consent, withdraw_consent
from hequan.people.protection_errors import NoSuchRequestError
from hequan.people.protection_kinds import ConsentChannel
from hequan.people.queries import consent_lines, consent_of, consent_text
from hequan.web.account.own_care import cared_for


@login_required
@never_cache
@require_GET
def my_consents(request: HttpRequest) -> HttpResponse:
    """Show every purpose with its words and one button: consent, or withdraw."""
    cared = cared_for(request)
    if cared is None:
        return render(request, "account/own_data/nobody.html", {})
    lines = consent_lines(cared.person, clock.now())
    return render(request, "account/own_data/consents.html", {"cared": cared, "lines": lines})


@login_required
@never_cache
@require_POST
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Consent to the words shown."""
    cared = cared_for(request)
    if cared is None:
        raise Http404
    try:
        give_consent(
            person=cared.person,
            text=consent_text(pk),
            channel=ConsentChannel.ONLINE,
            proxy_person=cared.proxy,
            by=cared.account,
            at=clock.now(),
        )
    except NoSuchRequestError:
        raise Http404 from None
    except HequanError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, gettext("You have consented. You may take it back here."))
    return HttpResponseRedirect(reverse("web:my-consents") + cared.question)


@login_required
@never_cache
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a consent back."""
    cared = cared_for(request)
    if cared is None:
        raise Http404
    try:
        consent = consent_of(cared.person, pk)
    except NoSuchRequestError:
        raise Http404 from None
    withdraw_consent(consent=consent, by=cared.account, at=clock.now())
    messages.success(request, gettext("Your consent is withdrawn from now on."))
    return HttpResponseRedirect(reverse("web:my-consents") + cared.question)
