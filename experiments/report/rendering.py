"""A report as one self-contained HTML page: opens offline, asks nothing of any network, needs no script, prints."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from experiments.report.document import Document
from experiments.report.inline import inline_svg

TEMPLATE = "page.html.j2"
STYLE = "page.css"


def render(document: Document) -> str:
    """Render a report.

    Parameters
    ----------
    document : Document
        All text in it is escaped; pictures are put inline.

    Returns
    -------
    str
        HTML; equal input gives equal text.
    """
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["text"] = _text
    template = environment.from_string(_read(TEMPLATE))
    return template.render(
        document=document,
        style=Markup(_read(STYLE)),
        # The one place where text is taken as it is: matplotlib's own output, whose labels are outlines.
        pictures={d.name: Markup(inline_svg(d.svg, d.name, d.title)) for d in document.drawings},
    )


def _read(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")


def _text(value: Any) -> str:
    """Write an item of the provenance."""
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
