"""A page's address → a QR code of it, for paper and for handing a page from a wide screen to a phone."""

from sitegen.frontmatter.keys import Site


def qr_svg(site: Site, path: str) -> str:
    """The code after ISO/IEC 18004 as an SVG element, with error correction M and its quiet zone, dark on white.

    Nothing where the site does not know its address.
    """
    if not site.url:
        return ""
    import segno  # only a site that knows its address needs it

    code = segno.make_qr(f"{site.url}/{path}", error="m")
    return code.svg_inline(light="#fff", svgclass="qr", lineclass=None, omitsize=True, title="本页网址的二维码")
