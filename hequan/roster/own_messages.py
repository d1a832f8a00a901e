"""The messages that the roster sends: a station's letter to a unit (单位反馈)."""

from django.utils.translation import gettext_lazy as _

from hequan.people.message_templates import MessageTemplate, Words, message_template

UNIT_LETTER = message_template(
    MessageTemplate(
        code="roster.unit_letter",
        about=_("A station's letter to a unit: what its members did there"),
        places={
            "station": (_("the station"), "红枫居委会党群服务站"),
            "first": (_("first day"), "2026-01-01"),
            "last": (_("last day"), "2026-06-30"),
            "members": (_("how many members are registered"), "3"),
            "text": (_("text of the letter"), "参加周六巡逻三次，代写书信十余封。"),
        },
        words={
            "zh-hans": Words(
                "{station}的双报到反馈（{first} 至 {last}）",
                "贵单位在{station}报到 {members} 人。\n\n{text}\n\n"
                "本反馈只写总体情况，不评价个人。",
            ),
            "en": Words(
                "Letter of {station} ({first} to {last})",
                "Members of yours registered at {station}: {members}.\n\n{text}\n\n"
                "This is of all together, and judges nobody.",
            ),
        },
    )
)
