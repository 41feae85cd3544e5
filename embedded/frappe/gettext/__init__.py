"""Texts in the user's language, from the apps' ``locale/*.po``."""
