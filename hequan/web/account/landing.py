"""Where somebody lands after signing in (落地页): her first place of the board, or her inbox."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from hequan.core import clock
from hequan.core.grants import capabilities_of
from hequan.web.board.places import first_address


@login_required
def landing(request: HttpRequest) -> HttpResponse:
    """Send on to the first place that is open to whoever has signed in."""
    held = capabilities_of(request.user, clock.now())
    return HttpResponseRedirect(first_address(held) or reverse("web:my-messages"))
