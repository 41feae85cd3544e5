"""Frappe's exceptions that the app or the embedded site raises, with the HTTP status each one becomes."""


class ValidationError(Exception):
	http_status_code = 417


class AuthenticationError(Exception):
	http_status_code = 401


class PermissionError(Exception):
	http_status_code = 403


class NameError(Exception):
	http_status_code = 409


class CSRFTokenError(Exception):
	http_status_code = 400


class Redirect(Exception):
	"""For pages, which the embedded site does not have."""

	def __init__(self, http_status_code: int = 301):
		self.http_status_code = http_status_code


class DoesNotExistError(ValidationError):
	http_status_code = 404


class DuplicateEntryError(NameError):
	pass


class RateLimitExceededError(ValidationError):
	http_status_code = 429


class FrappeTypeError(TypeError):
	http_status_code = 417


class DataError(ValidationError):
	pass


class UniqueValidationError(ValidationError):
	pass


class MandatoryError(ValidationError):
	pass


class LinkValidationError(ValidationError):
	pass


class LinkExistsError(ValidationError):
	pass


class TimestampMismatchError(ValidationError):
	pass


class CannotChangeConstantError(ValidationError):
	pass


class CharacterLengthExceededError(ValidationError):
	pass


class NonNegativeError(ValidationError):
	pass


class QueryTimeoutError(Exception):
	pass


class QueryDeadlockError(Exception):
	pass


class InvalidEmailAddressError(ValidationError):
	pass


class InvalidPhoneNumberError(ValidationError):
	pass


class InvalidDates(ValidationError):
	pass
