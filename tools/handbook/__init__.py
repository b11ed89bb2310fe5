"""The site: papers gathered, reference made from the code, equations set, charts put in place."""

from handbook.checks import Found, check
from handbook.drawings import drawings
from handbook.gathering import gather

__all__ = ["Found", "check", "drawings", "gather"]
