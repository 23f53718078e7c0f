"""The names of files that hosts read, and of files that a build removes from an engine's output."""

from __future__ import annotations

NETLIFY, AZURE, NGINX, APACHE = "_headers", "staticwebapp.config.json", "nginx.conf", ".htaccess"
FILES = (NETLIFY, AZURE, NGINX, APACHE)
"""Files that the host reads and does not send to readers."""
NOT_FOUND = "404.html"

# Source maps show how the theme was made. The rest belongs to the search of the theme and of Zensical, which writes an
# empty index where it makes none, and to a look of Zensical's that the guide does not have: no page asks for it.
UNUSED = (
    "assets/javascripts/lunr",
    "assets/javascripts/workers",
    "assets/stylesheets/modern",
    "search.json",
)
"""Files that a build removes from an engine's output, whatever they contain."""
