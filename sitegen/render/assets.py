"""static/ → assets/: style and scripts without their comments and white space, everything else as it is."""

from collections.abc import Mapping

from rcssmin import cssmin
from rjsmin import jsmin

from sitegen.files import decode


def assets(static: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of assets/ from those of static/, by path; raises Mistakes for a style or script that is not UTF-8."""
    return {f"assets/{path}": _shorten(path, data) for path, data in static.items()}


def _shorten(path: str, data: bytes) -> bytes:
    shorten = {"css": cssmin, "js": jsmin}.get(path.rpartition(".")[2])
    return str(shorten(str(decode(data, f"static/{path}")))).encode() if shorten else data
