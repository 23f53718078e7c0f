"""The least page that the list of what pages may hold lets pass: the theme's boxes round an article."""

from __future__ import annotations

FRAME = (
    '<!doctype html>\n<html lang="en" class="no-js"><head><meta charset="utf-8"><title>Words</title></head>'
    '<body dir="ltr" data-md-color-scheme="default" data-md-color-primary="custom" data-md-color-accent="custom">'
    '<div class="md-container" data-md-component="container"><main class="md-main" data-md-component="main">'
    '<div class="md-main__inner md-grid"><div class="md-content" data-md-component="content">'
    '<article class="md-content__inner md-typeset">{}</article>\n</div></div></main>'
    '<footer class="md-footer ce-footer"><div class="ce-footer__meta"></div></footer></div></body></html>'
)
"""With a place for what the page says. Nothing follows it: after the end, Chromium drops what the standard keeps."""
