"""Every operation of our descriptions is called with what it allows and with what it forbids."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
calmly = settings(
    max_examples=8,
    derandomize=True,  # the same calls every time
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(autouse=True)
def _one_connection():
    """Answer from inside the test's transaction, as Django's own client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def call_all(address):
    """Call every operation of the description at this address, the same calls every time."""
    schema = schemathesis.openapi.from_wsgi(address, get_wsgi_application())
    operations = [found.ok() for found in schema.get_all_operations()]
    for operation in operations:

        @calmly
        @given(case=operation.as_strategy())
        def call(case):
            case.call_and_validate(checks=CHECKS)

        call()
    return len(operations)


def test_our_own_interface_answers_as_it_says(town):
    assert call_all("/api/openapi.json") > 5


def test_the_service_directory_answers_as_it_says(town):
    assert call_all("/hsds/openapi.json") > 5


def test_the_feature_collections_answer_as_they_say(town):
    assert call_all("/ogc/api") > 5
