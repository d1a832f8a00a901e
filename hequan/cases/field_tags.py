"""What every field of the one window says about people (字段标签)."""

from django.utils.translation import gettext_lazy as _

from hequan.core.personal import (
    ADDRESS,
    FACT,
    NAME,
    PHONE,
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
_KEPT = 5 * _YEAR  # a closed case, as the town's files are kept; its counts stay
_STAYS = FACT.of(stays=True)
# of a dispute: told to the parties, kept as long as a case
_SAID = TEXT.of(data_class=DataClass.SENSITIVE, retention=_KEPT)
_NOT_TOLD = _SAID.of(shown=False)  # what the other side said in confidence

TAGS = {
    "cases.case": TableTags(
        {
            **plain(
                "id form_key version channel triage_reason matter unit organisation post routing "
                "is_supervised due_at contact_due_at accept_due_at solve_due_at verify_due_at "
                "accepted_at paused_at sent_back_times reopened_times ground "
                "lead merged_at merged_from merged_reason split_from"
            ),
            **references("asker first_responder answered_by"),
            **dict.fromkeys(
                (
                    *("number", "state", "is_confidential", "opened_at", "contacted_at"),
                    *("answered_at", "published_at", "result", "happened_on"),
                ),
                _STAYS,
            ),
            "closed_at": _STAYS.of(retention=_KEPT),
            "link": SECRET.of(stays=True),
            "words": TEXT.of(retention=_KEPT),
            "answer": TEXT.of(retention=_KEPT),
            "place_words": ADDRESS.of(retention=_KEPT),
            "lon": ADDRESS.of(retention=_KEPT),
            "lat": ADDRESS.of(retention=_KEPT),
            "contact_name": NAME.of(retention=_KEPT),
            "contact_phone": PHONE.of(retention=_KEPT),
        },
        subject="asker",
        on_erase=OnErase.BLANK,
        ends="closed_at",
        on_end=OnErase.BLANK,
        title=_("What you asked for"),
    ),
    "cases.casephoto": TableTags(
        {
            **plain("id case step width height masks"),
            **references("added_by"),
            # what it shows may be anything: somebody's door, somebody's child
            "stored_as": SECRET.of(
                purpose=Purpose.SERVICE, basis=Basis.PUBLIC_SERVICE, retention=_KEPT
            ),
            "masked_as": SECRET.of(
                purpose=Purpose.SERVICE, basis=Basis.PUBLIC_SERVICE, retention=_KEPT
            ),
            **dict.fromkeys(("kind", "added_at", "size", "is_released"), FACT.of(retention=_KEPT)),
        },
        subject="case__asker",
        on_erase=OnErase.DELETE,  # with its file: models.photos, apps
        ends="case__closed_at",
        title=_("Photos of it"),
    ),
    "cases.casestep": TableTags(
        {
            **plain(
                "id case move from_state to_state post organisation is_public words_are_public "
                "unit matter round sent_back_times contact_due_at accept_due_at accepted_at "
                "solve_due_at paused_at"
            ),
            **references("by"),
            **dict.fromkeys(("at", "contacted_at", "answered_at", "result"), _STAYS),
            "words": TEXT,
        },
        subject="case__asker",
        on_erase=OnErase.BLANK,
        title=_("What was done about it"),
    ),
    "cases.rating": TableTags(
        {
            **plain("id case round"),
            **dict.fromkeys(
                ("was_contacted", "is_solved", "was_kind", "is_satisfied", "rated_at"), _STAYS
            ),
            "words": TEXT,
        },
        subject="case__asker",
        on_erase=OnErase.BLANK,
        title=_("How you judged it"),
    ),
    "cases.follower": TableTags(
        {
            **plain("id case form_key"),
            **references("person"),
            **dict.fromkeys(("since", "is_confidential"), _STAYS),
            "link": SECRET.of(stays=True),
            "words": TEXT.of(retention=_KEPT),
            "contact_name": NAME.of(retention=_KEPT),
            "contact_phone": PHONE.of(retention=_KEPT),
        },
        subject="person",
        on_erase=OnErase.BLANK,
        ends="case__closed_at",
        on_end=OnErase.BLANK,
        title=_("Cases that you follow"),
    ),
    "cases.jointrating": TableTags(
        {
            **plain("id case follower merged round"),
            **dict.fromkeys(
                ("was_contacted", "is_solved", "was_kind", "is_satisfied", "rated_at"), _STAYS
            ),
            "words": TEXT,
        },
        subject="follower__person",
        extra_subjects=("merged__asker",),
        on_erase=OnErase.BLANK,
        title=_("How you judged cases of the same matter"),
    ),
    "cases.casesource": TableTags(
        {
            **plain("id case source due_at"),
            "number": _STAYS,
        },
        subject="case__asker",
        title=_("Its number elsewhere"),
    ),
    "cases.basket": TableTags(
        {
            **plain("id"),
            **references("asker taken_by"),
            "opened_at": _STAYS,
            "link": SECRET.of(stays=True),
        },
        subject="asker",
        title=_("What you came with at once"),
    ),
    "cases.basketentry": TableTags(plain("id basket case follower")),
    "cases.publicwords": TableTags(
        {
            **plain("id case"),
            **references("by"),
            "at": _STAYS,
            "words": TEXT,
        },
        subject="case__asker",
        on_erase=OnErase.BLANK,
        title=_("What everybody may read of it"),
    ),
    "cases.helptask": TableTags(
        {
            **plain(
                "id case post organisation version limit due_at taken_on_at state asked_at ended_at"
            ),
            **references("asked_by"),
            "words": TEXT.of(retention=_KEPT),
            "said": TEXT.of(retention=_KEPT),
        },
        subject="case__asker",
        on_erase=OnErase.BLANK,
        ends="case__closed_at",
        on_end=OnErase.BLANK,
        title=_("Whose help was asked with it"),
    ),
    "cases.sitevisit": TableTags(
        {
            **plain("id case state starts_at set_at ended_at"),
            **references("set_by"),
            "place_words": ADDRESS.of(retention=_KEPT),
            "words": TEXT.of(retention=_KEPT),
            "outcome": TEXT.of(retention=_KEPT),
        },
        subject="case__asker",
        on_erase=OnErase.BLANK,
        ends="case__closed_at",
        on_end=OnErase.BLANK,
        title=_("Visits to the place"),
    ),
    "cases.visitguest": TableTags(plain("id visit task")),
    "cases.workitem": TableTags(
        {
            **plain("id case task counted_in asked done version counted_at"),
            **references("counted_by"),
            "what": TEXT.of(retention=_KEPT),
        },
        subject="case__asker",
        on_erase=OnErase.BLANK,
        ends="case__closed_at",
        on_end=OnErase.BLANK,
        title=_("Works listed for it"),
    ),
    "cases.provider": TableTags(plain("id organisation mode cap is_open")),
    "cases.priceitem": TableTags(
        plain("id provider what unit price warranty_days valid_from valid_to")
    ),
    "cases.repair": TableTags(
        {
            **plain(
                "id number case provider return_of worker version taken_at state opened_at done_at "
                "ended_at"
            ),
            **references("opened_by"),
            "words": TEXT.of(retention=_KEPT),
            "said": TEXT.of(retention=_KEPT),
        },
        subject="case__asker",
        on_erase=OnErase.BLANK,
        ends="case__closed_at",
        on_end=OnErase.BLANK,
        title=_("Repairs ordered for it"),
    ),
    "cases.repairstep": TableTags(plain("id repair step")),
    "cases.quote": TableTags(
        {
            **plain("id repair is_agreed basis answered_at made_at"),
            **references("made_by answered_by"),
            "total": _STAYS,
        },
        subject="repair__case__asker",
        on_erase=OnErase.KEEP,
        title=_("What repairs were quoted at"),
    ),
    "cases.quoteline": TableTags(plain("id quote item what unit price count warranty_days reason")),
    "cases.webhook": TableTags(
        {
            **plain("id url types unit made_at ended_at"),
            **references("made_by"),
            "secret": SECRET.of(purpose=Purpose.SECURITY, basis=Basis.DUTY, stays=True),
        }
    ),
    "cases.classterms": TableTags(
        plain(
            "id matter file_condition close_condition needs_evidence limits source "
            "valid_from valid_to"
        )
    ),
    "cases.dispute": TableTags(
        {
            **plain("id version case unit"),
            **references("opened_by"),
            **dict.fromkeys(
                ("number", "kind", "state", "ending", "opened_at", "signed_on"), _STAYS
            ),
            "closed_at": _STAYS.of(retention=_KEPT),
            "words": _SAID,
            "agreement": _SAID,
        },
        subject="parties__person",
        on_erase=OnErase.BLANK,
        ends="closed_at",
        title=_("Disputes in which you are a party"),
    ),
    "cases.disputeparty": TableTags(
        {
            **plain("id dispute organisation"),
            **references("person"),
            "name": NAME.of(data_class=DataClass.SENSITIVE, retention=_KEPT),
        },
        subject="person",
        on_erase=OnErase.BLANK,
        ends="dispute__closed_at",
        title=_("Your part in disputes"),
    ),
    "cases.disputesession": TableTags(
        {
            **plain("id dispute"),
            **references("by"),
            "held_at": _STAYS,
            "place": ADDRESS.of(retention=_KEPT),
            "present": _NOT_TOLD,
            "said": _NOT_TOLD,
        },
        subject="dispute__parties__person",
        on_erase=OnErase.BLANK,
        ends="dispute__closed_at",
        title=_("Sessions of mediation"),
    ),
    "cases.disputeterm": TableTags(
        {
            **plain("id dispute"),
            "due_on": _STAYS,
            "kept_on": _STAYS,
            "words": _SAID,
        },
        subject="dispute__parties__person",
        on_erase=OnErase.BLANK,
        ends="dispute__closed_at",
        title=_("What was agreed in mediation"),
    ),
    "cases.disputevisit": TableTags(
        {
            **plain("id dispute"),
            **references("by"),
            "due_on": _STAYS,
            "visited_on": _STAYS,
            "said": _NOT_TOLD,
        },
        subject="dispute__parties__person",
        on_erase=OnErase.BLANK,
        ends="dispute__closed_at",
        title=_("Follow-up visits after mediation"),
    ),
    "cases.disputestep": TableTags(
        {
            **plain("id dispute move to_state"),
            **references("by"),
            "at": _STAYS,
            "words": _NOT_TOLD,
        },
        subject="dispute__parties__person",
        on_erase=OnErase.BLANK,
        ends="dispute__closed_at",
        title=_("What was done about a dispute"),
    ),
    "cases.disputemember": TableTags(
        {**plain("id dispute role since until"), **references("account")}
    ),
    # nobody's data: a check refuses numbers and the asker's name before anything is kept
    "cases.writeup": TableTags(
        {
            **plain(
                "id case matter place_kind title problem deed key state version reason "
                "written_at published_at"
            ),
            **references("author reviewer"),
        }
    ),
    "cases.writeupgram": TableTags(plain("id write_up gram weight")),
}
