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
            **plain("id is_active is_demo must_change_password"),
            "username": _NAME.of(blanked="erased-{pk}"),
            "name": _NAME,
            "password": SECRET.of(blanked="!erased"),
            "last_login": FACT.of(purpose=Purpose.SECURITY, basis=Basis.DUTY),
            "created_at": _STAYS,
            "password_set_at": _STAYS,
            "failures": FACT.of(purpose=Purpose.SECURITY, basis=Basis.DUTY, stays=True),
            "locked_until": FACT.of(purpose=Purpose.SECURITY, basis=Basis.DUTY, stays=True),
        },
        subject="account:self",
        on_erase=OnErase.BLANK,
        title=_("Your account"),
    ),
    "core.apikey": TableTags(
        {
            **plain("id name made_at ended_at"),
            **references("account"),
            "mark": SECRET.of(purpose=Purpose.SECURITY, basis=Basis.DUTY, stays=True),
            "digest": SECRET.of(purpose=Purpose.SECURITY, basis=Basis.DUTY, stays=True),
        }
    ),
    # The chain of entries stays whole; `record` masks what a name or a phone in them was.
    "core.auditcheck": TableTags(plain("id at since entries seconds faults")),
    "core.auditdigest": TableTags(plain("id day sealed_at lanes previous value key_id mac")),
    "core.auditentry": TableTags(
        {
            **plain("id at verb thing_kind thing_id before after lane number key_id mac"),
            **references("by on_behalf_of"),
        }
    ),
    "core.auditlane": TableTags(plain("id number head")),
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
    "core.backup": TableTags(
        plain("id at file_name seconds size rows files encrypted verified error")
    ),
    "core.job": TableTags(
        plain("id name payload state attempts next_at leased_until leased_by ended_at error")
    ),
    "core.oldpassword": TableTags(
        {
            **plain("id"),
            **references("account"),
            "password": SECRET,
            "set_at": _STAYS,
        },
        subject="account:account",
        on_erase=OnErase.DELETE,
        title=_("Passwords you had before"),
    ),
    "core.roleproposal": TableTags(
        {
            **plain("id is_end is_accepted"),
            **references("account proposed_by decided_by"),
            **dict.fromkeys(("capability", "proposed_at", "decided_at"), _WORK),
        },
        subject="account:account",
        title=_("Administrator's roles proposed to you"),
    ),
    "core.session": TableTags(
        {
            **plain("session_key idle_seconds"),
            **references("account"),
            "session_data": SECRET,
            "agent": FACT.of(purpose=Purpose.SECURITY, basis=Basis.DUTY, retention=1),
            "begun_at": FACT.of(purpose=Purpose.SECURITY, basis=Basis.DUTY, retention=1),
            "seen_at": FACT.of(purpose=Purpose.SECURITY, basis=Basis.DUTY, retention=1),
            **plain("expire_date"),
        },
        subject="account:account",
        on_erase=OnErase.DELETE,
        ends="expire_date",
        title=_("Where you are signed in"),
    ),
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
    "core.worker": TableTags(plain("name host started_at seen_at")),
    "core.versionstamp": TableTags(plain("name number")),
}
