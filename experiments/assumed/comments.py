"""Numbers of a YAML file, each with the comments that stand for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple


class Comment(NamedTuple):
    """A comment that stands for a number.

    Attributes
    ----------
    text : str
    place : str
        Tells it from others of the file.
    held : int
        How many of the number's keys hold all that the comment stands for; 0 at the head of a file.
    """

    text: str
    place: str
    held: int


class Commented(NamedTuple):
    """A number as its file has it.

    Attributes
    ----------
    path : str
        Such as ``roles.engineer.headcount`` or ``weekdays[0]``.
    value : str
        As written.
    words : dict
        What the mappings around it have for their keys where it is a word, of the nearest that has the key.
    beside : str
        The comment on its own line; empty without.
    comments : list of Comment
        Nearest first: on its own line; right above; on the line of, or right above, each key that holds it; at the head
        of the file.
    """

    path: str
    value: str
    words: dict[str, str]
    beside: str
    comments: list[Comment]

    @property
    def keys(self) -> list[str]:
        """The keys of its path, places in lists among them."""
        return keys_of(self.path)


def commented(text: str) -> Iterator[Commented]:
    """Read the numbers of a file's text, in the order in which they are written.

    Raises
    ------
    yaml.YAMLError
        If it is no YAML.
    """
    import yaml

    lines = text.splitlines()
    for number in _numbers(yaml.compose(text), _Node("", None, (), {})):
        beside = _beside(lines[number.node.start_mark.line])
        yield Commented(number.path, number.node.value, number.words, beside, _comments(lines, number))


def keys_of(path: str) -> list[str]:
    """Give the keys of a path, places in lists among them."""
    return path.replace("[", ".").replace("]", "").split(".")


class _Node(NamedTuple):
    path: str
    node: Any
    lines: tuple[int, ...]
    """Of the keys on its path, places in lists among them."""
    words: dict[str, str]


def _numbers(node: Any, at: _Node) -> Iterator[_Node]:
    """Give the numbers under a node."""
    import yaml

    if isinstance(node, yaml.MappingNode):
        words = {k.value: v.value for k, v in node.value if v.tag == "tag:yaml.org,2002:str"}
        for key, value in node.value:
            if key.value != "defaults":
                path, lines = f"{at.path}.{key.value}" if at.path else key.value, (*at.lines, key.start_mark.line)
                yield from _numbers(value, _Node(path, None, lines, {**at.words, **words}))
    elif isinstance(node, yaml.SequenceNode):
        for i, value in enumerate(node.value):
            lines = (*at.lines, value.start_mark.line)
            yield from _numbers(value, _Node(f"{at.path}[{i}]", None, lines, at.words))
    elif node is not None and node.tag in ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float"):
        yield at._replace(node=node)


def _comments(lines: list[str], number: _Node) -> list[Comment]:
    """Give the comments that stand for a number: on its line and those of the keys that hold it, nearest first."""
    found = []
    for line in dict.fromkeys([number.node.start_mark.line, *reversed(number.lines)]):
        # Of several keys on a line the outermost holds all that its comment stands for.
        held = 1 + next((i for i, at in enumerate(number.lines) if at == line), len(number.lines) - 1)
        found.append(Comment(_beside(lines[line]), f"beside {line}", held))
        found.append(Comment(_right_above(lines, line), f"above {line}", held))
    return [*found, Comment(_head(lines), "head", 0)]


def _beside(line: str) -> str:
    _, _, comment = line.partition(" #")
    return comment.strip()


def _right_above(lines: list[str], at: int) -> str:
    first = at
    while first > 0 and lines[first - 1].lstrip().startswith("#"):
        first -= 1
    return _joined(lines[first:at]) if first > 0 else ""


def _head(lines: list[str]) -> str:
    last = next((i for i, line in enumerate(lines) if not line.startswith("#")), len(lines))
    return _joined(lines[:last])


def _joined(lines: list[str]) -> str:
    return " ".join(line.strip().lstrip("# ") for line in lines if "@package" not in line)
