"""The field tags (字段标签) of people and organisations."""

from django.utils.translation import gettext_lazy as _

from hequan.core.personal import (
    ADDRESS,
    BIRTH,
    FACT,
    IDENTITY,
    MAIL,
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

_FOUND_BY = SECRET.of(purpose=Purpose.IDENTIFY)
# what the law wants proved later: it tells nothing without the person's own row
_PROOF = FACT.of(purpose=Purpose.PROTECTION, basis=Basis.DUTY, stays=True)

TAGS = {
    "people.organisation": TableTags(
        plain("id name initials kind credit_code unit address phone lon lat is_new_field closed_on")
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
            **plain("id reason in_digest attempts given_id to_former"),
            **references("message"),
            "channel": FACT.of(purpose=Purpose.CONTACT),
            "state": FACT.of(purpose=Purpose.CONTACT),
            "due_at": FACT.of(purpose=Purpose.CONTACT),
            "sent_at": FACT.of(purpose=Purpose.CONTACT),
            "address": PHONE,
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
    "people.membership": TableTags(
        {
            **plain("id organisation valid_from valid_to"),
            **references("person"),
            # which party branch somebody belongs to is nobody's business without a task
            "role": FACT.of(data_class=DataClass.SENSITIVE, stays=True),
        },
        subject="person",
        title=_("Organisations you belong to"),
    ),
    "people.guardianship": TableTags(
        {
            **plain("id valid_from valid_to recorded_at"),
            **references("minor guardian recorded_by"),
            "kind": FACT.of(stays=True),
            "document": FACT.of(stays=True),
        },
        subject="minor",
        extra_subjects=("guardian",),
        title=_("Guardians and wards"),
    ),
    "people.mergerecord": TableTags(
        {
            **plain("id moved joined reasons at undone_at"),
            **references("winner loser by undone_by"),
            "replaced": SECRET.of(purpose=Purpose.IDENTIFY),
        },
        subject="winner",
        extra_subjects=("loser",),
        on_erase=OnErase.BLANK,
        title=_("Two records of you made one"),
    ),
    "people.distinctpair": TableTags(
        {**plain("id at"), **references("low high by")},
        subject="low",
        extra_subjects=("high",),
        on_erase=OnErase.DELETE,
        title=_("Others you were not taken for"),
    ),
    "people.frame": TableTags(plain("id kind name unit valid_from valid_to")),
    "people.framegroup": TableTags(plain("id frame kind name unit")),
    "people.framemember": TableTags(
        {
            **plain("id frame group organisation signed_on agreement left_on"),
            **references("signed_by"),
        },
        subject="signed_by",
        title=_("Agreements you signed for an organisation"),
    ),
    "people.frameact": TableTags(plain("id member what on amount measure")),
    "people.consenttext": TableTags(
        {
            **plain("id purpose version text_zh text_en digest valid_from published_at"),
            **references("published_by"),
        }
    ),
    "people.consent": TableTags(
        {
            **plain("id"),
            **references("person proxy_person proxy_account"),
            **dict.fromkeys(("text", "channel", "given_at", "withdrawn_at"), _PROOF),
        },
        subject="person",
        extra_subjects=("proxy_person",),
        title=_("What you consented to"),
    ),
    "people.iddocument": TableTags(
        {
            **plain("id"),
            **references("person"),
            **dict.fromkeys(("kind", "country", "recorded_at"), FACT),
            "number": IDENTITY,
            "number_match": _FOUND_BY,
            "tail": _FOUND_BY,
        },
        subject="person",
        on_erase=OnErase.DELETE,
        title=_("Identity documents"),
    ),
    "people.datarequest": TableTags(
        {
            **plain("id counts"),
            **references("person asked_by done_by"),
            **dict.fromkeys(("kind", "channel", "state", "asked_at", "due_on", "done_at"), _PROOF),
            "note": TEXT.of(purpose=Purpose.PROTECTION, basis=Basis.DUTY),
            "outcome": TEXT.of(purpose=Purpose.PROTECTION, basis=Basis.DUTY),
        },
        subject="person",
        on_erase=OnErase.BLANK,
        title=_("What you asked about your data"),
    ),
    "people.childaccessrequest": TableTags(
        {
            **plain("id"),
            **references("person by approved_by"),
            **dict.fromkeys(("reason", "asked_at", "decided_at", "until"), _PROOF),
        },
        subject="person",
        title=_("Who asked to see a child's data"),
    ),
    "people.retentionproof": TableTags(plain("id table rule count oldest newest ids_digest at")),
    "people.impactassessment": TableTags(
        {
            **plain("id title purpose necessity risks measures result made_on review_on"),
            **references("made_by"),
        }
    ),
    "people.breachrecord": TableTags(
        {
            **plain("id title is_drill state noticed_at what persons has_children measures"),
            **plain("regulator_told_at persons_told_at closed_at"),
            **references("recorded_by"),
        }
    ),
    # keyed hashes: whose code it was is told by asking for her phone only
    "people.signincode": TableTags(
        {
            **plain("id tries"),
            **dict.fromkeys(
                ("phone_match", "device", "code_hash"),
                SECRET.of(purpose=Purpose.SIGN_IN, retention=90, stays=True),
            ),
            **dict.fromkeys(
                ("created_at", "used_at", "known_at", "expires_at"),
                FACT.of(purpose=Purpose.SIGN_IN, basis=Basis.CONTRACT, retention=90, stays=True),
            ),
        },
        ends="created_at",
        on_end=OnErase.DELETE,
    ),
}
