"""Editions: the whole guide in one file, made from a built site: a PDF for paper, and a ZIP to use without a server."""
