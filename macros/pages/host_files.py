"""The names of the files that hosts read, and of those that a build takes out of what an engine made."""

from __future__ import annotations

NETLIFY, AZURE, NGINX, APACHE = "_headers", "staticwebapp.config.json", "nginx.conf", ".htaccess"
FILES = (NETLIFY, AZURE, NGINX, APACHE)
"""What a host reads and no reader is sent."""
NOT_FOUND = "404.html"

# Source maps show how the theme was made. The rest belongs to the search of the theme and of Zensical, which writes an
# empty index where it makes none, and to a look of Zensical's that the guide does not have: no page asks for it.
UNUSED = (
    "assets/javascripts/lunr",
    "assets/javascripts/workers",
    "assets/stylesheets/modern",
    "search.json",
)
"""What a build takes out of what an engine made, whatever is in it."""
