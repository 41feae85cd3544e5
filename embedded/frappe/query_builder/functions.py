"""PyPika's functions with Frappe's additions, in SQLite's words."""

from pypika.functions import (
	Abs,
	Avg,
	Cast,
	Coalesce,
	Concat,
	Count,
	Date,
	IfNull,
	Length,
	Lower,
	Max,
	Min,
	NullIf,
	Substring,
	Sum,
	Upper,
)
from pypika.terms import CustomFunction, Function

__all__ = [
	"Abs",
	"Avg",
	"Cast",
	"Coalesce",
	"Concat",
	"Concat_ws",
	"Count",
	"Date",
	"DateFormat",
	"Function",
	"GroupConcat",
	"IfNull",
	"Ifnull",
	"Length",
	"Locate",
	"Lower",
	"Max",
	"Min",
	"NullIf",
	"Round",
	"Substring",
	"Sum",
	"Upper",
]

Ifnull = IfNull
DateFormat = CustomFunction("DATE_FORMAT", ["date", "format"])
Locate = CustomFunction("LOCATE", ["part", "text"])


class Concat_ws(Function):
	def __init__(self, *terms, **kwargs):
		super().__init__("CONCAT_WS", *terms, **kwargs)


class GroupConcat(Function):
	def __init__(self, term, alias=None):
		super().__init__("GROUP_CONCAT", term, alias=alias)


class Round(Function):
	def __init__(self, term, decimal=0, **kwargs):
		super().__init__("ROUND", term, decimal, **kwargs)
