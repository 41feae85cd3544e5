"""Behaviour of Frappe's own DocTypes that the app relies on."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import frappe

from ..model.document import Document


class User(Document):
	def autoname(self) -> None:
		self.email = (self.email or "").strip()
		self.name = self.email.lower() if self.name not in frappe.STANDARD_USERS else self.name

	def validate(self) -> None:
		self.full_name = " ".join(filter(None, [self.first_name, self.last_name]))
		if self.name not in frappe.STANDARD_USERS:
			desk = [row.role for row in self.roles if frappe.db.get_value("Role", row.role, "desk_access")]
			self.user_type = "System User" if desk else "Website User"
		self.flags.password = self.new_password
		self.new_password = ""

	def on_update(self) -> None:
		if self.flags.password:
			from ..utils.password import update_password

			update_password(self.name, self.flags.password)
		frappe.clear_cache(user=self.name)

	def append_roles(self, *roles: str) -> None:
		present = {row.role for row in self.roles}
		for role in dict.fromkeys(roles):
			if role not in present:
				self.append("roles", {"role": role})

	def add_roles(self, *roles: str) -> None:
		self.append_roles(*roles)
		self.save()

	def remove_roles(self, *roles: str) -> None:
		for row in [row for row in self.roles if row.role in roles]:
			self.remove(row)
		self.save()


class ToDo(Document):
	def on_update(self) -> None:
		"""The open assignees of a document stand in its ``_assign``, as the Desk's lists show them."""
		if not self.reference_type or not self.reference_name:
			return
		users = frappe.get_all(
			"ToDo",
			filters={
				"reference_type": self.reference_type,
				"reference_name": self.reference_name,
				"status": ("not in", ("Cancelled", "Closed")),
				"allocated_to": ("is", "set"),
			},
			order_by="creation asc",
			pluck="allocated_to",
		)
		frappe.db.set_value(
			self.reference_type,
			self.reference_name,
			"_assign",
			json.dumps(users) if users else "",
			update_modified=False,
		)

	on_trash = on_update


class File(Document):
	"""A file with its bytes in the site's folder; ``content`` is written on insert."""

	def before_insert(self) -> None:
		content = self.__dict__.pop("content", None)
		if content is None:
			return
		content = content.encode() if isinstance(content, str) else content
		self.content_hash = hashlib.md5(content, usedforsecurity=False).hexdigest()
		self.file_size = len(content)
		name = Path(self.file_name or self.content_hash).name
		self.file_name = name
		folder = Path(frappe.utils.get_files_path(is_private=self.is_private))
		folder.mkdir(parents=True, exist_ok=True)
		path = folder / name
		if path.exists() and path.read_bytes() != content:
			path = folder / f"{path.stem}{self.content_hash[-6:]}{path.suffix}"
		path.write_bytes(content)
		self.file_url = f"{'/private' if self.is_private else ''}/files/{path.name}"

	def get_full_path(self) -> str:
		private = (self.file_url or "").startswith("/private/")
		return frappe.utils.get_files_path(Path(self.file_url or "").name, is_private=private)

	def get_content(self) -> bytes | str:
		content = Path(self.get_full_path()).read_bytes()
		try:
			return content.decode()
		except UnicodeDecodeError:
			return content

	def after_delete(self) -> None:
		path = self.get_full_path()
		if (
			self.file_url
			and not frappe.db.exists("File", {"file_url": self.file_url})
			and os.path.exists(path)
		):
			os.remove(path)
