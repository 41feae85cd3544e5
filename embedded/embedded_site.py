"""Makes, opens and drives an embedded site.

	from embedded_site import create
	site = create(Path("build/site"))
	with site.session("Administrator"):
		frappe.get_doc(...)

A site is a folder with ``site.db`` (SQLite), ``site_config.json`` (with the key of the Password fields) and files.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

from cryptography.fernet import Fernet

HERE = Path(__file__).resolve().parent
APP = "grievance_helpdesk"
for folder in (str(HERE), str(HERE.parent)):
	if folder not in sys.path:
		sys.path.insert(0, folder)

from frappe import installer  # noqa: E402 (the folders above make it importable)
from frappe.state import Runtime, db, local  # noqa: E402


def create(
	folder: Path | str,
	admin_password: str = "admin",
	apps: tuple[str, ...] = (APP,),
	time_zone: str = "Asia/Kolkata",
	name: str = "embedded.localhost",
	force: bool = False,
) -> Runtime:
	"""A new site with its apps installed. ``force`` deletes what stands in ``folder``."""
	folder = Path(folder)
	if force and folder.exists():
		shutil.rmtree(folder)
	folder.mkdir(parents=True, exist_ok=True)
	if (folder / "site.db").exists():
		raise FileExistsError(f"{folder} already holds a site: open it, or create it with force=True")
	config = {
		"encryption_key": Fernet.generate_key().decode(),
		"time_zone": time_zone,
		"host_name": f"http://{name}",
	}
	(folder / "site_config.json").write_text(json.dumps(config, indent=1), encoding="utf-8")
	site = Runtime(name, folder)
	try:
		_fill(site, admin_password, apps)
	except BaseException:
		# Half a site would open and fail later.
		for file in folder.glob("site.db*"):
			file.unlink()
		raise
	return site


def _fill(site: Runtime, admin_password: str, apps: tuple[str, ...]) -> None:
	installer.load_metas(site)
	with site.session("Administrator"):
		local.flags.in_install = "frappe"
		installer.create_tables(site)
		installer.create_core_records(admin_password)
		db.commit()
		for app in apps:
			local.flags.in_install = app
			installer.install_app(site, app)


def open_site(folder: Path | str, name: str = "embedded.localhost") -> Runtime:
	"""A site that :func:`create` made earlier, brought up to the code as it is now."""
	folder = Path(folder)
	if not (folder / "site.db").exists():
		raise FileNotFoundError(f"{folder} holds no site: create one first")
	site = Runtime(name, folder)
	with site.session("Administrator"):
		stored = json.loads(db.get_global("installed_apps") or "[]")
		site.apps = [app for app in stored if app != "frappe"]
		local.flags.in_migrate = True
		installer.migrate(site)
	return site
