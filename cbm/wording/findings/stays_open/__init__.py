"""What every report says to stay open, whatever was found: terms and reserves, and texts that bind nobody."""
