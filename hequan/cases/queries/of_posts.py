"""What is open of a post (岗位未办): its cases, the help asked of it, the repairs it is out on."""

from hequan.cases.helping import OPEN_HELP
from hequan.cases.kinds import OPEN_STATES
from hequan.cases.models import Case, HelpTask, Repair
from hequan.cases.repairs import WITH_WORKER


def open_cases_of(post_pk: int) -> int:
    """Return how many open cases are with the post."""
    return Case.objects.filter(post=post_pk, state__in=OPEN_STATES).count()


def open_help_of_post(post_pk: int) -> int:
    """Return how many open tasks of help were asked of the post."""
    return HelpTask.objects.filter(post=post_pk, state__in=OPEN_HELP).count()


def open_repairs_of_post(post_pk: int) -> int:
    """Return how many repair orders are with the post."""
    return Repair.objects.filter(worker=post_pk, state__in=WITH_WORKER).count()
