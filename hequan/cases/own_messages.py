"""The messages that the one window sends: to who gets a case, and to who asked (消息)."""

from django.utils.translation import gettext_lazy as _

from hequan.people.message_templates import MessageTemplate, Words, message_template

BOARD_CASE = "/board/cases/{pk}/"
STATUS_PAGE = "/case/{link}/"
BOARD_DISPUTE = "/board/disputes/{pk}/"

_NUMBER = (_("number of the case"), "261122-7KQ4M")
_MATTER = (_("what it is about"), "房屋渗漏水")

DISPATCHED = message_template(
    MessageTemplate(
        code="cases.dispatched",
        about=_("A case has come to somebody's post"),
        places={
            "number": _NUMBER,
            "matter": _MATTER,
            "place": (_("where"), "红枫第1微网格 3号楼门口"),
            "due": (_("accept or send back by"), "2026-11-23 12:00"),
        },
        words={
            "zh-hans": Words(
                "新工单 {number}：{matter}",
                "{place}的“{matter}”（{number}）派到您的岗位，请在 {due} 前签收或退回。",
            ),
            "en": Words(
                "New case {number}: {matter}",
                "“{matter}” at {place} ({number}) has come to your post. "
                "Accept it or send it back by {due}.",
            ),
        },
    )
)
ANSWERED = message_template(
    MessageTemplate(
        code="cases.answered",
        about=_("The answer to somebody's case is there"),
        places={"number": _NUMBER, "matter": _MATTER},
        words={
            "zh-hans": Words(
                "您反映的事项已答复（{number}）",
                "您反映的“{matter}”（{number}）已有答复，请打开查看并评价。",
            ),
            "en": Words(
                "Your case {number} is answered",
                "There is an answer to “{matter}” ({number}). Please read and judge it.",
            ),
        },
    )
)
_LEAD = (_("number of the case that leads"), "261122-7KQ4N")
MERGED = message_template(
    MessageTemplate(
        code="cases.merged",
        about=_("Somebody's case is handled together with another"),
        places={"number": _NUMBER, "matter": _MATTER, "lead": _LEAD},
        words={
            "zh-hans": Words(
                "您反映的事项与同类工单一并办理（{number}）",
                "您反映的“{matter}”（{number}）与工单 {lead} 是同一件事，现一并办理。"
                "您的编号和查询链接不变，办理进展和答复照常告知您，答复后请您评价。",
            ),
            "en": Words(
                "Your case {number} is handled together with another",
                "“{matter}” ({number}) is the same matter as case {lead}; they are handled "
                "together. Your number and link stay, and you are told of the answer and judge it.",
            ),
        },
    )
)
PARTED = message_template(
    MessageTemplate(
        code="cases.parted",
        about=_("Somebody's case is handled by itself again"),
        places={"number": _NUMBER, "matter": _MATTER, "lead": _LEAD},
        words={
            "zh-hans": Words(
                "您反映的事项恢复单独办理（{number}）",
                "您反映的“{matter}”（{number}）不再与工单 {lead} 一并办理，"
                "恢复单独办理，时限照旧。",
            ),
            "en": Words(
                "Your case {number} is handled by itself again",
                "“{matter}” ({number}) is no longer handled together with case {lead} but by "
                "itself, within the time that was promised.",
            ),
        },
    )
)
SPLIT = message_template(
    MessageTemplate(
        code="cases.split",
        about=_("Somebody's case named several matters, each is a case now"),
        places={
            "number": _NUMBER,
            "matter": _MATTER,
            "parts": (_("numbers of the new cases"), "261122-7KQ4P、261122-7KQ4R"),
        },
        words={
            "zh-hans": Words(
                "您反映的事项已分开办理（{number}）",
                "您在工单 {number} 中反映的几件事已分开办理，新增编号：{parts}。"
                "打开原链接可查看每一件。",
            ),
            "en": Words(
                "Your case {number} was split",
                "What you reported in case {number} are several matters, now handled one by one "
                "under the numbers {parts} too. Your link shows each.",
            ),
        },
    )
)
MEDIATOR_NAMED = message_template(
    MessageTemplate(
        code="cases.mediator_named",
        about=_("Somebody is named mediator in a dispute"),
        places={"number": (_("number of the record"), "T261122-7KQ4M")},
        words={
            "zh-hans": Words(
                "请您担任调解员（{number}）",
                "您被指定为纠纷 {number} 的调解员。内容仅限参与调解的人员查看，请勿转告他人。",
            ),
            "en": Words(
                "You are to mediate ({number})",
                "You were named mediator of dispute {number}. Only those in it may read it; "
                "please tell nobody else.",
            ),
        },
    )
)
