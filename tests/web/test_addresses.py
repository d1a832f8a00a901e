"""Where a request comes from, behind the fronts one trusts and behind none."""

import pytest
from django.test import RequestFactory

from hequan.web.addresses import client_address, is_this_machine


def asked(address, forwarded=None):
    headers = {"REMOTE_ADDR": address}
    if forwarded is not None:
        headers["HTTP_X_FORWARDED_FOR"] = forwarded
    return client_address(RequestFactory().get("/", **headers))


def test_without_a_front_nobody_is_believed(settings):
    settings.TRUSTED_PROXIES = []

    assert asked("203.0.113.9", "198.51.100.1") == "203.0.113.9"


@pytest.mark.parametrize(
    ("forwarded", "found"),
    [
        ("198.51.100.1", "198.51.100.1"),
        ("6.6.6.6, 198.51.100.1", "198.51.100.1"),  # what the asker wrote stands to the left
        ("6.6.6.6, 198.51.100.1, 10.0.0.2", "198.51.100.1"),  # two fronts of ours
        ("10.0.0.9", "10.0.0.9"),
        ("nonsense", "10.0.0.1"),
        ("", "10.0.0.1"),
        ("6.6.6.6, nonsense, 10.0.0.2", "10.0.0.2"),
    ],
)
def test_a_front_is_believed_as_far_as_it_saw(settings, forwarded, found):
    settings.TRUSTED_PROXIES = ["10.0.0.0/8"]

    assert asked("10.0.0.1", forwarded) == found


def test_one_home_has_one_network_of_new_addresses(settings):
    settings.TRUSTED_PROXIES = []

    assert asked("2001:db8:1:2:aaaa::1") == asked("2001:db8:1:2:bbbb::2") == "2001:db8:1:2::/64"
    assert asked("::ffff:203.0.113.9") == "203.0.113.9"
    assert asked("") == "unknown"


def test_this_machine_knows_itself(settings):
    settings.TRUSTED_PROXIES = []

    assert is_this_machine(asked("127.0.0.1"))
    assert is_this_machine(asked("::1"))
    assert not is_this_machine(asked("128.0.0.1"))
