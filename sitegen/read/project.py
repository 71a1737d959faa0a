"""The project's files → its settings, the files of templates/ and static/, those of each report, and the record."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from sitegen.files import decode, names, read_bytes, read_folder, read_tree
from sitegen.frontmatter.keys import Site
from sitegen.model.folder import Files
from sitegen.model.project import Project
from sitegen.problems import Passage, Place, Problems
from sitegen.read.folder import is_meant
from sitegen.read.names import check_name, check_names, check_names_beside
from sitegen.read.record import read_record
from sitegen.store.store import NOTHING_KEPT, Store


def read_project(root: Path, problems: Problems, store: Store = NOTHING_KEPT) -> Project:
    """Everything that a build is made of, as far as it can be read."""
    return Project(
        settings=read_settings(root, problems, store),
        templates=read_tree(root, "templates", problems),
        static=read_tree(root, "static", problems),
        reports=read_reports(root, problems),
        record=read_record(root, problems),
    )


def read_settings(root: Path, problems: Problems, store: Store = NOTHING_KEPT) -> Site | None:
    """The settings in site.yaml."""
    data = read_bytes(root, "site.yaml", problems) if check_name(root, "site.yaml", problems) else None
    if data is None:
        return None
    return store.remember(store.key("settings", data), Site, problems, partial(parse_settings, data, problems))


def parse_settings(data: bytes, problems: Problems) -> Site | None:
    """The settings that the bytes of site.yaml hold."""
    from sitegen.frontmatter import reader  # a build in which nothing changed reads no YAML

    text = decode(data, "site.yaml", problems)
    settings = None if text is None else reader.read(text, Site, problems)
    if settings is None or settings.url is None:
        return settings
    return replace(settings, url=Passage(settings.url.rstrip("/"), settings.url.place))


def read_reports(root: Path, problems: Problems) -> dict[str, Files]:
    """The files of each report's folder, by its name; there must be one."""
    all_names = names(root, "content", problems)
    if all_names is None:
        return {}
    check_names_beside(root, problems)
    folders = [name for name in all_names if not (root / "content" / name).is_file()]
    if not folders:
        message = "must hold a folder for each report, as in content/2021"
        problems.must(Place("content"), "report-exists", message)
    reports: dict[str, Files] = {}
    for name in folders:
        files = read_folder(root, f"content/{name}", is_meant, problems)
        if files is not None:
            reports[name] = {**check_names(root, f"content/{name}", problems), **files}
    return reports
