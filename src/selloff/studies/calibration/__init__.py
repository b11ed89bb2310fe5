"""Parameters from moments, studies and history."""
