"""The forms of a citation: each a text with slots, for the pages that show one and for cite.js, which copies them.

| slot        | is filled with                                                            |
|-------------|---------------------------------------------------------------------------|
| {issuer}    | who issued the report; may be empty                                       |
| {title}     | the report's title                                                        |
| {number}    | the item's number, its title where it has none; empty for a whole report  |
| {published} | when the report was published, as 2022-03-28; may be empty                |
| {day}       | the same as 2022年3月28日                                                 |
| {today}     | the day of the citation, as 2022-03-28                                    |
| {site}      | this site's title                                                         |
| {url}       | the address of the item's page, or of the report's; once in a form        |

What stands between < and > goes together: it is left out where a slot in it is empty.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class CitationForm:
    """A form by the name that a reader chooses it by, and its text."""

    name: str
    text: str


CITATION_FORMS = (
    CitationForm("GB/T 7714—2025", "<{issuer}. >{title}<：{number}>[R/OL]. <{published}. >{url}."),
    CitationForm("GB/T 7714—2015", "<{issuer}. >{title}<：{number}>[R/OL]. <({published})>[{today}]. {url}."),
    CitationForm("法学引注手册", "<{issuer}：>《{title}》{number}，载{site}，<{day}，>{url}"),
)
"""The forms that a reader may choose from, the usual one first.

- GB/T 7714—2025, 8.8.3, a report on the web: 责任者. 题名[R/OL]. 发布日期. URL.
- GB/T 7714—2015, 4.6, an electronic resource: the date of publication in round brackets, that of the citation in square
  ones.
- 法学引注手册 (2019), rule 48, a text on the web: 作者：《题名》，载网站名，日期，URL. Its 。 at the end is left to
  whoever cites: a chat would take it into the address.

For a part that has a number and no pages there is no rule: the number behind the title, with the address of the item's
own page, is this edition's.
"""


def cite(form: CitationForm, slots: Mapping[str, str]) -> str:
    """The citation in a form, given what its slots are filled with; the function `fill` of cite.js does the same."""

    def keep(part: re.Match[str]) -> str:
        return part[1] if all(slots[slot] for slot in re.findall(r"{(\w+)}", part[1])) else ""

    return re.sub(r"{(\w+)}", lambda slot: slots[slot[1]], re.sub("<(.*?)>", keep, form.text))


def citation_forms_js() -> str:
    """The forms as the statement that stands before cite.js."""
    forms = json.dumps([asdict(form) for form in CITATION_FORMS], ensure_ascii=False, separators=(",", ":"))
    return f"var citationForms={forms};\n"
