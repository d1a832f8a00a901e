"""The messages of the repair desk (物管家消息): to the provider, to its worker, to who asked."""

from django.utils.translation import gettext_lazy as _

from hequan.people.message_templates import MessageTemplate, Words, message_template

BOARD_REPAIR = "/board/repairs/{pk}/"

_PLACES = {
    "number": (_("number of the repair order"), "261122-7KQ4M-1"),
    "matter": (_("what it is about"), "房屋渗漏水"),
}
_TOTAL = {"total": (_("what it is to cost, in yuan"), "85.00")}

REPAIR_OFFERED = message_template(
    MessageTemplate(
        code="cases.repair_offered",
        about=_("A repair order has come to a provider"),
        places=_PLACES,
        words={
            "zh-hans": Words(
                "新维修单 {number}", "有一张新的维修单 {number}（{matter}），请安排人员。"
            ),
            "en": Words(
                "New repair order {number}",
                "Repair order {number} ({matter}) waits for somebody to take it.",
            ),
        },
    )
)
REPAIR_GIVEN = message_template(
    MessageTemplate(
        code="cases.repair_given",
        about=_("A repair order has come to a worker"),
        places=_PLACES,
        words={
            "zh-hans": Words(
                "维修单 {number} 由您负责",
                "维修单 {number}（{matter}）由您负责，请上门查看、拍照并报价。",
            ),
            "en": Words(
                "Repair order {number} is yours",
                "Repair order {number} ({matter}) is yours: look at it, take a photo, quote.",
            ),
        },
    )
)
REPAIR_QUOTED = message_template(
    MessageTemplate(
        code="cases.repair_quoted",
        about=_("A quote waits for whoever asked to agree"),
        places=_PLACES | _TOTAL,
        words={
            "zh-hans": Words(
                "维修报价 {total} 元，请您确认",
                "您反映的“{matter}”（{number}）维修报价 {total} 元，请打开查看，同意后才会施工。",
            ),
            "en": Words(
                "A quote of {total} yuan waits for you",
                "The repair of “{matter}” ({number}) is quoted at {total} yuan. Please look at it; "
                "work begins when you agree.",
            ),
        },
    )
)
REPAIR_ANSWERED = message_template(
    MessageTemplate(
        code="cases.repair_answered",
        about=_("A quote was agreed to, or refused"),
        places=_PLACES | _TOTAL,
        words={
            "zh-hans": Words(
                "维修单 {number} 的报价有答复",
                "维修单 {number}（{matter}）{total} 元的报价已有答复，请打开查看是否同意。",
            ),
            "en": Words(
                "The quote of repair order {number} is answered",
                "There is an answer to the quote of {total} yuan for {number} ({matter}).",
            ),
        },
    )
)
REPAIR_DONE = message_template(
    MessageTemplate(
        code="cases.repair_done",
        about=_("A repair is done and waits to be accepted"),
        places=_PLACES,
        words={
            "zh-hans": Words(
                "维修已完成（{number}），请您验收",
                "“{matter}”（{number}）的维修已完成，请打开查看并确认；保修期内有问题可直接要求返修。",
            ),
            "en": Words(
                "The repair is done ({number})",
                "The repair of “{matter}” ({number}) is done. Please look and accept it; while the "
                "warranty runs you may ask for it to be put right.",
            ),
        },
    )
)
REPAIR_ENDED = message_template(
    MessageTemplate(
        code="cases.repair_ended",
        about=_("A repair order ended without being done"),
        places=_PLACES,
        words={
            "zh-hans": Words(
                "维修单 {number} 已取消", "维修单 {number}（{matter}）已取消，不必再办。"
            ),
            "en": Words(
                "Repair order {number} is cancelled",
                "Repair order {number} ({matter}) is cancelled; it does not go on.",
            ),
        },
    )
)
