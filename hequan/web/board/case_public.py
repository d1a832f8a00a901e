"""What everybody may read of a case (公开内容): written on its page by the dispatcher."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from hequan.cases.access import case_for, doers_of
from hequan.cases.actions import release_words
from hequan.cases.asking import WORDS_LENGTH
from hequan.cases.errors import NoSuchCaseError
from hequan.cases.moves import Doer
from hequan.cases.queries import words_for_everybody
from hequan.core import clock
from hequan.core.errors import HequanError
from hequan.core.kinds import Capability
from hequan.web.board.doors import needs
from hequan.web.board.roster_acts import signed


class PublicWordsForm(forms.Form):
    """The words, without what tells who asked."""

    words = forms.CharField(
        label=_("What everybody may read of it"),
        required=False,
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Leave out names, numbers, doors and plates. Blank: class and place only."),
    )


def public_form(case: Any) -> PublicWordsForm:
    """Return the form with what is released, or what the asker said without its numbers."""
    return PublicWordsForm(initial={"words": words_for_everybody(case)}, auto_id="public_%s")


@needs(Capability.SEE_CASES, for_organisations=True)
@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Let everybody read these words, or none any longer: for the dispatcher."""
    try:
        case = case_for(request.user, pk, clock.now())
    except NoSuchCaseError:
        raise Http404 from None
    if Doer.DISPATCHER not in doers_of(request.user, case, clock.now()):
        raise Http404
    form = PublicWordsForm(request.POST)
    words = form.cleaned_data["words"] if form.is_valid() else request.POST.get("words", "")
    try:
        release_words(case=case, words=words.replace("\0", ""), **signed(request))
    except HequanError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, gettext("Saved."))
    return HttpResponseRedirect(reverse("web:board-case", args=[pk]))
