"""All matters of one visit without an account (本次办理): each with the link to its own status."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from hequan.cases.access import basket_with_link
from hequan.cases.errors import LinkUnknownError
from hequan.cases.queries import basket_sheet
from hequan.core import clock


@never_cache
@require_GET
def basket(request: HttpRequest, link: str) -> HttpResponse:
    """Show how the matters of a visit stand; the link is the key, as with a single case."""
    try:
        found = basket_with_link(link)
    except LinkUnknownError:
        raise Http404 from None
    return render(request, "public/case/basket.html", {"visit": basket_sheet(found, clock.now())})
