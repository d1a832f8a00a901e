"""One's own case without an account (查询页): how it stands, and the asker's own moves.

The link is the key: whoever has it may read and judge, and learns nothing of who works on it.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from hequan.cases.access import voice_with_link
from hequan.cases.actions import Given, Judgement, make_move, rate_answer
from hequan.cases.errors import LinkUnknownError
from hequan.cases.moves import Doer, MoveName
from hequan.cases.queries import photos_for_asker, status_for
from hequan.cases.queries.repairs import asker_repairs
from hequan.core import clock
from hequan.core.errors import HequanError
from hequan.web.numbers import whole_number
from hequan.web.public.reporting import signer

_MOST = 1000
YES_NO = (("yes", _("Yes")), ("no", _("No")))


def _question(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=YES_NO, widget=forms.RadioSelect)


class RatingForm(forms.Form):
    """Four questions, each by itself, and room for words."""

    was_contacted = _question(_("Did somebody get in touch with you?"))
    is_solved = _question(_("Is it solved?"))
    was_kind = _question(_("Were they kind?"))
    is_satisfied = _question(_("Are you satisfied?"))
    words = forms.CharField(
        label=_("Anything else?"),
        max_length=_MOST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def judgement(self) -> Judgement:
        """Return the four answers and the words."""
        said = self.cleaned_data
        asked = ("was_contacted", "is_solved", "was_kind", "is_satisfied")
        return Judgement(**{name: said[name] == "yes" for name in asked}, words=said["words"])


class ReasonForm(forms.Form):
    """Why a case is withdrawn or reopened."""

    reason = forms.CharField(
        label=_("Why?"), max_length=_MOST, widget=forms.Textarea(attrs={"rows": 2})
    )


FORMS: dict[str, type[forms.Form]] = {
    "rate": RatingForm,
    "withdraw": ReasonForm,
    "reopen": ReasonForm,
}
_MOVES = {"withdraw": MoveName.WITHDRAW, "reopen": MoveName.REOPEN}


@never_cache
@require_http_methods(["GET", "POST"])
def status(request: HttpRequest, link: str) -> HttpResponse:
    """Show how a case stands; judge its answer, withdraw or reopen it."""
    voice = _found(link)
    asked = request.POST.get("do", "")
    sent = {name: request.POST if name == asked else None for name in FORMS}
    shown = {name: kind(sent[name], auto_id=f"{name}_%s") for name, kind in FORMS.items()}
    if asked in FORMS and shown[asked].is_valid() and _done(request, voice, asked, shown[asked]):
        return HttpResponseRedirect(reverse("web:case", args=[link]))
    voice = _found(link)
    photos = () if voice.follower else photos_for_asker(voice.case)
    repairs = () if voice.follower else asker_repairs(voice.case, clock.now())
    found = {"status": status_for(voice, clock.now()), "photos": photos, "repairs": repairs}
    return render(request, "public/case/status.html", found | shown)


def _found(link: str) -> Any:
    try:
        return voice_with_link(link)
    except LinkUnknownError:
        raise Http404 from None


def _done(request: HttpRequest, voice: Any, asked: str, form: Any) -> bool:
    """Carry out what the asker chose; a refusal is told, and the page shows how it stands now.

    Whose case was merged into another may judge and reopen that one, who follows may judge it.
    """
    if not voice.is_the_askers and (asked == "withdraw" or (voice.follower and asked != "rate")):
        raise Http404
    case = voice.lead
    case.version = whole_number(request.POST.get("version")) or 0
    signed: dict[str, Any] = {"case": case, "by": signer(request), "at": clock.now()}
    try:
        if asked == "rate":
            rate_answer(judgement=form.judgement(), voice=voice, **signed)
        else:
            given = Given(reason=form.cleaned_data["reason"])
            make_move(name=_MOVES[asked], doers={Doer.ASKER}, given=given, **signed)
    except HequanError as error:
        messages.error(request, str(error))
        return True
    messages.success(request, gettext("Thank you. It is noted."))
    return True


@never_cache
@require_GET
def sent(request: HttpRequest, link: str) -> HttpResponse:
    """Say that a report was received: its number, its link, what comes next."""
    found = status_for(_found(link), clock.now())
    address = request.build_absolute_uri(reverse("web:case", args=[link]))
    return render(request, "public/case/sent.html", {"status": found, "address": address})
