"""The one door to organisations: which an account may act on, by its grants and nothing else."""

from datetime import datetime

from hequan.core.grants import EVERYWHERE, paths_granted
from hequan.core.kinds import Capability
from hequan.people.errors import NoSuchOrganisationError
from hequan.people.models import Organisation


def organisation_for(user: object, pk: int, at: datetime, capability: Capability) -> Organisation:
    """Return an organisation in a part where the account holds the capability.

    One that belongs to no unit takes a grant for everywhere. NoSuchOrganisationError for one the
    account may not act on and for none at all.
    """
    found = Organisation.objects.select_related("unit").filter(pk=pk).first()
    parts = paths_granted(user, capability, at) if found else ()
    path = found.unit.path if found and found.unit else EVERYWHERE
    if found is None or not any(path.startswith(part) for part in parts):
        raise NoSuchOrganisationError
    return found
