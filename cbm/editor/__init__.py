"""What an editor asks of texts that are being written, whatever program it is: places and names to words, as data."""
