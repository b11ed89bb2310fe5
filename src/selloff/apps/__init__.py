"""The doors for people: Python session and command line."""
