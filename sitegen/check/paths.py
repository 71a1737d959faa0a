"""Every file of the site has a path of its own: what the build makes is never replaced by a file of the same name."""

from collections.abc import Iterable, Sequence
from itertools import accumulate

from sitegen.problems import Place, Problems


def check_paths(made: Sequence[str], assets: Iterable[str], problems: Problems) -> None:
    """No file that the build makes stands where another one does, nor one of static/, whose paths are `assets`.

    Nor may a file stand where another needs a folder. Capital letters do not tell two apart: on many disks they cannot.
    """
    taken: dict[str, str] = {}
    folders: set[str] = set()
    given = {path: f"static/{path.removeprefix('assets/')}" for path in assets}
    for path, place in [*zip(made, made, strict=True), *given.items()]:
        key = path.lower()
        above = list(accumulate(key.split("/")[:-1], "{}/{}".format))
        in_the_way = {key, *above} & taken.keys() or {key} & folders
        if in_the_way:
            other = min(taken.get(name, f"{name}/…") for name in in_the_way)
            problems.must(Place(place), "file-once", f"must have another name: the build makes {other} too")
        taken.setdefault(key, path)
        folders.update(above)
