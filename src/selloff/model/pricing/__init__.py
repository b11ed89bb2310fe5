"""What bonds and currencies are worth: habitat, impact, books, intermediaries."""
