"""My messages (我的消息): the inbox of whoever has signed in, and how she wants to be told."""

from typing import Any, cast

from django import forms
from django.contrib import messages as notices
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from hequan.core import clock
from hequan.core.errors import HequanError
from hequan.core.grants import grants_held
from hequan.people.actions.deliveries import ChosenDelivery, choose_delivery, mark_read
from hequan.people.kinds import Channel
from hequan.people.queries import person_of
from hequan.people.queries.deliveries import addresses_of, choice_of, inbox, message_of, wishes_of
from hequan.web.board.day_inputs import time_input
from hequan.web.board.doors import OfficerRequest
from hequan.web.words import word

PAGE = 20


class DeliveryForm(forms.Form):
    """How somebody wants to be told."""

    sms = forms.BooleanField(label=_("By SMS to my telephone"), required=False)
    mail = forms.BooleanField(label=_("By e-mail"), required=False)
    address = forms.CharField(
        label=_("E-mail address"),
        required=False,
        max_length=200,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    language = forms.ChoiceField(
        label=_("Language of messages"), choices=[("zh-hans", "中文"), ("en", "English")]
    )
    quiet_from = forms.TimeField(
        label=_("Quiet from"),
        required=False,
        help_text=_("Only urgent messages reach you in the quiet hours."),
        widget=time_input(),
    )
    quiet_to = forms.TimeField(label=_("Quiet until"), required=False, widget=time_input())
    digest_at = forms.TimeField(
        label=_("All of a day together at"),
        required=False,
        help_text=_("Leave empty to get each message when it comes."),
        widget=time_input(),
    )

    def chosen(self, kept: dict[Channel, str]) -> ChosenDelivery:
        """Return what was chosen; an address left empty is the one kept so far."""
        entered = self.cleaned_data
        address = entered["address"] or kept.get(Channel.MAIL, "")
        return ChosenDelivery(
            language=entered["language"],
            quiet_from=entered["quiet_from"],
            quiet_to=entered["quiet_to"],
            digest_at=entered["digest_at"],
            channels={Channel.SMS: entered["sms"], Channel.MAIL: entered["mail"]},
            addresses={Channel.MAIL: address},
        )


@login_required
@never_cache
@require_GET
def my_messages(request: HttpRequest) -> HttpResponse:
    """List one's messages and those of the organisations one works for."""
    person, organisations = _receivers(request)
    found = inbox(person=person, organisations=organisations)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "account/messages/list.html", {"found": page})


@login_required
@never_cache
@require_GET
def my_message(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one message; the first look is noted."""
    message = message_of(pk, *_receivers(request))
    if message is None:
        raise Http404
    if message.read_at is None:
        mark_read(message=message, by=cast(OfficerRequest, request).user, at=clock.now())
    return render(request, "account/messages/message.html", {"message": message})


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def my_delivery(request: HttpRequest) -> HttpResponse:
    """Choose channels, language, quiet hours and the day's digest."""
    person = person_of(cast(OfficerRequest, request).user)
    if person is None:
        return render(request, "account/messages/delivery.html", {"nobody": True})
    reached = addresses_of(person)
    form = DeliveryForm(request.POST or None, initial=_initial(person))
    if request.method == "POST" and form.is_valid():
        kept = {channel: sealed.open() for channel, sealed in reached.items()}
        try:
            choose_delivery(
                receiver=person,
                chosen=form.chosen(kept),
                by=cast(OfficerRequest, request).user,
                at=clock.now(),
            )
        except HequanError as error:
            form.add_error(None, str(error))
        else:
            notices.success(request, gettext("Saved."))
            return HttpResponseRedirect(reverse("web:my-delivery"))
    shown = [(word(channel), str(sealed)) for channel, sealed in reached.items()]
    return render(request, "account/messages/delivery.html", {"form": form, "reached": shown})


def _receivers(request: HttpRequest) -> tuple[Any, tuple[int, ...]]:
    account = cast(OfficerRequest, request).user
    held = grants_held(account, clock.now())
    organisations = {one.organisation for one in held if one.organisation is not None}
    return person_of(account), tuple(sorted(organisations))


def _initial(person: Any) -> dict[str, Any]:
    wishes = wishes_of(person, clock.now())
    first = choice_of(person) is None
    return {
        "sms": wishes.wants(Channel.SMS),
        "mail": wishes.wants(Channel.MAIL) and not first,
        "language": wishes.language,
        "quiet_from": wishes.quiet_from,
        "quiet_to": wishes.quiet_to,
        "digest_at": wishes.digest_at,
    }
