from pathlib import Path

import pytest

import build
from sitegen.check.paths import check_paths
from sitegen.problems import Mistakes, Problems


@pytest.mark.parametrize(
    ("made", "assets", "told"),
    [
        (["index.html", "2021/index.html", "2021/s1.html"], ["assets/site.css", "assets/index.html"], []),
        (["2021/s1.html", "2021/s1.html"], [], ["2021/s1.html: must have another name: the build makes 2021/s1.html"]),
        (["2021/s1a.html", "2021/s1A.html"], [], ["2021/s1A.html: must have another name: the build makes 2021/s1a"]),
        (["2021", "2021/s1.html"], [], ["2021/s1.html: must have another name: the build makes 2021 too"]),
        (["2021/s1.html", "2021"], [], ["2021: must have another name: the build makes 2021/… too"]),
        (["assets/a.js"], ["assets/a.js"], ["static/a.js: must have another name: the build makes assets/a.js too"]),
        (
            ["assets/a.js"],
            ["assets/A.js/b"],
            ["static/A.js/b: must have another name: the build makes assets/a.js too"],
        ),
        (["assets/a/b.js"], ["assets/a"], ["static/a: must have another name: the build makes assets/a/… too"]),
    ],
)
def test_each_file_has_a_path_of_its_own(made: list[str], assets: list[str], told: list[str]) -> None:
    problems = Problems()
    check_paths(made, assets, problems)
    assert len(problems.found) == len(told)
    for problem, said in zip(problems.found, told, strict=True):
        assert str(problem).startswith(said)
        assert problem.rule == "file-once"


def test_what_only_the_preview_makes_is_in_the_way_of_the_preview_alone(project: Path) -> None:
    (project / "static/preview.js").write_text("x")
    assert build.make(project)["assets/preview.js"] == b"x"
    with pytest.raises(Mistakes, match=r"^static/preview\.js: must have another name"):
        build.make(project, preview={"assets/preview.js": b""})
