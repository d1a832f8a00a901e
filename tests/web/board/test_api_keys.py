"""The page of interface keys: made and shown once, ended, for the system administrator alone."""

import re

from hequan.core.api_keys import ApiKey, api_key_in_use


def test_a_key_is_shown_once_and_can_be_ended(client, world):
    client.force_login(world.sysadmin)
    page = client.post("/board/system/keys/", {"name": "随手报"}).content.decode()
    text = re.search(r"hq_[\w-]+", page)[0]
    assert api_key_in_use(text) is not None

    assert "hq_" not in client.get("/board/system/keys/").content.decode()
    again = client.post("/board/system/keys/", {"name": "随手报"}).content.decode()
    assert ("hq_" not in again, ApiKey.objects.count()) == (True, 1)

    client.post(f"/board/system/keys/{ApiKey.objects.get().pk}/end/")
    assert api_key_in_use(text) is None


def test_nobody_else_makes_one(client, world):
    client.force_login(world.officer)
    assert client.post("/board/system/keys/", {"name": "随手报"}).status_code == 404
