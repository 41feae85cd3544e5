"""A small IMAP4rev1 server: what Frappe's Email Account uses of it, in memory, with scripted faults.

Frappe logs in, asks for STATUS (UIDVALIDITY UIDNEXT), selects the folder, searches by UID and fetches
``(BODY.PEEK[] BODY.PEEK[HEADER] FLAGS)``. No TLS, one user, the folders INBOX and those that are added.
"""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime


@dataclass
class Message:
	uid: int
	raw: bytes
	flags: set[str] = field(default_factory=set)


@dataclass
class Folder:
	uid_validity: int = 1
	next_uid: int = 1
	messages: list[Message] = field(default_factory=list)


class MailEmulator:
	"""``refuse_logins`` and ``drop_after_fetches`` count down: so many logins are refused; the connection breaks in the
	middle of the answer after so many more messages (-1: never)."""

	def __init__(self, user: str = "cmoffice@example.com", password: str = "mail-password") -> None:
		self.user, self.password = user, password
		self.folders: dict[str, Folder] = {"INBOX": Folder()}
		self.log: list[str] = []
		self.refuse_logins = 0
		self.drop_after_fetches = -1
		self.lock = threading.RLock()
		self._server = _Server(("127.0.0.1", 0), _Session)
		self._server.emulator = self
		self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

	def __enter__(self) -> MailEmulator:
		self._thread.start()
		return self

	def __exit__(self, *_error: object) -> None:
		self._server.shutdown()
		self._server.server_close()

	@property
	def port(self) -> int:
		return self._server.server_address[1]

	def add_raw(self, raw: bytes, folder: str = "INBOX") -> int:
		"""Deliver a message as it is; returns its UID."""
		with self.lock:
			box = self.folders.setdefault(folder, Folder())
			message = Message(box.next_uid, raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
			box.messages.append(message)
			box.next_uid += 1
			return message.uid

	def add_mail(
		self,
		text: str,
		sender: str = "Ram Lal <ram@example.com>",
		subject: str = "Complaint",
		message_id: str | None = None,
		date: datetime | None = None,
		folder: str = "INBOX",
		**headers: str,
	) -> int:
		"""Deliver a mail. ``message_id`` None makes one, "" leaves it out; ``headers`` use _ for -."""
		message = EmailMessage()
		message["From"], message["To"], message["Subject"] = sender, self.user, subject
		if date:
			message["Date"] = format_datetime(date)
		if message_id is None:
			message_id = f"<mail-{self.folders.get(folder, Folder()).next_uid}.{folder}@example.com>"
		if message_id:
			message["Message-ID"] = message_id
		for name, value in headers.items():
			message[name.replace("_", "-")] = value
		message.set_content(text)
		return self.add_raw(message.as_bytes(), folder)

	def load(self, rows: list[dict]) -> dict[str, int]:
		"""Deliver rows of ``demo/posts.jsonl`` (other channels are passed over); returns demo id → UID."""
		uids: dict[str, int] = {}
		for row in rows:
			if row["channel"] != "Email":
				continue
			headers = {}
			if row.get("in_reply_to"):
				headers["In_Reply_To"] = f"<{row['in_reply_to']}@example.com>"
			uids[row["id"]] = self.add_mail(
				row["text"],
				f"{row['author']['name']} <{row['author']['id']}>",
				row.get("subject", ""),
				f"<{row['id']}@example.com>",
				datetime.fromisoformat(row["posted_at"]),
				**headers,
			)
		return uids

	def renumber(self, folder: str = "INBOX") -> None:
		"""A new UIDVALIDITY, as after a move of the mailbox: all UIDs mean something else from now on."""
		with self.lock:
			box = self.folders[folder]
			box.uid_validity += 1
			for number, message in enumerate(box.messages, start=1):
				message.uid = number
			box.next_uid = len(box.messages) + 1


class _Server(socketserver.ThreadingTCPServer):
	allow_reuse_address = True
	daemon_threads = True
	emulator: MailEmulator


class _Session(socketserver.StreamRequestHandler):
	"""One connection. Commands before LOGIN, or without a selected folder, are refused."""

	wbufsize = 65536  # an answer leaves in one packet

	def handle(self) -> None:
		self.emulator: MailEmulator = self.server.emulator
		self.user_known, self.folder, self.read_only = False, None, True
		self._line("* OK emulator ready")
		while True:
			self.wfile.flush()
			line = self.rfile.readline()
			if not line:
				return
			text = self._with_literals(line.decode().rstrip("\r\n"))
			tag, _, rest = text.partition(" ")
			name, _, arguments = rest.partition(" ")
			with self.emulator.lock:
				self.emulator.log.append(re.sub(r"(?i)^(login) .*", r"\1 …", rest))
				if not self._run(tag, name.upper(), arguments):
					return

	def _with_literals(self, text: str) -> str:
		while match := re.search(r"\{(\d+)\}$", text):
			self._line("+ go on")
			self.wfile.flush()
			literal = self.rfile.read(int(match[1])).decode()
			text = f'{text[: match.start()]}"{literal}"{self.rfile.readline().decode().rstrip()}'
		return text

	def _run(self, tag: str, name: str, arguments: str) -> bool:
		"""False when the connection ends."""
		commands: dict[str, Callable[[str], str]] = {
			"CAPABILITY": lambda _: self._line("* CAPABILITY IMAP4rev1") or "OK done",
			"NOOP": lambda _: "OK done",
			"LOGIN": self._login,
			"STATUS": self._status,
			"SELECT": lambda text: self._select(text, False),
			"EXAMINE": lambda text: self._select(text, True),
			"UID": self._uid,
			"CLOSE": lambda _: "OK done",
			"LOGOUT": lambda _: self._line("* BYE see you") or "OK done",
		}
		if name not in commands:
			self._line(f"{tag} BAD unknown command")
			return True
		if not self.user_known and name not in ("CAPABILITY", "NOOP", "LOGIN", "LOGOUT"):
			self._line(f"{tag} NO log in first")
			return True
		try:
			self._line(f"{tag} {commands[name](arguments)}")
		except ConnectionAbortedError:
			return False
		return name != "LOGOUT"

	def _login(self, text: str) -> str:
		words = [quoted or plain for quoted, plain in re.findall(r'"((?:[^"\\]|\\.)*)"|(\S+)', text)]
		if self.emulator.refuse_logins:
			self.emulator.refuse_logins -= 1
			return "NO [AUTHENTICATIONFAILED] Invalid credentials"
		self.user_known = words == [self.emulator.user, self.emulator.password]
		return "OK logged in" if self.user_known else "NO [AUTHENTICATIONFAILED] Invalid credentials"

	def _status(self, text: str) -> str:
		name, _, _items = text.partition(" (")
		box = self.emulator.folders.get(name.strip('"'))
		if box is None:
			return "NO no such folder"
		counts = f"MESSAGES {len(box.messages)} UIDVALIDITY {box.uid_validity} UIDNEXT {box.next_uid}"
		self._line(f"* STATUS {name} ({counts})")
		return "OK done"

	def _select(self, text: str, read_only: bool) -> str:
		self.folder, self.read_only = self.emulator.folders.get(text.strip().strip('"')), read_only
		if self.folder is None:
			return "NO no such folder"
		self._line("* FLAGS (\\Seen \\Answered \\Deleted)")
		self._line(f"* {len(self.folder.messages)} EXISTS")
		self._line(f"* OK [UIDVALIDITY {self.folder.uid_validity}] valid")
		return f"OK [{'READ-ONLY' if read_only else 'READ-WRITE'}] selected"

	def _uid(self, text: str) -> str:
		name, _, arguments = text.partition(" ")
		if self.folder is None:
			return "BAD select a folder first"
		action = {"SEARCH": self._search, "FETCH": self._fetch, "STORE": self._store}.get(name.upper())
		return action(arguments) if action else "BAD unknown command"

	def _search(self, text: str) -> str:
		criteria = text.upper().removeprefix("CHARSET UTF-8 ").strip()
		found = self.folder.messages
		if criteria == "UNSEEN":
			found = [message for message in found if "\\Seen" not in message.flags]
		elif criteria.startswith("UID "):
			found = self._in_set(criteria[4:])
		elif criteria != "ALL":
			return "BAD unknown criteria"
		self._line(" ".join(["* SEARCH", *(str(message.uid) for message in found)]))
		return "OK done"

	def _in_set(self, text: str) -> list[Message]:
		"""``5``, ``1,7`` or ``105:*``, which always includes the last message, as the standard says."""
		last = max((message.uid for message in self.folder.messages), default=0)
		wanted: set[int] = set()
		for part in text.split(","):
			ends = [last if end == "*" else int(end) for end in part.split(":")]
			wanted |= set(range(min(ends), min(max(ends), last) + 1))
		return [message for message in self.folder.messages if message.uid in wanted]

	def _fetch(self, text: str) -> str:
		numbers, _, items = text.partition(" ")
		for message in self._in_set(numbers):
			if self.emulator.drop_after_fetches == 0:
				self.wfile.write(b"* 1 FETCH (UID 1 BODY[] {99999}\r\nhalf a ")
				self.emulator.drop_after_fetches = -1
				raise ConnectionAbortedError
			self.emulator.drop_after_fetches -= self.emulator.drop_after_fetches > 0
			self._send_message(message, items.upper())
		return "OK done"

	def _send_message(self, message: Message, items: str) -> None:
		head = message.raw.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
		number = self.folder.messages.index(message) + 1
		parts = [f"UID {message.uid} FLAGS ({' '.join(sorted(message.flags))})".encode()]
		for item, name, body in (
			("BODY.PEEK[]", "BODY[]", message.raw),
			("RFC822", "RFC822", message.raw),
			("BODY.PEEK[HEADER]", "BODY[HEADER]", head),
		):
			if re.search(rf"(?<![\w.]){re.escape(item)}(?![\w.])", items):
				parts.append(f"{name} {{{len(body)}}}\r\n".encode() + body)
		if "RFC822" in items and not self.read_only:
			message.flags.add("\\Seen")
		self.wfile.write(b"* %d FETCH (" % number + b" ".join(parts) + b")\r\n")

	def _store(self, text: str) -> str:
		numbers, action, flags = text.split(" ", 2)
		if self.read_only:
			return "NO the folder is read-only"
		named = {
			"\\" + flag[1:].capitalize() if flag.startswith("\\") else flag
			for flag in flags.strip("()").split()
		}
		for message in self._in_set(numbers):
			message.flags = message.flags | named if action.startswith("+") else message.flags - named
			self._line(f"* {message.uid} FETCH (FLAGS ({' '.join(sorted(message.flags))}))")
		return "OK done"

	def _line(self, text: str) -> None:
		self.wfile.write(text.encode() + b"\r\n")
