"""How often a case asks the database: opened, accepted, answered, looked for. Pinned, not timed."""

import itertools
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

pytestmark = [pytest.mark.django_db, pytest.mark.once]
MOST = (42, 17, 19, 10)  # opening with routing and news, accepting, answering, a queue
keys = itertools.count()


@pytest.fixture
def at_desk(desk):
    """A browser of each: who takes in and looks, and who handles."""
    clerk, handler = Client(), Client()
    clerk.force_login(desk.dispatcher)
    handler.force_login(desk.handler)
    return clerk, handler, desk.town.grids[0].name


def asked(client, path, form=None):
    """Send a form, or open a page; return the answer and how many statements it took."""
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(path) if form is None else client.post(path, form)
    assert answer.status_code == (200 if form is None else 302), answer.content.decode()
    return answer, len(seen)


def lived(clerk, handler, place):
    """Let one case live; return the statements of each step."""
    form = {"matter": "52999", "place": place, "words": "垃圾没人收", "channel": "counter"}
    form |= {"looked": "1", "form_key": f"key-{next(keys)}"}
    opened, first = asked(clerk, "/board/cases/new/", form)
    visit = clerk.get(opened["Location"]).content.decode()
    page = re.search(r"/board/cases/\d+/", visit)[0]
    _, second = asked(handler, page, {"move": "accept", "version": 0})
    answer = {"move": "answer", "version": 1, "result": "solved", "answer": "已清运"}
    _, third = asked(handler, page, answer)
    _, fourth = asked(clerk, "/board/cases/?queue=to_check")
    return [first, second, third, fourth]


def test_a_lifecycle_takes_so_many_statements_and_no_more(at_desk):
    lived(*at_desk)  # what is kept is kept from now on
    steps = lived(*at_desk)

    assert [n <= most for n, most in zip(steps, MOST, strict=True)] == [True] * 4, steps
