"""A provider's price list and terms (价目表): for its dispatcher, and who is over it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hequan.cases.actions.repair_desk import end_price, price_rows, save_prices, save_provider
from hequan.cases.queries.repairs import earlier_prices, prices_on
from hequan.cases.repair_access import provider_for
from hequan.cases.repair_errors import NoSuchRepairError
from hequan.core import clock
from hequan.core.kinds import Capability
from hequan.web.board.doors import needs
from hequan.web.board.repair_forms import PriceForm, PricesForm, TermsForm
from hequan.web.board.roster_acts import done, signed, today
from hequan.web.numbers import whole_number


@needs(Capability.DISPATCH_REPAIRS, for_organisations=True)
@never_cache
@require_http_methods(["GET", "POST"])
def prices(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a price list with its earlier versions; change it, and how orders are given out."""
    try:
        provider = provider_for(request.user, pk, clock.now())
    except NoSuchRepairError:
        raise Http404 from None
    forms_ = _forms(request, provider)
    if request.method == "POST" and _did(request, provider, forms_):
        return HttpResponseRedirect(reverse("web:board-repair-prices", args=[pk]))
    context = {"provider": provider, "earlier": earlier_prices(provider), **forms_}
    return render(
        request,
        "board/repairs/prices.html",
        context | {"prices": prices_on(provider, today())},
    )


def _forms(request: HttpRequest, provider: Any) -> dict[str, Any]:
    asked = request.POST.get("do", "")
    sent = {name: request.POST if name == asked else None for name in ("item", "rows", "terms")}
    now = {name: getattr(provider, name) for name in ("mode", "cap", "is_open")}
    return {
        "item": PriceForm(sent["item"], auto_id="item_%s"),
        "rows": PricesForm(sent["rows"], auto_id="rows_%s"),
        "terms": TermsForm(sent["terms"], initial=now, auto_id="terms_%s"),
    }


def _did(request: HttpRequest, provider: Any, forms_: dict[str, Any]) -> bool:
    asked = request.POST.get("do", "")
    if asked == "end":
        return _ended(request, provider)
    if asked not in forms_:
        raise Http404
    form, said = forms_[asked], signed(request)

    def act() -> object:
        if asked == "terms":
            body = provider.organisation
            return save_provider(organisation=body, terms=form.terms(), **said)
        rows = [form.row()] if asked == "item" else price_rows(form.cleaned_data["rows"])
        return save_prices(provider=provider, rows=rows, **said)

    return done(request, form, act)


def _ended(request: HttpRequest, provider: Any) -> bool:
    key = whole_number(request.POST.get("price"))
    found = next((one for one in prices_on(provider, today()) if one.pk == key), None)
    if found is not None:
        end_price(item=found, **signed(request))
    return True
