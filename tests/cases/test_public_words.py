"""Words everybody may read: by the dispatcher's hand alone, and never of a confidential case."""

import pytest

from hequan.cases.actions import release_words
from hequan.cases.errors import ConfidentialError
from hequan.cases.models import PublicWords
from hequan.core.audit import AuditEntry
from tests.world import AT


def test_released_words_may_be_changed_and_taken_back(desk):
    case, signed = desk.opened(), {"by": desk.dispatcher, "at": AT}
    release_words(case=case, words="垃圾没收", **signed)
    release_words(case=case, words="垃圾没收", **signed)
    assert PublicWords.objects.get(case=case).words == "垃圾没收"

    release_words(case=case, words=" ", **signed)
    assert not PublicWords.objects.exists()
    told = AuditEntry.objects.filter(verb__startswith="cases.words").order_by("pk")
    assert [one.verb for one in told] == ["cases.words_released", "cases.words_withheld"]


def test_nothing_of_a_confidential_case_is_released(desk):
    case = desk.opened(is_confidential=True)

    with pytest.raises(ConfidentialError):
        release_words(case=case, words="有人举报", by=desk.dispatcher, at=AT)


def test_the_page_offers_the_words_without_numbers_to_the_dispatcher_alone(client, desk):
    case = desk.opened(words="垃圾没收，电话13800138000")
    address = f"/board/cases/{case.pk}/"
    client.force_login(desk.handler)
    assert 'name="words"' not in client.get(address).content.decode()
    assert client.post(f"{address}words/", {"words": "x"}).status_code == 404

    client.force_login(desk.dispatcher)
    assert "垃圾没收，电话***" in client.get(address).content.decode()
    client.post(f"{address}words/", {"words": "楼下垃圾没收"})
    assert PublicWords.objects.get(case=case).words == "楼下垃圾没收"
