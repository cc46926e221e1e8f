"""What somebody asks about situations: days, parties and what is given are read, and it is told what binds whom."""
