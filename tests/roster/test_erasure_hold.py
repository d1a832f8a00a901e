"""Somebody in a post is not erased before she has handed it over."""

from datetime import timedelta

import pytest

from hequan.people.actions import erase_person
from hequan.people.protection_errors import ErasureHeldError
from hequan.roster.kinds import PostKind
from hequan.roster.models import Post
from tests.world import AT


@pytest.mark.django_db
def test_a_post_holds_an_erasure_back_until_it_has_ended(world):
    person = world.cast.sun_mei
    post = Post.objects.create(
        kind=PostKind.GRID_HEAD,
        title="网格长",
        person=person,
        unit=world.grids[0],
        valid_from=AT.date() - timedelta(days=30),
    )

    with pytest.raises(ErasureHeldError, match=r"1 "):
        erase_person(person=person, by=world.officer, at=AT)
    Post.objects.filter(pk=post.pk).update(valid_to=AT.date())
    erase_person(person=person, by=world.officer, at=AT)

    person.refresh_from_db()
    assert person.erased_at == AT
