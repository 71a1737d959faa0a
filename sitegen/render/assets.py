"""static/ → assets/: style and scripts without their comments and white space, everything else as it is."""

from collections.abc import Mapping

from rcssmin import cssmin
from rjsmin import jsmin

from sitegen.files import decode
from sitegen.problems import Problems


def render_assets(static: Mapping[str, bytes], problems: Problems) -> dict[str, bytes]:
    """The files of assets/ from those of static/, by path; a style or script must be UTF-8."""
    return {f"assets/{path}": _shorten(path, data, problems) for path, data in static.items()}


def _shorten(path: str, data: bytes, problems: Problems) -> bytes:
    shorten = {"css": cssmin, "js": jsmin}.get(path.rpartition(".")[2])
    if shorten is None:
        return data
    text = decode(data, f"static/{path}", problems)
    return str(shorten(str(text or ""))).encode()
