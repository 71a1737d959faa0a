"""The lines before a report's first label → its title: by its form, place and repetition, over several lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sitegen.draft.chrome import is_chrome, is_data
from sitegen.draft.lines import Line

_STRONG = "报告|总结|年报|汇报|公报|白皮书"
_WEAK = "要点|计划|方案|规划|纲要|意见|通知|情况|公告|安排|办法|规定|决定|条例|批复|函|措施|清单"
_TAIL = r"(?:[（(][^（）()]{1,20}[）)]|[”》])?$"
_END = re.compile(rf"(?:{_STRONG}|{_WEAK}){_TAIL}")
_STRONG_END = re.compile(rf"(?:{_STRONG}){_TAIL}")
_YEAR = re.compile(r"(?:19|20)\d\d|[一二][九〇○零]..(?=年)")
_PLACE = "省|市(?!场)|(?<![地社小园])区|县|州|旗|镇|乡|街道"
_BODY = rf"(?:{_PLACE}|(?<!法治)(?<!数字)(?<!型)政府|委员会|局|厅|委|办公室|办|法院|检察院|部|处|中心|大学|集团)"
_HAS_BODY = re.compile(rf"[\u4e00-\u9fff]{{1,}}{_BODY}")
_IS_BODY = re.compile(rf"[\u4e00-\u9fff、（）]{{1,28}}{_BODY}")
_NO_TITLE = re.compile(r"[。；;：:？?！!>＞|【】\[\]\\〔〕，,]")
_GOES_ON = re.compile(r"(?:的|和|与|及|暨|、|年度|年|关于|推进|落实|贯彻)$")
_CONTINUES = re.compile(r"(?:的|和|与|及|暨|年度|情况的?报告$|工作报告$|报告$|情况报告$|建设)")
_LONGEST, _MOST_LINES, _ENOUGH = 90, 5, 4
_NEAR = 400  # lines before the first label that may hold the title


@dataclass(frozen=True)
class Title:
    """The title from the line `start` to the one before `end`, and whether an editor should look at it."""

    text: str
    start: int
    end: int
    is_sure: bool


def find_title(lines: Sequence[Line], known: str) -> Title | None:
    """The title among the lines before the first label; `known` is what the page says that it is, "" where nothing."""
    plain = [line.plain for line in lines]
    known = "".join(known.split())
    best: tuple[int, Title] | None = None
    for at, words in enumerate(plain):
        is_near = at >= len(plain) - _NEAR
        if not is_near or not _may_be_title(lines[at]) or not (_END.search(words) or words == known):
            continue
        start = _first_line(lines, at, known)
        text = "".join(plain[start : at + 1])
        score = _score(text, [*plain[:start], *plain[at + 1 :]], known)
        if any(is_sentence(other) for other in plain[:start]):
            score -= 3
        if best is None or score >= best[0]:
            best = score, Title(_spaced(lines[start : at + 1]), start, at + 1, score > _ENOUGH)
    if best and (best[0] >= _ENOUGH or (_STRONG_END.search(best[1].text) and best[1].start == 0)):
        return best[1]
    return _by_place(lines)


def _by_place(lines: Sequence[Line]) -> Title | None:
    """The line before the first sentence, where it names a year or whose report it is; an editor is to look at it."""
    for at, line in enumerate(lines):
        if is_sentence(line.plain):
            return None
        following = lines[at + 1].plain if at + 1 < len(lines) else ""
        is_last = at + 1 == len(lines) or is_sentence(following)
        if is_last and _may_be_title(line) and len(line.plain) >= 8 and _YEAR.search(line.plain):
            return Title(line.text, at, at + 1, False)
    return None


def _may_be_title(line: Line) -> bool:
    words = line.plain
    if line.is_row or not 2 <= len(words) <= _LONGEST or _NO_TITLE.search(words):
        return False
    return not is_chrome(words) and not is_data(words)


def looks_like_title(line: Line) -> bool:
    """Whether a line alone is a whole title: of a kind of document, and of a year or of somebody."""
    words = line.plain
    return (
        len(words) >= 10
        and _may_be_title(line)
        and bool(_END.search(words) and (_YEAR.search(words) or _HAS_BODY.search(words)))
    )


def is_sentence(plain: str) -> bool:
    """Whether a line without white space is one of a text, and none of a page's navigation or a title's."""
    return "。" in plain or (len(plain) > 25 and re.search("[，,；;]", plain) is not None)


def _score(text: str, others: Sequence[str], known: str) -> int:
    """How much speaks for a text as the title."""
    score = 2 * bool(_YEAR.search(text)) + 2 * bool(_HAS_BODY.search(text)) + 2 * bool(_STRONG_END.search(text))
    score += ("关于" in text) + (len(text) >= 10)
    if len(text) >= 10 and (text == known or any(text in other for other in others)):
        score += 3
    return score


def _first_line(lines: Sequence[Line], at: int, known: str) -> int:
    """The first line of the title whose last one is at `at`: of the `known` one, or of what reads like one."""
    start = at
    while start and at - start < _MOST_LINES - 1:
        above = lines[start - 1]
        joined = "".join(line.plain for line in lines[start : at + 1])
        if joined == known:
            break
        if not known.endswith(above.plain + joined) and not (_is_fragment(above) and _belongs(above.plain, joined)):
            break
        start -= 1
    return start


def _is_fragment(line: Line) -> bool:
    """Whether a line may be one of several that make a title: no list of links, no whole title."""
    pieces = line.text.split()
    is_list = len(pieces) > 1 and sum(len(piece) > 1 for piece in pieces) > 1 and len(pieces[0]) < 6
    return _may_be_title(line) and not is_list and len(line.plain) <= 45


def _belongs(above: str, joined: str) -> bool:
    """Whether the title goes on from the line above."""
    has_body, has_year = _HAS_BODY.search(joined), _YEAR.search(joined)
    if _GOES_ON.search(above) and not (has_body and has_year):
        return True
    if joined.startswith("关于"):
        return _IS_BODY.fullmatch(above) is not None
    if _STRONG_END.search(above) and _YEAR.search(above):
        return False
    if not has_body and not joined.startswith("关于"):
        return bool(_HAS_BODY.search(above) or _YEAR.search(above) or above.startswith("关于"))
    return len(joined) <= 8 and _CONTINUES.match(joined) is not None and bool(_HAS_BODY.search(above))


def _spaced(lines: Sequence[Line]) -> str:
    """The title in one, a word whose characters are spaced out (报    告) without its spaces."""
    return "".join(re.sub(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])", "", line.text) for line in lines)
