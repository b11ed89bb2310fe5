"""Stocks, gold, mortgages and spreads."""
