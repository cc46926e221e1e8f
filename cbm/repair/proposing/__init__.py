"""What may settle a finding, as edits of the text, in the order worth trying; nothing is tried here."""
