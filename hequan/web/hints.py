"""What a report looks like (看起来像), while it is written: suggestions, each with its words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from hequan.cases.queries import ClassHint, class_hints
from hequan.core import clock


@never_cache
@require_POST
def hints(request: HttpRequest) -> HttpResponse:
    """Return the part with the suggestions; it is sent, so that no log on the way keeps words."""
    return render(request, "parts/_class_hints.html", {"hints": hints_for(request)})


def hints_for(request: HttpRequest) -> tuple[ClassHint, ...]:
    """Return what the words that were sent look like; nothing once a matter is chosen."""
    if request.POST.get("matter", "").strip():
        return ()
    return class_hints(request.POST.get("words", ""), clock.now())
