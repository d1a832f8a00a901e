"""The field tags (字段标签) of people and organisations."""

from django.utils.translation import gettext_lazy as _

from hequan.core.personal import (
    ADDRESS,
    BIRTH,
    FACT,
    MAIL,
    NAME,
    PHONE,
    SECRET,
    TEXT,
    OnErase,
    Purpose,
    TableTags,
    plain,
    references,
)

_FOUND_BY = SECRET.of(purpose=Purpose.IDENTIFY)

TAGS = {
    "people.organisation": TableTags(
        plain("id name kind credit_code unit address phone lon lat is_new_field closed_on")
    ),
    "people.person": TableTags(
        {
            **plain("id erased_at"),
            **references("merged_into account"),
            "name": NAME,
            "initials": _FOUND_BY,
            "pinyin": _FOUND_BY,
            "phone": PHONE,
            "phone_match": _FOUND_BY,
            "phone_tail": _FOUND_BY,
            "born_on": BIRTH,
            "unit": FACT,
            "address": ADDRESS,
            "registered_at": FACT.of(stays=True),
        },
        subject="self",
        on_erase=OnErase.BLANK,
        title=_("Who you are"),
    ),
    "people.templatetext": TableTags(
        plain("id template language version subject body written_at") | references("written_by")
    ),
    "people.message": TableTags(
        {
            **plain("id template version language is_urgent"),
            **references("person organisation"),
            "subject": TEXT.of(purpose=Purpose.CONTACT, retention=365),
            "body": TEXT.of(purpose=Purpose.CONTACT, retention=365),
            "link": FACT.of(purpose=Purpose.CONTACT, retention=365),
            "created_at": FACT.of(purpose=Purpose.CONTACT, retention=365),
            "read_at": FACT.of(purpose=Purpose.CONTACT, retention=365),
        },
        subject="person",
        on_erase=OnErase.DELETE,
        ends="created_at",
        title=_("Messages you got"),
    ),
    "people.delivery": TableTags(
        {
            **plain("id reason in_digest attempts given_id"),
            **references("message"),
            "channel": FACT.of(purpose=Purpose.CONTACT),
            "state": FACT.of(purpose=Purpose.CONTACT),
            "due_at": FACT.of(purpose=Purpose.CONTACT),
            "sent_at": FACT.of(purpose=Purpose.CONTACT),
        },
        subject="message__person",
        on_erase=OnErase.DELETE,
        title=_("How messages were sent to you"),
    ),
    "people.deliverychoice": TableTags(
        {
            **plain("id"),
            **references("person organisation"),
            "language": FACT.of(purpose=Purpose.CONTACT),
            "quiet_from": FACT.of(purpose=Purpose.CONTACT),
            "quiet_to": FACT.of(purpose=Purpose.CONTACT),
            "digest_at": FACT.of(purpose=Purpose.CONTACT),
        },
        subject="person",
        on_erase=OnErase.DELETE,
        title=_("How you want to be told"),
    ),
    "people.deliveryaddress": TableTags(
        {
            **plain("id"),
            **references("choice"),
            "channel": FACT.of(purpose=Purpose.CONTACT),
            "is_on": FACT.of(purpose=Purpose.CONTACT),
            "address": MAIL,
        },
        subject="choice__person",
        on_erase=OnErase.DELETE,
        title=_("Where messages are sent"),
    ),
}
