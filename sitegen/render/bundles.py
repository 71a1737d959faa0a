"""The words of all reports → what the search is given to look through them all: the list of them, and bundles.

Bundles are filled from the oldest report on, and by the number of characters, which no version of a library changes: a
new report changes the newest bundle alone, and browsers keep the others.
"""

from collections.abc import Mapping, Sequence

from sitegen.labels import HAN_NUMBERS, NUMBER_FORMS
from sitegen.model.finished import Searchable
from sitegen.render.search_data import BUNDLE, call, to_json
from sitegen.render.traditional import join_traditional

Bundle = Sequence[tuple[str, str]]
"""Pieces of the words of reports, each behind the report's name."""


def search_files(reports: Mapping[str, Searchable]) -> dict[str, str]:
    """The scripts by path, given what is searched of each report by its name, the newest report first.

    A report alone needs no bundle: its own words are all.
    """
    bundles = fill_bundles(reports) if len(reports) > 1 else []
    texts = {"assets/reports.js": _reports_js(list(reports), bundles)}
    for number, bundle in enumerate(bundles, 1):
        file = f"bundle-{number}.js"
        texts[f"assets/{file}"] = _bundle_js(file, bundle, reports)
    return texts


def fill_bundles(reports: Mapping[str, Searchable]) -> list[list[tuple[str, str]]]:
    """All pieces in bundles, from the oldest report's first on."""
    bundles: list[list[tuple[str, str]]] = []
    room = 0
    for name in reversed(list(reports)):
        for piece in reports[name].pieces:
            if len(piece) > room:
                bundles.append([])
                room = BUNDLE
            bundles[-1].append((name, piece))
            room -= len(piece)
    return bundles


def _reports_js(names: Sequence[str], bundles: Sequence[Bundle]) -> str:
    """The reports in the order of the shelf, how numbers are read, and where there are bundles, the reports in each."""
    told: dict[str, object] = {"reports": names, "forms": NUMBER_FORMS, "han": " ".join(HAN_NUMBERS)}
    if bundles:
        told["bundles"] = [_names(bundle) for bundle in bundles]
    return call("shelf", to_json(told))


def _bundle_js(file: str, bundle: Bundle, reports: Mapping[str, Searchable]) -> str:
    """A bundle; its table of traditional forms serves all its reports, those too of which it holds a piece alone."""
    traditional = join_traditional(reports[name].traditional for name in _names(bundle))
    pieces = ",".join(piece for _, piece in bundle)
    return call("bundle", f'{{"file":"{file}","traditional":{to_json(traditional)},"reports":[{pieces}]}}')


def _names(bundle: Bundle) -> list[str]:
    return [name for name, _ in bundle]
