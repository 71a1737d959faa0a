"""The path of a page in the site → the address that its host answers at, which everything that names it gives."""

from sitegen.frontmatter.keys import Site


def canonical_address(site: Site, path: str) -> str:
    """A page's address below `url`, without what `host_drops` tells that the host leaves out; "" without `url`.

    The slash at the root of a host is no folder's.
    """
    if not site.url:
        return ""
    address = f"{site.url}/{path}"
    if site.host_drops:
        address = address.removesuffix("index.html")
    if ".html" in site.host_drops:
        address = address.removesuffix(".html")
    if "slash" in site.host_drops and address.count("/") > len("///"):
        address = address.removesuffix("/")
    return address
