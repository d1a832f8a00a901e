"""The system administrator's page (系统运行): jobs, those given up, backups, timetable, disk."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hequan.core import clock
from hequan.core.dead_letters import jobs_in, put_job_aside, run_job_again
from hequan.core.errors import HequanError
from hequan.core.kinds import Capability, JobState
from hequan.core.system_state import system_state
from hequan.web.board.doors import OfficerRequest, needs
from hequan.web.job_words import job_word

LISTED = (JobState.DEAD, JobState.ASIDE, JobState.WAITING, JobState.RUNNING, JobState.DONE)


@needs(Capability.ADMINISTER_SYSTEM)
@require_GET
def system(request: HttpRequest) -> HttpResponse:
    """Show how the installation stands."""
    state = system_state(clock.now())
    nightly = [(job_word(one.name), one) for one in state.nightly]
    dead = state.counts[JobState.DEAD]
    context = {"state": state, "nightly": nightly, "dead": dead, "counts": state.counts.items()}
    return render(request, "board/system/system.html", context)


@needs(Capability.ADMINISTER_SYSTEM)
@require_GET
def jobs(request: HttpRequest) -> HttpResponse:
    """List the newest jobs in a state, those given up first."""
    asked = request.GET.get("state", "")
    shown = JobState(asked) if asked in set(JobState) else JobState.DEAD
    rows = [(job_word(one.name), one) for one in jobs_in(shown)]
    context = {"rows": rows, "shown": shown, "states": LISTED}
    return render(request, "board/system/jobs.html", context)


@needs(Capability.ADMINISTER_SYSTEM)
@require_POST
def run_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a job that was given up all its attempts again."""
    return _deal(request, pk, run_job_again, _("The job will be run again in a moment."))


@needs(Capability.ADMINISTER_SYSTEM)
@require_POST
def put_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a job that was given up off the list."""
    return _deal(request, pk, put_job_aside, _("Put aside: it will not be run."))


def _deal(request: HttpRequest, pk: int, act: Callable[..., Any], done: str) -> HttpResponse:
    try:
        act(job=pk, by=cast(OfficerRequest, request).user, at=clock.now())
    except HequanError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect("web:board-jobs")
