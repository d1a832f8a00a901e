"""The messages that people itself sends: a notice of the town, and news of one's own data."""

from django.utils.translation import gettext_lazy as _

from hequan.people.message_templates import MessageTemplate, Words, message_template

NOTICE = message_template(
    MessageTemplate(
        code="people.notice",
        about=_("A notice of the town or a station, written by an officer"),
        places={
            "title": (_("title of the notice"), "周六站点停水通知"),
            "text": (_("text of the notice"), "本周六 8:00–12:00 停水检修，请提前储水。"),
        },
        words={
            "zh-hans": Words("{title}", "{text}"),
            "en": Words("{title}", "{text}"),
        },
    )
)
READ_BY_STAFF = message_template(
    MessageTemplate(
        code="people.data_read",
        about=_("An officer was shown a child's data, told to the guardian"),
        places={
            "reason": (_("why"), "上门服务"),
            "day": (_("the day"), "2026-11-22"),
        },
        words={
            "zh-hans": Words(
                "未成年人信息被查看", "{day} 工作人员因“{reason}”查看了您监护的孩子的信息。"
            ),
            "en": Words(
                "A child's data was shown",
                "On {day} an officer was shown data of the child you are guardian of: {reason}.",
            ),
        },
    )
)
PHONE_CHANGED = message_template(
    MessageTemplate(
        code="people.phone_changed",
        about=_("The number somebody signs in with was changed; sent to the one before too"),
        places={
            "before": (_("the number before, masked"), "138****5678"),
            "after": (_("the number now, masked"), "139****4321"),
            "day": (_("the day"), "2026-11-22"),
            "time": (_("the hour and minute"), "09:30"),
        },
        words={
            "zh-hans": Words(
                "手机号已更换",
                "{day} {time} 您的手机号由 {before} 更换为 {after}，其他设备已退出登录。"
                "如非本人操作，请立即联系就近站点。",
            ),
            "en": Words(
                "Your number is changed",
                "On {day} at {time} your number was changed from {before} to {after}, and other "
                "devices were signed out. If this was not you, tell a station near you at once.",
            ),
        },
    )
)
