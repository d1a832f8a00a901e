"""The messages of handling together (协同消息): to who is asked to help, and to who asked."""

from django.utils.translation import gettext_lazy as _

from hequan.people.message_templates import MessageTemplate, Words, message_template

BOARD_TOGETHER = "/board/cases/{pk}/together/"

_NUMBER = (_("number of the case"), "261122-7KQ4M")
_MATTER = (_("what it is about"), "房屋渗漏水")

HELP_ASKED = message_template(
    MessageTemplate(
        code="cases.help_asked",
        about=_("Somebody is asked to help with a case"),
        places={
            "number": _NUMBER,
            "matter": _MATTER,
            "due": (_("to be done by"), "2026-11-23 12:00"),
        },
        words={
            "zh-hans": Words(
                "请协同办理 {number}：{matter}",
                "工单 {number}（{matter}）请您协同办理，请在 {due} 前完成，或说明不能协办的原因。",
            ),
            "en": Words(
                "Your help is asked with case {number}: {matter}",
                "You are asked to help with case {number} ({matter}) by {due}. Take it on, or say "
                "why you cannot.",
            ),
        },
    )
)
HELP_ANSWERED = message_template(
    MessageTemplate(
        code="cases.help_answered",
        about=_("A helper has done her part of a case, or declined it"),
        places={"number": _NUMBER, "matter": _MATTER, "who": (_("who helps"), "红枫物业")},
        words={
            "zh-hans": Words(
                "工单 {number} 的协同有回音",
                "{who}就工单 {number}（{matter}）的协同任务有了答复，请打开查看。",
            ),
            "en": Words(
                "News of the help with case {number}",
                "There is an answer from {who} on the help asked with case {number} ({matter}).",
            ),
        },
    )
)
HELP_ENDED = message_template(
    MessageTemplate(
        code="cases.help_ended",
        about=_("Help with a case ended without being done"),
        places={"number": _NUMBER, "matter": _MATTER, "who": (_("who helps"), "红枫物业")},
        words={
            "zh-hans": Words(
                "工单 {number} 的协同已终止",
                "{who}对工单 {number}（{matter}）的协同任务已收回或终止，不再进行。",
            ),
            "en": Words(
                "The help with case {number} has ended",
                "The help asked of {who} with case {number} ({matter}) was taken back or has "
                "ended; it does not go on.",
            ),
        },
    )
)
_VISIT = {
    "number": _NUMBER,
    "matter": _MATTER,
    "when": (_("when"), "2026-11-23 09:30"),
    "place": (_("where"), "红枫路12弄口"),
}
VISIT_SET = message_template(
    MessageTemplate(
        code="cases.visit_set",
        about=_("Somebody is invited to a joint visit to the place of a case"),
        places=_VISIT,
        words={
            "zh-hans": Words(
                "联合踏勘 {when}：工单 {number}",
                "请参加工单 {number}（{matter}）的联合踏勘：{when}，{place}。",
            ),
            "en": Words(
                "Joint visit {when}: case {number}",
                "You are invited to a joint visit for case {number} ({matter}): {when}, {place}.",
            ),
        },
    )
)
VISIT_OFF = message_template(
    MessageTemplate(
        code="cases.visit_off",
        about=_("A joint visit to the place of a case is called off"),
        places=_VISIT,
        words={
            "zh-hans": Words(
                "联合踏勘取消 {when}：工单 {number}",
                "工单 {number}（{matter}）的联合踏勘已取消：原定 {when}，{place}。请不要前往。",
            ),
            "en": Words(
                "Joint visit called off {when}: case {number}",
                "The joint visit for case {number} ({matter}) is called off. It was to be "
                "{when}, {place}; please do not go.",
            ),
        },
    )
)
