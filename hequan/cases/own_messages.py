"""The messages that the one window sends: to who gets a case, and to who asked (消息)."""

from django.utils.translation import gettext_lazy as _

from hequan.people.message_templates import MessageTemplate, Words, message_template

BOARD_CASE = "/board/cases/{pk}/"
STATUS_PAGE = "/case/{link}/"

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
