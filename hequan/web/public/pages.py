"""Pages that say how things are: about this site, and how accessible it is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from hequan.core import clock
from hequan.planner.profiles import PROFILES, Profile
from hequan.territory.queries import profiles_in_force
from hequan.web.words import PROFILE_WORDS

SOURCE_WORDS = {
    "adult": _("Adults observed in streets, 1.32 ± 0.31 m/s, n = 139; crossings and stairs: ours."),
    "elder": _(
        "Elders living at home, mean 0.82 ± 0.27 m/s (Theory & Practice 29(2), 2013); "
        "crossings and stairs: ours."
    ),
    "frail": _(
        "Frail elders (SPPB 4–7), 0.64 m/s, n = 768 (University of Bath); "
        "crossings and stairs: ours."
    ),
    "child": _("Lower end of 0.9–1.0 m/s in planning practice; crossings and stairs: ours."),
    "wheelchair": _(
        "Lower end of 0.8–1.0 m/s on the flat; no steps, slope at most 1:12 (GB 55019-2021)."
    ),
}


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Say what the figures are, where the speeds come from and what is never done with people."""
    in_force = profiles_in_force(timezone.localdate(clock.now()))
    profiles = [in_force[code] for code in PROFILE_WORDS if code in in_force]
    rows = [(profile, source_words(profile)) for profile in profiles]
    return render(request, "public/about.html", {"profiles": rows})


def source_words(profile: Profile) -> str:
    """Return where a speed comes from: our own rows in the page's language, others as written."""
    ours = PROFILES.get(profile.code)
    if ours is not None and ours.source == profile.source and profile.code in SOURCE_WORDS:
        return str(SOURCE_WORDS[profile.code])
    return profile.source


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say what was done for accessibility, how it was tested and what is missing."""
    return render(request, "public/accessibility.html")
