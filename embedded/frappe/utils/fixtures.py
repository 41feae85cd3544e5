"""Records that an app ships in its ``fixtures`` folder."""

from __future__ import annotations

import json
from pathlib import Path

from ..hooks import get_installed_apps, get_module
from ..model import default_fields
from ..state import db, flags


def sync_fixtures(app: str | None = None) -> None:
	"""Insert the app's fixtures, or bring the stored records to what the files say."""
	for name in [app] if app else get_installed_apps()[1:]:
		folder = Path(get_module(name).__file__).parent / "fixtures"
		for file in sorted(folder.glob("*.json")):
			for values in json.loads(file.read_text(encoding="utf-8")):
				_import(values)


def _import(values: dict) -> None:
	from ..records import get_doc

	flags.in_import = True
	try:
		name = values.get("name")
		if name and db.exists(values["doctype"], name):
			doc = get_doc(values["doctype"], name)
			doc.update({key: value for key, value in values.items() if key not in default_fields})
			doc.save(ignore_permissions=True)
			return
		doc = get_doc(values)
		if name:
			doc.flags.name_set = True
		doc.insert(ignore_permissions=True, ignore_links=True)
	finally:
		flags.in_import = False
