"""What every field of the roster says about people (字段标签)."""

from hequan.core.personal import Basis, DataClass, OnErase, TableTags, Tag, plain

_POST = Tag(
    DataClass.GENERAL, "who answers for what in the network", Basis.EMPLOYMENT, 10 * 365, "name"
)
_DUTY = Tag(DataClass.GENERAL, "who is on duty when", Basis.EMPLOYMENT, 3 * 365, "name")
_AWAY = Tag(DataClass.GENERAL, "who stands in on which days", Basis.EMPLOYMENT, 365, "name")
_LEARNING = Tag(
    DataClass.GENERAL, "how somebody new in a post is helped", Basis.EMPLOYMENT, 3 * 365
)
_OFFER = Tag(
    DataClass.GENERAL, "what somebody registered offers her neighbours", Basis.CONSENT, 365
)
# that somebody is a member of an organisation, or came as one
_MEMBER = Tag(DataClass.SENSITIVE, "registration of members at a station", Basis.CONSENT, 365)

TAGS = {
    "roster.post": TableTags(
        fields=plain("id kind title unit station organisation valid_from valid_to end_told_at")
        | {"person": _POST},
        subject="person",
        ends="valid_to",
    ),
    "roster.dutypattern": TableTags(
        fields=plain("id unit station post weekday begins ends valid_from valid_to")
        | {"person": _DUTY},
        subject="person",
        on_erase=OnErase.BLANK,
        ends="valid_to",
    ),
    "roster.dutyslot": TableTags(
        fields=plain("id unit station post starts_at ends_at pattern pattern_day cancelled_at note")
        | {"person": _DUTY, "stands_for": _DUTY},
        subject="person",
        on_erase=OnErase.BLANK,
        ends="ends_at",
        extra_subjects=("stands_for",),
    ),
    "roster.leave": TableTags(
        fields=plain("id") | dict.fromkeys(("person", "stand_in", "first_on", "until_on"), _AWAY),
        subject="person",
        on_erase=OnErase.DELETE,
        ends="until_on",
        extra_subjects=("stand_in",),
    ),
    "roster.dutyfeed": TableTags(
        fields=plain("id made_at") | {"person": _DUTY, "token_hash": _DUTY},
        subject="person",
        on_erase=OnErase.DELETE,
    ),
    "roster.pool": TableTags(fields=plain("id name station begun_on ended_on")),
    "roster.poolmember": TableTags(
        fields=plain("id pool post home valid_from valid_to") | {"person": _POST},
        subject="person",
        ends="valid_to",
    ),
    "roster.mentoring": TableTags(
        fields=plain("id mentor learner begun_on ended_on result")
        | dict.fromkeys(("goals", "result_note"), _LEARNING),
        subject="learner__person",
        on_erase=OnErase.BLANK,
        ends="ended_on",
        extra_subjects=("mentor__person",),
    ),
    "roster.mentoringmeeting": TableTags(
        fields=plain("id mentoring held_on") | {"note": _LEARNING},
        subject="mentoring__learner__person",
        on_erase=OnErase.DELETE,
    ),
    "roster.registration": TableTags(
        fields=plain("id organisation station area by_herself registered_at ended_at")
        | dict.fromkeys(("kind", "person", "home"), _MEMBER)
        | dict.fromkeys(("skills", "free_times", "wishes"), _OFFER),
        subject="person",
        on_erase=OnErase.DELETE,
        ends="ended_at",
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
