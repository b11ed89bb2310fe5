"""The model against episodes of the past."""
