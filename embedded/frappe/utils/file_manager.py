"""Keeping files beside documents."""

from __future__ import annotations

import base64


def save_file(fname, content, dt, dn, folder=None, decode: bool = False, is_private: int = 0, df=None):
	"""Keep ``content`` as a File attached to a document; returns the File."""
	from ..records import get_doc

	return get_doc(
		{
			"doctype": "File",
			"file_name": fname,
			"attached_to_doctype": dt,
			"attached_to_name": dn,
			"attached_to_field": df,
			"folder": folder,
			"is_private": is_private,
			"content": base64.b64decode(content) if decode else content,
		}
	).insert(ignore_permissions=True)
