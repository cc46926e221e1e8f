"""What binds whom in given situations: which clauses bind, what each act and result is, and which fact decides most."""
