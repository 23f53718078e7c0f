"""The nodes of a page's tree: their attributes, their identity, and their names in messages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from selectolax.lexbor import LexborNode

Attributes = Mapping[str, str]


def signature(tag: str, attributes: Attributes) -> str:
    """Return an element and its classes in the form of a selector: `div.md-content`."""
    return ".".join((tag, *attributes.get("class", "").split()))


def attributes_of(node: LexborNode) -> dict[str, str]:
    """Return the attributes of an element; one without a value has the value ""."""
    return {name: value or "" for name, value in node.attributes.items()}


def children_of(node: LexborNode) -> Iterator[LexborNode]:
    """Yield the children of a node, including text and comments."""
    child = node.first_child
    while child is not None:
        yield child
        child = child.next


def parent_of(node: LexborNode) -> str:
    """Return the signature of a node's parent."""
    parent = node.parent
    return signature(parent.tag or "", attributes_of(parent)) if parent is not None else ""


def key_of(tag: str, attributes: Attributes) -> object:
    """Return a key that identifies an element from a macro. Addresses are left out, as engines rewrite them."""
    return tag, frozenset((name, value) for name, value in attributes.items() if name not in {"href", "src"})


def as_written(tag: str, attributes: Attributes) -> str:
    """Return an element with its attributes, for people to read."""
    return " ".join((tag, *(f"{name}={value}" if value else name for name, value in attributes.items())))
