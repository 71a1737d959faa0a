"""What a line of a captured page is beside the report: its navigation and tools, data of the report, its foot."""

import re

_ON_PAGE = "首页|政务公开|全屏|下载|打印|收藏|分享|关闭|转发|纠错|微信|微博|朗读|语音播报"
_SIZE = "大|中|小|加大|还原|减小|缩小|默认|超大|A[+-]?"
_BUTTONS = re.compile(rf"[【】\[\]（）()|｜丨·/:：]*(?:(?:{_ON_PAGE}|{_SIZE})[【】\[\]（）()|｜丨·/:：]*)*")
_TOOL = re.compile(
    "无障碍|长者模式|关怀版|扫一扫|二维码|返回顶部|回到顶部|上一页|下一页|打印本|打印此|我要打印|打印文章|关闭窗口|关闭本页|关闭页面"
    "|分享到|分享至|上一篇|下一篇|上一条|下一条|区长信箱|市长信箱|县长信箱|问卷调查|网站地图|网站声明|版权所有|ICP备"
    "|公网安备|备案号|备案序号|网站标识码|主办单位|主办[：:]|承办单位|承办[：:]|技术支持|联系我们|关于我们|浏览次数"
    "|阅读次数|点击数|访问量|保护视力|当前位置|您现在的位置|您的位置|设为首页|加入收藏|责任编辑|【字[体号]|^字[体号][：:]"
)
_BEHIND = re.compile(
    r"^[【\[（(]?(?:责任编辑|责编|编辑|相关(?:链接|报道|文章|新闻|阅读|信息|文件|推荐|解读|稿件|内容|政策|附件)|延伸阅读|推荐阅读|热点推荐|政策解读|图解|附件下载|文件下载|来源)"
    r"[】\]）)]?(?:[：:]|$)"
)
_DATA = re.compile(
    r"^[【\[（(]?(?:发布时间|发布日期|发文日期|成文日期|成文时间|生成日期|公开日期|更新时间|印发日期|时间|日期|来源|信息来源|文章来源|稿源|作者|编辑|审核|供稿|发布机构"
    r"|发布单位|发文机关|发文机构|发文单位|公开机构|责任部门|索引号|主题分类|发文字号|文号|标题|名称|信息名称|公文名称|关键词|主题词|有效性|时效性|效力状态|体裁分类|组配分类"
    r"|信息分类|公开方式|公开形式|公开范围|字体|字号|浏览|阅读|点击|访问量)[】\]）)]?[：:]"
)
_STAMP = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\d{1,2}[:：]\d\d.*|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}")
_PAGE = re.compile(
    r"[-—–－―·]+\d{1,3}[-—–－―·]+|第\d{1,3}页(?:[，,、/]?共\d{1,3}页)?|共\d{1,3}页[，,、/]?第\d{1,3}页"
    r"|\d{1,3}/\d{1,3}页|[Pp]age\d{1,3}(?:of\d{1,3})?"
)
ENDS_IN_DATE = re.compile(r"(?:20\d\d|[二2][〇○零0].{2})年.{1,3}月.{1,3}日$")
"""The end of a line without white space that is a date, as below a signature: 2022年3月28日, 二〇二二年三月二十八日."""
_SHORT = 40  # characters that a line around a report has at most
_PATH = re.compile(r"[>＞»]")


def is_chrome(plain: str) -> bool:
    """Whether a line without white space is one of a page's navigation or tools."""
    if len(plain) > _SHORT or "。" in plain:
        return False
    return bool(_TOOL.search(plain) or _BUTTONS.fullmatch(plain) or is_page_number(plain)) or (
        _PATH.search(plain) is not None and "《" not in plain
    )


def begins_foot(plain: str) -> bool:
    """Whether a line is one that stands behind what a page shows."""
    if len(plain) > _SHORT or "。" in plain:
        return False
    return is_chrome(plain) or _BEHIND.match(plain) is not None


def is_data(plain: str) -> bool:
    """Whether a line tells of the report what a page knows of it, such as when it was published."""
    return _DATA.match(plain) is not None or _STAMP.fullmatch(plain) is not None


def names_value(plain: str) -> bool:
    """Whether a line is the name of such data, whose value stands in the next one."""
    match = _DATA.match(plain)
    return match is not None and match.end() == len(plain)


def tells_value(plain: str) -> bool:
    """Whether a short line is a name and a value, as those under a title are; no greeting, which ends in a colon."""
    return len(plain) <= _SHORT and re.match(r"[^，。；：:]{1,8}[：:](?=.)", plain) is not None and "。" not in plain


def is_page_number(plain: str) -> bool:
    """Whether a line without white space is the number of a page: — 2 —, 第2页共3页."""
    return _PAGE.fullmatch(plain) is not None
