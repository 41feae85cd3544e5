"""A new site: tables of all DocTypes, first users and roles, the app's fixtures and its ``after_install``."""

from __future__ import annotations

import importlib
import json
from pathlib import Path

from .core.doctypes import describe
from .database.schema import SYSTEM_TABLES
from .hooks import get_attr, get_hooks
from .model.meta import Meta
from .records import get_doc
from .state import Runtime, db, local
from .utils.fixtures import sync_fixtures

ROLES = ("Administrator", "System Manager", "All", "Guest", "Desk User", "Script Manager")


def scrub(text: str) -> str:
	return text.replace(" ", "_").replace("-", "_").lower()


def load_metas(runtime: Runtime) -> None:
	"""Read the DocTypes of Frappe's stand-in and of the installed apps."""
	runtime.metas = {description["name"]: Meta(description) for description in describe()}
	for app in runtime.apps:
		package = importlib.import_module(app)
		root = Path(package.__file__).parent
		for module in (root / "modules.txt").read_text(encoding="utf-8").split("\n"):
			if module.strip():
				_load_module(runtime, app, root, module.strip())


def _load_module(runtime: Runtime, app: str, root: Path, module: str) -> None:
	for file in sorted((root / scrub(module) / "doctype").glob("*/*.json")):
		description = json.loads(file.read_text(encoding="utf-8"))
		name = scrub(description["name"])
		if description.get("doctype") != "DocType" or file.stem != name:
			continue
		class_name = description["name"].replace(" ", "").replace("-", "")
		description["controller"] = f"{app}.{scrub(module)}.doctype.{name}.{name}.{class_name}"
		source = file.with_suffix(".py").read_text(encoding="utf-8")
		description["has_on_doctype_update"] = "def on_doctype_update(" in source
		runtime.metas[description["name"]] = Meta(description)


def create_tables(runtime: Runtime) -> None:
	for statement in SYSTEM_TABLES.split(";"):
		if statement.strip():
			db.execute(statement)
	sync_doctypes(runtime)


def sync_doctypes(runtime: Runtime) -> None:
	"""Tables, indexes and the DocType's own rows for every DocType known."""
	for meta in runtime.metas.values():
		db.sync_table(meta)
	db.delete("DocType")
	db.delete("DocField")
	for meta in runtime.metas.values():
		values = {
			field: meta.get(field)
			for field in ("module", "autoname", "istable", "issingle", "is_tree", "title_field")
		}
		get_doc({"doctype": "DocType", "name": meta.name, **values}).db_insert()
	for meta in runtime.metas.values():
		if meta.has_on_doctype_update:
			importlib.import_module(meta.controller.rpartition(".")[0]).on_doctype_update()


def create_core_records(admin_password: str) -> None:
	from .utils.password import update_password

	for role in ROLES:
		get_doc({"doctype": "Role", "role_name": role, "desk_access": int(role != "Guest")}).insert()
	for name, email, kind in (
		("Administrator", "admin@example.com", "System User"),
		("Guest", "guest@example.com", "Website User"),
	):
		user = get_doc(
			{
				"doctype": "User",
				"name": name,
				"email": email,
				"first_name": name,
				"user_type": kind,
				"enabled": 1,
			}
		)
		user.flags.name_set = True
		user.insert()
	update_password("Administrator", admin_password)
	get_doc({"doctype": "System Settings", "time_zone": local.conf.time_zone}).insert()


def install_app(runtime: Runtime, app: str) -> None:
	"""DocTypes, fixtures and install hooks of one app."""
	_run(app, "before_install")
	runtime.apps.append(app)
	runtime.hooks = None
	load_metas(runtime)
	sync_doctypes(runtime)
	for module in (
		(Path(importlib.import_module(app).__file__).parent / "modules.txt").read_text().split("\n")
	):
		if module.strip() and not db.exists("Module Def", module.strip()):
			get_doc({"doctype": "Module Def", "module_name": module.strip(), "app_name": app}).insert()
	sync_fixtures(app)
	run_patches(app, only_note=True)
	db.set_global("installed_apps", json.dumps(["frappe", *runtime.apps]))
	_run(app, "after_install")
	_run(app, "after_sync")
	db.commit()


def _run(app: str, hook: str) -> None:
	for path in get_hooks(hook, app_name=app):
		get_attr(path)()


def run_patches(app: str, only_note: bool = False) -> None:
	"""Each patch of the app once; a new site has nothing to patch, it only notes them."""
	lines = (Path(importlib.import_module(app).__file__).parent / "patches.txt").read_text().split("\n")
	for patch in (line.strip() for line in lines):
		if not patch or patch.startswith(("[", "#")) or db.exists("Patch Log", {"patch": patch}):
			continue
		if not only_note:
			get_attr(f"{patch}.execute")()
		get_doc({"doctype": "Patch Log", "patch": patch}).insert()


def migrate(runtime: Runtime) -> None:
	"""What ``bench migrate`` does to the data: tables, patches, fixtures, ``after_migrate``."""
	load_metas(runtime)
	sync_doctypes(runtime)
	for app in runtime.apps:
		run_patches(app)
		sync_fixtures(app)
		_run(app, "after_migrate")
	db.commit()
