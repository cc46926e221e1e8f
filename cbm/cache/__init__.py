"""What was found is kept, and told again as long as all it rests on is the same; nothing else depends on it.

A cache is a file of the user, never of the project: whoever can write a project's files cannot make a check be silent.
"""
