"""Who takes part in the bench of cases, made in the demo town: run inside the installation.

    DJANGO_SETTINGS_MODULE=hequan.config.settings python -m bench.cases.people COUNT

Prints one JSON object: session cookies of the clerk and the officer, and COUNT places, each with
a matter that one post there answers for and the cookie of whoever holds it.
"""

import contextlib
import json
import sys
from datetime import datetime
from typing import Any

import django


def main(count: int) -> None:
    """Open accounts for the handlers, sign everybody in, print what the load needs."""
    django.setup()
    from hequan.core import clock
    from hequan.core.accounts import Account
    from hequan.core.jobs import run_next

    at = clock.now()
    _type_faster(at)
    places = _places(count, at)
    with contextlib.redirect_stdout(sys.stderr):  # a message to a console is no part of the answer
        while run_next(clock.now()):
            pass
    told = {
        "clerk": _cookie(Account.objects.get(username="clerk")),
        "officer": _cookie(Account.objects.get(username="officer")),
        "places": [
            {"matter": matter, "unit": unit, "handler": _cookie(account)}
            for matter, unit, account in places
        ],
    }
    print(json.dumps(told))


def _type_faster(at: datetime) -> None:
    """Let one clerk stand for a hundred: two forms a second are the most of each."""
    from hequan.core.rule_values import RuleValue

    code, since = "limit.write.account", at.date()
    values = {"value": [1_000_000, 60], "source": "bench", "valid_from": since}
    RuleValue.objects.update_or_create(code=code, valid_to=None, defaults=values)


def _places(count: int, at: datetime) -> list[tuple[str, str, Any]]:
    from hequan.roster.days import day_of
    from hequan.roster.models import Matter
    from hequan.roster.queries import posts_answering_for
    from hequan.roster.queries.matters import catalogue_on
    from hequan.territory.kinds import Level
    from hequan.territory.models import Unit

    codes = [row.code for row in catalogue_on(day_of(at)).asked_for()]
    matters = list(Matter.objects.filter(code__in=codes).order_by("pk"))
    found: list[tuple[str, str, Any]] = []
    for unit in Unit.objects.filter(level=Level.GRID, valid_to=None).order_by("pk"):
        for matter in matters:
            answer = posts_answering_for(matter, unit, at)
            if len(answer.answerable) == 1:
                found.append((matter.code, unit.name, _account_of(answer.answerable[0], at)))
                break
        if len(found) == count:
            return found
    raise RuntimeError(f"only {len(found)} grids have one post that answers")


def _account_of(post: Any, at: datetime) -> Any:
    from hequan.core.accounts import system_account
    from hequan.core.sign_in.changes import open_resident_account
    from hequan.people.actions.persons import tie_account
    from hequan.people.models import Person

    person = Person.objects.get(pk=post.person)
    if person.account is None:
        account = open_resident_account(name=person.name, at=at)
        tie_account(person=person, account=account, by=system_account(), at=at)
        return account
    return person.account


def _cookie(account: Any) -> str:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from hequan.core.sign_in.sessions import SessionStore
    from hequan.web.account.begin import BACKEND
    from hequan.web.account.standing import METHOD

    store = SessionStore()
    store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(account.pk), BACKEND
    store[HASH_SESSION_KEY] = account.get_session_auth_hash()
    store[METHOD] = "code"
    store.save()
    return str(store.session_key)


if __name__ == "__main__":
    main(int(sys.argv[1]))
