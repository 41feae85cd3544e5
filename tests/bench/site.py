"""An existing bench and a throw-away site on it. Used by `make bench-test` and `make bench-perf`.

A bench does not run as root: commands run as the bench's owner, whoever starts them.
"""

from __future__ import annotations

import getpass
import os
import pwd
import secrets
import shlex
import shutil
import subprocess
from pathlib import Path

APP = "grievance_helpdesk"
REPOSITORY = Path(__file__).resolve().parents[2]
CONVENTIONAL_PLACES = ("~/frappe-bench", "~frappe/frappe-bench")


class BenchError(RuntimeError):
	"""A step on the bench failed; the message says which and what it printed last."""


class Bench:
	"""A bench that stands: a folder with ``sites`` and ``apps``."""

	def __init__(self, path: str | Path):
		self.path = Path(path).expanduser().resolve()
		if not (self.path / "sites" / "apps.txt").exists():
			raise BenchError(f"{self.path} is not a bench: it has no sites/apps.txt")
		self.owner = pwd.getpwuid(self.path.stat().st_uid).pw_name
		self.python = self.path / "env" / "bin" / "python"

	@classmethod
	def find(cls, path: str | None) -> Bench:
		"""The bench at ``path``, else the first that stands at a conventional place."""
		for place in [path] if path else CONVENTIONAL_PLACES:
			if (Path(os.path.expanduser(place)) / "sites").is_dir():
				return cls(place)
		raise BenchError(
			"No bench was found. Say where it stands: BENCH=/path/to/frappe-bench (Frappe's own guide tells how "
			"to set one up)."
		)

	@property
	def apps(self) -> list[str]:
		return [line for line in (self.path / "sites" / "apps.txt").read_text().split() if line]

	def command(
		self, *words: str | Path, environment: dict[str, str] | None = None, folder: str = ""
	) -> list[str]:
		"""``words`` as a command in the bench's ``folder``, run by its owner in a login shell."""
		line = " ".join(shlex.quote(str(word)) for word in words)
		settings = "".join(
			f"export {key}={shlex.quote(value)}; " for key, value in (environment or {}).items()
		)
		script = f"cd {shlex.quote(str(self.path / folder))} && {settings}{line}"
		if getpass.getuser() == self.owner:
			return ["bash", "-lc", script]
		return ["su", "-", self.owner, "-s", "/bin/bash", "-c", script]

	def run(self, *words: str | Path, **options) -> str:
		"""Runs a command (see :meth:`command`) and returns what it printed; :class:`BenchError` holds its last lines."""
		process = subprocess.run(
			self.command(*words, **options),
			input="\n",  # an empty database password is answered with an empty line
			text=True,
			stdout=subprocess.PIPE,
			stderr=subprocess.STDOUT,
			start_new_session=True,
		)
		output = process.stdout
		if process.returncode:
			tail = "\n".join(output.splitlines()[-25:])
			raise BenchError(f"{' '.join(map(str, words))} ended with {process.returncode}\n{tail}")
		return output

	def install_checkout(self, extras: str) -> None:
		"""Copy this checkout to the bench's apps and install it with ``extras`` into the bench's environment."""
		target = self.path / "apps" / APP
		if target.resolve() != REPOSITORY:
			if (target / ".git").exists():
				raise BenchError(
					f"{target} is another checkout of the app: run the tests from there, or move it."
				)
			shutil.rmtree(target, ignore_errors=True)
			for name in self._files():
				(target / name).parent.mkdir(parents=True, exist_ok=True)
				shutil.copy2(REPOSITORY / name, target / name, follow_symlinks=False)
			self._give_to_owner(target)
		if APP not in self.apps:
			apps = self.path / "sites" / "apps.txt"
			apps.write_text("\n".join([*self.apps, APP]) + "\n")
		self.run(self.python, "-m", "pip", "install", "--quiet", "-e", f"apps/{APP}[{extras}]")
		self.run("bench", "build", "--app", APP)

	@staticmethod
	def _files() -> list[str]:
		"""Files of this checkout that git tracks or would track."""
		listed = subprocess.run(
			["git", "-c", f"safe.directory={REPOSITORY}", "ls-files", "-z", "-co", "--exclude-standard"],
			cwd=REPOSITORY,
			check=True,
			capture_output=True,
			text=True,
		)
		return [name for name in listed.stdout.split("\0") if name and os.path.lexists(REPOSITORY / name)]

	def _give_to_owner(self, folder: Path) -> None:
		owner = pwd.getpwnam(self.owner)
		for root, folders, files in os.walk(folder):
			for name in [root, *(os.path.join(root, item) for item in folders + files)]:
				os.chown(name, owner.pw_uid, owner.pw_gid, follow_symlinks=False)


class ThrowAwaySite:
	"""A new site for one run, with ERPNext when the bench has it; dropped at the end unless ``keep``."""

	def __init__(self, bench: Bench, keep: bool = False):
		self.bench = bench
		self.keep = keep
		self.name = f"grievance-{secrets.token_hex(4)}.localhost"
		user, password = os.environ.get("DB_ROOT_USER", "root"), os.environ.get("DB_ROOT_PASSWORD", "")
		self.root = ["--db-root-username", user, *(["--db-root-password", password] if password else [])]

	def __enter__(self) -> ThrowAwaySite:
		self.bench.run(
			*(
				"bench",
				"new-site",
				self.name,
				"--admin-password",
				"admin",
				"--mariadb-user-host-login-scope=%",
			),
			*self.root,
		)
		self.site("set-config", "allow_tests", "1")
		if "erpnext" in self.bench.apps:
			self.site("install-app", "erpnext")
		return self

	def __exit__(self, *error) -> None:
		if not self.keep:
			self.bench.run("bench", "drop-site", self.name, "--force", "--no-backup", *self.root)

	def site(self, *words: str) -> str:
		"""Runs ``bench --site <this site> …``."""
		return self.bench.run("bench", "--site", self.name, *words)

	def python(self, script: str, *words: str | Path) -> str:
		"""Runs a script of this checkout with the bench's Python, where Frappe expects to be: in ``sites``."""
		path = self.bench.path / "apps" / APP / script
		return self.bench.run(self.bench.python, path, *words, environment=self.environment, folder="sites")

	def stream(self, script: str, *words: str | Path) -> None:
		"""As :meth:`python`, but what the script prints is shown while it runs."""
		path = self.bench.path / "apps" / APP / script
		command = self.bench.command(
			self.bench.python, path, *words, environment=self.environment, folder="sites"
		)
		if subprocess.run(command, start_new_session=True).returncode:
			raise BenchError(f"{script} failed; what it printed stands above")

	@property
	def environment(self) -> dict[str, str]:
		return {"BENCH_SITE": self.name, "BENCH_SITES_PATH": str(self.bench.path / "sites")}
