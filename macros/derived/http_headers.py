"""The headers that a host should send with every page, the content security policy among them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple


class Header(NamedTuple):
    """A header that goes with every file."""

    name: str
    value: str
    why: str
    """For those who look after a host; Markdown."""


_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",  # the theme's icons are pictures inside its style sheet
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
}
_HEADER_ONLY = {"frame-ancestors"}
"""Browsers ignore these in a page, and log a warning."""
_NEEDS_NO_SERVER = {"connect-src": "'none'", "base-uri": "'none'", "form-action": "'none'", "object-src": "'none'"}
_FEATURES = re.findall(
    r"\S+",
    "accelerometer autoplay browsing-topics camera display-capture encrypted-media geolocation gyroscope hid "
    "idle-detection local-fonts magnetometer microphone midi payment picture-in-picture publickey-credentials-get "
    "screen-wake-lock serial usb xr-spatial-tracking",
)
"""Device features that a page could ask for, and ours never does. Chromium knows each by this name."""


def _policy(parts: Mapping[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in parts.items())


POLICY = _policy(_POLICY)
"""The Content-Security-Policy as a header: nothing inline, nothing from other sites, no forms that send, no framing."""
PAGE_POLICY = _policy({name: value for name, value in _POLICY.items() if name not in _HEADER_ONLY})
"""The same policy as a page can declare it."""
DISK_POLICY = _policy(_NEEDS_NO_SERVER)
"""The policy of a page that is opened from a disk.

There `'self'` matches nothing, so it forbids only things no page needs.
"""

HEADERS = (
    Header("Content-Security-Policy", POLICY, "Scripts, styles and pictures come from the site alone. None is inline."),
    Header("Referrer-Policy", "no-referrer", "A site that a reader goes on to is not told where they come from."),
    Header(
        "Permissions-Policy",
        ", ".join(f"{name}=()" for name in _FEATURES),
        "No page can ask for the camera, the place or anything else of a device.",
    ),
    Header("X-Content-Type-Options", "nosniff", "Browsers take each file for what the host says that it is."),
    Header("X-Frame-Options", "DENY", "No other site can show a page inside its own. For browsers of before 2018."),
    Header("Cross-Origin-Opener-Policy", "same-origin", "A window that the guide opens cannot reach back into it."),
)

FOR_GOOD = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
