"""The live world: documented public sources to a new vintage. Empty until a feed is built."""
