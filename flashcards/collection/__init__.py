"""The composition root: opens a home directory and wires reader, store, sessions and figures."""
