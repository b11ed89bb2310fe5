"""Emerging economies: flows, reserves and crises."""
