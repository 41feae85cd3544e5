"""``DF``: names of field types, for annotations only (``if TYPE_CHECKING``)."""


class DF:
	def __class_getitem__(cls, item):
		return cls
