"""What a text under negotiation leaves open: choices of options, what is settled of them, and sets of packages."""
