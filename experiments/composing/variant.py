"""A design as a file of its own, which shows only what differs from the design it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

from experiments.complaint import Complaint
from experiments.composing.choices import choices
from experiments.composing.resolved import resolved

Data = dict[str, Any]


def write_variant(
    folder: Path, names: Sequence[str], org: Data, parent: str, levers: Sequence[str], remark: str
) -> list[Path]:
    """Write a design as ``org/NAME.yaml``, and see that it is read as it is.

    A design that needs configs of a user's own, or takes something away from its parent, is written whole: a command
    takes one folder of own configs.

    Parameters
    ----------
    folder : Path
        Of configs; for ``--config-dir``.
    names : sequence of str
        Under which it is written, a file each.
    org : dict
        Its data, resolved.
    parent : str
        The design that it comes from.
    levers : sequence of str
        Those pulled on the parent.
    remark : str
        Stands in the first line.

    Returns
    -------
    list of Path
        The files.
    """
    wanted = {**org, "name": names[0]}
    shipped = parent in choices("org") and set(levers) <= set(choices("lever"))
    if shipped:
        before = resolved([f"org={parent}", *([f"+lever=[{','.join(levers)}]"] if levers else [])])["org"]
        defaults: list[Any] = [parent, *([{"/lever": list(levers)}] if levers else []), "_self_"]
        written = _written(folder, names, {"defaults": defaults, **differing(before, wanted)}, remark)
        if _read(folder, names[0]) == wanted:
            return written
    written = _written(folder, names, wanted, remark)
    assert _read(folder, names[0]) == wanted, f"{written[0]} is not read as it was written"
    return written


def _written(folder: Path, names: Sequence[str], described: Data, remark: str) -> list[Path]:
    import yaml

    (folder / "org").mkdir(parents=True, exist_ok=True)
    paths = [folder / "org" / f"{name}.yaml" for name in names]
    for name, path in zip(names, paths, strict=True):
        text = yaml.safe_dump({**described, "name": name}, sort_keys=False, allow_unicode=True)
        path.write_text(f"# {remark}\n{text}", encoding="utf-8")
    return paths


def differing(before: Data, after: Data) -> Data:
    """Give what has to be merged into one mapping to make another of it, if nothing is to be taken away.

    Parameters
    ----------
    before, after : dict
        Plain data.
    """
    found: Data = {}
    for key, value in after.items():
        old = before.get(key)
        if isinstance(value, dict) and isinstance(old, dict):
            inner = differing(old, value)
            if inner:
                found[key] = inner
        elif key not in before or old != value or type(old) is not type(value):
            found[key] = deepcopy(value)
    return found


def _read(folder: Path, name: str) -> Data | None:
    try:
        return resolved([f"org={name}"], config_dir=folder)["org"]  # type: ignore[no-any-return]
    except Complaint:
        return None
