"""My number (我的手机号): changed by oneself, with a code sent to the new one.

Until the code is proved the pages are the same for every number; whether it stands for somebody
else is told only to whoever has that phone in her hand.
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hequan.core import clock
from hequan.core.masks import mask_phone
from hequan.people.actions import change_own_phone
from hequan.people.actions.sign_in import prove_phone, send_sign_in_code
from hequan.people.errors import PhoneOfAnotherError
from hequan.people.gateways import GatewayError
from hequan.web.account.begin import device_of, keep_device
from hequan.web.account.code_asked import wait_words
from hequan.web.account.code_forms import CodeForm, PhoneForm
from hequan.web.account.own_care import Cared, cared_for

_KEY = "new_phone"  # in the sealed session: the number, and from when another code can be sent


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def new_phone(request: HttpRequest) -> HttpResponse:
    """Ask for the new number, and send a code to any that can be one."""
    cared = _herself(request)
    if cared is None:
        return render(request, "account/own_data/nobody.html", {})
    form = PhoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _send(request, form.cleaned_data["phone"])
    return render(request, "account/own_data/phone.html", {"form": form, "cared": cared})


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def enter_code(request: HttpRequest) -> HttpResponse:
    """Take the six digits, and change the number."""
    cared, kept = _herself(request), request.session.get(_KEY)
    if cared is None or not kept:
        return redirect("web:my-phone")
    phone = str(kept[0])
    if "again" in request.POST:
        return _send(request, phone)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed, device = form.cleaned_data["code"], device_of(request)
        if prove_phone(phone=phone, device=device, typed=typed, at=clock.now()):
            return _proved(request, cared, phone)
        form.add_error("code", _("This code does not fit or is too old. Ask for a new one."))
    wait = max(0, int(float(kept[1]) - clock.now().timestamp()))
    found = {"form": form, "phone": mask_phone(phone), "wait": wait}
    return render(request, "account/own_data/phone_code.html", found)


def _herself(request: HttpRequest) -> Cared | None:
    """Return whoever changes her own number; a ward's, and a child's own, is not changed here."""
    cared = cared_for(request)
    if cared is not None and (cared.proxy is not None or not cared.may_decide):
        raise Http404
    return cared


def _send(request: HttpRequest, phone: str) -> HttpResponse:
    at = clock.now()
    try:
        asked = send_sign_in_code(phone=phone, device=device_of(request), at=at)
    except GatewayError as error:
        messages.error(request, str(error))
        return redirect("web:my-phone")
    if not asked.is_sent:
        messages.warning(request, wait_words(asked.wait_seconds))
    request.session[_KEY] = [phone, at.timestamp() + asked.wait_seconds]
    response = redirect("web:my-phone-code")
    keep_device(request, response)
    return response


def _proved(request: HttpRequest, cared: Cared, phone: str) -> HttpResponse:
    del request.session[_KEY]
    keep: Any = request.session.session_key
    try:
        changed = change_own_phone(
            person=cared.person, phone=phone, keep=keep, by=cared.account, at=clock.now()
        )
    except PhoneOfAnotherError as error:
        messages.error(request, str(error))
        return redirect("web:my-phone")
    if changed:
        messages.success(request, _("Your number is changed. Other devices are signed out."))
    else:
        messages.info(request, _("This is your number already."))
    return redirect("web:my-data")
