"""Keys of other systems (接口密钥): made, shown once and ended by the system administrator."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from hequan.core.api_keys import NAME_LENGTH, MadeKey, api_keys, end_api_key, make_api_key
from hequan.core.errors import HequanError
from hequan.core.kinds import Capability
from hequan.web.board.doors import needs
from hequan.web.board.roster_acts import signed


class KeyForm(forms.Form):
    """Which system the key is for."""

    name = forms.CharField(
        label=_("Which system is it for?"),
        max_length=NAME_LENGTH,
        help_text=_("What it sends bears this name for ever, as its first responder."),
    )


@needs(Capability.ADMINISTER_SYSTEM)
@require_http_methods(["GET", "POST"])
def keys(request: HttpRequest) -> HttpResponse:
    """List the keys; make one and show it this once."""
    form = KeyForm(request.POST or None)
    made = _made(request, form) if request.method == "POST" and form.is_valid() else None
    context = {"keys": api_keys(), "made": made, "form": KeyForm() if made else form}
    return render(request, "board/system/keys.html", context)


def _made(request: HttpRequest, form: KeyForm) -> MadeKey | None:
    try:
        return make_api_key(name=form.cleaned_data["name"], **signed(request))
    except HequanError as error:
        form.add_error("name", str(error))
        return None


@needs(Capability.ADMINISTER_SYSTEM)
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a key: its system can send nothing more."""
    try:
        end_api_key(key=pk, **signed(request))
    except HequanError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, gettext("The key is ended. Nothing can be sent with it."))
    return redirect("web:board-api-keys")
