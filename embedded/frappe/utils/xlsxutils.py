"""Excel files: a bench reads and writes them with openpyxl; the embedded site does not bring it."""

from __future__ import annotations


def read_xlsx_file_from_attached_file(file_url=None, fcontent=None, filepath=None):
	raise NotImplementedError("embedded site: Excel files; save the file as CSV")


def make_xlsx(data, sheet_name, wb=None, column_widths=None, **options):
	raise NotImplementedError("embedded site: Excel files")
