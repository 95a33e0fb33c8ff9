"""An SVG file made part of a page: nothing left that refers outside it, no id that another picture has."""

from __future__ import annotations

import re
from html import escape

PROLOG = re.compile(r"^.*?(?=<svg\b)", re.DOTALL)
COMMENT = re.compile(r"<!--.*?-->\s*", re.DOTALL)
METADATA = re.compile(r"<metadata>.*?</metadata>\s*", re.DOTALL)
ROOT = re.compile(r"<svg\b[^>]*>")
VIEW_BOX = re.compile(r'viewBox="([-\d. ]+)"')
OWN_ID = re.compile(r'\bid="([^"]+)"')
REFERENCE = re.compile(r'((?:xlink:)?href="#|url\(#)')


def inline_svg(svg: bytes, name: str, title: str = "") -> str:
    """Make an SVG file from matplotlib an element of an HTML page.

    Parameters
    ----------
    svg : bytes
        The file.
    name : str
        Put before every id, since ids must be unique on a page; letters, digits and underscores.
    title : str
        What it shows, for who cannot see it; escaped here.

    Returns
    -------
    str
        An ``<svg>`` element that takes its size from its surroundings. With a title it is an image with a name;
        without one it is hidden from screen readers.

    Raises
    ------
    ValueError
        If `svg` has no root element with a view box, or `name` is no identifier.
    """
    if not name.isidentifier():
        raise ValueError(f"name must be an identifier, got {name!r}")
    text = METADATA.sub("", COMMENT.sub("", PROLOG.sub("", svg.decode("utf-8"), count=1)))
    root = ROOT.match(text)
    box = VIEW_BOX.search(root.group()) if root else None
    if root is None or box is None:
        raise ValueError(f"picture {name!r} must be an SVG with a view box, got {text[:40]!r}")
    body = REFERENCE.sub(rf"\g<1>{name}-", OWN_ID.sub(rf'id="{name}-\1"', text[root.end() :]))
    if not title:
        return f'<svg viewBox="{box.group(1)}" aria-hidden="true" focusable="false">{body.rstrip()}'
    named = f'role="img" aria-labelledby="{name}-title" focusable="false"'
    return f'<svg viewBox="{box.group(1)}" {named}><title id="{name}-title">{escape(title)}</title>{body.rstrip()}'
