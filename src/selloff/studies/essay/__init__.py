"""The founding essay's claims, put to the model."""
