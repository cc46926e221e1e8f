"""The reference semantics: what a norm system says in one fully known episode, decided in plain Python.

It is meant to be read beside the definitions of the language. It shares nothing with the encoding for the solver
but the data types, and every witness the solver finds is replayed here before it is shown.
"""
