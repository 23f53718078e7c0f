"""Editions: the whole guide in one file, made from a built site. One is a PDF for paper, the other a ZIP for files."""
