"""Translatable texts that Frappe's own extractors leave out, for ``bench generate-pot-file``.

``babel_extractors.csv`` names these functions. The Desk shows the names of workflow states and actions, and the labels
of number cards and charts, through ``__()``; Frappe looks for texts in DocTypes, workspaces, reports and code only.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from typing import BinaryIO

# The fields whose values the Desk shows in the user's language, by the record's DocType.
SHOWN_FIELDS = {
	"Dashboard": ("dashboard_name",),
	"Dashboard Chart": ("chart_name",),
	"Number Card": ("label",),
	"Page": ("title",),
	"Print Format": ("name",),
	"Workflow": ("workflow_name",),
	"Workflow Action Master": ("workflow_action_name",),
	"Workflow State": ("workflow_state_name",),
}
# Shipped names of master data, by file: their records say themselves what they are in Hindi.
MASTER_DATA = {
	"categories.json": "category_name",
	"departments.json": "department_name",
	"grounds.json": "ground_title",
}
# English words with two meanings: there the DocType stands beside the word, and the Desk asks with it.
LABELS_WITH_CONTEXT = {
	"Citizen Post": ("State",),
	"Escalation Level": ("To",),
	"Grievance": ("State",),
}

# __("…") with the text at once behind the bracket.
JS_TEXT = re.compile(r'(?<![\w.])__\(\s*("(?:[^"\\\n]|\\.)*")')

Message = tuple[int | None, str, str | tuple[str, str], list[str]]


def extract_records(fileobj: BinaryIO, *args, **kwargs) -> Iterator[Message]:
	"""The texts of one record, or of a list of records, in Babel's form: line, function, text, comments."""
	data = json.load(fileobj)
	for record in data if isinstance(data, list) else [data]:
		doctype = record.get("doctype")
		for field in SHOWN_FIELDS.get(doctype, ()):
			if record.get(field):
				yield None, "_", record[field], [f"Name or label of a {doctype}"]


def extract_master_data(fileobj: BinaryIO, *args, **kwargs) -> Iterator[Message]:
	"""The names of categories, departments and grounds, which forms and lists show in the user's language too."""
	name = fileobj.name.replace("\\", "/").rpartition("/")[2]
	for record in json.load(fileobj) if name in MASTER_DATA else ():
		yield None, "_", record[MASTER_DATA[name]], ["Shipped master data; an admin may change it"]


def extract_doctype(fileobj: BinaryIO, *args, **kwargs) -> Iterator[Message]:
	"""What Frappe finds in a DocType, its actions' labels, and the labels that need the DocType as their context."""
	from frappe.gettext.extractors import doctype as frappes

	yield from frappes.extract(fileobj, *args, **kwargs)
	fileobj.seek(0)
	data = json.load(fileobj)
	for action in data.get("actions", ()):
		yield None, "_", action["label"], [f"Label of an action of {data['name']}"]
	for label in LABELS_WITH_CONTEXT.get(data["name"], ()):
		yield None, "pgettext", (data["name"], label), ["Label of a field"]


def extract_javascript(fileobj: BinaryIO, *args, **kwargs) -> Iterator[Message]:
	"""What Frappe finds in a script, and the texts that it overlooks in templates inside templates."""
	from frappe.gettext.extractors import javascript as frappes

	code = fileobj.read()
	found = set()
	for message in frappes.extract(io.BytesIO(code), *args, **kwargs):
		found.add(message[2])
		yield message
	for match in JS_TEXT.finditer(source := code.decode("utf-8")):
		text = json.loads(match[1])
		if text not in found:
			yield source.count("\n", 0, match.start()) + 1, "gettext", text, []
