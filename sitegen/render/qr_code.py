"""A page's address → a QR code of it, for paper and for handing a page from a wide screen to a phone."""

import re
from functools import cache
from typing import cast

from markupsafe import Markup, escape

_QUIET = 4  # modules that must be light on every side
_STRETCH = 11  # modules that are drawn at once: so few that most stretches were drawn before
_RUN = re.compile(rb"\0+|\xff+")


def draw_qr_code(address: str, title: str) -> Markup:
    """The code after ISO/IEC 18004 as an SVG element, with error correction M and its quiet zone, dark on white.

    Of the eight masks it has the best, as the standard asks, though any would be read.
    """
    from zxingcpp import BarcodeFormat, create_barcode  # only a site that knows its address needs it

    image = create_barcode(address, BarcodeFormat.QRCode, ec_level="M").to_image(add_quiet_zones=False)
    size = image.shape[0]
    modules = bytes(cast(bytes, image))  # a byte for each; its stubs do not say that an image is a buffer
    rows = (_draw_row(modules[start : start + size]) for start in range(0, len(modules), size))
    lines = f"m-{size} 1".join(rows)
    whole = size + 2 * _QUIET
    return Markup(
        f'<svg viewBox="-{_QUIET} -{_QUIET} {whole} {whole}" class="qr"><title>{escape(title)}</title>'
        f'<path fill="#fff" d="M-{_QUIET}-{_QUIET}h{whole}v{whole}h-{whole}z"/>'
        f'<path stroke="#000" d="M0 .5{lines}"/></svg>'
    )


def _draw_row(modules: bytes) -> str:
    return "".join([_draw(modules[start : start + _STRETCH]) for start in range(0, len(modules), _STRETCH)])


@cache
def _draw(modules: bytes) -> str:
    """What draws some modules in a row, from left to right."""
    return "".join(f"h{len(run)}" if run[0] == 0 else f"m{len(run)} 0" for run in _RUN.findall(modules))
