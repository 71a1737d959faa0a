"""From start to end: a report's page, saved by a browser, and its Word document, drafted, edited, released, built, read."""

import hashlib
import re
import shutil
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

import build
from sitegen.check.fidelity import fold
from sitegen.draft.folder import prove_draft
from sitegen.draft.split import split
from sitegen.model.report import Report
from sitegen.problems import Problems
from tests.captures import NOTE, PAGE, YEAR, save_complete, save_single_file, whole, write_word_document
from tests.conftest import ROOT, report_of, serving
from tests.drafts import look_at
from tests.test_browser import WORDS
from tests.test_content import dead_links

KINDS = ("mhtml", "html", "docx")
PUBLISHED, CAPTURED = "2032-03-15", "2032-04-01"
AROUND = [
    "乙区人民政府今天是2032年4月1日", "搜索", "首页", "新闻中心", "政务公开", "政务服务", "首页", "政务公开", "年度报告", "正文",
    "发布时间：2032-03-15 10:30 来源：乙区司法局 浏览次数：1024 【字体：大 中 小】", "责任编辑：王某", "打印本页", "关闭窗口",
    "相关链接：", "甲市乙区人民政府2030年度法治政府建设工作报告2031-03-12", "甲市乙区人民政府2029年度法治政府建设工作报告2030-03-20",
    "主办：乙区人民政府办公室　承办：乙区大数据中心", "甲ICP备00000000号-1　网站标识码：0000000000",
]  # fmt: skip
"""What the page has around the report, two of it written by its script."""


@dataclass(frozen=True)
class Made:
    """What became of a file of a kind: the project, what the draft told, and the address that the page had."""

    kind: str
    root: Path
    told: str
    address: str

    @property
    def folder(self) -> Path:
        return self.root / "content" / YEAR

    @property
    def report(self) -> Report:
        return report_of(self.root, YEAR)


def save(kind: str, path: Path, browser: Browser) -> str:
    """Write the report to a file of a kind, and give the address that its page had."""
    if kind == "docx":
        write_word_document(path)
        return ""
    with serving(PAGE.parent) as address, browser.new_page() as page:
        page.goto(f"{address}/{PAGE.name}")
        path.write_bytes(save_single_file(page) if kind == "mhtml" else save_complete(page))
        return page.url


def fill_in(folder: Path) -> None:
    """Do what the handbook asks of the editor: look at all that is marked, give the two days."""
    look_at(folder)
    index = (folder / "index.md").read_text("utf-8")
    for key, day in (("published", PUBLISHED), ("  captured", CAPTURED)):
        index = index.replace(f"\n{key}:\n", f"\n{key}: {day}\n")
    (folder / "index.md").write_text(index, "utf-8")


@pytest.fixture(scope="module", params=KINDS)
def made(request: pytest.FixtureRequest, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A project whose one report was drafted from a file of each kind, filled in, checked, released and built."""
    kind = str(request.param)
    root = tmp_path_factory.mktemp(kind)
    for name in ("templates", "static"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "site.yaml", root)
    address = save(kind, root / f"报告.{kind}", browser)
    told = StringIO()
    with redirect_stdout(told):
        assert build.main(["split", str(root / f"报告.{kind}"), str(root / "content" / YEAR)], root) == 0
    assert build.main(["check"], root) == 0, "a draft builds as it is"
    fill_in(root / "content" / YEAR)
    for command in (["check"], ["release"], ["check"], []):
        assert build.main(command, root) == 0
    return Made(kind, root, told.getvalue(), address)


@pytest.fixture(scope="module")
def served(made: Made) -> Iterator[str]:
    with serving(made.root) as address:
        yield f"{address}/_site/{YEAR}"


def test_every_kind_of_file_holds_the_same_report(made: Made) -> None:
    """The same as its plain text, but for the note that only the document has."""
    expected = prove_draft(YEAR, split("\n".join(whole()), YEAR).files, Problems())
    assert [each.text for each in made.report.preamble] == [each.text for each in expected.preamble]
    found, items = [
        [(item.id, item.heading, [str(each.text) for each in item.paragraphs]) for item in report.walk()]
        for report in (made.report, expected)
    ]
    items[-1][2].extend([f"1 {NOTE}"] if made.kind == "docx" else [])
    assert len(found) == 36
    assert found == items


def test_what_is_known_of_the_report_stands_in_index_md(made: Made) -> None:
    matter = made.report.matter
    data = (made.root / f"报告.{made.kind}").read_bytes()
    assert matter.title == "甲市乙区人民政府2031年度法治政府建设工作报告"
    assert (matter.issuer, matter.year, str(matter.published)) == ("甲市乙区人民政府", 2031, PUBLISHED)
    assert (matter.source.url or "", str(matter.source.captured)) == (made.address, CAPTURED)
    assert (matter.source.kind, matter.source.file_sha256) == (made.kind, hashlib.sha256(data).hexdigest())
    assert [*matter.source.left_out] == ([] if made.kind == "docx" else AROUND)


def test_the_editor_is_told_what_to_look_at(made: Made) -> None:
    looked_at = [line.removeprefix("look at: ") for line in made.told.splitlines() if line.startswith("look at: ")]
    of_page = [
        "5 numbers of lists, which a browser makes by itself, were written out: hold them against the page",
        "left_out: 11 lines before the report's last words and 8 behind them are left out",
    ]
    of_document = [f"1 {NOTE}: a footnote, marked behind “请128件，受理115件”; it stands behind the last line and was drafted as a paragraph"]  # fmt: skip
    of_figures = f"figures: {45 if made.kind == 'docx' else 44} numbers are drafted; say what each measures, or take its line out"
    assert sorted(line.rpartition(" (")[0] for line in looked_at) == sorted(
        [
            of_figures,
            *(of_document if made.kind == "docx" else of_page),
            "附件: annex, glossary or notes: nothing from here on was numbered as the report's",
            "a signature or a date ends the report; it was drafted as paragraphs",
        ]
    )


def test_every_address_of_it_is_recorded_with_its_words(made: Made) -> None:
    record = (made.root / "content/addresses.txt").read_text("utf-8").splitlines()
    recorded = dict(line.split(" ", 1) for line in record if not line.startswith("#"))
    passages = {f"{YEAR}/{item.id}": item.heading for item in made.report.walk()}
    passages |= {f"{YEAR}/{each.id}": each.text for item in made.report.walk() for each in item.paragraphs}
    passages |= {f"{YEAR}/{id}": made.report.preamble[0].text for id in ("s0", "s0-p1")}
    assert recorded.keys() == passages.keys()
    for address, words in recorded.items():
        assert passages[address].startswith(words.removesuffix("…"))


def test_the_site_of_it_has_no_dead_link(made: Made) -> None:
    site = made.root / "_site"
    files = {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    assert dead_links(files) == []


def test_the_full_text_shows_the_words_of_the_capture_and_every_anchor(made: Made, served: str, page: Page) -> None:
    page.goto(f"{served}/index.html")
    lines = (made.folder / "source.txt").read_text("utf-8").splitlines()
    own = list(lines)
    for line in made.report.matter.source.left_out:
        own.remove(line)
    assert len(own) == len(lines) - len(made.report.matter.source.left_out)
    assert fold(page.evaluate(WORDS)) == fold("".join(own))
    record = (made.root / "content/addresses.txt").read_text("utf-8")
    ids = re.findall(rf"^{YEAR}/(\S+)", record, re.MULTILINE)
    assert len(ids) > 70
    assert page.evaluate("ids => ids.filter(id => !document.getElementById(id))", ids) == []
    page.goto(f"{served}/index.html#s3-2-1")
    assert page.evaluate("document.querySelector(':target > h4').textContent") == "1.统一执法标准，编制常用文书范本。"


def test_an_item_whose_number_no_text_held_has_a_page(served: str, page: Page) -> None:
    page.goto(f"{served}/s1-6-3.html")
    assert page.get_by_role("heading", level=1).text_content() == "3.关注重点人群。"
    assert fold(page.evaluate(WORDS)) == fold("3.关注重点人群。为青少年上法治课210节，为务工人员提供法律援助560人次。")
    assert page.title().startswith("一（六）3 关注重点人群 · ")


def test_the_collation_shows_every_line_of_the_capture(made: Made, served: str, page: Page) -> None:
    page.goto(f"{served}/collation.html")
    lines = (made.folder / "source.txt").read_text("utf-8").splitlines()
    shown = page.locator('[data-side="source"] > p').evaluate_all(
        "lines => lines.map(line => { const copy = line.cloneNode(true);"
        ' copy.querySelectorAll("[data-apparatus]").forEach(each => each.remove()); return copy.textContent; })'
    )
    assert [line.strip() for line in shown] == [line.strip() for line in lines]
    left_out = page.locator("tr", has=page.locator("del.left_out"))
    assert left_out.count() == len(made.report.matter.source.left_out)
