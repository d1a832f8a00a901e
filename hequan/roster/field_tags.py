"""What every field of the roster says about people (字段标签)."""

from django.utils.translation import gettext_lazy as _

from hequan.core.personal import (
    FACT,
    SECRET,
    TEXT,
    Basis,
    DataClass,
    OnErase,
    Purpose,
    TableTags,
    plain,
    references,
)

_YEAR = 365
_WORK = FACT.of(purpose=Purpose.STAFFING, basis=Basis.EMPLOYMENT)
_STAYS = _WORK.of(stays=True)
_NOTE = TEXT.of(purpose=Purpose.STAFFING, basis=Basis.EMPLOYMENT)
_OFFER = FACT.of(basis=Basis.CONSENT, retention=_YEAR)
# that somebody is a member of an organisation, or came as one
_MEMBER = _OFFER.of(data_class=DataClass.SENSITIVE)

TAGS = {
    "roster.post": TableTags(
        {
            **plain("id unit station organisation end_told_at"),
            **references("person"),
            **dict.fromkeys(("kind", "title", "valid_from", "valid_to"), _STAYS),
        },
        subject="person",
        title=_("Posts you hold or held"),
    ),
    "roster.dutypattern": TableTags(
        {
            **plain("id unit station post"),
            **references("person"),
            **dict.fromkeys(("weekday", "begins", "ends", "valid_from"), _STAYS),
            "valid_to": _STAYS.of(retention=3 * _YEAR),
        },
        subject="person",
        ends="valid_to",
        on_end=OnErase.DELETE,
        title=_("Your duty by the week"),
    ),
    "roster.dutyslot": TableTags(
        {
            **plain("id unit station post pattern pattern_day cancelled_at"),
            **references("person stands_for"),
            "starts_at": _STAYS,
            "ends_at": _STAYS.of(retention=3 * _YEAR),
            "note": _NOTE,
        },
        subject="person",
        extra_subjects=("stands_for",),
        on_erase=OnErase.BLANK,
        ends="ends_at",
        on_end=OnErase.DELETE,
        title=_("Your duty by the day"),
    ),
    "roster.leave": TableTags(
        {
            **plain("id"),
            **references("person stand_in"),
            "first_on": _WORK,
            "until_on": _WORK.of(retention=_YEAR),
        },
        subject="person",
        extra_subjects=("stand_in",),
        on_erase=OnErase.DELETE,
        ends="until_on",
        title=_("Days you were away, or stood in"),
    ),
    "roster.dutyfeed": TableTags(
        {**plain("id"), **references("person"), "token_hash": SECRET, "made_at": _WORK},
        subject="person",
        on_erase=OnErase.DELETE,
        title=_("The address of your duty calendar"),
    ),
    "roster.pool": TableTags(plain("id name station begun_on ended_on")),
    "roster.poolmember": TableTags(
        {
            **plain("id pool post home"),
            **references("person"),
            **dict.fromkeys(("valid_from", "valid_to"), _STAYS),
        },
        subject="person",
        title=_("Staff pools you belong to"),
    ),
    "roster.mentoring": TableTags(
        {
            **plain("id mentor learner result"),
            "begun_on": _STAYS,
            "ended_on": _STAYS,
            **dict.fromkeys(("goals", "result_note"), _NOTE.of(retention=3 * _YEAR)),
        },
        subject="learner__person",
        extra_subjects=("mentor__person",),
        on_erase=OnErase.BLANK,
        ends="ended_on",
        title=_("Mentoring"),
    ),
    "roster.mentoringmeeting": TableTags(
        {
            **plain("id mentoring"),
            "held_on": _WORK.of(retention=3 * _YEAR),
            "note": _NOTE,
        },
        subject="mentoring__learner__person",
        on_erase=OnErase.DELETE,
        ends="held_on",
        title=_("What was talked about in mentoring"),
    ),
    "roster.registration": TableTags(
        {
            **plain("id organisation station area by_herself"),
            **references("person"),
            **dict.fromkeys(("kind", "home"), _MEMBER),
            **dict.fromkeys(
                ("skills", "free_times", "wishes", "registered_at", "ended_at"), _OFFER
            ),
        },
        subject="person",
        on_erase=OnErase.DELETE,
        ends="ended_at",
        title=_("Where you registered to help"),
    ),
    "roster.unitfeedback": TableTags(
        fields=plain("id organisation station first_on until_on members text sent_at")
    ),
    "roster.matter": TableTags(fields=plain("id code parent local_code")),
    "roster.matterversion": TableTags(
        fields=plain("id matter name name_en description place_kinds valid_from valid_to")
    ),
    "roster.responsibilitylist": TableTags(
        fields=plain("id unit version title state source valid_from valid_to")
        | plain("published_at fingerprint")
    ),
    "roster.responsibilityitem": TableTags(fields=plain("id sheet number text place_kinds")),
    "roster.responsibilityitem_matters": TableTags(fields=plain("id responsibilityitem matter")),
    "roster.responsibilityparty": TableTags(
        fields=plain("id sheet position name resolves_by post_kind level")
        | plain("organisation_kind organisation")
    ),
    "roster.itemparty": TableTags(fields=plain("id item party role")),
    "roster.servicearea": TableTags(fields=plain("id organisation unit valid_from valid_to")),
}
