"""What every connector speaks: value types, one family of errors, the :class:`Connector` interface.

The walk. ``fetch`` yields :class:`Page` after :class:`Page`. The importer stores a page's items and commits before
it asks for the next one, and stores ``page.cursor`` only where ``page.complete`` is true: then everything that
the cursor claims as read has been yielded. A walk that stops on purpose (page limit, budget, rate limit) yields
a last, possibly empty, complete page whose cursor remembers where to go on, and raises afterwards if there is
something to wait for. Nothing but a :class:`ConnectorError` leaves a connector; no message holds a secret.
"""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

UTC = timezone.utc
AUTOMATIC = "automatic mail"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def item_key(channel: str, account: str, external_id: str) -> str:
	"""64 hex characters that name one post of one account; hashed because MariaDB compares names without case."""
	return hashlib.sha256(f"{channel}|{account}|{external_id}".encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
	"""One thing that somebody posted or sent, as the channel showed it.

	``kind`` is one of mention, search, post, comment, mail. ``posted_at`` is aware UTC. ``raw`` is JSON text that holds
	everything the channel said about the item, so that it can be interpreted again. ``media`` are dicts with ``type``
	and ``url`` and, where known, ``description``. ``problems`` say in words what was missing or odd.

	``revision_of`` is the id of the first version where the channel gives each edit a new id (X), else "". Facebook and
	mail keep the id; there, an item that comes again with another ``text`` is a new version of the stored one.
	``removed`` is a tombstone: text and media are blank and must be blanked in what was stored.
	"""

	channel: str
	kind: str
	external_id: str
	posted_at: datetime
	raw: str
	text: str = ""
	subject: str = ""
	language: str = ""
	root_external_id: str = ""
	parent_external_id: str = ""
	author_id: str = ""
	author_handle: str = ""
	author_name: str = ""
	author_email: str = ""
	permalink: str = ""
	media: tuple[dict, ...] = ()
	is_own: bool = False
	is_repost: bool = False
	can_reply: bool = False
	revision_of: str = ""
	removed: bool = False
	problems: tuple[str, ...] = ()

	def key(self, account: str) -> str:
		"""The name of the Citizen Post: the same for a mention found by search and for each version of an edited post."""
		return item_key(self.channel, account, self.revision_of or self.external_id)

	@property
	def is_automatic(self) -> bool:
		"""True for auto-replies, bounces, list mail and no-reply senders: no grievance, and never to be answered."""
		return any(problem.startswith(AUTOMATIC) for problem in self.problems)


def tombstone(channel: str, kind: str, external_id: str, reason: str) -> Item:
	"""An item that the channel no longer shows; ``posted_at`` is the epoch because nothing is known any more."""
	return Item(
		channel=channel,
		kind=kind,
		external_id=external_id,
		posted_at=EPOCH,
		raw="{}",
		removed=True,
		problems=(reason,),
	)


@dataclass(frozen=True, slots=True)
class Usage:
	"""What a page cost: HTTP calls, billed resources (posts, users), US dollars as estimated from the price list."""

	calls: int = 0
	resources: int = 0
	cost: float = 0.0

	def __add__(self, other: Usage) -> Usage:
		return Usage(self.calls + other.calls, self.resources + other.resources, self.cost + other.cost)


@dataclass(frozen=True, slots=True)
class Gap:
	"""Posts between two instants (aware UTC) may be missing; ``start`` is None when it is not known."""

	start: datetime | None
	end: datetime
	reason: str


@dataclass(slots=True)
class Page:
	"""One page of a walk. ``usage`` counts this page alone; ``notes`` are sentences for the account's log."""

	items: list[Item]
	cursor: dict
	complete: bool = False
	usage: Usage = field(default_factory=Usage)
	notes: list[str] = field(default_factory=list)
	gap: Gap | None = None


@dataclass(frozen=True, slots=True)
class Limits:
	"""Bounds of one run. ``look_back`` counts on the first run only; ``budget`` is in US dollars, None is no limit."""

	now: datetime
	max_pages: int = 20
	look_back: timedelta = timedelta(hours=24)
	budget: float | None = None


@dataclass(frozen=True, slots=True)
class AccountInfo:
	"""Whose credentials these are. ``warnings`` are sentences for the health of the account (a version that ends soon)."""

	external_id: str
	handle: str = ""
	name: str = ""
	expires_at: datetime | None = None
	warnings: tuple[str, ...] = ()


class ConnectorError(Exception):
	"""Base of all that leaves a connector.

	``advice`` says what the admin should do; ``until`` (aware UTC or None) is the instant before which no call may be
	made; ``reference`` is the vendor's own id of the failed request, for a support case.
	"""

	advice = "Look at the account's log and try again."

	def __init__(
		self, message: str, *, advice: str = "", until: datetime | None = None, reference: str = ""
	) -> None:
		super().__init__(message)
		self.advice = advice or type(self).advice
		self.until = until
		self.reference = reference


class Transient(ConnectorError):
	"""Will pass: time-outs, refused connections, answers 5xx. Back off and try again."""

	advice = (
		"Nothing to do: the next run tries again. If it lasts for hours, look at the provider's status page."
	)


class BadPayload(Transient):
	"""The answer could not be read (HTML, cut-off JSON, a list in place of an object): handled as a passing fault."""

	advice = (
		"Nothing to do: the next run tries again. If it lasts, check the base URL and any proxy in between."
	)


class RateLimited(ConnectorError):
	"""Too many calls; ``until`` is always set. Not a failure of the account."""

	advice = (
		"Nothing to do: reading goes on when the limit ends. If it happens daily, raise the poll interval."
	)

	def __init__(self, message: str, *, until: datetime, advice: str = "", reference: str = "") -> None:
		super().__init__(message, advice=advice, until=until, reference=reference)


class BudgetExhausted(ConnectorError):
	"""Money or the plan's volume is used up: the account's own budget, the vendor's cap, or its credits."""

	advice = "Raise the daily budget in the Channel Account, or wait until tomorrow (UTC)."


class AuthFailed(ConnectorError):
	"""The credentials were refused; reading stops until somebody renews them."""

	advice = "The credentials were refused: create new ones and paste them into the Channel Account."


class PermissionDenied(ConnectorError):
	"""The credentials are good but may not do this: a missing permission, role, plan, or a block for policy."""

	advice = "Give the app the missing permission at the provider, then check the Channel Account again."


class Permanent(ConnectorError):
	"""Repeating the same call cannot help: a wrong setting or parameter."""

	advice = "Correct the setting of the Channel Account that the message names."


class NotFound(Permanent):
	"""The account, page or post does not exist or is not visible to these credentials."""

	advice = "Check the id of the account or page in the Channel Account: the provider does not show it."


class Connector(ABC):
	"""Reads one account of one channel. Made for one run; holds no state that a crash could lose."""

	channel: str = ""

	@abstractmethod
	def verify_credentials(self) -> AccountInfo:
		"""Whose credentials these are; raises :class:`ConnectorError` when they cannot be used for this account."""

	@abstractmethod
	def fetch(self, cursor: dict, limits: Limits) -> Iterator[Page]:
		"""Walk from ``cursor`` (``{}`` on the first run) to the newest; see the module's text for the walk."""

	@abstractmethod
	def rehydrate(self, ids: Collection[str]) -> dict[str, Item]:
		"""Look stored posts up again: the present item, or a tombstone; an id of which nothing is known is left out."""
