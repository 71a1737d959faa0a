"""Reports of any size, for what must grow no faster than they do."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from sitegen.labels import address, label_text
from sitegen.model.project import ReportInput
from sitegen.pipeline.site import list_reports
from sitegen.problems import Problems

_WORDS = "依法行政稳步推进制度建设不断完善执法监督持续加强普法宣传深入开展"
_TERMS = {"依法行政": "yifa xingzheng", "执法监督": "zhifa jiandu", "普法宣传": "pufa xuanchuan"}


@dataclass(frozen=True)
class Shape:
    """So many parts of so many sections of so many items; without sections the items stand directly below a part."""

    parts: int
    sections: int
    items: int
    characters: int = 100

    @property
    def count(self) -> int:
        """How many items of all levels there are."""
        return self.parts * (1 + self.sections + max(self.sections, 1) * self.items)


def grown_report(name: str, shape: Shape) -> ReportInput:
    """A report of a shape, in which every item of the lowest level has a note, a figure and a number that is none."""
    problems = Problems()
    files = {path: text.encode() for path, text in grown_texts(shape).items()}
    (report,) = list_reports({name: files}, {}, problems)
    problems.stop()
    return report


def grown_texts(shape: Shape) -> Mapping[str, str]:
    """The files of such a report's folder."""
    title = "甲区法治政府建设年度报告"
    words = [title, f"现将{'、'.join(_TERMS)}情况报告如下。"]
    files: dict[str, str] = {}
    for part in range(1, shape.parts + 1):
        heading = f"{label_text(1, part)}总体情况"
        words.append(heading)
        lines, body = [f"heading: {heading}"], ""
        if not shape.sections:
            lines, body = _items(shape, address(None, 1, part), words, lines)
        files[f"{part}-part.md"] = "\n".join(["---", *lines, "---", body])
        for section in range(1, shape.sections + 1):
            heading = f"{label_text(2, section)}制度建设"
            words.append(heading)
            above = address(address(None, 1, part), 2, section)
            lines, body = _items(shape, above, words, [f"heading: {heading}"])
            files[f"{above[1:]}-section.md"] = "\n".join(["---", *lines, "---", body])
    source = "\n".join(words) + "\n"
    sha256 = hashlib.sha256(source.encode()).hexdigest()
    index = f"---\ntitle: {title}\nissuer: 甲区\nyear: 2021\npublished:\nsource:\n  url:\n  sha256: {sha256}\n---\n\n{words[1]}\n"
    terms = "".join(f"    - term: {term}\n      pinyin: {pinyin}\n" for term, pinyin in _TERMS.items())
    return {**files, "index.md": index, "source.txt": source, "terms.yaml": f"groups:\n  术语:\n{terms}"}


def _items(shape: Shape, above: str, words: list[str], lines: list[str]) -> tuple[list[str], str]:
    """The front matter, begun by `lines`, and the body of a file of items; their words are added to `words`."""
    figures, others, body = ["figures:"], ["no_figures:"], []
    for number in range(1, shape.items + 1):
        id = address(above, 3, number)
        count = int("".join(f"{int(each):03}" for each in id[1:].split("-")))
        heading, first = f"{number}.推进工作", f"办理{count}件，另有{count}起。"
        text = (_WORDS * (shape.characters // len(_WORDS) + 1))[: max(0, shape.characters - len(first) - 10)]
        words += [heading, f"{first}{text}"]
        figures += [f"  - value: {count}件", "    measures: 办理", "    unit: 件", f"    item: {id}"]
        others.append(f"  - {count}起")
        body.append(f"## {heading}\n\n{first}[^{number}]{text}\n\n[^{number}]: 「办理」如此。\n")
    return [*lines, *figures, *others], "\n" + "\n".join(body)
