"""What was promised of the report of 2021; where content/ does not hold it, or holds a later capture, that is said."""

import gzip
import hashlib
import json

import pytest

import build
from sitegen.check.collation import collate
from sitegen.problems import Problems
from tests.conftest import ROOT, edition_of
from tests.test_site import ADDRESSES, ids, tree
from tests.test_wire import FIRST_FLIGHT, HEAVY, ITEM

FOLDER = ROOT / "content/2021"
CAPTURE = "f9aee5bfc4e3d828766b16b3c4119530ec5b61e45c9d765bb24e02b5464e3022"


@pytest.fixture(scope="module")
def built() -> dict[str, bytes]:
    """The files of the real site, if it has the report."""
    if not FOLDER.exists():
        pytest.skip("content/2021 is not here: what was promised of this report is not tested")
    return build.make(ROOT)


@pytest.fixture
def source() -> bytes:
    """The capture that the edition began with, if the report is held against it still."""
    data = (FOLDER / "source.txt").read_bytes() if FOLDER.exists() else b""
    if hashlib.sha256(data).hexdigest() != CAPTURE:
        pytest.skip(f"content/2021/source.txt is not the capture {CAPTURE[:8]}: what was counted in that is not tested")
    return data


def test_the_counts_of_the_capture_are_those_that_its_edition_page_told(source: bytes) -> None:
    assert len(source) == 11_623
    found = collate(edition_of(ROOT, "2021").report, Problems())
    counts = {each.before or each.kind: each.count for each in found.changes}
    assert (found.characters, counts["left_out"], counts["removed"], counts[","]) == (4003, 10, 2, 149)


def test_its_28_items_and_53_addresses_are_there(built: dict[str, bytes]) -> None:
    assert [item["id"] for item in json.loads(built["2021/report.json"])["items"]] == ADDRESSES
    full = set(ids(tree(built, "2021/index.html")))
    with_text = [address for address in ADDRESSES if address not in ("s1", "s1-1", "s1-2", "s1-3", "s1-4", "s1-5")]
    promised = {"s0", "s0-p1", *ADDRESSES, *(f"{address}-p1" for address in with_text), "s2-p2"}
    assert len(promised) == 53
    assert promised <= full


def test_its_pages_keep_their_weight(built: dict[str, bytes]) -> None:
    shared = sum(len(gzip.compress(built[f"assets/{name}"], 6, mtime=0)) for name in ("site.css", "site.js"))
    weights = {id: len(gzip.compress(built[f"2021/{id}.html"], 6, mtime=0)) + shared for id in ("index", *ADDRESSES)}
    assert {id for id, weight in weights.items() if weight > ITEM} <= {"index", *HEAVY}
    assert max(weights.values()) <= FIRST_FLIGHT
