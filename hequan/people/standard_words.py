"""Words of consents to begin with (同意文本范本), in both languages; a town writes its own later.

Handing on and publishing have none: such words must name who gets what, which only a town knows.
"""

from collections.abc import Mapping

from hequan.people.protection_kinds import ConsentPurpose

_ACCOUNT_ZH = (
    "我同意本镇（街道）为我开设账户，保存我的姓名和手机号码，用于登录、与我联系和办理我提出的事"
    "项。\n"
    "不用于评分、营销或者其他目的，不对外提供。停用后按规定期限删除。\n"
    "我可以随时在“我的信息”中查看、导出、更正和删除，也可以随时撤回本同意；撤回不影响到站点现场"
    "办理。"
)
_ACCOUNT_EN = (
    "I agree that the town opens an account for me and keeps my name and mobile number to sign "
    "me in, to reach me and to do what I ask for.\n"
    "They serve no score, no advertising and nothing else, and are handed to nobody. What is "
    "no longer used is deleted in the time set.\n"
    "Under “My data” I may see, take along, correct and erase them and withdraw this at any "
    "time; at a station I am served all the same."
)
_BEHALF_ZH = "同意工作人员在我到场或来电时，以我的名义登记和查询事项。每一步都有记录。可随时撤回。"
_BEHALF_EN = (
    "Staff may enter and ask in my name when I come or call. Every step is recorded. I may "
    "withdraw this any time."
)
_REGISTRATION_ZH = (
    "我同意站点保存我的报到信息：报到类别、特长、空闲时间、愿望，以及我填写的所属组织或者单位，"
    "用于邀请我参加就近的服务和活动。\n"
    "所属组织属于敏感个人信息，可以不填；它不出现在任何名单中，只用于向该单位书面反馈，反馈只写"
    "总人数，不写个人。\n"
    "我可以随时结束报到或者撤回本同意，不影响我享受服务。"
)
_REGISTRATION_EN = (
    "I agree that the station keeps what I registered with: as what I register, what I can do, "
    "when I have time, what I wish for and the organisation or unit I name, to invite me to "
    "what is done nearby.\n"
    "The organisation is sensitive and may be left out; it stands in no list and serves only "
    "to write to that unit, of all together and not of me.\n"
    "I may end the registration or withdraw this at any time; I am served all the same."
)
_IDENTITY_ZH = (
    "同意保存我的证件号码，仅用于确认我的身份和办理依法需要实名的事项。号码加密保存，每次查看都"
    "有记录和理由。可随时撤回，撤回后不再使用。"
)
_IDENTITY_EN = (
    "My identity number may be kept, only to know who I am and for matters that by law need "
    "it. It is kept encrypted, and each look at it is recorded with its reason. I may withdraw "
    "this any time; it is not used from then on."
)
_MESSAGES_ZH = "同意接收我没有主动询问的活动和服务通知。可随时撤回。"
_MESSAGES_EN = "I may be told of offers I did not ask for. I may withdraw this any time."
_CHILD_ZH = (
    "我是未满十四周岁儿童的监护人，同意保存该儿童的姓名、出生日期、住址和联系方式，用于为其提供"
    "我申请的服务。\n"
    "工作人员查看须经另一名工作人员批准并留有记录。我可以随时查看、更正、删除或者撤回；不同意时"
    "，除必须使用这些信息的服务外，不影响其他服务。"
)
_CHILD_EN = (
    "I am the guardian of a child under fourteen and agree that the child's name, date of "
    "birth, address and contact are kept for the services I ask for.\n"
    "Staff look at them only after another one has approved it, and it is recorded. I may see, "
    "correct, erase or withdraw at any time; without my consent only what cannot be done "
    "without them is not done."
)

STANDARD_WORDS: Mapping[ConsentPurpose, tuple[str, str]] = {
    ConsentPurpose.ACCOUNT: (_ACCOUNT_ZH, _ACCOUNT_EN),
    ConsentPurpose.ACT_ON_BEHALF: (_BEHALF_ZH, _BEHALF_EN),
    ConsentPurpose.REGISTRATION: (_REGISTRATION_ZH, _REGISTRATION_EN),
    ConsentPurpose.IDENTITY: (_IDENTITY_ZH, _IDENTITY_EN),
    ConsentPurpose.MESSAGES: (_MESSAGES_ZH, _MESSAGES_EN),
    ConsentPurpose.CHILD: (_CHILD_ZH, _CHILD_EN),
}
