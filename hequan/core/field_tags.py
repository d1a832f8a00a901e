"""The field tags (字段标签) of core's own tables."""

from django.utils.translation import gettext_lazy as _

from hequan.core.personal import (
    FACT,
    NAME,
    SECRET,
    Basis,
    OnErase,
    Purpose,
    TableTags,
    plain,
    references,
)

_NAME = NAME.of(purpose=Purpose.SIGN_IN, basis=Basis.CONTRACT)
_STAYS = FACT.of(purpose=Purpose.SIGN_IN, basis=Basis.CONTRACT, stays=True)
_WORK = FACT.of(purpose=Purpose.STAFFING, basis=Basis.EMPLOYMENT, stays=True)

TAGS = {
    "core.account": TableTags(
        {
            **plain("id is_active"),
            "username": _NAME.of(blanked="erased-{pk}"),
            "name": _NAME,
            "password": SECRET.of(blanked="!erased"),
            "last_login": FACT.of(purpose=Purpose.SECURITY, basis=Basis.DUTY),
            "created_at": _STAYS,
        },
        subject="account:self",
        on_erase=OnErase.BLANK,
        title=_("Your account"),
    ),
    # The chain of entries stays whole; `record` masks what a name or a phone in them was.
    "core.auditentry": TableTags(
        {**plain("id at verb thing_kind thing_id before after"), **references("by")}
    ),
    "core.calendarday": TableTags(plain("id year day name is_off")),
    "core.calendaryear": TableTags(plain("id year source")),
    "core.grant": TableTags(
        {
            **plain("id organisation source"),
            **references("account"),
            **dict.fromkeys(("capability", "path", "valid_from", "valid_to"), _WORK),
        },
        subject="account:account",
        title=_("What your account may do"),
    ),
    "core.importrun": TableTags(
        {
            **plain("id kind file_name stored_as options digest counts at written_at"),
            **references("by"),
        }
    ),
    "core.job": TableTags(plain("id name payload state attempts next_at leased_until error")),
    "core.rulevalue": TableTags(plain("id code value source version valid_from valid_to")),
    "core.takencount": TableTags(
        {
            **plain("bucket taken ends_at"),
            "mark": SECRET.of(purpose=Purpose.SECURITY, basis=Basis.DUTY, retention=1, stays=True),
        },
        ends="ends_at",
        on_end=OnErase.DELETE,
    ),
    "core.timetablerow": TableTags(plain("id name day enqueued_at")),
    "core.versionstamp": TableTags(plain("name number")),
}
