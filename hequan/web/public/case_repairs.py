"""Repairs on the asker's own page (维修确认): agree, refuse, accept, ask for a warranty return.

The link of her case is the key, as for her judgement; who only follows the case answers nothing.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from hequan.cases.actions.repair_returns import return_repair
from hequan.cases.actions.repairs import move_repair
from hequan.cases.errors import CaseError, LacksError
from hequan.cases.repair_access import repair_with_link
from hequan.cases.repairs import RepairMoveName, RepairPart
from hequan.core import clock
from hequan.core.errors import HequanError
from hequan.web.numbers import whole_number
from hequan.web.public.reporting import signer

_MOVES = {
    "agree": RepairMoveName.AGREE,
    "refuse": RepairMoveName.REFUSE,
    "accept": RepairMoveName.ACCEPT,
}
_MOST = 1000


class ReturnForm(forms.Form):
    """What did not hold."""

    words = forms.CharField(label=_("What is wrong again?"), max_length=_MOST)


@never_cache
@require_POST
def answer(request: HttpRequest, link: str, pk: int) -> HttpResponse:
    """Carry out what the asker chose, and show her case as it stands; a refusal is told there."""
    try:
        found = repair_with_link(link, pk)
    except CaseError:
        raise Http404 from None
    try:
        _answered(request, found)
    except HequanError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, gettext("Thank you. It is noted."))
    return HttpResponseRedirect(f"{reverse('web:case', args=[link])}#repairs")


def _answered(request: HttpRequest, found: Any) -> None:
    asked = request.POST.get("do", "")
    said: dict[str, Any] = {"parts": {RepairPart.ASKER}, "by": signer(request), "at": clock.now()}
    if asked == "return":
        form = ReturnForm(request.POST)
        if not form.is_valid():
            raise LacksError(what=gettext("What is wrong again?"))
        return_repair(repair=found, words=form.cleaned_data["words"], **said)
        return
    if asked not in _MOVES:
        raise Http404
    found.version = whole_number(request.POST.get("version")) or 0
    move_repair(repair=found, name=_MOVES[asked], **said)
