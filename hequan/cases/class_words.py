"""The words a hint is shown with (依据的词): whole ones, never a piece cut out of its middle.

What spoke for a matter are letters, pairs and triples; what is told are the words they stand in. A
text is divided by the longest known word at each place; the vocabulary of the matters is the
dictionary, and everyday words keep its pieces apart without being told themselves.
"""

import re
from collections.abc import Container, Iterator, Mapping

MOST_SHOWN = 3
_LONGEST = 8
_HEARD = 0.2  # of the loudest: what speaks lower is not worth a reader's time
_CLAUSE = re.compile(r"[^\s，。！？；：、,.!?;:~…（）()“”\"'【】]+")
_CLAUSE_SHOWN = 14
_PARTS = re.compile(r"[\s、，；。：（）/]+")
_WAYS = frozenset(["下来", "下去", "出来", "出去", "起来", "进来", "进去", "过来", "上来", "上去"])
# everyday words: they keep the words beside them whole, and tell nothing about a matter
_EVERYDAY = frozenset(
    _PARTS.split(
        "我们 你们 他们 她们 大家 自己 别人 人家 我家 他家 家里 家人 这里 那里 哪里 "
        "这个 那个 一个 几个 什么 怎么 怎样 为什么 多少 现在 今天 昨天 前天 明天 "
        "今年 去年 早上 早晨 上午 中午 下午 晚上 半夜 夜里 白天 每天 天天 经常 总是 "
        "老是 一直 已经 还是 还有 就是 不是 没有 不能 不会 不要 可以 可能 应该 需要 "
        "请问 请你 麻烦 帮忙 谢谢 你好 知道 觉得 看到 看见 听说 听见 时候 之后 以后 "
        "之前 以前 因为 所以 但是 而且 如果 然后 非常 特别 实在 真的 太多 很多 好多 "
        "一点 有点 有人 没人 有的 小区 楼下 楼上 隔壁 对面 旁边 门口 里面 外面 上面 "
        "下面 前面 后面 中间 附近 老人 孩子 小孩 邻居 居民 业主 老板 先生 女士 阿姨 "
        "师傅 年轻人 地方 事情 问题 情况 东西 办法 解决 处理 反映 联系 电话 打电话 "
        "一下 一次 两次 几次 好几 半天 半年 一年 两年 个月 礼拜 星期 周末 小时 分钟 "
        "号楼 单元 房间 屋里 屋子 马上 赶紧 尽快 继续 开始 结果 出来 进来 进去 出去 "
        "起来 下来 下去 上去 回来 过来 过去 不好 不了 不到 不见 不敢 怎么办 能不能 "
        "是不是 有没有 管管 单元门口 楼道口 小区门口"
    )
)


def words_of(text: str) -> set[str]:
    """Return the whole words of a row of vocabulary."""
    return {one for one in _PARTS.split(text.casefold()) if 1 < len(one) <= _LONGEST}


def words_in(text: str, known: Container[str]) -> Iterator[tuple[int, str]]:
    """Yield the known words of a text with their places, the longest first at each place.

    What is said of a movement stays with it: 瓷砖掉 + 下来.
    """
    at = 0
    while at < len(text):
        word = _longest(text, at, known)
        if word and word not in _EVERYDAY and text[at + len(word) : at + len(word) + 2] in _WAYS:
            word = text[at : at + len(word) + 2]
        if word:
            yield at, word
        at += len(word) or 1


def _longest(text: str, at: int, known: Container[str]) -> str:
    pieces = (text[at : at + length] for length in range(min(_LONGEST, len(text) - at), 1, -1))
    return next((piece for piece in pieces if piece in known or piece in _EVERYDAY), "")


def words_that_spoke(
    text: str, code: str, loud: Mapping[int, float], known: Mapping[str, Container[str]]
) -> tuple[str, ...]:
    """Return at most three words of a text that spoke for a matter, in its order.

    `loud` is how loudly each place of the text spoke. Its own words go before those of others;
    where no known word spoke, the clause around the loudest place is told.
    """
    own: dict[str, tuple[float, int]] = {}
    others: dict[str, tuple[float, int]] = {}
    for at, word in words_in(text, known):
        said = sum(loud.get(place, 0.0) for place in range(at, at + len(word)))
        plain = word if word in known else word[:-2]
        if said and plain in known:
            found = own if code in known[plain] else others
            if found is own or plain not in _EVERYDAY:
                found[word] = max((said, -at), found.get(word, (0.0, 0)))
    return _loudest(own or others) or _clause(text, loud)


def _loudest(found: Mapping[str, tuple[float, int]]) -> tuple[str, ...]:
    chosen = sorted(found, key=found.__getitem__, reverse=True)[:MOST_SHOWN]
    heard = [word for word in chosen if found[word][0] >= found[chosen[0]][0] * _HEARD]
    return tuple(sorted(heard, key=lambda word: -found[word][1]))


def _clause(text: str, loud: Mapping[int, float]) -> tuple[str, ...]:
    top = max(loud, key=lambda place: (loud[place], -place))
    for clause in _CLAUSE.finditer(text):
        if clause.start() <= top < clause.end():
            said = clause.group()
            return (said if len(said) <= _CLAUSE_SHOWN else f"{said[:_CLAUSE_SHOWN]}…",)
    return (text[top],)
