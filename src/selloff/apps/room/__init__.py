"""The what-if room: a page that asks by hand, and the server behind it."""
