"""Messages on the board (消息): the words of templates, notices, and how deliveries stand."""

from datetime import timedelta
from typing import Any, cast

from django import forms
from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hequan.core import clock
from hequan.core.errors import HequanError
from hequan.core.kinds import Capability
from hequan.people.actions.deliveries import send_again, write_template
from hequan.people.kinds import DeliveryState
from hequan.people.message_templates import (
    BODY_LENGTH,
    LANGUAGES,
    SUBJECT_LENGTH,
    MessageTemplate,
    Words,
    example_values,
    filled,
    strange_places,
    template_with,
)
from hequan.people.queries.deliveries import (
    deliveries_in,
    delivery_figures,
    delivery_with_id,
    template_rows,
    template_versions,
    words_in_force,
)
from hequan.web.board.doors import OfficerRequest, needs
from hequan.web.words import choices

PAGE = 40
SINCE = timedelta(days=30)
LANGUAGE_NAMES = {"zh-hans": "中文", "en": "English"}


class TemplateForm(forms.Form):
    """The words of one template in one language."""

    subject = forms.CharField(label=_("Subject"), max_length=SUBJECT_LENGTH)
    body = forms.CharField(
        label=_("Text"), max_length=BODY_LENGTH, widget=forms.Textarea(attrs={"rows": 6})
    )

    def words(self) -> Words:
        """Return the words as entered."""
        return Words(self.cleaned_data["subject"], self.cleaned_data["body"])


@needs(Capability.EDIT_TEMPLATES)
@require_GET
def templates(request: HttpRequest) -> HttpResponse:
    """List the templates with what they say now."""
    rows = template_rows("zh-hans", clock.now() - SINCE)
    return render(request, "board/messages/templates.html", {"rows": rows})


@needs(Capability.EDIT_TEMPLATES)
@require_http_methods(["GET", "POST"])
def template(request: HttpRequest, code: str, language: str) -> HttpResponse:
    """Write a template's words in one language, with a preview before they are in force."""
    known = _template(code, language)
    words, version = words_in_force(code, language)
    form = TemplateForm(
        request.POST or None, initial={"subject": words.subject, "body": words.body}
    )
    preview: Words | None = None
    if request.method == "POST" and form.is_valid():
        if "save" in request.POST and _saved(request, known, language, form):
            return HttpResponseRedirect(reverse("web:board-template", args=[code, language]))
        preview = _preview(known, form)
    context = {
        "template": known,
        "form": form,
        "preview": preview or _shown(known, words),
        "version": version,
        "language": language,
        "languages": [(one, LANGUAGE_NAMES[one]) for one in LANGUAGES],
        "versions": template_versions(code, language),
        "places": [(f"{{{name}}}", *known.places[name]) for name in known.places],
    }
    return render(request, "board/messages/template.html", context)


@needs(Capability.EDIT_TEMPLATES)
@require_GET
def deliveries(request: HttpRequest) -> HttpResponse:
    """Show how deliveries stand, the failed ones first."""
    asked = request.GET.get("state", DeliveryState.FAILED)
    state = DeliveryState(asked) if asked in set(DeliveryState) else None
    found = Paginator(deliveries_in(state), PAGE).get_page(request.GET.get("page"))
    context = {
        "figures": delivery_figures(clock.now() - SINCE),
        "found": found,
        "asked": str(state or ""),
        "states": choices(DeliveryState),
    }
    return render(request, "board/messages/deliveries.html", context)


@needs(Capability.EDIT_TEMPLATES)
@require_POST
def deliver_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a failed delivery once more."""
    found = delivery_with_id(pk)
    if found is None:
        raise Http404
    try:
        send_again(delivery=found, by=cast(OfficerRequest, request).user, at=clock.now())
    except HequanError as error:
        notices.error(request, str(error))
    else:
        notices.success(request, gettext("It is on its way again."))
    return HttpResponseRedirect(reverse("web:board-deliveries"))


def _template(code: str, language: str) -> MessageTemplate:
    if language not in LANGUAGES:
        raise Http404
    try:
        return template_with(code)
    except LookupError:
        raise Http404 from None


def _saved(request: HttpRequest, known: MessageTemplate, language: str, form: TemplateForm) -> bool:
    officer = cast(OfficerRequest, request).user
    try:
        write_template(
            template=known.code,
            language=language,
            words=form.words(),
            by=officer,
            at=clock.now(),
        )
    except HequanError as error:
        form.add_error("body", str(error))
        return False
    notices.success(request, gettext("Saved: these words are in force from now on."))
    return True


def _preview(known: MessageTemplate, form: Any) -> Words | None:
    words = Words(form.cleaned_data.get("subject", ""), form.cleaned_data.get("body", ""))
    return None if strange_places(known, words) else _shown(known, words)


def _shown(known: MessageTemplate, words: Words) -> Words:
    values = example_values(known)
    return Words(filled(words.subject, values), filled(words.body, values))
