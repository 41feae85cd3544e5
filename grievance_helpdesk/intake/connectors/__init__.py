"""Connectors: read what citizens post on X, write on Facebook and send by mail.

Pure Python without ``frappe``. :mod:`.base` holds the interface, the value types and the one family of errors
that ever leaves a connector; the importer needs nothing else.
"""
