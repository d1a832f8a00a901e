"""The words of consents on the board (同意文本): every version, and a new one with its preview."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from hequan.core import clock
from hequan.core.errors import HequanError
from hequan.core.kinds import Capability
from hequan.people.actions import publish_consent_text
from hequan.people.protection_kinds import ConsentPurpose
from hequan.people.queries import consent_texts, words_in_force
from hequan.web.board.doors import OfficerRequest, needs
from hequan.web.words import choices

PREVIEW = "preview"


class TextForm(forms.Form):
    """The next version of the words for one purpose."""

    purpose = forms.ChoiceField(label=_("Purpose"), choices=choices(ConsentPurpose))
    text_zh = forms.CharField(
        label=_("In Chinese"),
        max_length=8000,
        help_text=_("What is kept or done, why, how long, and that it may be withdrawn."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    text_en = forms.CharField(
        label=_("In English"), max_length=8000, widget=forms.Textarea(attrs={"rows": 8})
    )


@needs(Capability.PROTECT_DATA)
@require_GET
def texts(request: HttpRequest) -> HttpResponse:
    """List every version of the words, and which are in force."""
    now = {text.pk for text in words_in_force(clock.now()).values()}
    rows = [(text, text.pk in now) for text in consent_texts()]
    return render(request, "board/protection/texts.html", {"rows": rows})


@needs(Capability.PROTECT_DATA)
@require_http_methods(["GET", "POST"])
def new_text(request: HttpRequest) -> HttpResponse:
    """Write a new version; it is shown as people will see it before it is published."""
    form = TextForm(request.POST or None, initial=_initial(request))
    preview = request.method == "POST" and form.is_valid()
    if preview and PREVIEW not in request.POST:
        at = clock.now()
        try:
            publish_consent_text(
                purpose=ConsentPurpose(form.cleaned_data["purpose"]),
                text_zh=form.cleaned_data["text_zh"],
                text_en=form.cleaned_data["text_en"],
                valid_from=at,
                by=cast(OfficerRequest, request).user,
                at=at,
            )
        except HequanError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, gettext("Published. Everybody is asked anew."))
            return HttpResponseRedirect(reverse("web:board-consent-texts"))
    context = {"form": form, "preview": form.cleaned_data if preview else None}
    return render(request, "board/protection/text_new.html", context)


def _initial(request: HttpRequest) -> dict[str, Any]:
    """The words in force, so that a new version begins with them."""
    purpose = request.GET.get("purpose", "")
    if purpose not in set(ConsentPurpose):
        return {}
    text = words_in_force(clock.now()).get(ConsentPurpose(purpose))
    words = {"text_zh": text.text_zh, "text_en": text.text_en} if text else {}
    return {"purpose": purpose, **words}
