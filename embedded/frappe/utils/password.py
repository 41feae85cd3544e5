"""Secrets: Password fields are encrypted with the site's key (Fernet), sign-in passwords are hashed."""

from __future__ import annotations

from cryptography.fernet import Fernet, InvalidToken
from werkzeug.security import check_password_hash, generate_password_hash

from .. import exceptions
from ..messages import _, throw
from ..state import db, local

# Quick enough for a demonstration with a hundred officers; a bench hashes with Frappe's own settings.
HASHING = "pbkdf2:sha256:30000"


def encrypt(txt: str, encryption_key: str | None = None) -> str:
	return _fernet(encryption_key).encrypt(txt.encode()).decode()


def decrypt(txt: str, encryption_key: str | None = None) -> str:
	try:
		return _fernet(encryption_key).decrypt(txt.encode()).decode()
	except InvalidToken:
		throw(_("Encryption key is invalid! Please check site_config.json"))


def get_encryption_key() -> str:
	return local.conf.encryption_key


def _fernet(key: str | None) -> Fernet:
	return Fernet((key or get_encryption_key()).encode())


def _store(doctype: str, name: str, fieldname: str, secret: str, encrypted: int) -> None:
	db.execute("REPLACE INTO `__Auth` VALUES (?, ?, ?, ?, ?)", (doctype, name, fieldname, secret, encrypted))


def _load(doctype: str, name: str, fieldname: str, encrypted: int) -> str | None:
	found = db.execute(
		"SELECT `password` FROM `__Auth` WHERE `doctype` = ? AND `name` = ? AND `fieldname` = ? AND `encrypted` = ?",
		(doctype, name, fieldname, encrypted),
	).fetchone()
	return found[0] if found else None


def set_encrypted_password(doctype: str, name: str, pwd: str, fieldname: str = "password") -> None:
	_store(doctype, name, fieldname, encrypt(pwd), 1)


def remove_encrypted_password(doctype: str, name: str, fieldname: str = "password") -> None:
	db.delete("__Auth", {"doctype": doctype, "name": name, "fieldname": fieldname})


def delete_all_passwords_for(doctype: str, name: str) -> None:
	db.delete("__Auth", {"doctype": doctype, "name": name})


def get_decrypted_password(
	doctype: str, name: str, fieldname: str = "password", raise_exception: bool = True
) -> str | None:
	secret = _load(doctype, name, fieldname, 1)
	if secret:
		return decrypt(secret)
	if raise_exception:
		throw(
			_("Password not found for {0} {1} {2}").format(doctype, name, fieldname),
			exceptions.AuthenticationError,
		)
	return None


def update_password(
	user: str,
	pwd: str,
	doctype: str = "User",
	fieldname: str = "password",
) -> None:
	"""Set a sign-in password; only its hash is kept."""
	_store(doctype, user, fieldname, generate_password_hash(pwd, method=HASHING), 0)


def check_password(user: str, pwd: str, doctype="User", fieldname="password") -> str:
	"""The user's name when the password is right, else AuthenticationError."""
	secret = _load(doctype, user, fieldname, 0)
	if not secret or not check_password_hash(secret, pwd):
		raise exceptions.AuthenticationError(_("Incorrect User or Password"))
	return user
