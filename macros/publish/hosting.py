"""How a host should serve the site: the headers for each file, defined once and written in the forms that hosts read.

They are written into a built site, whichever engine made it. Every page also contains the policy, in a `<meta>`, as
some hosts send no headers of ours. Anything that depends on files is worked out from the files of the site.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from macros.derived.http_headers import ASK_AGAIN, FOR_GOOD, HEADERS, PAGE_POLICY
from macros.pages.host_files import APACHE, AZURE, FILES, NETLIFY, NGINX, NOT_FOUND, UNUSED
from macros.reading.staging import replace_file

_FOR_GOOD = r"\.[0-9a-f]{8}\.min\.(css|js)$|/assets/javascripts/vendor/[a-z-]+-[0-9.]+/"
"""Addresses with a version or a fingerprint: their content never changes. nginx and Apache use this pattern too."""

MEDIA = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "json": "application/json",
    "csv": "text/csv",
    "ics": "text/calendar",
    "atom": "application/atom+xml",
    "xml": "application/xml",
    "txt": "text/plain",
    "yml": "application/yaml",
    "svg": "image/svg+xml",
    "png": "image/png",
    "ico": "image/vnd.microsoft.icon",
    "pdf": "application/pdf",
    "zip": "application/zip",
    "gz": "application/gzip",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
"""The content type of each kind of file, by the ending of its name.

With `nosniff`, a host that does not know the type makes browsers refuse the file.
"""
_TEXTS = tuple(media for media in MEDIA.values() if re.match(r"text/|.*[+/](xml|yaml)$", media))
_SMALLER = (*_TEXTS[1:], MEDIA["json"], MEDIA["ico"])
"""Kinds of files worth compressing, besides HTML."""

_MAP = re.compile(rb"\s*(?://|/\*)[#@] sourceMappingURL=[^\s*]+(?:\s*\*/)?\s*$")
_CHARSET = re.compile(r'<meta charset="utf-8">')


def write(site: Path, base_url: str) -> None:
    """Make a built site ready for any host: the policy on each page, no source maps, and the files that hosts read.

    Raises OSError.
    """
    _clear(site)
    for path in sorted(site.rglob("*.html")):
        html = path.read_text(encoding="utf-8")
        replace_file(path, with_policy(html).encode())
    names = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    for name, text in contents(names, base_url).items():
        replace_file(site / name, text.encode())


def with_policy(html: str, policy: str = PAGE_POLICY) -> str:
    """Return a page with the policy placed before anything that it could forbid. A policy already there is replaced."""
    said = f'<meta http-equiv="Content-Security-Policy" content="{escape(policy, quote=False)}">'
    whole = f'{said}\n<meta name="referrer" content="no-referrer">'
    if (old := f'content="{escape(PAGE_POLICY, quote=False)}">') in html:
        return html.replace(old, f'content="{escape(policy, quote=False)}">', 1)
    done, found = _CHARSET.subn(lambda match: f"{match[0]}\n{whole}", html, count=1)
    return done if found else f"{whole}\n{html}"


def contents(names: Iterable[str], base_url: str) -> Mapping[str, str]:
    """Return the content of each file for hosts, by its name. `names` are the paths of all files of the site."""
    base = urlsplit(base_url).path.rstrip("/") + "/"
    lasting = [f"{base}{name}" for name in names if re.search(_FOR_GOOD, f"/{name}")]
    return {
        NETLIFY: _netlify(lasting),
        AZURE: _azure(lasting, base),
        NGINX: _nginx(base),
        APACHE: _apache(base),
    }


def _netlify(lasting: Iterable[str]) -> str:
    """Return the headers in the form for Netlify and Cloudflare Pages.

    Both have browsers revalidate all other files.
    """
    parts = [("/*", [(one.name, one.value) for one in HEADERS])]
    parts += [(path, [("Cache-Control", FOR_GOOD)]) for path in lasting]
    lines = [line for path, said in parts for line in (path, *(f"  {name}: {value}" for name, value in said))]
    return "\n".join((*lines, ""))


def _azure(lasting: Iterable[str], base: str) -> str:
    config = {
        "globalHeaders": {**{one.name: one.value for one in HEADERS}, "Cache-Control": ASK_AGAIN},
        "routes": [{"route": path, "headers": {"Cache-Control": FOR_GOOD}} for path in lasting],
        "responseOverrides": {"404": {"rewrite": f"{base}{NOT_FOUND}"}},
        "mimeTypes": {f".{ending}": media for ending, media in MEDIA.items()},
    }
    return json.dumps(config, indent=2) + "\n"


def _nginx(base: str) -> str:
    types = "".join(f"  {media} {ending};\n" for ending, media in MEDIA.items())
    headers = "".join(f'add_header {one.name} "{one.value}" always;\n' for one in HEADERS)
    return f"""\
# How nginx serves this guide. Put it beside the settings of your server, and name it there:
#
#   server {{
#     listen 80;
#     server_name guide.example.org;
#     root /srv/guide;            # the folder that holds the site
#     include /etc/nginx/guide.conf;
#   }}
index index.html;
autoindex off;
server_tokens off;
error_page 403 404 =404 {base}{NOT_FOUND};

types {{
{types}}}
default_type application/octet-stream;
charset utf-8;
charset_types {" ".join(_TEXTS[1:])};

gzip on;
gzip_vary on;
gzip_proxied any;
gzip_min_length 500;
gzip_comp_level 6;
gzip_types {" ".join(_SMALLER)};

{headers}# Once every address of your domain answers by HTTPS, and for good:
# add_header Strict-Transport-Security "max-age=31536000" always;

# Files whose address changes with them are kept for a year. Browsers ask again for all others.
set $guide_kept "{ASK_AGAIN}";
add_header Cache-Control $guide_kept;
location ~ "{_FOR_GOOD}" {{ set $guide_kept "{FOR_GOOD}"; }}
location = {base}{NOT_FOUND} {{ internal; set $guide_kept "{ASK_AGAIN}"; }}

if ($request_method !~ "^(GET|HEAD)$") {{ return 405; }}
location ~ "/(\\.|({_alternatives()})$)" {{ return 404; }}
"""


def _apache(base: str) -> str:
    texts = " ".join(f".{ending}" for ending, media in MEDIA.items() if media in _TEXTS)
    types = "".join(f"  AddType {media} .{ending}\n" for ending, media in MEDIA.items())
    headers = "".join(f'  Header always set {one.name} "{one.value}"\n' for one in HEADERS)
    return f"""\
# How Apache serves this guide. It reads this where “AllowOverride All” is set for the folder of the site.
Options -Indexes
DirectoryIndex index.html
ErrorDocument 403 {base}{NOT_FOUND}
ErrorDocument 404 {base}{NOT_FOUND}
AddDefaultCharset utf-8
<IfModule mod_mime.c>
{types}  AddCharset utf-8 {texts}
</IfModule>

<IfModule mod_deflate.c>
  AddOutputFilterByType DEFLATE {MEDIA["html"]} {" ".join(_SMALLER)}
</IfModule>

<IfModule mod_headers.c>
{headers}  # Once every address of your domain answers by HTTPS, and for good:
  # Header always set Strict-Transport-Security "max-age=31536000"

  # Files whose address changes with them are kept for a year. Browsers ask again for all others.
  <IfModule mod_setenvif.c>
    SetEnvIf Request_URI "{_FOR_GOOD}" guide_kept
    Header set Cache-Control "{FOR_GOOD}" env=guide_kept
    Header set Cache-Control "{ASK_AGAIN}" env=!guide_kept
  </IfModule>
</IfModule>

<LimitExcept GET HEAD>
  Require all denied
</LimitExcept>
<FilesMatch "^(\\..*|{_alternatives()})$">
  Require all denied
</FilesMatch>
"""


def _alternatives() -> str:
    return "|".join(re.escape(name) for name in FILES if not name.startswith("."))


def _clear(site: Path) -> None:
    """Remove files that no page uses, and files that show how the theme was made."""
    for name in UNUSED:
        path = site / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    for path in sorted(site.rglob("*.map")):
        path.unlink()
        source = path.with_suffix("")
        if source.is_file():
            replace_file(source, _MAP.sub(b"\n", source.read_bytes()))
