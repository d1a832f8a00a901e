"""The service catalogue (服务项目): search, categories, how a service is had; a page for each."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hequan.core import clock
from hequan.stations.errors import ServiceNotFoundError
from hequan.stations.kinds import ServiceCategory, ServiceMode
from hequan.stations.queries import service_page, services_catalogue
from hequan.web.numbers import whole_number
from hequan.web.public.fifteen import answer_to
from hequan.web.public.question import read_question
from hequan.web.words import choices

PER_PAGE = 40


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """List services by words, category and mode, page by page."""
    asked = {
        "words": request.GET.get("words", "").strip()[:80],
        "category": request.GET.get("category", ""),
        "mode": request.GET.get("mode", ""),
    }
    page = request.GET.get("page", "1")
    number = whole_number(page) or 1
    found = services_catalogue(**asked, page=max(1, number), per_page=PER_PAGE)
    context = {
        "found": found,
        "asked": asked,
        "categories": [
            (value, word, found.by_category.get(value, 0))
            for value, word in choices(ServiceCategory)
        ],
        "modes": choices(ServiceMode),
    }
    return render(request, "public/services.html", context)


@require_safe
def service(request: HttpRequest, code: str) -> HttpResponse:
    """Show one service and who offers it, nearest first where the place is known."""
    at = clock.now()
    try:
        page = service_page(code, at)
    except ServiceNotFoundError as error:
        raise Http404(str(error)) from None
    answer = answer_to(read_question(request.GET, at))
    walk = {reach.station.pk: reach for reach in answer.found.reaches} if answer.found else {}
    offers = [(offer, walk.get(offer.station.pk)) for offer in page.offers]
    offers.sort(key=lambda pair: (pair[1].seconds if pair[1] else 1e9, not pair[0].open.is_open))
    context = {"page": page, "service": page.service, "offers": offers, "answer": answer}
    return render(request, "public/service.html", context)
