"""Pages that say how things are: about this site, and how accessible it is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from hequan.core import clock
from hequan.territory.queries import profiles_in_force
from hequan.web.words import PROFILE_WORDS


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Say what the figures are, where the speeds come from and what is never done with people."""
    in_force = profiles_in_force(timezone.localdate(clock.now()))
    profiles = [in_force[code] for code in PROFILE_WORDS if code in in_force]
    return render(request, "public/about.html", {"profiles": profiles})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say what was done for accessibility, how it was tested and what is missing."""
    return render(request, "public/accessibility.html")
