"""Why a street was left out, in words (原因说明), English and Chinese, for reports of imports.

A network report counts by stable codes; here each code has its sentence. An unknown code is given
back as it is.
"""

from hequan.files.sentences import Notice

REASONS: dict[str, Notice] = {
    "not_built": Notice("not built yet, or gone", "在建、规划或已拆除"),
    "motor_only": Notice("for motor vehicles or bicycles only", "仅供机动车或自行车"),
    "no_foot": Notice("closed to walkers", "禁止行人"),
    "private": Notice("private", "私人道路"),
    "elevated": Notice("elevated road without a footway", "高架道路，无人行道"),
    "road_tunnel": Notice("road tunnel without a footway", "车行隧道，无人行道"),
    "not_a_street": Notice("not a street", "不是道路"),
    "missing_nodes": Notice("points missing in the file", "文件中缺少的节点"),
    "one_point": Notice("a street of one point", "只有一个节点的道路"),
    "loop": Notice("a piece from a point to itself", "起终点相同的线段"),
    "repeated": Notice("a piece given twice", "重复的线段"),
    "no_length": Notice("points on top of each other, joined", "重合的节点（已连接）"),
    "unreadable_value": Notice("a value that cannot be read, ignored", "无法识别的取值（已忽略）"),
}


def reason_in(language: str, reason: str) -> str:
    """Return a reason of a network report in `zh` or `en`."""
    words = REASONS.get(reason)
    if words is None:
        return reason
    return words.zh_text if language.startswith("zh") else words.text
