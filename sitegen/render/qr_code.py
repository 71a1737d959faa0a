"""A page's address → a QR code of it, for paper and for handing a page from a wide screen to a phone."""

from markupsafe import Markup


def draw_qr_code(address: str, title: str) -> Markup:
    """The code after ISO/IEC 18004 as an SVG element, with error correction M and its quiet zone, dark on white."""
    import segno  # only a site that knows its address needs it

    code = segno.make_qr(address, error="m")
    return Markup(code.svg_inline(light="#fff", svgclass="qr", lineclass=None, omitsize=True, title=title))
