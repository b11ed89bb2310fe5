"""What official reserves are held in."""
