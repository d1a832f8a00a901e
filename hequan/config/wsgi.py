"""The WSGI application that `hequan serve` hands to the web server, warm before its first page."""

import logging
import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

from hequan.cli.lifeline import die_with_parent
from hequan.cli.starting import collecting_later

if os.environ.get("HEQUAN_LIFELINE"):  # set by hequan serve
    die_with_parent()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hequan.config.settings")


def _warm() -> None:
    """Load the compiled kernels, the street network and the station directory into this process."""
    from django.db import DatabaseError, connections

    from hequan.core.clock import now
    from hequan.planner.warm import warm
    from hequan.stations.fifteen import warm_answers

    warm()
    try:
        warm_answers(now())
    except DatabaseError:
        logging.getLogger(__name__).warning("the database is not there yet; pages load it later")
    finally:
        connections.close_all()


with collecting_later():
    application = get_wsgi_application()
    import_module("hequan.config.urls")  # else with the first page
    _warm()
